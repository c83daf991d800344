"""What a device needs of a server, be it a process with a port or an application in the test's own process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import httpx2


class Line(Protocol):
    """One open WebSocket. Iterating gives each message as it came, until the line is down."""

    headers: list[tuple[str, str]]
    """Of the handshake's answer, sorted."""

    @property
    def close_seen(self) -> tuple[int, str]:
        """Number and reason with which it was closed; (0, "") while it is open."""
        ...

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    async def send(self, data: bytes) -> bool:
        """Say something; False when the line is down."""
        ...

    def break_off(self) -> None:
        """The line breaks, without a word."""
        ...

    async def close(self) -> None:
        """Hang up in order."""
        ...


class Reached(Protocol):
    """One server of one exercise."""

    url: str

    @property
    def control_code(self) -> str:
        """What the newest one-time link carries."""
        ...

    @property
    def log_path(self) -> Path:
        """The exercise's file."""
        ...

    def transport(self, address: str) -> httpx2.AsyncBaseTransport:
        """How a device at this address reaches it by HTTP."""
        ...

    async def dial(self, address: str) -> Line:
        """A WebSocket from there."""
        ...
