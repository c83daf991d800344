"""A process that keeps a journal, made to be killed, starved and watched: python worker.py MODE PATH [COUNT].

It opens the journal, or makes it, and appends the fixed log of tests.journal.logs from where the journal ends up to
COUNT entries, in batches of BATCH (the genesis alone). What it says, each line at once:

    OPEN            the journal is open (or made)
    ACK n           entry n is acknowledged
    FULL, UNKNOWN   the answer to an append; after UNKNOWN the journal is opened again
    REFUSED         the journal could not be opened
    GIVEN UP        UNKNOWN for the tenth time
    DONE

Modes: `append`; `together` appends several batches at once; `off` and `normal` append with a weaker `synchronous`
behind the journal's back; `read` and `unsettled` only open and acknowledge what is there, the second without settling
the file first.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from pathlib import Path

from kerege.journal.port import CannotOpen, Committed, Full, Unknown
from kerege.journal.sqlite import SqliteJournal
from kerege.journal.sqlite_file import connect
from tests.journal.logs import log

BATCH = 3
TOGETHER = 4
UNKNOWN_MAX = 10
CHECKPOINT_ENTRIES = 20
"""Small, so that a short run has checkpoints in it."""


class OffConnection(sqlite3.Connection):
    """Says FULL and does something weaker."""

    really = "OFF"

    def execute(self, sql, *parameters):
        match sql:
            case "PRAGMA synchronous=FULL":
                sql = f"PRAGMA synchronous={self.really}"
            case "PRAGMA synchronous":
                sql = "SELECT 2"
        return super().execute(sql, *parameters)


class NormalConnection(OffConnection):
    really = "NORMAL"


class UnsettledConnection(sqlite3.Connection):
    """Does not settle the file at opening."""

    def execute(self, sql, *parameters):
        return super().execute("SELECT 0, 0, 0" if "wal_checkpoint" in sql else sql, *parameters)


CONNECTIONS = {"off": OffConnection, "normal": NormalConnection, "unsettled": UnsettledConnection}


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


async def opened(mode: str, path: Path) -> SqliteJournal:
    factory = CONNECTIONS.get(mode)

    def connected(name: str) -> sqlite3.Connection:
        return sqlite3.connect(name, timeout=0, isolation_level=None, factory=factory) if factory else connect(name)

    start = SqliteJournal.open if path.exists() else SqliteJournal.create
    return await start(path, connect=connected, checkpoint_entries=CHECKPOINT_ENTRIES)


async def main(mode: str, path: Path, count: int) -> None:
    try:
        journal = await opened(mode, path)
        there = len(await journal.read())
    except CannotOpen:
        say("REFUSED")
        return
    say("OPEN")
    if mode in {"read", "unsettled"}:
        say(f"ACK {there - 1}")
        os._exit(0)  # without the settling that closing does
    entries = log(count)
    together = TOGETHER if mode == "together" else 1

    async def keep(start: int, end: int) -> bool:
        while True:
            answer = await journal.append(entries[start:end])
            match answer:
                case Committed():
                    say(f"ACK {end - 1}")
                    return True
                case Full():
                    say("FULL")
                case Unknown():
                    say("UNKNOWN")
                    return False

    unknown = 0
    while there < count:
        starts = [0] if there == 0 else list(range(there, min(count, there + BATCH * together), BATCH))
        ends = [1] if there == 0 else [min(count, start + BATCH) for start in starts]
        kept = await asyncio.gather(*(keep(start, end) for start, end in zip(starts, ends, strict=True)))
        there = ends[-1]
        if not all(kept):
            await journal.close()
            unknown += 1
            if unknown == UNKNOWN_MAX:
                say("GIVEN UP")
                return
            try:
                journal = await opened(mode, path)
                there = len(await journal.read())
            except CannotOpen:
                say("REFUSED")
                return
            say("OPEN")
    await journal.close()
    say("DONE")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0))
