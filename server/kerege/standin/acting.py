"""What a stand-in does at an actor's chair: says the character's lines, fills in the form, answers the cues. Reads its view alone.

It acts nobody out and improvises nothing: a line of the card at a time, in the card's order, to whoever opened the scene.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerege.wire.items import Cue, Scene

if TYPE_CHECKING:
    from kerege.standin.plan import PlannedStep
    from kerege.standin.view import HeldView

ACTING = frozenset({"lines", "form", "cues"})
"""The steps of an actor's chair."""
WELL, BADLY = 4, 1
"""How the character was treated, as a careful and as a careless stand-in tells it; 0 is the worst, 4 the best."""


def acted(view: HeldView, step: PlannedStep) -> dict[str, Any] | None:
    """The command of a step of an actor's chair; None while there is nothing to say, to fill in or to play."""
    match step.do:
        case "lines":
            return _line(view, everything=step.how == "all")
        case "form":
            return _form(view, BADLY if step.how == "all" else WELL, everything=step.how == "all")
        case _:
            return _cue(view)


def _line(view: HeldView, *, everything: bool) -> dict[str, Any] | None:
    for key, scene in _scenes(view):
        codes = _unsaid(scene, everything=everything)
        if scene.state != "closed" and codes:
            return {"do": "speak", "scene": key, "lines": codes[:1]}
    return None


def _form(view: HeldView, mark: int, *, everything: bool) -> dict[str, Any] | None:
    """After the last line, so that the form is about the whole scene."""
    for key, scene in _scenes(view):
        spoken = scene.state == "closed" or not _unsaid(scene, everything=everything)
        if spoken and not scene.treated and scene.questions:
            return {"do": "treat", "scene": key, "answers": {question.code: mark for question in scene.questions}}
    return None


def _cue(view: HeldView) -> dict[str, Any] | None:
    for key, cue in sorted(view.items.get("cues", {}).items(), key=lambda item: int(item[0][1:])):
        if isinstance(cue, Cue) and cue.state == "now":
            return {"do": "ready", "cue": key, "state": "done"}
    return None


def _unsaid(scene: Scene, *, everything: bool) -> list[str]:
    return [line.code for line in scene.lines if not line.said and (line.advised or everything)]


def _scenes(view: HeldView) -> list[tuple[str, Scene]]:
    """All scenes, oldest first."""
    items = view.items.get("scenes", {}).items()
    return sorted(((key, item) for key, item in items if isinstance(item, Scene)), key=lambda one: int(one[0][1:]))
