"""Plans: what a stand-in on an empty chair does, and in what order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kerege.engine.bindings import Names
from kerege.engine.pack import Action, Param, Plan, Step
from kerege.scenario.desk import Desk, Scope
from kerege.scenario.expressions import read_condition
from kerege.scenario.library import Entry
from kerege.scenario.places import At
from kerege.scenario.problems import nearest
from kerege.scenario.schema import Plain, PlanForm, StepForm
from kerege.scenario.values import read_duration, read_value

NEEDED = {
    "ask": ("action",),
    "share": ("fact", "to"),
    "file": ("form",),
    "say": ("text", "to"),
    "answers": ("how", "text"),
    "request": ("to", "text"),
    "convene": ("to", "text"),
    "table": ("fact",),
    "decide": ("text", "owner", "within"),
    "adjourn": (),
    "hand_over": (),
}
"""What each sort of step cannot do without."""

ALLOWED = {
    "ask": {"action", "asks"},
    "share": {"fact", "to"},
    "file": {"form", "values", "incomplete"},
    "say": {"text", "to"},
    "answers": {"how", "text"},
    "request": {"to", "text", "fact", "about", "form", "within"},
    "convene": {"to", "text"},
    "table": {"fact"},
    "decide": {"text", "owner", "within"},
    "adjourn": set(),
    "hand_over": {"things", "everything", "text"},
}


TALKS = {
    "request": ("talk:request", "talk:answered", "talk:declined"),
    "convene": ("talk:convene",),
    "table": ("talk:table",),
    "decide": ("talk:decide",),
    "adjourn": ("talk:minutes",),
    "hand_over": ("talk:hand_over",),
}
"""What a step of a plan is to bring about in rehearsal."""

ALWAYS = {"id", "profiles", "do", "when", "after", "again"}
"""What any step may have."""


def talks_of(plans: Iterable[Plan]) -> Iterator[str]:
    """What the plans are to bring about between teams: `talk:x`."""
    done = {step.do for plan in plans for step in plan.steps}
    for do, talks in TALKS.items():
        if do in done:
            yield from talks


def read_plans(desk: Desk, entries: list[Entry[PlanForm]]) -> tuple[Plan, ...]:
    """Compile the plans."""
    plans = []
    for entry in entries:
        form = entry.form
        desk.refer(entry.at / "viewer", form.viewer, desk.viewers, "team")
        steps = [_step(desk, entry.at / "steps" / index, step, form.viewer) for index, step in enumerate(form.steps)]
        plans.append(Plan(form.viewer, tuple(steps)))
    return tuple(plans)


def _step(desk: Desk, at: At, form: StepForm, viewer: str) -> Step:
    _check_keys(desk, at, form)
    subject, field = None, None
    if form.fact is not None:
        found = desk.field_of(at / "fact", form.fact, Scope())
        subject, field = found[:2] if found else (None, None)
    for index, to in enumerate(form.to):
        desk.refer(at / "to" / index, to, desk.viewers, "team")
    asks: dict[str, str] = {}
    names: Names = {}
    if form.action is not None and desk.refer(at / "action", form.action, desk.actions, "action"):
        action = desk.actions[form.action]
        agency = desk.viewers[viewer].agency if viewer in desk.viewers else None
        if agency is not None and agency not in action.by:
            desk.error(at / "action", f"{viewer!r} cannot do {form.action!r}; it is done by {', '.join(action.by)}")
        asks = check_asks(desk, at / "asks", form.asks, action)
    return Step(
        form.id,
        tuple(form.profiles),
        form.do,
        read_condition(desk, at / "when", form.when, "view", names),
        read_duration(desk, at / "after", form.after),
        form.action,
        asks,
        subject,
        field,
        tuple(form.to),
        form.form,
        desk.use(at / "text", form.text, Scope(), "told"),
        _values(desk, at, form),
        read_duration(desk, at / "again", form.again),
        form.how or "share",
        _about(desk, at, form),
        form.owner if form.owner and desk.refer(at / "owner", form.owner, desk.viewers, "team") else None,
        read_duration(desk, at / "within", form.within),
        form.incomplete,
        _things(desk, at, form, viewer),
        form.everything,
    )


def _things(desk: Desk, at: At, form: StepForm, viewer: str) -> tuple[str, ...]:
    if form.do == "hand_over":
        if not any(each.takes_over == viewer for each in desk.viewers.values()):
            desk.error(at, f"no shift takes over from {viewer!r}")
        if not (form.things or form.everything or form.text):
            desk.error(at, "handing over needs `things`, `everything` or a `text`")
    for index, thing in enumerate(form.things):
        desk.refer(at / "things" / index, thing, desk.things, "thing")
    return tuple(form.things)


def _about(desk: Desk, at: At, form: StepForm) -> str | None:
    if form.about is None or not desk.refer(at / "about", form.about, desk.things, "thing"):
        return None
    if form.fact is not None:
        desk.error(at / "about", "`fact` says already what it is about")
    return form.about


def _check_keys(desk: Desk, at: At, form: StepForm) -> None:
    written = form.model_fields_set - ALWAYS
    for key in NEEDED[form.do]:
        if key not in written:
            desk.error(at, f"a step that does {form.do!r} needs {key!r}")
    for key in sorted(written - ALLOWED[form.do]):
        desk.problems.append((at / key).key_problem(f"{key!r} has no meaning for {form.do!r}"))


def check_asks(desk: Desk, at: At, asks: Mapping[str, Plain | list[str]], action: Action) -> dict[str, str]:
    """Check the parameters of an act; each as text, several with a comma between them."""
    params = {param.name: param for param in action.params}
    for name, written in asks.items():
        if name not in params:
            hint = nearest(name, params)
            desk.problems.append((at / name).key_problem(f"{action.id!r} has no parameter {name!r}", hint))
        elif isinstance(written, list):
            if not params[name].many:
                desk.error(at / name, f"{name!r} takes only one")
            for index, each in enumerate(written):
                check_ask(desk, at / name / index, params[name], each)
        else:
            check_ask(desk, at / name, params[name], written)
    for name, param in params.items():
        if not param.optional and name not in asks:
            desk.error(at, f"the parameter {name!r} of {action.id!r} is missing")
    return {name: ",".join(written) if isinstance(written, list) else str(written) for name, written in asks.items()}


def check_ask(desk: Desk, at: At, param: Param, written: Plain) -> None:
    """Check one value of a parameter."""
    match param.takes:
        case "face":
            thing = str(written).partition("/")[0]
            if desk.refer(at, thing, desk.things, "thing") and param.kinds:
                kind = desk.things[thing].kind
                if kind not in param.kinds:
                    desk.error(at, f"{thing!r} is a {kind}; {param.name!r} takes {' or '.join(param.kinds)}")
        case "choice":
            desk.refer(at, str(written), param.choices, f"choice of {param.name}")
        case "team":
            desk.refer(at, str(written), desk.viewers, "team")
        case "number" if not isinstance(written, int) or isinstance(written, bool):
            desk.error(at, f"{param.name!r} is a number")
        case _:
            pass


def _values(desk: Desk, at: At, form: StepForm) -> dict[str, Plain]:
    if form.form is None or not desk.refer(at / "form", form.form, desk.forms, "form") or form.do != "file":
        return {}
    return check_form_values(desk, at / "values", form.values, form.form, incomplete=form.incomplete)


def check_form_values(
    desk: Desk, at: At, written: dict[str, Plain], form_id: str, *, incomplete: bool = False
) -> dict[str, Plain]:
    """Check what is filled into a form."""
    form = desk.forms[form_id]
    known = {part.field for part in form.fields}
    values: dict[str, Plain] = {}
    for name, value in written.items():
        if name not in known:
            desk.problems.append((at / name).key_problem(f"{form_id!r} has no field {name!r}", nearest(name, known)))
            continue
        declared = desk.fields.get((form.kind, name))
        if declared is None:
            continue  # told where the form names it
        # What is typed into a text field of a form is words, not the key of a text.
        values[name] = value if declared.type == "text" else read_value(desk, at / name, declared, value)
    for part in form.fields:
        if part.required and part.field not in written and not incomplete:
            desk.error(at, f"the field {part.field!r} of {form_id!r} is missing")
    return values
