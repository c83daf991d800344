"""Whole exercises in virtual time: they end, the laws hold, and the same seed is the same to the byte."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kerege.journal.export import read_file, verify_file
from kerege.rehearsal.coverage import SORTS, Reachable, compare
from kerege.rehearsal.laws import broken_laws
from kerege.rehearsal.run import Report, cast, read_script, rehearse, rehearse_many
from kerege.rehearsal.stage import Stage
from kerege.room.exercise import Exercise

SCENARIOS = Path(__file__).parents[2] / "scenarios"
PACKS = sorted(path.parent.name for path in SCENARIOS.glob("*/pack.yaml"))
SCRIPTS = {name: read_script(SCENARIOS / name) for name in PACKS}


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("pack", PACKS)
def test_every_rehearsal_ends_with_all_views_as_they_should_be(pack, seed):
    """Laws 1 and 2 at the end of each run, for every viewer and every client."""
    run = asyncio.run(rehearse(SCRIPTS[pack], seed))
    assert run.faults == ()
    assert run.entries > 20
    assert set(run.measures) == {measure.id for measure in SCRIPTS[pack].pack.measures}


@pytest.mark.parametrize(
    ("pack", "profile", "ending"),
    [
        ("silver-reed", "careful", "full_justice"),
        ("silver-reed", "careless", "harm"),
        ("silver-reed", "territorial", "minor_offence"),
        ("silver-reed-cut", "careful", "heard_and_safe"),
        ("silver-reed-cut", "hurried", "still_open"),
        ("silver-reed-cut", "territorial", "still_open"),
        ("silver-reed-cut", "careless", "harm"),
        ("first-steps", "hurried", "returned"),
        ("first-steps", "careless", "still_looking"),
    ],
)
def test_habits_lead_to_endings(pack, profile, ending):
    """What the plans say about each habit comes out at the end, and the director's hand does not change it."""
    assert asyncio.run(rehearse(SCRIPTS[pack], 7, [profile])).ending == ending


def test_the_file_that_is_kept_holds_and_folds_to_the_same_hash(tmp_path):
    """`--out`: one file that verifies and tells the whole exercise."""
    out = tmp_path / "kept.kerege"
    run = asyncio.run(rehearse(SCRIPTS["first-steps"], 4, out=out))
    assert verify_file(out).fault is None
    exercise = Exercise.of(list(read_file(out)))
    assert exercise.head[1].hex() == run.log_hash
    assert (exercise.state.get("clock", "ending") or None) == run.ending


REHEARSE = "from kerege.cli import main; main()"


@pytest.mark.parametrize("pack", PACKS)
def test_the_same_seed_is_the_same_anywhere(pack):
    """Under other hash seeds, locales and time zones: the same log, byte for byte, and the same report."""
    places = [
        {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC", "LANGUAGE": "en"},
        {"PYTHONHASHSEED": "4242", "LC_ALL": "ru_RU.UTF-8", "TZ": "Asia/Bishkek", "LANGUAGE": "ru"},
    ]
    command = [sys.executable, "-c", REHEARSE, "rehearse", str(SCENARIOS / pack), "--seed", "1", "--json"]
    said = []
    for place in places:
        done = subprocess.run(command, env={**os.environ, **place}, capture_output=True, check=True, timeout=100)
        said.append(done.stdout)
    assert said[0] == said[1]
    assert len(said[0].splitlines()) == 1
    assert len(json.loads(said[0])["log_hash"]) == 64


def test_another_seed_is_another_exercise():
    """Keys, salts and habits follow from the seed."""
    one, two = (asyncio.run(rehearse(SCRIPTS["first-steps"], seed)) for seed in (1, 2))
    assert one.log_hash != two.log_hash


def test_one_run_alone_is_not_blamed_for_what_it_cannot_reach():
    """A story ends only once; with many seeds what was missed without a reason is a fault."""
    one = rehearse_many(SCENARIOS / "first-steps", [1], many=False)
    assert one.all_is_well
    assert one.coverage["endings"]["missed"]
    few = rehearse_many(SCENARIOS / "first-steps", [1], many=True)
    assert not few.all_is_well
    assert any("was never reached" in fault for fault in few.faults)


def test_the_report_says_what_was_promised():
    """The keys that others rely on."""
    data = rehearse_many(SCENARIOS / "first-steps", [1, 2], many=True).as_data()
    assert {"log_hash", "ending", "measures", "coverage", "runs"} <= set(data)
    assert set(data["coverage"]) == set(SORTS) == {"actions", "rules", "cues", "injects", "texts", "endings", "talks"}
    for row in data["coverage"].values():
        assert {"reached", "total", "missed"} <= set(row)
        assert row["reached"] + len(row["missed"]) == row["total"]
    assert [set(run) >= {"seed", "log_hash", "ending", "measures"} for run in data["runs"]] == [True, True]
    json.dumps(data)


def test_reasons_excuse_their_own_and_what_only_they_could_say():
    """A reason for an action holds for its outcomes, and for texts that nothing else tells."""
    pack = SCRIPTS["first-steps"].pack
    nothing = compare(Reachable(pack), frozenset(), [f"rule:{rule.id}" for rule in pack.rules])
    assert nothing["rules"]["reached"] == 0
    assert len(nothing["rules"]["missed"]) == len(pack.rules)
    assert nothing["rules"]["unexplained"] == []
    action = compare(Reachable(pack), frozenset(), ["action:hand_over"])["actions"]["unexplained"]
    assert not [name for name in action if name.startswith("action:hand_over")]


def test_profiles_can_be_chosen():
    """All of one habit, a choice of habits, or one chair's habit."""

    async def rules():
        stage = await Stage.open(SCRIPTS["silver-reed"].pack, 1, "cast")
        try:
            return stage.room.story.rules
        finally:
            await stage.close()

    rules = asyncio.run(rules())
    assert set(cast(rules, 1, ["hurried"]).values()) == {"hurried"}
    for seed in range(20):
        assert set(cast(rules, seed, ["hurried", "careless"]).values()) <= {"hurried", "careless"}
        assert cast(rules, seed, ["patrol=territorial"])["patrol"] == "territorial"
    assert len({tuple(cast(rules, seed, []).values()) for seed in range(20)}) > 5


def test_a_broken_view_is_told():
    """The judge is no ornament: a view that lost a record breaks law 2, and it says whose."""

    async def broken():
        stage = await Stage.open(SCRIPTS["first-steps"].pack, 1, "broken")
        try:
            story = stage.room.story
            assert list(broken_laws(story, list(stage.disk.entries))) == []
            view = story.stream_of["patrol"].view
            view.pop(next(key for key in view if key[0] == "contacts"))
            view = story.stream_of["social"]
            story.state.tables["truth"]["teacher", "carried"] = 3
            return list(broken_laws(story, list(stage.disk.entries)))
        finally:
            await stage.close()

    told = asyncio.run(broken())
    assert any(text.startswith("law 1") for text in told)
    assert any(text.startswith("law 2: the view of patrol") for text in told)


def test_a_report_without_faults_is_well():
    """Nothing else decides the exit status."""
    assert Report([], {}, many=False).all_is_well
    assert not Report([], {}, many=False, faults=["x"]).all_is_well
