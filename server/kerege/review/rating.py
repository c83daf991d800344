"""How a measure of a team's work is read (8.1): P, S, M or U. Teams are rated, never persons.

P performed without challenges, S with some, M with major ones, U could not be performed. The bounds are the pack's; three
numbers that rise where less is better, and fall where more is better.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerege.review.knowing import Knowing

LETTERS = ("P", "S", "M")
BEYOND = "U"
IN_TIME_BANDS = (90, 75, 50)
"""Per cent of what was due to be shared, shared in time (E13)."""


def rate(value: int | None, bands: Sequence[int]) -> str:
    """
    The letter for a number; what never came about is U.

    Args:
        value: The measure, in the unit of its bounds.
        bands: The bounds of P, S and M; empty: the measure is not rated, "".
    """
    if not bands:
        return ""
    if value is None:
        return BEYOND
    rising = bands[0] <= bands[-1]
    for letter, bound in zip(LETTERS, bands, strict=True):
        if value <= bound if rising else value >= bound:
            return letter
    return BEYOND


def shared_in_time(knowing: Knowing) -> tuple[int, int]:
    """Of the must-shares whose time is up or that were done: how many were shared in time, and how many there are."""
    rules = knowing.exercise.rules
    held = {each.fact: set[str]() for each in knowing.holdings}
    for each in knowing.holdings:
        held[each.fact].add(each.team)
    due = {
        (share.fact, share.from_, share.to, share.within_ms)
        for share in rules.pack.must_share
        if held.get(share.fact, set()) & set(rules.viewers_called(share.from_))
    }
    missing = {(gap.fact, gap.team, gap.to, gap.within_ms) for gap in knowing.gaps if gap.state != "time_not_up"}
    waiting = {(gap.fact, gap.team, gap.to, gap.within_ms) for gap in knowing.gaps if gap.state == "time_not_up"}
    counted = due - waiting
    return len(counted - missing), len(counted)
