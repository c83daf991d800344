"""What one viewer saw at one moment of play, from the log alone: the room's own projector and renderer, run again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from kerege.engine.events import TimePassed
from kerege.journal.entry import Sealed
from kerege.review.story import Story
from kerege.room.exercise import Exercise
from kerege.room.log import read_step
from kerege.wire.items import Item

Items = dict[str, dict[str, Item]]
"""A view as a client holds it: collection -> key -> item."""


class NoSuchViewer(Exception):  # noqa: N818  it names what was found
    """This exercise has no such viewer, or one that nobody looks through. `viewers`: those that there are."""

    def __init__(self, viewer: str, viewers: tuple[str, ...]) -> None:
        super().__init__(f"there is no viewer {viewer!r}; there are: {', '.join(viewers)}")
        self.viewers = viewers


def view_at(entries: Iterable[Sealed], viewer: str, until_ms: int | None = None, language: str = "en") -> Items:
    """
    The view of a viewer at a play time.

    Args:
        entries: A log, from entry 0.
        viewer: Its id in the pack, or `control`.
        language: In which it is put into words.
        until_ms: What happened at this play time is still seen; None: everything is. Before STARTEX it is 0.

    Raises:
        NoSuchViewer: Nobody looks through this one.
        NoStory, WrongLog: As for `Story`.
    """
    return items_of(exercise_at(entries, until_ms), viewer, language)


def exercise_at(entries: Iterable[Sealed], until_ms: int | None = None) -> Exercise:
    """The exercise as it stood at a play time."""
    return Story(entries if until_ms is None else _until(entries, until_ms)).to_its_end()


def items_of(exercise: Exercise, viewer: str, language: str) -> Items:
    """All that a viewer is shown now, in words. An observers' desk is shown without its delay. Raises NoSuchViewer."""
    stream = exercise.stream_of.get(viewer)
    if stream is None:
        raise NoSuchViewer(viewer, tuple(exercise.stream_of))
    items: Items = {}
    for (collection, key), shown in sorted(stream.view.items(), key=lambda pair: pair[0]):
        items.setdefault(collection, {})[key] = exercise.renderer.item(collection, shown, language)
    return items


def _until(entries: Iterable[Sealed], until_ms: int) -> Iterator[Sealed]:
    """The entries that begin by a play time; the last of them without what it let happen later (a jump passes time)."""
    for entry in entries:
        if entry.header.kind == "genesis":
            yield entry
            continue
        if entry.header.at_ms > until_ms:
            return
        body = read_step(entry)
        for place, event in enumerate(body.events):
            if type(event) is TimePassed and event.at_ms > until_ms:
                kept = msgspec.structs.replace(body, events=body.events[:place])
                yield msgspec.structs.replace(entry, body=msgspec.msgpack.encode(kept))
                return
        yield entry
