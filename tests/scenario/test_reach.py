"""What nobody can ever reach is blamed at its place; one word mended, and that blame is gone."""

import shutil
from pathlib import Path

import pytest

from kerege.rehearsal.run import rehearse_many
from kerege.scenario import check, load_pack
from kerege.scenario.possible import Possible
from kerege.scenario.reach import Reach

HERE = Path(__file__).parent
SCENARIOS = HERE.parents[1] / "scenarios"

MENDS = [
    ("actions.yaml", "person.weight)", "person.role)", "'weigh' can never be done"),
    ("starts_with.yaml", "- learn", "- learn: {who: desk, fact: aman.weight, how: told}\n- learn", "'weigh' can never be done"),
    ("starts_with.yaml", "- learn", "- learn: {who: desk, fact: aman.weight, how: told}\n- learn", "'weight_known' waits"),
    ("starts_with.yaml", "- learn", "- learn: {who: desk, fact: aman.weight, how: told}\n- learn", "the inject 'call' never"),
    ("starts_with.yaml", "- learn", "- learn: {who: desk, fact: aman.weight, how: told}\n- learn", "the fact 'cook_known'"),
    ("things.yaml", "{name: name_house}", "{name: name_house, locked: true}", "never comes out as 'locked'"),
    ("rules.yaml", "aman.tired: true,", "house.locked: true, aman.tired: true,", "never comes out as 'locked'"),
    ("rules.yaml", "aman.tired: true,", "house.locked: true, aman.tired: true,", "never comes out as 'silence'"),
    ("rules.yaml", "aman.tired: true,", "house.locked: true, aman.tired: true,", "the ending 'locked' never comes"),
    ("rules.yaml", "aman.tired: true,", "house.locked: true, aman.tired: true,", "the ending 'quiet' never comes"),
    ("rules.yaml", "aman.tired: true,", "house.locked: true, aman.tired: true,", "'door_locked' waits"),
    ("rules.yaml", "action: greet, by: desk", "action: greet, by: patrol", "'desk_greets' waits"),
    ("rules.yaml", "delay: 11m", "delay: 10m", "'too_late' waits"),
    ("rules.yaml", "delay: 11m", "delay: {between: [10m, 20m]}", "'too_late' waits"),
    ("rules.yaml", "to: actor_aman", "to: patrol", "'to_aman' waits"),
    ("rules.yaml", "form: note, by: desk", "form: note, by: patrol", "'desk_files' waits"),
    ("rules.yaml", "after: 6m", "after: 5m", "the cue 'cue-aman'"),
    ("actions.yaml", "person.weight)", "person.role)", "'weighed' waits"),
    ("actions.yaml", "person.weight)", "person.role)", "'after_weighing' never takes place"),
    ("actions.yaml", "person.weight)", "person.role)", "'nothing_weighed' never takes place"),
    ("rules.yaml", "character: aman, text", "character: voice_outside, text", "nobody gives 'voice_outside' a cue"),
    ("injects.yaml", "then: [", "then: [{say: {line: voice_calls, who: desk}}, ", "nobody can ever say the line"),
    ("unreached.yaml", "", "- {id: 'line:voice_calls', why: Called by hand.}\n", "nobody can ever say the line"),
    ("unreached.yaml", "", "- {id: 'action:knock/locked', why: By hand.}\n", "never comes out as 'locked'"),
    ("unreached.yaml", "", "- {id: 'rule:door_locked', why: By hand.}\n", "'door_locked' waits"),
    ("unreached.yaml", "", "- {id: 'ending:locked', why: By hand.}\n", "the ending 'locked'"),
]  # fmt: skip


@pytest.fixture
def bad(tmp_path):
    """The tea house with much in it that nobody can reach."""
    shutil.copytree(HERE / "packs", tmp_path, dirs_exist_ok=True)
    shutil.copytree(HERE / "bad/unreachable", tmp_path / "tea-house", dirs_exist_ok=True)
    return tmp_path / "tea-house"


def said(folder):
    return "\n".join(str(problem) for problem in check([folder], flows=False))


@pytest.mark.parametrize(("file", "old", "new", "blame"), MENDS, ids=lambda word: word[:30])
def test_what_can_be_reached_is_not_blamed(bad, file, old, new, blame):
    """Each blame rests on one word of the pack: with that word mended it is gone, and the pack is still read."""
    assert blame in said(bad)
    path = bad / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new) if old else text + new, encoding="utf-8")
    assert blame not in said(bad)


@pytest.mark.parametrize("pack", sorted(path.parent.name for path in SCENARIOS.glob("*/pack.yaml")))
def test_what_a_rehearsal_reaches_is_not_called_out_of_reach(pack):
    """The look from outside never denies what happened: all that one whole exercise reached, it knew to be possible."""
    reach = Reach(load_pack(SCENARIOS / pack))
    (run,) = rehearse_many(SCENARIOS / pack, [3], many=False).runs
    known = {f"action:{name}" for name in reach.actions} | {f"rule:{name}" for name in reach.rules}
    known |= {f"action:{name}/{outcome}" for name, outcome in reach.outcomes}
    known |= {f"line:{name}" for name in reach.lines}
    assert {name for name in run.reached if name.startswith(("action:", "rule:", "line:"))} <= known


@pytest.mark.parametrize("pack", sorted(path.parent.name for path in SCENARIOS.glob("*/pack.yaml")))
def test_nothing_is_out_of_reach_without_a_reason(pack):
    """The packs of this repository hold nothing that nobody can reach."""
    problems = [str(problem) for problem in check([SCENARIOS / pack])]
    assert [each for each in problems if " never " in each or "nobody can " in each or "nobody gives" in each] == []


@pytest.mark.parametrize(
    ("condition", "can"),
    [
        ("True", {True}),
        ("aman.tired", {True, False}),
        ("aman.role == cook", {True}),
        ("aman.role != cook", {False}),
        ("aman.role in (guest, cook)", {True, False}),
        ("aman.role in (guest,)", {False}),
        ("aman.role not in (guest,)", {True}),
        ("aman.trust > 200", {True, False}),
        ("times(inspect) > 0", {False}),
        ("times(greet) > 0", {True, False}),
        ("times(greet, patrol, cold) >= 1", {True, False}),
        ("knows(desk, aman.trust)", {False}),
        ("knows(desk, aman.tired)", {True, False}),
        ("learnt_at(desk, aman.trust) == None", {True}),
        ("filed(note)", {True, False}),
        ("fired(word_gets_round) and aman.role == guest", {False}),
        ("any(person.tired for person in persons)", {True, False}),
        ("now() > minutes(5)", {True, False}),
        ("not (aman.role == cook)", {False}),
    ],
)
def test_what_a_condition_can_come_to(condition, can):
    """Plain conditions are judged exactly; what is not plain may go either way."""
    reach = Reach(load_pack(HERE / "packs/tea-house"))
    assert Possible(reach).truths(condition) == can
