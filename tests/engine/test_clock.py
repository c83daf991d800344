"""Play time: STARTEX, pauses, jumps, long nights, STOP, ENDEX, and what falls due on the way."""

from __future__ import annotations

import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.due import DUE_PER_STEP_MAX
from kerege.engine.events import Told
from kerege.engine.pack import Rule, Tell, Trigger
from tests.kit import Table, told
from tests.town import MINUTE, town

HOUR = 60 * MINUTE


def bells(count, every_ms=0, first_ms=1000):
    return tuple(
        Rule(f"bell_{n:03}", Trigger("at", at_ms=first_ms + n * every_ms), (Tell("court", "rain_text"),))
        for n in range(count)
    )


def rung(table):
    return [message.at_ms for message in table.messages("court") if message.text.key == "rain-text"]


def test_nothing_is_known_before_startex_and_startex_comes_once():
    """The first knowledge arrives with STARTEX; a second one is refused and changes nothing."""
    table = Table(started=False)
    assert not table.records("police") and not table.records("control")
    table.do("control", b.Start())
    assert table.records("police") and table.messages("actor_ann")[0].text.key == "ann-card"
    assert table.refuses("control", b.Start()) == "already_started"


def test_due_in_order_of_time_then_name():
    """Cause before effect; the same moment in one order everywhere."""
    rules = (
        Rule("b", Trigger("at", at_ms=2000), (Tell("court", "rain_text"),)),
        Rule("a", Trigger("at", at_ms=2000), (Tell("court", "letter_text"),)),
        Rule("c", Trigger("at", at_ms=1000), (Tell("court", "storm_text"),)),
    )
    table = Table(town(add_rules=rules))
    table.wait(3000)
    assert [message.text.key for message in table.messages("court")] == ["storm-text", "letter-text", "rain-text"]


def test_a_pause_of_sixteen_hours_fires_nothing_early_late_or_twice():
    """Play time stands; what was due comes at its own play time."""
    table = Table(town(add_rules=bells(1, first_ms=90_000)))
    table.wait(MINUTE)
    table.do("control", b.Pause("night"))
    assert table.next_due() is None
    assert table.refuses("control", b.Pause()) == "not_possible_now"
    table.do("control", b.Resume())
    table.wait(30_000 - 1)
    assert rung(table) == []
    table.wait(1)
    assert rung(table) == [90_000]
    table.wait(16 * HOUR)
    assert rung(table) == [90_000]


def test_a_jump_lets_everything_on_the_way_happen_at_its_time():
    """Each at its own moment, in order, and consequences of it too; then the clock stands at the target."""
    table = Table(town(add_rules=bells(5, every_ms=1000)))
    table.do("help", table.ask("go", place="street"))
    step = table.do("control", b.Jump(2 * MINUTE))
    assert rung(table) == [1000, 2000, 3000, 4000, 5000]
    assert table.tasks("help")[0].done_at_ms == MINUTE
    assert (step.at_ms, table.clock.at_ms, table.clock.phase) == (2 * MINUTE, 2 * MINUTE, "running")


def test_a_jump_in_a_pause_stays_paused_and_one_past_the_end_ends():
    """Only ENDEX stops it short."""
    table = Table()
    table.do("control", b.Pause("x"))
    table.do("control", b.Jump(HOUR))
    assert (table.clock.phase, table.clock.at_ms) == ("paused", HOUR)
    table.do("control", b.Jump(30 * 24 * HOUR))
    assert (table.clock.phase, table.clock.at_ms) == ("ended", 24 * HOUR)
    assert table.refuses("control", b.Jump(31 * 24 * HOUR)) == "not_possible_now"


@pytest.mark.parametrize("to_ms", [0, 1, 999, 1000])
def test_no_jump_back(to_ms):
    """Play time never runs back, nor stands for a jump."""
    table = Table()
    table.wait(1000)
    assert table.refuses("control", b.Jump(to_ms)) == "not_possible_now"


