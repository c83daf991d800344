"""Consequences: each sort of trigger, delay, once, edges, order, and the bound on rounds."""

from __future__ import annotations

import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.events import Happened, RuleFired
from kerege.engine.pack import Add, End, Ending, Fire, Learn, Outcome, Retract, Rule, Set, Tell, Trigger
from kerege.engine.react import ROUNDS_MAX
from tests.kit import Table
from tests.town import MINUTE, Action, town

OPENS = (Set("house", "door", "open"),)


def act(*effects, name="act", by=("court",)):
    return Action(name, by, "act", needs_unit=False, outcomes=(Outcome("o", effects),))


def ruled(trigger, effects=OPENS, *, actions=(), **parts):
    return Table(town(add_rules=(Rule("r", trigger, effects, **parts),), add_actions=actions))


def opened(table):
    return table.truth("house", "door") == "open"


def test_start():
    """At STARTEX."""
    assert opened(ruled(Trigger("start")))


def test_at_a_play_time_and_after_a_delay():
    """At its time, neither before nor after; a delay adds to it."""
    table = ruled(Trigger("at", at_ms=5000), delay_ms=2000)
    table.wait(6999)
    assert not opened(table)
    table.wait(1)
    assert opened(table) and table.at_ms == 7000


@pytest.mark.parametrize(
    ("trigger", "fires"),
    [
        (Trigger("learnt", subject="bob", field="role"), True),
        (Trigger("learnt", subject="bob", field="role", by="help"), True),
        (Trigger("learnt", subject="bob", field="role", by="court"), False),
        (Trigger("learnt", subject="bob", field="role", value="boss"), True),
        (Trigger("learnt", subject="bob", field="role", value="guest"), False),
        (Trigger("learnt", subject="bob", field="friend"), False),
    ],
)
def test_learnt(trigger, fires):
    """Somebody comes to know; by whom and what may be asked for."""
    table = ruled(trigger, actions=(act(Learn("help", "bob", "role", "told")),))
    table.do("court", table.ask("act"))
    assert opened(table) is fires


@pytest.mark.parametrize(
    ("trigger", "fires"),
    [
        (Trigger("shared", subject="bob", field="coat"), True),
        (Trigger("shared", subject="bob", field="coat", by="police", to="help"), True),
        (Trigger("shared", subject="bob", field="coat", to="court"), False),
        (Trigger("shared", subject="bob", field="coat", by="help"), False),
    ],
)
def test_shared(trigger, fires):
    """One team has given it to another; seeing it is no sharing."""
    table = ruled(trigger)
    assert not opened(table)
    table.do("police", table.share((table.number("police", "bob", "coat"),), "help"))
    assert opened(table) is fires


@pytest.mark.parametrize(
    ("trigger", "fires"),
    [
        (Trigger("did", action="go"), True),
        (Trigger("did", action="go", by="help", outcome="there"), True),
        (Trigger("did", action="go", by="police"), False),
        (Trigger("did", action="go", outcome="none"), False),
    ],
)
def test_did(trigger, fires):
    """An act has come to its end; its names can be used."""
    table = ruled(trigger, (*OPENS, Tell("asker", "rain_text")), condition="place == street and unit == h1")
    table.do("help", table.ask("go", place="street"))
    assert not opened(table)
    table.wait(MINUTE)
    assert opened(table) is fires
    assert bool(table.messages("help")) is fires


def test_filed():
    """A form is filed; the document can be spoken of."""
    table = ruled(Trigger("filed", form="memo", by="help"), condition="document.risk and document.about == bob")
    table.do("police", table.file("memo", about="bob", risk=True))
    assert not opened(table)
    table.do("police", table.share((table.number("police", "bob", "coat"),), "help"))
    table.do("help", table.file("memo", about="bob", risk=True))
    assert opened(table)


def test_becomes_fires_at_the_edge_and_again_at_the_next():
    """When a condition becomes true, not while it is; each time where the rule may fire again."""
    count = (Add("box", "weight", "1"),)
    table = ruled(Trigger("becomes", condition="bob.role == 'guest'"), count, once=False)
    for role in ("guest", "boss", "guest", "guest"):
        table.do("control", table.amend("bob", "role", role))
    assert table.truth("box", "weight") == 9


def test_becomes_follows_what_is_known_and_what_is_taken_back():
    """A retraction turns what asks who knows."""
    table = ruled(
        Trigger("becomes", condition="not knows(police, bob.coat)"), actions=(act(Retract("police", "bob", "coat")),)
    )
    assert not opened(table)
    table.do("court", table.ask("act"))
    assert opened(table)


