"""Shifts: a case goes to the next one with what is handed over; nothing else of the night is known in the morning."""

from __future__ import annotations

import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.knowledge import standing
from kerege.engine.pack import Learn, Rule, Tell, Thing, Trigger, Viewer
from tests.kit import Table
from tests.town import MINUTE, THINGS, VIEWERS, town

DAY, NOON = "police_day", "police_noon"
COMES, OVERLAP = 60 * MINUTE, 10 * MINUTE


def shift(name=DAY, after="police", units=("d1",), comes=COMES, overlap=OVERLAP):
    return Viewer(
        name, "team", "police", units, part_of="police", takes_over=after, comes_on_ms=comes, overlap_ms=overlap
    )


def table_of(*shifts, rules=(), **changes):
    things = (*THINGS, Thing("d1", "unit", {"location": "street"}), Thing("n1", "unit", {"location": "yard"}))
    viewers = (*VIEWERS, *(shifts or (shift(),)))
    return Table(town(things=things, viewers=viewers, add_rules=rules, **changes))


def night(*shifts, **changes):
    """A table at which the night has heard two things, and the day has come on."""
    table = table_of(*shifts, **changes)
    table.do("police", table.heard("help", "bob", "hurt", True), MINUTE)
    table.do("police", table.heard("help", "ann/register", "role", "boss"), 2 * MINUTE)
    table.wait(COMES - table.at_ms)
    return table


def handed(table, viewer=DAY):
    return {(r.face, r.field, r.value, r.how, r.source, r.as_of_ms) for r in table.records(viewer) if r.handed}


def contacts(table, viewer):
    codes = {table.viewer(each): each for each in table.rules.viewers}
    return {codes[key] for collection, key in table.views[viewer] if collection == "contacts"}


def hand_over(table, *things, everything=False, words=""):
    return b.HandOver(tuple(table.face(thing) for thing in things), everything, words)


def test_before_it_comes_on_a_shift_knows_what_its_office_knows_and_no_more():
    """It is at its seats, it can ask control, and no act, no message of others and no sight reaches it."""
    table = table_of()
    assert {(r.face, r.field) for r in table.records(DAY)} == {("house/self", "sort"), ("street/self", "sort")}
    assert contacts(table, DAY) == {"control"}
    assert DAY not in contacts(table, "help") and DAY not in contacts(table, "police")
    assert table.refuses("help", table.say("hello", DAY)) == "unknown"
    assert table.refuses(DAY, table.ask("badge", "d1")) == "off_duty"
    assert table.refuses(DAY, table.heard("help", "bob", "hurt", True)) == "off_duty"
    table.do(DAY, table.say("We are early", "control"))
    before = len(table.records(DAY)), len(table.messages(DAY))
    table.do("control", table.amend("bob", "location", "yard"))
    table.do("control", table.steer("storm", "fire"))
    assert (len(table.records(DAY)), len(table.messages(DAY))) == before
    assert table.views[DAY]["me", "me"].shift.on is False


def test_it_comes_on_at_its_time_and_sees_what_is_there():
    """Neither early nor twice, whatever the clock jumps over."""
    table = table_of()
    table.wait(COMES - 1)
    assert contacts(table, DAY) == {"control"}
    table.wait(1)
    assert {r.value for r in table.records(DAY, "bob", "location")} == {"street/self"}
    assert DAY in contacts(table, "help") and "help" in contacts(table, DAY)
    assert [m.text.key for m in table.messages(DAY)].count("notice-shift-on") == 1
    table.do(DAY, table.ask("badge", "d1"))
    table.do("police", table.ask("badge", "p1"))  # the earlier one is still there


def test_what_is_handed_over_is_all_that_comes_along():
    """With how, from whom and since when it was learnt, and who handed it over; nothing of what was left out."""
    table = night()
    table.do("police", hand_over(table, "bob", words="He is hurt"))
    assert ("bob/self", "hurt", True, "heard") in {each[:4] for each in handed(table)}
    assert {each[0] for each in handed(table)} == {"bob/self"}
    assert {r.handed for r in table.records(DAY) if r.field == "hurt"} == {"police"}
    assert {each[5] for each in handed(table) if each[1] == "hurt"} == {MINUTE}
    assert table.met(DAY, "ann/register") is None
    assert [m.text.word for m in table.messages(DAY) if m.about == "said"] == [table.steps[-1].words[0][0]]
    shown = table.views[DAY]["me", "me"].shift
    assert (shown.on, shown.before, shown.earlier.briefed) == (True, "police", True)


def test_what_is_handed_over_is_no_newer_than_it_was():
    """What the day has seen itself stands above what the night last saw."""
    table = night()
    table.do("control", table.amend("d1", "location", "yard"))
    table.do("control", table.amend("bob", "location", "yard"))
    table.do("control", table.amend("p2", "location", "cellar"))
    table.do("police", hand_over(table, "bob"))
    newest = standing(table.state, DAY, "bob/self", "location")[-1]
    assert (newest.handed, newest.value) == ("", "yard/self")


def test_everything_is_more_than_what_is_named():
    """Then the next one has all that stands, and does not do again what may be done once."""
    table = night()
    table.do("police", hand_over(table, everything=True))
    assert {"bob/self", "ann/register"} <= {each[0] for each in handed(table)}


