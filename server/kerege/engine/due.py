"""What falls due: ends of tasks, delayed rules, timed rules and injects, cues, proposed acts, ENDEX; in order of time, then of name.

Play time comes to each due moment in turn, so a jump, a night pause or a slept laptop fires nothing early, late or twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine import events as e
from kerege.engine.injects import inject_of
from kerege.engine.pack import Inject
from kerege.engine.proposals import finish_proposal
from kerege.engine.react import fire_inject, fire_rule, planned_context, trigger_inject
from kerege.engine.shifts import come_on, go_off
from kerege.engine.tasks import finish_task
from kerege.engine.worlds import TruthWorld

if TYPE_CHECKING:
    from kerege.engine.held import Clock, Cue, Due, InjectState
    from kerege.engine.play import Play
    from kerege.engine.state import AnyState

DUE_PER_STEP_MAX = 256
"""How much may fall due in one step; the rest falls due in the next, at the same play time."""


def next_due_ms(state: AnyState) -> int | None:
    """The play time at which something falls due next, while the clock runs."""
    clock: Clock | None = state.get("clock", "clock")
    due: tuple[Due, ...] = state.get("due", "due", ())
    if clock is None or clock.phase != "running" or clock.stopped or not due:
        return None
    return due[0].at_ms


def run_next_due(play: Play, until_ms: int) -> bool:
    """Let the next thing that is due by `until_ms` happen; False where there is none."""
    due: tuple[Due, ...] = play.state.get("due", "due", ())
    if not due or due[0].at_ms > until_ms:
        return False
    entry = due[0]
    play.pass_time(entry.at_ms)
    play.emit(e.Unplanned(entry.at_ms, entry.sort, entry.key, entry.n))
    if entry.sort == "task":
        finish_task(play, entry.key, entry.n)
    elif entry.sort == "inject":
        _inject(play, entry.key)
    elif entry.sort == "cue":
        _cue(play, entry.key, entry.n)
    elif entry.sort == "proposal":
        finish_proposal(play, entry.key, entry.n)
    elif entry.sort == "shift_on":
        come_on(play, entry.key)
    elif entry.sort == "shift_over":
        go_off(play, entry.key, briefed=False)
    elif entry.sort == "end":
        end_exercise(play)
    else:
        _rule(play, entry)
    return True


def _rule(play: Play, entry: Due) -> None:
    rule = play.rules.rules[entry.key]
    assert not isinstance(rule, Inject)
    fire_rule(play, rule, planned_context(entry.bindings, rule.id))


def _inject(play: Play, name: str) -> None:
    inject = inject_of(play, name)
    assert inject is not None
    now: InjectState = play.state.get("inject", name)
    if now.state == "fired" and inject.trigger is None:  # one that only the story's own hand fires: once more
        fire_inject(play, inject, checked=True)
    else:
        trigger_inject(play, inject)


def _cue(play: Play, actor: str, n: int) -> None:
    cue: Cue = play.state.get("cue", (actor, n))
    if cue.state == "waiting":
        play.emit(e.CueSet(actor, n, "now"))


def end_exercise(play: Play) -> None:
    """ENDEX: the clock stands still and the endings are judged in order."""
    clock: Clock = play.state.get("clock", "clock")
    if clock.phase == "ended":
        return
    world = TruthWorld(play.rules, play.state, play.at_ms)
    ending = next((each.id for each, holds in play.rules.endings if holds is None or holds.run(world, {})), "")
    play.emit(e.ClockSet("ended", play.at_ms, clock.speed, clock.stopped))
    play.emit(e.EndingJudged(ending))
    play.emit(e.Happened("happening-endex", f"ending-{ending.replace('_', '-')}" if ending else ""))
