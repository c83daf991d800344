"""Viewers: the pack's teams, hidden sides and desks, and those that exist by themselves: control and each actor's role."""

from __future__ import annotations

from typing import Any

from kerege.engine.pack import Viewer
from kerege.scenario.desk import RESERVED, Desk
from kerege.scenario.library import Entry
from kerege.scenario.schema import CharacterForm, TeamForm
from kerege.scenario.values import read_duration

OVERLAP_MS = 30 * 60 * 1000
"""So long a shift is still there beside the next one, where the pack does not say."""
ACTOR_SEATS_MAX = 3
"""The actor, a coach beside, and a spare phone."""


def read_teams(desk: Desk, teams: list[Entry[TeamForm]], characters: list[Entry[CharacterForm]]) -> None:
    """Put all viewers and agencies on the desk, then check whom they name."""
    actors = {f"actor_{entry.form.thing}": entry for entry in characters}
    for entry in teams:
        form = entry.form
        if form.id in desk.things or form.id in RESERVED or form.id in actors:
            what = "a thing" if form.id in desk.things else "there already"
            desk.error(entry.at / "id", f"{form.id!r} is {what}; no team may be called so")
        if form.sort == "team" and not form.agency:
            desk.error(entry.at, f"the team {form.id!r} has no `agency`")
        if (form.sort in {"observer", "mentor"}) != (form.follows is not None):
            desk.error(entry.at, "an observers' desk and a mentor `follows` a team, and nobody else does")
        desk.viewers[form.id] = Viewer(
            form.id,
            form.sort,
            form.agency or "",
            tuple(form.units),
            tuple(form.contacts),
            None,
            form.follows,
            form.seats_max,
            client=form.client or "",
            **_shift(desk, entry),
        )
    desk.agencies = {viewer.agency for viewer in desk.viewers.values() if viewer.agency}
    desk.viewers["control"] = Viewer("control", "control", seats_max=30)
    for name, actor in actors.items():
        desk.viewers[name] = Viewer(name, "actor", character=actor.form.thing, seats_max=ACTOR_SEATS_MAX)
    _check_names(desk, teams)
    _check_units(desk, teams)


def _shift(desk: Desk, entry: Entry[TeamForm]) -> dict[str, Any]:
    """The parts of a viewer that make it a shift; the earlier one stands above it."""
    form = entry.form
    if form.shift_of is None:
        for key in ("comes_on", "overlap"):
            if key in form.model_fields_set:
                desk.problems.append((entry.at / key).key_problem(f"{key!r} is of a shift: `shift_of` is missing"))
        return {}
    before = desk.viewers.get(form.shift_of)
    if before is None or before.sort != "team" or form.sort != "team":
        desk.error(entry.at / "shift_of", f"{form.id!r} takes over from a team that stands above it in the list")
        return {}
    if before.agency != form.agency:
        desk.error(entry.at / "shift_of", f"{form.id!r} is of another agency than {before.id!r}")
    if any(viewer.takes_over == before.id for viewer in desk.viewers.values()):
        desk.error(entry.at / "shift_of", f"{before.id!r} hands over to another shift already")
    if form.overlap is not None and form.comes_on is None:
        desk.error(entry.at / "overlap", "a shift that comes when the earlier one hands over has no overlap")
    comes_on = None if form.comes_on is None else read_duration(desk, entry.at / "comes_on", form.comes_on)
    if comes_on is not None and before.comes_on_ms is not None and comes_on <= before.comes_on_ms:
        desk.error(entry.at / "comes_on", f"{form.id!r} comes on no later than {before.id!r}")
    overlap = OVERLAP_MS if form.overlap is None else read_duration(desk, entry.at / "overlap", form.overlap)
    return {
        "part_of": before.part_of or before.id,
        "takes_over": before.id,
        "comes_on_ms": comes_on,
        "overlap_ms": overlap if comes_on is not None else 0,
    }


def _check_names(desk: Desk, teams: list[Entry[TeamForm]]) -> None:
    for entry in teams:
        form = entry.form
        for index, contact in enumerate(form.contacts):
            at = entry.at / "contacts" / index
            desk.refer(at, contact, desk.viewers, "team")
            if contact == form.id:
                desk.error(at, f"{contact!r} is the team itself")
        if form.follows is not None:
            followed = {viewer.id for viewer in desk.viewers.values() if viewer.sort == "team"}
            desk.refer(entry.at / "follows", form.follows, followed, "team")
        if form.client is not None:
            desk.refer(entry.at / "client", form.client, desk.things, "thing")
            if form.sort != "team":
                desk.error(entry.at / "client", "only a team has a client")
        others = [
            viewer.id
            for viewer in desk.viewers.values()
            if viewer.agency == form.id and form.id not in {viewer.id, viewer.part_of}
        ]
        if others:
            desk.error(
                entry.at / "id",
                f"{form.id!r} is also the agency of {', '.join(others)}: which of them is meant is not clear",
            )


def _check_units(desk: Desk, teams: list[Entry[TeamForm]]) -> None:
    owner: dict[str, str] = {}
    for entry in teams:
        for index, unit in enumerate(entry.form.units):
            at = entry.at / "units" / index
            units = {thing.id for thing in desk.things.values() if thing.kind == "unit"}
            if desk.refer(at, unit, units, "unit") and unit in owner:
                desk.error(at, f"the unit {unit!r} already belongs to {owner[unit]!r}")
            owner[unit] = entry.form.id
