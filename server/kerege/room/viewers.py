"""Who may sit where: what a gateway needs to know of each viewer, and nothing of the story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from kerege.engine.parts import is_open, now_at

if TYPE_CHECKING:
    from kerege.engine.rules import Rules
    from kerege.engine.state import AnyState

Sort = Literal["player", "actor", "control", "safety", "observer", "mentor", "evaluator"]

SORTS: dict[str, Sort] = {
    "team": "player",
    "actor": "actor",
    "control": "control",
    "safety": "safety",
    "observer": "observer",
    "mentor": "mentor",
    "evaluator": "evaluator",
}
CONTROL_SEATS_MAX = 12
"""Exercise control is 10 to 25 people, many of them at one screen."""
OBSERVER_SEATS_MAX = 200
"""Of one desk: a hall that watches remotely."""


class ViewerInfo(msgspec.Struct, frozen=True):
    """One viewer. `code` is opaque and is its stream's name on the wire."""

    id: str
    sort: Sort
    code: str
    agency: str
    seats_max: int
    stand_in_allowed: bool
    follows: str | None = None
    """Of a mentor: the stream of its team, which it may read too."""
    into: str = ""
    """Of a team that is no more: where its people sit now."""


def viewers_of(rules: Rules, state: AnyState) -> dict[str, ViewerInfo]:
    """All viewers that people can sit at, and those merged away; nothing of a part that was never opened."""
    found: dict[str, ViewerInfo] = {}
    for viewer in rules.viewers.values():
        sort = SORTS.get(viewer.sort)
        at = now_at(state, viewer.id)
        if sort is None or not is_open(rules, state, at):
            continue
        seats = {"control": CONTROL_SEATS_MAX, "observer": OBSERVER_SEATS_MAX}.get(sort, viewer.seats_max)
        character = viewer.character
        allowed = sort == "player" or (character is not None and rules.characters[character].stand_in)
        code = rules.viewer_codes.of[viewer.id]
        followed = (
            rules.viewer_codes.of[now_at(state, viewer.follows)]
            if sort == "mentor" and viewer.follows is not None
            else None
        )
        found[viewer.id] = ViewerInfo(
            viewer.id, sort, code, viewer.agency, seats, allowed, followed, at if at != viewer.id else ""
        )
    return found
