"""A disk that may lose power, rebuilt from a record of system calls.

What is certain after a power cut is what was synced: a file's bytes at its last fsync, and the names in a folder at the
folder's last fsync. Everything later may be there, or not, or in part: any 512-byte sectors of it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

SECTOR_BYTES = 512
TRACE = ("-f", "-y", "-xx", "-s", "200000", "-e", "trace=pwrite64,write,fdatasync,fsync,ftruncate,unlink")

_CALL = re.compile(r"^(\d+) +(?:(\w+)\((.*)|<\.\.\. (\w+) resumed>(.*))$", re.DOTALL)
_FILE = re.compile(r"^\d+<([^>]*)>(?:, )?(.*)$", re.DOTALL)
_TEXT = re.compile(r'^"((?:\\x[0-9a-f]{2})*)"(?:, (\d+))?(?:, (\d+))?')


class File:
    """The bytes that are on the disk, and what was done since."""

    def __init__(self) -> None:
        self.synced = b""
        self.pending: list[tuple[int, bytes] | int] = []

    def sync(self) -> None:
        self.synced = self.after(self.pending)
        self.pending = []

    def after(self, changes: list[tuple[int, bytes] | int]) -> bytes:
        content = bytearray(self.synced)
        for change in changes:
            if isinstance(change, int):
                content = content[:change].ljust(change, b"\0")
            else:
                offset, data = change
                content = content.ljust(offset, b"\0")
                content[offset : offset + len(data)] = data
        return bytes(content)

    def torn(self, chance: random.Random) -> bytes:
        """Each pending sector, and each change of size, made it or did not."""
        changes: list[tuple[int, bytes] | int] = []
        for change in self.pending:
            if isinstance(change, int):
                changes += [change] if chance.random() < 0.5 else []
                continue
            start, data = change
            end = start + len(data)
            while start < end:
                stop = min(end, (start // SECTOR_BYTES + 1) * SECTOR_BYTES)
                if chance.random() < 0.5:
                    changes.append((start, data[start - change[0] : stop - change[0]]))
                start = stop
        return self.after(changes)


class Disk:
    """One folder, fed with the lines of `strace` (called with TRACE) on a worker that lives in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.names: dict[str, File] = {}
        self.synced_names: dict[str, File] = {}
        self._begun: dict[str, tuple[str, str]] = {}

    def feed(self, record: Path) -> Iterator[str]:
        """Do what the record says, call by call; gives the line that the worker said, or "" after a change."""
        for line in record.read_text().splitlines():
            found = _CALL.match(line)
            if found is None:
                continue  # a signal or an exit
            pid, call, arguments, resumed, rest = found.groups()
            if resumed:
                said = self._finish(*self._begun.pop(pid), rest)
            elif arguments.endswith("<unfinished ...>"):
                self._begun[pid] = (call, arguments)
                said = self._start(call, arguments)
            else:
                said = self._start(call, arguments)
                done = self._finish(call, arguments, arguments)
                said = done if said is None else said
            if said is not None:
                yield said

    def images(self, chance: random.Random, torn: int) -> Iterator[dict[str, bytes]]:
        """What a power cut now may leave: nothing that was not synced, all of it, or any part."""
        yield {name: file.synced for name, file in self.synced_names.items()}
        yield {name: file.after(file.pending) for name, file in self.names.items()}
        for _ in range(torn):
            names = chance.choice((self.names, self.synced_names))
            yield {name: file.torn(chance) for name, file in names.items()}

    def _start(self, call: str, arguments: str) -> str | None:
        """What a call may do from its beginning on: write. None if it does nothing here."""
        if call == "unlink":
            name = self._name(arguments[1:].split('"', maxsplit=1)[0])
            return "" if name is not None and self.names.pop(name, None) else None
        path, rest = _FILE.match(arguments).groups()
        if call == "write":
            return self._text(rest)[0].decode().strip() if arguments.startswith("1<") else None
        name = self._name(path)
        if name is None or call in {"fsync", "fdatasync"}:
            return None
        file = self.names.setdefault(name, File())
        if call == "pwrite64":
            data, size, offset = self._text(rest)
            assert len(data) == size, "the record is cut"
            file.pending.append((offset, data))
        else:
            file.pending.append(int(rest.split(")")[0]))
        return ""

    def _finish(self, call: str, arguments: str, result: str) -> str | None:
        """What a call has done once it has returned without an error: sync. None if it did nothing here."""
        if call not in {"fsync", "fdatasync"} or not result.rstrip().endswith("= 0"):
            return None
        path, _ = _FILE.match(arguments).groups()
        if bytes.fromhex(path.replace("\\x", "")).decode() == self.folder:
            self.synced_names = dict(self.names)
            return ""
        name = self._name(path)
        if name is None:
            return None
        self.names.setdefault(name, File()).sync()
        return ""

    def _name(self, path: str) -> str | None:
        folder, _, name = bytes.fromhex(path.replace("\\x", "")).decode(errors="replace").rpartition("/")
        return name if folder == self.folder else None

    @staticmethod
    def _text(rest: str) -> tuple[bytes, int, int]:
        text, size, offset = _TEXT.match(rest).groups()
        return bytes.fromhex(text.replace("\\x", "")), int(size or 0), int(offset or 0)
