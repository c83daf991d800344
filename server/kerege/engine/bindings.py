"""Which names an expression may use where: the parameters of the act, its unit and asker, a filed document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine.conditions.exprtype import TEAM, NameType, param_type, thing_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kerege.engine.pack import Action, Form, Trigger

Names = dict[str, NameType]


def action_names(action: Action) -> Names:
    """The names bound while an action is asked for and while its outcome is chosen."""
    names: Names = {param.name: param_type(param) for param in action.params}
    names["asker"] = TEAM
    if action.needs_unit:
        names["unit"] = thing_of("unit")
    return names


def form_names(form: Form) -> Names:
    """The names bound when a form has been filed."""
    return {"document": thing_of(form.kind), "asker": TEAM}


def trigger_names(trigger: Trigger | None, actions: Mapping[str, Action], forms: Mapping[str, Form]) -> Names:
    """The names that a trigger binds for its rule."""
    if trigger is None:
        return {}
    action, form = actions.get(trigger.action or ""), forms.get(trigger.form or "")
    if trigger.sort == "did" and action is not None:
        return action_names(action)
    if trigger.sort == "filed" and form is not None:
        return form_names(form)
    if trigger.sort in {"learnt", "shared", "convened", "decided", "shift_on", "shift_over"}:
        return {"asker": TEAM}
    return {}
