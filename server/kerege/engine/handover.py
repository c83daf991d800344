"""Handing over: one team gives another of its agency copies of what it knows, and units.

A copy keeps how, from whom and how surely it was learnt; it says since when, and by whom it was handed over. Nothing that
happens "when somebody learns" happens a second time because of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine.events import UnitsSet, Used
from kerege.engine.knowledge import dispute, learn, refer
from kerege.engine.parts import owner_of, units_of
from kerege.engine.places import watch

if TYPE_CHECKING:
    from kerege.engine.held import Record
    from kerege.engine.play import Play


def hand_over(play: Play, giver: str, taker: str, about: tuple[str, ...] | None = None) -> int:
    """
    Give a team copies of records of another that stand, as far as it has nothing newer. Returns how many.

    `about`: only those about these faces; None for all.
    """
    state = play.state
    for n in range(1, state.get("count", ("face", giver), 0) + 1):
        face = state.get("face_at", (giver, n))
        if about is not None and face not in about:
            continue
        refer(play, taker, face, met=state.get("met", (giver, face)).met)
    given = 0
    for n in range(1, state.get("count", ("record", giver), 0) + 1):
        record: Record = state.get("record", (giver, n))
        if about is not None and record.face not in about:
            continue
        if record.retracted or _has(play, taker, record):
            continue
        learn(
            play, taker, record.face, record.field, record.value, record.how, record.source, record.certainty,
            chain=record.chain, as_of_ms=_since(record), referred=True, handed=giver,
        )  # fmt: skip
        given += 1
        if record.disputed:
            held = _same(play, taker, record)
            assert held is not None, "it has just been learnt"
            dispute(play, taker, held)
    return given


def hand_over_once(play: Play, giver: str, taker: str) -> None:
    """What a team may do only once and has done, another that knows of it does not do again."""
    for action in play.rules.actions_for(giver):
        if play.state.get("used", (giver, action.id)) and not play.state.get("used", (taker, action.id)):
            play.emit(Used(taker, action.id))


def _since(record: Record) -> int:
    return record.at_ms if record.as_of_ms is None else record.as_of_ms


def _same(play: Play, viewer: str, record: Record) -> int | None:
    """The number of a viewer's record in the place that a copy of this one would take."""
    for n in play.state.get("slot", (viewer, record.face, record.field), ()):
        held: Record = play.state.get("record", (viewer, n))
        if held.how == record.how and held.source == record.source:
            return int(n)
    return None


def _has(play: Play, viewer: str, record: Record) -> bool:
    n = _same(play, viewer, record)
    return n is not None and _since(play.state.get("record", (viewer, n))) >= _since(record)


def move_units(play: Play, units: tuple[str, ...], taker: str) -> None:
    """Put units under another team: it sees what they see from now on, and the old one no longer does."""
    for unit in units:
        giver = owner_of(play.rules, play.state, unit)
        place = play.truth(unit, "location")
        if giver is not None:
            if place is not None:
                watch(play, giver, place, on=False)
            left = tuple(each for each in units_of(play.rules, play.state, giver) if each != unit)
            play.emit(UnitsSet(giver, left))
        kept = (*units_of(play.rules, play.state, taker), unit)
        play.emit(UnitsSet(taker, tuple(each for each in play.rules.units_in_order if each in kept)))
        refer(play, taker, play.rules.faces_of(unit)[0], met=True)
        if place is not None:
            watch(play, taker, place, on=True)
