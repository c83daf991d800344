"""What viewers know: learning, replacing, standing side by side, retracting, disputing, going stale, sameness."""

from __future__ import annotations

import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.events import Disputed, Retracted
from kerege.engine.held import Source
from kerege.engine.pack import Learn, Outcome, Param, Retract, Same, Set
from kerege.engine.worlds import ViewWorld
from tests.kit import Table, told
from tests.town import Action, town


def shows(*effects, name="show", params=(), **changes):
    """A town in which the police can make effects happen at once."""
    action = Action(
        name, ("police", "help", "court"), "act", params, needs_unit=False, outcomes=(Outcome("o", effects),)
    )
    return Table(town(add_actions=(action,), **changes))


def test_nobody_knows_what_nothing_made_known():
    """Default deny: at STARTEX a team has what its units see and what it was given, nothing else."""
    table = Table()
    assert {(record.face, record.field) for record in table.records("court")} == {
        ("house/self", "sort"),
        ("street/self", "sort"),
    }
    assert table.met("court", "bob") is None
    assert table.records("police", "bob", "role") == []


def test_a_record_says_when_how_from_whom_and_how_certain():
    """A learnt value stands with its play time, way, source and certainty."""
    table = shows(Learn("asker", "bob", "role", "told", source="ann", certainty="claimed"))
    table.wait(5000)
    table.do("court", table.ask("show"))
    (record,) = table.records("court", "bob", "role")
    assert (record.value, record.at_ms, record.how) == ("boss", 5000, "told")
    assert (record.source, record.certainty, record.live) == (Source("face", "ann/self"), "claimed", False)


def test_a_record_replaces_the_one_of_the_same_source_and_way():
    """Per face, field, source and way one record stands; the older one is in the log."""
    table = shows(Learn("asker", "bob", "role", "told", source="ann"), Set("bob", "role", "guard"))
    table.do("court", table.ask("show"))
    table.do("court", table.ask("show"))
    (record,) = table.records("court", "bob", "role")
    assert record.value == "guard"


def test_different_sources_and_ways_stand_side_by_side():
    """What two sources say, or one says and one sees, is not merged."""
    table = shows(
        Learn("asker", "bob", "role", "told", source="ann"),
        Learn("asker", "bob", "role", "told", source="help", value="'guest'"),
        Learn("asker", "bob", "role", "read"),
    )
    table.do("court", table.ask("show"))
    assert [record.value for record in table.records("court", "bob", "role")] == ["boss", "guest", "boss"]


def test_a_copy_stays_when_the_truth_moves_on():
    """A record is a copy: the truth may change, the record keeps its value."""
    table = shows(Learn("asker", "bob", "role", "read"))
    table.do("court", table.ask("show"))
    table.do("control", table.amend("bob", "role", "guest"))
    assert table.truth("bob", "role") == "guest"
    assert table.records("court", "bob", "role")[0].value == "boss"


def test_a_lie_is_a_record_with_a_source():
    """A value may be given that is not the truth."""
    table = shows(Learn("asker", "bob", "role", "told", value="'guest'", source="bob", certainty="claimed"))
    table.do("court", table.ask("show"))
    assert table.records("court", "bob", "role")[0].value == "guest"


def test_a_thing_value_is_a_face_that_is_met_with_it():
    """Who learns of a friend has met the friend's first face, not the friend in a register."""
    table = shows(Learn("asker", "ann", "friend", "told"))
    table.do("court", table.ask("show"))
    assert table.records("court", "ann", "friend")[0].value == "bob/self"
    assert table.met("court", "bob") is True
    assert table.met("court", "ann/register") is None


def test_retracted_is_not_unknown():
    """A retracted record keeps its number and value, and stands no longer."""
    table = shows(Retract("asker", "bob", "coat"))
    table.do("police", table.ask("show"))
    (record,) = table.records("police", "bob", "coat")
    assert record.retracted and not record.live and record.value == "blue"
    assert not ViewWorld(table.rules, table.state, "police", 0).known("bob/self", "coat")


def test_retracting_twice_or_nothing_does_nothing():
    """Only what stands can be retracted."""
    table = shows(Retract("asker", "bob", "coat"))
    table.do("police", table.ask("show"))
    again = table.do("police", table.ask("show"))
    assert told(again, "police", Retracted) == []
    assert told(table.do("court", table.ask("show")), "court", Retracted) == []


def test_a_new_record_stands_after_a_retraction():
    """What is learnt anew from the same source stands again."""
    table = shows(Retract("asker", "bob", "coat"))
    table.do("police", table.ask("show"))
    table.do("control", table.amend("bob", "coat", "red"))
    (record,) = table.records("police", "bob", "coat")
    assert not record.retracted and record.value == "red"


