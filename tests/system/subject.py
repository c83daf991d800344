"""One viewer under proof: what its people do is written down act by act, so that it can be done again elsewhere.

An act is `(entry, person, verb, arguments)`: the number of the log's last entry before it, who of this viewer, and what.
Acts are drawn from what stands on the viewer's own screen. A visitor without a seat is such a viewer, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerege.engine.commands import bodies as b
from kerege.gateway.ports import LINKED
from kerege.wire.messages import Speak
from tests.laws.player import choose
from tests.system.compare import all_heard
from tests.system.person import Person
from tests.system.roads import LOOKS, POSTS, told_after_the_end
from tests.system.server import until

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from random import Random

    from kerege.engine.commands.bodies import AnyCommand
    from tests.system.reached import Reached

ADDRESS = "127.0.0.3"
NOBODY = "nobody"
"""The role of a visitor who never gets a seat."""
WALL = "wall"
"""No act of anybody: real seconds that pass, for what observers see with a delay."""
PEOPLE = (("first", 0, False), ("late", -1, True))
"""Name, which of the pack's languages, and whether its snapshots come packed; the second comes late, or not at all."""
GARBAGE = (b"\xc1", b"\x93\x01\x02\x03", b"")

Act = tuple[int, int, str, tuple[Any, ...]]


class Subject:
    """The people of one viewer, at one server."""

    def __init__(self, server: Reached, title: str, role: str, code: str, n: int, languages: tuple[str, ...]) -> None:
        self.title = title
        self.languages = languages
        self.role = role
        self.code = code
        self.n = n
        self.acts: list[Act] = []
        self.people = [
            Person(server, f"{name}-{n}", languages[which], ADDRESS, inflate=inflate) for name, which, inflate in PEOPLE
        ]
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
                if arguments[0] == "/api/leave":
                    await until(lambda: all(link.over for link in person.streams), "the end of all streams of a seat")
            case "knock":
                await person.connect(ticket="x" * 20)
                await until(lambda: not person.connected, "the end of a link whose ticket opens nothing")
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
        if self.role == NOBODY:
            return self._visit(random)
        if not self.present:
            if random.random() < 0.4:
                code = random.choice((self.code, "2222AA"))
                return 0, "post", ("/api/invitation", {"code": code, "language": "ru"})
            return 0, "join", (self.code,)
        if len(self.present) < len(PEOPLE) and random.random() < 0.08:
            if self.role in LINKED:  # a link opens once
                return 1, "post", ("/api/join", {"code": self.code, "language": "ru", "accepted": True})
            return 1, "join", (self.code, random.choice((None, self.people[0].seat)))
        who = random.choice(self.present)
        person = self.people[who]
        if not person.connected:
            return who, "connect", (random.random() < 0.7,)
        roll = random.random()
        if roll < 0.62:
            return self._command(random, who)
        if roll < 0.72:
            if random.random() < 0.2:
                return who, "post", (random.choice(POSTS),)
            path = random.choice(LOOKS)
            if self.ended and told_after_the_end(path, self.role):
                path = "/api/me"
            return who, "ask", (random.choice(("GET", "GET", "GET", "HEAD")), path)
        if roll < 0.78:
            return who, "connect", (random.random() < 0.5,)
        if roll < 0.84:
            return who, "cut", ()
        if roll < 0.88:
            contacts = list(person.items.get("contacts", ())) if self.role == "mentor" else []  # its team is the first
            asked = contacts[:1] if contacts and random.random() < 0.5 else [*streams, "none"]
            return who, "open", (random.choice([each for each in asked if each != person.stream]),)
        if roll < 0.91:
            return who, "speak", (random.choice(self.languages),)
        if roll < 0.94:
            return (who, "ticket twice", ()) if random.random() < 0.5 else (who, "garbage", (random.choice(GARBAGE),))
        if len(person.streams) < 2:
            return who, "events", ()
        return who, "ask", ("GET", "/api/room")

    @staticmethod
    def _visit(random: Random) -> tuple[int, str, tuple[Any, ...]]:
        """What somebody may do who has no seat: look at every address, guess a code, knock without a ticket."""
        roll = random.random()
        if roll < 0.6:
            return 0, "ask", (random.choice(("GET", "GET", "GET", "HEAD")), random.choice(LOOKS))
        if roll < 0.7:
            return 0, "knock", ()
        if roll < 0.85:
            return 0, "post", (random.choice((*POSTS, "/api/ticket", "/api/leave")),)
        path, rest = random.choice((("/api/invitation", {}), ("/api/join", {"accepted": True})))
        return 0, "post", (path, {"code": "2222AA", "language": random.choice(("en", "ru", "ky")), **rest})

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
