"""Consultations: called, attended, records on the table, decisions, minutes; and what late comers do not learn."""

from __future__ import annotations

import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.commands.consultation import CONSULTATIONS_MAX, DECISIONS_MAX, TABLED_MAX
from kerege.engine.pack import Learn, Rule, Set, Trigger
from kerege.engine.worlds import TruthWorld
from tests.kit import Table
from tests.town import MINUTE, TOWN, town

MINUTES = "consultation_minutes:police~1/self"
KNOWN = (*TOWN.starts_with, Learn("police", "bob", "role", "seen"), Learn("help", "ann", "role", "seen"))


def called(*teams: str, place: str | None = None, **changes: object) -> Table:
    table = Table(town(starts_with=KNOWN, **changes))
    codes = tuple(table.viewer(team) for team in teams or ("help", "court"))
    table.do("police", b.Convene(codes, "The two women", None if place is None else table.face(place)))
    return table


def held(table: Table, viewer: str):
    return table.all_of("consultation", viewer)[-1]


def bob(table: Table) -> tuple[str, ...]:
    return (f"r{table.number('police', 'bob', 'role')}",)


def test_what_is_on_the_table_is_learnt_by_all_who_have_come():
    """As told by the team that put it there; who was invited and has not come learns nothing."""
    table = called()
    table.do("help", b.Attend("g1", True))
    table.do("police", b.Table("g1", bob(table)))
    (record,) = table.records("help", "bob", "role")
    assert (record.value, record.how, record.source.id) == ("boss", "told", "police")
    assert table.records("court", "bob") == [] and table.met("court", "bob") is None
    assert [len(held(table, who).tabled) for who in ("police", "help", "court")] == [1, 1, 0]


def test_who_comes_late_learns_only_what_is_put_there_again():
    """Neither the records, nor that there were any, nor the decisions; nor do the minutes tell."""
    table = called()
    table.do("help", b.Attend("g1", True))
    table.do("police", b.Table("g1", bob(table)))
    table.do("police", b.Decide("g1", "ask him", table.viewer("help"), 600))
    table.do("court", b.Attend("g1", True))
    assert table.records("court", "bob") == [] and held(table, "court").tabled == () == held(table, "court").decisions
    table.do("help", b.Decide("g1", "second", table.viewer("court"), 600))
    table.do("police", b.Adjourn("g1"))
    minutes = {who: {r.field: r.value for r in table.records(who, MINUTES)} for who in ("police", "help", "court")}
    assert minutes["police"]["tabled"] == "faces:bob/self" == minutes["help"]["tabled"]
    assert "tabled" not in minutes["court"]
    assert minutes["court"]["decisions"].count("|") == 2 and minutes["help"]["decisions"].count("|") == 4
    assert minutes["court"]["present"] == "viewers:police,help,court"


def test_put_there_again_the_late_comer_learns_it():
    """The second time it reaches whoever is there then."""
    table = called()
    table.do("police", b.Table("g1", bob(table)))
    table.do("court", b.Attend("g1", True))
    table.do("police", b.Table("g1", bob(table)))
    assert table.records("court", "bob", "role")[0].value == "boss"


def test_where_a_place_is_named_one_is_there_with_a_unit():
    """A team that said it comes and is not there yet learns nothing; one without units comes in person."""
    table = called(place="street")
    for team in ("help", "court"):
        table.do(team, b.Attend("g1", True))
    table.do("police", b.Table("g1", bob(table)))
    assert table.records("help", "bob", "role") == [] and table.records("court", "bob", "role") != []
    assert table.refuses("help", b.Table("g1", (f"r{table.number('help', 'ann', 'role')}",))) == "not_possible_now"
    table.do("control", table.amend("h1", "location", "street"))
    table.do("police", b.Table("g1", bob(table)))
    assert table.records("help", "bob", "role")[0].value == "boss"


def test_who_leaves_or_declines_is_shown_nothing_more():
    """The others see that it went."""
    table = called()
    table.do("help", b.Attend("g1", True))
    table.do("help", b.Attend("g1", False))
    table.do("court", b.Attend("g1", False))
    table.do("police", b.Table("g1", bob(table)))
    assert table.records("help", "bob", "role") == []
    assert dict(held(table, "police").seats) == {"police": "here", "help": "left", "court": "declined"}
    assert dict(held(table, "help").seats)["court"] == "invited"
    assert table.refuses("help", b.Table("g1", (f"r{table.number('help', 'ann', 'role')}",))) == "not_possible_now"


def test_a_decision_has_an_owner_who_does_it():
    """All who were there see it done; only its owner says so, also after the end."""
    table = called()
    table.do("help", b.Attend("g1", True))
    table.do("police", b.Decide("g1", "a room for the night", table.viewer("help"), 600))
    assert table.refuses("police", b.Fulfil("g1", "d1")) == "not_yours"
    table.do("police", b.Adjourn("g1"))
    table.do("help", b.Fulfil("g1", "d1"))
    assert [held(table, who).decisions[0].done for who in ("police", "help")] == [True, True]
    assert table.refuses("help", b.Fulfil("g1", "d1")) == "already_done"
    assert table.refuses("help", b.Fulfil("g1", "d2")) == "unknown"


