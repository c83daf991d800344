"""Small logs for tests, the same in every process: no chance, no clock."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from kerege.journal.entry import Header, Sealed, seal, word

ZEROS = bytes(32)


def salt(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


def entry_after(previous: Sealed | None, *, epoch: int = 1, body: bytes | None = None, words: int = 0) -> Sealed:
    """The next entry of a log; every entry has a command of its own."""
    n = 0 if previous is None else previous.header.n + 1
    return seal(
        Header(n, epoch, at_ms=n * 1000, kind="step" if n else "genesis"),
        f"body of entry {n}".encode() * 3 if body is None else body,
        salt(f"body {n}"),
        tuple(word(f"w{n}.{i}", f"сказано {n}.{i}", salt(f"word {n}.{i}")) for i in range(words)),
        ZEROS if previous is None else previous.hash,
        wall_ms=1_700_000_000_000 + n,
        seat="seat-a" if n else "",
        command_id=f"command-{n}" if n else "",
    )


def log(count: int, *, after: Sealed | None = None, epoch: int = 1, words: int = 1) -> list[Sealed]:
    entries: list[Sealed] = []
    for _ in range(count):
        after = entry_after(after, epoch=epoch, words=words)
        entries.append(after)
    return entries


def resealed(entry: Sealed, **parts: object) -> Sealed:
    """The entry with other parts and a fitting hash: what somebody writes who can rebuild a chain."""
    e = msgspec.structs.replace(entry, **parts)
    return seal(e.header, e.body, e.salt, e.words, e.previous, e.wall_ms, e.seat, e.command_id)


def rebuilt(entries: Sequence[Sealed], at: int, **parts: object) -> list[Sealed]:
    """A log whose entry `at` was changed and whose chain was rebuilt from there to the end."""
    changed = list(entries[:at])
    previous = entries[at].previous
    for n, entry in enumerate(entries[at:], at):
        changed.append(resealed(entry, previous=previous, **(parts if n == at else {})))
        previous = changed[-1].hash
    return changed


def with_header(entry: Sealed, **parts: object) -> Sealed:
    return msgspec.structs.replace(entry, header=msgspec.structs.replace(entry.header, **parts))
