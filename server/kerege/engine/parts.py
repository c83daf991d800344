"""Teams split and merged in play: who is open now, whose units are whose, whom a name of the pack stands for.

A team has parts: itself, shifts that the pack declares, and reserves without anybody (`Rules`). What is closed has no seat
and no name on the wire; where a part was merged away, what was meant for it goes to the team that it went into. A shift is
there from the beginning, and on duty only from when it comes on until it has handed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerege.engine.held import Part, Shift
    from kerege.engine.rules import Rules
    from kerege.engine.state import AnyState

CONTROL = "control"


def title_of(viewer: str) -> str:
    """The id of the words that control called a part by: a name is a function of who it is of, not of the state."""
    return f"part:{viewer}"


def is_open(rules: Rules, state: AnyState, viewer: str) -> bool:
    """Whether a viewer takes part now."""
    part: Part | None = state.get("part", viewer)
    return viewer not in rules.closed_first if part is None else part.open


def now_at(state: AnyState, viewer: str) -> str:
    """The viewer that stands in a viewer's place: itself, or the one that it was merged into."""
    part: Part | None = state.get("part", viewer)
    while part is not None and part.into:  # what is closed never opens again, so this is no ring
        viewer = part.into
        part = state.get("part", viewer)
    return viewer


def off_duty(rules: Rules, state: AnyState, viewer: str) -> bool:
    """Whether it is not a viewer's shift: it has not come on, or has gone. Whoever has no shifts is never off duty."""
    if viewer not in rules.shift_after and viewer not in rules.shifts:
        return False
    shift: Shift | None = state.get("shift", viewer)
    return viewer in rules.shifts if shift is None else not shift.on


def on_duty(rules: Rules, state: AnyState, viewer: str) -> bool:
    """Whether a viewer takes part now, and it is its shift."""
    return is_open(rules, state, viewer) and not off_duty(rules, state, viewer)


def has_case(state: AnyState, viewer: str) -> str:
    """Who has what was a viewer's: the one that it was merged into, and the shift that has taken over."""
    viewer = now_at(state, viewer)
    shift: Shift | None = state.get("shift", viewer)
    while shift is not None and not shift.on:  # who has gone never comes back on, so this is no ring
        viewer = now_at(state, shift.next)
        shift = state.get("shift", viewer)
    return viewer


def called(rules: Rules, state: AnyState, who: str) -> tuple[str, ...]:
    """The open viewers on duty that a viewer's or an agency's id stands for now, each once."""
    there = (has_case(state, viewer) for viewer in rules.viewers_called(who))
    return tuple(dict.fromkeys(viewer for viewer in there if on_duty(rules, state, viewer)))


def teams(rules: Rules, state: AnyState) -> tuple[str, ...]:
    """All teams that are open and on duty now."""
    return tuple(viewer for viewer in rules.all_teams if on_duty(rules, state, viewer))


def contacts(rules: Rules, state: AnyState, viewer: str) -> Iterator[str]:
    """Whom a viewer can write to, share with, or name as a teller now."""
    return (each for each in rules.contacts_of(viewer) if is_contact(rules, state, viewer, each))


def is_contact(rules: Rules, state: AnyState, viewer: str, each: str) -> bool:
    """
    Whether one of those whom a viewer may ever write to can be reached by it now.

    Whoever is off duty is reached by the one who has its case, and by control; it reaches no one else.
    """
    if not is_open(rules, state, each):
        return False
    if not rules.shifts or CONTROL in {viewer, each}:
        return True
    if rules.viewers[viewer].sort != "team":
        return True
    if not off_duty(rules, state, viewer):
        gone: Shift | None = state.get("shift", each)
        return not off_duty(rules, state, each) or (gone is not None and has_case(state, each) == viewer)
    gone = state.get("shift", viewer)
    return gone is not None and has_case(state, viewer) == each


def units_of(rules: Rules, state: AnyState, viewer: str) -> tuple[str, ...]:
    """A viewer's units now."""
    units: tuple[str, ...] | None = state.get("units", viewer)
    return rules.viewers[viewer].units if units is None else units


def owner_of(rules: Rules, state: AnyState, unit: str) -> str | None:
    """The viewer that a unit belongs to now; None for what is no team's unit, and while its shift is closed."""
    first = rules.viewer_of_unit.get(unit)
    if first is None:
        return None
    agency = rules.viewers[first].agency
    for viewer in rules.agency_viewers[agency] if agency else (first,):
        if unit in units_of(rules, state, viewer):
            return viewer if on_duty(rules, state, viewer) else None
    return None
