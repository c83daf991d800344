"""A stand-in on a line: reads what comes, says what its mind says next, and sleeps until either may change."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from kerege.wire.codec import decode_server, encode_client

if TYPE_CHECKING:
    from kerege.standin.mind import Mind
    from kerege.standin.ports import Clock, Link


class StandIn:
    """One mind at one line."""

    def __init__(self, mind: Mind, link: Link, clock: Clock) -> None:
        self._mind = mind
        self._link = link
        self._clock = clock
        self._news = asyncio.Event()

    async def play(self, ticket: str) -> None:
        """Say hello and play until the line or the exercise is over, or this is cancelled."""
        for message in self._mind.greeting(ticket):
            await self._link.send(encode_client(message, "msgpack"))
        listening = asyncio.create_task(self._listen())
        try:
            while not self._mind.over and not listening.done():
                command = self._mind.next(self._clock.now_ms())
                if command is not None:
                    await self._link.send(encode_client(command, "msgpack"))
                    continue
                await self._clock.wait(self._news, self._mind.wakes_at_ms())
                self._news.clear()
        finally:
            listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await listening
            self._link.close()

    async def _listen(self) -> None:
        while (data := await self._link.receive()) is not None:
            self._mind.hear(decode_server(data, "msgpack"), self._clock.now_ms())
            self._news.set()
        self._news.set()
