"""Acts under way: starting one, and what happens at its end.

The outcome is chosen at the end, by the truth as it is then. Where a person plays the character that the act is about,
the act only opens the talk; what is said is tapped by the actor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine import events as e
from kerege.engine.debriefs import await_debrief
from kerege.engine.effects import run_effects
from kerege.engine.faces import thing_of
from kerege.engine.happenings import happen
from kerege.engine.places import set_field
from kerege.engine.proposals import withdraw
from kerege.engine.react import act_context
from kerege.engine.trace import traced
from kerege.engine.worlds import TruthWorld

if TYPE_CHECKING:
    from typing import Any

    from kerege.engine.held import Scene, Task
    from kerege.engine.pack import Action
    from kerege.engine.play import Play

TALK = "talk"
CURTAIN = "curtain"
NO_OUTCOME = "none"


def start_task(
    play: Play, viewer: str, action: Action, unit: str | None, bindings: dict[str, Any], command: str
) -> None:
    """Let a unit begin; an act that takes no time is over at once."""
    actor = _played_by(play, action, bindings)
    due_ms = play.at_ms + action.takes_ms
    play.emit(e.TaskStarted(viewer, action.id, unit, bindings, due_ms, command, "talking" if actor else "running"))
    n: int = play.state.get("count", ("task", viewer))
    if actor is not None:
        _open_scene(play, actor, viewer, n, action)
    if action.takes_ms:
        play.emit(e.Planned(due_ms, "task", viewer, n))
    else:  # a talk that takes no time is over at once; the actor may tap what was said for as long as the scene stands
        finish_task(play, viewer, n)


def _played_by(play: Play, action: Action, bindings: dict[str, Any]) -> str | None:
    """The actor whose character this act opens a scene with, if a person plays it."""
    if action.scene is None:
        return None
    face = bindings.get(action.scene)
    actor = play.rules.actor_of.get(thing_of(face)) if isinstance(face, str) else None
    return actor if actor is not None and play.state.get("played", actor) else None


def _open_scene(play: Play, actor: str, viewer: str, n: int, action: Action) -> None:
    character = play.rules.viewers[actor].character
    assert character is not None
    play.emit(e.SceneOpened(actor, viewer, n, action.id, advice(play, character)))
    await_debrief(play, actor, viewer, action.id)
    play.emit(e.Happened("happening-scene-opened", f"action-{action.id.replace('_', '-')}", viewer))


def close_scene(play: Play, viewer: str, n: int) -> None:
    """A talk is called off: the actor's scene is over, and is no curtain."""
    for actor in play.rules.actor_of.values():
        for scene_n in range(1, play.state.get("count", ("scene", actor), 0) + 1):
            scene: Scene = play.state.get("scene", (actor, scene_n))
            if scene.team == viewer and scene.task == n and scene.state != "closed":
                play.emit(e.SceneSet(actor, scene_n, "closed"))


def advice(play: Play, character: str) -> tuple[tuple[str, bool], ...]:
    """Which of a character's lines the card would let out now."""
    world = TruthWorld(play.rules, play.state, play.at_ms)
    found = []
    for line in play.rules.advised_lines.get(character, ()):
        condition = play.rules.line_advice[line]
        found.append((line, condition is None or bool(condition.run(world, {}))))
    return tuple(found)


def finish_task(play: Play, viewer: str, n: int) -> None:
    """Choose and do an act's outcome."""
    task: Task = play.state.get("task", (viewer, n))
    if task.state == "talking":
        end_talk(play, viewer, n, TALK)
        return
    if task.state != "running":
        return
    action = play.rules.actions[task.action]
    context = act_context(play, viewer, task)
    world = TruthWorld(play.rules, play.state, play.at_ms)
    chosen = None
    for outcome in play.rules.outcomes[action.id]:
        if outcome.condition is None or outcome.condition.run(world, context.things):
            chosen = outcome
            break
    agency = play.rules.viewers[viewer].agency
    name = chosen.id if chosen is not None else NO_OUTCOME
    play.emit(e.TaskDone(viewer, n, name))
    play.emit(e.Counted(action.id, agency, name))
    cause = chosen.cause.replace("_", "-") if chosen is not None else ""
    happen(play, f"action-{action.id.replace('_', '-')}", viewer, cause, observed=action.observed)
    if action.travel is not None and task.unit is not None:
        place = context.things.get(action.travel)
        if isinstance(place, str):
            set_field(play, task.unit, "location", place)
    if chosen is not None:
        with traced(play):
            run_effects(play, chosen.effects, context)


def end_talk(play: Play, viewer: str, n: int, outcome: str) -> None:
    """A talk's time is over, or its curtain fell; the actor may still tap what was said."""
    task: Task = play.state.get("task", (viewer, n))
    play.emit(e.TaskDone(viewer, n, outcome))
    play.emit(e.Counted(task.action, play.rules.viewers[viewer].agency, outcome))


def stop_acts(play: Play, team: str) -> None:
    """A team's units are free again, and nothing that it began comes to an end in its name."""
    for n in range(1, play.state.get("count", ("task", team), 0) + 1):
        task = play.state.get("task", (team, n))
        if task.state in {"running", "talking"}:
            play.emit(e.TaskCancelled(team, n))
            play.emit(e.Unplanned(task.due_ms, "task", team, n))
            if task.state == "talking":
                close_scene(play, team, n)
    for n in range(1, play.state.get("count", ("proposal", team), 0) + 1):
        if play.state.get("proposal", (team, n)).state in {"waiting", "running"}:
            withdraw(play, team, n)
