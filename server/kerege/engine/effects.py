"""What outcomes, rules, injects, cues and lines do: one small function for each effect, written out in one table.

Everything a viewer gets from an effect is addressed to it by an explicit event; nothing else leaves the truth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerege.engine import pack as p
from kerege.engine.draws import draw
from kerege.engine.events import CueGiven, Happened, Planned, Told
from kerege.engine.faces import thing_of
from kerege.engine.held import Source, Text
from kerege.engine.knowledge import as_record_value, know_same, knows_about, learn, refer, retract
from kerege.engine.papers import EXCLUDED, FILED_BY, MARKS, is_document
from kerege.engine.places import set_field, watch
from kerege.engine.worlds import TruthWorld

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kerege.engine.context import Context
    from kerege.engine.held import Met
    from kerege.engine.marks import Mark
    from kerege.engine.pack import Certainty, How, Value
    from kerege.engine.play import Play
    from kerege.engine.prepared import Ready


def run_effects(play: Play, effects: Iterable[Ready], context: Context) -> None:
    """Do all effects in order."""
    for ready in effects:
        _RUN[type(ready.effect)](play, ready, context)


def _value(play: Play, ready: Ready, context: Context) -> Value:
    if ready.drawn is not None:
        return draw(play, ready.road, context.things.get("asker", ""), ready.drawn)
    assert ready.value is not None
    value: Value = ready.value.run(TruthWorld(play.rules, play.state, play.at_ms), context.things)
    return value


def _learn(play: Play, ready: Ready, context: Context) -> None:
    effect: Any = ready.effect
    thing = context.subject(effect.subject)
    value = _value(play, ready, context) if ready.value is not None else play.truth(thing, effect.field)
    source = context.source(play, effect.source)
    for viewer in context.viewers(play, effect.who):
        face = f"{thing}/{effect.face}" if effect.face else context.face_of.get(thing) or play.rules.faces_of(thing)[0]
        _teach(play, viewer, face, effect.field, value, effect.how, source, effect.certainty, effect.value_face)
        _teach_marks(play, viewer, face, effect.how, source)


def _teach_marks(play: Play, viewer: str, face: str, how: How, source: Source | None) -> None:
    """Whoever is given a part of a document sees who filed it, and whether it is late or incomplete."""
    if not is_document(face) or play.state.get("slot", (viewer, face, FILED_BY)):
        return
    for field in MARKS:
        value = play.truth(thing_of(face), field)
        if value is not None:
            learn(play, viewer, face, field, value, how, source)


def _teach(
    play: Play,
    viewer: str,
    face: str,
    field: str,
    value: Value,
    how: How,
    source: Source | None,
    certainty: Certainty,
    appearance: str | None = None,
) -> None:
    is_thing = play.rules.field_of_face(face, field).type == "thing"
    if source is not None and source.sort == "face":
        refer(play, viewer, source.id, met=True)
    held = as_record_value(play, value, is_thing=is_thing, appearance=appearance)
    learn(play, viewer, face, field, held, how, source, certainty)


def _retract(play: Play, ready: Ready, context: Context) -> None:
    effect: Any = ready.effect
    thing = context.subject(effect.subject)
    for viewer in context.viewers(play, effect.who):
        held = knows_about(play.state, play.rules, viewer, thing, effect.field)
        numbers = tuple(
            n for face in play.rules.faces_of(thing) for n in play.state.get("slot", (viewer, face, effect.field), ())
        )
        if held:
            retract(play, viewer, numbers)


def _same(play: Play, ready: Ready, context: Context) -> None:
    effect: Any = ready.effect
    first, second = _face(play, effect.first, context), _face(play, effect.second, context)
    for viewer in context.viewers(play, effect.who):
        know_same(play, viewer, first, second, effect.how)


def _face(play: Play, name: str, context: Context) -> str:
    """A face from `thing/appearance`, `thing` or a parameter."""
    head, slash, appearance = name.partition("/")
    thing = context.subject(head)
    if slash:
        return f"{thing}/{appearance}"
    return context.face_of.get(thing) or play.rules.faces_of(thing)[0]


def _tell(play: Play, ready: Ready, context: Context) -> None:
    effect: Any = ready.effect
    source = context.source(play, effect.source)
    about: Any = "notice" if effect.notice else "inject" if context.label.startswith("inject:") else "told"
    for viewer in context.viewers(play, effect.who):
        tell(play, viewer, about, effect.text, ready.marks, context, effect.how, source, effect.certainty)


def tell(
    play: Play,
    viewer: str,
    about: Any,
    text: str,
    marks: Iterable[Mark],
    context: Context,
    how: How,
    source: Source | None,
    certainty: Certainty,
    *,
    written: tuple[tuple[str, str], ...] = (),
) -> None:
    """Let a text reach a viewer and teach what it marks. `written`: control's own words in its place."""
    faces: dict[str, str] = {}
    for mark in marks:
        thing = context.subject(mark.subject)
        face = f"{thing}/{mark.face}" if mark.face else context.face_of.get(thing) or play.rules.faces_of(thing)[0]
        faces[mark.subject + (f"/{mark.face}" if mark.face else "")] = face
        if mark.field is None:
            refer(play, viewer, face, met=True)
            continue
        value = play.truth(thing, mark.field) if mark.value is None else _stated(play, thing, mark)
        _teach(play, viewer, face, mark.field, value, how, source, certainty)
    for name, thing in context.things.items():
        if isinstance(thing, str) and name not in faces and thing in context.face_of:
            face = context.face_of[thing]
            known: Met | None = play.state.get("met", (viewer, face))
            if known is not None and known.met:  # a bare reference is not to be named
                faces[name] = face
    if source is not None and source.sort == "face":
        refer(play, viewer, source.id, met=True)
    play.emit(Told(viewer, about, Text(text.replace("_", "-"), faces, written=written), source))


