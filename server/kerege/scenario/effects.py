"""Effects: one key of the author's form becomes one (or, for `set` and `add`, several) of the engine's effects."""

from __future__ import annotations

from collections.abc import Iterable

from kerege.engine.pack import (
    Add,
    AnyEffect,
    Cue,
    End,
    Exclude,
    Field,
    Fire,
    Learn,
    Retract,
    Same,
    Say,
    Set,
    Tell,
    Watch,
)
from kerege.engine.papers import EXCLUDED
from kerege.scenario.desk import Desk, Scope
from kerege.scenario.drawn import fits, read_drawn
from kerege.scenario.expressions import read_expression, read_number
from kerege.scenario.places import At
from kerege.scenario.schema import (
    BetweenForm,
    CueForm,
    EffectForm,
    ExcludeForm,
    LearnForm,
    RetractForm,
    SameForm,
    SayForm,
    TellForm,
    WatchForm,
)
from kerege.scenario.values import read_duration
from kerege.scenario.who import read_source, read_who


def read_effects(desk: Desk, at: At, forms: Iterable[EffectForm], scope: Scope) -> tuple[AnyEffect, ...]:
    """All effects of a list, in order; those with a problem are left out."""
    return tuple(effect for index, form in enumerate(forms) for effect in read_effect(desk, at / index, form, scope))


def read_effect(desk: Desk, at: At, form: EffectForm, scope: Scope) -> list[AnyEffect]:
    """One effect; several for `set` and `add`, none with a problem."""
    words = sorted(form.model_fields_set)
    if len(words) != 1:
        known = ", ".join(EffectForm.model_fields)
        found = f"here are {' and '.join(words)}" if words else "here is none"
        desk.error(at, f"an effect has exactly one of {known}; {found}")
        return []
    at = at / words[0]
    match getattr(form, words[0]):
        case LearnForm() as learn:
            return _learn(desk, at, learn, scope)
        case RetractForm() as retract:
            return _retract(desk, at, retract, scope)
        case SameForm() as same:
            return _same(desk, at, same, scope)
        case TellForm() as tell:
            return _tell(desk, at, tell, scope)
        case SayForm() as say:
            return _say(desk, at, say, scope)
        case WatchForm() as watch:
            return _watch(desk, at, watch, scope, on=words[0] == "watch")
        case CueForm() as cue:
            return _cue(desk, at, cue, scope)
        case ExcludeForm() as exclude:
            return _exclude(desk, at, exclude, scope)
        case None:
            desk.error(at, f"{words[0]!r} has no value")
            return []
    return _plain(desk, at, form, scope)


def _plain(desk: Desk, at: At, form: EffectForm, scope: Scope) -> list[AnyEffect]:
    if form.set is not None:
        return _set(desk, at, form.set, scope)
    if form.add is not None:
        return _add(desk, at, form.add, scope)
    if form.fire is not None:
        return [Fire(form.fire)] if desk.refer(at, form.fire, desk.injects, "inject") else []
    return [End()]


def _learn(desk: Desk, at: At, form: LearnForm, scope: Scope) -> list[AnyEffect]:
    who = read_who(desk, at / "who", form.who, scope)
    found = desk.field_of(at / "fact", form.fact, scope)
    source = read_source(desk, at / "source", form.source, scope)
    if found is None:
        return []
    subject, name, declared = found
    value = None
    if "value" in form.model_fields_set:
        value = read_expression(desk, at / "value", form.value, declared, scope.names)
    if form.face is not None:
        check_face(desk, at / "face", subject, form.face, scope)
    if form.value_face is not None:
        _check_value_face(desk, at / "value_face", declared, form.value_face, scope)
    if who is None:
        return []
    return [Learn(who, subject, name, form.how, value, source, form.certainty, form.face, form.value_face)]


def _retract(desk: Desk, at: At, form: RetractForm, scope: Scope) -> list[AnyEffect]:
    who = read_who(desk, at / "who", form.who, scope)
    found = desk.field_of(at / "fact", form.fact, scope)
    return [Retract(who, found[0], found[1])] if who and found else []


def _same(desk: Desk, at: At, form: SameForm, scope: Scope) -> list[AnyEffect]:
    who = read_who(desk, at / "who", form.who, scope)
    for key in ("first", "second"):
        subject, _, face = getattr(form, key).partition("/")
        if desk.kinds_of(at / key, subject, scope) is not None and face:
            check_face(desk, at / key, subject, face, scope)
    return [Same(who, form.first, form.second, form.how)] if who else []


