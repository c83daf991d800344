from __future__ import annotations

import msgpack
import msgspec
import pytest

from kerege.journal.chain import Broken, Head, verify
from kerege.journal.entry import Word
from kerege.journal.export import BANNER, SIMULATION, Writer, read_file, verify_file, write_file
from tests.journal.logs import log, rebuilt

COUNT = 5


@pytest.fixture
def entries():
    entries = log(COUNT, words=1)
    word = entries[3].words[0]
    entries[3] = msgspec.structs.replace(entries[3], words=(Word(word.id, word.commitment, None, None),))
    return entries


@pytest.fixture
def path(tmp_path, entries):
    path = tmp_path / "silver-reed.kerege"
    write_file(path, COUNT, entries)
    return path


def frames(data: bytes) -> list[bytes]:
    """The file's frames, each with its five bytes of prefix."""
    found = []
    while data:
        size = 5 + int.from_bytes(data[1:5], "big")
        found.append(data[:size])
        data = data[size:]
    return found


def test_an_export_is_read_back(path, entries):
    """Entries come back part for part, and the verdict is that of the log."""
    assert list(read_file(path)) == entries
    assert verify_file(path) == verify(entries)


def test_any_msgpack_decoder_reads_it(path, entries):
    """The file is a plain msgpack stream: banner, cover, pages, back."""
    stream = msgpack.Unpacker()
    stream.feed(path.read_bytes())
    banner, cover, *pages, back = stream
    assert banner == BANNER
    assert msgpack.unpackb(cover)[0] == {"count": COUNT, "format": 1, "simulation": SIMULATION}
    assert [msgpack.unpackb(page)[0]["body"] for page in pages] == [entry.body for entry in entries]
    assert msgpack.unpackb(back)["head"] == entries[-1].hash


def test_everybody_sees_that_it_is_a_simulation(path):
    """The first lines say so to whoever looks into the file."""
    assert path.read_bytes()[5:].startswith(b"KEREGE EXPORT 1\nSIMULATION")


def test_only_its_owner_may_read_it(path):
    """An export is as secret as the journal."""
    assert path.stat().st_mode & 0o077 == 0


def test_nothing_is_written_over(path, entries):
    """An existing file stays as it is."""
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        write_file(path, 1, entries[:1])
    assert path.read_bytes() == before


def test_a_bad_log_makes_no_export(tmp_path, entries):
    """An entry that does not hold is named, and no file is left."""
    entries[2] = msgspec.structs.replace(entries[2], body=b"changed")
    with pytest.raises(Broken, match="entry 2"):
        write_file(tmp_path / "bad.kerege", COUNT, entries)
    assert list(tmp_path.iterdir()) == []


def test_an_unfinished_export_leaves_nothing(tmp_path, entries):
    """Fewer entries than the cover says is our mistake; the file is gone."""
    with Writer(tmp_path / "short.kerege", COUNT) as writer:
        writer.add(entries[:2])
        with pytest.raises(AssertionError):
            writer.finish()
    assert list(tmp_path.iterdir()) == []


def test_every_flipped_byte_is_found_where_it_is(path):
    """One bit changed in any byte: the file is refused, and if the byte is an entry's, that entry is named."""
    data = path.read_bytes()
    owners: list[int | None] = []
    for index, frame in enumerate(frames(data)):
        owners += [index - 2 if 2 <= index < 2 + COUNT else None] * len(frame)
    assert len(owners) == len(data)
    for at, owner in enumerate(owners):
        path.write_bytes(data[:at] + bytes([data[at] ^ (1 << at % 8)]) + data[at + 1 :])
        verdict = verify_file(path)
        assert verdict.fault is not None, f"byte {at}"
        assert verdict.fault.entry == owner, f"byte {at}"
        if owner is not None:
            assert verdict.count == owner
            assert f"entry {owner}" in verdict.fault.text


def test_every_cut_is_found(path):
    """A file that ends too early is refused, with the entry it ends in."""
    data = path.read_bytes()
    whole = frames(data)
    for size in range(len(data)):
        path.write_bytes(data[:size])
        verdict = verify_file(path)
        assert verdict.fault is not None, f"{size} bytes"
        index, rest = 0, size
        while rest >= len(whole[index]):
            rest -= len(whole[index])
            index += 1
        assert verdict.fault.entry == (index - 2 if 2 <= index < 2 + COUNT else None), f"{size} bytes"


@pytest.mark.parametrize("at", range(COUNT))
def test_a_dropped_entry_is_found(path, at):
    """One page taken out."""
    pages = frames(path.read_bytes())
    del pages[2 + at]
    path.write_bytes(b"".join(pages))
    assert verify_file(path).fault.entry == at


@pytest.mark.parametrize("at", range(COUNT - 1))
def test_swapped_entries_are_found(path, at):
    """Two pages in each other's place."""
    pages = frames(path.read_bytes())
    pages[2 + at], pages[3 + at] = pages[3 + at], pages[2 + at]
    path.write_bytes(b"".join(pages))
    assert verify_file(path).fault.entry == at


def test_what_follows_the_end_is_found(path):
    """A file that goes on is not the file that was written."""
    path.write_bytes(path.read_bytes() + b"\0")
    assert not verify_file(path).holds


def test_a_forged_file_shows_against_a_head_kept_outside(tmp_path, entries):
    """A whole new file with a good chain, and a shorter one: only the head from outside tells."""
    forged, short = tmp_path / "forged.kerege", tmp_path / "short.kerege"
    write_file(forged, COUNT, rebuilt(entries, 2, body=b"forged"))
    write_file(short, COUNT - 1, entries[:-1])
    head = Head(COUNT - 1, entries[-1].hash)
    assert verify_file(forged).holds
    assert verify_file(forged, anchor=head).fault.reason == "head"
    assert verify_file(forged, anchor=Head(1, entries[1].hash)).holds
    assert verify_file(short).holds
    assert verify_file(short, anchor=head).fault.entry == COUNT - 1


@pytest.mark.parametrize("data", [b"", b"\xc6", b"PK\x03\x04 some zip", b"\xc6\xff\xff\xff\xff", b"\x90" * 10_000])
def test_what_is_no_export_is_refused(tmp_path, data):
    """Any bytes give a verdict."""
    path = tmp_path / "what.kerege"
    path.write_bytes(data)
    assert verify_file(path).fault.entry is None
