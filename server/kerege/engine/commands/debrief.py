"""Debrief: control or safety says that the debrief of an actor's scene is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine.commands.answers import only, read_key
from kerege.engine.commands.talk import in_play
from kerege.engine.debriefs import finish_debrief
from kerege.engine.events import Happened
from kerege.engine.refusals import Refused

if TYPE_CHECKING:
    from kerege.engine import held
    from kerege.engine.commands.bodies import Debrief
    from kerege.engine.play import Play


def decide_debrief(play: Play, by: str, command: Debrief) -> None:
    """
    The team of the scene now reads how its character was treated; a form that comes later reaches it at once.

    After ENDEX too: that is when most debriefs are held.
    """
    only(play, by, "control", "safety")
    clock: held.Clock = play.state.get("clock", "clock")
    if clock.phase != "ended":
        in_play(play)
    debrief: held.Debrief | None = play.state.get("debrief", (by, read_key(command.debrief, "b")))
    if debrief is None:
        raise Refused("unknown")
    if debrief.done:
        raise Refused("already_done")
    finish_debrief(play, debrief.actor, debrief.scene)
    play.emit(Happened("happening-debriefed", who=by, to=(debrief.team,)))
