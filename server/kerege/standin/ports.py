"""What a stand-in takes from outside: a line to the server, and the time. Both are what any client has."""

from __future__ import annotations

import asyncio
from typing import Protocol


class Link(Protocol):
    """A line to the server: whole messages in msgpack, as any client sends and receives them."""

    async def send(self, data: bytes) -> None:
        """Say one message."""
        ...

    async def receive(self) -> bytes | None:
        """The next message to this client; None when the line is gone."""
        ...

    def close(self) -> None:
        """Leave."""
        ...


class Clock(Protocol):
    """Real time, which only goes forward."""

    def now_ms(self) -> int:
        """Milliseconds."""
        ...

    async def wait(self, wake: asyncio.Event, until_ms: int | None) -> None:
        """Return when `wake` is set or the time has come; None waits for `wake` alone."""
        ...