def cue_by_hand(play: Play, actor: str, marks: Iterable[Mark], written: tuple[tuple[str, str], ...]) -> None:
    """Cue an actor now, in control's own words."""
    faces = {mark.subject: play.rules.faces_of(mark.subject)[0] for mark in marks}
    for face in faces.values():
        refer(play, actor, face, met=True)
    play.emit(CueGiven(actor, Text("", faces, written=written), play.at_ms))


def _stated(play: Play, thing: str, mark: Mark) -> Value:
    """The value that a mark gives, in the type of its field."""
    assert mark.field is not None
    field = play.rules.field_of_thing(thing, mark.field)
    if mark.value in {"nobody", "unknown", "none"}:
        return None
    if field.type == "tick":
        return mark.value in {"yes", "true"}
    if field.type == "number":
        return int(mark.value or 0)
    return mark.value


def _say(play: Play, ready: Ready, context: Context) -> None:
    effect: Any = ready.effect
    speak(play, effect.line, context.viewers(play, effect.who), context)


def speak(play: Play, line_id: str, viewers: tuple[str, ...], context: Context) -> None:
    """Let a character's line reach viewers, and do what saying it does."""
    rules = play.rules
    line = rules.lines[line_id]
    source = Source("face", context.face_of.get(line.character) or rules.faces_of(line.character)[0])
    marks = rules.marks(line.text)
    for viewer in viewers:
        tell(play, viewer, "told", line.text, marks, context, "told", source, line.certainty)
    run_effects(play, rules.line_effects[line_id], context)


def _set(play: Play, ready: Ready, context: Context) -> None:
    effect: Any = ready.effect
    set_field(play, context.subject(effect.subject), effect.field, _value(play, ready, context))


def _add(play: Play, ready: Ready, context: Context) -> None:
    effect: Any = ready.effect
    thing = context.subject(effect.subject)
    field = play.rules.field_of_thing(thing, effect.field)
    amount: Any = _value(play, ready, context) or 0
    value = (play.truth(thing, effect.field) or 0) + amount
    set_field(play, thing, effect.field, max(field.minimum, min(field.maximum, value)))


def _watch(play: Play, ready: Ready, context: Context) -> None:
    effect: Any = ready.effect
    for viewer in context.viewers(play, effect.who):
        watch(play, viewer, context.subject(effect.place), on=effect.on)


def _fire(play: Play, ready: Ready, context: Context) -> None:
    del context
    effect: Any = ready.effect
    play.emit(Planned(play.at_ms, "inject", effect.inject))


def _cue(play: Play, ready: Ready, context: Context) -> None:
    effect: Any = ready.effect
    actor = play.rules.actor_of.get(context.subject(effect.character))
    if actor is None:
        return
    faces = {mark.subject: play.rules.faces_of(context.subject(mark.subject))[0] for mark in ready.marks}
    for face in faces.values():
        refer(play, actor, face, met=True)
    text = Text(effect.text.replace("_", "-"), faces)
    play.emit(CueGiven(actor, text, play.at_ms + effect.after_ms))
    if effect.after_ms:
        n = play.state.get("count", ("cue", actor))
        play.emit(Planned(play.at_ms + effect.after_ms, "cue", actor, n))


def _exclude(play: Play, ready: Ready, context: Context) -> None:
    effect: Any = ready.effect
    thing = context.subject(effect.subject)
    set_field(play, thing, EXCLUDED, True)
    cause = effect.cause.replace("_", "-")
    about = ((play.rules.faces_of(thing)[0], EXCLUDED),)
    play.emit(Happened("happening-excluded", cause, str(context.things.get("asker", "")), about=about))


def _end(play: Play, ready: Ready, context: Context) -> None:
    del ready, context
    play.emit(Happened("happening-ended-by-story"))
    play.emit(Planned(play.at_ms, "end", "early"))


_RUN: dict[type, Callable[[Play, Ready, Context], None]] = {
    p.Learn: _learn,
    p.Retract: _retract,
    p.Same: _same,
    p.Tell: _tell,
    p.Say: _say,
    p.Set: _set,
    p.Add: _add,
    p.Watch: _watch,
    p.Fire: _fire,
    p.Cue: _cue,
    p.End: _end,
    p.Exclude: _exclude,
}

__all__ = ["run_effects", "speak", "tell", "thing_of"]
