"""One exercise in one portable file, and the free-standing check of such a file.

Why a stream of our own and not SQLite's backup: it is the same file whatever store it came from, it can be read by any
msgpack decoder in any language twenty years from now, it carries nothing but the record (no free pages that could still
hold an erased word), and a damaged byte is found with the entry it belongs to.

The file is a sequence of msgpack `bin 32` objects, so that a reader needs five bytes to find the end of each:

    1        BANNER, a text that a person sees who looks into the file
    2        Page of the Cover, a map: format version, that all this is a SIMULATION, how many entries follow
    3 ..     Page of an entry (Sealed, a map), as many as the cover says
    last     Back, a map: count, head hash, and a digest of every byte before it

A Page is a msgpack array of an object and a checksum of its bytes: the chain leaves out the wall clock, the checksum
leaves out nothing.

Erased words are erased in the file. Words that are not erased are in it: an export is as secret as the journal.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Self, TypeVar

import msgspec

from kerege.journal.chain import EMPTY, Broken, Fault, Head, Verdict, fault_of, missing_anchor, tail_of
from kerege.journal.entry import ENTRY_BYTES_MAX, Sealed

FORMAT_VERSION = 1
SIMULATION = "SIMULATION: everything in this file was played in an exercise; no person and no event in it is real."
BANNER = f"KEREGE EXPORT {FORMAT_VERSION}\n{SIMULATION}\n".encode()
FRAME_BYTES_MAX = ENTRY_BYTES_MAX + 1024 * 1024
"""An entry at its bound, with its keys, hashes and word ids."""
SMALL_FRAME_BYTES_MAX = 4096
"""Cover and Back: a few fields of fixed size."""
CHECK_BYTES = 16

T = TypeVar("T")

_BIN32 = 0xC6
_FRAME = struct.Struct(">BI")


class Cover(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said before the first entry."""

    count: int
    format: int = FORMAT_VERSION
    simulation: str = SIMULATION


class Page(msgspec.Struct, frozen=True, array_like=True):
    """An entry, or the cover, and the checksum of its bytes."""

    content: msgspec.Raw
    check: bytes


