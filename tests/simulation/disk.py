"""A disk with a cache before it, and the journal's port upon it: what was not synced may be gone, or there in part.

A record is one append. A killed process leaves the cache; a power cut leaves what was synced, and of the records after it any
sectors (here: entries). Opening reads records up to the first that is not whole, and settles: what it has read is on the
disk before anybody is told of it. `Faults` are the mutants: each takes one of these rules away.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from kerege.journal import batch as batches
from kerege.journal.chain import EMPTY, Broken, fault_of, tail_of
from kerege.journal.port import Appended, BadBatch, Committed, Fenced, Full, StoreDown, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from random import Random

    from kerege.journal.chain import Head
    from kerege.journal.entry import Sealed

WRITE_S = (0.0002, 0.004)
SYNC_S = (0.0005, 0.030)
STALL_S = 2.0
"""Now and then a sync takes as long as this."""
TROUBLE = 0.002
"""How often a sync stalls, and how often it fails."""


@dataclass(eq=False)
class Record:
    """One append: its entries, and which of them are there."""

    entries: tuple[Sealed, ...]
    there: list[bool]

    @property
    def whole(self) -> bool:
        return all(self.there)


@dataclass
class Faults:
    """Rules that a mutant breaks."""

    answers_before_the_disk: bool = False
    no_index: bool = False
    """The store does not refuse a command id that is already there."""
    no_settling: bool = False
    half_a_record: bool = False


class Watch(Protocol):
    """Who looks on."""

    def opened(self, entries: Sequence[Sealed]) -> None: ...

    def kept(self, batch: Sequence[Sealed], began_s: float) -> None:
        """`began_s`: when the append began."""
        ...


@dataclass
class Disk:
    """What a machine keeps."""

    random: Random
    records: list[Record] = field(default_factory=list)
    synced: int = 0
    """How many records are certain."""
    ill_s: float = 0.0
    """Until this time syncs fail."""
    full_s: float = 0.0
    calm: bool = False
    """No trouble of its own any more."""
    written: Callable[[Sequence[Sealed]], None] | None = None
    """Called when an append is written and not synced."""
    counts: dict[str, int] = field(default_factory=dict)

    def entries(self) -> list[Sealed]:
        """What is read: the records up to the first that is not whole."""
        found: list[Sealed] = []
        for record in self.records:
            if not record.whole:
                break
            found += record.entries
        return found

    def power_cut(self) -> None:
        """What was not synced is there in part."""
        for record in self.records[self.synced :]:
            kept = self.random.choice((0.0, 0.5, 1.0))
            record.there = [self.random.random() < kept for _ in record.entries]
        self.count("power cuts")

    def opened(self, *, settle: bool, half: bool) -> None:
        """A process opens the store: what is broken is cut off, what is left is made certain. `half`: a part is left, too."""
        for n, record in enumerate(self.records):
            if not record.whole:
                if half and record.there[0]:
                    self.records[n] = Record(record.entries[:1], [True])
                    n += 1  # noqa: PLW2901  this one stays
                del self.records[n:]
                break
        self.synced = len(self.records) if settle else min(self.synced, len(self.records))

    def count(self, what: str) -> None:
        """One more trouble of this sort."""
        self.counts[what] = self.counts.get(what, 0) + 1


class SimulatedJournal:
    """The port over a Disk. `watch` is told of every opening, and of every append that was made certain."""

    def __init__(self, disk: Disk, faults: Faults, watch: Watch) -> None:
        self._disk = disk
        self._faults = faults
        self._watch = watch
        self._why = ""
        self._entries: list[Sealed] = []
        self._asked: set[tuple[str, str]] = set()
        self._late: list[asyncio.Task[Appended]] = []

    @classmethod
    async def open(cls, disk: Disk, faults: Faults, watch: Watch) -> SimulatedJournal:
        """Open and settle the store. Raises StoreDown, Broken."""
        await asyncio.sleep(disk.random.uniform(*SYNC_S))
        if asyncio.get_running_loop().time() < disk.ill_s:
            raise StoreDown("the disk fails")
        journal = cls(disk, faults, watch)
        disk.opened(settle=not faults.no_settling, half=faults.half_a_record)
        journal._entries = disk.entries()
        journal._asked = {(entry.seat, entry.command_id) for entry in journal._entries if entry.seat}
        watch.opened(journal._entries)
        return journal

    async def append(self, batch: Sequence[Sealed]) -> Appended:
        """Write, sync, answer."""
        if self._faults.answers_before_the_disk and not self._why:
            batches.check(batch)
            self._late.append(asyncio.get_running_loop().create_task(self._append(tuple(batch), slow_s=0.05)))
            return Committed()
        return await self._append(tuple(batch))

    async def try_write(self) -> Appended:
        """As ill or as full as the disk is."""
        await asyncio.sleep(self._disk.random.uniform(*SYNC_S))
        now_s = asyncio.get_running_loop().time()
        if self._why or now_s < self._disk.ill_s:
            self._why = self._why or "the disk failed"
            return Unknown(self._why)
        return Full("no space left") if now_s < self._disk.full_s else Committed()

    async def _append(self, batch: tuple[Sealed, ...], slow_s: float = 0.0) -> Appended:
        disk, random, loop = self._disk, self._disk.random, asyncio.get_running_loop()
        began_s = loop.time()
        await asyncio.sleep(slow_s)
        if self._why:
            return Unknown(self._why)
        batches.check(batch)
        if isinstance(batches.follow(tail_of(self._entries[-1]) if self._entries else EMPTY, batch), Fenced):
            return Fenced()
        asked = {(entry.seat, entry.command_id) for entry in batch if entry.seat}
        if asked & self._asked and not self._faults.no_index:
            raise BadBatch("a command id of its seat is already in the log")
        await asyncio.sleep(random.uniform(*WRITE_S))
        if loop.time() < disk.full_s:
            disk.count("full disk")
            return Full("no space left")
        record = Record(batch, [True] * len(batch))
        disk.records.append(record)
        if disk.written is not None:
            disk.written(batch)
        await asyncio.sleep(STALL_S if not disk.calm and random.random() < TROUBLE else random.uniform(*SYNC_S))
        if loop.time() < disk.ill_s or (not disk.calm and random.random() < TROUBLE):
            disk.count("failed syncs")
            if random.random() < 0.3:  # the write itself has failed
                disk.records.remove(record)
            self._why = "the disk failed"
            return Unknown(self._why)
        disk.synced = len(disk.records)
        self._entries.extend(batch)
        self._asked |= asked
        self._watch.kept(batch, began_s)
        return Committed()

    async def read(self, first: int = 0) -> list[Sealed]:
        """All entries, checked."""
        if self._why:
            raise StoreDown(self._why)
        tail = tail_of(self._entries[first - 1]) if 0 < first <= len(self._entries) else EMPTY
        for entry in self._entries[first:]:
            fault = fault_of(entry, tail)
            if fault is not None:
                raise Broken(fault)
            tail = tail_of(entry)
        await asyncio.sleep(0.001)
        return list(self._entries[first:])

    async def erase(self, word_ids: Sequence[str]) -> int:
        """Nobody erases here."""
        raise NotImplementedError

    async def export_to(self, path: Path) -> Head | None:
        """There are no files here."""
        raise NotImplementedError

    async def close(self) -> None:
        """Answer Unknown from now on."""
        self._why = self._why or "the journal is closed"