def test_who_has_handed_over_acts_no_more():
    """Its acts are refused, its units watch nothing; it reads, and answers the one that has its case."""
    table = night()
    table.do("police", hand_over(table, "bob"))
    assert table.refuses("police", table.ask("badge", "p1")) == "off_duty"
    assert table.refuses("police", hand_over(table, "ann/register")) == "off_duty"
    assert table.truth("p1", "location") is None
    before = len(table.records("police")), len(table.messages("police"))
    table.do("control", table.amend("bob", "location", "yard"))
    table.do("control", table.steer("storm", "fire"))
    assert (len(table.records("police")), len(table.messages("police"))) == before
    assert contacts(table, "police") == {"control", DAY}
    assert contacts(table, "help") >= {DAY} and "police" not in contacts(table, "help")
    assert "police" in contacts(table, DAY)
    assert table.refuses("police", table.share((1,), "help")) == "unknown"
    table.do(
        "police", table.share((table.number("police", "ann/register", "role"),), DAY)
    )  # what was forgotten, by telephone
    assert [r.how for r in table.records(DAY, "ann/register", "role")] == ["told"]


def test_who_goes_without_a_word_leaves_nothing():
    """When the overlap is over: the case is the next one's, and what the night knew is not."""
    table = night()
    table.wait(OVERLAP - 1)
    table.do("police", table.ask("badge", "p1"))
    table.wait(1)
    assert table.refuses("police", table.ask("badge", "p1")) == "off_duty"
    assert handed(table) == set() and table.met(DAY, "ann/register") is None
    assert [m.text.key for m in table.messages(DAY)][-1] == "notice-shift-unbriefed"
    causes = [h.cause for h in table.all_of("happening", "control") if h.title == "happening-shift-over"]
    assert causes == ["cause-shift-unbriefed"]


def test_one_without_a_time_comes_when_the_earlier_one_hands_over():
    """And there is no overlap: who hands over goes."""
    table = table_of(shift(comes=None, overlap=0))
    table.wait(20 * COMES)
    assert contacts(table, DAY) == {"control"}
    table.do("police", hand_over(table, words="All quiet"))
    assert DAY in contacts(table, "help")
    assert table.refuses("police", table.ask("badge", "p1")) == "off_duty"


def test_a_third_shift_takes_over_from_the_second():
    """What the second one leaves out the third one does not have, although the first one knew it."""
    table = night(shift(), shift(NOON, DAY, ("n1",), 2 * COMES))
    table.do("police", hand_over(table, everything=True))
    table.wait(COMES)
    table.do(DAY, hand_over(table, "bob"))
    assert {each[0] for each in handed(table, NOON)} == {"bob/self"}
    assert contacts(table, "help") & {"police", DAY, NOON} == {NOON}


def test_what_the_story_sends_reaches_who_is_on_duty():
    """A name of the pack means the kind of team: what comes for the police comes to the shift that is there."""
    rule = Rule("later", Trigger("at", at_ms=3 * COMES), (Tell("police", "storm-text"),))
    asked = Rule("asked", Trigger("did", action="badge"), (Tell("asker", "storm-text"),), delay_ms=2 * COMES)
    table = night(rules=(rule, asked))
    table.do("police", table.ask("badge", "p1"))
    table.do("police", hand_over(table, "bob"))
    counts = [[m.text.key for m in table.messages(team)].count("storm-text") for team in (DAY, "police")]
    table.wait(4 * COMES)
    now = [[m.text.key for m in table.messages(team)].count("storm-text") for team in (DAY, "police")]
    assert [new - old for new, old in zip(now, counts, strict=True)] == [2, 0]


@pytest.mark.parametrize("briefed", [True, False])
def test_a_pack_can_follow_it(briefed):
    """`shift_over` with and without a briefing, `shift_on`; who has the case is the asker."""
    rules = tuple(
        Rule(name, trigger, (Learn("asker", "box", "weight", "told"),), cause="cause_mood")
        for name, trigger in {
            "on": Trigger("shift_on", by=DAY),
            "good": Trigger("shift_over", by="police", briefed=True),
            "poor": Trigger("shift_over", by="police", briefed=False),
            "either": Trigger("shift_over", by="police"),
        }.items()
    )
    table = night(rules=rules)
    assert table.state.get("fired", "on") == 1
    if briefed:
        table.do("police", hand_over(table, "bob"))
    table.wait(2 * OVERLAP)
    fired = {name: table.state.get("fired", name, 0) for name in ("good", "poor", "either")}
    assert fired == {"good": int(briefed), "poor": int(not briefed), "either": 1}
    assert table.records(DAY, "box", "weight") and not table.records("police", "box", "weight")


def test_what_cannot_be_handed_over():
    """To nobody, too early, in the middle of an act, nothing at all, and what one does not know oneself."""
    table = table_of()
    assert table.refuses("help", hand_over(table, words="x")) == "not_offered"
    assert table.refuses("police", hand_over(table, words="x")) == "not_possible_now"
    table.wait(COMES)
    assert table.refuses("police", hand_over(table)) == "nothing_to_send"
    assert table.refuses("police", hand_over(table, "box")) == "unknown"
    table.do("police", table.ask("go", "p1", place="street"))
    assert table.refuses("police", hand_over(table, words="x")) == "unit_busy"
    table.wait(2 * MINUTE)
    table.do("police", hand_over(table, words="x"))


def test_what_is_begun_ends_when_the_overlap_does():
    """A unit that has gone home finishes nothing."""
    table = night()
    table.do("police", table.ask("go", "p2", place="street"), COMES + OVERLAP - 1000)
    table.wait(OVERLAP)
    assert [task.state for task in table.tasks("police")] == ["cancelled"]
    assert table.truth("p2", "location") is None


def test_a_merged_shift_takes_nothing_over():
    """Control closes the next one: the earlier one keeps its case."""
    table = table_of()
    table.do("control", b.Merge(table.viewer(DAY), table.viewer("police")))
    table.wait(2 * COMES)
    table.do("police", table.ask("badge", "p1"))
    assert table.refuses("police", hand_over(table, words="x")) == "not_offered"
