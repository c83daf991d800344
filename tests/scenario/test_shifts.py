"""The words for shifts and for a client's own lawyer: what they compile to, and what is wrong with them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kerege.engine.conditions import compile_condition
from kerege.engine.rules import Rules
from kerege.scenario import compile_folder, errors, load_pack
from tests.kit import Table

SCENARIOS = Path(__file__).parents[2] / "scenarios"
TEAM = "- {id: warden_day, sort: team, agency: investigators, shift_of: investigators, units: []%s}\n"


@pytest.fixture
def folder(tmp_path):
    """A pack to be changed, with its library."""
    shutil.copytree(SCENARIOS / "first-steps", tmp_path / "first-steps")
    shutil.copytree(SCENARIOS / "library", tmp_path / "library")
    return tmp_path / "first-steps"


def messages(folder, *lines):
    teams = folder / "teams.yaml"
    teams.write_text(teams.read_text() + "".join(lines))
    _, problems = compile_folder(folder)
    return " ".join(problem.message for problem in errors(problems))


def test_silver_reed_has_a_day_shift():
    """It is a shift of the night, and so of the same kind of team."""
    pack = load_pack(SCENARIOS / "silver-reed")
    day = next(viewer for viewer in pack.viewers if viewer.id == "investigators_day")
    assert (day.part_of, day.takes_over, day.agency) == ("investigators", "investigators", "investigators")
    assert (day.comes_on_ms, day.overlap_ms) == (650 * 60_000, 30 * 60_000)
    table = Table(pack)
    assert "investigators_day" in table.rules.viewers_called("investigators")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (", overlap: 5m", "has no overlap"),
        (", comes_on: 5m", ""),
        ("", ""),
    ],
)
def test_when_a_shift_comes_on(folder, more, said):
    """At a play time with an overlap, or when it is handed over to, without one."""
    found = messages(folder, TEAM % more)
    assert (said in found) if said else not [word for word in ("overlap", "shift", "comes_on") if word in found]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["- {id: w, sort: team, agency: investigators, shift_of: nobody}\n"], "stands above it"),
        (["- {id: w, sort: team, agency: other, shift_of: investigators}\n"], "another agency"),
        (["- {id: w, sort: team, agency: investigators, comes_on: 5m}\n"], "`shift_of` is missing"),
        ([TEAM % "", (TEAM % "").replace("warden_day", "other_day")], "hands over to another shift already"),
        (["- {id: w, sort: team, agency: bar, client: nobody}\n"], "nobody"),
    ],
)
def test_what_is_wrong_is_said(folder, lines, said):
    """Each with its reason."""
    assert said in messages(folder, *lines)


def test_the_clients_own_lawyer():
    """`lawyer:` reaches the team whose client this is, and `speaks_for` holds for it alone."""
    rules = Rules(load_pack(SCENARIOS / "silver-reed"), b"a key of thirty-two bytes, secret")
    assert rules.lawyers_of == {name: (f"lawyer_{name}",) for name in ("raisa", "dastan", "lena", "aida")}


@pytest.mark.parametrize(("person", "own"), [("raisa", "lawyer_raisa"), ("dastan", "lawyer_dastan"), ("nilu", "")])
def test_who_is_told_that_a_lawyer_is_called_for(person, own):
    """One viewer per client: nobody else of the bar hears of it; a person without one reaches nobody."""
    table = Table(load_pack(SCENARIOS / "silver-reed"))
    table.do("control", table.amend("investigator_1", "location", "salon_reception"))
    table.do("control", table.amend(person, "location", "salon_reception"))
    table.do("investigators", table.ask("call_lawyer", person=person))
    told = {
        viewer
        for viewer in table.rules.all_teams
        if any(message.text.key == "told-lawyer-called" for message in table.messages(viewer))
    }
    assert told == ({own} if own else set())


def test_a_condition_asks_who_speaks_for_whom():
    """In the truth; the asker's view has no such word."""
    pack = load_pack(SCENARIOS / "silver-reed")
    table = Table(pack)
    from kerege.engine.worlds import TruthWorld

    world = TruthWorld(table.rules, table.state, 0)
    for team, person, holds in (
        ("lawyer_aida", "aida", True),
        ("lawyer_aida", "raisa", False),
        ("judge", "aida", False),
    ):
        condition = compile_condition(f"speaks_for({team}, {person})", table.rules.types, "truth", {})
        assert condition.run(world, {}) is holds
