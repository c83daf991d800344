"""The whole application in the test's own process: the real journal, room, seats, sessions and routes, with no port and no
server between. It is driven through ASGI alone; its clocks stand still until told.

What is not in it, and stands under proof over real sockets only: uvicorn, our framing of WebSockets, and who is written to when.
"""

from __future__ import annotations

import asyncio
import functools
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from kerege import app as app_module
from kerege.app import Parts, build_app, open_parts
from kerege.engine import prepared
from kerege.engine.conditions import Condition, compile_condition
from kerege.gateway import projector, static
from kerege.room.ports import ManualClock
from kerege.settings import Settings
from tests.laws.packs import real_pack
from tests.system.asgi_line import AsgiLine
from tests.system.asgi_transport import AsgiTransport

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from starlette.types import ASGIApp, Message

    from kerege.engine.pack import Pack
    from tests.system.leaks import Leak

PORT = 8000
"""Nobody listens there: it stands in addresses only."""
ENTERED = "played"
CALM_TURNS = 30
"""Of the event loop, in which nothing may have moved, before the room counts as quiet."""
COMMIT_S = 0.0005
"""Between two looks: a commit is in a thread of its own."""

_read_once = functools.cache(static.read_assets)
_drawn_once = functools.cache(projector.qr_svg)
_compiled: dict[tuple[str, ...], Condition] = {}


def start_quickly(patch: pytest.MonkeyPatch, pack: str | Pack) -> None:
    """What depends on a pack that has a name, or on a file alone, is worked out once, however often an exercise begins: a start takes a tenth of a second."""
    patch.setattr(static, "read_assets", _read_once)
    patch.setattr(projector, "qr_svg", _drawn_once)
    if not isinstance(pack, str):
        return

    def compile_once(source: str, types: Any, scope: Any, names: Any, expects: Any) -> Condition:
        key = pack, source, scope, repr(sorted(names.items())), repr(expects)
        if key not in _compiled:
            _compiled[key] = compile_condition(source, types, scope, names, expects)
        return _compiled[key]

    patch.setattr(prepared, "compile_condition", compile_once)


class InProcess:
    """One exercise, served to devices in this process."""

    def __init__(self, folder: Path, pack: str | Pack, *, demonstration: bool = False, **settings: Any) -> None:
        """`pack`: one of `scenarios/` by its name, or any; `demonstration`: stand-ins play their whole plan."""
        self.url = f"http://127.0.0.1:{PORT}"
        self.now_s = 0.0
        self.parts: Parts
        self._app: ASGIApp
        self._pack = pack
        self._demonstration = demonstration
        self._settings = Settings(**{"data_dir": folder / "data", "port": PORT, "rate_factor": 1000.0} | settings)
        self._control_link = ""
        self._told: asyncio.Queue[Message] = asyncio.Queue()
        self._serving: asyncio.Task[None]
        self._states: asyncio.Queue[Message] = asyncio.Queue()

    @property
    def control_code(self) -> str:
        """What control's one-time link carries."""
        return self._control_link.partition("#code=")[2]

    @property
    def log_path(self) -> Path:
        """The exercise's file."""
        return app_module.exercise_path(self._settings, ENTERED)

    async def start(self) -> None:
        """Open the exercise and let the application come up."""
        settings = self._settings
        pack = real_pack(self._pack) if isinstance(self._pack, str) else self._pack
        self.parts = await open_parts(settings, pack, ENTERED, settings.public_url, lambda: self.now_s)
        self._app = build_app(self.parts, demonstration=self._demonstration)
        scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
        self._serving = asyncio.ensure_future(self._app(scope, self._told.get, self._states.put))
        self._told.put_nowait({"type": "lifespan.startup"})
        assert (await self._states.get())["type"] == "lifespan.startup.complete"
        self._control_link = app_module._ready(self.parts, PORT).control_link

    async def stop(self) -> None:
        """Let it go down in order; nothing may have gone wrong."""
        self._told.put_nowait({"type": "lifespan.shutdown"})
        assert (await self._states.get())["type"] == "lifespan.shutdown.complete"
        await self._serving

    # -- reached by devices ----------------------------------------------------------------------------------------

    def transport(self, address: str) -> AsgiTransport:
        """How a device at this address reaches it by HTTP."""
        return AsgiTransport(self._app, self._scope(address))

    async def dial(self, address: str) -> AsgiLine:
        """A WebSocket from there."""
        host = (b"host", f"127.0.0.1:{PORT}".encode())
        query = {"query_string": b"", "raw_path": b"/ws", "headers": [host]}
        return await AsgiLine.open(self._app, self._scope(address) | query)

    @staticmethod
    def _scope(address: str) -> dict[str, Any]:
        return {
            "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1", "root_path": "",
            "client": (address, 50_000), "server": ("127.0.0.1", PORT), "extensions": {}, "state": {},
        }  # fmt: skip

    # -- time ------------------------------------------------------------------------------------------------------

    async def pass_s(self, by_s: int) -> None:
        """Real seconds pass: rates refill, and observers may see what was held back."""
        await self.settle()
        self.now_s += by_s
        clock = self.parts.room._clock
        assert isinstance(clock, ManualClock)
        clock.advance(by_s * 1000)
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing moves any more: all that was due has happened, and stand-ins have nothing left to do now."""
        await self.parts.desk.attendance.settle()
        before: tuple[Any, ...] = ()
        calm = 0
        while calm < CALM_TURNS:
            await asyncio.sleep(0)
            now = self._moving()
            if now == before and not self._busy():
                calm += 1
            else:
                before, calm = now, 0
                await asyncio.sleep(COMMIT_S)

    def _moving(self) -> tuple[Any, ...]:
        story = self.parts.room.story
        return (story.head, *(stream.version for stream in story.streams.values()))

    def _busy(self) -> bool:
        room = self.parts.room
        due_ms = room.next_due_ms
        lines = [line for lines in self.parts.desk.attendance._lines.values() for line in lines]
        return bool(
            room._inbox
            or (due_ms is not None and due_ms <= room.play_ms)
            or any(getattr(line, "_in_flight", 0) for line in lines)
        )


@asynccontextmanager
async def serving_in_process(
    folder: Path, pack: str | Pack, *, patches: Sequence[Leak] = (), **settings: Any
) -> AsyncIterator[InProcess]:
    """An application that is up, with leaks if there are any, and has gone down in order afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        start_quickly(patch, pack)
        for each in patches:
            each(patch)
        server = InProcess(folder, pack, **settings)
        await server.start()
        try:
            yield server
        finally:
            await server.stop()
