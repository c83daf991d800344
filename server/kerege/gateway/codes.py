"""Join codes: six characters that can be read aloud, derived from a key, so that nothing but a number is stored."""

from __future__ import annotations

import hmac

CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Thirty-two characters without 0, 1, I and O, which look like others on a badge and sound like others on a radio."""
CODE_LENGTH = 6
KEY_BYTES = 32


def derive_code(key: bytes, exercise: str, viewer: str, generation: int) -> str:
    """The code of a viewer; a new generation makes a new code and the old one opens nothing."""
    return spell(hmac.digest(key, f"code\0{exercise}\0{viewer}\0{generation}".encode(), "sha256"), CODE_LENGTH)


def spell(secret: bytes, length: int) -> str:
    """Write the first `length` bytes as characters, five bits of each (so every character is equally likely)."""
    return "".join(CODE_ALPHABET[byte % 32] for byte in secret[:length])


def read_code(typed: str) -> str:
    """What a person typed, as a code: any case, with spaces or hyphens."""
    return "".join(character for character in typed.upper() if character not in " -\u00a0\u2010\u2011\u2013")
