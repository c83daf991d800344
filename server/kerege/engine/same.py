"""Which faces are one for a viewer: the groups that its standing `same_as` records tie together.

The table `same` is derived from the records, never the other way round: a retracted record unties what it alone held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kerege.engine.state import Overlay

SAME_AS = "same_as"
"""The field that every kind has: another face that is the same thing. Only records hold it, the truth never does."""


def tie(state: Overlay, viewer: str, first: str, second: object) -> None:
    """A record says that two faces are one."""
    if not isinstance(second, str) or first == second:
        return
    group = {first, second}
    group.update(state.get("same", (viewer, first), ()))
    group.update(state.get("same", (viewer, second), ()))
    _keep(state, viewer, group)


def untie(state: Overlay, viewer: str, face: str) -> None:
    """A record about a face of this group no longer stands: see what the others still tie together."""
    members: tuple[str, ...] = state.get("same", (viewer, face), ())
    loose = set(members)
    while loose:
        group = {loose.pop()}
        edge = set(group)
        while edge:
            near = {other for each in edge for other in members if other in loose and _tied(state, viewer, each, other)}
            loose -= near
            group |= near
            edge = near
        _keep(state, viewer, group)


def _tied(state: Overlay, viewer: str, first: str, second: str) -> bool:
    return _says(state, viewer, first, second) or _says(state, viewer, second, first)


def _says(state: Overlay, viewer: str, first: str, second: str) -> bool:
    records = (state.get("record", (viewer, n)) for n in state.get("slot", (viewer, first, SAME_AS), ()))
    return any(record.value == second and not record.retracted for record in records)


def _keep(state: Overlay, viewer: str, group: Iterable[str]) -> None:
    members = tuple(sorted(group))
    for face in members:
        if len(members) > 1:
            state.put("same", (viewer, face), members)
        else:
            state.drop("same", (viewer, face))
