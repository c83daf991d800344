"""Forms: documents that teams fill and file."""

from __future__ import annotations

from kerege.engine.bindings import form_names
from kerege.engine.pack import Deadline, Form, FormField, Kind
from kerege.engine.papers import MINUTES, MINUTES_FORM, minutes_kind, paper_fields
from kerege.scenario.desk import Desk, Scope
from kerege.scenario.effects import read_effects
from kerege.scenario.library import Entry
from kerege.scenario.places import At
from kerege.scenario.schema import DueForm, FormForm
from kerege.scenario.triggers import read_trigger
from kerege.scenario.values import read_duration
from kerege.scenario.who import read_agencies, read_group


def declare_forms(desk: Desk, entries: list[Entry[FormForm]]) -> None:
    """Put every form on the desk with its fields; effects come later."""
    for entry in entries:
        form, at = entry.form, entry.at
        by = read_agencies(desk, at / "by", form.by, from_library=entry.from_library)
        known_kind = desk.refer(at / "kind", form.kind, desk.kinds, "kind")
        names = [field.id for field in desk.kinds[form.kind].fields] if known_kind else []
        for index, part in enumerate(form.fields):
            if known_kind:
                desk.refer(at / "fields" / index / "field", part.field, names, f"field of {form.kind}")
            if part.field in [field.field for field in form.fields[:index]]:
                desk.error(at / "fields" / index, f"{part.field!r} stands twice")
        if form.about is not None and known_kind:
            declared = desk.fields.get((form.kind, form.about))
            if declared is None or declared.type != "thing":
                desk.error(at / "about", f"{form.about!r} is no `thing` field of {form.kind}")
        if known_kind:
            fields = tuple(FormField(part.field, part.required) for part in form.fields)
            desk.forms[form.id] = Form(form.id, form.kind, by, fields, form.about)
            _declare_marks(desk, at / "kind", form.kind)
    if "place" in desk.kinds and entries and MINUTES not in desk.forms:
        kind = minutes_kind()
        desk.kinds[MINUTES] = kind
        desk.fields |= {(MINUTES, field.id): field for field in kind.fields}
        desk.forms[MINUTES] = MINUTES_FORM


def _declare_marks(desk: Desk, at: At, kind: str) -> None:
    """A kind of documents has the fields that every document has; two forms may make the same kind."""
    had, marks = desk.kinds[kind].fields, paper_fields(kind)
    for name in {field.id for field in marks} & {field.id for field in had if field not in marks}:
        desk.error(at, f"{kind!r} has a field {name!r}, which documents have by themselves")
    added = tuple(field for field in marks if field.id not in {each.id for each in had})
    desk.kinds[kind] = Kind(kind, (*had, *added))
    desk.fields |= {(kind, field.id): field for field in added}


def read_forms(desk: Desk, entries: list[Entry[FormForm]]) -> tuple[Form, ...]:
    """Compile the forms; those that nobody here can file are checked and left out."""
    forms = []
    for entry in entries:
        declared = desk.forms.get(entry.form.id)
        if declared is None:
            continue
        scope = Scope(form_names(declared), entry.from_library)
        effects = read_effects(desk, entry.at / "then", entry.form.then, scope)
        due = _deadline(desk, entry.at / "due", entry.form.due, from_library=entry.from_library)
        form = Form(declared.id, declared.kind, declared.by, declared.fields, declared.about, effects, due)
        desk.forms[form.id] = form
        if form.by:
            forms.append(form)
    if desk.forms.get(MINUTES) is MINUTES_FORM:
        forms.append(MINUTES_FORM)
    return tuple(forms)


DUE_AFTER = ("did", "filed", "learnt", "shared")
"""What a form may be owed after: what happens to or by one team, which so knows that it owes the form."""


def _deadline(desk: Desk, at: At, form: DueForm | None, *, from_library: bool) -> Deadline | None:
    if form is None:
        return None
    within_ms = read_duration(desk, at / "within", form.within)
    known_to = [
        read_group(desk, at / "known_to" / n, who, Scope({}, from_library)) for n, who in enumerate(form.known_to)
    ]
    trigger = read_trigger(desk, at / "after", form.after, from_library=from_library)
    if trigger is None:
        return None
    if trigger.sort not in DUE_AFTER:
        desk.error(at / "after", f"a form is owed after what a team does or learns: {', '.join(DUE_AFTER)}")
        return None
    return Deadline(trigger, within_ms, tuple(who for who in known_to if who is not None and desk_has(desk, who)))


def desk_has(desk: Desk, who: str) -> bool:
    """Whether a viewer or agency is in this pack: the library may name others."""
    return who in desk.viewers or who in desk.agencies
