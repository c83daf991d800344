"""The road where WebSockets are blocked: server-sent events, and a post for whatever the client says."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import httpx2
import msgspec

from kerege.wire.codec import encode_client
from kerege.wire.messages import Beat, Hello, Submit
from tests.system.server import until

if TYPE_CHECKING:
    from kerege.engine.commands.bodies import AnyCommand
    from kerege.wire.messages import FromClient, Place
    from tests.system.person import Person

BEAT = ": beat"
"""A comment that keeps a line alive, by the machine's clock: says nothing."""


class EventLink:
    """One event stream of one device; keeps every line that it is sent."""

    def __init__(self, person: Person) -> None:
        self.lines: list[str] = []
        self.headers: list[tuple[str, str]] = []
        self.status = 0
        self._person = person
        self._id = ""
        self._sorts: list[str] = []
        self._listening: asyncio.Task[None] | None = None

    async def open(self, cursors: dict[str, Place] | None = None) -> None:
        """Open the stream and greet on it; returns when the first view, or what was missed, begins to come."""
        ticket = (await self._person.post("/api/ticket")).json()["ticket"]
        self._listening = asyncio.create_task(self._listen())
        await until(lambda: self._id or self.over, "the stream's name")
        assert self._id, (self.status, self.lines)
        await self.say(Hello(ticket, self._person.language, cursors=cursors or {}))
        await self.beat()

    @property
    def over(self) -> bool:
        """Whether the stream has ended. What went wrong while listening is raised here."""
        assert self._listening is not None
        if self._listening.done():
            self._listening.result()
        return self._listening.done()

    async def _listen(self) -> None:
        async with self._person.page.stream("GET", self._person.server.url + "/api/stream") as answer:
            self.status, self.headers = answer.status_code, sorted(answer.headers.multi_items())
            with contextlib.suppress(httpx2.RemoteProtocolError):  # the line may break without a word
                async for line in answer.aiter_lines():
                    self._take(line)

    def _take(self, line: str) -> None:
        if line in {BEAT, ""}:
            return
        self.lines.append(line)
        if line.startswith("data: {"):
            self._sorts.append(msgspec.json.decode(line[6:])["type"])
        elif line.startswith("data: "):
            self._id = line[6:]

    def heard(self, sort: str) -> int:
        """How many messages of this sort came."""
        return self._sorts.count(sort)

    async def say(self, message: FromClient | bytes) -> None:
        """Post one message; its answer is kept with the device's others."""
        data = message if isinstance(message, bytes) else encode_client(message, "json")
        json = {"content-type": "application/json"}
        await self._person.ask("POST", f"/api/submit?link={self._id}", content=data, headers=json)

    async def do(self, command_id: str, command: AnyCommand) -> None:
        """Act, and wait until the receipt is here."""
        before = self._sorts.count("receipt")
        await self.say(Submit(command_id, 0, msgspec.Raw(msgspec.msgpack.encode(command))))
        await until(lambda: self._sorts.count("receipt") > before or self.over, f"a receipt for {command_id}")

    async def beat(self) -> None:
        """All that was said on this stream before is here when this returns."""
        before = self._sorts.count("echo")
        await self.say(Beat(digests=True))
        await until(lambda: self._sorts.count("echo") > before or self.over, "an echo")

    async def close(self) -> None:
        """Hang up."""
        if self._listening is not None:
            self._listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listening
            self._listening = None
