"""What is left to chance: a bank's delay, the post, the weather; never what a person does.

Rule: a draw is keyed by the exercise's key, by the place in the pack that draws, by whose act it belongs to, and by how
often that one has drawn there before. There is no shared stream of chance, so that a draw that a viewer must not know
of shifts none of those that it sees, and the same log draws the same numbers on every machine.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kerege.engine.events import Drawn

if TYPE_CHECKING:
    from kerege.engine.pack import Between
    from kerege.engine.play import Play

DRAW_BYTES = 16
"""So many that, over a span of 2**53, no number is likelier than another by more than one in 2**75."""


def draw(play: Play, road: str, asker: str, between: Between) -> int:
    """A whole number between two bounds, both included. `road`: the place in the pack; `asker`: a viewer, or ""."""
    times = play.state.get("drawn", (road, asker), 0) + 1
    value = between.least + keyed(play.rules.key, f"{road}:{asker}:{times}", between.most - between.least + 1)
    play.emit(Drawn(road, asker, value))
    return value


def keyed(key: bytes, name: str, below: int) -> int:
    """A number from 0 up to `below`, for this key and name alone."""
    digest = hashlib.blake2b(f"draw:{name}".encode(), key=key, digest_size=DRAW_BYTES).digest()
    return int.from_bytes(digest, "big") % below
