"""A log is read by the same replay as a restart, entry by entry."""

import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.events import TimePassed
from kerege.engine.state import flatten
from kerege.journal.export import write_file
from kerege.review.story import NoStory, Story, read_export
from tests.review.table import MINUTE, Table, pack_called


async def played() -> tuple[list, dict]:
    """A short log with a jump in it, and the state that the room then had."""
    async with await Table.of(pack_called("first-steps")) as table:
        await table.start()
        await table.play_plans(dict.fromkeys(table.rules.teams, "careful"), 3 * MINUTE)
        await table.do("control", b.Jump(12 * MINUTE))
        await table.finish()
        return await table.log(), flatten(table.state)


async def test_a_walk_ends_where_the_room_stands():
    """There is no second engine: after the last entry the exercise is the room's, to the last table."""
    entries, state = await played()
    story = Story(entries)
    for _ in story.walk():
        pass
    assert flatten(story.exercise.state) == state
    assert story.exercise.head == (entries[-1].header.n, entries[-1].hash)
    assert flatten(Story(entries).to_its_end().state) == state


async def test_a_walk_leaves_nothing_out_and_goes_forward():
    """Every event comes once, in order, at a play time that never runs back."""
    entries, _ = await played()
    last_ms = 0
    told: dict[int, list] = {}
    bodies = {}
    for at_ms, body, events in Story(entries).walk():
        assert at_ms >= last_ms
        last_ms = at_ms
        told.setdefault(id(body), []).extend(events)
        bodies[id(body)] = body
    assert all(tuple(events) == bodies[key].events for key, events in told.items())
    assert len(bodies) == len(entries) - 1


async def test_a_jump_is_told_moment_by_moment():
    """What fell due on the way of a jump is told at its own play time, not at the jump's."""
    entries, _ = await played()
    jump = [stretch for stretch in Story(entries).walk() if isinstance(stretch.body.command, b.Jump)]
    assert len(jump) > 1
    assert jump[0].at_ms == 3 * MINUTE
    assert jump[-1].at_ms == 12 * MINUTE
    for at_ms, _, events in jump[1:]:
        assert events[0] == TimePassed(at_ms)


async def test_an_export_tells_the_same(tmp_path):
    """An exported file is read like the journal it came from."""
    entries, _ = await played()
    write_file(tmp_path / "kept.kerege", len(entries), entries)
    assert list(Story(read_export(tmp_path / "kept.kerege")).walk()) == list(Story(entries).walk())


def test_an_empty_log_is_no_story():
    """A log without even a pack is told apart from a broken one."""
    with pytest.raises(NoStory):
        Story([])
