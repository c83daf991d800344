"""Opaque names for the wire: handles that people can say over a radio, and codes that only programs compare.

Rule: a name tells nothing. A handle is a keyed permutation of a face's own number, never a shared count or chance, so
that what others do secretly shifts nobody's handles. Feistel networks over a square domain are permutations, so two
faces never share a handle, and a handle can be turned back without a table.
"""

from __future__ import annotations

import hashlib
from base64 import b32encode

ALPHABET = "ACDEFHJKMNPQRTUVWXY34679"
"""24 signs that are not mistaken for one another when read aloud or written by hand (no 0/O, 1/I/L, 5/S, 8/B, 2/Z)."""

SHORT_SIDE = 24**2
LONG_SIDE = 24**3
ROUNDS = 6
CODE_BYTES = 5


class Handles:
    """The keyed permutation between face numbers and handles of 4 (or, for very large worlds, 6) signs."""

    def __init__(self, key: bytes, numbers: int) -> None:
        """`numbers`: how many face numbers there can ever be; more than 24**6 is an AssertionError."""
        self._key = key
        self._side = SHORT_SIDE if numbers <= SHORT_SIDE**2 else LONG_SIDE
        assert numbers <= LONG_SIDE**2, "a world has more faces than handles"
        self._length = 4 if self._side == SHORT_SIDE else 6
        self._numbers = numbers
        self._known: dict[int, str] = {}
        self._read: dict[str, int] = {}
        """Handles of faces that there can be, once they have been read: never more than there are numbers."""

    def of(self, number: int) -> str:
        """The handle of a face number."""
        known = self._known.get(number)
        if known is None:
            left, right = divmod(number, self._side)
            for turn in range(ROUNDS):
                left, right = right, (left + self._mix(turn, right)) % self._side
            known = self._known[number] = self._spell(left * self._side + right)
        return known

    def number(self, handle: str) -> int | None:
        """The face number behind a handle, or None for anything that is not spelt like one."""
        read = self._read.get(handle)
        if read is not None:
            return read
        if len(handle) != self._length:
            return None
        mixed = 0
        for sign in handle:
            place = ALPHABET.find(sign)
            if place < 0:
                return None
            mixed = mixed * len(ALPHABET) + place
        left, right = divmod(mixed, self._side)
        for turn in reversed(range(ROUNDS)):
            left, right = (right - self._mix(turn, left)) % self._side, left
        number = left * self._side + right
        if number < self._numbers:
            self._read[handle] = number
        return number

    def _mix(self, turn: int, half: int) -> int:
        digest = hashlib.blake2b(b"%d:%d" % (turn, half), key=self._key, digest_size=8).digest()
        return int.from_bytes(digest, "big") % self._side

    def _spell(self, mixed: int) -> str:
        signs = []
        for _ in range(self._length):
            mixed, place = divmod(mixed, len(ALPHABET))
            signs.append(ALPHABET[place])
        return "".join(reversed(signs))


def code(key: bytes, sort: str, name: str) -> str:
    """The opaque code of a pack's id of one sort (`action`, `field`, `viewer` ...): 8 small letters and digits."""
    digest = hashlib.blake2b(f"{sort}:{name}".encode(), key=key, digest_size=CODE_BYTES).digest()
    return b32encode(digest).decode().lower()
