"""Marks in texts: what a text states, beside the words that state it.

`[Раису](raisa.role)` states that field as it is now, `[no boss](salon.organiser=nobody)` states a value,
`[the car](grey_car)` only speaks of a thing. Words and target hold no brackets.
"""

from __future__ import annotations

import re

import msgspec

MARK = re.compile(
    r"\[([^\[\]]+)\]\(([a-z][a-z0-9_]*)(/[a-z][a-z0-9_]*)?(?:\.([a-z][a-z0-9_]*)(?:=([A-Za-z0-9_-]+))?)?\)"
)


class Mark(msgspec.Struct, frozen=True, gc=False):
    """One mark: the words, the subject (thing or parameter, maybe one face of it), field and value where given."""

    words: str
    subject: str
    face: str | None
    field: str | None
    value: str | None


def marks_in(text: str) -> tuple[Mark, ...]:
    """All marks of a text, in order."""
    return tuple(
        Mark(found[1], found[2], found[3][1:] if found[3] else None, found[4], found[5])
        for found in MARK.finditer(text)
    )


def split(text: str) -> list[tuple[str, Mark | None]]:
    """A text as runs: plain words with None, marked words with their mark."""
    runs: list[tuple[str, Mark | None]] = []
    end = 0
    for found in MARK.finditer(text):
        if found.start() > end:
            runs.append((text[end : found.start()], None))
        mark = Mark(found[1], found[2], found[3][1:] if found[3] else None, found[4], found[5])
        runs.append((found[1], mark))
        end = found.end()
    if end < len(text):
        runs.append((text[end:], None))
    return runs
