"""Marks: what a text states must be there to be stated, and be the same in every language."""

from __future__ import annotations

from collections.abc import Iterable

from kerege.engine.marks import Mark
from kerege.engine.pack import Field
from kerege.scenario.desk import Desk, Use
from kerege.scenario.problems import nearest
from kerege.scenario.texts import Text, Texts
from kerege.scenario.values import parse_literal


def check_marks(desk: Desk, texts: Texts, languages: Iterable[str], uses: Iterable[Use]) -> None:
    """Check the marks of every used text, in every language, against the names where it is told."""
    by_key: dict[str, list[Use]] = {}
    for use in uses:
        by_key.setdefault(use.key, []).append(use)
    for key, used in by_key.items():
        here = [texts[language][key] for language in languages if key in texts.get(language, {})]
        for text in here:
            for mark, offset in text.marks:
                _check_mark(desk, text, mark, offset, used)
            _check_variables(desk, text, used)
        _check_same(desk, here)


def states(mark: Mark) -> str:
    """A mark as it is written behind its words."""
    face = f"/{mark.face}" if mark.face else ""
    field = f".{mark.field}" if mark.field else ""
    value = f"={mark.value}" if mark.value is not None else ""
    return mark.subject + face + field + value


def _check_same(desk: Desk, here: list[Text]) -> None:
    """Compare every language with the first."""
    if not here:
        return
    wanted = {states(mark) for mark, _ in here[0].marks}
    for text in here[1:]:
        found = {states(mark) for mark, _ in text.marks}
        for mark in sorted(wanted - found):
            desk.problems.append(
                text.problem(f"the text {text.key!r} does not mark ({mark}); in {here[0].file.language} it does")
            )
        for mark in sorted(found - wanted):
            desk.problems.append(
                text.problem(f"the text {text.key!r} marks ({mark}); in {here[0].file.language} it does not")
            )


def _check_mark(desk: Desk, text: Text, mark: Mark, offset: int, uses: list[Use]) -> None:
    for use in uses:
        if use.role == "shown":
            message = f"the text {text.key!r} is only shown, it teaches nothing: no marks here"
            desk.problems.append(text.problem(message, offset=offset))
            return
        kinds = _kinds(desk, text, mark, offset, use)
        if kinds is None:
            return
        if mark.face is not None:
            faces = desk.things[mark.subject].faces if mark.subject in desk.things else ()
            if mark.face not in faces:
                message = f"there is no face {mark.face!r} of {mark.subject!r}"
                desk.problems.append(text.problem(message, nearest(mark.face, faces), offset=offset))
        if mark.field is not None:
            for kind in kinds:
                if not _check_field(desk, text, mark, offset, kind):
                    return


def _kinds(desk: Desk, text: Text, mark: Mark, offset: int, use: Use) -> tuple[str, ...] | None:
    bound = use.names.get(mark.subject)
    if bound is not None and bound.sort == "thing":
        return tuple(sorted(bound.kinds or desk.kinds))
    if mark.subject in desk.things:
        return (desk.things[mark.subject].kind,)
    faces = [name for name, type_ in use.names.items() if type_.sort == "thing"]
    message = (
        f"there is no thing {mark.subject!r} where {text.key!r} is used ({use.at.source.file}:{use.at.place.line})"
    )
    desk.problems.append(text.problem(message, nearest(mark.subject, [*desk.things, *faces]), offset=offset))
    return None


def _check_field(desk: Desk, text: Text, mark: Mark, offset: int, kind: str) -> bool:
    assert mark.field is not None
    declared = desk.fields.get((kind, mark.field))
    if declared is None:
        known = [field for kind_, field in desk.fields if kind_ == kind]
        hint = nearest(mark.field, known)
        desk.problems.append(text.problem(f"a {kind} has no field {mark.field!r}", hint, offset=offset))
        return False
    if mark.value is None or _is_value(desk, declared, mark.value):
        return True
    words = declared.choices if declared.type == "choice" else tuple(desk.things) if declared.type == "thing" else ()
    message = f"{mark.value!r} is no value of {mark.subject}.{mark.field}"
    desk.problems.append(text.problem(message, nearest(mark.value, words), offset=offset))
    return False


def _is_value(desk: Desk, declared: Field, written: str) -> bool:
    if written in {"nobody", "unknown"} and written not in declared.choices:
        return True
    value = parse_literal(declared, written)
    match declared.type:
        case "tick":
            return isinstance(value, bool)
        case "number":
            return isinstance(value, int) and declared.minimum <= value <= declared.maximum
        case "choice":
            return value in declared.choices
        case "thing":
            thing = desk.things.get(str(value))
            return thing is not None and (not declared.kinds or thing.kind in declared.kinds)
        case "text":
            return True


def _check_variables(desk: Desk, text: Text, uses: list[Use]) -> None:
    for use in uses:
        for variable, offset in text.variables.items():
            faces = [name for name, type_ in use.names.items() if type_.sort == "thing" and not type_.many]
            if variable not in faces:
                message = f"the text {text.key!r} has no face ${variable} where it is used ({use.at.source.file}:{use.at.place.line})"
                desk.problems.append(text.problem(message, nearest(variable, faces), offset=offset))