def test_how_much_falls_due_in_one_step_is_bounded():
    """At the bound all of it; past it the rest falls due in the next step, at the same play time."""
    for count in (DUE_PER_STEP_MAX, DUE_PER_STEP_MAX + 1):
        table = Table(town(add_rules=bells(count)))
        table.do("", b.Tick(), 1000)
        assert len(rung(table)) == DUE_PER_STEP_MAX
        assert (table.next_due() == 1000) is (count > DUE_PER_STEP_MAX)
        table.wait(0)
        assert rung(table) == [1000] * count
    table = Table(town(add_rules=bells(DUE_PER_STEP_MAX + 1)))
    table.do("control", b.Jump(HOUR))
    assert table.clock.at_ms == 1000, "a jump stops where its step is full, and control jumps on"
    table.do("control", b.Jump(HOUR))
    assert (len(rung(table)), table.clock.at_ms) == (DUE_PER_STEP_MAX + 1, HOUR)


def test_stop_freezes_and_clear_leaves_it_paused():
    """Nobody acts in between; who pressed goes to control only; control resumes after safety has cleared."""
    table = Table()
    table.do("help", b.Stop())
    assert (table.clock.phase, table.clock.stopped) == ("paused", True)
    assert table.next_due() is None
    assert [message.source for message in table.messages("safety")] == [None]
    for by, command in (
        ("police", table.ask("badge")),
        ("police", table.say("x", "help")),
        ("police", table.file("memo", about="bob")),
        ("control", b.Resume()),
        ("court", b.Stop()),
    ):
        assert table.refuses(by, command) == "stopped"
    assert table.refuses("control", b.Jump(HOUR)) == "not_possible_now"
    assert table.refuses("help", b.Clear()) == "not_yours"
    table.do("safety", b.Clear())
    assert (table.clock.phase, table.clock.stopped) == ("paused", False)
    table.do("control", b.Resume())
    assert table.clock.phase == "running"


def test_stop_before_startex_holds_it():
    """Danger is danger before play too."""
    table = Table(started=False)
    table.do("actor_ann", b.Stop())
    assert table.refuses("control", b.Start()) == "stopped"
    table.do("control", b.Clear())
    table.do("control", b.Start())


def test_an_observers_stop_alerts_control_and_freezes_nothing():
    """Who only watches does not stop the play of others."""
    table = Table()
    step = table.do("desk", b.Stop())
    assert not table.clock.stopped and table.clock.phase == "running"
    (notice,) = told(step, "control", Told)
    assert (notice.text.key, notice.source.id) == ("notice-observer-stop", "desk")
    assert len(step.events) == 1


def test_endex_judges_the_endings_in_order_for_control_alone():
    """The first that holds; nobody else is told which."""
    table = Table()
    table.do("control", table.amend("bob", "role", "guest"))
    table.do("control", b.Finish())
    assert table.views["control"]["clock", "clock"].ending == "good"
    assert table.views["police"]["clock", "clock"].ending == ""
    assert table.refuses("control", b.Finish()) == "ended"
    assert table.next_due() is None


def test_endex_comes_by_itself():
    """At the pack's planned end."""
    table = Table()
    table.wait(25 * HOUR)
    assert (table.clock.phase, table.clock.at_ms) == ("ended", 24 * HOUR)


def test_after_endex_nothing_changes():
    """Every command of the story is too late."""
    table = Table()
    table.do("police", table.ask("go", "p1", place="house"))
    table.do("police", table.heard("help", "bob", "role", "boss"))
    table.do("control", b.Finish())
    n = table.number("police", "bob", "coat")
    for by, command in (
        ("police", table.ask("badge")),
        ("police", b.Cancel("t1")),
        ("police", table.say("x", "help")),
        ("police", table.share((n,), "help")),
        ("police", table.heard("help", "bob", "role", "boss")),
        ("police", table.file("memo", about="bob")),
        ("control", table.amend("bob", "role", "guest")),
        ("control", table.steer("storm", "fire")),
        ("control", b.Recall(table.viewer("police"), f"r{n}", "x")),
        ("control", b.Speed(4)),
    ):
        assert table.refuses(by, command) == "ended", command


def test_speed_changes_nothing_but_the_clock():
    """Due times are play times."""
    table = Table()
    step = table.do("control", b.Speed(60))
    assert [type(event).__name__ for event in step.events] == ["ClockSet"]
    assert (table.clock.speed, table.clock.phase) == (60, "running")
