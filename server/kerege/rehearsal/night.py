"""When a demonstration may jump: over a night in which nothing falls due and nobody does anything."""

from __future__ import annotations

MINUTE_MS = 60_000
EMPTY_MS = 60 * MINUTE_MS
"""Play time ahead without anything due, above which a demonstration does not wait."""
QUIET_MS = 10 * MINUTE_MS
"""Play time for which nobody has done anything, before that is taken for a night: whoever is at work is not hurried."""
BEFORE_MS = MINUTE_MS
"""So long before the next thing due, play goes on at its own pace."""


def jump_to(at_ms: int, quiet_since_ms: int, next_due_ms: int | None) -> int | None:
    """
    Where to jump, or None to let time pass as it does.

    Args:
        at_ms: Play time now.
        quiet_since_ms: Play time of the last thing that anybody did or that happened.
        next_due_ms: Play time of the next thing due; None while the clock stands.
    """
    if next_due_ms is None or next_due_ms - at_ms <= EMPTY_MS or at_ms - quiet_since_ms < QUIET_MS:
        return None
    return next_due_ms - BEFORE_MS
