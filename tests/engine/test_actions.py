"""Asking for an act: what is offered, what is refused, what comes of it, and stopping it."""

from __future__ import annotations

from kerege.engine.commands import bodies as b
from kerege.engine.pack import Learn, Outcome, Param, Set, Tell
from tests.kit import Table
from tests.town import MINUTE, Action, town


def test_the_outcome_is_chosen_at_the_end_by_the_truth_as_it_is_then():
    """What changes while the act runs decides how it ends."""
    table = Table()
    table.do("help", table.ask("question", person="ann"))
    assert table.tasks("help")[0].state == "running"
    table.do("control", table.amend("ann", "mood", 39))
    table.wait(2 * MINUTE)
    task = table.tasks("help")[0]
    assert (task.state, task.outcome, task.done_at_ms) == ("done", "quiet", 2 * MINUTE)
    assert table.messages("help")[-1].text.key == "nothing-said"


def test_the_first_outcome_that_holds_is_taken_and_teaches_what_its_words_mark():
    """A line said by a character is a claim with the character as its source."""
    table = Table()
    table.do("help", table.ask("question", person="ann"))
    table.wait(2 * MINUTE)
    assert table.tasks("help")[0].outcome == "open"
    (record,) = table.records("help", "bob", "role")
    assert (record.value, record.how, record.certainty, record.source.id) == ("boss", "told", "claimed", "ann/self")


def test_an_act_without_an_outcome_that_holds_comes_to_nothing():
    """It ends all the same, and its unit is free."""
    act = Action("act", ("police",), "act", outcomes=(Outcome("o", (), "bob.role == 'guest'"),))
    table = Table(town(add_actions=(act,)))
    table.do("police", table.ask("act"))
    assert table.tasks("police")[0].outcome == "none"


def test_a_unit_is_busy_until_the_end():
    """One thing at a time for each unit; the first free one is taken where none is named."""
    table = Table()
    table.do("police", table.ask("go", place="house"))
    table.do("police", table.ask("go", place="house"))
    assert [task.unit for task in table.tasks("police")] == ["p1", "p2"]
    assert table.refuses("police", table.ask("go", place="house")) == "unit_busy"
    assert table.refuses("police", table.ask("go", "p1", place="house")) == "unit_busy"
    table.wait(MINUTE)
    table.do("police", table.ask("go", "p1", place="street"))


def test_the_first_free_unit_that_may_do_it_is_taken():
    """A unit that could not do it does not stand in the way of one that can, and a named one is not exchanged."""
    act = Action("act", ("police",), "act", takes_ms=MINUTE, requires="latest(unit.location) == yard")
    live = Action("note", ("police",), "act", live=True, requires="latest(unit.location) == yard")
    table = Table(town(add_actions=(act, live)))
    assert table.refuses("police", table.ask("act", "p1")) == "requires"
    table.do("police", table.ask("act"))
    table.do("police", table.ask("note"))
    assert [task.unit for task in table.tasks("police")] == ["p2", "p2"]
    assert table.refuses("police", table.ask("act")) == "requires", "the one that is free is not there"


def test_a_live_act_is_noted_with_a_busy_unit_and_in_a_pause():
    """What was done in the room is never refused as late, and frees nobody."""
    table = Table()
    table.do("police", table.ask("go", "p1", place="house"))
    table.do("police", table.ask("badge", "p1"))
    assert table.refuses("police", table.ask("go", "p1", place="house")) == "unit_busy"
    table.do("control", b.Pause())
    table.do("police", table.ask("badge"))
    assert [task.state for task in table.tasks("police")] == ["running", "done", "done"]
    assert table.refuses("police", table.ask("go", "p2", place="house")) == "paused"


def test_cancel_stops_it_and_frees_the_unit():
    """Nothing comes of a cancelled act, and it can be cancelled once."""
    table = Table()
    table.do("police", table.ask("go", "p1", place="house"))
    table.do("police", b.Cancel("t1"))
    table.wait(2 * MINUTE)
    assert table.tasks("police")[0].state == "cancelled"
    assert table.truth("p1", "location") == "street"
    assert table.refuses("police", b.Cancel("t1")) == "over"
    assert table.refuses("police", b.Cancel("t2")) == "unknown"
    table.do("police", table.ask("go", "p1", place="house"))


def test_requires_reads_the_view_and_teaches():
    """Without the knowledge it is refused with the pack's words; with it, it is done, whatever the truth is."""
    table = Table()
    act = table.ask("question", person="ann")
    table.do("police", table.share((table.number("police", "bob", "coat"),), "help"))
    assert table.refuses("help", table.ask("question", person="bob")) == "requires"
    table.do("help", table.heard("police", "bob", "location", "street"))
    table.do("control", table.amend("bob", "location", "cellar"))
    table.do("help", table.ask("question", person="bob"))
    assert table.refuses("help", act) == "unit_busy"


