"""A real server's data folder with people in it, what each of them typed, and the search for any byte of it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import msgspec

from kerege.app import build_app, open_parts
from kerege.engine.commands import bodies as b
from kerege.gateway.ports import LINKED
from kerege.room.ports import ManualClock
from kerege.settings import Settings
from kerege.wire.messages import Submit
from tests.kit import Names
from tests.room.everything import SECRET
from tests.town import TOWN

EXERCISE = "town"
NAME = "Айжан Канарейкина"
DAY_MS = 24 * 3600 * 1000


class Wall(ManualClock):
    """A clock that stands until told, on a day that is told."""

    def __init__(self, wall_ms: int) -> None:
        super().__init__()
        self._began_ms = wall_ms

    def wall_ms(self) -> int:
        return self._began_ms + self.now_ms()


class Town(Names):
    """The town's exercise in a data folder, as the server joins it; every act comes from a seat that a person holds."""

    def __init__(self, parts) -> None:
        super().__init__(parts.room.story.rules)
        self.parts = parts
        self.room = parts.room
        self.seats = {}
        self.seats_ever = []
        self.devices = {}
        self._acts = 0

    def sit(self, viewer: str, name: str = NAME) -> str:
        """Somebody joins; returns the seat's id."""
        table = self.parts.desk.seats
        typed = table.new_link(viewer) if self.room.viewers[viewer].sort in LINKED else table.code_of(viewer)
        joined = table.join(typed, "ky", name, None, None)
        self.seats[viewer] = joined.seat.id
        self.seats_ever.append(joined.seat.id)
        self.devices[joined.seat.id] = joined.token
        return joined.seat.id

    async def accept(self, viewer: str, command) -> None:
        if viewer not in self.seats:
            self.sit(viewer)
        self._acts += 1
        message = Submit(f"command-{self._acts}", 0, msgspec.Raw(msgspec.msgpack.encode(command)))
        receipt = await self.room.submit(self.seats[viewer], viewer, message, "en")
        assert receipt.outcome == "accepted", receipt

    def screens(self) -> bytes:
        """All that any screen could be sent now: snapshots and frames, in two languages."""
        found = []
        for stream in self.room.story.streams.values():
            for language in ("en", "ru"):
                found.append(stream.snapshot(language, "msgpack")[0])
                found += [stream.frame(v, language, "msgpack")[0] for v in range(1, stream.version + 1)]
        return b"".join(found)


@asynccontextmanager
async def town(data: Path, pack=TOWN, **settings):
    """The exercise, open and played; and the whole application for requests."""
    parts = await open_parts(Settings(data_dir=data, **settings), pack, EXERCISE, "http://testserver")
    app = build_app(parts)
    running = asyncio.create_task(parts.room.run())
    there = Town(parts)
    there.app = app
    try:
        if there.room.story.state.get("clock", "clock").phase == "ready":
            await there.accept("control", b.Start())
        yield there
    finally:
        await parts.room.close()
        await running
        parts.desk.seats.close()


def page_of(there: Town, viewer: str) -> httpx2.AsyncClient:
    """Requests from the device of whoever sits there."""
    transport = httpx2.ASGITransport(there.app)
    cookies = {"kerege": there.devices[there.seats[viewer]]}
    return httpx2.AsyncClient(transport=transport, base_url="http://testserver", cookies=cookies)


def holding(*folders: Path, canaries=(SECRET, NAME)) -> list[str]:
    """The files, anywhere below, that hold a byte sequence of one of these texts in an encoding that we write."""
    wanted = [text.encode(encoding) for text in canaries for encoding in ("utf-8", "utf-16-le", "unicode_escape")]
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    return sorted(file.name for file in files if any(each in file.read_bytes() for each in wanted))
