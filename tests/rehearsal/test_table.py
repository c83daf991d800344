"""The coverage table: which plays and which rehearsals reach each thing of a pack."""

from pathlib import Path

import pytest

from kerege.rehearsal.plays import Played, read, run_play
from kerege.rehearsal.run import Rehearsed, read_script
from kerege.rehearsal.table import MIXED, SECTIONS, make_table, write_markdown

FOLDER = Path(__file__).parents[2] / "scenarios/first-steps"


def run(reached, **profiles):
    return Rehearsed(1, "", None, {}, profiles, frozenset(reached), 1)


@pytest.fixture(scope="module")
def script():
    return read_script(FOLDER)


def rows(script, plays=(), runs=()):
    return {row.name: row for row in make_table(script.pack, plays, runs, script.reasons).rows}


def test_each_thing_names_its_plays_and_counts_rehearsals_by_habit(script):
    """A rehearsal of one habit counts for it; one of several habits is mixed."""
    plays = [Played("a", "A", (), frozenset({"rule:case_alone"})), Played("b", "B", (), frozenset({"fact:who_paid"}))]
    runs = [
        run({"rule:case_alone"}, patrol="careless", fiu="careless"),
        run(set(), patrol="careless", fiu="careless"),
        run({"rule:case_alone", "fact:who_paid"}, patrol="careless", fiu="hurried"),
    ]
    found = rows(script, plays, runs)
    assert (found["rule:case_alone"].plays, dict(found["rule:case_alone"].runs)) == (("a",), {"careless": 1, MIXED: 1})
    assert (found["fact:who_paid"].plays, dict(found["fact:who_paid"].runs)) == (("b",), {"careless": 0, MIXED: 1})
    assert not found["fact:right_bus"].is_reached


def test_every_thing_of_the_pack_has_one_row(script):
    """Facts, consequences with a cause, acts, cues, injects, texts, endings: each once, in its section."""
    table = make_table(script.pack, (), (), script.reasons)
    names = [row.name for row in table.rows]
    assert len(names) == len(set(names))
    assert {row.section for row in table.rows} == set(SECTIONS) - {"talks"}  # its plans ask nobody
    pack = script.pack
    assert {f"fact:{each.id}" for each in pack.facts} | {f"rule:{each.id}" for each in pack.rules} <= set(names)
    assert {f"ending:{each.id}" for each in pack.endings} | {f"inject:{each.id}" for each in pack.injects} <= set(names)
    caused = {row.name for row in table.rows if row.section == "rules and outcomes with a cause"}
    assert "rule:teacher_comes" in caused
    assert "action:read_back/corrected" in caused
    assert "rule:music_again" not in caused


def test_a_play_reaches_the_facts_it_teaches():
    """Of a real play: what a team came to hold, with the right value only."""
    pack, plays = read(FOLDER)
    played = {play.name: run_play(pack, play).reached for play in plays if play.name in {"on-the-list", "bus-on-stub"}}
    assert {name for name in played["on-the-list"] if name.startswith("fact:")} == {"fact:on_the_list"}
    assert "fact:bus_on_stub" in played["bus-on-stub"]


def test_it_reads_as_a_table_and_says_what_it_shows(script):
    """Columns are aligned for a terminal; what nothing reaches says so or gives the written reason; it is marked."""
    plays = [Played(f"play-{n}", "", (), frozenset({"fact:who_paid"})) for n in range(5)]
    lines = list(
        write_markdown("first-steps", make_table(script.pack, plays, [run(set(), patrol="careful")], script.reasons))
    )
    assert "SIMULATION" in lines[2]
    facts = lines[lines.index("## Facts: 1 of 6 reached") + 2 :][:8]
    assert len({line.index("|", 20) for line in facts}) == 1
    (paid,) = [line for line in facts if line.startswith("| who_paid")]
    assert "play-0, play-1, play-2 +2" in paid
    assert "NOT REACHED" in next(line for line in facts if line.startswith("| right_bus"))
    (pleased,) = [line for line in lines if line.startswith("| teacher_pleased")]
    assert "stand-ins do so in few rooms" in pleased
