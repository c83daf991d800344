"""HandOver: a team that goes home gives the next shift what it chooses; nothing else of the night is known in the morning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine import events as e
from kerege.engine.commands import bodies as b
from kerege.engine.commands.answers import only, read_face
from kerege.engine.commands.talk import in_play
from kerege.engine.handover import hand_over, hand_over_once
from kerege.engine.happenings import happen
from kerege.engine.held import Source, Text
from kerege.engine.parts import is_open, on_duty, units_of
from kerege.engine.refusals import Refused
from kerege.engine.shifts import come_on, go_off

if TYPE_CHECKING:
    from kerege.engine.play import Play

OFF_DUTY = frozenset({b.Say, b.Share, b.Respond, b.Dispute, b.Debrief, b.Stop, b.Curtain})
"""What people may still do who are not on duty: answer those who have the case now, and look after themselves."""


def decide_hand_over(play: Play, by: str, command: b.HandOver) -> None:
    """Brief the next shift and go off duty: all that is held of the things named, or all that is held."""
    only(play, by, "team")
    in_play(play)
    shift = play.rules.shift_after.get(by)
    if shift is None or not is_open(play.rules, play.state, shift):
        raise Refused("not_offered")
    if play.rules.viewers[shift].comes_on_ms is not None and not on_duty(play.rules, play.state, shift):
        raise Refused("not_possible_now")
    if any(play.state.get("busy", unit) is not None for unit in units_of(play.rules, play.state, by)):
        raise Refused("unit_busy")
    faces = tuple(read_face(play, by, handle) for handle in dict.fromkeys(command.about))
    if not faces and not command.everything and not command.words.strip():
        raise Refused("nothing_to_send")
    come_on(play, shift)
    hand_over(play, by, shift, None if command.everything else faces)
    if command.everything:
        hand_over_once(play, by, shift)
    word = play.word(command.words) if command.words.strip() else ""
    me = Source("viewer", by)
    play.emit(e.Told(shift, "notice", Text("notice-shift-briefed"), me))
    if word:
        play.emit(e.Told(shift, "said", Text(word=word), me))
    play.emit(e.Told(by, "notice", Text("notice-shift-handed"), Source("viewer", shift)))
    happen(play, "happening-shift-handed", by, to=(shift,), word=word)
    go_off(play, by, briefed=True)
