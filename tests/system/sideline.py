"""A line beside a server's own port, for the test that has started it: where its log stands, and, for a puppet, what to
be told next. No client of the product knows it, and nothing that it does is sent to anybody by it.

    "head"     -> the number of the log's last entry, once all that is due has happened
    "until n"  -> (a puppet) everything up to entry n of the played log has been told; answers the same
    "wall n"   -> n seconds of real time have passed (of a clock that stands until told); answers the same
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
from typing import TYPE_CHECKING

from kerege.room.ports import ManualClock
from tests.system.server import until

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from kerege.app import Parts

TURNS = 20
"""Of the event loop, before an answer: what has been published is written by then."""


async def listen(folder: Path, tell: Callable[[Parts, int], Awaitable[None]] | None, parts: Parts) -> None:
    """Answer, inside the server's process, as long as it runs."""
    server = await asyncio.start_server(functools.partial(_answer, tell, parts), "127.0.0.1", 0)
    written = folder / "sideline.tmp"
    written.write_text(str(server.sockets[0].getsockname()[1]))
    written.rename(folder / "sideline")
    async with server:
        await server.serve_forever()


async def _answer(
    tell: Callable[[Parts, int], Awaitable[None]] | None,
    parts: Parts,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
) -> None:
    while line := await reader.readline():
        word, _, number = line.decode().strip().partition(" ")
        if word == "until":
            assert tell is not None
            await tell(parts, int(number))
        if word == "wall":
            await settle(parts)
            clock = parts.room._clock
            assert isinstance(clock, ManualClock)
            clock.advance(int(number) * 1000)
        await settle(parts)
        writer.write(f"{parts.room.story.head[0]}\n".encode())
        await writer.drain()
    writer.close()


async def settle(parts: Parts) -> None:
    """Wait until all that is due has happened, and what was published is written, to observers too."""
    room, turns = parts.room, parts.desk.turns
    while True:
        if turns._gathered:
            turns._release()  # they would be written to within a tenth of a second; when is not under proof
        for _ in range(TURNS):
            await asyncio.sleep(0)
        due_ms = room.next_due_ms
        unwritten = turns._gathered or turns._observers or turns._play
        if not room._inbox and not unwritten and (due_ms is None or due_ms > room.play_ms):
            return


class Sideline:
    """The test's end."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "sideline"
        self._reader: asyncio.StreamReader
        self._writer: asyncio.StreamWriter | None = None

    async def head(self) -> int:
        """The number of the log's last entry."""
        return await self._ask("head")

    async def until(self, n: int) -> None:
        """Let a puppet be told everything up to entry `n` of the played log."""
        await self._ask(f"until {n}")

    async def wall(self, by_s: int) -> None:
        """Let real seconds pass; what observers may see by then has been written to them."""
        await self._ask(f"wall {by_s}")

    async def _ask(self, line: str) -> int:
        if self._writer is None:
            await until(self._path.exists, "the sideline")
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", int(self._path.read_text()))
        self._writer.write(f"{line}\n".encode())
        answer = await self._reader.readline()
        assert answer, "the server is gone"
        return int(answer)

    async def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            with contextlib.suppress(ConnectionError):
                await self._writer.wait_closed()
