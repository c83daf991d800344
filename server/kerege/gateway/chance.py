"""Where secrets come from: the system's chance, or, for rehearsing the same run twice, a seed.

A seeded draw is keyed by what it is for and for whom, and counts only those: one team's joining never shifts
another's codes.
"""

from __future__ import annotations

import hmac
import secrets
from collections import Counter
from typing import Protocol


class Chance(Protocol):
    """Draws secret bytes."""

    def draw(self, purpose: str, subject: str, size: int) -> bytes:
        """`size` (at most 32) fresh bytes for this purpose and subject."""
        ...


class SystemChance:
    """The operating system's chance; purpose and subject do not matter."""

    def draw(self, purpose: str, subject: str, size: int) -> bytes:  # noqa: ARG002  the port's shape
        return secrets.token_bytes(size)


class SeededChance:
    """The same draws for the same seed. Never for a real exercise: whoever knows the seed knows every token."""

    def __init__(self, seed: str) -> None:
        self._key = seed.encode()
        self._drawn: Counter[tuple[str, str]] = Counter()

    def draw(self, purpose: str, subject: str, size: int) -> bytes:
        number = self._drawn[purpose, subject]
        self._drawn[purpose, subject] += 1
        return hmac.digest(self._key, f"{purpose}\0{subject}\0{number}".encode(), "sha256")[:size]
