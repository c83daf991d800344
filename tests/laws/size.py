"""How many seeds a law is tried with: few in the normal run, many in `make prove` (KEREGE_PROVE times as many)."""

from __future__ import annotations

import os

TIMES = int(os.environ.get("KEREGE_PROVE", "1"))


def seeds(normal: int) -> range:
    """The seeds of one law."""
    return range(normal * TIMES)
