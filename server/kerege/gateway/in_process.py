"""A link without a network, for stand-ins and tests: the same bytes, sessions and streams as everybody's."""

from __future__ import annotations

import asyncio
from collections import deque

from kerege.gateway.connection import Connection
from kerege.gateway.desk import Admitted, Desk
from kerege.gateway.seats import Seat
from kerege.wire.codec import Encoding

TICKET = "in-process"
"""What its Hello says; it opens this link and nothing else."""


class InProcessLink:
    """One client in this process. `send` and `receive` whole messages; None from `receive` means it is over."""

    def __init__(self, desk: Desk, viewer: str, encoding: Encoding = "msgpack", *, person: bool = False) -> None:
        self._seat = Seat(id=f"in-process-{viewer}", viewer=viewer, person=person)
        self._awake = asyncio.Event()
        self._held: deque[bytes] = deque()
        self._closed = False
        self.connection = Connection(desk, encoding, self._awake.set, self._admit)

    async def send(self, data: bytes) -> None:
        """Say one message, and wait until the room has answered it."""
        await self.connection.receive(data)

    async def receive(self) -> bytes | None:
        """The next message to this client."""
        while not self._held:
            if self._closed or self.connection.over:
                self._held.extend(self.connection.outgoing())
                if not self._held:
                    return None
                break
            self._held.extend(self.connection.outgoing())
            if not self._held:
                await self._awake.wait()
                self._awake.clear()
        return self._held.popleft()

    def close(self) -> None:
        """Leave."""
        if not self._closed:
            self._closed = True
            self.connection.detach()
            self._awake.set()

    def _admit(self, ticket: str) -> Admitted | None:
        return Admitted(self._seat, f"device-{self._seat.id}") if ticket == TICKET else None
