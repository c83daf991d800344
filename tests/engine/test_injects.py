"""The MSEL: lines that come at their time, are held, released, skipped, fired by hand and again."""

from __future__ import annotations

import pytest

from kerege.engine.pack import Fire, Inject, Outcome, Tell, Trigger
from kerege.engine.refusals import Refused
from tests.kit import Table
from tests.town import MINUTE, Action, town


def state(table, inject):
    return table.state.get("inject", inject).state


def texts(table, viewer):
    return [message.text.key for message in table.messages(viewer) if message.about == "inject"]


def test_a_line_comes_at_its_time_as_an_inject():
    """Once, at its play time."""
    table = Table()
    table.wait(10 * MINUTE)
    assert (texts(table, "court"), state(table, "letter")) == (["letter-text"], "fired")
    table.wait(20 * MINUTE)
    assert texts(table, "court") == ["letter-text"]


def test_held_it_does_not_come_and_released_too_late_it_comes_at_once():
    """An overdue line fires at its release."""
    table = Table()
    table.do("control", table.steer("letter", "hold", "not yet"))
    table.wait(15 * MINUTE)
    assert (texts(table, "court"), state(table, "letter")) == ([], "held")
    table.do("control", table.steer("letter", "release"))
    assert (texts(table, "court"), state(table, "letter")) == (["letter-text"], "fired")


def test_released_in_time_it_waits_for_its_time():
    """A line that the pack holds can be let go before it is due."""
    table = Table()
    assert state(table, "rain") == "held"
    table.do("control", table.steer("rain", "release"))
    assert (texts(table, "help"), state(table, "rain")) == ([], "waiting")
    table.wait(20 * MINUTE)
    assert texts(table, "help") == ["rain-text"]


def test_skipped_it_never_comes_unless_fired_by_hand():
    """Control may change its mind."""
    table = Table()
    table.do("control", table.steer("letter", "skip"))
    table.wait(20 * MINUTE)
    assert (texts(table, "court"), state(table, "letter")) == ([], "skipped")
    table.do("control", table.steer("letter", "fire"))
    assert texts(table, "court") == ["letter-text"]


def test_fired_early_it_does_not_come_again_at_its_time_but_by_hand_it_does():
    """A line can be fired as often as control wants."""
    table = Table()
    table.do("control", table.steer("letter", "fire"))
    table.wait(20 * MINUTE)
    assert len(texts(table, "court")) == 1
    table.do("control", table.steer("letter", "fire"))
    assert len(texts(table, "court")) == 2


def test_what_cannot_be_done_with_a_line():
    """Each act from the states that allow it."""
    table = Table()
    assert table.refuses("control", table.steer("letter", "release")) == "already_done"
    table.do("control", table.steer("letter", "hold"))
    assert table.refuses("control", table.steer("letter", "hold")) == "already_done"
    table.do("control", table.steer("letter", "fire"))
    for act, code in (("hold", "over"), ("release", "already_done"), ("skip", "over")):
        assert table.refuses("control", table.steer("letter", act)) == code
    assert table.refuses("police", table.steer("letter", "fire")) == "not_yours"
    before = Table(started=False)
    assert before.refuses("control", before.steer("letter", "fire")) == "not_started"


def test_a_condition_holds_back_what_comes_by_itself_not_controls_hand():
    """Its condition is judged at its time, once, and control sees that it did not hold; control's own hand skips that."""
    rain = Inject(
        "snow", "contextual", ("help",), (Tell("help", "rain_text"),), Trigger("at", at_ms=1000), "bob.role == 'guest'"
    )
    table = Table(town(add_injects=(rain,)))
    table.wait(2000)
    assert (texts(table, "help"), state(table, "snow")) == ([], "passed")
    for act, code in (("hold", "over"), ("release", "already_done"), ("skip", "over")):
        assert table.refuses("control", table.steer("snow", act)) == code
    table.do("control", table.steer("snow", "fire"))
    assert (texts(table, "help"), state(table, "snow")) == (["rain-text"], "fired")
    table = Table(town(add_injects=(rain,)))
    table.do("control", table.steer("snow", "hold"))
    table.wait(2000)
    table.do("control", table.steer("snow", "release"))
    assert (texts(table, "help"), state(table, "snow")) == ([], "passed"), "released too late, and it does not hold"


