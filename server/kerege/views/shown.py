"""What a view is made of before it is put into words: keyed things of the state, and what changed in one step.

A view is `{(collection, key): shown}`; a step's change for a viewer is a tuple of `Change`. Nothing here is text: the
same change is rendered once for each language that somebody reads.
"""

from __future__ import annotations

from typing import Any

import msgspec

from kerege.engine.held import Clock, Consultation, Record, Shift


class Shown(msgspec.Struct, frozen=True, gc=False):
    """Base of what is shown but not held as such by the state."""


class FaceShown(Shown, frozen=True, gc=False):
    """One face in a view. `same`: other faces that the viewer knows to be the same."""

    face: str
    met: bool
    same: tuple[str, ...]
    stand_in: bool


class ClockShown(Shown, frozen=True, gc=False):
    """The clock; the ending only for control; `thinking`: this team is to begin nothing."""

    clock: Clock
    ending: str
    thinking: bool = False


class OfferShown(Shown, frozen=True, gc=False):
    """One action as offered. `faces`: those that satisfy it, for `param`; None: any of the right kind."""

    action: str
    open: bool
    param: str
    faces: tuple[str, ...] | None
    why: str


class ContactShown(Shown, frozen=True, gc=False):
    """One contact."""

    viewer: str
    stand_in: bool


class TeamShown(Shown, frozen=True, gc=False):
    """One viewer as control sees it."""

    viewer: str
    profile: str
    played: bool
    opened: bool
    thinking: bool = False
    units: tuple[str, ...] | None = None
    on_duty: bool = True


class ConsultationShown(Shown, frozen=True, gc=False):
    """A consultation as one viewer knows it."""

    viewer: str
    consultation: Consultation


class KnowledgeShown(Shown, frozen=True, gc=False):
    """One record of one viewer as control sees it."""

    viewer: str
    record: Record


class FixedShown(Shown, frozen=True, gc=False):
    """Something that never changes: its id in the pack (`me`, a form, a field)."""

    id: str


class ShiftShown(Shown, frozen=True, gc=False):
    """
    A team's shift: whether it is on duty, since when (`mine`), whose case it took over (`before`, and how that one went), and
    who takes over (`after`; `ready`: it can be handed over to now).
    """

    on: bool
    mine: Shift | None
    before: str
    earlier: Shift | None
    after: str
    ready: bool


class MeShown(Shown, frozen=True, gc=False):
    """Who a viewer is, and its units where they are not those of the pack."""

    id: str
    units: tuple[str, ...] | None = None
    shift: ShiftShown | None = None


class SceneShown(Shown, frozen=True, gc=False):
    """A scene and the character it is about."""

    scene: Any
    character: str


class ProposalShown(Shown, frozen=True, gc=False):
    """A proposed act and the team that proposed it."""

    team: str
    proposal: Any


class LetterShown(Shown, frozen=True, gc=False):
    """A message to a body nobody plays, and what control has done about it."""

    persona: str
    message: Any
    letter: Any


class InjectShown(Shown, frozen=True, gc=False):
    """One line of the MSEL: as it stands, what control has written for it, and what came of it in the sandbox."""

    inject: str
    now: Any
    written: Any
    tried: tuple[Any, ...]


class Change(msgspec.Struct, frozen=True, gc=False):
    """One thing put into a view (or dropped from it, `item` None)."""

    collection: str
    key: str
    item: Any


Changes = tuple[Change, ...]
View = dict[tuple[str, str], Any]


def apply(view: View, changes: Changes) -> None:
    """Bring a view up to date."""
    for change in changes:
        if change.item is None:
            view.pop((change.collection, change.key), None)
        else:
            view[change.collection, change.key] = change.item
