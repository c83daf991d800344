"""Characters: the roles that actors play, what their cards teach them, and what they may say."""

from __future__ import annotations

from kerege.engine.pack import Character, Line
from kerege.scenario.desk import Desk, Scope
from kerege.scenario.effects import read_effects
from kerege.scenario.expressions import read_condition
from kerege.scenario.library import Entry
from kerege.scenario.places import At
from kerege.scenario.problems import nearest
from kerege.scenario.schema import CharacterForm, LineForm, TreatmentForm


def declare_characters(desk: Desk, entries: list[Entry[CharacterForm]]) -> None:
    """Put every character and line on the desk; advice and effects come later."""
    for entry in entries:
        form = entry.form
        if not desk.refer(entry.at / "thing", form.thing, desk.things, "thing"):
            continue
        for index, line in enumerate(form.lines):
            if line.id in desk.lines:
                desk.error(entry.at / "lines" / index / "id", f"the line {line.id!r} stands twice")
            desk.lines[line.id] = Line(line.id, form.thing, line.text)
        desk.characters[form.thing] = Character(
            form.thing,
            desk.use(entry.at / "card", form.card, Scope(), "told") or "",
            tuple(line.id for line in form.lines),
            tuple(
                _treatment(desk, entry.at / "treatment" / index, treatment, form.thing)
                for index, treatment in enumerate(form.treatment)
            ),
            form.stand_in,
        )


def _treatment(desk: Desk, at: At, form: TreatmentForm, thing: str) -> tuple[str, str, int, int]:
    kind = desk.things[thing].kind
    declared = desk.fields.get((kind, form.field))
    if declared is None or declared.type != "number":
        known = [field.id for field in desk.kinds[kind].fields if field.type == "number"]
        desk.error(at / "field", f"{form.field!r} is no number field of {kind}", nearest(form.field, known))
    return form.id, form.field, form.worst, form.best


def read_lines(desk: Desk, entries: list[Entry[CharacterForm]]) -> tuple[Line, ...]:
    """Compile what the characters may say."""
    for entry in entries:
        for index, form in enumerate(entry.form.lines):
            if entry.form.thing in desk.characters:
                desk.lines[form.id] = _line(desk, entry.at / "lines" / index, form, entry.form.thing)
    return tuple(desk.lines.values())


def _line(desk: Desk, at: At, form: LineForm, thing: str) -> Line:
    scope = Scope()
    return Line(
        form.id,
        thing,
        desk.use(at / "text", form.text, scope, "told") or "",
        read_condition(desk, at / "advice", form.advice, "truth", scope.names),
        form.certainty,
        read_effects(desk, at / "effects", form.effects, scope),
    )
