"""A journal in memory: for tests, rehearsals and simulation. Durable only as long as its MemoryDisk.

Keeps every rule of the port, and can show what a file cannot: two owners on one store, of which one is fenced.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import msgspec

from kerege.journal import batch as batches
from kerege.journal.chain import EMPTY, Broken, Head, Tail, fault_of, tail_of
from kerege.journal.entry import Sealed
from kerege.journal.export import write_file
from kerege.journal.port import Appended, BadBatch, Committed, Fenced, StoreDown, Unknown


class MemoryDisk:
    """What stays when a MemoryJournal is closed. Opening another on it is the restart."""

    def __init__(self) -> None:
        self.entries: list[Sealed] = []
        self.asked: set[tuple[str, str]] = set()


class MemoryJournal:
    """The port over a list."""

    def __init__(self, disk: MemoryDisk | None = None) -> None:
        self._disk = MemoryDisk() if disk is None else disk
        self._open = True

    async def append(self, batch: Sequence[Sealed]) -> Appended:
        """Keep all entries, then let others run once, as a disk would."""
        if not self._open:
            return Unknown("the journal is closed")
        answer = self._keep(batch)
        await asyncio.sleep(0)
        return answer

    async def try_write(self) -> Appended:
        """A list takes whatever comes."""
        return Committed() if self._open else Unknown("the journal is closed")

    async def read(self, first: int = 0) -> list[Sealed]:
        """All entries from `first` on."""
        entries = self._entries()
        tail = tail_of(entries[first - 1]) if 0 < first <= len(entries) else EMPTY
        for entry in entries[first:]:
            fault = fault_of(entry, tail)
            if fault is not None:
                raise Broken(fault)
            tail = tail_of(entry)
        return entries[first:]

    async def erase(self, word_ids: Sequence[str]) -> int:
        """Remove texts and salts."""
        entries, gone, erased = self._entries(), set(word_ids), 0
        for n, entry in enumerate(entries):
            if any(word.id in gone and word.text is not None for word in entry.words):
                erased += sum(word.id in gone and word.text is not None for word in entry.words)
                words = tuple(
                    msgspec.structs.replace(word, salt=None, text=None) if word.id in gone else word
                    for word in entry.words
                )
                entries[n] = msgspec.structs.replace(entry, words=words)
        return erased

    async def export_to(self, path: Path) -> Head | None:
        """Write the portable file in one go."""
        entries = self._entries()
        return write_file(path, len(entries), entries)

    async def close(self) -> None:
        """Let go of the disk."""
        self._open = False

    def _entries(self) -> list[Sealed]:
        if not self._open:
            raise StoreDown("the journal is closed")
        return self._disk.entries

    def _keep(self, batch: Sequence[Sealed]) -> Committed | Fenced:
        batches.check(batch)
        if not batch:
            return Committed()
        disk = self._disk
        tail: Tail = tail_of(disk.entries[-1]) if disk.entries else EMPTY
        if isinstance(batches.follow(tail, batch), Fenced):
            return Fenced()
        asked = {(entry.seat, entry.command_id) for entry in batch if entry.seat}
        if asked & disk.asked:
            raise BadBatch("a command id of its seat is already in the log")
        disk.asked |= asked
        disk.entries.extend(batch)
        return Committed()