def test_recalled_by_control_and_said_so():
    """Control takes a record back openly, with words, once."""
    table = Table()
    n = table.number("police", "bob", "coat")
    assert table.refuses("control", b.Recall(table.viewer("police"), f"r{n}", " ")) == "missing_answer"
    step = table.do("control", b.Recall(table.viewer("police"), f"r{n}", "wrong person"))
    assert table.records("police", "bob", "coat")[0].retracted
    assert table.messages("police")[-1].text.key == "notice-recalled"
    assert step.words == ((table.messages("police")[-1].text.word, "wrong person"),)
    assert table.refuses("control", b.Recall(table.viewer("police"), f"r{n}", "again")) == "already_done"


def test_what_was_seen_goes_stale_when_the_unit_leaves():
    """Live while watched; last known, with its age, afterwards."""
    table = Table()
    assert all(record.live for record in table.records("police", "bob"))
    table.do("police", table.ask("go", "p1", place="house"))
    table.wait(60_000)
    assert not any(record.live for record in table.records("police", "bob"))
    view = ViewWorld(table.rules, table.state, "police", table.at_ms + 5000)
    assert view.age_s("bob/self", "coat") == 65
    assert view.age_s("ann/self", "coat") == 0, "what is being watched has no age"


def test_sameness_joins_faces_for_the_one_who_learnt_it():
    """Records of both faces are found through either, once they are known to be one; for nobody else."""
    table = shows(Same("asker", "ann", "ann/register"))
    table.do("help", table.ask("show"))
    table.do("police", table.ask("show"))
    view = ViewWorld(table.rules, table.state, "police", 0)
    assert view.known("ann/self", "name"), "read of the face in the register"
    assert view.same("ann/self", "ann/register")
    assert not ViewWorld(table.rules, table.state, "court", 0).same("ann/self", "ann/register")
    assert table.views["police"]["faces", table.face("ann/register")].same == ("ann/self",)


def test_sameness_is_learnt_once_and_spreads_through_the_group():
    """A third face that is the same as one is the same as all."""
    things = tuple(
        type(thing)(thing.id, thing.kind, thing.values, ("self", "register", "photo")) if thing.id == "ann" else thing
        for thing in town().things
    )
    table = shows(Same("asker", "ann", "ann/register"), Same("asker", "ann/photo", "ann/register"), things=things)
    table.do("court", table.ask("show"))
    before = len(table.steps[-1].events)
    for face in ("ann/self", "ann/register", "ann/photo"):
        assert table.state.get("same", ("court", face)) == ("ann/photo", "ann/register", "ann/self")
    assert len(table.do("court", table.ask("show")).events) < before


def test_the_teller_disputes_what_it_is_said_to_have_told():
    """A dispute marks the hearer's record and can be made once."""
    table = Table()
    table.do("police", table.heard("help", "bob", "role", "boss"))
    n = table.number("police", "bob", "role")
    assert told(table.do("help", b.Dispute("m1")), "police", Disputed) == [Disputed("police", n)]
    assert table.records("police", "bob", "role")[0].disputed
    assert ViewWorld(table.rules, table.state, "police", 0).disputed("bob/self", "role")
    assert table.refuses("help", b.Dispute("m1")) == "already_done"


def test_a_dispute_does_not_touch_what_was_noted_later():
    """The old notice is about the old value; what the hearer has noted since has a notice of its own."""
    table = Table()
    table.do("police", table.heard("help", "bob", "role", "boss"))
    table.do("police", table.heard("help", "bob", "role", "guest"))
    table.do("help", b.Dispute("m1"))
    assert not table.records("police", "bob", "role")[0].disputed
    table.do("help", b.Dispute("m2"))
    assert table.records("police", "bob", "role")[0].disputed


def test_differing_records_are_in_dispute_with_each_other():
    """Two standing values of one field are shown as disputed to conditions."""
    table = Table()
    table.do("police", table.heard("help", "bob", "role", "boss"))
    assert not ViewWorld(table.rules, table.state, "police", 0).disputed("bob/self", "role")
    table.do("police", table.heard("court", "bob", "role", "guest"))
    assert ViewWorld(table.rules, table.state, "police", 0).disputed("bob/self", "role")


@pytest.mark.parametrize(("function", "value"), [("known", True), ("latest", "blue"), ("some", True), ("age", 0)])
def test_conditions_read_only_records(function, value):
    """Each function of the view scope answers from the asker's records."""
    table = Table()
    view = ViewWorld(table.rules, table.state, "police", 0)
    found = {
        "known": view.known("bob/self", "coat"),
        "latest": view.latest("bob/self", "coat"),
        "some": view.some("bob/self", "coat", "blue"),
        "age": view.age_s("bob/self", "coat"),
    }
    assert found[function] == value
    nothing = ViewWorld(table.rules, table.state, "court", 0)
    assert not nothing.known("bob/self", "coat")
    assert nothing.latest("bob/self", "coat") is None and nothing.age_s("bob/self", "coat") is None


def test_many_faces_as_one_parameter_are_the_same_after_the_log():
    """A tuple of faces is a tuple again when the entry is read."""
    many = Param("people", "face", ("person",), many=True)
    table = shows(Learn("asker", "bob", "role", "read"), params=(many,))
    table.do("police", table.ask("show", people=("bob", "ann/register")))
    assert table.tasks("police")[0].bindings == {"people": ("bob/self", "ann/register")}
