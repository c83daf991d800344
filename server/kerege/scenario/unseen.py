"""Characters that nobody sees: in a pack they could turn a line around (U+202E), or hide a word from whoever reviews it."""

from __future__ import annotations

import re
import unicodedata

from kerege.scenario.problems import Problem

ALLOWED = "\n\t\u00ad\u200c\u200d"
"""Ends of lines, soft hyphens, and what joins or parts letters of some scripts and emoji."""
UNSEEN = {"Cc", "Cf", "Cs", "Co"}
BY_NUMBER = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6}))")
"""As Fluent writes a character by its number."""


def first_unseen(text: str) -> tuple[int, str] | None:
    """Where the first one stands, and which it is."""
    unseen = {each for each in set(text) if each not in ALLOWED and unicodedata.category(each) in UNSEEN}
    return next(((at, each) for at, each in enumerate(text) if each in unseen), None) if unseen else None


def unseen_in(text: str, file: str) -> list[Problem]:
    """What is wrong with a file's text, as it was written."""
    found = first_unseen(text)
    if found is None:
        return []
    at, character = found
    return [Problem(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), said_of(character))]


def unseen_by_number(text: str, file: str) -> list[Problem]:
    """The same for the characters that a Fluent file names by their numbers."""
    for found in BY_NUMBER.finditer(text):
        number = int(found[1] or found[2], 16)
        if number < 0x110000 and first_unseen(chr(number)):
            at = found.start()
            return [Problem(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), said_of(chr(number)))]
    return []


def said_of(character: str) -> str:
    """The words of a problem."""
    return f"a character that nobody sees (U+{ord(character):04X}): remove it"