def test_minutes_are_a_document():
    """Of whoever convened it, shared whole like any; nobody files one by hand."""
    table = called("help")
    table.do("police", b.Adjourn("g1"))
    table.do("police", b.Share((), (table.viewer("court"),), documents=(table.face(MINUTES),)))
    assert {r.field for r in table.records("court", MINUTES)} == {"subject", "present", "filed_by"}
    assert table.records("help", MINUTES) == [] and held(table, "help").open is False
    form = b.File(table.rules.form_codes.of["consultation_minutes"])
    assert table.refuses("police", form) == "not_offered"


def test_what_is_refused():
    """By the asker's own copy alone."""
    table = called("help")
    assert table.refuses("police", b.Convene((), "x")) == "nothing_to_send"
    assert table.refuses("police", b.Convene((table.viewer("help"),), " ")) == "nothing_to_send"
    assert table.refuses("police", b.Convene((table.viewer("control"),), "x")) == "unknown"
    assert table.refuses("court", b.Convene((table.viewer("help"),), "x")) == "unknown"
    for command in (b.Attend("g1", True), b.Table("g1"), b.Adjourn("g1"), b.Fulfil("g1", "d1")):
        assert table.refuses("court", command) == "unknown"
    assert table.refuses("police", b.Attend("g1", False)) == "not_possible_now"
    assert table.refuses("help", b.Adjourn("g1")) == "not_yours"
    assert table.refuses("police", b.Table("g1")) == "nothing_to_send"
    assert table.refuses("police", b.Decide("g1", "x", table.viewer("help"), 600)) == "unknown"  # not come yet
    assert table.refuses("police", b.Decide("g1", "x", table.viewer("police"), 0)) == "over"
    assert table.refuses("police", b.Decide("g1", " ", table.viewer("police"), 600)) == "nothing_to_send"
    table.do("help", b.Attend("g1", True))
    assert table.refuses("help", b.Attend("g1", True)) == "already_done"
    table.do("police", b.Adjourn("g1"))
    assert table.refuses("police", b.Adjourn("g1")) == "over"
    assert table.refuses("help", b.Attend("g1", False)) == "over"


def test_a_refusal_does_not_tell_where_another_teams_units_are():
    """An owner who said it has come may be named, wherever its unit is."""
    table = called("help", place="street")
    table.do("help", b.Attend("g1", True))
    table.do("police", b.Decide("g1", "x", table.viewer("help"), 600))
    assert len(held(table, "help").decisions) == 1


def test_how_many_one_team_calls():
    """CONSULTATIONS_MAX, then no more; being invited does not count."""
    table = Table()
    for _ in range(CONSULTATIONS_MAX):
        table.do("police", b.Convene((table.viewer("court"),), "x"))
    assert table.refuses("police", b.Convene((table.viewer("court"),), "x")) == "too_many"
    table.do("court", b.Convene((table.viewer("police"),), "x"))


@pytest.mark.parametrize(("most", "sort"), [(TABLED_MAX, "tabled"), (DECISIONS_MAX, "decisions")])
def test_how_much_one_team_brings(most, sort):
    """Each team has its own bound, so that it tells nothing of what was there before one came."""
    table = called("help")
    table.do("help", b.Attend("g1", True))
    command = b.Table("g1", bob(table)) if sort == "tabled" else b.Decide("g1", "x", table.viewer("help"), 60)
    for _ in range(most):
        table.do("police", command)
    assert table.refuses("police", command) == "too_many"
    other = b.Table("g1", (f"r{table.number('help', 'ann', 'role')}",)) if sort == "tabled" else command
    table.do("help", other)


@pytest.mark.parametrize(
    "trigger", [Trigger("convened", teams=("help", "police")), Trigger("decided", by="help"), Trigger("decided")]
)
def test_rules_wait_for_it(trigger):
    """All named teams together, or a task for the named one."""
    rule = Rule("met", trigger, (Set("house", "door", "'open'"),))
    table = called("help", add_rules=(rule,))
    table.do("police", b.Decide("g1", "own", table.viewer("police"), 60)) if trigger.by == "help" else None
    assert table.truth("house", "door") == "shut"
    table.do("help", b.Attend("g1", True))
    table.do("police", b.Decide("g1", "x", table.viewer("help"), 60))
    assert table.truth("house", "door") == "open"


def test_conditions_ask_for_it():
    """Who was together at any time, and how many decisions there are."""
    rule = Rule(
        "both",
        Trigger("becomes", condition="convened(help, police) and decided(help) > 0"),
        (Set("house", "door", "'open'"),),
    )
    table = called("help", "court", add_rules=(rule,))
    table.do("help", b.Attend("g1", True))
    table.do("police", b.Decide("g1", "x", table.viewer("help"), 60))
    table.do("help", b.Attend("g1", False))
    world = TruthWorld(table.rules, table.state, MINUTE)
    assert world.convened("police", "help") and not world.convened("police", "court")
    assert (world.decided(None), world.decided("help"), world.decided("court")) == (1, 1, 0)
    assert table.truth("house", "door") == "open"
