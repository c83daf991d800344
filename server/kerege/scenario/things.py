"""Kinds and things: what there is in the story and how it is at the start."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from kerege.engine.pack import Field, Kind, Thing, Value
from kerege.engine.papers import excluded_field
from kerege.scenario.desk import RESERVED, Desk, Scope
from kerege.scenario.library import Entry
from kerege.scenario.places import At
from kerege.scenario.problems import nearest
from kerege.scenario.schema import FieldForm, KindForm, ThingForm
from kerege.scenario.values import read_value


def read_kinds(desk: Desk, entries: Iterable[Entry[KindForm]]) -> None:
    """Put all kinds on the desk, then check what their fields refer to."""
    entries = list(entries)
    for entry in entries:
        fields = [_field(desk, entry.at / "fields" / index, form) for index, form in enumerate(entry.form.fields)]
        if entry.form.excludable:
            fields.append(excluded_field())
        _refuse_twice(desk, entry.at / "fields", [field.id for field in fields])
        desk.kinds[entry.form.id] = Kind(entry.form.id, tuple(fields))
        desk.fields |= {(entry.form.id, field.id): field for field in fields}
    for entry in entries:
        for index, form in enumerate(entry.form.fields):
            at = entry.at / "fields" / index
            for number, kind in enumerate(form.kinds):
                desk.refer(at / "kinds" / number, kind, desk.kinds, "kind")
            if form.id == "location" and (form.type != "thing" or form.kinds != ["place"]):
                desk.error(at / "type", "`location` is of type thing, kinds [place]")


def _field(desk: Desk, at: At, form: FieldForm) -> Field:
    if form.type == "choice" and not form.choices:
        desk.error(at, f"the choice {form.id!r} has no `choices`")
    if form.type != "choice" and form.choices:
        desk.error(at / "choices", f"{form.id!r} is a {form.type}; only a choice has `choices`")
    if form.type != "thing" and form.kinds:
        desk.error(at / "kinds", f"{form.id!r} is a {form.type}; only a thing has `kinds`")
    if form.naming and form.type != "text":
        desk.error(at / "naming", "only a text can be a name")
    if form.minimum > form.maximum:
        desk.error(at / "minimum", "the minimum is above the maximum")
    _refuse_twice(desk, at / "choices", form.choices)
    return Field(
        form.id,
        form.type,
        tuple(form.choices),
        tuple(form.kinds),
        form.minimum,
        form.maximum,
        form.perceivable,
        form.protected,
        form.naming,
        form.hearable,
    )


def read_things(desk: Desk, entries: Iterable[Entry[ThingForm]], later: Collection[str] = ()) -> None:
    """Put all things on the desk, then read their values, which may name any of them. `later`: units nobody has placed yet."""
    entries = list(entries)
    for entry in entries:
        form = entry.form
        if form.id in RESERVED or form.id in desk.kinds:
            what = "a word of the language" if form.id in RESERVED else "a kind"
            desk.error(entry.at / "id", f"{form.id!r} is {what}; no thing may be called so")
        _refuse_twice(desk, entry.at / "faces", form.faces)
        if desk.refer(entry.at / "kind", form.kind, desk.kinds, "kind"):
            desk.things[form.id] = Thing(form.id, form.kind, {}, tuple(form.faces), form.protected)
    for entry in entries:
        if entry.form.id in desk.things:
            desk.things[entry.form.id] = msgspec.structs.replace(
                desk.things[entry.form.id], values=_values(desk, entry, later)
            )


def _values(desk: Desk, entry: Entry[ThingForm], later: Collection[str]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    known = [field.id for field in desk.kinds[entry.form.kind].fields]
    for name, written in entry.form.values.items():
        at = entry.at / "values" / name
        declared = desk.fields.get((entry.form.kind, name))
        if declared is None:
            desk.problems.append(at.key_problem(f"a {entry.form.kind} has no field {name!r}", nearest(name, known)))
            continue
        values[name] = read_value(desk, at, declared, written)
        if declared.type == "text" and isinstance(values[name], str):
            desk.use(at, str(values[name]), Scope(), "control" if declared.naming else "shown")
    if entry.form.kind == "unit" and not values.get("location") and entry.form.id not in later:
        desk.error(entry.at, f"the unit {entry.form.id!r} has no `location`")
    return values


def _refuse_twice(desk: Desk, at: At, words: list[str]) -> None:
    for index, word in enumerate(words):
        if word in words[:index]:
            desk.error(at / index, f"{word!r} stands twice")
