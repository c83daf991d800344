"""Which words of a log to erase when a person asks for it: all that a seat typed, and all that holds a name.

The log knows seats, never persons. What others wrote about a person is found by its text alone, so a whole word (one
message, one reason, one field) goes when it holds the text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable

from kerege.journal.entry import Sealed
from kerege.scenario.personal import personal_in
from kerege.wire.typed import JOINERS, clean_words

HOLDING_CHARS_MIN = 3
"""Of a text to look for: two letters stand in every second message."""


def typed_words(
    entries: Iterable[Sealed],
    seats: Collection[str] = (),
    holding: Collection[str] = (),
    *,
    all_words: bool = False,
    personal: bool = False,
) -> list[str]:
    """
    Ids of the words that are not erased yet and were typed at one of `seats`, or hold one of the texts, or all.
    `personal`: also those that seem to hold a real person's number.

    Raises:
        ValueError: A text to look for is shorter than HOLDING_CHARS_MIN.
    """
    wanted = [_plain(text) for text in holding]
    if any(len(text) < HOLDING_CHARS_MIN for text in wanted):
        raise ValueError(f"a text to look for has at least {HOLDING_CHARS_MIN} characters")
    return [
        word.id
        for entry in entries
        for word in entry.words
        if word.text is not None
        and (
            all_words
            or (entry.seat and entry.seat in seats)
            or _holds(word.text, wanted)
            or (personal and personal_in(word.text))
        )
    ]


def _holds(text: str, wanted: Collection[str]) -> bool:
    plain = _plain(text) if wanted else ""
    return any(each in plain for each in wanted)


def _plain(text: str) -> str:
    """Without case, without ways of writing the same letter, without what nobody sees, with single spaces."""
    seen = "".join(each for each in clean_words(text) if each not in JOINERS)
    return " ".join(unicodedata.normalize("NFKC", seen).casefold().split())
