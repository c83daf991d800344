"""Debriefs of scenes: until one is said to be done, an actor's form is read by control alone; then its team reads it.

The team reads it as words of the character. Nothing of the form is addressed to the team before that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine.events import DebriefAwaited, Debriefed, DebriefSet, SceneSet, Told
from kerege.engine.faces import thing_of
from kerege.engine.held import Source, Text
from kerege.engine.rules import CONTROL, SAFETY

if TYPE_CHECKING:
    from kerege.engine.held import Debrief, Scene, Task
    from kerege.engine.play import Play

OVERSEERS = (CONTROL, SAFETY)


def await_debrief(play: Play, actor: str, team: str, action: str) -> None:
    """Show control and safety a scene that has just opened."""
    n = play.state.get("count", ("scene", actor))
    for overseer in OVERSEERS:
        play.emit(DebriefAwaited(overseer, actor, n, team, action))


def note_form(play: Play, actor: str, n: int) -> None:
    """Show an actor's form to control; once the debrief is done, to the team too."""
    scene: Scene = play.state.get("scene", (actor, n))
    for viewer, number, debrief in debriefs_of(play, actor, n):
        if viewer == CONTROL:
            play.emit(DebriefSet(viewer, number, debrief.done, scene.treated))
    if scene.debriefed:
        tell_team(play, actor, n)


def finish_debrief(play: Play, actor: str, n: int) -> None:
    """The debrief of a scene is done: control, safety and the actor are shown so; the team reads the form, if there is one."""
    for viewer, number, debrief in debriefs_of(play, actor, n):
        play.emit(DebriefSet(viewer, number, True, debrief.answers))
    play.emit(Debriefed(actor, n))
    if play.state.get("scene", (actor, n)).state != "closed":
        play.emit(SceneSet(actor, n, "closed"))
    if play.state.get("scene", (actor, n)).treated:
        tell_team(play, actor, n)


def debriefs_of(play: Play, actor: str, n: int) -> list[tuple[str, int, Debrief]]:
    """Under which number control and safety have a scene; none in logs of before there were debriefs."""
    found = []
    for viewer in OVERSEERS:
        for number in range(1, play.state.get("count", ("debrief", viewer), 0) + 1):
            debrief: Debrief = play.state.get("debrief", (viewer, number))
            if (debrief.actor, debrief.scene) == (actor, n):
                found.append((viewer, number, debrief))
    return found


def tell_team(play: Play, actor: str, n: int) -> None:
    """Let the character say to the scene's team how it was treated, under the face that the team spoke to."""
    scene: Scene = play.state.get("scene", (actor, n))
    character = play.rules.viewers[actor].character
    task: Task = play.state.get("task", (scene.team, scene.task))
    face = next(each for each in task.bindings.values() if isinstance(each, str) and thing_of(each) == character)
    play.emit(Told(scene.team, "told", Text("spoken-opening", spoken=scene.treated), Source("face", face)))
