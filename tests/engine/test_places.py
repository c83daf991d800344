"""Watching: what is perceivable at a place, who comes and who goes, never the other end."""

from __future__ import annotations

from kerege.engine.pack import Fire, Learn, Outcome, Set, Watch
from tests.kit import Table
from tests.town import MINUTE, Action, town


def act(*effects):
    return Action("act", ("court",), "act", needs_unit=False, outcomes=(Outcome("o", effects),))


def test_a_unit_sees_what_is_perceivable_where_it_stands():
    """Perceivable fields of all that is there, and nothing else of it."""
    table = Table()
    assert {(record.face, record.field) for record in table.records("help") if record.live} == {
        ("ann/self", "location"),
        ("ann/self", "coat"),
        ("h1/self", "location"),
    }


def test_a_person_is_seen_by_how_it_looks_even_if_its_name_is_known_from_a_paper():
    """Seeing tells nobody that the woman here is the one in the register: that is to be learnt."""
    table = Table()
    assert table.met("police", "ann/register") is True
    table.do("police", table.ask("go", "p1", place="house"))
    table.wait(MINUTE)
    assert table.records("police", "ann", "coat")[0].live
    assert table.records("police", "ann/register", "coat") == []


def test_who_leaves_is_gone_and_the_other_end_is_not_shown():
    """Watchers of the old place learn that it has left, not where to."""
    table = Table(town(add_actions=(act(Set("bob", "location", "cellar")),)))
    before = len(table.records("police"))
    table.do("court", table.ask("act"))
    (record,) = table.records("police", "bob", "location")
    assert record.value is None and not record.live
    assert not table.records("police", "bob", "coat")[0].live
    assert len(table.records("police")) == before
    assert table.met("police", "cellar") is None


def test_who_arrives_is_seen_and_the_other_end_is_not_shown():
    """Watchers of the new place see it there, and nothing of where it was."""
    table = Table(town(add_actions=(act(Set("bob", "location", "house")),)))
    table.do("court", table.ask("act"))
    (record,) = table.records("help", "bob", "location")
    assert record.value == "house/self" and record.live
    assert table.met("help", "street") is True, "given to everyone at STARTEX"
    assert {record.field for record in table.records("help", "bob")} == {"location", "coat"}


def test_who_watches_both_ends_sees_the_move():
    """With units at both places the arrival is seen, and nothing goes stale."""
    table = Table(town(add_actions=(act(Set("bob", "location", "yard")),)))
    table.do("court", table.ask("act"))
    (record,) = table.records("police", "bob", "location")
    assert record.value == "yard/self" and record.live


def test_what_changes_there_is_seen_by_those_who_are_there():
    """A perceivable field shows its change to watchers of the place, to nobody else."""
    table = Table(town(add_actions=(act(Set("bob", "coat", "red")),)))
    table.do("court", table.ask("act"))
    assert table.records("police", "bob", "coat")[0].value == "red"
    assert table.records("help", "bob") == []


def test_what_nobody_can_perceive_stays_unseen():
    """A change of a field that is not perceivable shows to control alone."""
    table = Table(town(add_actions=(act(Set("bob", "role", "guest")),)))
    table.do("court", table.ask("act"))
    assert table.records("police", "bob", "role") == []
    assert table.records("control", "bob", "role")[0].value == "guest"


def test_a_unit_that_moves_takes_its_eyes_along():
    """It sees what is at the new place; its team keeps watching where another unit stays."""
    table = Table()
    table.do("police", table.ask("go", "p2", place="street"))
    table.wait(MINUTE)
    assert all(record.live for record in table.records("police", "bob"))
    table.do("police", table.ask("go", "p1", place="house"))
    table.wait(MINUTE)
    assert all(record.live for record in table.records("police", "bob")), "p2 is there still"
    assert table.records("police", "ann", "location")[0].live
    table.do("police", table.ask("go", "p2", place="house"))
    table.wait(MINUTE)
    assert not any(record.live for record in table.records("police", "bob"))
    assert {n.value for n in table.records("police", "p2", "location")} == {"house/self"}


def test_a_unit_that_is_taken_away_is_nowhere():
    """Its own team knows that it is nowhere; the place goes stale."""
    table = Table(town(add_actions=(act(Set("h1", "location", "cellar")),)))
    table.do("control", table.amend("h1", "location", None))
    assert table.records("help", "h1", "location")[0].value is None
    assert not table.records("help", "ann", "coat")[0].live


def test_hidden_watchers_see_and_show_nothing():
    """A side that nobody plays watches like any other; the watched do not learn of it."""
    table = Table(town(add_actions=(act(Watch("gang", "house"), Learn("gang", "ann", "role", "found")),)))
    before = table.records("help")
    table.do("court", table.ask("act"))
    assert {record.field for record in table.records("gang", "ann")} == {"location", "coat", "role"}
    assert table.records("help") == before


def test_watching_without_a_unit_begins_and_ends():
    """An explicit watch shows a place until it is taken off; two watches need two ends."""
    on, off = Watch("court", "street"), Watch("court", "street", on=False)
    begin = Action("begin", ("court",), "act", needs_unit=False, outcomes=(Outcome("o", (on,)),))
    end = Action("end", ("court",), "act", needs_unit=False, outcomes=(Outcome("o", (off,)),))
    table = Table(town(add_actions=(begin, end)))
    for action, live in (("begin", True), ("begin", True), ("end", True), ("end", False)):
        table.do("court", table.ask(action))
        assert table.records("court", "bob", "coat")[0].live is live, action
    table.do("control", table.amend("bob", "coat", "red"))
    assert table.records("court", "bob", "coat")[0].value == "blue"


def test_control_watches_everything():
    """Every change of the truth reaches control as a record, by the road of everyone."""
    table = Table(town(add_actions=(act(Set("box", "weight", "9"), Fire("storm")),)))
    table.do("court", table.ask("act"))
    assert table.records("control", "box", "weight")[0].value == 9
    truths = {(thing, field) for thing, field in table.state.tables["truth"]}
    assert {(record.face.partition("/")[0], record.field) for record in table.records("control")} == truths
