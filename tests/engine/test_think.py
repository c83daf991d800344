"""Stop and think: one team begins nothing for a while; what runs goes on; nobody else notices anything."""

from __future__ import annotations

import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.events import addressee
from tests.kit import Table
from tests.town import MINUTE

ON, OFF = b.Think(True, "what do we know?"), b.Think(False)


def test_the_team_begins_nothing_and_is_told_why():
    """An act and a proposal are refused; what was done in the room, writing, sharing and filing are not."""
    table = Table()
    table.do("mentor_police", ON)
    assert table.refuses("police", table.ask("go", unit="p1", place="street")) == "thinking"
    assert table.refuses("police", table.propose("a dog")) == "thinking"
    table.do("police", table.ask("badge"))
    table.do("police", table.say("we talk first", "help"))
    table.do("police", table.share((table.number("police", "house/self", "sort"),), "help"))
    table.do("mentor_police", OFF)
    table.do("police", table.ask("go", unit="p1", place="street"))


def test_what_runs_goes_on():
    """A unit that is on its way arrives when it would have: its arrival is seen by others."""
    table = Table()
    table.do("police", table.ask("go", unit="p1", place="house"))
    table.do("mentor_police", ON)
    table.wait(MINUTE)
    assert table.truth("p1", "location") == "house"


def test_only_the_team_and_control_have_anything_of_it():
    """No event of it goes to another viewer; the team's offers close, nobody else's do."""
    table = Table()
    others = [viewer for viewer in table.views if viewer not in {"police", "control"}]
    before = {viewer: dict(table.views[viewer]) for viewer in others}
    for command in (ON, OFF):
        step = table.do("mentor_police", command)
        assert {addressee(event) for event in step.events} == {"police", "control"}
    assert {viewer: table.views[viewer] for viewer in others} == before
    table.do("mentor_police", ON)
    go = table.rules.action_codes.of["go"]
    assert table.views["police"]["offers", go].why == "refusal-thinking"
    assert table.views["help"]["offers", go].open
    assert table.views["police"]["clock", "clock"].thinking
    assert not table.views["mentor_help"]["clock", "clock"].thinking
    assert table.views["control"]["teams", table.viewer("police")].thinking


def test_a_mentor_has_its_own_team_only_and_control_any():
    """The same team twice, another's team, a team named by a player: refused, nothing happens."""
    table = Table()
    assert table.refuses("mentor_police", b.Think(True, "", table.viewer("help"))) == "unknown"
    assert table.refuses("mentor_police", OFF) == "already_done"
    table.do("mentor_police", b.Think(True, "", table.viewer("police")))
    assert table.refuses("mentor_police", ON) == "already_done"
    assert table.refuses("control", b.Think(False)) == "unknown"
    assert table.refuses("control", b.Think(False, "", table.viewer("actor_ann"))) == "unknown"
    table.do("control", b.Think(False, "", table.viewer("police")))
    table.do("control", b.Think(True, "", table.viewer("help")))
    for by in ("police", "desk", "actor_ann", "safety"):
        assert table.refuses(by, ON) == "not_yours"


@pytest.mark.parametrize("to", ["help", "court", "mentor_help", "actor_ann", "safety"])
def test_a_mentor_writes_to_its_team_and_control_alone(to):
    """To the team as a mentor, which its screen marks; to control like anybody."""
    table = Table()
    table.do("mentor_police", table.say("who else needs this?", "police", "control"))
    assert table.messages("police")[-1].about == "mentor"
    assert table.messages("control")[-1].about == "said"
    assert table.refuses("mentor_police", table.say("psst", to)) == "unknown"


def test_a_mentor_does_nothing_else():
    """It shares, notes, files and asks for nothing."""
    table = Table()
    for command in (
        table.ask("badge"),
        table.share((1,), "police"),
        table.propose("x"),
        b.OpenTeam(table.viewer("police"), True),
    ):
        assert table.refuses("mentor_police", command) == "not_yours"
