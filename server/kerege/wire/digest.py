"""A digest of a view as a client holds it: the same number on both sides, or one of them holds something else.

The sum, modulo 2**32, over all items of crc32(collection NUL key NUL item), the item as JSON with sorted keys and no
spaces. A sum, so that it goes on from what one frame changes; no secret and no proof: it finds accidents, not forgers.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kerege.wire.items import Item

DIGEST_END = 2**32
"""Digests are whole numbers below it."""


class Digest:
    """The digest of one view in one language, kept up as items come and go."""

    def __init__(self, items: Mapping[str, Mapping[str, Item]]) -> None:
        """Begin with a whole view: collection -> key -> item."""
        self._parts = {
            (name, key): _part(name, key, item) for name, held in items.items() for key, item in held.items()
        }
        self.number = sum(self._parts.values()) % DIGEST_END

    def put(self, collection: str, key: str, item: Item) -> None:
        """An item is new or has changed."""
        self.drop(collection, key)
        part = self._parts[collection, key] = _part(collection, key, item)
        self.number = (self.number + part) % DIGEST_END

    def drop(self, collection: str, key: str) -> None:
        """An item is gone, if it was there."""
        self.number = (self.number - self._parts.pop((collection, key), 0)) % DIGEST_END


def _part(collection: str, key: str, item: Item) -> int:
    return zlib.crc32(f"{collection}\0{key}\0".encode() + msgspec.json.encode(item, order="sorted"))
