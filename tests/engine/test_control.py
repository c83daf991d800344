"""What control does: amend, stand-ins, and its own view of everything."""

from __future__ import annotations

from kerege.engine.commands import bodies as b
from tests.kit import Table


def test_amend_changes_the_truth_openly():
    """Who watches sees it; the reason is kept beside the log."""
    table = Table()
    step = table.do("control", table.amend("bob", "coat", "red", "he changed"))
    assert table.truth("bob", "coat") == "red"
    assert table.records("police", "bob", "coat")[0].value == "red"
    assert [text for _, text in step.words] == ["he changed"]


def test_amend_needs_a_reason_and_a_fitting_value():
    """No silent change, no impossible one."""
    table = Table()
    assert table.refuses("control", table.amend("bob", "coat", "red", "  ")) == "missing_answer"
    assert table.refuses("control", table.amend("bob", "mood", 101)) == "bad_answer"
    assert table.refuses("control", table.amend("bob", "location", "ann")) == "bad_answer"
    table.do("control", table.amend("bob", "mood", 100))
    table.do("control", table.amend("bob", "location", None))
    assert table.truth("bob", "location") is None


def test_amending_to_what_is_changes_nothing_for_anybody():
    """Only the list of what was done says so."""
    table = Table()
    step = table.do("control", table.amend("bob", "coat", "blue"))
    assert [type(event).__name__ for event in step.events] == ["Happened"]


def test_stand_ins_start_and_stop_with_a_profile_of_the_pack():
    """Never for a character that none may play, never twice."""
    table = Table()
    viewer = table.viewer
    table.do("control", b.StandIn(viewer("police"), "careful"))
    assert table.views["help"]["contacts", viewer("police")].stand_in
    assert table.refuses("control", b.StandIn(viewer("police"), "careful")) == "already_done"
    assert table.refuses("control", b.StandIn(viewer("police"), "hurried")) == "bad_answer"
    assert table.refuses("control", b.StandIn(viewer("actor_bob"), "careful")) == "not_possible_now"
    for nobody in ("desk", "gang", "control"):
        assert table.refuses("control", b.StandIn(viewer(nobody), None)) == "unknown"
    table.do("control", b.StandIn(viewer("police"), None))
    assert not table.views["help"]["contacts", viewer("police")].stand_in


def test_a_character_with_a_stand_in_is_played_until_it_goes():
    """Acts about it open a talk meanwhile; nobody takes a part out of a person's hands."""
    table = Table()
    ann = table.viewer("actor_ann")
    table.do("control", b.StandIn(ann, "careless"))
    assert table.state.get("played", "actor_ann")
    assert table.refuses("control", b.StandIn(ann, "careful")) == "not_possible_now"
    table.do("control", b.StandIn(ann, None))
    assert not table.state.get("played", "actor_ann")
    table.do("", b.Staff(ann, played=True))
    assert table.refuses("control", b.StandIn(ann, "careful")) == "not_possible_now"


def test_a_stand_in_is_marked_where_its_character_is_met_in_person_and_nowhere_else():
    """A mark on two faces at once would tell that they are one."""
    table = Table()
    table.do("help", table.share((table.number("help", "ann", "coat"),), "court"))
    table.do("control", b.StandIn(table.viewer("actor_ann"), "careful"))
    assert table.views["help"]["faces", table.face("ann")].stand_in
    assert not table.views["police"]["faces", table.face("ann/register")].stand_in
    assert not table.views["court"]["faces", table.face("ann")].stand_in, "a bare reference"


def test_control_reads_what_everybody_knows():
    """Record by record, with each team's own."""
    table = Table()
    for viewer in ("police", "help", "court", "gang"):
        for n in range(1, len(table.records(viewer)) + 1):
            key = ("knowledge", f"{table.viewer(viewer)}:r{n}")
            assert table.views["control"][key].record == table.state.get("record", (viewer, n))


def test_control_may_write_to_all_and_be_written_to():
    """Before STARTEX too, from its side."""
    table = Table(started=False)
    table.do("control", table.say("welcome", "police", "actor_ann", "safety"))
    assert table.messages("police") and table.messages("safety")
    assert table.refuses("police", table.say("hello", "control")) == "not_started"
