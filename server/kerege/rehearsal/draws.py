"""What a rehearsal leaves to its seed: draws by name, so that one of them never shifts another."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def draw(seed: int, name: str, below: int) -> int:
    """A number from 0 up to `below`, for this seed and name alone."""
    digest = hashlib.blake2b(f"rehearsal:{seed}:{name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % below


def pick(seed: int, name: str, among: Sequence[T]) -> T:
    """One of some."""
    return among[draw(seed, name, len(among))]
