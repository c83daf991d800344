"""Forms: documents that teams fill and file."""

from __future__ import annotations

from kerege.engine.bindings import form_names
from kerege.engine.pack import Form, FormField
from kerege.scenario.desk import Desk, Scope
from kerege.scenario.effects import read_effects
from kerege.scenario.library import Entry
from kerege.scenario.schema import FormForm
from kerege.scenario.who import read_agencies


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


def read_forms(desk: Desk, entries: list[Entry[FormForm]]) -> tuple[Form, ...]:
    """Compile the forms; those that nobody here can file are checked and left out."""
    forms = []
    for entry in entries:
        declared = desk.forms.get(entry.form.id)
        if declared is None:
            continue
        scope = Scope(form_names(declared), entry.from_library)
        effects = read_effects(desk, entry.at / "then", entry.form.then, scope)
        form = Form(declared.id, declared.kind, declared.by, declared.fields, declared.about, effects)
        desk.forms[form.id] = form
        if form.by:
            forms.append(form)
    return tuple(forms)
