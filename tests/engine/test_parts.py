"""Teams split and merged in play: what one part learns the other does not have; what is closed is nowhere."""

from __future__ import annotations

from kerege.engine.commands import bodies as b
from kerege.engine.commands.bodies import TEAM_TITLE_CHARS_MAX
from kerege.engine.pack import Learn, Rule, Trigger, Viewer
from tests.kit import Table
from tests.town import MINUTE, town

PARTS = 3
SECOND, THIRD = "police.2", "police.3"


def table_of(**changes):
    return Table(town(parts_max=PARTS, **changes))


def split(table, team="police", title="North", units=(), *, records=True):
    return b.Split(table.viewer(team), title, tuple(table.face(unit) for unit in units), records)


def merge(table, team, into):
    return b.Merge(table.viewer(team), table.viewer(into))


def held(table, viewer):
    """What a viewer holds and how it came to it, and since when; without its own watching."""
    return {
        (r.face, r.field, r.value, r.how, r.source, r.at_ms if r.as_of_ms is None else r.as_of_ms)
        for r in table.records(viewer)
        if not r.retracted
    }


def test_a_part_begins_with_what_the_first_one_knew():
    """Same how, same source, same time of learning; marked as handed over, and not as being watched."""
    table = table_of()
    table.do("police", table.heard("help", "bob", "hurt", True), MINUTE)
    before = held(table, "police")
    table.do("control", split(table), 2 * MINUTE)
    assert held(table, SECOND) == before
    assert {r.handed for r in table.records(SECOND)} == {"police"}
    assert not any(r.live for r in table.records(SECOND))
    assert held(table, "police") == before


def test_or_with_nothing():
    """A shift to which nobody has handed over knows nothing at all."""
    table = table_of()
    table.do("control", split(table, records=False))
    assert table.records(SECOND) == []
    assert table.state.get("count", ("face", SECOND), 0) == 0


def test_what_one_part_learns_the_other_does_not_have():
    """Both ways, from the moment of the split."""
    table = table_of()
    table.do("control", split(table, units=("p2",)))
    one, other = held(table, "police"), held(table, SECOND)
    table.do("police", table.heard("help", "bob", "hurt", True), MINUTE)
    assert held(table, SECOND) == other
    assert held(table, "police") != one
    one = held(table, "police")
    table.do(SECOND, table.heard("help", "bob", "hurt", False), MINUTE)
    assert held(table, "police") == one


def test_units_go_with_the_part():
    """The part sees where its unit stands and can send it; the first one neither."""
    table = table_of()
    table.do("control", split(table, units=("p2",), records=False))
    assert [r.value for r in table.records(SECOND, "p2", "location") if r.live] == ["yard/self"]
    assert not any(r.live for r in table.records("police", "p2", "location"))
    assert table.refuses("police", table.ask("badge", "p2")) == "unknown"
    table.do(SECOND, table.ask("badge", "p2"))
    table.do("control", table.amend("bob", "location", "yard"))
    assert [r.value for r in table.records(SECOND, "bob", "location")] == ["yard/self"]
    assert table.records("police", "bob", "location")[0].value is None  # it saw him leave the street


def test_who_is_closed_is_nowhere():
    """No contact, no team at control's, no answer to its code but the one for any code; then it is there."""
    table = table_of()
    code = table.viewer(SECOND)
    for viewer in ("control", "help", "police"):
        assert ("contacts", code) not in table.views[viewer]
        assert table.refuses(viewer, b.Say((code,), "hello")) == "unknown"
    assert ("teams", code) not in table.views["control"]
    assert table.refuses("control", b.StandIn(code, None)) == "unknown"
    step = table.do("control", split(table))
    assert ("contacts", code) in table.views["help"]
    assert ("contacts", table.viewer(THIRD)) not in table.views["help"]
    assert ("court.2" not in str(step.events)) and ("contacts", code) in table.views["court"]
    table.do("help", table.say("hello", SECOND))
    assert len(table.messages("police")) == len(table.messages(SECOND)) + 0


def test_a_name_of_the_pack_stands_for_all_open_parts():
    """What the story sends to the police reaches every part of it, and nobody who is not there."""
    table = table_of()
    table.do("control", split(table, records=False))
    table.do("control", table.steer("storm", "fire"))
    texts = {viewer: [m.text.key for m in table.messages(viewer)] for viewer in ("police", SECOND, THIRD)}
    assert "storm-text" in texts["police"][-1] and texts[SECOND][-1] == "storm-text" and texts[THIRD] == []


def test_handing_over_sets_nothing_off():
    """A rule that waits for the police to learn something has had its time."""
    trigger = Trigger("learnt", by="police", subject="bob", field="hurt")
    rule = Rule("told", trigger, (Learn("court", "bob", "hurt", "told"),), once=False)
    table = table_of(add_rules=(rule,))
    table.do("police", table.heard("help", "bob", "hurt", True))
    assert table.state.get("fired", "told") == 1
    table.do("control", split(table))
    assert table.state.get("fired", "told") == 1


