"""File: a form is filled and filed, and is a thing from then on. It may be late, incomplete, or a new version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine.commands.answers import only, read_face, read_value
from kerege.engine.commands.inquiry import answer, read_request
from kerege.engine.commands.talk import in_play
from kerege.engine.context import Context
from kerege.engine.duties import is_late
from kerege.engine.effects import run_effects
from kerege.engine.events import Filed
from kerege.engine.faces import DOCUMENTS_MAX, default_face, document_id, document_parts, thing_of
from kerege.engine.happenings import happen
from kerege.engine.held import Source
from kerege.engine.knowledge import learn, refer
from kerege.engine.papers import (
    FILED_BY,
    LATE,
    MISSING,
    REPLACED,
    REPLACES,
    has_marks,
    naming_fields,
    naming_viewers,
    records_of,
)
from kerege.engine.places import set_field
from kerege.engine.refusals import Refused

if TYPE_CHECKING:
    from kerege.engine.commands.bodies import File
    from kerege.engine.pack import Form, Value
    from kerege.engine.play import Play


def decide_file(play: Play, by: str, command: File) -> None:
    """File a form: its fields become the truth of a new document, which the filer knows."""
    only(play, by, "team")
    in_play(play)
    request = None if command.answers is None else read_request(play, by, command.answers)
    face = file_form(play, by, command)
    if request is not None:
        answer(play, by, *request, {}, (face,))


def file_form(play: Play, by: str, command: File) -> str:
    """The face of the new document. Raises Refused."""
    rules = play.rules
    form = rules.forms.get(rules.form_codes.id.get(command.form, ""))
    viewer = rules.viewers[by]
    if form is None or viewer.agency not in form.by:
        raise Refused("not_offered")
    old = None if command.replaces is None else _own_document(play, by, form, command.replaces)
    values, missing = _values(play, by, form, command)
    if missing and not command.incomplete:
        raise Refused("missing_answer")
    n = play.state.get("count", (f"document:{form.id}", by), 0) + 1
    if n > DOCUMENTS_MAX:
        raise Refused("too_many")
    document = document_id(form.id, by, n)
    face = default_face(document)
    late = is_late(play, by, form.id)
    refer(play, by, face, met=True)
    face_of: dict[str, str] = {}
    for name, value in values.items():
        if rules.fields[form.kind, name].type == "thing":
            face_of[thing_of(str(value))] = str(value)
        _write(play, by, face, name, value)
    if has_marks(rules, form.kind):
        _write(play, by, face, FILED_BY, naming_viewers((by,)))
        if late:
            _write(play, by, face, LATE, True)
        if missing:
            _write(play, by, face, MISSING, naming_fields(missing))
        if old is not None:
            _write(play, by, face, REPLACES, old)
    play.emit(Filed(by, form.id, viewer.agency, document))
    happen(play, f"form-{form.id.replace('_', '-')}", by, "happening-filed")
    run_effects(play, rules.form_effects[form.id], Context({"asker": by, "document": document}, face_of, form.id))
    if old is not None:
        _replace(play, by, old)
    return face


def _values(play: Play, by: str, form: Form, command: File) -> tuple[dict[str, Value], list[str]]:
    """What was filled in, by field, and the mandatory fields that were not."""
    codes = {play.rules.field_codes.of[f"{form.kind}.{each.field}"]: each for each in form.fields}
    if any(code not in codes for code in command.fields):
        raise Refused("bad_answer")
    values: dict[str, Value] = {}
    missing = []
    for code, each in codes.items():
        value = read_value(play, by, play.rules.fields[form.kind, each.field], command.fields.get(code))
        if value is not None:
            values[each.field] = value
        elif each.required:
            missing.append(each.field)
    return values, missing


def _own_document(play: Play, by: str, form: Form, handle: str) -> str:
    """The face of an own document of this form that has no newer version yet."""
    face = read_face(play, by, handle)
    parts = document_parts(thing_of(face))
    if parts is None or parts[:2] != (form.id, by) or not has_marks(play.rules, form.kind):
        raise Refused("bad_answer")
    if any(record.field == REPLACED for _, record in records_of(play.state, by, face)):
        raise Refused("already_done")
    return face


def _write(play: Play, by: str, face: str, field: str, value: Value) -> None:
    """One field of the new document: true, and known to its filer."""
    is_thing = play.rules.field_of_face(face, field).type == "thing"
    set_field(play, thing_of(face), field, thing_of(str(value)) if is_thing else value)
    learn(play, by, face, field, value, "filed")


def _replace(play: Play, by: str, old: str) -> None:
    """The old version stays; whoever holds any of it learns that there is a newer one, and nothing of that."""
    _write(play, by, old, REPLACED, True)
    for viewer in play.rules.all_teams:
        if viewer != by and next(records_of(play.state, viewer, old), None) is not None:
            learn(play, viewer, old, REPLACED, True, "told", Source("viewer", by))
