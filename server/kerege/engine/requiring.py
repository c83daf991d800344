"""Whether an action may be asked for now: judged by the asker's own records and the parameters, by nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerege.engine.worlds import ViewWorld

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kerege.engine.pack import Action
    from kerege.engine.rules import Rules
    from kerege.engine.state import AnyState


def may(
    rules: Rules,
    state: AnyState,
    viewer: str,
    action: Action,
    unit: str | None,
    bindings: Mapping[str, Any],
    at_ms: int,
) -> bool:
    """Whether `requires` holds for these parameters (face ids, choices ...) and this unit."""
    requires = rules.requires.get(action.id)
    if requires is None:
        return True
    names: dict[str, Any] = {param.name: None for param in action.params}
    names.update(bindings)
    names["asker"] = viewer
    if unit is not None:
        names["unit"] = rules.faces_of(unit)[0]
    return bool(requires.run(ViewWorld(rules, state, viewer, at_ms), names))
