"""A WebSocket to an application in this process: ASGI's own messages, with no port and no server between."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Self

from tests.system.socket_line import PROTOCOL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import ASGIApp, Message

BROKEN = 1006
"""The close code of a line that broke without a word."""


class AsgiLine:
    """One accepted WebSocket; the same to a device as a `SocketLine`."""

    def __init__(self, app: ASGIApp, scope: dict[str, Any]) -> None:
        self.headers: list[tuple[str, str]] = []
        self.close_seen = (0, "")
        self._said: asyncio.Queue[Message] = asyncio.Queue()
        self._heard: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._accepted = asyncio.Event()
        self._serving = asyncio.ensure_future(app(scope, self._said.get, self._take))
        self._serving.add_done_callback(lambda _: self._end(BROKEN, ""))

    @classmethod
    async def open(cls, app: ASGIApp, scope: dict[str, Any]) -> Self:
        """Shake hands with the application; raises ConnectionRefusedError where it does not accept."""
        line = cls(app, scope | {"type": "websocket", "scheme": "ws", "path": "/ws", "subprotocols": [PROTOCOL]})
        line._said.put_nowait({"type": "websocket.connect"})
        await line._accepted.wait()
        if line.close_seen != (0, ""):
            raise ConnectionRefusedError(line.close_seen)
        return line

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while (payload := await self._heard.get()) is not None:
            yield payload

    async def _take(self, message: Message) -> None:
        if self.close_seen != (0, ""):
            raise OSError("the peer is gone")  # what a server tells its application
        match message["type"]:
            case "websocket.accept":
                headers = [(name.decode(), value.decode()) for name, value in message.get("headers", ())]
                self.headers = sorted([*headers, ("sec-websocket-protocol", message["subprotocol"])])
                self._accepted.set()
            case "websocket.send":
                self._heard.put_nowait(message["bytes"])
            case "websocket.close":
                self._end(message.get("code", 1000), message.get("reason") or "")

    def _end(self, code: int, reason: str) -> None:
        """It is down, for the first reason that there was."""
        if self.close_seen == (0, ""):
            self.close_seen = (code, reason)
            self._said.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
            self._heard.put_nowait(None)
            self._accepted.set()

    async def send(self, data: bytes) -> bool:
        """Say something; False when the line is down."""
        if self.close_seen != (0, ""):
            return False
        self._said.put_nowait({"type": "websocket.receive", "bytes": data})
        return True

    def break_off(self) -> None:
        """The line breaks, without a word."""
        self._end(BROKEN, "")

    async def close(self) -> None:
        """Hang up in order, and wait until the application has let go."""
        self._end(1000, "")
        await self._serving
