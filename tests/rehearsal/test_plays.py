"""Every pack's plays pass in the real room, and a play that expects something else is told so."""

import dataclasses
from pathlib import Path

import pytest

from kerege.rehearsal.plays import read, run_play

SCENARIOS = Path(__file__).parents[2] / "scenarios"
PACKS = {path.parent.name: read(path.parent) for path in sorted(SCENARIOS.glob("*/pack.yaml"))}
PLAYS = [(pack, play) for pack, (_, plays) in PACKS.items() for play in plays]


@pytest.mark.parametrize(("pack", "play"), PLAYS, ids=[f"{pack}-{play.name}" for pack, play in PLAYS])
def test_a_play_is_as_written(pack, play):
    """Given, when, then; and laws 1 and 2 hold at its end for every viewer."""
    assert run_play(PACKS[pack][0], play).differences == ()


def returned(**changes):
    pack, plays = PACKS["first-steps"]
    play = next(play for play in plays if play.name == "returned")
    return run_play(pack, dataclasses.replace(play, **changes)).differences


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ending": "still_looking"}, "it was to end as still_looking, and ended as returned"),
        ({"truth": {("komuz", "returned"): False}}, "komuz.returned was to be False, and is True"),
        ({"happened": ("teacher_pleased",)}, "teacher_pleased was to happen, and did not"),
        ({"not_happened": ("slip_on_file",)}, "slip_on_file was not to happen, and did"),
        ({"knows": {"fiu": (("teacher", "carried", None),)}}, "fiu was to know teacher.carried"),
        ({"knows_not": {"patrol": (("teacher", "carried", "True"),)}}, "patrol was not to know teacher.carried = True"),
    ],
)
def test_what_differs_is_said_in_words(changes, said):
    """Each expectation of a play can fail."""
    assert said in returned(**changes)


def test_a_step_that_is_refused_says_why_and_where():
    """With file, line and column, so that an editor can go there."""
    pack, plays = PACKS["first-steps"]
    play = next(play for play in plays if play.name == "returned")
    turned = [
        dataclasses.replace(step, refused=not step.refused) if step.sort != "wait" else step for step in play.steps
    ]
    said = run_play(pack, dataclasses.replace(play, steps=tuple(turned))).differences
    assert any("was to be refused, and was accepted" in each and "returned.play.yaml:" in each for each in said)
    assert any("was to be accepted, and was refused (requires" in each for each in said)


def test_an_act_that_nobody_could_do_is_said():
    """Sharing what one does not hold, and speaking where no scene is."""
    pack, plays = PACKS["first-steps"]
    play = next(play for play in plays if play.name == "asked-kindly")
    says = [step for step in play.steps if step.sort in {"says", "treats"}]
    said = run_play(pack, dataclasses.replace(play, steps=tuple(says), knows={}, happened=())).differences
    assert any("no scene was ever opened with actor_teacher" in each for each in said)
