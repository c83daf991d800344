"""A journal that answers as it is told: the trouble of a store, without a store."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kerege.journal.memory import MemoryDisk, MemoryJournal
from kerege.journal.port import Appended, Fenced, Full, StoreDown, Unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerege.journal.entry import Sealed


class Trouble:
    """What the next appends and reads answer; nothing said: the truth."""

    def __init__(self) -> None:
        self.appends: list[str] = []
        self.tries: list[str] = []
        self.reads_fail = 0
        self.batches: list[int] = []
        self.gate: asyncio.Event | None = None

    def journal(self, disk: MemoryDisk) -> TroubledJournal:
        return TroubledJournal(disk, self)


class TroubledJournal(MemoryJournal):
    """`full`, `unknown_lost`, `unknown_kept`, `fenced`: nobody is told which of the two unknowns it was."""

    def __init__(self, disk: MemoryDisk, trouble: Trouble) -> None:
        super().__init__(disk)
        self._trouble = trouble

    async def append(self, batch: Sequence[Sealed]) -> Appended:
        if self._trouble.gate is not None:
            await self._trouble.gate.wait()
        self._trouble.batches.append(len(batch))
        what = self._trouble.appends.pop(0) if self._trouble.appends and batch[0].header.n else ""
        if what == "full":
            return Full("no space left")
        if what == "fenced":
            return Fenced()
        if what == "unknown_lost":
            return Unknown("the disk did not answer")
        done = await super().append(batch)
        return Unknown("the disk did not answer") if what == "unknown_kept" else done

    async def try_write(self) -> Appended:
        what = self._trouble.tries.pop(0) if self._trouble.tries else ""
        if what == "full":
            return Full("no space left")
        return Unknown("the disk did not answer") if what == "unknown" else await super().try_write()

    async def read(self, first: int = 0) -> list[Sealed]:
        if self._trouble.reads_fail:
            self._trouble.reads_fail -= 1
            raise StoreDown("not yet")
        return await super().read(first)
