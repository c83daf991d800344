"""One view's stream: versioned changes, kept whole, put into words and bytes on the first read of each language.

Rule: the same bytes go to every connection that reads the same version in the same language. A stream of an observers'
desk shows only what was committed at least `delay_ms` ago, by real time, whoever reads it.
"""

from __future__ import annotations

import zlib
from collections import deque
from typing import TYPE_CHECKING, Literal

import msgspec

from kerege.views.shown import Changes, View, apply
from kerege.wire.codec import encode
from kerege.wire.digest import Digest
from kerege.wire.framing import server_frame
from kerege.wire.messages import Digested, Frame, Packed, Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

    from kerege.views.render import Renderer
    from kerege.wire.items import Item

Encoding = Literal["msgpack", "json"]
Bytes = tuple[bytes, bytes]
"""A payload, and the same with its WebSocket header."""

RENDERED_MAX = 2048
"""How many rendered frames a stream keeps; older ones are rendered again when somebody asks."""
PACKING_LEVEL = 6
FRAMES_BEHIND_MAX = 400
"""A reader further behind than this gets a snapshot: it is smaller and quicker than the frames."""


class Stream:
    """All that one viewer was ever shown."""

    def __init__(self, code: str, epoch: str, renderer: Renderer, first: View, delay_ms: int = 0) -> None:
        self.code = code
        self.epoch = epoch
        self.delay_ms = delay_ms
        self.wakes: dict[int, Callable[[], None]] = {}
        """Every reader, and how it is told that there is something to read."""
        self.woken: set[int] = set()
        """Readers that were told and have not read since: they are not told again, so that who does not read costs an act nothing."""
        self._renderer = renderer
        self._view: View = dict(first)
        self._applied = 0
        self._frames: list[Changes] = []
        self._held_back: deque[tuple[int, Changes]] = deque()
        self._rendered: dict[tuple[int, str, Encoding], Bytes] = {}
        self._snapshots: dict[tuple[str, Encoding, bool], tuple[int, Bytes]] = {}
        self._digests: dict[str, tuple[int, Digest]] = {}
        """Language -> the digest at a version."""

    @property
    def version(self) -> int:
        """The version that is shown now."""
        return len(self._frames)

    @property
    def view(self) -> View:
        """The view that is shown now; brought up to date when somebody looks."""
        for changes in self._frames[self._applied :]:
            apply(self._view, changes)
        self._applied = len(self._frames)
        return self._view

    def publish(self, changes: Changes, now_ms: int) -> None:
        """Add what one step changed; shown at once, or after the delay."""
        if self.delay_ms:
            self._held_back.append((now_ms + self.delay_ms, changes))
        else:
            self._frames.append(changes)

    def release(self, now_ms: int) -> bool:
        """Show what has been held back long enough. Whether there was any."""
        shown = False
        while self._held_back and self._held_back[0][0] <= now_ms:
            self._frames.append(self._held_back.popleft()[1])
            shown = True
        return shown

    def held_until_ms(self) -> list[int]:
        """The times at which something that is held back may be shown."""
        return [due_ms for due_ms, _ in self._held_back]

    def wake(self) -> None:
        """Tell every reader that does not know it yet that there is something to read."""
        to_tell = [(reader, call) for reader, call in self.wakes.items() if reader not in self.woken]
        self.woken.update(reader for reader, _ in to_tell)
        for _, call in to_tell:
            call()

    def frame(self, version: int, language: str, encoding: Encoding) -> Bytes:
        """The frame that leads from `version - 1` to `version`."""
        key = (version, language, encoding)
        found = self._rendered.get(key)
        if found is None:
            found = self._rendered[key] = self._bytes(self._frame(version, language), encoding)
            if len(self._rendered) > RENDERED_MAX:
                del self._rendered[next(iter(self._rendered))]
        return found

    def _frame(self, version: int, language: str) -> Frame:
        put: dict[str, dict[str, Item]] = {}
        drop: dict[str, list[str]] = {}
        item = self._renderer.item
        for change in self._frames[version - 1]:
            if change.item is None:
                drop.setdefault(change.collection, []).append(change.key)
            else:
                put.setdefault(change.collection, {})[change.key] = item(change.collection, change.item, language)
        return Frame(self.code, self.epoch, version, put, drop)  # type: ignore[arg-type]  # every Item is of AnyItem

    def snapshot(self, language: str, encoding: Encoding, *, packed: bool = False) -> Bytes:
        """The whole view as it is shown now. `packed`: for a client that can unpack zlib (msgpack only)."""
        packed = packed and encoding == "msgpack"
        found = self._snapshots.get((language, encoding, packed))
        if found is None or found[0] != self.version:
            items = self._items(language)
            digest = Digest(items)
            self._digests[language] = (self.version, digest)
            message: Snapshot | Packed
            if packed:
                squeezed = zlib.compress(msgspec.msgpack.encode(items), PACKING_LEVEL)
                message = Packed(self.code, self.epoch, self.version, squeezed, digest.number)
            else:
                message = Snapshot(self.code, self.epoch, self.version, items, digest.number)  # type: ignore[arg-type]
            found = self._snapshots[language, encoding, packed] = (self.version, self._bytes(message, encoding))
        return found[1]

    def digest(self, language: str) -> Digested:
        """What the view is now, as whoever holds it in a language can check it; goes on from what was last asked."""
        found = self._digests.get(language)
        if found is None:
            digest = Digest(self._items(language))
        else:
            at, digest = found
            for change in (change for changes in self._frames[at:] for change in changes):
                if change.item is None:
                    digest.drop(change.collection, change.key)
                else:
                    item = self._renderer.item(change.collection, change.item, language)
                    digest.put(change.collection, change.key, item)
        self._digests[language] = (self.version, digest)
        return Digested(self.version, digest.number)

    def _items(self, language: str) -> dict[str, dict[str, Item]]:
        """The view as it is shown now, in words; counted keys in the order in which frames brought them (m9 before m10)."""
        items: dict[str, dict[str, Item]] = {}
        for (collection, key), shown in sorted(self.view.items(), key=_place):
            items.setdefault(collection, {})[key] = self._renderer.item(collection, shown, language)
        return items

    def _bytes(self, message: Frame | Snapshot | Packed, encoding: Encoding) -> Bytes:
        payload = encode(message, encoding)
        return payload, server_frame(payload, text=encoding == "json")

    def forget_words(self) -> None:
        """After an erasure: nothing that was rendered before may be read again."""
        self._rendered.clear()
        self._snapshots.clear()
        self._digests.clear()


def _place(entry: tuple[tuple[str, str], object]) -> tuple[str, int, str]:
    """Where an item stands in a snapshot. Screens show what came in the same second in the order in which they hold it."""
    (collection, key), _ = entry
    return collection, len(key), key
