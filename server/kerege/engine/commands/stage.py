"""Speak, Treat, Ready, Curtain: what an actor (or a coach) taps.

The actor's form sets what it is asked about (trust): the character's value after the form is the pack's first value,
moved by the answers of each scene's form in turn. A later form of a scene replaces its earlier one. What rules changed in
between is replaced; both stand in the log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine.commands.answers import only, read_key
from kerege.engine.commands.talk import in_play
from kerege.engine.context import Context
from kerege.engine.debriefs import note_form
from kerege.engine.effects import speak
from kerege.engine.events import CueSet, Happened, SceneSet, Told, Treated, Unplanned
from kerege.engine.held import Source, Text
from kerege.engine.parts import is_open, now_at
from kerege.engine.places import set_field
from kerege.engine.refusals import Refused
from kerege.engine.rules import SAFETY
from kerege.engine.tasks import CURTAIN, end_talk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerege.engine.commands.bodies import Curtain, Ready, Speak, Treat
    from kerege.engine.held import Cue, Scene, Task
    from kerege.engine.play import Play

TREATMENT_TOP = 4


def _scene(play: Play, by: str, key: str) -> tuple[int, Scene]:
    n = read_key(key, "s")
    scene: Scene | None = play.state.get("scene", (by, n))
    if scene is None:
        raise Refused("unknown")
    return n, scene


def decide_speak(play: Play, by: str, command: Speak) -> None:
    """The actor has said these lines, to these teams. Never refused as late, as long as play is on."""
    only(play, by, "actor")
    in_play(play)
    rules = play.rules
    n, scene = _scene(play, by, command.scene)
    character = rules.viewers[by].character
    assert character is not None
    lines = [rules.line_codes.id.get(code, "") for code in command.lines]
    if not lines or any(line not in rules.characters[character].lines for line in lines):
        raise Refused("bad_answer")
    to = tuple(dict.fromkeys(_team(play, code) for code in command.to)) or _present(play, character, scene.team)
    task: Task = play.state.get("task", (scene.team, scene.task))
    face = next(
        (face for face in task.bindings.values() if isinstance(face, str) and face.partition("/")[0] == character), None
    )
    context = Context({"asker": scene.team}, {character: face} if face is not None else {}, "speak")
    for line in lines:
        speak(play, line, to, context)
    play.emit(Happened("happening-spoke", who=by))
    play.emit(SceneSet(by, n, "said" if scene.state == "open" else scene.state, tuple(lines)))


def _present(play: Play, character: str, asker: str) -> tuple[str, ...]:
    """The teams with a unit where a character is: what is said in a room is heard by all who stand there."""
    place = play.truth(character, "location")
    here = play.state.get("watch", place, ()) if place is not None else ()
    return tuple(
        dict.fromkeys((now_at(play.state, asker), *(viewer for viewer in here if viewer in play.rules.all_teams)))
    )


def _team(play: Play, code: str) -> str:
    team = play.rules.viewer_codes.id.get(code)
    now = None if team is None or team not in play.rules.all_teams else now_at(play.state, team)
    if now is None or not is_open(play.rules, play.state, now):
        raise Refused("unknown")
    return now


def decide_treat(play: Play, by: str, command: Treat) -> None:
    """How the character was treated in a scene; a later form of the same scene replaces the earlier one."""
    only(play, by, "actor")
    rules = play.rules
    in_play(play)
    n, _ = _scene(play, by, command.scene)
    character = rules.viewers[by].character
    assert character is not None
    answers: dict[str, int] = {}
    for code, mark in command.answers.items():
        answers[rules.choice_codes.id.get(code, "")] = mark
    questions = {question for question, *_ in rules.characters[character].treatment}
    if not answers or not questions.issuperset(answers):
        raise Refused("bad_answer")
    declared = rules.characters[character].treatment
    forms = [dict(play.state.get("scene", (by, each)).treated) for each in range(1, _count(play, by) + 1)]
    before, after = list(forms), list(forms)
    before[n - 1], after[n - 1] = {}, answers
    moved = []
    for field in sorted({field for question, field, *_ in declared if question in answers or question in forms[n - 1]}):
        asked = {question: (worst, best) for question, moves, worst, best in declared if moves == field}
        moved.append(
            (field, _moved(play, character, field, asked, before), _moved(play, character, field, asked, after))
        )
    play.emit(Treated(by, n, tuple(sorted(answers.items())), tuple(moved)))
    for field, _, value in moved:
        set_field(play, character, field, value)
    play.emit(Happened("happening-treated", who=by))
    note_form(play, by, n)


def _count(play: Play, actor: str) -> int:
    count: int = play.state.get("count", ("scene", actor), 0)
    return count


def _moved(
    play: Play, character: str, field: str, asked: dict[str, tuple[int, int]], forms: list[dict[str, int]]
) -> int:
    """The value of a field after these forms, one scene after the other, from the pack's first value on."""
    declared = play.rules.field_of_thing(character, field)
    first = next(thing.values.get(field) for thing in play.rules.pack.things if thing.id == character)
    value = first if isinstance(first, int) else 0
    for form in forms:
        for question, (worst, best) in asked.items():
            if question in form:
                value += worst + (best - worst) * form[question] // TREATMENT_TOP
        value = max(declared.minimum, min(declared.maximum, value))
    return value


def decide_ready(play: Play, by: str, command: Ready) -> None:
    """An actor answers a cue."""
    only(play, by, "actor")
    in_play(play)
    n = read_key(command.cue, "c")
    cue: Cue | None = play.state.get("cue", (by, n))
    if cue is None:
        raise Refused("unknown")
    if cue.state == "done":
        raise Refused("already_done")
    play.emit(CueSet(by, n, command.state))
    play.emit(Happened("happening-cue-ready" if command.state == "ready" else "happening-cue-done", who=by))


def decide_curtain(play: Play, by: str, command: Curtain) -> None:
    """End one scene, for anyone in it, without reasons: an actor names its scene, a team its task; or all of its own."""
    only(play, by, "actor", "team")
    open_scenes = [each for each in _scenes(play) if each[2].state != "closed" and _is_in(by, command.scene, *each)]
    if not open_scenes:
        raise Refused("already_done")
    for actor, n, scene in open_scenes:
        _close(play, actor, n, scene)
    play.emit(Happened("happening-curtain"))
    play.emit(Told(SAFETY, "notice", Text("notice-curtain"), Source("viewer", by)))


def close_scenes(play: Play, actor: str) -> None:
    """Whoever played this part has left it: its scenes are over."""
    for each in [each for each in _scenes(play) if each[0] == actor and each[2].state != "closed"]:
        _close(play, *each)


def _scenes(play: Play) -> Iterator[tuple[str, int, Scene]]:
    for actor in play.rules.actor_of.values():
        for n in range(1, _count(play, actor) + 1):
            yield actor, n, play.state.get("scene", (actor, n))


def _is_in(by: str, named: str | None, actor: str, n: int, scene: Scene) -> bool:
    """Whether a curtain that `by` draws ends this scene."""
    if actor == by:
        return named in {None, f"s{n}"}
    return scene.team == by and named in {None, f"t{scene.task}"}


def _close(play: Play, actor: str, n: int, scene: Scene) -> None:
    play.emit(SceneSet(actor, n, "closed"))
    play.emit(Told(scene.team, "notice", Text("notice-scene-over")))
    task: Task = play.state.get("task", (scene.team, scene.task))
    if task.state == "talking":
        end_talk(play, scene.team, scene.task, CURTAIN)
        play.emit(Unplanned(task.due_ms, "task", scene.team, scene.task))
