"""Start, Pause, Resume, Finish, Speed, Jump, Stop, Clear, Tick: the play clock and real danger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine import events as e
from kerege.engine.commands.answers import only
from kerege.engine.due import DUE_PER_STEP_MAX, end_exercise, run_next_due
from kerege.engine.held import Source, Text
from kerege.engine.refusals import Refused
from kerege.engine.rules import SAFETY
from kerege.engine.start import start_story

if TYPE_CHECKING:
    from kerege.engine.commands.bodies import Clear, Finish, Jump, Pause, Resume, Speed, Start, Stop, Tick
    from kerege.engine.held import Clock
    from kerege.engine.play import Play


def _clock(play: Play) -> Clock:
    clock: Clock = play.state.get("clock", "clock")
    return clock


def decide_start(play: Play, by: str, command: Start) -> None:
    """STARTEX."""
    del command
    only(play, by, "control")
    clock = _clock(play)
    if clock.stopped:
        raise Refused("stopped")
    if clock.phase != "ready":
        raise Refused("already_started")
    play.emit(e.ClockSet("running", play.at_ms, clock.speed, stopped=False))
    play.emit(e.Happened("happening-startex"))
    start_story(play)


def decide_pause(play: Play, by: str, command: Pause) -> None:
    """PAUSEX: nothing falls due until play goes on."""
    only(play, by, "control")
    clock = _clock(play)
    if clock.phase != "running":
        raise Refused("not_possible_now")
    play.emit(e.ClockSet("paused", play.at_ms, clock.speed, clock.stopped, play.word(command.why)))
    play.emit(e.Happened("happening-pausex"))


def decide_resume(play: Play, by: str, command: Resume) -> None:
    """Play goes on from where it was paused."""
    del command
    only(play, by, "control")
    clock = _clock(play)
    if clock.stopped:
        raise Refused("stopped")
    if clock.phase != "paused":
        raise Refused("not_paused")
    play.emit(e.ClockSet("running", play.at_ms, clock.speed, stopped=False))
    play.emit(e.Happened("happening-resume"))


def decide_finish(play: Play, by: str, command: Finish) -> None:
    """ENDEX."""
    del command
    only(play, by, "control")
    clock = _clock(play)
    if clock.phase in {"ready", "ended"}:
        raise Refused("not_started" if clock.phase == "ready" else "ended")
    end_exercise(play)


def decide_speed(play: Play, by: str, command: Speed) -> None:
    """How many play seconds pass in one real second."""
    only(play, by, "control")
    clock = _clock(play)
    if clock.phase == "ended":
        raise Refused("ended")
    play.emit(e.ClockSet(clock.phase, play.at_ms, command.speed, clock.stopped, clock.why))


def decide_jump(play: Play, by: str, command: Jump) -> None:
    """Move the play clock forward; what falls due on the way happens in order."""
    only(play, by, "control")
    clock = _clock(play)
    if clock.phase not in {"running", "paused"} or clock.stopped:
        raise Refused("not_possible_now")
    if command.to_ms <= play.at_ms:
        raise Refused("not_possible_now")
    play.emit(e.Happened("happening-jump"))
    until = _pass(play, command.to_ms)
    if _clock(play).phase != "ended":
        play.pass_time(until)
        play.emit(e.ClockSet(clock.phase, play.at_ms, clock.speed, clock.stopped, clock.why))


def decide_tick(play: Play, by: str, command: Tick) -> None:
    """Something has fallen due: let it happen. Only the room may."""
    del command
    if by:
        raise Refused("not_yours")
    _pass(play, play.at_ms)


def _pass(play: Play, until_ms: int) -> int:
    """Let what is due by `until_ms` happen, at most DUE_PER_STEP_MAX of it; returns the play time that was reached."""
    for _ in range(DUE_PER_STEP_MAX):
        if _clock(play).phase == "ended" or not run_next_due(play, until_ms):
            return until_ms
        play.react()
    return play.at_ms


def decide_stop(play: Play, by: str, command: Stop) -> None:
    """Real danger: everything freezes. An observer's STOP alerts control and freezes nothing."""
    del command
    clock = _clock(play)
    if play.rules.viewers[by].sort == "observer":
        play.emit(e.Told("control", "notice", Text("notice-observer-stop"), Source("viewer", by)))
        return
    if clock.stopped:
        raise Refused("stopped")
    phase = "paused" if clock.phase == "running" else clock.phase
    play.emit(e.ClockSet(phase, play.at_ms, clock.speed, stopped=True, lost=clock.lost))
    play.emit(e.Happened("happening-stop", who=by))
    play.emit(e.Told(SAFETY, "notice", Text("notice-stop")))


def decide_clear(play: Play, by: str, command: Clear) -> None:
    """The danger is over; play stays paused until control resumes. Control may do it where nobody sits at safety."""
    del command
    only(play, by, "safety", "control")
    clock = _clock(play)
    if not clock.stopped:
        raise Refused("not_stopped")
    play.emit(e.ClockSet(clock.phase, play.at_ms, clock.speed, stopped=False, lost=clock.lost))
    play.emit(e.Happened("happening-clear", who=by))
