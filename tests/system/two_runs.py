"""One trial of law 3b on the whole server: an exercise played by a visible script, with secret acts of others between.

The same visible script twice (the same acts of whoever is under proof, the same things said, shared and timed for them),
and between its steps, from another seed each time, what everybody else does elsewhere: then those under proof have to be
sent the same. Which server plays it, a process with a port or the application in this one, is the caller's.
"""

from __future__ import annotations

from collections.abc import Awaitable, Iterator
from contextlib import AbstractAsyncContextManager
from random import Random
from typing import TYPE_CHECKING, Any, Protocol

from kerege.engine.commands import bodies as b
from kerege.wire.messages import Open
from tests.laws.player import choose
from tests.system.casts import EVALUATORS, TEAM, Cast
from tests.system.compare import all_heard
from tests.system.person import Company, Person
from tests.system.roads import LOOKS, POSTS
from tests.system.secret_acts import Others
from tests.system.server import until

if TYPE_CHECKING:
    from kerege.engine.commands.bodies import AnyCommand
    from tests.system.reached import Reached

PACK = "silver-reed"
ROUNDS = 8
MINUTE_MS = 60_000

VISITED = tuple(path for path in LOOKS if path not in {"/api/messages.json", "/index.html", "/control"})
"""What a visitor without a seat looks at, again and again."""


class Serve(Protocol):
    """Serves the exercise, with these settings, for as long as the trial lasts."""

    def __call__(self, **settings: Any) -> AbstractAsyncContextManager[Reached]: ...