@pytest.mark.parametrize(
    ("condition", "command"),
    [
        ("times(badge) >= 2", "t.ask('badge')"),
        ("filed(memo, police)", "t.file('memo', about='bob')"),
        ("fired(storm)", "t.steer('storm', 'fire')"),
        ("played(ann)", "b.Staff(t.viewer('actor_ann'), True)"),
        ("any(x.risk for x in notes)", "t.file('memo', about='bob', risk=True)"),
        ("any(x.mood > 90 for x in persons)", "t.amend('bob', 'mood', 99)"),
    ],
)
def test_becomes_listens_to_all_that_it_asks(condition, command):
    """Counts, papers, what fired, who is played, things made in play."""
    by = "control" if "steer" in command or "amend" in command else "" if "Staff" in command else "police"
    table = ruled(Trigger("becomes", condition=condition))
    for _ in range(2 if "badge" in command else 1):
        assert not opened(table)
        table.do(by, eval(command, {"t": table, "b": b}))
    assert opened(table)


def test_once_and_not_once():
    """A rule that may fire once does not fire again, nor is it planned twice."""
    trigger = Trigger("did", action="badge")
    for once, weight in ((True, 8), (False, 10)):
        table = ruled(trigger, (Add("box", "weight", "1"),), once=once)
        for _ in range(3):
            table.do("police", table.ask("badge"))
        assert table.truth("box", "weight") == weight
    table = ruled(trigger, (Add("box", "weight", "1"),), delay_ms=1000)
    for _ in range(3):
        table.do("police", table.ask("badge"))
    table.wait(2000)
    assert table.truth("box", "weight") == 8


def test_a_delayed_rule_keeps_its_names_and_judges_at_its_time():
    """Who asked and what about is remembered; the condition is that of the end."""
    table = ruled(
        Trigger("did", action="badge"), (Tell("asker", "rain_text"),), delay_ms=1000, condition="bob.role == 'guest'"
    )
    table.do("help", table.ask("badge"))
    table.do("control", table.amend("bob", "role", "guest"))
    table.wait(1000)
    assert [message.text.key for message in table.messages("help")] == ["rain-text"]


def test_every_consequence_prints_its_cause():
    """Control reads why."""
    table = ruled(Trigger("did", action="badge"), cause="cause_mood")
    step = table.do("police", table.ask("badge"))
    assert Happened("cause-mood", who="police") in step.events


def test_rules_that_set_each_other_off_are_bounded():
    """A circle ends after ROUNDS_MAX rounds and is told to control; a chain of that length is played whole."""
    circle = (
        Rule(
            "a", Trigger("learnt", subject="bob", field="role"), (Learn("court", "bob", "friend", "told"),), once=False
        ),
        Rule(
            "b", Trigger("learnt", subject="bob", field="friend"), (Learn("court", "bob", "role", "told"),), once=False
        ),
    )
    table = Table(town(add_rules=circle, add_actions=(act(Learn("help", "bob", "role", "told")),)))
    step = table.do("court", table.ask("act"))
    assert Happened("happening-rules-bounded") in step.events
    assert sum(type(event) is RuleFired for event in step.events) == ROUNDS_MAX
    length = ROUNDS_MAX - 2
    chain = tuple(
        Rule(f"r{n}", Trigger("becomes", condition=f"box.weight == {n}"), (Set("box", "weight", str(n + 1)),))
        for n in range(20, 20 + length)
    )
    table = Table(town(add_rules=chain))
    step = table.do("control", table.amend("box", "weight", 20))
    assert table.truth("box", "weight") == 20 + length
    assert Happened("happening-rules-bounded") not in step.events


def test_numbers_stay_within_their_bounds():
    """Adding stops at the field's maximum and minimum."""
    table = Table(town(add_actions=(act(Add("box", "weight", "999")), act(Add("box", "weight", "-999"), name="less"))))
    table.do("court", table.ask("act"))
    assert table.truth("box", "weight") == 50
    table.do("court", table.ask("less"))
    assert table.truth("box", "weight") == 0


def test_an_effect_fires_an_inject_and_the_story_can_end_itself():
    """Fire happens in the same moment; End is ENDEX with the endings judged."""
    table = Table(town(add_actions=(act(Fire("storm"), End()),)))
    table.do("court", table.ask("act"))
    table.wait(0)
    assert table.messages("police")[-1].text.key == "storm-text"
    assert table.clock.phase == "ended"
    assert table.state.get("clock", "ending") == "plain"


def test_an_early_ending_ends_play_as_soon_as_it_holds():
    """The others wait for ENDEX."""
    endings = (Ending("good", "bob.role == 'guest'", early=True), Ending("late", "bob.role == 'guard'"))
    table = Table(town(endings=endings))
    table.do("control", table.amend("bob", "role", "guard"))
    table.wait(1000)
    assert table.clock.phase == "running"
    table.do("control", table.amend("bob", "role", "guest"))
    table.wait(0)
    assert (table.clock.phase, table.state.get("clock", "ending")) == ("ended", "good")
