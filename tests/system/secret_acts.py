"""What everybody else does while one team is under proof: drawn things that it may not notice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kerege.engine.commands import bodies as b
from kerege.journal.port import CannotOpen
from kerege.journal.sqlite import SqliteJournal
from kerege.wire.messages import Open
from tests.laws.player import choose
from tests.system.person import Company, Person
from tests.system.server import until

if TYPE_CHECKING:
    from random import Random

    from kerege.engine.commands.bodies import AnyCommand
    from tests.system.casts import Cast

UNLISTED = b.Cancel | b.Propose
"""Of a team's acts: what stands in no evaluator's list."""
SECRETS_MAX = 5
GUESTS_MAX = 8
LOUD = ("Called a short meeting of all services",)
"""Acts that tell everybody; by their titles, as whoever taps them sees them."""


class Others:
    """Everybody but those under proof."""

    cast: Cast
    company: Company
    control: Person
    team: Person
    others: list[Person]
    evaluator: Person
    mentor: Person

    def __init__(self, secret: Random) -> None:
        self.secret = secret
        self.guests: list[Person] = []
        self.done = 0
        self.kinds: list[str] = []

    async def secrets(self) -> None:
        """A drawn number of drawn things that the team may not notice."""
        for _ in range(self.secret.randrange(SECRETS_MAX + 1)):
            self.done += 1
            secret = self.secret.choice(
                (
                    *(self.act, self.act, self.act, self.act, self.look_again, self.fail, self.come, self.steer),
                    *(self.read, self.lobby, self.lobby, self.export, self.note, self.think),
                )
            )
            self.kinds.append(secret.__name__)
            await secret()

    async def act(self) -> None:
        """Somebody else acts by their own screen, where it is no business of the team."""
        other = self.secret.choice(self.others)
        command = choose(self.secret, "player", other.items)
        if command is not None and self.is_secret(command, other):
            await other.do(command)

    def is_secret(self, command: AnyCommand, other: Person) -> bool:
        """Whether an act of another team stays from this one, by the pack's flow list."""
        stream = self.company.streams[self.cast.team]
        if self.cast.listed:
            return isinstance(command, UNLISTED)
        match command:
            case b.Stop() | b.Curtain() | b.Dispute():
                return False
            case b.Respond() | b.Attend() | b.Table() | b.Decide() | b.Fulfil() | b.Adjourn():
                return False  # whose consultation or question it is, the team may well see
            case b.File(replaces=replaces, answers=answers):
                return self.cast.papers and replaces is None and answers is None
            case b.Request(to=to):
                return stream != to
            case b.Say(to=to) | b.Share(to=to) | b.Convene(teams=to):
                return stream not in to
            case b.Heard(source=source):
                return source != stream
            case b.Ask() if not self.cast.asks:
                return False
            case b.Ask(action=action):
                offer = other.items.get("offers", {}).get(action)
                return offer is None or (offer["title"] not in LOUD and not self.reaches(command, offer))
        return True

    def reaches(self, command: b.Ask, offer: dict[str, Any]) -> bool:
        """Whether the team is named in the answers: as a receiver, or by its office, where it would see who comes."""
        said = repr(command.asks)
        receivers = {
            choice["code"]
            for ask in offer["asks"]
            for choice in ask["choices"]
            if self.cast.team.split()[0].lower() in choice["title"].lower()
        }
        mine = set(self.team.items.get("me", {}).get("me", {}).get("units", ()))
        mine |= {
            each["value_face"] for each in self.team.items.get("records", {}).values()
            if each["face"] in mine and each["value_face"]
        }  # fmt: skip
        return any(each in said for each in receivers | mine | {self.company.streams[self.cast.team]})

    async def look_again(self) -> None:
        other = self.secret.choice([*self.others, self.control])
        if self.secret.random() < 0.2 and len(other.streams) < 3:
            await other.event_link()
            return
        other.cut()
        await other.connect(resume=self.secret.random() < 0.5)

    async def fail(self) -> None:
        """Wrong codes, wrong tickets, broken frames, streams of others."""
        other = self.secret.choice(self.others)
        match self.secret.randrange(4):
            case 0:
                await other.post("/api/invitation", {"code": "AAAAAA", "language": "en"})
            case 1:
                await other.connect(ticket="x" * 20)
                await other.connect()
            case 2:
                await other.send(b"\x93\x01\x02\x03")
                await until(lambda: not other.connected, "the end of a link that sent garbage")
                await other.connect()
            case _:
                await other.open(self.company.streams[self.cast.team])

    async def come(self) -> None:
        """One more person at another team."""
        if len(self.guests) < GUESTS_MAX:
            guest = self.guest()
            if await guest.try_to_join(self.company.codes[self.secret.choice(self.elsewhere())]):
                await guest.connect()
        else:
            seated = [guest for guest in self.guests if guest.seat]
            if seated:
                await self.secret.choice(seated).connect()

    def elsewhere(self) -> list[str]:
        """The titles of everybody whose codes are no business of the team, nor of whoever watches."""
        return sorted(set(self.company.codes) - self.cast.proved)

    async def lobby(self) -> None:
        """Late changes of the lobby: another code, another link for control, a seat taken away, taken over, left."""
        secret, control = self.secret, self.control
        kind = secret.randrange(5)
        if kind == 0:
            title = secret.choice(self.elsewhere())
            new = await control.post(f"/api/control/codes/{self.company.streams[title]}")
            self.company.codes[title] = new.json()["code"]
            return
        if kind == 1:
            new = await control.post(f"/api/control/codes/{control.stream}")
            link = new.json()["link"].partition("#code=")[2]
            if len(self.guests) < GUESTS_MAX:
                await self.guest().try_to_join(link)
            return
        seated = [guest for guest in self.guests if guest.seat and guest.role != "actor"]
        if not seated:
            await self.come()
            return
        guest = secret.choice(seated)
        if kind == 2:
            await control.post(f"/api/control/seats/{guest.seat}/revoke")
            taken = guest.seat
            for each in self.guests:
                each.seat = "" if each.seat == taken else each.seat
        elif kind == 3 and len(self.guests) < GUESTS_MAX and guest.role != "control":
            title = next(title for title, stream in self.company.streams.items() if stream == guest.stream)
            await self.guest().try_to_join(self.company.codes[title], guest.seat)
        elif kind == 3:
            await guest.post("/api/join", {"code": "AAAAAA", "language": "en", "accepted": True, "seat": guest.seat})
        else:
            await guest.post("/api/leave")
            guest.seat = ""

    def guest(self) -> Person:
        """One more device of somebody else."""
        guest = Person(self.control.server, f"guest-{len(self.guests)}", address="127.0.0.4")
        self.guests.append(guest)
        return guest

    async def export(self) -> None:
        """Somebody at the server's machine tries to export the exercise while it is played: the file is the room's."""
        with pytest.raises(CannotOpen):
            await SqliteJournal.open(self.control.server.log_path)

    async def steer(self) -> None:
        """Control looks, and writes, and watches another team."""
        control = self.control
        if self.secret.random() < 0.5:
            await control.send(Open(self.company.streams[self.secret.choice(self.cast.others)]))
            await control.beat()
        else:
            command = b.OpenTeam(self.company.streams[self.secret.choice(self.cast.others)], self.secret.random() < 0.7)
            await control.do(command)

    async def note(self) -> None:
        """An evaluator notes something, of anybody: it is read by control and evaluators alone."""
        command = choose(self.secret, "evaluator", self.evaluator.items)
        if isinstance(command, b.Observe) and not self.cast.listed:
            await self.evaluator.do(command)

    async def think(self) -> None:
        """The mentor of another team lets it stop and think, or writes to it."""
        command = choose(self.secret, "mentor", self.mentor.items)
        if isinstance(command, b.Say if self.cast.listed else b.Think | b.Say):
            await self.mentor.do(command)

    async def read(self) -> None:
        other = self.secret.choice([*self.others, self.control])
        await other.ask("GET", self.secret.choice(("/api/me", "/api/room", "/api/control/lobby", "/last-page")))
