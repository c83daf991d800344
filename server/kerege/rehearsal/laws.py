"""Laws 1 and 2 of an exercise as it stands, told in words where they are broken.

1. The folded log is the live state.
2. For every viewer, the old view with all frames is the fresh view; so is the view after a restart, and a client's copy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine.state import flatten
from kerege.room.exercise import Exercise
from kerege.wire.codec import decode_server
from kerege.wire.messages import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kerege.journal.entry import Sealed
    from kerege.wire.items import Item


def broken_laws(story: Exercise, entries: list[Sealed]) -> Iterator[str]:
    """What is wrong with an exercise and its log."""
    again = Exercise.of(entries)
    if flatten(again.state) != flatten(story.state):
        yield "law 1: the folded log is not the live state"
    for viewer, stream in story.stream_of.items():
        fresh = story.projector.fresh(story.state, viewer)
        if stream.view != fresh:
            yield f"law 2: the view of {viewer} with its frames is not the fresh view"
        if again.stream_of[viewer].view != fresh:
            yield f"law 2: the view of {viewer} after a restart is not the fresh view"


def broken_copy(story: Exercise, viewer: str, held: Mapping[str, Mapping[str, Item]]) -> Iterator[str]:
    """What is wrong with the copy that a client keeps of a view, against what a new client would get."""
    payload, _ = story.stream_of[viewer].snapshot("en", "msgpack")
    shown = decode_server(payload, "msgpack")
    assert isinstance(shown, Snapshot)
    if {name: items for name, items in held.items() if items} != shown.items:
        yield f"law 2: what the client of {viewer} holds is not what a new one would get"
