"""One device of one person: comes in by HTTP, talks over a WebSocket, keeps every byte that it is sent.

Acts that were not acknowledged stay in `unacked` and go out again, with the same bytes, after every connect.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx2
import msgspec

from kerege.wire.codec import decode_server, encode_client
from kerege.wire.messages import Beat, Hello, Open, Place, Receipt, Submit
from tests.stage import Items, read
from tests.system.eventlink import EventLink
from tests.system.server import until

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kerege.engine.commands.bodies import AnyCommand
    from kerege.wire.messages import FromClient
    from tests.system.reached import Line, Reached

SHOWS = {"frame", "snapshot", "packed"}
"""Messages that show something of a view."""
ORDER = msgspec.msgpack.Encoder(order="deterministic")


def canonical(items: Items) -> bytes:
    """A view as bytes that do not depend on the order in which it was learnt."""
    return ORDER.encode({collection: keyed for collection, keyed in items.items() if keyed})


@dataclass
class Heard:
    """What came in over one connection."""

    payloads: list[bytes] = field(default_factory=list)
    sorts: list[str] = field(default_factory=list)
    headers: list[tuple[str, str]] = field(default_factory=list)
    close: tuple[int, str] | None = None


class Person:
    """One device. `address`: which of this machine's own addresses it comes from. `inflate`: it unpacks packed snapshots."""

    def __init__(
        self,
        server: Reached,
        name: str = "",
        language: str = "en",
        address: str = "127.0.0.1",
        *,
        inflate: bool = False,
    ) -> None:
        self.server = server
        self.inflate = inflate
        self.name = name
        self.language = language
        self.address = address
        self.role = ""
        self.seat = ""
        self.stream = ""
        self.items: Items = {}
        self.place: Place | None = None
        self.connections: list[Heard] = []
        self.streams: list[EventLink] = []
        self.answers: list[tuple[int, list[tuple[str, str]], bytes]] = []
        self.receipts: dict[str, list[Receipt]] = {}
        self.unacked: dict[str, bytes] = {}
        self.snapshots = 0
        self.echoes = 0
        self.denied = 0
        self.others_shown = 0
        self._ids = 0
        self._link: Line | None = None
        self._listening: asyncio.Task[None] | None = None
        self.page = httpx2.AsyncClient(
            transport=server.transport(address),
            headers={"accept-language": language},
            timeout=30,
        )

    async def close(self) -> None:
        """Gone."""
        for stream in self.streams:
            await stream.close()
        await self.hang_up()
        await self.page.aclose()

    # -- HTTP ------------------------------------------------------------------------------------------------------

    async def ask(self, method: str, path: str, **parts: Any) -> httpx2.Response:
        """One request; its answer is kept."""
        answer = await self.page.request(method, self.server.url + path, **parts)
        self.answers.append((answer.status_code, sorted(answer.headers.multi_items()), answer.content))
        return answer

    async def post(self, path: str, body: Mapping[str, Any] | None = None, **parts: Any) -> httpx2.Response:
        return await self.ask("POST", path, json=body or {}, **parts)

    async def link_to(self, stream: str) -> str:
        """As control: what a link carries that opens once, for a mentor or an evaluator."""
        link: str = (await self.post(f"/api/control/codes/{stream}")).json()["link"]
        return link.partition("#code=")[2]

    async def join(self, code: str, seat: str | None = None) -> None:
        """Come in."""
        assert await self.try_to_join(code, seat), self.answers[-1]

    async def try_to_join(self, code: str, seat: str | None = None) -> bool:
        """Come in, unless all seats are taken."""
        body = {"code": code, "language": self.language, "accepted": True} | ({"seat": seat} if seat else {})
        answer = await self.post("/api/join", body)
        if answer.status_code != 200:
            return False
        found = answer.json()
        self.role, self.seat, self.stream = found["sort"], found["id"], found["stream"]
        return True

    # -- the link --------------------------------------------------------------------------------------------------

    @property
    def connected(self) -> bool:
        """Whether the link is up. What went wrong while listening is raised here."""
        if self._listening is None:
            return False
        if self._listening.done():
            self._listening.result()
            return False
        return True

    async def connect(self, *, resume: bool = True, ticket: str = "") -> Heard:
        """Open a link; returns when the view is there or what was missed begins to come."""
        await self.hang_up()
        if not ticket:
            ticket = (await self.post("/api/ticket")).json()["ticket"]
        link = await self.server.dial(self.address)
        heard = Heard(headers=link.headers)
        self.connections.append(heard)
        cursors = {self.stream: self.place} if resume and self.place is not None else {}
        self._link = link
        self._listening = asyncio.create_task(self._listen(link, heard))
        await link.send(encode_client(Hello(ticket, self.language, cursors=cursors, inflate=self.inflate), "msgpack"))  # type: ignore[arg-type]
        await until(lambda: heard.sorts or heard.close, "an answer to hello")
        for data in list(self.unacked.values()):
            await self.send(data)
        return heard

    async def event_link(self) -> EventLink:
        """Open a stream of server-sent events, the road where WebSockets are blocked."""
        link = EventLink(self)
        self.streams.append(link)
        await link.open()
        return link

    async def _listen(self, link: Line, heard: Heard) -> None:
        try:
            async for payload in link:
                self._take(payload, heard)
        finally:
            heard.close = link.close_seen

    def _take(self, payload: bytes, heard: Heard) -> None:
        heard.payloads.append(payload)
        message = decode_server(payload, "msgpack")
        sort = type(message).__name__.lower()
        heard.sorts.append(sort)
        if sort == "frame" and message.stream == self.stream:  # type: ignore[union-attr]
            assert self.place is not None
            assert message.epoch == self.place.epoch  # type: ignore[union-attr]
            assert message.version == self.place.version + 1, "a frame is missing or came twice"  # type: ignore[union-attr]
        if sort in SHOWS and message.stream == self.stream:  # type: ignore[union-attr]
            self.snapshots += sort != "frame"
            read(self.items, payload)
            self.place = Place(message.epoch, message.version)  # type: ignore[union-attr]
        elif isinstance(message, Receipt):
            self.receipts.setdefault(message.id, []).append(message)
            self.unacked.pop(message.id, None)
        self.echoes += sort == "echo"
        self.denied += sort == "denied"
        self.others_shown += sort in SHOWS - {"frame"} and message.stream != self.stream  # type: ignore[union-attr]

    async def send(self, message: FromClient | bytes) -> bool:
        """Say something; False when the link is down."""
        data = message if isinstance(message, bytes) else encode_client(message, "msgpack")
        assert self._link is not None
        return await self._link.send(data)

    def cut(self) -> None:
        """The link breaks, without a word."""
        if self._link is not None:
            self._link.break_off()

    async def hang_up(self) -> None:
        """Close the link, if there is one."""
        if self._link is not None:
            await self._link.close()
            assert self._listening is not None
            await self._listening
            self._link = self._listening = None

    # -- acting ----------------------------------------------------------------------------------------------------

    def act(self, command: AnyCommand, command_id: str = "") -> tuple[str, bytes]:
        """The bytes of an act and its id; it counts as unacknowledged from now on."""
        if not command_id:
            self._ids += 1
            command_id = f"{self.name}-{self._ids:06}"
        raw = msgspec.Raw(msgspec.msgpack.encode(command))
        data = encode_client(Submit(command_id, 0 if self.place is None else self.place.version, raw), "msgpack")
        self.unacked[command_id] = data
        return command_id, data

    async def do(self, command: AnyCommand, command_id: str = "") -> Receipt:
        """Act, and wait for the receipt."""
        command_id, data = self.act(command, command_id)
        before = len(self.receipts.get(command_id, ()))
        await self.send(data)
        await until(
            lambda: len(self.receipts.get(command_id, ())) > before or not self.connected, f"a receipt for {command_id}"
        )
        assert len(self.receipts.get(command_id, ())) > before, (
            self.connections[-1].close,
            self.connections[-1].sorts[-5:],
        )
        return self.receipts[command_id][-1]

    async def beat(self) -> None:
        """All that was said to this device before is here when this returns."""
        before = self.echoes
        await self.send(Beat(digests=True))
        await until(lambda: self.echoes > before or not self.connected, "an echo")

    async def open(self, stream: str) -> None:
        """Ask for another view, which is denied, or, a team's to its mentor, shown."""
        before = self.denied + self.others_shown
        await self.send(Open(stream))
        await until(lambda: self.denied + self.others_shown > before or not self.connected, "a view or a denial")


