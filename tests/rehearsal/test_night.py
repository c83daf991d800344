"""A demonstration jumps over a night, and over nothing else."""

from kerege.cli.run import pass_night
from kerege.engine.commands import bodies as b
from kerege.rehearsal.night import BEFORE_MS, EMPTY_MS, MINUTE_MS, QUIET_MS, jump_to
from tests.review.table import Table, pack_called

NOW = 210 * MINUTE_MS
DEEP_NIGHT = 330 * MINUTE_MS


def test_an_empty_night_is_jumped_over_to_just_before_the_next_thing():
    """A minute before it, so that whoever looks sees it come."""
    assert jump_to(NOW, NOW - QUIET_MS, NOW + EMPTY_MS + 1) == NOW + EMPTY_MS + 1 - BEFORE_MS


def test_an_hour_is_waited_for():
    """At the bound time passes as it does; past it there is a jump."""
    assert jump_to(NOW, 0, NOW + EMPTY_MS) is None
    assert jump_to(NOW, 0, NOW + EMPTY_MS + 1) is not None


def test_whoever_is_at_work_is_not_hurried():
    """Somebody did something less than ten minutes ago."""
    assert jump_to(NOW, NOW - QUIET_MS + 1, NOW + 8 * EMPTY_MS) is None
    assert jump_to(NOW, NOW - QUIET_MS, NOW + 8 * EMPTY_MS) is not None


def test_a_clock_that_stands_is_left_alone():
    """Paused, stopped, not begun or ended: nothing is due."""
    assert jump_to(NOW, 0, None) is None


def test_a_jump_always_goes_forward():
    """However near the next thing is."""
    for ahead in range(0, 3 * EMPTY_MS, MINUTE_MS // 2):
        to = jump_to(NOW, 0, NOW + ahead)
        assert to is None or NOW < to < NOW + ahead


def test_the_target_is_a_jump_that_control_may_ask_for():
    """Within the command's bounds."""
    assert b.Jump(jump_to(NOW, 0, 720 * MINUTE_MS)).to_ms == 719 * MINUTE_MS


async def test_a_demonstration_jumps_in_the_night_alone():
    """With the real room: in the evening it waits, at night it is in the morning, just before what falls due there."""
    async with await Table.of(pack_called("silver-reed")) as table:
        await table.start()
        await pass_night(table.room)
        assert table.room.play_ms == 0
        await table.until(DEEP_NIGHT)
        before, due = table.room.play_ms, table.room.next_due_ms
        assert due - before > EMPTY_MS
        await pass_night(table.room)
        assert table.room.play_ms == due - BEFORE_MS
        await pass_night(table.room)
        assert table.room.play_ms == due - BEFORE_MS
