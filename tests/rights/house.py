"""The whole server in this process: a real pack, room, journal, seat table and every route. Only the network is missing.

`mark` is all that an attack could change; `Identity` is somebody who should not get through.
"""

from __future__ import annotations

import asyncio
import hashlib
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import msgspec
from fastapi import FastAPI

from kerege.app import Parts, build_app, open_parts
from kerege.doctor import Finding
from kerege.engine.commands import bodies as b
from kerege.gateway.connection import Connection
from kerege.gateway.limits import Bounds, widened
from kerege.scenario.compile import load_pack
from kerege.settings import Settings
from kerege.wire.codec import decode_server, encode_client
from kerege.wire.messages import Hello, Receipt, Submit
from tests.recorded.fold import flatten

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import ASGIApp

    from kerege.gateway.seats import Joined
    from kerege.room.room import Room

PACK = "first-steps"
BASE = "http://192.0.2.10:8000"
SCENARIOS = Path(__file__).parents[2] / "scenarios"
TURNS_MAX = 10_000


class Clock:
    """The gateway's clock: stands until told."""

    def __init__(self) -> None:
        self.at_s = 1000.0

    def __call__(self) -> float:
        return self.at_s


@dataclass
class House:
    """One running exercise behind all its routes."""

    parts: Parts
    app: ASGIApp
    clock: Clock

    @property
    def room(self) -> Room:
        return self.parts.room

    @property
    def desk(self) -> Any:
        return self.parts.desk

    @property
    def seats(self) -> Any:
        return self.parts.desk.seats

    def sit(self, viewer: str) -> Joined:
        """Somebody takes a seat, with a token of their own."""
        return self.seats.join(self.seats.new_link(viewer), "en", "", None, None)

    def ticket(self, joined: Joined) -> str:
        return self.desk.tickets.issue(joined.device)

    def browser(self, token: str | None = None, **headers: str) -> httpx2.AsyncClient:
        """A browser of its own, maybe with a seat's cookie."""
        transport = httpx2.ASGITransport(self.app, raise_app_exceptions=False, client=("198.51.100.7", 4000))
        page = httpx2.AsyncClient(transport=transport, base_url=BASE, headers={"accept-language": "en", **headers})
        if token is not None:
            page.cookies.set("kerege", token)
        return page

    async def mark(self) -> tuple[object, ...]:
        """Everything that somebody without a right could have changed."""
        seats = self.seats
        return (
            len(await self.room.read_log()),
            self.room.story.head,
            hashlib.sha256(repr(flatten(self.room.story.state)).encode()).hexdigest(),
            {viewer: stream.version for viewer, stream in self.room.story.stream_of.items()},
            dict(seats._seats),
            dict(seats._devices),
            dict(seats._generations),
            dict(seats._links),
            dict(self.desk.flags),
            dict(self.desk.tickets._held),
            {seat: set(lines.values()) for seat, lines in self.desk.attendance._lines.items()},
        )

    def empty(self, viewer: str) -> None:
        """All seats of a viewer are free again."""
        for seat in self.seats.seats_of(viewer):
            self.seats.revoke(seat.id)

    async def start(self) -> None:
        """STARTEX, and all that falls due at once."""
        assert (await self.act("control", b.Start(), "startex-1")).outcome == "accepted"
        await self.settle()

    async def settle(self) -> None:
        """Until the room has been told who came, and nothing is due."""
        await self.desk.attendance.settle()
        for _ in range(TURNS_MAX):
            due = self.room.next_due_ms
            if due is None or due > self.room.play_ms:
                return
            await asyncio.sleep(0.001)  # its disk is real
        raise AssertionError("the room does not come to rest")

    async def act(self, viewer: str, command: object, command_id: str) -> Receipt:
        """Ask the room directly, as a seat of this viewer."""
        raw = msgspec.Raw(msgspec.msgpack.encode(command))
        return await self.room.submit(f"seat-{viewer}", viewer, Submit(command_id, 0, raw))


@asynccontextmanager
async def open_house(
    folder: Path, exercise: str = "rights", seed: int = 7, bounds: Bounds | None = None
) -> AsyncIterator[House]:
    """A house whose room runs."""
    settings = Settings(data_dir=folder / exercise, deterministic=seed)
    parts = await open_parts(settings, _pack(), exercise, BASE)
    clock = Clock()
    desk = parts.desk
    desk.now = desk.tickets._now = clock
    desk.bounds = desk.tickets._bounds = seats_bounds = bounds or widened(Bounds(), 1000.0)
    desk.seats._bounds = desk.attendance._bounds = seats_bounds
    for name in ("messages", "submits", "api", "wrong_codes", "wrong_codes_everywhere"):
        buckets = getattr(desk, name)
        buckets._now = clock
        buckets._rate = getattr(seats_bounds, f"{name}_rate")
    app = build_app(parts)
    inner: FastAPI = app._app
    async with inner.router.lifespan_context(inner):
        desk.flags["clock"] = Finding("flagged", "clock", {"now": "1970"})
        yield House(parts, app, clock)


_packs: list[Any] = []


def _pack() -> Any:
    if not _packs:
        _packs.append(load_pack(SCENARIOS / PACK))
    return _packs[0]


class Line:
    """A link without a network: what is said goes through the very session and connection of a socket."""

    def __init__(self, house: House, language: str = "en", encoding: Any = "msgpack") -> None:
        self.house = house
        self.language = language
        self.heard: list[bytes] = []
        self.connection = Connection(house.desk, encoding, lambda: None)

    async def say(self, message: Any) -> list[Any]:
        """Say one message; returns what was said back, once all of it has come."""
        payloads = await self.say_bytes(encode_client(message, "msgpack"))
        return [decode_server(payload, "msgpack") for payload in payloads]

    async def say_bytes(self, data: bytes) -> list[bytes]:
        """The same with bytes, whatever they are."""
        await self.connection.receive(data)
        await asyncio.sleep(0)
        payloads = self.connection.outgoing()
        self.heard += payloads
        return payloads

    async def greet(self, ticket: str, **more: Any) -> list[Any]:
        return await self.say(Hello(ticket, self.language, **more))

    def close(self) -> None:
        self.connection.detach()


def routes_of(app: FastAPI) -> set[tuple[str, str]]:
    """Every route of the application, as method and path; a WebSocket's method is WS."""
    found: set[tuple[str, str]] = set()
    waiting = list(app.routes)
    while waiting:
        route: Any = waiting.pop()
        inner = getattr(route, "original_router", None) or getattr(route, "router", None)
        if inner is not None:
            waiting.extend(inner.routes)
            continue
        methods = getattr(route, "methods", None) or {"WS"}
        found |= {(method, route.path) for method in methods}
    return found - {("HEAD", "/api/openapi.json")}
