"""Teams split and merged, seen from the room: codes and streams come and go, people move, names are words like others."""

from __future__ import annotations

import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.state import flatten
from kerege.gateway.chance import SeededChance
from kerege.gateway.limits import Bounds
from kerege.gateway.seats import Seats
from tests.stage import Stage
from tests.town import town

NAME = "NORTHERN-PART"
SECOND = "police.2"


def seats_of(room):
    return Seats(None, "e", b"k" * 16, room.viewers, SeededChance("1"), Bounds(), lambda: 0)


@pytest.fixture
async def stage():
    async with Stage(town(parts_max=3)) as each:
        await each.accept("control", b.Start())
        yield each


async def test_nothing_of_a_part_before_it_is_opened(stage):
    """No chair, no code that opens, no stream that control could see as, no byte of its code anywhere."""
    room = stage.room
    code = stage.viewer(SECOND)
    assert SECOND not in room.viewers
    assert not room.reader("control", "en", "msgpack", lambda: None).open(code, None)
    seats = seats_of(room)
    typed = seats.code_of(SECOND)
    assert seats.viewer_of(typed) is None
    for viewer in room.viewers:
        assert code.encode() not in stage.snapshot(viewer)
    await stage.accept("control", b.Split(stage.viewer("police"), NAME))
    assert seats.viewer_of(typed) == SECOND
    assert room.reader("control", "en", "msgpack", lambda: None).open(code, None)
    assert not room.reader("police", "en", "msgpack", lambda: None).open(code, None)
    assert NAME.encode() in stage.snapshot("help") and NAME.encode() in stage.snapshot(SECOND)


async def test_people_of_a_merged_team_sit_at_the_other(stage):
    """Their seats, devices and their team's code lead there; what they still send in the old name is refused."""
    await stage.accept("control", b.Split(stage.viewer("police"), NAME))
    seats = seats_of(stage.room)
    code = seats.code_of(SECOND)
    joined = seats.join(code, "en", "", None, None)
    assert joined.seat.viewer == SECOND
    await stage.accept("control", b.Merge(stage.viewer(SECOND), stage.viewer("police")))
    assert stage.room.viewers[SECOND].into == "police"
    assert seats.seat_of_device(joined.device).viewer == "police"
    assert seats.seat(joined.seat.id).viewer == "police"
    assert [seat.id for seat in seats.seats_of("police")] == [joined.seat.id] and seats.seats_of(SECOND) == []
    assert seats.viewer_of(code) == "police"
    receipt = await stage.submit(SECOND, stage.ask("badge"))
    assert (receipt.outcome, receipt.code) == ("refused", "not_yours")


async def test_a_restart_finds_the_same_teams(stage):
    """Who is there follows from the log."""
    await stage.accept("control", b.Split(stage.viewer("police"), NAME, (stage.face("p2"),)))
    await stage.accept("control", b.Split(stage.viewer("police"), NAME, records=False))
    await stage.accept("control", b.Merge(stage.viewer("police"), stage.viewer(SECOND)))
    before, state = dict(stage.room.viewers), flatten(stage.room.story.state)
    await stage.restart()
    assert stage.room.viewers == before
    assert flatten(stage.room.story.state) == state


async def test_the_name_of_a_part_can_be_erased(stage):
    """It stands in no body, and after an erasure in no view."""
    await stage.accept("control", b.Split(stage.viewer("police"), NAME))
    typed = [word.id for entry in stage.disk.entries for word in entry.words]
    assert len(typed) == 1 and not any(NAME.encode() in entry.body for entry in stage.disk.entries)
    await stage.room.erase(typed)
    for viewer in stage.room.viewers:
        assert NAME.encode() not in stage.snapshot(viewer)
