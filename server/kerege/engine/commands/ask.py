"""Ask and Cancel: doing an offered action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerege.engine.commands.answers import only, read_face, read_key, read_param
from kerege.engine.commands.talk import in_play
from kerege.engine.commands.think import thinks
from kerege.engine.events import TaskCancelled, Unplanned, Used
from kerege.engine.faces import thing_of
from kerege.engine.parts import units_of
from kerege.engine.proposals import withdraw
from kerege.engine.refusals import Refused
from kerege.engine.requiring import may
from kerege.engine.tasks import close_scene, start_task

if TYPE_CHECKING:
    from kerege.engine.commands.bodies import Ask, Cancel
    from kerege.engine.held import Clock, Task
    from kerege.engine.pack import Action
    from kerege.engine.play import Play

NOBODY = ""
"""No unit at all; None stands for an act that needs none."""


def decide_ask(play: Play, by: str, command: Ask) -> None:
    """Start an action, if the asker's own view allows it."""
    only(play, by, "team", "actor")
    rules = play.rules
    action = rules.actions.get(rules.action_codes.id.get(command.action, ""))
    if action is None or rules.viewers[by].agency not in action.by:
        raise Refused("not_offered")
    in_play(play)
    clock: Clock = play.state.get("clock", "clock")
    if clock.phase == "paused" and not action.live:  # a live act was done in the room: a pause does not refuse it
        raise Refused("paused")
    if not action.live and thinks(play, by):
        raise Refused("thinking")
    units = _units(play, by, action, command.unit)
    bindings = _bindings(play, by, action, command)
    if action.once and play.state.get("used", (by, action.id)):
        raise Refused("once_only")
    able = (unit for unit in units if may(rules, play.state, by, action, unit, bindings, play.at_ms))
    unit = next(able, NOBODY)
    if unit == NOBODY:
        raise Refused("requires", action.refusal)
    if action.once:
        play.emit(Used(by, action.id))
    start_task(play, by, action, unit, bindings, play.name.rpartition(".")[2])


def _units(play: Play, by: str, action: Action, handle: str | None) -> tuple[str | None, ...]:
    """The units that have time for it, in the team's order: the named one, else all that are free. Never empty."""
    if not action.needs_unit:
        return (None,)
    mine = units_of(play.rules, play.state, by)
    if handle is not None:
        unit = thing_of(read_face(play, by, handle))
        if unit not in mine:
            raise Refused("unknown")
        if not action.live and play.state.get("busy", unit) is not None:
            raise Refused("unit_busy")
        return (unit,)
    if not mine:
        raise Refused("unit_needed")
    free = mine if action.live else tuple(unit for unit in mine if play.state.get("busy", unit) is None)
    if not free:
        raise Refused("unit_busy")
    return free


def _bindings(play: Play, by: str, action: Action, command: Ask) -> dict[str, Any]:
    codes = play.rules.name_codes.of
    wanted = {codes[param.name]: param for param in action.params}
    if any(name not in wanted for name in command.asks):
        raise Refused("bad_answer")
    bindings: dict[str, Any] = {}
    for code, param in wanted.items():
        answer = command.asks.get(code)
        if answer is None or answer == ():
            if not param.optional:
                raise Refused("missing_answer")
            bindings[param.name] = () if param.many else None
        else:
            bindings[param.name] = read_param(play, by, param, answer)
    return bindings


def decide_cancel(play: Play, by: str, command: Cancel) -> None:
    """Stop a running task or take a proposal back; its unit is free again."""
    in_play(play)
    if command.task.startswith("p"):
        withdraw(play, by, read_key(command.task, "p"))
        return
    n = read_key(command.task, "t")
    task: Task | None = play.state.get("task", (by, n))
    if task is None:
        raise Refused("unknown")
    if task.state not in {"running", "talking"}:
        raise Refused("over")
    play.emit(TaskCancelled(by, n))
    play.emit(Unplanned(task.due_ms, "task", by, n))
    if task.state == "talking":
        close_scene(play, by, n)
