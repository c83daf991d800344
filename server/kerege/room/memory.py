"""How an exercise sits in memory: what it begins with stays for its whole life, so garbage need not be looked for there."""

from __future__ import annotations

import gc

GARBAGE_MIN = 50_000
"""New containers before the youngest are looked through; 700 by default. A step makes some hundreds, and drops most."""


def settle() -> None:
    """Leave what is there now to no collector, and collect what is new less often. For a process that serves one room.

    Measured with the rivals' work at 3,000 things: a step with its views and bytes costs 1.05 times as much as at 300
    instead of 1.3 times.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_MIN, 20, 100)
