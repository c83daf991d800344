"""A bad network between browsers and the server: it is late, thin, loses, stalls, cuts and refuses; a seed says when.

It passes TCP, so what is "lost" here is what a page sees of a lost packet: the bytes come after one or more
retransmission time-outs, and everything behind them waits.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import Self

CHUNK = 1024
RETRANSMIT_S = 0.2
RETRANSMITS_MAX = 5
NOTICED_S = 0.01
"""A chunk that waits longer than this counts as late, or as sent through a thin link."""


@dataclass(frozen=True)
class Weather:
    """How bad it is. Times in seconds; chances per chunk of 1 KiB, `refuse` per connection. What may stall stalls first."""

    latency_s: tuple[float, float] = (0.0, 0.0)
    loss: float = 0.0
    bytes_per_s: float = 1e9
    stall: float = 0.0
    stall_s: float = 0.0
    cut: float = 0.0
    refuse: float = 0.0


FAIR = Weather()
FOUL = Weather((0.02, 0.2), loss=0.3, bytes_per_s=64_000, stall=0.03, stall_s=3.0, cut=0.1, refuse=0.3)
"""A full hotel Wi-Fi behind a thick wall."""
AWAY = Weather(refuse=1.0, cut=1.0)


class Sky:
    """
    The way to the server for everybody who uses its port. `faults` counts what was done to them, `slowed` the chunks
    that came late or through a thin link. A request that begins with `swallows` gets no answer and no end.
    """

    def __init__(self, to_port: int, seed: int = 0) -> None:
        self.port = 0
        self.weather = FAIR
        self.faults: Counter[str] = Counter()
        self.slowed: Counter[str] = Counter()
        self.swallows = b""
        self._to_port = to_port
        self._random = Random(f"weather:{seed}")
        self._ends: set[asyncio.StreamWriter] = set()
        self._passing: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._plug, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self.cut_all()
        self._server.close()
        for task in self._passing:
            task.cancel()
        if self._passing:
            await asyncio.wait(self._passing)

    def cut_all(self) -> None:
        """Every connection breaks now."""
        for end in self._ends:
            end.transport.abort()

    def pull_out(self) -> None:
        """Every connection breaks, and no new one comes about."""
        self.weather = AWAY
        self.cut_all()

    def put_back(self) -> None:
        """As good as new."""
        self.weather = FAIR

    async def _plug(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._passing.add(task)
        try:
            await self._connect(reader, writer)
        except asyncio.CancelledError:
            pass  # the test is over; whoever listens would take the end of this task for a fault
        finally:
            self._passing.discard(task)
            writer.transport.abort()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._random.random() < self.weather.refuse:
            self.faults["refused"] += 1
            return
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._to_port)
        except OSError:  # the server is away
            return
        self._ends |= {writer, far_writer}
        try:
            await asyncio.gather(self._pass(reader, far_writer), self._pass(far_reader, writer))
        finally:
            self._ends -= {writer, far_writer}
            far_writer.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(CHUNK):
                if self.swallows and data.startswith(self.swallows):
                    self.faults["swallowed"] += 1
                    continue
                if not await self._endure(len(data)):
                    break
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        writer.transport.abort()  # both ways at once, as a phone that leaves the room

    async def _endure(self, size: int) -> bool:
        """Wait as the weather says. False: this connection ends here."""
        weather, random = self.weather, self._random
        late_s, thin_s = random.uniform(*weather.latency_s), size / weather.bytes_per_s
        self.slowed["late"] += late_s > NOTICED_S
        self.slowed["thin"] += thin_s > NOTICED_S
        wait_s = late_s + thin_s
        for turn in range(RETRANSMITS_MAX):
            if random.random() >= weather.loss:
                break
            self.faults["lost"] += 1
            wait_s += RETRANSMIT_S * 2**turn
        first = weather.stall > 0 and not self.faults["stalled"]
        if random.random() < weather.stall or first:
            self.faults["stalled"] += 1
            wait_s += weather.stall_s
        await asyncio.sleep(wait_s)
        if random.random() < weather.cut:
            self.faults["cut"] += 1
            return False
        return True
