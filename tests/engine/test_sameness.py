"""Sameness is a record like any other: it has a source, can be passed on, and ties faces only as long as it stands."""

from __future__ import annotations

from kerege.engine.commands import bodies as b
from kerege.engine.pack import Same
from kerege.engine.same import SAME_AS
from kerege.engine.worlds import ViewWorld
from tests.engine.test_knowledge import shows
from tests.kit import Table


def knows_same(table: Table, viewer: str) -> bool:
    """Whether the two faces of Ann are one for a viewer."""
    return ViewWorld(table.rules, table.state, viewer, table.at_ms).same("ann/self", "ann/register")


def told_same() -> tuple[Table, int]:
    """The police have learnt that the two faces are one; the number of their record."""
    table = shows(Same("asker", "ann", "ann/register", "checked"))
    table.do("police", table.ask("show"))
    (n,) = table.state.get("slot", ("police", "ann/self", SAME_AS))
    return table, n


def test_it_says_how_and_when_it_was_learnt():
    """Age, how and certainty stand on it as on every record."""
    table, n = told_same()
    record = table.state.get("record", ("police", n))
    assert (record.how, record.certainty, record.value) == ("checked", "certain", "ann/register")
    assert knows_same(table, "police") and not knows_same(table, "help")


def test_it_can_be_shared_and_keeps_its_age():
    """The reader has it from the sharer, who had learnt it earlier."""
    table, n = told_same()
    table.do("police", table.share((n,), "help"), 90_000)
    assert knows_same(table, "help")
    (copy,) = table.state.get("slot", ("help", "ann/self", SAME_AS))
    record = table.state.get("record", ("help", copy))
    assert (record.how, record.at_ms, record.as_of_ms) == ("told", 90_000, 0)


def test_a_retracted_one_unties_the_faces():
    """What it alone held together falls apart; what others hold stays."""
    table, n = told_same()
    table.do("control", b.Recall(table.viewer("police"), f"r{n}", "a mistake"))
    assert not knows_same(table, "police")
    assert table.views["police"]["faces", table.face("ann/register")].same == ()


def test_control_cannot_make_it_true():
    """The truth has things, no faces."""
    table = Table()
    kind = table.rules.kind_of("ann")
    command = b.Amend(table.face("ann"), table.field(f"{kind}.{SAME_AS}"), table.face("bob"), "why")
    assert table.refuses("control", command) == "unknown"
