"""Lose, Acknowledge: the record has gone back in time, and nobody plays on before control has seen it.

The room finds it (a receipt's token proves an entry that the log does not hold) and writes it down; from then on every
act is refused with one code, STOP and what belongs to it excepted, until control has acknowledged it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine.commands.answers import only
from kerege.engine.commands.bodies import Acknowledge, AnyCommand, Clear, Curtain, Lose, Stop
from kerege.engine.events import ClockSet, Happened
from kerege.engine.refusals import Refused

if TYPE_CHECKING:
    from kerege.engine.held import Clock
    from kerege.engine.play import Play


def stands(play: Play, by: str, command: AnyCommand) -> None:
    """Refuse what may not be done while a loss is not acknowledged. The room's own commands go on."""
    clock: Clock = play.state.get("clock", "clock")
    if clock.lost and by and not isinstance(command, Stop | Clear | Curtain | Acknowledge):
        raise Refused("lost")


def decide_lose(play: Play, by: str, command: Lose) -> None:
    """Play stands, and every screen says why. Only the room may."""
    del command
    if by:
        raise Refused("not_yours")
    clock: Clock = play.state.get("clock", "clock")
    if clock.lost:
        raise Refused("already_done")
    phase = "paused" if clock.phase == "running" else clock.phase
    play.emit(ClockSet(phase, play.at_ms, clock.speed, clock.stopped, lost=True))
    play.emit(Happened("happening-lost"))


def decide_acknowledge(play: Play, by: str, command: Acknowledge) -> None:
    """Acts are taken again; a play that was paused by it stays paused until control resumes."""
    del command
    only(play, by, "control")
    clock: Clock = play.state.get("clock", "clock")
    if not clock.lost:
        raise Refused("already_done")
    play.emit(ClockSet(clock.phase, play.at_ms, clock.speed, clock.stopped))
    play.emit(Happened("happening-loss-acknowledged", who=by))