def test_the_storys_hand_neither_ends_the_wait_for_a_time_nor_is_stopped_by_its_passing():
    """Fired by the story before its time it still waits; after its time has passed the story may bring it."""
    act = Action("act", ("court",), "act", needs_unit=False, outcomes=(Outcome("o", (Fire("snow"),)),))
    snow = Inject(
        "snow",
        "contextual",
        ("help",),
        (Tell("help", "rain_text"),),
        Trigger("at", at_ms=MINUTE),
        "bob.role == 'guest'",
    )
    table = Table(town(add_injects=(snow,), add_actions=(act,)))
    table.do("court", table.ask("act"))
    table.wait(0)
    assert state(table, "snow") == "waiting"
    table.wait(MINUTE)
    assert state(table, "snow") == "passed"
    table.do("control", table.amend("bob", "role", "guest"))
    table.do("court", table.ask("act"))
    table.wait(0)
    assert (texts(table, "help"), state(table, "snow")) == (["rain-text"], "fired")


def test_what_waits_for_the_story_goes_on_waiting():
    """A line without a time may have its moment again."""
    line = Inject(
        "noise", "contingency", ("help",), (Tell("help", "rain_text"),),
        Trigger("becomes", condition="bob.mood > 50"), "bob.role == 'guest'",
    )  # fmt: skip
    table = Table(town(add_injects=(line,)))
    table.do("control", table.amend("bob", "mood", 60))
    assert state(table, "noise") == "waiting"
    for field, value in (("mood", 10), ("role", "guest"), ("mood", 70)):
        table.do("control", table.amend("bob", field, value))
    assert state(table, "noise") == "fired"


def test_controls_hand_gives_its_reason():
    """Hold, skip, and fire are not taken without one; a release needs none; blanks are no reason."""
    table = Table()
    for why in ("", "  \n"):
        for act in ("hold", "skip", "fire"):
            with pytest.raises(Refused) as refused:
                table.do("control", table.steer("letter", act, why))
            assert (refused.value.code, refused.value.text) == ("missing_answer", "refusal_reason_needed")
    table.do("control", table.steer("letter", "hold", "later"))
    table.do("control", table.steer("letter", "release", ""))
    assert state(table, "letter") == "waiting"


def test_what_the_story_fires_while_it_is_held_comes_at_release():
    """The story's own hand does not get past control's."""
    act = Action("act", ("court",), "act", needs_unit=False, outcomes=(Outcome("o", (Fire("storm"),)),))
    table = Table(town(add_actions=(act,)))
    table.do("control", table.steer("storm", "hold"))
    table.do("court", table.ask("act"))
    table.wait(0)
    assert texts(table, "police") == []
    table.do("control", table.steer("storm", "release"))
    assert texts(table, "police") == ["storm-text"]
    table.do("court", table.ask("act"))
    table.wait(0)
    assert texts(table, "police") == ["storm-text"] * 2
    table = Table(town(add_actions=(act,)))
    table.do("control", table.steer("storm", "skip"))
    table.do("court", table.ask("act"))
    table.wait(0)
    assert texts(table, "police") == []


def test_a_line_may_wait_for_the_story():
    """A trigger other than a time."""
    line = Inject(
        "noise", "contingency", ("help",), (Tell("help", "rain_text"),), Trigger("becomes", condition="bob.mood > 50")
    )
    table = Table(town(add_injects=(line,)))
    table.do("control", table.amend("bob", "mood", 60))
    assert (texts(table, "help"), state(table, "noise")) == (["rain-text"], "fired")