def test_merging():
    """Records, units and what is still to come go to the other; acts under way stop; the name is gone."""
    table = table_of()
    table.do("control", split(table, units=("p2",), records=False))
    table.do(SECOND, table.heard("help", "bob", "hurt", True)) if table.met(SECOND, "bob") else None
    table.do(SECOND, table.ask("badge", "p2"))
    before = held(table, SECOND)
    table.do("control", merge(table, SECOND, "police"))
    assert {each[:5] for each in before} <= {each[:5] for each in held(table, "police")}
    table.do("police", table.ask("badge", "p2"))
    assert ("contacts", table.viewer(SECOND)) not in table.views["help"]
    assert ("teams", table.viewer(SECOND)) not in table.views["control"]
    assert table.refuses("help", table.say("hello", SECOND)) == "unknown"
    assert table.refuses("control", merge(table, SECOND, "police")) == "unknown"


def test_the_first_team_can_go_into_its_part():
    """The night goes home: what the story sends to the team reaches those who took over, and acts under way stop."""
    table = table_of()
    table.do("police", table.ask("go", "p1", place="house"))
    assert table.refuses("control", split(table, units=("p1",))) == "unit_busy"
    table.do("control", split(table, title="Day", records=False))
    table.do("control", merge(table, "police", SECOND))
    assert table.tasks("police")[0].state == "cancelled"
    table.do("control", table.steer("storm", "fire"))
    assert table.messages(SECOND)[-1].text.key == "storm-text"
    table.do(SECOND, table.ask("go", "p1", place="street"))
    table.wait(2 * MINUTE)
    assert table.truth("p1", "location") == "street"


def test_newer_knowledge_is_not_overwritten_by_older():
    """A merge gives the team what it has not; what it holds from the same source, and newer, stays."""
    table = table_of()
    table.do("police", table.heard("help", "bob", "hurt", True), MINUTE)
    table.do("control", split(table), 2 * MINUTE)
    table.do(SECOND, table.heard("help", "bob", "hurt", False), 3 * MINUTE)
    table.do("control", merge(table, "police", SECOND), 4 * MINUTE)
    (record,) = table.records(SECOND, "bob", "hurt")
    assert (record.value, record.handed) == (False, "")


def test_the_desk_of_an_opened_team_hears_no_name_that_control_typed():
    """A part is to observers the team that the pack knows; a part itself is open to no desk."""
    table = table_of()
    table.do("control", b.OpenTeam(table.viewer("police"), True))
    table.do("control", split(table))
    n = table.number(SECOND, "bob", "coat")
    table.do(SECOND, table.share((n,), "police"))
    sources = {r.source.id for r in table.records("desk") if r.source is not None}
    assert SECOND not in sources


def test_refusals_of_split_and_merge():
    """Only control, only what is there, only so often, never across agencies."""
    table = table_of()
    assert table.refuses("police", split(table)) == "not_yours"
    assert table.refuses("police", merge(table, "police", "help")) == "not_yours"
    assert table.refuses("control", split(table, title=" ")) == "missing_answer"
    assert table.refuses("control", split(table, units=("h1",))) == "unknown"
    assert table.refuses("control", split(table, team="actor_ann")) == "unknown"
    assert table.refuses("control", merge(table, "police", "help")) == "not_possible_now"
    assert table.refuses("control", merge(table, "police", "police")) == "not_possible_now"
    for n in range(PARTS - 1):
        table.do("control", split(table, title="x" * TEAM_TITLE_CHARS_MAX if n else "y"))
    assert table.refuses("control", split(table)) == "too_many"
    assert Table().refuses("control", split(Table())) == "too_many"  # a log of before has no parts


def test_what_was_done_once_is_not_done_again_by_a_part_that_knows():
    """And by one that knows nothing it is: so it goes without a hand-over."""
    table = table_of()
    table.do("police", table.ask("raid", "p1"))
    table.wait(MINUTE)
    table.do("control", split(table, units=("p1",)))
    assert table.refuses(SECOND, table.ask("raid", "p1")) == "once_only"


def test_two_lawyers_of_one_agency_have_one_client_each():
    """What one learns, handed over or split or not, never comes to the other, who is of the same agency."""
    two = (Viewer("lawyer_ann", "team", "help"), Viewer("lawyer_bob", "team", "help"))
    table = table_of(add_viewers=two)
    table.do("control", split(table, team="lawyer_ann"))
    other = held(table, "lawyer_bob")
    for viewer in ("lawyer_ann", "lawyer_ann.2"):
        table.do(viewer, table.heard("police", "house", "sort", "home"))
    table.do("control", merge(table, "lawyer_ann.2", "lawyer_ann"))
    assert held(table, "lawyer_bob") == other
    assert held(table, "lawyer_ann") != other
