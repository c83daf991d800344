"""A log, read from its first entry to its last: what was asked, what happened, and the exercise as it then stood.

There is no second engine here: every entry goes through `Exercise.replay`, as after a restart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kerege.engine.events import AnyEvent, TimePassed
from kerege.journal.entry import Sealed
from kerege.journal.export import read_file
from kerege.room.exercise import Exercise
from kerege.room.log import StepBody, read_genesis


class NoStory(Exception):  # noqa: N818  it names what was found
    """The log is empty: not even a pack stands in it."""


class Stretch(NamedTuple):
    """What one entry let happen at one moment of play. `body.events` are all of the entry's, `events` this moment's."""

    at_ms: int
    body: StepBody
    events: tuple[AnyEvent, ...]


class Story:
    """
    The way through a log. `exercise` stands at the end of the entry that was walked last.

    Raises:
        NoStory: There are no entries.
        WrongLog: The log is of another product, or of a version that this one cannot read.
    """

    def __init__(self, entries: Iterable[Sealed]) -> None:
        self._entries = iter(entries)
        first = next(self._entries, None)
        if first is None:
            raise NoStory
        self.exercise = Exercise(read_genesis(first), first.hash)

    def walk(self) -> Iterator[Stretch]:
        """What happened, in order. An entry in which play time passes (a jump) comes in several stretches."""
        for entry in self._entries:
            body = self.exercise.replay(entry)
            yield from stretches(entry.header.at_ms, body)

    def to_its_end(self) -> Exercise:
        """The exercise as it stands after the last entry."""
        for _ in self.walk():
            pass
        return self.exercise


def stretches(at_ms: int, body: StepBody) -> Iterator[Stretch]:
    """An entry's events, cut where play time passes; the mark of the passing stands first in what follows it."""
    events: list[AnyEvent] = []
    for event in body.events:
        if type(event) is TimePassed:
            if events:
                yield Stretch(at_ms, body, tuple(events))
            at_ms, events = event.at_ms, []
        events.append(event)
    if events:
        yield Stretch(at_ms, body, tuple(events))


def read_export(path: Path) -> Iterator[Sealed]:
    """
    The entries of an exported exercise.

    Raises:
        Broken: At the first entry, or place in the file, that does not hold.
    """
    return read_file(path)
