"""Triggers: when a rule or inject is looked at."""

from __future__ import annotations

from kerege.engine.bindings import Names, action_names, form_names, trigger_names
from kerege.engine.pack import Field, Trigger
from kerege.scenario.desk import Desk, Scope
from kerege.scenario.expressions import read_edge
from kerege.scenario.places import At
from kerege.scenario.schema import (
    ConvenedForm,
    DecidedForm,
    DidForm,
    FiledForm,
    LearntForm,
    SharedForm,
    ShiftOnForm,
    ShiftOverForm,
    TreatedForm,
    WhenForm,
)
from kerege.scenario.values import bare, read_duration, read_value
from kerege.scenario.who import read_group


def read_trigger(desk: Desk, at: At, form: WhenForm, *, from_library: bool) -> Trigger | None:
    """Compile a `when`; None with a problem, or if the library waits for a team that this pack does not have."""
    words = sorted(form.model_fields_set)
    if len(words) != 1:
        known = ", ".join(WhenForm.model_fields)
        found = f"here are {' and '.join(words)}" if words else "here is none"
        desk.error(at, f"`when` has exactly one of {known}; {found}")
        return None
    at = at / words[0]
    scope = Scope({}, from_library)
    match getattr(form, words[0]):
        case LearntForm() as learnt:
            return _learnt(desk, at, learnt, scope)
        case SharedForm() as shared:
            return _shared(desk, at, shared, scope)
        case DidForm() as did:
            return _did(desk, at, did, scope)
        case FiledForm() as filed:
            by = read_group(desk, at / "by", filed.by, scope)
            known_form = desk.refer(at / "form", filed.form, desk.forms, "form")
            return Trigger("filed", by=by, form=filed.form) if known_form and by == filed.by else None
        case ConvenedForm() as convened:
            teams = [read_group(desk, at / "teams" / n, team, scope) for n, team in enumerate(convened.teams)]
            there = tuple(team for team in teams if team is not None)
            return Trigger("convened", teams=there) if there == tuple(convened.teams) else None
        case DecidedForm() as decided:
            owner = read_group(desk, at / "owner", decided.owner, scope)
            return Trigger("decided", by=owner) if owner == decided.owner else None
        case ShiftOnForm() as came:
            return _shift_on(desk, at, came.team)
        case ShiftOverForm() as went:
            return _shift_over(desk, at, went)
        case TreatedForm() as treated:
            known_character = desk.refer(at / "character", treated.character, desk.characters, "character")
            return Trigger("treated", character=treated.character) if known_character else None
        case None:
            desk.error(at, f"{words[0]!r} has no value")
            return None
    if form.at is not None:
        return Trigger("at", at_ms=read_duration(desk, at, form.at))
    if form.becomes is not None:
        return Trigger("becomes", condition=read_edge(desk, at, form.becomes))
    return Trigger("start")


def names_of(desk: Desk, form: WhenForm | None) -> Names | None:
    """The names a `when` binds, however wrong the rest of it is; None if that cannot be known."""
    if form is None:
        return {}
    if form.did is not None:
        action = desk.actions.get(form.did.action)
        return action_names(action) if action else None
    if form.filed is not None:
        filed = desk.forms.get(form.filed.form)
        return form_names(filed) if filed else None
    binds = form.learnt or form.shared or form.convened or form.decided or form.shift_on or form.shift_over
    return trigger_names(Trigger("learnt"), {}, {}) if binds else {}


def _shift_on(desk: Desk, at: At, team: str) -> Trigger | None:
    shifts = [viewer.id for viewer in desk.viewers.values() if viewer.takes_over]
    return Trigger("shift_on", by=team) if desk.refer(at / "team", team, shifts, "shift") else None


def _shift_over(desk: Desk, at: At, form: ShiftOverForm) -> Trigger | None:
    before = [viewer.takes_over for viewer in desk.viewers.values() if viewer.takes_over]
    known = desk.refer(at / "team", form.team, before, "team that hands over to a shift")
    return Trigger("shift_over", by=form.team, briefed=form.briefed) if known else None


def _learnt(desk: Desk, at: At, form: LearntForm, scope: Scope) -> Trigger | None:
    by = read_group(desk, at / "by", form.by, scope)
    found = desk.field_of(at / "fact", form.fact, scope)
    if found is None or by != form.by:
        return None
    subject, name, declared = found
    return Trigger("learnt", by=by, subject=subject, field=name, value=read_fact_value(desk, at, form, declared))


def _shared(desk: Desk, at: At, form: SharedForm, scope: Scope) -> Trigger | None:
    by = read_group(desk, at / "by", form.by, scope)
    to = read_group(desk, at / "to", form.to, scope)
    found = desk.field_of(at / "fact", form.fact, scope)
    if found is None or (by, to) != (form.by, form.to):
        return None
    return Trigger("shared", by=by, subject=found[0], field=found[1], to=to)


def read_fact_value(desk: Desk, at: At, form: LearntForm, declared: Field) -> str | None:
    """The value a trigger waits for, as the compiled pack writes it; None for any."""
    if "value" not in form.model_fields_set:
        return None
    return bare(read_value(desk, at / "value", declared, form.value))


def _did(desk: Desk, at: At, form: DidForm, scope: Scope) -> Trigger | None:
    by = read_group(desk, at / "by", form.by, scope)
    if not desk.refer(at / "action", form.action, desk.actions, "action"):
        return None
    if form.outcome is not None:
        outcomes = [outcome.id for outcome in desk.actions[form.action].outcomes]
        desk.refer(at / "outcome", form.outcome, outcomes, f"outcome of {form.action}")
    if by != form.by:
        return None
    return Trigger("did", by=by, action=form.action, outcome=form.outcome)
