"""The log's entry: what is hashed, what can be erased, and what is only a label. The format is fixed from entry 0.

    header   (n, epoch, at_ms, kind, version)                                  hashed as it is
    body     typed msgpack bytes (Genesis for entry 0, Step for the others)    hashed through a keyed commitment
    words    texts typed by people, each with its own salt                     hashed through keyed commitments
    hash     sha256(previous hash, header, body commitment, seat, command id, word commitments)
    wall_ms  when it was written                                               a label, outside the hash

A commitment is blake2b(body, key=salt). Erasing a word removes its text and salt; its commitment stays in the entry.
"""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

ENTRY_VERSION = 1
SALT_BYTES = 32
HASH_BYTES = 32
ENTRY_BYTES_MAX = 32 * 1024 * 1024
"""Body and words of one entry together. Entry 0 holds a whole compiled pack with its texts: some MiB at the most."""


class Word(msgspec.Struct, frozen=True):
    """A text typed by a person. State and bodies hold only `id`. `text` and `salt` are None once erased."""

    id: str
    commitment: bytes
    salt: bytes | None
    text: str | None


class Header(msgspec.Struct, frozen=True):
    """What stands in the open: the entry's place, owner's epoch, play time, kind and format version."""

    n: int
    epoch: int
    at_ms: int
    kind: Literal["genesis", "step"]
    version: int = ENTRY_VERSION


class Sealed(msgspec.Struct, frozen=True):
    """One entry as it is stored."""

    header: Header
    body: bytes
    salt: bytes
    words: tuple[Word, ...]
    previous: bytes
    hash: bytes
    wall_ms: int
    seat: str = ""
    command_id: str = ""
    """Of a command that came from a seat; unique together. Also inside the body; here for the store's index."""


def commitment(salt: bytes, body: bytes) -> bytes:
    """The keyed commitment to a body: tells nothing about it without the salt."""
    return hashlib.blake2b(body, key=salt, digest_size=HASH_BYTES).digest()


def chain_hash(
    previous: bytes,
    header: Header,
    body_commitment: bytes,
    words: tuple[Word, ...],
    seat: str = "",
    command_id: str = "",
) -> bytes:
    """The entry's hash over the one before, its header, who asked, and all commitments.

    Every part but the header has a fixed size, and the header's msgpack ends by itself: no two entries run together.
    """
    digest = hashlib.sha256(previous)
    digest.update(msgspec.msgpack.encode(header))
    digest.update(body_commitment)
    digest.update(_fixed(seat))
    digest.update(_fixed(command_id))
    for word in words:
        digest.update(_fixed(word.id))
        digest.update(word.commitment)
    return digest.digest()


def seal(
    header: Header,
    body: bytes,
    salt: bytes,
    words: tuple[Word, ...],
    previous: bytes,
    wall_ms: int,
    seat: str = "",
    command_id: str = "",
) -> Sealed:
    """Bind all parts of an entry together. `salt` is SALT_BYTES long; `previous` is the last hash (zeros for entry 0)."""
    digest = chain_hash(previous, header, commitment(salt, body), words, seat, command_id)
    return Sealed(header, body, salt, words, previous, digest, wall_ms, seat, command_id)


def word(word_id: str, text: str, salt: bytes) -> Word:
    """A text typed by a person, with its commitment. `salt` is SALT_BYTES long and never used for another word."""
    return Word(word_id, commitment(salt, text.encode()), salt, text)


def _fixed(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=HASH_BYTES).digest()
