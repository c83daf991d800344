"""Propose and Rule: free play. A team asks for what the pack does not know; control rules, and the ruling is an event.

A proposal is never checked against the truth, and nothing of a ruling but what the team is meant to read leaves control
before its time: a proposal tells nobody what is true.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine import events as e
from kerege.engine.commands.answers import only, read_face, read_field, read_key, read_value
from kerege.engine.commands.steering import running, with_reason
from kerege.engine.commands.talk import in_play
from kerege.engine.commands.think import thinks
from kerege.engine.faces import thing_of
from kerege.engine.held import Source, Text
from kerege.engine.knowledge import refer
from kerege.engine.parts import units_of
from kerege.engine.places import CONTROL
from kerege.engine.proposals import finish_proposal
from kerege.engine.refusals import Refused
from kerege.engine.same import SAME_AS

if TYPE_CHECKING:
    from kerege.engine.commands.bodies import Change, Pick, Propose, Rule
    from kerege.engine.held import Proposal
    from kerege.engine.pack import Value
    from kerege.engine.play import Play
    from kerege.engine.proposals import Given

WAITING_MAX = 3
"""How many proposals one team may have waiting at control's desk; a further one is refused (`too_many`)."""


def decide_propose(play: Play, by: str, command: Propose) -> None:
    """Ask control for an act. Refused only for what the team itself knows: its unit, its faces, its own waiting ones."""
    only(play, by, "team")
    in_play(play)
    if thinks(play, by):
        raise Refused("thinking")
    if not command.text.strip():
        raise Refused("nothing_to_send")
    unit = None if command.unit is None else thing_of(read_face(play, by, command.unit))
    if unit is not None and unit not in units_of(play.rules, play.state, by):
        raise Refused("unknown")
    faces = tuple(read_face(play, by, handle) for handle in dict.fromkeys(command.faces))
    if _waiting(play, by) >= WAITING_MAX:
        raise Refused("too_many", "refusal_proposals_waiting")
    word = play.word(command.text)
    play.emit(e.Proposed(by, word, unit, faces, command.wants_ms))
    for face in faces:  # so that control can pick it, whichever appearance it is
        refer(play, CONTROL, face, met=True)
    play.emit(e.Happened("happening-proposed", who=by, word=word))


def _waiting(play: Play, viewer: str) -> int:
    held = range(1, play.state.get("count", ("proposal", viewer), 0) + 1)
    return sum(play.state.get("proposal", (viewer, n)).state == "waiting" for n in held)


def decide_rule(play: Play, by: str, command: Rule) -> None:
    """Rule on a waiting proposal. What the team reads, learns and what changes comes at the end of the time it takes."""
    only(play, by, "control")
    running(play)
    team = play.rules.viewer_codes.id.get(command.team, "")
    n = read_key(command.proposal, "p")
    proposal: Proposal | None = play.state.get("proposal", (team, n))
    if proposal is None:
        raise Refused("unknown")
    if proposal.state != "waiting":
        raise Refused("over")
    happens = command.verdict == "happens"
    with_reason(command.why)
    if not happens and (command.learns or command.changes or command.takes_ms):
        raise Refused("bad_answer")  # what is not possible brings nothing
    if not command.text.strip() and not (happens and (command.learns or command.changes)):
        raise Refused("missing_answer", "refusal_ruling_empty")
    learns, changes = read_picks(play, by, command.learns), read_changes(play, by, command.changes)
    why = play.word(command.why)
    word = play.word(command.text) if command.text.strip() else ""
    if not happens:
        play.emit(e.Ruled(team, n, False, play.at_ms, word))
        play.emit(e.Told(team, "notice", Text("notice-ruled-out", word=word), Source("viewer", CONTROL)))
        play.emit(e.Happened("happening-ruled-out", who=by, to=(team,), word=why))
        return
    due_ms = play.at_ms + command.takes_ms
    play.emit(e.Ruled(team, n, True, due_ms))
    play.emit(e.RulingKept(team, n, word, learns, changes))
    play.emit(e.Happened("happening-ruled", who=by, to=(team,), word=why))
    if command.takes_ms:
        play.emit(e.Planned(due_ms, "proposal", team, n))
    else:
        finish_proposal(play, team, n)


def read_picks(play: Play, by: str, picks: tuple[Pick, ...]) -> Given:
    """What control picks for somebody to learn: faces and fields of its own view."""
    found = []
    for pick in picks:
        face = read_face(play, by, pick.face)
        field = read_field(play, face, pick.field)
        if field.id == SAME_AS:  # a truth has no faces
            raise Refused("unknown")
        found.append((face, field.id, pick.how, pick.certainty))
    return tuple(found)


def read_changes(play: Play, by: str, changes: tuple[Change, ...]) -> tuple[tuple[str, str, Value], ...]:
    """What control changes of the truth, as the truth holds it."""
    found: list[tuple[str, str, Value]] = []
    for change in changes:
        face = read_face(play, by, change.face)
        field = read_field(play, face, change.field)
        if field.id == SAME_AS:
            raise Refused("unknown")
        value = read_value(play, by, field, change.value)
        if field.type == "thing" and value is not None:
            value = thing_of(value)
        found.append((thing_of(face), field.id, value))
    return tuple(found)
