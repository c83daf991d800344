from __future__ import annotations

import msgspec
import pytest

from kerege.journal.chain import Broken
from kerege.journal.memory import MemoryDisk, MemoryJournal
from kerege.journal.port import Committed, Fenced
from tests.journal.conformance import Conformance, Store
from tests.journal.logs import entry_after, log


class MemoryStore(Store):
    def __init__(self) -> None:
        self.disk = MemoryDisk()

    async def open(self) -> MemoryJournal:
        return MemoryJournal(self.disk)


class TestMemoryJournal(Conformance):
    @pytest.fixture
    def store(self):
        return MemoryStore()

    async def test_two_owners(self, store):
        """The second owner's first entry fences the first owner for good, and neither loses a kept entry."""
        first, second = await store.open(), await store.open()
        entries = log(2, epoch=1)
        await first.append(entries)
        assert await second.append([entry_after(entries[-1], epoch=2)]) == Committed()
        assert await first.append([entry_after(entries[-1], epoch=1)]) == Fenced()
        assert [entry.header.epoch for entry in await first.read()] == [1, 1, 2]

    async def test_read_names_a_changed_entry(self, store):
        """A changed entry is refused by its number, also when reading starts after the genesis."""
        journal = await store.open()
        await journal.append(log(5))
        store.disk.entries[3] = msgspec.structs.replace(store.disk.entries[3], body=b"changed")
        for first in (0, 2, 3):
            with pytest.raises(Broken) as broken:
                await journal.read(first)
            assert broken.value.fault.entry == 3
        assert len(await journal.read(4)) == 1
