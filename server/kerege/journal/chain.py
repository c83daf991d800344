"""Whether a log holds: every entry in its place, bound to the one before, saying what it said when it was written.

A free-standing check: it needs the entries and nothing else. It finds every change of a log that was not rebuilt from
the change to the end, and names the first bad entry. A rebuilt or shortened tail is a good chain by itself; only a head
(n, hash) kept *outside* shows it, which is what `anchor` is for: the paper signed at the end of the day, or a receipt.
Erased words hold: their commitment is still there. The wall clock is a label outside the hash and is not checked.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from kerege.journal.entry import (
    ENTRY_BYTES_MAX,
    ENTRY_VERSION,
    HASH_BYTES,
    SALT_BYTES,
    Sealed,
    Word,
    chain_hash,
    commitment,
)

INTEGER_MAX = 2**63 - 1
"""What every store can hold in a number."""

Reason = Literal[
    "hole",  # this entry is missing
    "order",  # an entry stands after one that should follow it, or twice
    "genesis",  # entry 0 is not the genesis, or a later one is
    "version",  # written in a format this code does not know
    "epoch",  # an owner's epoch goes back
    "size",  # a hash, salt, number or body out of bounds
    "previous",  # bound to another entry than the one before it
    "word",  # a typed text is not the one that was committed to
    "hash",  # header, body, seat, command id or commitments were changed
    "head",  # the log is not the one whose head was kept outside
    "file",  # an exported file's own bytes are damaged
]


class Head(msgspec.Struct, frozen=True):
    """The last entry of a log: enough to recognise the whole log by."""

    n: int
    hash: bytes


class Fault(msgspec.Struct, frozen=True):
    """The first thing that does not hold. `entry` is None when it is in no entry (an exported file's own header)."""

    entry: int | None
    reason: Reason
    text: str


class Verdict(msgspec.Struct, frozen=True):
    """`count` entries hold, the last of them is `head`; then comes `fault`, if any."""

    count: int
    head: Head | None
    fault: Fault | None

    @property
    def holds(self) -> bool:
        """True if the log was found good to its end."""
        return self.fault is None


class Broken(Exception):  # noqa: N818  the sentence reads better without Error
    """The record does not hold. The room does not run on it; `fault` names the entry."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.text)
        self.fault = fault


class Tail(msgspec.Struct, frozen=True):
    """What the next entry has to follow."""

    n: int
    hash: bytes
    epoch: int

    @property
    def head(self) -> Head | None:
        """The same for outside; None for an empty log."""
        return Head(self.n, self.hash) if self.n >= 0 else None


EMPTY = Tail(n=-1, hash=bytes(HASH_BYTES), epoch=0)


def verify(entries: Iterable[Sealed], anchor: Head | None = None) -> Verdict:
    """Walk a whole log from entry 0 and say whether it holds, and whether it still contains the `anchor`."""
    tail = EMPTY
    for entry in entries:
        fault = fault_of(entry, tail) or _against(anchor, entry)
        if fault is not None:
            return Verdict(tail.n + 1, tail.head, fault)
        tail = tail_of(entry)
    return Verdict(tail.n + 1, tail.head, missing_anchor(anchor, tail))


def fault_of(entry: Sealed, tail: Tail) -> Fault | None:
    """What is wrong with `entry` as the one after `tail`; None if it holds."""
    header = entry.header
    n = header.n
    if n > tail.n + 1:
        return Fault(tail.n + 1, "hole", f"entry {tail.n + 1} is missing: entry {n} comes instead")
    if n <= tail.n:
        return Fault(n, "order", f"entry {n} comes after entry {tail.n}")
    if header.version != ENTRY_VERSION:
        return Fault(n, "version", f"entry {n} has format version {header.version}; this is version {ENTRY_VERSION}")
    if header.kind != ("genesis" if n == 0 else "step"):
        return Fault(n, "genesis", f"entry {n} is of kind {header.kind}")
    if header.epoch < tail.epoch:
        return Fault(n, "epoch", f"entry {n} has epoch {header.epoch}, after epoch {tail.epoch}")
    if not _fits(entry):
        return Fault(n, "size", f"entry {n} has a hash, salt, number or body out of bounds")
    if entry.previous != tail.hash:
        return Fault(n, "previous", f"entry {n} does not follow the entry that stands before it")
    return _words_fault(entry) or _hash_fault(entry)


def tail_of(entry: Sealed) -> Tail:
    """What the entry after `entry` has to follow."""
    return Tail(entry.header.n, entry.hash, entry.header.epoch)


def missing_anchor(anchor: Head | None, tail: Tail) -> Fault | None:
    """A log that ends before the head that was kept outside has lost its end."""
    if anchor is None or anchor.n <= tail.n:
        return None
    return Fault(tail.n + 1, "head", f"entry {tail.n + 1} is missing: the head kept outside is entry {anchor.n}")


def _against(anchor: Head | None, entry: Sealed) -> Fault | None:
    if anchor is None or anchor.n != entry.header.n or anchor.hash == entry.hash:
        return None
    return Fault(anchor.n, "head", f"entry {anchor.n} is not the one whose hash was kept outside")


def _fits(entry: Sealed) -> bool:
    header = entry.header
    size = len(entry.body) + sum(len(word.text or "") for word in entry.words)
    return (
        size <= ENTRY_BYTES_MAX
        and len(entry.salt) == SALT_BYTES
        and len(entry.previous) == HASH_BYTES
        and len(entry.hash) == HASH_BYTES
        and 0 <= header.epoch <= INTEGER_MAX
        and n_fits(header.at_ms)
        and n_fits(entry.wall_ms)
        and all(len(word.commitment) == HASH_BYTES for word in entry.words)
    )


def n_fits(number: int) -> bool:
    """True if every store can hold the number."""
    return -INTEGER_MAX <= number <= INTEGER_MAX


def _words_fault(entry: Sealed) -> Fault | None:
    n = entry.header.n
    for word in entry.words:
        erased = word.text is None and word.salt is None
        if not erased and not _as_committed(word):
            return Fault(n, "word", f"entry {n} has a word that is half erased or not the one committed to")
    return None


def _as_committed(word: Word) -> bool:
    if word.text is None or word.salt is None or len(word.salt) != SALT_BYTES:
        return False
    try:
        return commitment(word.salt, word.text.encode()) == word.commitment
    except UnicodeEncodeError:  # a lone surrogate: no text of ours
        return False


def _hash_fault(entry: Sealed) -> Fault | None:
    body = commitment(entry.salt, entry.body)
    try:
        expected = chain_hash(entry.previous, entry.header, body, entry.words, entry.seat, entry.command_id)
    except UnicodeEncodeError:  # a lone surrogate in an id: no entry of ours
        expected = b""
    if expected == entry.hash:
        return None
    return Fault(entry.header.n, "hash", f"entry {entry.header.n} was changed: its hash does not follow from it")
