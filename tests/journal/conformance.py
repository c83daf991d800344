"""What every store must do. A store's own test file subclasses `Conformance` and says how it is opened."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec
import pytest

from kerege.journal.chain import verify
from kerege.journal.entry import ENTRY_BYTES_MAX
from kerege.journal.export import read_file, verify_file
from kerege.journal.port import BATCH_ENTRIES_MAX, BadBatch, Committed, Fenced, Journal, StoreDown, Unknown
from tests.journal.logs import ZEROS, entry_after, log, resealed


class Store:
    """One exercise's place. `open` makes it at first and opens it afterwards; one journal at a time."""

    async def open(self) -> Journal:
        raise NotImplementedError


class Conformance:
    @pytest.fixture
    async def journal(self, store: Store):
        journal = await store.open()
        yield journal
        await journal.close()

    async def test_read_gives_what_was_appended_in_order(self, journal):
        """What comes back is what was appended, part for part."""
        entries = log(7, words=2)
        assert await journal.append(entries[:3]) == Committed()
        assert await journal.append(entries[3:]) == Committed()
        assert await journal.read() == entries

    async def test_read_from_anywhere(self, journal):
        """Reading from n gives n and the rest; from the end or past it, nothing."""
        entries = log(5)
        await journal.append(entries)
        for first in range(5):
            assert await journal.read(first) == entries[first:]
        assert await journal.read(5) == []
        assert await journal.read(99) == []

    async def test_a_new_log_is_empty(self, journal):
        """Before the genesis there is nothing."""
        assert await journal.read() == []

    async def test_many_entries_are_read_in_order(self, journal):
        """A log of several slices comes back whole."""
        entries = log(2500, words=0)
        for start in range(0, 2500, BATCH_ENTRIES_MAX):
            assert await journal.append(entries[start : start + BATCH_ENTRIES_MAX]) == Committed()
        assert await journal.read() == entries
        assert await journal.read(1500) == entries[1500:]

    async def test_all_survives_closing(self, store):
        """What was committed is there when the store is opened again, and goes on from there."""
        entries = log(9, words=2)
        for start in range(0, 9, 3):
            journal = await store.open()
            assert await journal.read() == entries[:start]
            assert await journal.append(entries[start : start + 3]) == Committed()
            await journal.close()
        journal = await store.open()
        assert await journal.read() == entries
        await journal.close()

    async def test_an_empty_batch_is_committed(self, journal):
        """Nothing to keep is kept at once."""
        assert await journal.append([]) == Committed()
        assert await journal.read() == []

    async def test_a_batch_at_its_bound_is_kept_and_past_it_refused(self, journal):
        """BATCH_ENTRIES_MAX entries go, one more does not."""
        entries = log(2 * BATCH_ENTRIES_MAX + 1)
        assert await journal.append(entries[:BATCH_ENTRIES_MAX]) == Committed()
        with pytest.raises(BadBatch, match="at most"):
            await journal.append(entries[BATCH_ENTRIES_MAX:])
        assert len(await journal.read()) == BATCH_ENTRIES_MAX
        assert await journal.append(entries[BATCH_ENTRIES_MAX:-1]) == Committed()

    async def test_an_entry_past_its_bound_is_refused(self, journal):
        """A body of ENTRY_BYTES_MAX fits, one byte more does not."""
        with pytest.raises(BadBatch):
            await journal.append([entry_after(None, body=bytes(ENTRY_BYTES_MAX + 1))])
        assert await journal.append([entry_after(None, body=bytes(ENTRY_BYTES_MAX))]) == Committed()

    @pytest.mark.parametrize("bad", range(1, 4))
    async def test_a_bad_batch_leaves_nothing_behind(self, journal, bad):
        """One entry that cannot be kept, wherever it stands in the batch: none is."""
        entries = log(5)
        await journal.append(entries[:1])
        batch = entries[1:]
        batch[bad] = msgspec.structs.replace(batch[bad], body=b"changed")
        with pytest.raises(BadBatch, match=f"entry {bad + 1}"):
            await journal.append(batch)
        assert await journal.read() == entries[:1]
        assert await journal.append(entries[1:]) == Committed()

    async def test_a_tried_write_leaves_nothing(self, journal):
        """It says that the store takes writes, between appends and on an empty log, and nobody reads anything of it."""
        entries = log(4)
        for kept in range(4):
            assert await journal.try_write() == Committed()
            assert await journal.append(entries[kept : kept + 1]) == Committed()
            assert await journal.read() == entries[: kept + 1]

    async def test_a_command_id_is_kept_once(self, journal):
        """The same (seat, command id) is refused in one batch and against the log; the batch leaves nothing."""
        entries = log(3)
        await journal.append(entries)
        fourth = entry_after(entries[-1])
        again = resealed(entry_after(fourth), command_id="command-1")
        with pytest.raises(BadBatch, match="command id"):
            await journal.append([fourth, again])
        with pytest.raises(BadBatch, match="command id"):
            await journal.append([fourth, resealed(entry_after(fourth), command_id=fourth.command_id)])
        assert await journal.read() == entries
        other_seat = resealed(entry_after(fourth), command_id="command-1", seat="seat-b")
        assert await journal.append([fourth, other_seat]) == Committed()

    async def test_entries_without_a_seat_share_no_ids(self, journal):
        """What the room itself writes has no seat, and as many entries as it likes."""
        first = entry_after(None)
        second = resealed(entry_after(first), seat="", command_id="")
        third = resealed(entry_after(second), seat="", command_id="")
        assert await journal.append([first, second, third]) == Committed()

    async def test_a_gap_is_refused(self, journal):
        """An entry whose predecessor is not there is refused, within a batch and against the log."""
        entries = log(6)
        with pytest.raises(BadBatch, match="gap"):
            await journal.append(entries[1:2])
        await journal.append(entries[:2])
        with pytest.raises(BadBatch, match="gap"):
            await journal.append(entries[3:])
        with pytest.raises(BadBatch, match="entry 3 is missing"):
            await journal.append([entries[2], entries[4]])
        assert await journal.read() == entries[:2]

    async def test_who_did_not_see_the_last_entry_is_fenced(self, journal):
        """A number that is taken, another entry before it, an older epoch: somebody else has written. Nothing is kept."""
        entries = log(3, epoch=5)
        await journal.append(entries)
        assert await journal.append(entries[1:]) == Fenced()
        assert await journal.append(log(2)) == Fenced()
        assert await journal.append([resealed(entry_after(entries[-1], epoch=5), previous=ZEROS)]) == Fenced()
        assert await journal.append([entry_after(entries[-1], epoch=4)]) == Fenced()
        assert await journal.read() == entries
        assert await journal.append([entry_after(entries[-1], epoch=6)]) == Committed()

    async def test_appends_made_together_are_kept_in_order(self, journal):
        """A hundred appends on their way at once: all kept, in the order they were made."""
        entries = log(300)
        appends = [asyncio.ensure_future(journal.append(entries[n : n + 3])) for n in range(0, 300, 3)]
        assert await asyncio.gather(*appends) == [Committed()] * 100
        assert await journal.read() == entries

    async def test_one_bad_append_does_not_hurt_its_neighbours(self, journal):
        """Of appends made together a repeated command id is refused; the others are kept."""
        entries = log(4)
        await journal.append(entries[:2])
        repeats = resealed(entries[3], command_id="command-1")
        answers = await asyncio.gather(
            journal.append(entries[2:3]), journal.append([repeats]), journal.append(entries[3:]), return_exceptions=True
        )
        assert [type(answer) for answer in answers] == [Committed, BadBatch, Committed]
        assert await journal.read() == entries

    async def test_after_closing_nobody_knows(self, store):
        """A closed journal answers Unknown to appends and StoreDown to everything else; closing twice is closing once."""
        journal = await store.open()
        entries = log(2)
        await journal.append(entries[:1])
        await journal.close()
        await journal.close()
        assert isinstance(await journal.append(entries[1:]), Unknown)
        assert isinstance(await journal.append([]), Unknown)
        assert isinstance(await journal.try_write(), Unknown)
        with pytest.raises(StoreDown):
            await journal.read()
        with pytest.raises(StoreDown):
            await journal.erase(["w0.0"])
        with pytest.raises(StoreDown):
            await journal.export_to(Path("nowhere"))
        journal = await store.open()
        assert await journal.read() == entries[:1]
        await journal.close()

    async def test_what_was_appended_before_closing_is_answered(self, store):
        """Closing lets what is on its way finish."""
        journal = await store.open()
        entries = log(20)
        appends = [asyncio.ensure_future(journal.append([entry])) for entry in entries]
        await asyncio.sleep(0)
        await journal.close()
        assert await asyncio.gather(*appends) == [Committed()] * 20

    async def test_an_erased_word_leaves_its_commitment(self, store):
        """Text and salt are gone, now and after opening again; the chain holds, and the log goes on."""
        journal = await store.open()
        entries = log(4, words=3)
        await journal.append(entries)
        assert await journal.erase(["w1.0", "w3.2", "w3.2", "no such word"]) == 2
        assert await journal.erase(["w1.0"]) == 0
        assert await journal.erase([]) == 0
        assert await journal.append([entry_after(entries[-1])]) == Committed()
        for _ in range(2):
            kept = await journal.read()
            assert verify(kept).holds
            assert verify(kept).head == verify([*entries, entry_after(entries[-1])]).head
            words = [word for entry in kept for word in entry.words]
            assert [word.id for word in words if word.text is None] == ["w1.0", "w3.2"]
            assert [word.id for word in words if word.salt is None] == ["w1.0", "w3.2"]
            await journal.close()
            journal = await store.open()
        await journal.close()

    async def test_an_export_holds_the_log(self, journal, tmp_path):
        """The portable file has every entry, erased words erased, and is never written over a file."""
        entries = log(6, words=2)
        await journal.append(entries)
        await journal.erase(["w2.1"])
        path = tmp_path / "exercise.kerege"
        head = await journal.export_to(path)
        assert head == verify(entries).head
        assert list(read_file(path)) == await journal.read()
        assert verify_file(path).head == head
        assert "сказано 2.1".encode() not in path.read_bytes()
        assert "сказано 2.0".encode() in path.read_bytes()
        before = path.read_bytes()
        with pytest.raises(FileExistsError):
            await journal.export_to(path)
        assert path.read_bytes() == before

    async def test_an_empty_log_can_be_exported(self, journal, tmp_path):
        """Nothing has no head."""
        assert await journal.export_to(tmp_path / "empty.kerege") is None
        assert verify_file(tmp_path / "empty.kerege").holds
