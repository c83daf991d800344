"""`who` an effect reaches: the asker, a viewer, all teams of an agency, those present, an actor, a lawyer, everyone."""

from __future__ import annotations

from kerege.scenario.desk import Desk, Scope
from kerege.scenario.places import At
from kerege.scenario.problems import nearest


def read_who(desk: Desk, at: At, who: str, scope: Scope) -> str | None:
    """Check a `who`; None if it reaches nobody: a problem, or an agency of the library that this pack lacks."""
    if who == "asker":
        return _bound(desk, at, who, scope, "nobody has asked here")
    if who == "present":
        return who if _bound(desk, at, "unit", scope, "`present` needs a unit, and there is none here") else None
    if who in {"control", "everyone"} or who in desk.viewers or who in desk.agencies:
        return who
    if who.startswith("actor:"):
        return who if _is_character(desk, at, who.removeprefix("actor:"), scope) else None
    if who.startswith("lawyer:"):
        return who if _has_lawyer(desk, at, who.removeprefix("lawyer:"), scope) else None
    _absent(desk, at, who, {"asker", "present", "control", "everyone"}, scope)
    return None


def read_group(desk: Desk, at: At, group: str | None, scope: Scope) -> str | None:
    """Check a viewer or an agency, as triggers name them."""
    if group is None or group in desk.viewers or group in desk.agencies:
        return group
    _absent(desk, at, group, set(), scope)
    return None


def read_source(desk: Desk, at: At, source: str | None, scope: Scope) -> str | None:
    """Check who is named as a source: a thing, a parameter, a viewer."""
    if source is None or source in desk.things or source in desk.viewers or source in scope.names:
        return source
    if not scope.from_library:
        known = {*desk.things, *desk.viewers, *scope.names}
        desk.error(at, f"there is no thing, parameter or team {source!r}", nearest(source, known))
    return None


def read_agencies(desk: Desk, at: At, agencies: list[str], *, from_library: bool) -> tuple[str, ...]:
    """The agencies of a `by` list that this pack has; only the library may name others."""
    for index, agency in enumerate(agencies):
        if not from_library:
            desk.refer(at / index, agency, desk.agencies, "agency")
    return tuple(agency for agency in agencies if agency in desk.agencies)


def _absent(desk: Desk, at: At, word: str, more: set[str], scope: Scope) -> None:
    """A team that is not there: a problem, unless the library speaks of a team that this pack does not have."""
    hint = nearest(word, {*desk.viewers, *desk.agencies, *more})
    if not scope.from_library:
        desk.error(at, f"there is no team or agency {word!r}", hint)


def _bound(desk: Desk, at: At, name: str, scope: Scope, message: str) -> str | None:
    if name in scope.names:
        return name
    desk.error(at, message)
    return None


def _has_lawyer(desk: Desk, at: At, name: str, scope: Scope) -> bool:
    bound = scope.names.get(name)
    clients = [viewer.client for viewer in desk.viewers.values() if viewer.client]
    if bound is not None and bound.sort == "thing":
        return bool(clients) or not scope.from_library
    return desk.refer(at, name, clients, "client of a team")


def _is_character(desk: Desk, at: At, name: str, scope: Scope) -> bool:
    bound = scope.names.get(name)
    if bound is not None and bound.sort == "thing":
        return True
    return desk.refer(at, name, desk.characters, "character")
