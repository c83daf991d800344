"""A real room with a journal in memory, a clock that stands until told, chance from a seed, and clients that only read."""

from __future__ import annotations

import asyncio
import contextlib
import zlib
from typing import TYPE_CHECKING, Any, Self

import msgspec

from kerege.journal.memory import MemoryDisk, MemoryJournal
from kerege.room.opening import open_room
from kerege.room.ports import ManualClock, SeededChance
from kerege.wire.messages import Place, Receipt, Submit
from tests.kit import Names

if TYPE_CHECKING:
    from collections.abc import Callable

    from kerege.engine.commands.bodies import AnyCommand
    from kerege.engine.pack import Pack
    from kerege.journal.port import Journal
    from kerege.room.room import Room

Items = dict[str, dict[str, dict[str, Any]]]
SETTLE_TURNS_MAX = 10_000


def unpacked(squeezed: bytes) -> Items:
    """A packed snapshot's items, as they would have come unpacked."""
    items: Items = msgspec.msgpack.decode(zlib.decompress(squeezed))
    return items


def read(items: Items, payload: bytes) -> str:
    """Let a client's copy of a view take in one payload, as any client of the protocol would."""
    message = msgspec.msgpack.decode(payload)
    if message["type"] in {"snapshot", "packed"}:
        items.clear()
        items.update(message["items"] if message["type"] == "snapshot" else unpacked(message["items"]))
    elif message["type"] == "frame":
        for collection, put in message["put"].items():
            items.setdefault(collection, {}).update(put)
        for collection, keys in message["drop"].items():
            for key in keys:
                items[collection].pop(key, None)
    kind: str = message["type"]
    return kind


class Client:
    """One connection of one viewer: reads what is due whenever it is asked to, and keeps a copy of its view."""

    def __init__(self, room: Room, viewer: str, language: str = "en") -> None:
        self.viewer = viewer
        self.items: Items = {}
        self.version = 0
        self.frozen: list[bool] = []
        self.payloads: list[bytes] = []
        self.wakes = 0
        self.reader = room.reader(viewer, language, "msgpack", self._woken)
        self.stream = room.viewers[viewer].code

    def _woken(self) -> None:
        self.wakes += 1

    def open(self, place: Place | None = None, stream: str | None = None) -> bool:
        return self.reader.open(stream or self.stream, place)

    def read(self) -> list[str]:
        """Take in what is due; returns the sorts of its messages."""
        sorts = []
        for payload in self.reader.payloads():
            self.payloads.append(payload)
            message = msgspec.msgpack.decode(payload)
            sorts.append(message["type"])
            if message["type"] == "freeze":
                self.frozen.append(message["stopped"])
            elif message["stream"] == self.stream:
                read(self.items, payload)
                self.version = message["version"]
        return sorts


class Stage(Names):
    """One exercise in a real room. Use `async with Stage(pack) as stage`."""

    def __init__(
        self,
        pack: Pack,
        *,
        seed: int = 1,
        disk: MemoryDisk | None = None,
        delay_ms: int = 0,
        journal: Callable[[MemoryDisk], Journal] = MemoryJournal,
    ) -> None:
        self.pack = pack
        self.disk = MemoryDisk() if disk is None else disk
        self.clock = ManualClock()
        self.chance = SeededChance(seed)
        self.delay_ms = delay_ms
        self.room: Room
        self._journal = journal
        self._running: asyncio.Task[None]
        self._ids = 0

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def open(self) -> None:
        async def journal() -> Journal:
            return self._journal(self.disk)

        self.room = await open_room(
            self.pack, journal, self.clock, self.chance, exercise="test", observer_delay_ms=self.delay_ms
        )
        super().__init__(self.room.story.rules)
        self._running = asyncio.create_task(self.room.run())

    async def close(self) -> None:
        await self.room.close()
        with contextlib.suppress(asyncio.CancelledError):
            await self._running

    async def restart(self) -> None:
        """Close the room and open another on the same disk."""
        await self.close()
        await self.open()

    async def submit(self, viewer: str, command: AnyCommand, **parts: Any) -> Receipt:
        """Send one command and wait for its receipt. `id`, `seat`, `language`, `done_at_ms` may be given."""
        return await self.room.submit(*self.message(viewer, command, **parts))

    def message(
        self,
        viewer: str,
        command: AnyCommand | bytes,
        *,
        id: str = "",  # noqa: A002  the wire's own word
        seat: str = "",
        language: str = "en",
        done_at_ms: int | None = None,
    ) -> tuple[str, str, Submit, str]:
        """The arguments of `room.submit`."""
        if not id:
            self._ids += 1
            id = f"command-{self._ids}"  # noqa: A001
        body = command if isinstance(command, bytes) else msgspec.msgpack.encode(command)
        return seat or f"seat-{viewer}", viewer, Submit(id, 0, msgspec.Raw(body), done_at_ms), language

    async def accept(self, viewer: str, command: AnyCommand, **parts: Any) -> Receipt:
        """Send one command that must be accepted."""
        receipt = await self.submit(viewer, command, **parts)
        assert receipt.outcome == "accepted", receipt
        return receipt

    async def wait(self, by_ms: int) -> None:
        """Let real time pass, and the room do all that falls due."""
        self.clock.advance(by_ms)
        await self.settle()

    async def settle(self) -> None:
        """Let the room run until it has nothing to do."""
        for _ in range(SETTLE_TURNS_MAX):
            for _ in range(8):
                await asyncio.sleep(0)
            due = self.room.next_due_ms
            if due is None or due > self.room.play_ms:
                return
        raise AssertionError("the room does not come to rest")

    def client(self, viewer: str, language: str = "en") -> Client:
        """A connection that has opened its own stream."""
        client = Client(self.room, viewer, language)
        assert client.open()
        return client

    def snapshot(self, viewer: str, language: str = "en") -> bytes:
        """A fresh snapshot of a viewer's stream."""
        return self.room.story.stream_of[viewer].snapshot(language, "msgpack")[0]

    def frames(self, viewer: str, language: str = "en", first: int = 1) -> list[bytes]:
        """All frames of a viewer's stream from version `first` on."""
        stream = self.room.story.stream_of[viewer]
        return [stream.frame(version, language, "msgpack")[0] for version in range(first, stream.version + 1)]
