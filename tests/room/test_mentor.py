"""A mentor's streams: its own and its team's, the same bytes as every phone of that team; no other, on no road."""

from __future__ import annotations

import pytest

from kerege.engine.commands import bodies as b
from tests.stage import Client, Stage
from tests.town import TOWN


@pytest.fixture
async def stage():
    async with Stage(TOWN) as stage:
        await stage.accept("control", b.Start())
        yield stage


async def test_a_mentor_reads_its_teams_own_bytes(stage):
    """Not a copy made for it: the team's frames, in the same order."""
    phone, mentor = Client(stage.room, "police"), Client(stage.room, "mentor_police")
    assert phone.open()
    assert mentor.open(stream=stage.viewer("police"))
    for command in (stage.ask("badge"), stage.say("we are here", "help")):
        await stage.accept("police", command)
        phone.read()
        mentor.read()
    assert phone.payloads and phone.payloads == mentor.payloads


async def test_a_mentor_opens_no_other_stream(stage):
    """Another team's, an actor's, control's, safety's, the desk's, another mentor's: as if it did not exist."""
    for viewer in stage.room.viewers:
        mentor = Client(stage.room, "mentor_police")
        allowed = viewer in {"police", "mentor_police"}
        assert mentor.open(stream=stage.viewer(viewer)) is allowed, viewer
        if not allowed:
            mentor.read()
            assert mentor.payloads == []


async def test_nobody_but_control_and_itself_opens_a_mentors_stream(stage):
    """Not even its team's phones, nor those who may look at desks."""
    for viewer in stage.room.viewers:
        opened = Client(stage.room, viewer).open(stream=stage.viewer("mentor_police"))
        assert opened is (viewer in {"control", "mentor_police"}), viewer
