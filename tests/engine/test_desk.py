"""The observers' desk: what an opened team learns, through the redaction table, and nothing else."""

from __future__ import annotations

from kerege.engine.commands import bodies as b
from kerege.engine.pack import Learn, Outcome
from tests.kit import Table
from tests.town import MINUTE, Action, town


def opened(**changes):
    table = Table(town(**changes))
    table.do("control", b.OpenTeam(table.viewer("police"), True))
    return table


def shown(table):
    return {(record.face, record.field): record.value for record in table.records("desk")}


def test_nothing_before_opening_and_what_the_team_holds_at_opening():
    """Opening late copies what stands, as the table allows."""
    table = Table()
    assert table.records("desk") == []
    table.do("control", b.OpenTeam(table.viewer("police"), True))
    assert shown(table) == {
        ("bob/self", "location"): "street/self",
        ("bob/self", "coat"): "blue",
        ("p1/self", "location"): "street/self",
        ("p2/self", "location"): "yard/self",
        ("ann/register", "name"): f"pseudonym:{table.face('ann/register')}",
    }


def test_retracted_records_are_not_copied():
    """What no longer stands is not shown as if it did."""
    table = Table()
    table.do("control", b.Recall(table.viewer("police"), f"r{table.number('police', 'bob', 'coat')}", "so"))
    table.do("control", b.OpenTeam(table.viewer("police"), True))
    assert ("bob/self", "coat") not in shown(table)


def test_protected_fields_and_typed_words_never_reach_it():
    """Whatever the table says, whatever the way."""
    table = opened()
    before = shown(table)
    table.do("police", table.heard("help", "bob", "hurt", True))
    table.do("police", table.heard("help", "bob", "words", "his own words"))
    table.do("police", table.file("memo", about="bob", words="a long story"))
    assert shown(table) == before
    table.do("control", b.OpenTeam(table.viewer("police"), False))
    table.do("control", b.OpenTeam(table.viewer("police"), True))
    assert shown(table) == before
    assert table.messages("desk") == []


def test_what_the_table_does_not_list_is_left_out():
    """Default: omit."""
    table = opened()
    table.do("police", table.heard("help", "bob", "role", "boss"))
    assert ("bob/self", "role") not in shown(table)
    table.do("police", table.file("memo", about="bob", risk=True))
    assert shown(table)["memo:police~1/self", "risk"] is True
    assert ("memo:police~1/self", "about") not in shown(table)


def test_a_source_that_the_desk_has_not_met_is_left_out():
    """From whom is knowledge too."""
    tells = Action("act", ("police",), "act", needs_unit=False,
                   outcomes=(Outcome("o", (Learn("asker", "bob", "friend", "told", source="ann"),)),))  # fmt: skip
    table = opened(add_actions=(tells,))
    table.do("police", table.ask("act"))
    (record,) = table.records("desk", "bob", "friend")
    assert record.source is None and table.met("desk", "ann") is None


def test_it_goes_stale_is_retracted_and_disputed_with_the_team():
    """What no longer stands there does not stand here."""
    table = opened()
    assert table.records("desk", "bob", "coat")[0].live
    table.do("police", table.heard("help", "bob", "friend", "bob"))
    table.do("help", b.Dispute("m1"))
    assert table.records("desk", "bob", "friend")[0].disputed
    table.do("control", b.Recall(table.viewer("police"), f"r{table.number('police', 'bob', 'friend')}", "so"))
    assert table.records("desk", "bob", "friend")[0].retracted
    table.do("police", table.ask("go", "p1", place="house"))
    table.wait(MINUTE)
    assert not table.records("desk", "bob", "coat")[0].live
    assert table.records("desk", "bob", "location")[0].live is False


def test_closing_keeps_what_was_shown_and_shows_no_more():
    """Nothing is watched any more; nothing new comes; opening anew catches up."""
    table = opened()
    table.do("control", b.OpenTeam(table.viewer("police"), False))
    assert shown(table) and not any(record.live for record in table.records("desk"))
    table.do("control", table.amend("bob", "coat", "red"))
    assert shown(table)["bob/self", "coat"] == "blue"
    table.do("control", b.OpenTeam(table.viewer("police"), True))
    assert shown(table)["bob/self", "coat"] == "red"
    assert table.refuses("control", b.OpenTeam(table.viewer("police"), True)) == "already_done"
    assert table.refuses("control", b.OpenTeam(table.viewer("help"), True)) == "unknown", "it has no desk"


def test_a_desk_can_do_nothing_but_stop():
    """Read-only."""
    table = opened()
    for command in (table.ask("badge"), table.say("x", "help"), table.share((1,), "help"), b.Curtain()):
        assert table.refuses("desk", command) == "not_yours"
