"""Draws: within their bounds, the same on every machine, and none of them ever shifts another."""

from __future__ import annotations

import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.draws import keyed
from kerege.engine.events import NOBODY, Drawn, addressee
from kerege.engine.pack import Add, Between, Outcome, Rule, Set, Tell, Trigger
from tests.kit import Table
from tests.town import KEY, Action, town

SPAN = Between(3, 7)


def roll(name="roll", *, by=("police", "help"), low=SPAN):
    """An act whose outcome draws the weight of the box."""
    outcomes = (Outcome("o", (Set("box", "weight", None, low),)),)
    return Action(name, by, "act", live=True, outcomes=outcomes)


def drawn(table, by, *acts):
    """What each of these acts draws."""
    return [
        event.value
        for name in acts
        for event in table.do(by, table.ask(name)).events
        if isinstance(event, Drawn) and event.asker == by
    ]


def test_a_draw_keeps_to_its_bounds_and_reaches_both():
    """Both bounds are included, and nothing past them comes."""
    table = Table(town(add_actions=(roll(),)))
    found = drawn(table, "police", *["roll"] * 60)
    assert (min(found), max(found), table.truth("box", "weight")) == (3, 7, found[-1])


@pytest.mark.parametrize("below", [1, 2, 5, 1000, 2**53])
def test_a_key_and_a_name_give_one_number(below):
    """Whatever else is drawn, and in whatever order."""
    names = [str(n) for n in range(50)]
    found = {name: keyed(KEY, name, below) for name in names}
    assert found == {name: keyed(KEY, name, below) for name in reversed(names)}
    assert all(0 <= number < below for number in found.values())
    assert below < 5 or len(set(found.values())) > 3
    assert below < 1000 or found != {name: keyed(b"another key, also long enough", name, below) for name in names}


def test_the_numbers_do_not_depend_on_the_machine():
    """Written down once: an exercise that is played again from its commands draws the same."""
    assert [keyed(KEY, f"rule:bank:fiu:{n}", 51) for n in range(1, 7)] == GOLDEN


def test_another_teams_draw_shifts_none_of_mine():
    """What others do unseen, at the same place of the pack or at another one, changes no number of mine."""
    acts = (roll(), roll("other"))
    alone = drawn(Table(town(add_actions=acts)), "police", *["roll"] * 12)
    assert len(set(alone)) > 1, "each draw is one of its own"
    table = Table(town(add_actions=acts))
    among = []
    for _ in range(12):
        drawn(table, "help", "roll", "other", "roll")
        drawn(table, "police", "other")
        among += drawn(table, "police", "roll")
    assert among == alone


def test_each_outcome_and_each_effect_has_draws_of_its_own():
    """A hidden outcome that draws shifts nothing in the other one, nor one effect the next."""
    outcomes = (
        Outcome("secret", (Set("box", "weight", None, SPAN),), "bob.role == 'guest'"),
        Outcome("open", (Set("box", "weight", None, SPAN), Add("box", "weight", None, SPAN))),
    )
    act = Action("roll", ("police",), "act", live=True, outcomes=outcomes)
    alone = drawn(Table(town(add_actions=(act,))), "police", *["roll"] * 10)
    assert alone[::2] != alone[1::2]
    table = Table(town(add_actions=(act,)))
    table.do("control", table.amend("bob", "role", "guest"))
    drawn(table, "police", *["roll"] * 5)
    table.do("control", table.amend("bob", "role", "boss"))
    assert drawn(table, "police", *["roll"] * 10) == alone


def test_a_drawn_delay_comes_when_it_was_drawn_for():
    """The delay is drawn once, at the trigger, whether or not the condition will hold; the rule comes then."""
    rule = Rule("bank", Trigger("did", action="badge"), (Tell("asker", "rain_text"),), once=False,
                delay_ms=60_000, delay_drawn=Between(10, 600))  # fmt: skip
    table = Table(town(add_rules=(rule,)))
    delays = []
    for _ in range(5):
        step = table.do("police", table.ask("badge"))
        (event,) = [event for event in step.events if isinstance(event, Drawn)]
        delays.append(60_000 + event.value * 1000)
        before = len(table.messages("police"))
        table.wait(delays[-1] - 1)
        assert len(table.messages("police")) == before
        table.wait(1)
        assert len(table.messages("police")) == before + 1
    assert len(set(delays)) > 1


def test_a_drawn_delay_after_a_time_and_at_startex():
    """Each sort of trigger may have one; a delay of nothing at all still comes."""
    for trigger in (Trigger("at", at_ms=5000), Trigger("start")):
        rule = Rule("r", trigger, (Set("house", "door", "open"),), delay_drawn=Between(0, 3))
        table = Table(town(add_rules=(rule,)))
        table.wait(trigger.at_ms + 3000)
        assert table.truth("house", "door") == "open"


def test_a_rule_that_may_fire_once_draws_once():
    """While it is planned, it is not planned again."""
    rule = Rule("r", Trigger("did", action="badge"), (Add("box", "weight", "1"),), delay_drawn=Between(1, 3))
    table = Table(town(add_rules=(rule,)))
    for _ in range(3):
        table.do("police", table.ask("badge"))
    table.wait(5000)
    assert table.truth("box", "weight") == 8


def test_what_is_refused_uses_up_no_draw():
    """A dropped step leaves no count behind."""
    table = Table(town(add_actions=(roll(),)))
    table.do("control", b.Stop())
    assert table.refuses("police", table.ask("roll")) == "stopped"
    assert table.state.tables["drawn"] == {}


def test_a_draw_is_addressed_to_nobody():
    """What was drawn is truth; whoever learns of it, learns it from an effect."""
    assert addressee(Drawn("rule:bank", "police", 3)) == NOBODY


GOLDEN = [5, 38, 22, 46, 48, 43]
