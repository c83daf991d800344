"""File: a form is filled and filed, and is a thing from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine.commands.answers import only, read_value
from kerege.engine.commands.talk import in_play
from kerege.engine.context import Context
from kerege.engine.effects import run_effects
from kerege.engine.events import Filed
from kerege.engine.faces import DOCUMENTS_MAX, default_face, document_id, thing_of
from kerege.engine.happenings import happen
from kerege.engine.knowledge import learn, refer
from kerege.engine.places import set_field
from kerege.engine.refusals import Refused

if TYPE_CHECKING:
    from kerege.engine.commands.bodies import File
    from kerege.engine.play import Play


def decide_file(play: Play, by: str, command: File) -> None:
    """File a form: its fields become the truth of a new document, which the filer knows."""
    only(play, by, "team")
    in_play(play)
    rules = play.rules
    form = rules.forms.get(rules.form_codes.id.get(command.form, ""))
    viewer = rules.viewers[by]
    if form is None or viewer.agency not in form.by:
        raise Refused("not_offered")
    codes = {rules.field_codes.of[f"{form.kind}.{each.field}"]: each for each in form.fields}
    if any(code not in codes for code in command.fields):
        raise Refused("bad_answer")
    values = {}
    for code, each in codes.items():
        field = rules.fields[form.kind, each.field]
        value = read_value(play, by, field, command.fields.get(code))
        if value is None and each.required:
            raise Refused("missing_answer")
        if value is not None:
            values[each.field] = value
    n = play.state.get("count", (f"document:{form.id}", by), 0) + 1
    if n > DOCUMENTS_MAX:
        raise Refused("too_many")
    document = document_id(form.id, by, n)
    face = default_face(document)
    refer(play, by, face, met=True)
    face_of: dict[str, str] = {}
    for name, value in values.items():
        is_thing = rules.fields[form.kind, name].type == "thing"
        if is_thing:
            face_of[thing_of(value)] = value
        set_field(play, document, name, thing_of(value) if is_thing else value)
        learn(play, by, face, name, value, "filed")
    play.emit(Filed(by, form.id, viewer.agency, document))
    happen(play, f"form-{form.id.replace('_', '-')}", by, "happening-filed")
    context = Context({"asker": by, "document": document}, face_of, form.id)
    run_effects(play, rules.form_effects[form.id], context)
