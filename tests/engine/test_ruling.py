"""Free play: a team proposes what the pack does not know, control rules, and what was ruled comes at its time."""

from __future__ import annotations

import msgspec
import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.commands.ruling import WAITING_MAX
from kerege.engine.events import Ruled, RulingKept, addressee
from tests.kit import Table
from tests.town import MINUTE


def proposal(table: Table, team: str, n: int = 1):
    return table.state.get("proposal", (team, n))


def test_a_proposal_waits_at_controls_desk_and_with_its_team_alone():
    """Nobody else has a byte of it, and control has the face that was named, whichever appearance it is."""
    table = Table()
    table.do("police", table.propose("follow her", unit="p1", faces=("ann/register",), wants_ms=MINUTE))
    assert table.views["police"]["proposals", "p1"].proposal.state == "waiting"
    assert table.views["control"]["proposals", f"{table.viewer('police')}:p1"].proposal == proposal(table, "police")
    assert ("faces", table.face("ann/register")) in table.views["control"]
    assert not [
        key for viewer in ("help", "court", "desk", "gang") for key in table.views[viewer] if key[0] == "proposals"
    ]


def test_what_is_not_possible_is_said_in_controls_words_at_once():
    """The reason stays with control."""
    table = Table()
    table.do("police", table.propose())
    step = table.do("control", table.rule("police", 1, happens=False, why="private", text="No dog is on duty."))
    words = dict(step.words)
    assert words[proposal(table, "police").answer] == "No dog is on duty."
    told = [repr(event) for event in step.events if addressee(event) == "police"]
    private = next(word for word, text in step.words if text == "private")
    assert told and not any(private in event for event in told)
    assert not table.records("police", "box", "location")


def test_what_happens_comes_at_its_time_and_not_before():
    """The unit is busy until then; the team learns the truth as it is then; what changes, changes then."""
    table = Table()
    table.do("police", table.propose(unit="p1"))
    given = table.rule(
        "police",
        1,
        text="The dog found it.",
        takes_ms=10 * MINUTE,
        learns=(("box", "weight"),),
        changes=(("bob", "mood", 3),),
    )
    step = table.do("control", given)
    assert [addressee(event) for event in step.events if isinstance(event, RulingKept)] == [""]
    assert next(event for event in step.events if isinstance(event, Ruled)).word == "", "the words are for the end"
    assert proposal(table, "police").state == "running"
    assert table.refuses("police", table.ask("go", unit="p1", place="street")) == "unit_busy"
    table.do("control", table.amend("box", "weight", 9))
    table.wait(10 * MINUTE - 1)
    assert not table.records("police", "box", "weight")
    table.wait(1)
    assert table.records("police", "box", "weight")[0].value == 9
    assert table.truth("bob", "mood") == 3
    assert proposal(table, "police").state == "done"
    assert table.messages("police")[-1].text.key == "notice-ruling-done"
    table.do("police", table.ask("go", unit="p1", place="street"))


def test_what_takes_no_time_is_done_at_once():
    """In the same step."""
    table = Table()
    table.do("court", table.propose())
    table.do("control", table.rule("court", 1, text="Done."))
    assert proposal(table, "court").state == "done"


def test_a_team_may_take_it_back():
    """While it waits, and while it is under way: nothing of the ruling comes."""
    table = Table()
    table.do("police", table.propose(unit="p1"))
    table.do("police", table.propose())
    table.do("control", table.rule("police", 1, takes_ms=MINUTE, learns=(("box", "weight"),)))
    table.do("police", b.Cancel("p1"))
    table.do("police", b.Cancel("p2"))
    table.wait(2 * MINUTE)
    assert not table.records("police", "box", "weight")
    assert table.state.get("busy", "p1") is None
    assert table.refuses("police", b.Cancel("p2")) == "over"
    assert table.refuses("help", b.Cancel("p1")) == "unknown"
    assert table.refuses("control", table.rule("police", 2, text="late")) == "over"


def test_a_team_may_have_so_many_waiting():
    """At the bound and past it; an answer makes room, and no other team's count matters."""
    table = Table()
    for _ in range(WAITING_MAX):
        table.do("police", table.propose())
    assert table.refuses("police", table.propose()) == "too_many"
    table.do("help", table.propose())
    table.do("control", table.rule("police", 2, text="Done."))
    table.do("police", table.propose())


def test_a_proposal_is_refused_only_for_what_its_team_knows():
    """Its own units, the faces it has met, words; never the truth."""
    table = Table()
    assert table.refuses("police", table.propose(" ")) == "nothing_to_send"
    assert table.refuses("police", table.propose(unit="h1")) == "unknown"
    assert table.refuses("police", table.propose(faces=("box",))) == "unknown"
    assert table.refuses("actor_ann", table.propose()) == "not_yours"
    assert table.refuses("control", table.propose()) == "not_yours"
    assert Table(started=False).refuses("police", table.propose()) == "not_started"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"why": " ", "text": "so"}, "missing_answer"),
        ({}, "missing_answer"),
        ({"happens": False}, "missing_answer"),
        ({"happens": False, "text": "no", "takes_ms": 1}, "bad_answer"),
        ({"happens": False, "text": "no", "learns": (("box", "weight"),)}, "bad_answer"),
        ({"changes": (("bob", "mood", 101),)}, "bad_answer"),
        ({"changes": (("bob", "same_as", None),)}, "unknown"),
        ({"learns": (("bob", "same_as"),)}, "unknown"),
    ],
)
def test_a_ruling_is_whole_or_refused(parts, code):
    """A reason always; words or something that comes of it; what is not possible brings nothing."""
    table = Table()
    table.do("police", table.propose())
    assert table.refuses("control", table.rule("police", 1, **parts)) == code


def test_only_control_rules_and_only_on_what_there_is():
    """Two control seats: the first ruling stands."""
    table = Table()
    table.do("police", table.propose())
    assert table.refuses("police", table.rule("police", 1, text="yes")) == "not_yours"
    assert table.refuses("control", table.rule("police", 2, text="yes")) == "unknown"
    assert table.refuses("control", table.rule("help", 1, text="yes")) == "unknown"
    table.do("control", table.rule("police", 1, text="yes"))
    assert table.refuses("control", table.rule("police", 1, text="no", happens=False)) == "over"


def _decodes(command: b.AnyCommand) -> bool:
    try:
        msgspec.msgpack.decode(msgspec.msgpack.encode(command), type=b.AnyCommand)
    except msgspec.ValidationError:
        return False
    return True


def test_bounds_of_time_and_of_picks():
    """At each bound, and past it: the message is not read at all."""
    pick, change = b.Pick("AAAA", "x", "found", "certain"), b.Change("AAAA", "x", 1)
    for bound, holds in ((b.PROPOSAL_MS_MAX, True), (b.PROPOSAL_MS_MAX + 1, False)):
        assert _decodes(b.Propose("a", wants_ms=bound)) is holds
        assert _decodes(b.Rule("a", "p1", "happens", "b", takes_ms=bound)) is holds
    for many, holds in ((b.PICKS_MAX, True), (b.PICKS_MAX + 1, False)):
        assert _decodes(b.Rule("a", "p1", "happens", "b", learns=(pick,) * many)) is holds
        assert _decodes(b.Rule("a", "p1", "happens", "b", changes=(change,) * many)) is holds