def check_face(desk: Desk, at: At, subject: str, face: str, scope: Scope) -> None:
    """Check that a thing has this appearance."""
    if subject in scope.names:
        desk.error(at, f"{subject!r} is a parameter, it already is one face")
    elif subject in desk.things:
        desk.refer(at, face, desk.things[subject].faces, f"face of {subject}")


def _check_value_face(desk: Desk, at: At, declared: Field, face: str, scope: Scope) -> None:
    """Check that the field points to things, and that one of those has this appearance; the library cannot know them."""
    if declared.type != "thing":
        desk.error(at, f"{declared.id!r} is a {declared.type}; only a thing has faces")
        return
    things = [thing for thing in desk.things.values() if not declared.kinds or thing.kind in declared.kinds]
    if not scope.from_library:
        known = {each for thing in things for each in thing.faces}
        desk.refer(at, face, known, f"face of any {' or '.join(declared.kinds) or 'thing'}")


def _tell(desk: Desk, at: At, form: TellForm, scope: Scope) -> list[AnyEffect]:
    who = read_who(desk, at / "who", form.who, scope)
    source = read_source(desk, at / "source", form.source, scope)
    text = desk.use(at / "text", form.text, scope, "control" if form.who == "control" else "told")
    return [Tell(who, text, source, form.how, form.certainty, form.notice)] if who and text else []


def _say(desk: Desk, at: At, form: SayForm, scope: Scope) -> list[AnyEffect]:
    who = read_who(desk, at / "who", form.who, scope)
    known = desk.refer(at / "line", form.line, desk.lines, "line")
    return [Say(form.line, who)] if who and known else []


def _watch(desk: Desk, at: At, form: WatchForm, scope: Scope, *, on: bool) -> list[AnyEffect]:
    who = read_who(desk, at / "who", form.who, scope)
    kinds = desk.kinds_of(at / "place", form.place, scope)
    if kinds is not None and any(kind != "place" for kind in kinds):
        desk.error(at / "place", f"{form.place!r} is not a place")
    return [Watch(who, form.place, on)] if who else []


def _cue(desk: Desk, at: At, form: CueForm, scope: Scope) -> list[AnyEffect]:
    known = desk.refer(at / "character", form.character, desk.characters, "character")
    text = desk.use(at / "text", form.text, scope, "told")
    after_ms = read_duration(desk, at / "after", form.after)
    return [Cue(form.character, text, after_ms)] if known and text else []


def _exclude(desk: Desk, at: At, form: ExcludeForm, scope: Scope) -> list[AnyEffect]:
    kinds = desk.kinds_of(at / "thing", form.thing, scope)
    cause = desk.use(at / "cause", form.cause, scope, "control")
    lacking = [kind for kind in kinds or () if (kind, EXCLUDED) not in desk.fields]
    if lacking:
        desk.error(at / "thing", f"a {lacking[0]} is neither a document nor `excludable: true` in its kind")
    return [Exclude(form.thing, cause)] if kinds and not lacking and cause else []


def _set(desk: Desk, at: At, pairs: dict[str, str | int | bool | BetweenForm | None], scope: Scope) -> list[AnyEffect]:
    effects: list[AnyEffect] = []
    for reference, written in pairs.items():
        found = desk.field_of(at / reference, reference, scope)
        if found is None:
            continue
        if isinstance(written, BetweenForm):
            drawn = read_drawn(desk, at / reference, written, found, scope)
            if drawn is not None and fits(desk, at / reference, drawn, found[2]):
                effects.append(Set(found[0], found[1], None, drawn))
        else:
            value = read_expression(desk, at / reference, written, found[2], scope.names)
            effects.append(Set(found[0], found[1], value))
    return effects


def _add(desk: Desk, at: At, pairs: dict[str, str | int | bool | BetweenForm], scope: Scope) -> list[AnyEffect]:
    effects: list[AnyEffect] = []
    for reference, written in pairs.items():
        found = desk.field_of(at / reference, reference, scope)
        if found is None:
            continue
        if isinstance(written, BetweenForm):
            drawn = read_drawn(desk, at / reference, written, found, scope)
            if drawn is not None:
                effects.append(Add(found[0], found[1], None, drawn))
            continue
        if found[2].type != "number":
            desk.error(at / reference, f"{reference!r} is no number; `set` it instead")
            continue
        effects.append(Add(found[0], found[1], read_number(desk, at / reference, written, scope.names)))
    return effects
