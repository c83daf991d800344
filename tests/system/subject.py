"""One viewer under proof: what its people do is written down act by act, so that it can be done again elsewhere.

An act is `(entry, person, verb, arguments)`: the number of the log's last entry before it, who of this viewer, and what.
Acts are drawn from what stands on the viewer's own screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerege.engine.commands import bodies as b
from kerege.wire.messages import Speak
from tests.laws.player import choose
from tests.system.compare import all_heard
from tests.system.person import Person
from tests.system.server import until

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from random import Random

    from kerege.engine.commands.bodies import AnyCommand
    from tests.system.server import Server

ADDRESS = "127.0.0.3"
PEOPLE = (("first", "en"), ("late", "ru"))
"""Name and language; the second comes late, or not at all."""
PATHS = (
    "/api/me", "/api/room", "/api/room?language=ru", "/api/control/lobby", "/last-page", "/last-page?language=en",
    "/nowhere", "/healthz", "/readyz", "/api/openapi.json", "/api/export", "/export", "/api/stream/other",
)  # fmt: skip
"""Roads that answer a look. There is no export by HTTP: its names are asked for all the same."""
GARBAGE = (b"\xc1", b"\x93\x01\x02\x03", b"")

Act = tuple[int, int, str, tuple[Any, ...]]


class Subject:
    """The people of one viewer, at one server."""

    def __init__(self, server: Server, title: str, role: str, code: str, n: int) -> None:
        self.title = title
        self.role = role
        self.code = code
        self.n = n
        self.acts: list[Act] = []
        self.people = [Person(server, f"{name}-{n}", language, ADDRESS) for name, language in PEOPLE]
        self.ended = False
        self.lost = ""
        self._last: tuple[str, AnyCommand] | None = None

    @property
    def present(self) -> list[int]:
        """Who of them sits here now, by number."""
        return [n for n, person in enumerate(self.people) if person.seat]

    def all_heard(self) -> list[dict[str, Any]]:
        """Everything that its people were sent, on every road."""
        return [all_heard(person) for person in self.people]

    async def close(self) -> None:
        for person in self.people:
            await person.close()

    # -- acting ----------------------------------------------------------------------------------------------------

    async def perform(self, who: int, verb: str, arguments: tuple[Any, ...]) -> None:
        """Do one act, and wait until it is answered."""
        person = self.people[who]
        await self._beat(person)  # all that was sent before is here now: nothing hangs on when a link is cut
        match verb:
            case "ask":
                await person.ask(*arguments)
            case "post":
                await person.post(*arguments)
            case "join":
                await person.join(*arguments)
                await person.connect()
            case "connect":
                await person.connect(resume=arguments[0])
            case "cut":
                person.cut()
                await until(lambda: not person.connected, "the end of a link that was cut")
            case "open":
                await person.open(*arguments)
            case "speak":
                seen = person.snapshots
                await person.send(Speak(*arguments))
                await until(lambda: person.snapshots > seen or not person.connected, "the view in another language")
            case "ticket twice":
                ticket = (await person.post("/api/ticket")).json()["ticket"]
                await person.connect(ticket=ticket)
                await person.connect(ticket=ticket)
                await until(lambda: not person.connected, "the end of a link whose ticket was used")
                await person.connect()
            case "garbage":
                await person.send(arguments[0])
                await until(lambda: not person.connected, "the end of a link that sent garbage")
                await person.connect()
            case "do":
                await person.do(*arguments)
            case "events":
                await person.event_link()
            case "say":
                link, command_id, command = arguments
                await person.streams[link].do(command_id, command)
            case "leave":
                await person.hang_up()
            case _:
                raise AssertionError(verb)

    @staticmethod
    async def _beat(person: Person) -> None:
        if person.connected:
            await person.beat()
        for link in person.streams:
            if not link.over:
                await link.beat()

    # -- what they do ----------------------------------------------------------------------------------------------

    async def move(self, random: Random, head: Callable[[], Awaitable[int]], streams: list[str]) -> None:
        """Draw one act from the own screen, do it and write it down."""
        who, verb, arguments = self._draw(random, streams)
        self.acts.append((await head(), who, verb, arguments))
        await self.perform(who, verb, arguments)

    def _draw(self, random: Random, streams: list[str]) -> tuple[int, str, tuple[Any, ...]]:
        if not self.present:
            if random.random() < 0.4:
                code = random.choice((self.code, "2222AA"))
                return 0, "post", ("/api/invitation", {"code": code, "language": "ru"})
            return 0, "join", (self.code,)
        if len(self.present) < len(PEOPLE) and random.random() < 0.08:
            return 1, "join", (self.code, random.choice((None, self.people[0].seat)))
        who = random.choice(self.present)
        person = self.people[who]
        if not person.connected:
            return who, "connect", (random.random() < 0.7,)
        roll = random.random()
        if roll < 0.62:
            return self._command(random, who)
        if roll < 0.72:
            path = random.choice(PATHS)
            if self.ended and "last-page" in path and self.role != "observer":
                path = "/api/me"  # after ENDEX it is everybody's who was in the play, and holds what all knew
            return who, "ask", ("GET", path)
        if roll < 0.78:
            return who, "connect", (random.random() < 0.5,)
        if roll < 0.84:
            return who, "cut", ()
        if roll < 0.88:
            return who, "open", (random.choice([each for each in (*streams, "none") if each != person.stream]),)
        if roll < 0.91:
            return who, "speak", (random.choice(("en", "ru")),)
        if roll < 0.94:
            return (who, "ticket twice", ()) if random.random() < 0.5 else (who, "garbage", (random.choice(GARBAGE),))
        if len(person.streams) < 2:
            return who, "events", ()
        return who, "ask", ("GET", "/api/room")

    def _command(self, random: Random, who: int) -> tuple[int, str, tuple[Any, ...]]:
        person = self.people[who]
        if self._last is not None and random.random() < 0.06:
            command_id, command = self._last
            if random.random() < 0.5:
                command = b.Cancel("t77")
            return who, "do", (command, command_id)
        command = choose(random, self.role, person.items) or b.Say(("zzzz",), "?")
        if isinstance(command, b.Stop | b.Clear):
            command = b.Start()  # not this viewer's: refused
        command_id = f"{person.name}-{len(self.acts):04}"
        self._last = command_id, command
        if person.streams and random.random() < 0.4:
            link = random.randrange(len(person.streams))
            return who, "say", (link, command_id, command)
        return who, "do", (command, command_id)
