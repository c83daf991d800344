"""What people type: cleaned where it comes in, isolated where it is quoted. Nothing else in the product touches it.

Typed words stand among other words: in lists, in sentences, on paper. Characters that nobody sees could turn the line
around them (U+202E), hide letters from whoever searches for a name, or cover the lines above with marks.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TypeVar

import msgspec

COMBINING_MARKS_MAX = 2
"""On one letter that a person typed: more than any of our languages puts there, less than a tower."""
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
JOINERS = "\u200c\u200d"
"""Between letters of some scripts, and in emoji; after nothing they are only unseen."""
RIGHT_TO_LEFT = {"R", "AL", "AN"}
ISOLATE, END = "\u2068", "\u2069"

T = TypeVar("T")


def clean_words(typed: str) -> str:
    """
    Typed words without characters that nobody sees and without towers of marks; every sort of line break is a newline.

    What is visible stays as it was typed, in any script: `<b>`, `{ $x }` and `=1+1` are words like others.
    """
    if typed.isascii() and typed.isprintable():
        return typed
    kept: list[str] = []
    marks = 0
    for character in BREAKS.sub("\n", typed):
        if character in "\n\t":
            kept.append(character)
            marks = 0
            continue
        category = unicodedata.category(character)
        if character in JOINERS:
            if not kept or kept[-1].isspace() or kept[-1] in JOINERS:
                continue
        elif category in {"Cc", "Cf", "Cs", "Co"}:
            continue
        marks = marks + 1 if category[0] == "M" else 0
        if marks <= COMBINING_MARKS_MAX:
            kept.append(character)
    found = "".join(kept)
    return typed if found == typed else found


def cleaned(message: T) -> T:
    """The same struct with every text in it cleaned, however deep; keys stay, for they are codes."""
    if isinstance(message, str):
        return clean_words(message)  # type: ignore[return-value]
    if isinstance(message, msgspec.Struct):
        before = {name: getattr(message, name) for name in message.__struct_fields__}
        changed = {name: found for name, value in before.items() if (found := cleaned(value)) is not value}
        return msgspec.structs.replace(message, **changed) if changed else message
    if isinstance(message, dict):
        return {key: cleaned(value) for key, value in message.items()}  # type: ignore[return-value]
    if isinstance(message, tuple):
        return tuple(cleaned(each) for each in message)  # type: ignore[return-value]
    return message


def isolated(words: str) -> str:
    """Words to stand among others: where they hold letters that run from right to left, these turn nothing around them."""
    if words.isascii() or not any(unicodedata.bidirectional(each) in RIGHT_TO_LEFT for each in words):
        return words
    return "\n".join(f"{ISOLATE}{line}{END}" if line else line for line in words.split("\n"))