class Company:
    """Everybody in one exercise: control first, the others by the codes of its lobby."""

    def __init__(self, server: Reached) -> None:
        self.server = server
        self.control = Person(server, "control")
        self.codes: dict[str, str] = {}
        self.streams: dict[str, str] = {}
        self.people: list[Person] = [self.control]

    async def open(self, *, start: bool = True) -> None:
        """Control comes in, reads the lobby and presses STARTEX."""
        from kerege.engine.commands.bodies import Start

        await self.control.join(self.server.control_code)
        await self.control.connect()
        for team in (await self.control.ask("GET", "/api/control/lobby")).json()["teams"]:
            if team["code"]:
                self.codes[team["title"]] = team["code"]
            self.streams[team["title"]] = team["viewer"]
        if start:
            assert (await self.control.do(Start())).outcome == "accepted"

    async def come(self, title: str, name: str = "", **more: Any) -> Person:
        """One more person, at the team of this title."""
        person = Person(self.server, name or title.lower().replace(" ", "-")[:12], **more)
        self.people.append(person)
        await person.join(self.codes[title])
        await person.connect()
        return person

    async def come_by_link(self, title: str) -> Person:
        """One more person, by a link that control gives out."""
        self.codes[title] = await self.control.link_to(self.streams[title])
        found = await self.come(title, "".join(filter(str.isalnum, title.lower())))
        del self.codes[title]
        return found

    async def close(self) -> None:
        for person in self.people:
            await person.close()