class Back(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said after the last entry. `head` is empty for an empty log."""

    count: int
    head: bytes
    digest: bytes


def write_file(path: Path, count: int, entries: Iterable[Sealed]) -> Head | None:
    """Write a whole log that is at hand into a new file.

    Raises:
        FileExistsError: Nothing is written over.
    """
    with Writer(path, count) as writer:
        writer.add(entries)
        return writer.finish()


class Writer:
    """Writes one export, slice by slice; leave it before `finish` and the file is gone.

    It writes under the file's own name: an export goes to memory sticks, whose file systems know no links, and a part
    of one that a crash leaves behind is refused by every reader.
    """

    def __init__(self, path: Path, count: int) -> None:
        self._path = path
        self._count = count
        self._tail = EMPTY
        self._digest = hashlib.sha256()
        self._finished = False
        self._file: BinaryIO = new_file(path)
        self._frame(BANNER)
        self._page(Cover(count))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.drop()

    def add(self, entries: Iterable[Sealed]) -> None:
        """Write the next entries. Raises Broken for one that does not hold: a bad log makes no good export."""
        for entry in entries:
            fault = fault_of(entry, self._tail)
            if fault is not None:
                raise Broken(fault)
            self._tail = tail_of(entry)
            self._page(entry)

    def finish(self) -> Head | None:
        """Close the file with its head and make it durable."""
        assert self._tail.n + 1 == self._count, "an export holds as many entries as its cover says"
        head = self._tail.head
        back = Back(self._count, b"" if head is None else head.hash, self._digest.digest())
        self._frame(msgspec.msgpack.encode(back))
        self._file.flush()
        os.fsync(self._file.fileno())
        sync_folder(self._path.parent)
        self._finished = True
        return head

    def drop(self) -> None:
        """Remove the unfinished file; only close it once it is finished."""
        self._file.close()
        if not self._finished:
            self._path.unlink(missing_ok=True)

    def _page(self, content: Cover | Sealed) -> None:
        packed = msgspec.msgpack.encode(content)
        self._frame(msgspec.msgpack.encode(Page(msgspec.Raw(packed), _check(packed))))

    def _frame(self, payload: bytes) -> None:
        prefix = _FRAME.pack(_BIN32, len(payload))
        for part in (prefix, payload):
            self._digest.update(part)
            self._file.write(part)


def read_file(path: Path) -> Iterator[Sealed]:
    """The entries of an export, each checked before it is given out.

    Raises:
        Broken: At the first entry, or place in the file, that does not hold.
    """
    with path.open("rb") as file:
        reader = _Reader(file)
        count = reader.cover().count
        tail = EMPTY
        for n in range(count):
            entry = reader.entry(n)
            fault = fault_of(entry, tail)
            if fault is not None:
                raise Broken(fault)
            tail = tail_of(entry)
            yield entry
        reader.back(count, tail.head)


def verify_file(path: Path, anchor: Head | None = None) -> Verdict:
    """Whether an exported file is whole, holds as a chain, and still contains a head that was kept outside."""
    count, head = 0, None
    try:
        for entry in read_file(path):
            if anchor is not None and anchor.n == entry.header.n and anchor.hash != entry.hash:
                text = f"entry {anchor.n} is not the one whose hash was kept outside"
                return Verdict(count, head, Fault(anchor.n, "head", text))
            count, head = count + 1, Head(entry.header.n, entry.hash)
    except Broken as broken:
        return Verdict(count, head, broken.fault)
    tail = EMPTY if head is None else msgspec.structs.replace(EMPTY, n=head.n, hash=head.hash)
    return Verdict(count, head, missing_anchor(anchor, tail))


def erase_in_file(path: Path, word_ids: Collection[str]) -> int:
    """
    Take words out of an export: the file is written anew beside itself and then put in its place. Returns how many.

    Raises:
        Broken: The file does not hold; it is left as it is.
    """
    entries = list(read_file(path))
    part = path.with_name(path.name + ".erasing")
    part.unlink(missing_ok=True)  # of an earlier crash
    erased = sum(word.id in word_ids and word.text is not None for entry in entries for word in entry.words)
    write_file(part, len(entries), (_without(entry, word_ids) for entry in entries))
    os.replace(part, path)  # noqa: PTH105  os.replace is the one that promises to be atomic
    sync_folder(path.parent)
    return erased


def _without(entry: Sealed, word_ids: Collection[str]) -> Sealed:
    words = tuple(
        msgspec.structs.replace(word, salt=None, text=None) if word.id in word_ids else word for word in entry.words
    )
    return msgspec.structs.replace(entry, words=words)


def new_file(path: Path) -> BinaryIO:
    """Open a file that does not exist yet, readable by its owner only. Raises FileExistsError."""
    return open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600))


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable: without it a power cut can take a whole new file."""
    if os.name == "nt":  # which cannot open a folder, and writes its names through
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class _Reader:
    """Takes the file apart. Every problem is Broken, with the entry it was found in or None."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    def cover(self) -> Cover:
        if self._frame(None, SMALL_FRAME_BYTES_MAX) != BANNER:
            raise _damaged(None, "this is no Kerege export, or of another version: the banner differs")
        cover = self._page(None, SMALL_FRAME_BYTES_MAX, Cover)
        if cover.format != FORMAT_VERSION or cover.simulation != SIMULATION or cover.count < 0:
            raise _damaged(None, "the cover of the file was changed")
        return cover

    def entry(self, n: int) -> Sealed:
        return self._page(n, FRAME_BYTES_MAX, Sealed)

    def back(self, count: int, head: Head | None) -> None:
        digest = self._digest.digest()
        back = _decode(self._frame(None, SMALL_FRAME_BYTES_MAX), Back, None)
        if back != Back(count, b"" if head is None else head.hash, digest):
            raise _damaged(None, f"the end of the file, after {count} entries, does not fit what comes before it")
        if self._file.read(1):
            raise _damaged(None, "the file goes on after its end")

    def _page(self, n: int | None, bytes_max: int, kind: type[T]) -> T:
        page = _decode(self._frame(n, bytes_max), Page, n)
        packed = bytes(page.content)
        if page.check != _check(packed):
            raise _damaged(n, f"{_place(n)} is damaged: its checksum differs")
        return _decode(packed, kind, n)

    def _frame(self, n: int | None, bytes_max: int) -> bytes:
        prefix = self._file.read(_FRAME.size)
        place = _place(n)
        if len(prefix) < _FRAME.size:
            raise _damaged(n, f"the file ends before {place}")
        mark, size = _FRAME.unpack(prefix)
        if mark != _BIN32 or size > bytes_max:
            raise _damaged(n, f"{place} is damaged: it does not begin like one")
        payload = self._file.read(size)
        if len(payload) < size:
            raise _damaged(n, f"the file ends inside {place}")
        self._digest.update(prefix)
        self._digest.update(payload)
        return payload


def _decode(payload: bytes, kind: type[T], n: int | None) -> T:
    try:
        return msgspec.msgpack.decode(payload, type=kind)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise _damaged(n, f"{_place(n)} is damaged: it cannot be read") from error


def _place(n: int | None) -> str:
    return "the file's own part" if n is None else f"entry {n}"


def _check(packed: bytes) -> bytes:
    return hashlib.blake2b(packed, digest_size=CHECK_BYTES).digest()


def _damaged(n: int | None, text: str) -> Broken:
    return Broken(Fault(n, "file", text))
