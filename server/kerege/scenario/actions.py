"""Actions: what an agency can do, with which parameters, and what comes of it."""

from __future__ import annotations

from kerege.engine.bindings import Names, action_names
from kerege.engine.pack import Action, Outcome, Param
from kerege.scenario.desk import RESERVED, Desk, Scope
from kerege.scenario.effects import read_effects
from kerege.scenario.expressions import read_condition
from kerege.scenario.library import Entry
from kerege.scenario.places import At
from kerege.scenario.problems import nearest
from kerege.scenario.schema import ActionForm, OutcomeForm, ParamForm
from kerege.scenario.values import read_duration
from kerege.scenario.who import read_agencies


def declare_actions(desk: Desk, entries: list[Entry[ActionForm]]) -> None:
    """Put every action on the desk with its parameters and outcome ids; conditions and effects come later."""
    for entry in entries:
        form = entry.form
        by = read_agencies(desk, entry.at / "by", form.by, from_library=entry.from_library)
        if not by:
            desk.dropped_actions.add(form.id)
        params = tuple(_param(desk, entry.at / "params" / i, param, form) for i, param in enumerate(form.params))
        outcomes = tuple(Outcome(outcome.id, ()) for outcome in form.outcomes)
        desk.actions[form.id] = Action(
            form.id,
            by,
            form.group,
            params,
            takes_ms=read_duration(desk, entry.at / "takes", form.takes),
            live=form.live,
            once=form.once,
            travel=form.travel,
            scene=form.scene,
            needs_unit=form.needs_unit,
            outcomes=outcomes,
        )


def _param(desk: Desk, at: At, form: ParamForm, action: ActionForm) -> Param:
    if form.name in RESERVED or form.name in desk.things:
        what = "a word of the language" if form.name in RESERVED else "a thing"
        desk.error(at / "name", f"{form.name!r} is {what}; no parameter may be called so")
    if [param.name for param in action.params].count(form.name) > 1:
        desk.error(at / "name", f"{form.name!r} stands twice")
    if (form.takes == "choice") != bool(form.choices):
        desk.error(at, "a choice has `choices`, and nothing else has")
    if form.kinds and form.takes != "face":
        desk.error(at / "kinds", "only a face has `kinds`")
    for index, kind in enumerate(form.kinds):
        desk.refer(at / "kinds" / index, kind, desk.kinds, "kind")
    return Param(form.name, form.takes, tuple(form.kinds), tuple(form.choices), form.maximum, form.optional, form.many)


def read_actions(desk: Desk, entries: list[Entry[ActionForm]]) -> tuple[Action, ...]:
    """Compile the actions; those that nobody here can do are checked and left out."""
    actions = []
    for entry in entries:
        action = _read_action(desk, entry)
        desk.actions[action.id] = action
        if action.id not in desk.dropped_actions:
            actions.append(action)
    return tuple(actions)


def _read_action(desk: Desk, entry: Entry[ActionForm]) -> Action:
    form, at = entry.form, entry.at
    declared = desk.actions[form.id]
    names = action_names(declared)
    scope = Scope(names, entry.from_library)
    dropped = form.id in desk.dropped_actions
    if dropped:
        scope = Scope(names, from_library=True)
    _check_travel_and_scene(desk, entry, declared)
    if form.refusal is not None and form.requires is None:
        desk.error(at / "refusal", "a refusal without `requires` is never read")
    outcomes = tuple(
        _outcome(desk, at / "outcomes" / index, outcome, scope) for index, outcome in enumerate(form.outcomes)
    )
    _check_outcomes(desk, entry)
    return Action(
        form.id,
        declared.by,
        form.group,
        declared.params,
        read_condition(desk, at / "requires", form.requires, "view", names),
        desk.use(at / "refusal", form.refusal, Scope(), "shown"),
        declared.takes_ms,
        form.live,
        form.once,
        form.travel,
        form.scene,
        form.needs_unit,
        outcomes,
        form.observed,
    )


def _outcome(desk: Desk, at: At, form: OutcomeForm, scope: Scope) -> Outcome:
    names: Names = scope.names
    return Outcome(
        form.id,
        read_effects(desk, at / "do", form.do, scope),
        read_condition(desk, at / "if", form.if_, "truth", names),
        desk.use(at / "cause", form.cause, Scope(), "control"),
    )


def _check_outcomes(desk: Desk, entry: Entry[ActionForm]) -> None:
    """Outcome ids differ, and none stands behind one that always holds."""
    ids = [outcome.id for outcome in entry.form.outcomes]
    for index, outcome in enumerate(entry.form.outcomes):
        at = entry.at / "outcomes" / index
        if outcome.id in ids[:index]:
            desk.error(at / "id", f"{outcome.id!r} stands twice")
        if outcome.if_ is None and index + 1 < len(ids):
            desk.error(at, f"the outcome {outcome.id!r} always holds; those after it are never reached")


def _check_travel_and_scene(desk: Desk, entry: Entry[ActionForm], action: Action) -> None:
    faces = {param.name: param for param in action.params if param.takes == "face" and not param.many}
    for key in ("travel", "scene"):
        name = getattr(action, key)
        if name is None:
            continue
        if name not in faces:
            desk.error(entry.at / key, f"there is no face parameter {name!r}", nearest(name, faces))
        elif key == "travel" and faces[name].kinds != ("place",):
            desk.error(entry.at / key, f"{name!r} should take faces of kinds [place]")
    if action.travel and not action.needs_unit:
        desk.error(entry.at / "travel", "without a unit nobody travels")
