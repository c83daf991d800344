"""A view at a play time, from the log alone, is what the viewer was shown at that time."""

import pytest

from kerege.engine.commands import bodies as b
from kerege.review.views_at import NoSuchViewer, items_of, view_at
from tests.review.table import MINUTE, Table, pack_called

VIEWERS = ("patrol", "social", "control", "observer_patrol", "actor_teacher")


async def test_a_view_is_what_was_on_the_screen():
    """For every sort of viewer and at every minute: the view from the log is the live one of that minute."""
    async with await Table.of(pack_called("first-steps")) as table:
        await table.start()
        await table.do("control", b.OpenTeam(table.code("patrol"), open=True))
        live = {}
        for minute in range(1, 7):
            await table.play_plans(dict.fromkeys(table.rules.teams, "careful"), minute * MINUTE)
            await table.do("control", b.Pause())
            await table.do("control", b.Resume())
            at_ms = table.room.play_ms
            live[at_ms] = {viewer: items_of(table.room.story, viewer, "ru") for viewer in VIEWERS}
            await table.until(at_ms + 1)
        entries = await table.log()
    assert len({repr(views["patrol"]) for views in live.values()}) == len(live)
    for at_ms, views in live.items():
        for viewer, view in views.items():
            assert view_at(entries, viewer, at_ms, "ru") == view, (viewer, at_ms)


async def test_the_whole_log_is_the_last_view():
    """Without a time, the view is the one at the end."""
    async with await Table.of(pack_called("first-steps")) as table:
        await table.start()
        await table.finish()
        entries = await table.log()
        assert view_at(entries, "border") == items_of(table.room.story, "border", "en")


async def test_before_startex_there_is_a_view():
    """Nothing is known yet, and that can be shown."""
    async with await Table.of(pack_called("first-steps")) as table:
        await table.start()
        entries = await table.log()
    assert view_at(entries[:1], "patrol", 0)["clock"]["clock"].phase == "ready"
    assert "records" not in view_at(entries[:1], "patrol", 0)


async def test_a_time_within_a_jump_is_seen():
    """A jump from minute 1 to minute 60, seen at minute 30: what fell due before is there, what fell due later is not."""
    async with await Table.of(pack_called("silver-reed")) as table:
        await table.start()
        await table.until(MINUTE)
        await table.do("control", b.Jump(60 * MINUTE))
        entries = await table.log()
    at_30 = [each.at_s for each in view_at(entries, "investigators", 30 * MINUTE)["messages"].values()]
    at_60 = [each.at_s for each in view_at(entries, "investigators", 60 * MINUTE)["messages"].values()]
    assert max(at_30) == 25 * 60
    assert max(at_60) == 45 * 60
    assert at_60[: len(at_30)] == at_30


@pytest.mark.parametrize("viewer", ["suspects", "nobody", ""])
async def test_who_is_no_viewer_is_named(viewer):
    """A side that nobody plays has no screen; the refusal says who has one."""
    async with await Table.of(pack_called("silver-reed")) as table:
        entries = await table.log()
    with pytest.raises(NoSuchViewer, match="patrol, special_forces") as refused:
        view_at(entries, viewer)
    assert "control" in refused.value.viewers
