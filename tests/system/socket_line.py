"""A WebSocket to a real port, as a device of ours holds it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PROTOCOL = "kerege.1.msgpack"


class SocketLine:
    """One open WebSocket. Iterating gives each message as it came, until the line is down."""

    def __init__(self, link: ClientConnection) -> None:
        self._link = link
        assert link.response is not None
        self.headers = sorted(link.response.headers.raw_items())

    @classmethod
    async def open(cls, url: str, address: str) -> Self:
        """Shake hands with the server at `url`, from one of this machine's own addresses."""
        link = await connect(
            url.replace("http", "ws") + "/ws",
            subprotocols=[PROTOCOL],  # type: ignore[list-item]  # a NewType of str
            compression=None, max_size=None, user_agent_header=None, local_addr=(address, 0), proxy=None,
            ping_interval=None,
        )  # fmt: skip
        return cls(link)

    @property
    def close_seen(self) -> tuple[int, str]:
        """Number and reason with which it was closed; (0, "") while it is open."""
        return self._link.close_code or 0, self._link.close_reason or ""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with contextlib.suppress(ConnectionClosed):
            async for payload in self._link:
                assert isinstance(payload, bytes)
                yield payload

    async def send(self, data: bytes) -> bool:
        """Say something; False when the line is down."""
        try:
            await self._link.send(data)
        except ConnectionClosed:
            return False
        return True

    def break_off(self) -> None:
        """The line breaks, without a word."""
        self._link.transport.abort()

    async def close(self) -> None:
        """Hang up in order."""
        with contextlib.suppress(ConnectionClosed, OSError, TimeoutError):
            await self._link.close()