def test_once_is_once():
    """An act that can be done once is then refused, and no longer offered."""
    table = Table()
    code = table.rules.action_codes.of["raid"]
    assert table.views["police"]["offers", code].open
    table.do("police", table.ask("raid"))
    table.wait(MINUTE)
    assert table.refuses("police", table.ask("raid")) == "once_only"
    shown = table.views["police"]["offers", code]
    assert (shown.open, shown.why) == (False, "refusal-once-only")


def test_every_kind_of_answer():
    """Choices, teams, words, numbers and faces are read, bounded and kept."""
    table = Table()
    good = {"how": "softly", "team": "police", "reason": "now", "times": 3}
    step = table.do("court", table.ask("call", **good))
    (task,) = table.tasks("court")
    assert task.bindings == {
        "how": "softly", "team": "police", "reason": step.words[0][0], "times": 3, "people": (),
    }  # fmt: skip
    name = table.rules.name_codes.of
    whole = table.ask("call", **good).asks
    for parameter, answer, code in (
        ("how", table.choice("red"), "bad_answer"),
        ("how", "softly", "bad_answer"),
        ("team", table.viewer("help"), "unknown"),
        ("team", 3, "unknown"),
        ("reason", " ", "bad_answer"),
        ("reason", "x" * 21, "bad_answer"),
        ("times", 4, "bad_answer"),
        ("times", -1, "bad_answer"),
        ("times", True, "bad_answer"),
        ("people", ("AAAA",), "unknown"),
        ("people", (table.face("house"),), "bad_answer"),
        ("how", None, "missing_answer"),
    ):
        asks = {**whole, name[parameter]: answer}
        assert table.refuses("court", b.Ask(table.rules.action_codes.of["call"], None, asks)) == code, (
            parameter,
            answer,
        )
    asks = {**whole, name["reason"]: "x" * 20}
    table.do("court", b.Ask(table.rules.action_codes.of["call"], None, asks))


def test_what_is_not_there_and_what_is_not_met_is_refused_alike():
    """A handle of nothing, one of a thing not met, and one of a document of others: the same answer."""
    table = Table()
    table.do("help", table.file("memo", about="ann"))
    document = table.face("memo:help~1/self")
    later = table.face("memo:help~2/self")
    hidden = table.face("cellar")
    handles = (hidden, document, later, "AAAA", "", "0000", "K7Q2XX", table.viewer("gang"))
    for handle in handles:
        asks = {table.rules.name_codes.of["place"]: handle}
        assert table.refuses("police", b.Ask(table.rules.action_codes.of["go"], None, asks)) == "unknown", handle


def test_an_act_of_others_is_refused_like_one_that_is_not():
    """Codes of acts that other teams have tell nothing."""
    table = Table()
    assert table.refuses("court", table.ask("raid")) == table.refuses("court", b.Ask("xxxxxxxx")) == "not_offered"
    assert table.refuses("police", b.Ask(table.rules.action_codes.of["badge"], table.face("h1"))) == "unknown"


def test_an_act_that_needs_a_unit_needs_one():
    """A team without units cannot do it."""
    table = Table()
    assert table.refuses("court", table.ask("stamp")) == "unit_needed"


def test_who_may_ask_at_all():
    """Control, safety and observers do nothing in the story."""
    table = Table()
    for viewer in ("control", "safety", "desk"):
        assert table.refuses(viewer, b.Ask(table.rules.action_codes.of["badge"])) == "not_yours"


def test_present_are_those_who_watch_the_units_place():
    """What is said goes to the units that are there."""
    say = Action("shout", ("police",), "act", outcomes=(Outcome("o", (Tell("present", "storm_text"),)),))
    table = Table(town(add_actions=(say,)))
    table.do("police", table.ask("go", "p1", place="house"))
    table.wait(MINUTE)
    table.do("police", table.ask("shout", "p1"))
    assert [table.messages(viewer)[-1].text.key for viewer in ("police", "help")] == ["storm-text"] * 2
    assert table.messages("court") == []


def test_travel_moves_the_unit_at_the_end():
    """It is on its way until then."""
    table = Table()
    table.do("help", table.ask("go", place="street"))
    table.wait(MINUTE - 1)
    assert table.truth("h1", "location") == "house"
    table.wait(1)
    assert table.truth("h1", "location") == "street"


def test_the_word_of_a_bare_reference_is_not_said():
    """A text about a face that its reader only has a reference to does not name it."""
    tell = Action(
        "point", ("police",), "act", (Param("person", "face", ("person",)),), needs_unit=False,
        outcomes=(Outcome("o", (Tell("court", "storm_text"), Set("yard", "door", "open"))),),
    )  # fmt: skip
    table = Table(town(add_actions=(tell,)))
    table.do("police", table.share((table.number("police", "bob", "coat"),), "court"))
    table.do("police", table.ask("point", person="bob"))
    assert table.messages("court")[-1].text.faces == {}
    learn = Action(
        "meet", ("court",), "act", needs_unit=False, outcomes=(Outcome("o", (Learn("asker", "bob", "role", "told"),)),)
    )
    table = Table(town(add_actions=(tell, learn)))
    table.do("court", table.ask("meet"))
    table.do("police", table.ask("point", person="bob"))
    assert table.messages("court")[-1].text.faces == {"person": "bob/self"}