class Trial(Others):
    """One run of one trial."""

    def __init__(self, serve: Serve, seed: int, secrets: str, cast: Cast = TEAM) -> None:
        self.serve = serve
        self.seed = seed
        self.cast = cast
        self.visible = Random(f"visible:{seed}")
        super().__init__(Random(f"secret:{seed}:{secrets}"))

    @property
    def settings(self) -> dict[str, Any]:
        """How the server is set, the same in both runs."""
        return {"deterministic": self.seed, "public_url": "http://kerege.test"}  # the port is chance

    async def play(self) -> list[dict[str, Any]]:
        """Play; returns all that each of those under proof was sent."""
        async with self.serve(**self.settings) as server:
            await self.assemble(server)
            await self.secrets()
            await self.come_in()
            await self.secrets()
            assert (await self.control.do(b.Start())).outcome == "accepted"
            await self.settle()
            self.known = known_from_the_start(self.speaker)
            for n in range(ROUNDS):
                for step in self.round(n):
                    await self.secrets()
                    await step
                assert (await self.control.do(b.Jump((n + 1) * 4 * MINUTE_MS))).outcome == "accepted"
                await self.settle()
            await self.end()
            await self.team.hang_up()
            heard = self.heard()
            for person in (*self.watched, *self.guests):
                await person.close()
            await self.company.close()
        return heard

    def round(self, n: int) -> Iterator[Awaitable[None]]:
        """What happens to those under proof and what they do, from one jump of the clock to the next."""
        yield self.say_to_team(n)
        yield self.team_acts()
        yield self.team_looks(n)
        yield self.visit()

    async def assemble(self, server: Reached) -> None:
        """Everybody comes but those under proof, who are there with their devices."""
        self.company = company = Company(server)
        await company.open(start=False)
        self.control = company.control
        self.others = [await company.come(title, address="127.0.0.2") for title in self.cast.others]
        self.mentor, self.evaluator = [await company.come_by_link(title) for title in (self.cast.mentor, EVALUATORS)]
        self.speaker = self.others[self.cast.others.index(self.cast.speaker)]
        language, inflate = self.visible.choice(("en", "ru")), self.visible.random() < 0.5
        self.team = Person(server, "team", language, "127.0.0.3", inflate=inflate)
        self.watcher = Person(server, "watcher", address="127.0.0.5")
        self.visitor = Person(server, "visitor", self.visible.choice(("en", "ky")), address="127.0.0.6")

    @property
    def watched(self) -> list[Person]:
        """The devices of those under proof."""
        return [self.team, self.watcher, self.visitor]

    def heard(self) -> list[dict[str, Any]]:
        """What each of those devices was sent."""
        return [all_heard(person) for person in self.watched]

    async def settle(self) -> None:
        """Everything that has fallen due by now is done and sent: the room answers control after that."""
        assert (await self.control.do(b.Start())).outcome == "refused"
        await self.team.beat()

    # -- what the team sees and does -------------------------------------------------------------------------------

    async def come_in(self) -> None:
        """Read the invitation, mistype a code, come in, open a link."""
        team, code = self.team, self.company.codes[self.cast.team]
        await team.post("/api/invitation", {"code": code, "language": "ru"})
        await team.post("/api/invitation", {"code": "2222AA", "language": "ru"})
        await team.ask("GET", "/api/me")
        await team.join(code)
        await team.connect()
        await team.beat()
        await self.watcher.join(self.company.codes[self.cast.watcher])

    async def say_to_team(self, n: int) -> None:
        """
        What another team tells it, the same in both runs: words, and a record that they hold from the start.

        Who reads in a list that this was done is not to learn what was said: there the words are a secret.
        """
        speaker, stream = self.speaker, self.company.streams[self.cast.team]
        secret = "x" * self.secret.randrange(40) if self.cast.listed else ""
        if self.visible.random() < 0.5:
            said = b.Say((stream,), f"message {n}{secret}")
            assert (await speaker.do(said, f"visible-{n}")).outcome == "accepted"
        else:
            record = self.visible.choice(self.known)
            assert (await speaker.do(b.Share((record,), (stream,)), f"visible-{n}")).outcome == "accepted"
        await self.told()

    async def told(self) -> None:
        """What was said to the team is there."""
        await self.team.beat()

    async def team_acts(self) -> None:
        """Acts drawn from the team's own screen, and so the same as long as its screen is; its unit stays in its office."""
        for _ in range(self.visible.randrange(1, 4)):
            command = choose(self.visible, "player", self.team.items)
            if command is None or isinstance(command, b.Stop | b.Curtain) or self.leads_away(command):
                continue
            await self.team.do(command)
        await self.team.beat()

    def leads_away(self, command: AnyCommand) -> bool:
        """Whether an act would bring the team's unit to where others are, so that it sees what they do."""
        faces = self.team.items["faces"]
        return isinstance(command, b.Ask) and any(
            isinstance(each, str) and each in faces and faces[each]["kind"] == "place" for each in command.asks.values()
        )

    async def team_looks(self, n: int) -> None:
        """Other roads: HTTP, a second look, a lost link, another language, streams of others."""
        team = self.team
        match n % ROUNDS:
            case 0:
                await team.connect()
            case 1:
                await team.connect(resume=False)
            case 2:
                for path in LOOKS:
                    await team.ask("GET", path)
            case 3:
                for stream in (*sorted(self.company.streams.values()), "none"):
                    if stream != team.stream:
                        await team.open(stream)
            case 4:
                ticket = (await team.post("/api/ticket")).json()["ticket"]
                await team.connect(ticket=ticket)
                await team.connect(ticket=ticket)
                await team.connect()
            case 5:
                await team.do(b.Start(), "not-mine")
                await team.do(b.Say(("zzzz",), "?"), "nobody-there")
                await team.send(b"\xc1")
                await until(lambda: not team.connected, "the end of a link that sent garbage")
                await team.connect()
            case 6:
                await self.team_by_events()
                await self.watcher_looks()
            case _:
                await team.ask("GET", "/api/openapi.json")
                await team.ask("GET", "/api/messages.json")
        await team.beat()

    async def team_by_events(self) -> None:
        """The road where WebSockets are blocked: server-sent events and posts, with acts, refusals, and garbage."""
        team = self.team
        link = await team.event_link()
        command = choose(self.visible, "player", team.items)
        if command is not None and not isinstance(command, b.Stop | b.Curtain) and not self.leads_away(command):
            await link.do("by-event", command)
        await link.do("by-event-too", b.Say(("zzzz",), "?"))
        await link.say(Open(self.company.streams[self.cast.speaker]))
        await link.beat()
        if self.visible.random() < 0.5:
            await link.say(b"{}")
            await until(lambda: link.over, "the end of a stream that was sent garbage")
        await team.beat()

    async def visit(self) -> None:
        """Somebody without a seat tries this and that: the same at the same play times in both runs."""
        visitor, draw = self.visitor, self.visible
        for path in draw.sample(VISITED, 3):
            await visitor.ask(draw.choice(("GET", "GET", "HEAD")), path)
        match draw.randrange(4):
            case 0:
                await visitor.post("/api/invitation", {"code": "2222AA", "language": draw.choice(("en", "ru", "ky"))})
            case 1:
                await visitor.post("/api/join", {"code": "2222AA", "language": "en", "accepted": draw.random() < 0.5})
            case 2:
                await visitor.post(draw.choice((*POSTS, "/api/ticket", "/api/leave")))
            case _:
                await visitor.connect(ticket="x" * 20)
                await until(lambda: not visitor.connected, "the end of a link whose ticket opens nothing")

    async def watcher_looks(self) -> None:
        """Whoever watches another desk, opened to nobody, looks by HTTP, before the end and after."""
        for path in LOOKS:
            await self.watcher.ask("GET", path)

    async def end(self) -> None:
        """ENDEX. The last page is now for all who were in the play, and so the team does not ask; observers get none."""
        await self.watcher_looks()
        assert (await self.control.do(b.Finish())).outcome == "accepted"
        await self.secrets()
        await self.team.do(b.Say((self.company.streams[self.cast.speaker],), "?"), "too-late")
        await self.team.ask("GET", "/api/room")
        await self.team.beat()
        await self.watcher_looks()
        await self.watcher.post("/api/leave")
        await self.watcher_looks()
        for path in VISITED:
            await self.visitor.ask("GET", path)


def known_from_the_start(person: Person) -> list[str]:
    """Records that no later act of anybody changes: of houses and calls, not of units, which move."""
    faces, records = person.items["faces"], person.items["records"]
    return sorted(
        key for key, each in records.items() if faces[each["face"]]["kind"] != "unit" and each["state"] == "known"
    )
