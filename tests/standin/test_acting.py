"""A stand-in at an actor's chair: the card's lines in their order, the form after them, the cues; never an invented word."""

import pytest

from kerege.casting import ACTING_PLAN
from kerege.wire.items import Choice, Cue, Line, Scene
from tests.standin.chair import Chair

LATER_MS = 60_000


def scene(*lines, state="open", treated=False) -> Scene:
    questions = [Choice("kindly", "Kindly?"), Choice("badge", "Badge?")]
    return Scene("patrol", "Patrol", "Ask", 0, state, list(lines), treated, questions)


def line(code, *, advised=True, said=False) -> Line:
    return Line(code, [(code, None)], advised, "", said)


def part(profile="careful", **put) -> Chair:
    return Chair(*ACTING_PLAN.steps, profile=profile, initiative=False, **put)


@pytest.mark.parametrize(("profile", "says"), [("careful", ["a", "c"]), ("careless", ["a", "b", "c"])])
def test_says_what_the_card_lets_out_or_all_of_it(profile, says):
    """Line by line, as the room notes each of them; in a live exercise too, for somebody has asked."""
    held = {"a": line("a"), "b": line("b", advised=False), "c": line("c")}
    chair = part(profile, scenes={"s1": scene(*held.values())})
    for turn, code in enumerate(says):
        now_ms = turn * LATER_MS
        assert chair.next(now_ms) == {"do": "speak", "scene": "s1", "lines": [code]}
        chair.answer(now_ms=now_ms)
        held[code] = line(code, said=True)
        chair.frame(now_ms, scenes={"s1": scene(*held.values(), state="said")})
    form = chair.next(len(says) * LATER_MS)
    assert (form["do"], form["scene"], set(form["answers"])) == ("treat", "s1", {"kindly", "badge"})


def test_a_careful_one_was_treated_well_and_a_careless_one_says_otherwise():
    """So that rehearsals know both."""
    marks = [part(profile, scenes={"s1": scene()}).next()["answers"]["kindly"] for profile in ("careful", "careless")]
    assert marks[0] > marks[1]


def test_a_closed_scene_hears_no_more_lines_and_gets_its_form_once():
    """After a curtain nobody speaks; what was felt can still be said."""
    chair = part(scenes={"s1": scene(line("a"), state="closed")})
    assert chair.next()["do"] == "treat"
    chair.answer()
    chair.frame(scenes={"s1": scene(line("a"), state="closed", treated=True)})
    assert chair.next(LATER_MS) is None


def test_plays_a_cue_when_it_is_time():
    """Not before."""
    chair = part(cues={"c1": Cue([("Ring.", None)], 60, "waiting")})
    assert chair.next() is None
    chair.frame(cues={"c1": Cue([("Ring.", None)], 60, "now")})
    assert chair.next() == {"do": "ready", "cue": "c1", "state": "done"}
