"""Evaluators: which acts they see, what they note about teams, and that nobody else has a byte of it."""

from __future__ import annotations

import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.commands import evaluation
from kerege.engine.events import Noted, addressee
from tests.kit import Table


def note(table: Table, *teams: str, **parts) -> b.Observe:
    return b.Observe(tuple(table.viewer(team) for team in teams), **parts)


def test_evaluators_see_what_was_done_and_no_more():
    """Which act which team did; no words, no cause, nothing about whom or what."""
    table = Table()
    table.do("police", table.ask("badge"))
    table.do("police", table.say("a secret word", "help"))
    table.do("help", table.heard("house", "ann", "hurt", True))
    seen = table.all_of("happening", "evaluators")
    assert [(each.title, each.who) for each in seen] == [
        ("action-badge", "police"), ("happening-said", "police"), ("happening-heard", "help")
    ]  # fmt: skip
    assert not any(each.word or each.cause or each.about for each in seen)
    assert {key for key, _ in table.views["evaluators"]} <= {"me", "clock", "contacts", "guides", "happenings"}


def test_evaluators_do_not_see_what_others_than_teams_write():
    """An actor, a mentor, the safety officer, control: their lines are control's alone."""
    table = Table()
    for by, to in (("actor_ann", "control"), ("mentor_police", "police"), ("safety", "control"), ("control", "help")):
        table.do(by, table.say("words", to))
    assert table.all_of("happening", "evaluators") == []
    written = [each.who for each in table.all_of("happening", "control") if each.title == "happening-said"]
    assert written == ["actor_ann", "mentor_police", "safety", "control"]


def test_a_note_goes_to_the_evaluators_alone():
    """Control reads it by its look at their stream; its words can be erased like all that people type."""
    table = Table()
    table.do("police", table.ask("badge"))
    guide = table.rules.guide_codes.of["door"]
    step = table.do("evaluators", note(table, "police", guide=guide, rating="S", text="calm", evidence=("h1",)))
    assert [(type(event), addressee(event)) for event in step.events] == [(Noted, "evaluators")]
    assert [text for _, text in step.words] == ["calm"]
    assert table.views["evaluators"]["notes", "n1"].evidence == (1,)


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({}, "nothing_to_send"),
        ({"text": "  "}, "nothing_to_send"),
        ({"text": "x", "evidence": ("h1",)}, "unknown"),
        ({"text": "x", "evidence": ("h0",)}, "unknown"),
        ({"text": "x", "guide": "AAAAAAAA"}, "unknown"),
    ],
)
def test_what_is_no_note(parts, code):
    """Nothing said, or something named that the evaluators do not have."""
    table = Table()
    assert table.refuses("evaluators", note(table, "police", **parts)) == code


def test_a_mentors_guide_is_not_the_evaluators():
    """Its code is answered like one that does not exist."""
    table = Table()
    code = table.rules.guide_codes.of["ask"]
    assert table.refuses("evaluators", note(table, "police", text="x", guide=code)) == "unknown"


def test_a_note_is_about_teams():
    """No team, an actor, control: refused."""
    table = Table()
    for named in ((), ("actor_ann",), ("police", "control")):
        assert table.refuses("evaluators", note(table, *named, text="x")) == "unknown"


def test_no_rating_for_fewer_than_three_chairs(monkeypatch):
    """At the bound it stands, past it the team is rated with a neighbour; "not observed" is no rating."""
    table = Table()
    chairs = table.rules.viewers["police"].seats_max
    monkeypatch.setattr(evaluation, "RATED_CHAIRS_MIN", chairs)
    table.do("evaluators", note(table, "police", rating="M"))
    monkeypatch.setattr(evaluation, "RATED_CHAIRS_MIN", chairs + 1)
    assert table.refuses("evaluators", note(table, "police", "police", rating="M")) == "bad_answer"
    table.do("evaluators", note(table, "police", rating="N"))
    table.do("evaluators", note(table, "police", "help", rating="M"))


def test_notes_have_a_bound(monkeypatch):
    """At it, and past it."""
    monkeypatch.setattr(evaluation, "NOTES_MAX", 1)
    table = Table()
    table.do("evaluators", note(table, "police", text="one"))
    assert table.refuses("evaluators", note(table, "police", text="two")) == "too_many"


def test_evaluators_steer_nothing():
    """They write to nobody and do nothing else; nobody else notes."""
    table = Table()
    for command in (table.say("psst", "police"), table.ask("badge"), b.Think(True), b.Pause("now")):
        assert table.refuses("evaluators", command) == "not_yours"
    for by in ("police", "mentor_police", "control", "actor_ann", "safety", "desk"):
        assert table.refuses(by, note(table, "police", text="x")) == "not_yours"
