"""Law 3 over real sockets: two exercises that differ only in what one team may not know give that team the same bytes.

A trial plays the same visible script twice (the same acts of the team, the same things said, shared and timed for it)
and draws between them, from another seed each time, what everybody else does elsewhere. Compared: every message on the
team's sockets (a receipt's sealed token by its length alone), their order and number, the headers of its handshakes,
its close codes, and every answer by HTTP with status, headers and body, the date aside.

`KEREGE_TRIALS` is the number of trials; the machine's clock and chance play no part (`--deterministic`).
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from random import Random
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from kerege.engine.commands import bodies as b
from kerege.wire.messages import Open
from tests.laws.player import choose
from tests.system.leaks import LEAKS
from tests.system.person import Company, Person
from tests.system.server import Nursery, serving, until

if TYPE_CHECKING:
    from pathlib import Path

    from kerege.engine.commands.bodies import AnyCommand

TRIALS = int(os.environ.get("KEREGE_TRIALS", "3"))
LEAK_TRIALS_MAX = 6
SEED = 9
ROUNDS = 7
SECRETS_MAX = 5
MINUTE_MS = 60_000

TEAM = "Border guard"
OTHERS = ("Police patrol", "Investigators", "Social service", "Financial intelligence unit")
SPEAKER = "Police patrol"
LOUD = ("Called a short meeting of all services",)
"""Acts that tell everybody; by their titles, as whoever taps them sees them."""
VOLATILE_HEADERS = {"date", "sec-websocket-accept"}


class Trial:
    """One run of one trial."""

    def __init__(self, nursery: Nursery, folder: Path, seed: int, secrets: str, leak: str) -> None:
        self.nursery = nursery
        self.folder = folder
        self.seed = seed
        self.visible = Random(f"visible:{seed}")
        self.secret = Random(f"secret:{seed}:{secrets}")
        self.leak = leak
        self.done = 0
        self.kinds: list[str] = []

    async def play(self) -> dict[str, Any]:
        """Play; returns all that the team was sent."""
        public = {"deterministic": self.seed, "public_url": "http://kerege.test"}  # the port is chance
        async with serving(self.nursery, self.folder, "silver-reed", leak=self.leak, **public) as server:
            company = Company(server)
            await company.open(start=False)
            self.company, self.control = company, company.control
            self.others = [await company.come(title, address="127.0.0.2") for title in OTHERS]
            self.speaker = self.others[OTHERS.index(SPEAKER)]
            self.team = Person(server, "team", self.visible.choice(("en", "ru")), address="127.0.0.3")
            self.guests: list[Person] = []
            await self.secrets()
            await self.come_in()
            await self.secrets()
            assert (await self.control.do(b.Start())).outcome == "accepted"
            await self.settle()
            self.known = known_from_the_start(self.speaker)
            for n in range(ROUNDS):
                await self.secrets()
                await self.say_to_team(n)
                await self.secrets()
                await self.team_acts()
                await self.secrets()
                await self.team_looks(n)
                await self.secrets()
                assert (await self.control.do(b.Jump((n + 1) * 4 * MINUTE_MS))).outcome == "accepted"
                await self.settle()
            await self.team.beat()
            await self.team.hang_up()
            heard = self.all_heard()
            await self.team.close()
            for guest in self.guests:
                await guest.close()
            await company.close()
        return heard

    async def settle(self) -> None:
        """Everything that has fallen due by now is done and sent: the room answers control after that."""
        assert (await self.control.do(b.Start())).outcome == "refused"
        await self.team.beat()

    # -- what the team sees and does -------------------------------------------------------------------------------

    async def come_in(self) -> None:
        """Read the invitation, mistype a code, come in, open a link."""
        team, code = self.team, self.company.codes[TEAM]
        await team.post("/api/invitation", {"code": code, "language": "ru"})
        await team.post("/api/invitation", {"code": "2222AA", "language": "ru"})
        await team.ask("GET", "/api/me")
        await team.join(code)
        await team.connect()
        await team.beat()

    async def say_to_team(self, n: int) -> None:
        """What another team tells it, the same in both runs: words, and a record that they hold from the start."""
        speaker, stream = self.speaker, self.company.streams[TEAM]
        if self.visible.random() < 0.5:
            assert (await speaker.do(b.Say((stream,), f"message {n}"), f"visible-{n}")).outcome == "accepted"
        else:
            record = self.visible.choice(self.known)
            assert (await speaker.do(b.Share((record,), (stream,)), f"visible-{n}")).outcome == "accepted"
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
        match n % 7:
            case 0:
                await team.connect()
            case 1:
                await team.connect(resume=False)
            case 2:
                for path in ("/api/me", "/api/room", "/api/control/lobby", "/last-page", "/nowhere", "/healthz"):
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
            case _:
                await team.ask("GET", "/api/openapi.json")
                await team.ask("GET", "/api/messages.json")
        await team.beat()

    def all_heard(self) -> dict[str, Any]:
        """Everything that the team was sent, on every road."""
        return {
            "sockets": [
                ([masked(payload) for payload in each.payloads], plain(each.headers), each.close)
                for each in self.team.connections
            ],
            "http": [(status, plain(headers), body) for status, headers, body in self.team.answers],
        }

    # -- what everybody else does ----------------------------------------------------------------------------------

    async def secrets(self) -> None:
        """A drawn number of drawn things that the team may not notice."""
        for _ in range(self.secret.randrange(SECRETS_MAX + 1)):
            self.done += 1
            secret = self.secret.choice(
                (self.act, self.act, self.act, self.act, self.look_again, self.fail, self.come, self.steer, self.read)
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
        stream = self.company.streams[TEAM]
        match command:
            case b.Stop() | b.Curtain() | b.Dispute():
                return False
            case b.Say(to=to) | b.Share(to=to):
                return stream not in to
            case b.Heard(source=source):
                return source != stream
            case b.Ask(action=action):
                offer = other.items.get("offers", {}).get(action)
                return offer is None or (offer["title"] not in LOUD and not self.reaches(command, offer))
        return True

    def reaches(self, command: b.Ask, offer: dict[str, Any]) -> bool:
        """Whether the team is named in the answers: as a receiver, or by its office, where it would see who comes."""
        said = repr(command.asks)
        receivers = {
            choice["code"] for ask in offer["asks"] for choice in ask["choices"] if "border" in choice["title"].lower()
        }
        mine = set(self.team.items.get("me", {}).get("me", {}).get("units", ()))
        mine |= {
            each["value_face"] for each in self.team.items.get("records", {}).values()
            if each["face"] in mine and each["value_face"]
        }  # fmt: skip
        return any(each in said for each in receivers | mine | {self.company.streams[TEAM]})

    async def look_again(self) -> None:
        other = self.secret.choice([*self.others, self.control])
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
                await other.open(self.company.streams[TEAM])

    async def come(self) -> None:
        """One more person at another team."""
        if len(self.guests) < 4:
            guest = Person(self.control.server, f"guest-{len(self.guests)}", address="127.0.0.4")
            self.guests.append(guest)
            await guest.join(self.company.codes[self.secret.choice(sorted(set(self.company.codes) - {TEAM}))])
            await guest.connect()
        else:
            await self.secret.choice(self.guests).connect()

    async def steer(self) -> None:
        """Control looks, and writes, and watches another team."""
        control = self.control
        if self.secret.random() < 0.5:
            await control.send(Open(self.company.streams[self.secret.choice(OTHERS)]))
            await control.beat()
        else:
            command = b.OpenTeam(self.company.streams[self.secret.choice(OTHERS)], self.secret.random() < 0.7)
            await control.do(command)

    async def read(self) -> None:
        other = self.secret.choice([*self.others, self.control])
        await other.ask("GET", self.secret.choice(("/api/me", "/api/room", "/api/control/lobby")))


def known_from_the_start(person: Person) -> list[str]:
    """Records that no later act of anybody changes: of houses and calls, not of units, which move."""
    faces, records = person.items["faces"], person.items["records"]
    return sorted(
        key for key, each in records.items() if faces[each["face"]]["kind"] != "unit" and each["state"] == "known"
    )


def plain(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Headers without what is new every second, or answers the client's own chance."""
    return [(name, value) for name, value in headers if name.lower() not in VOLATILE_HEADERS]


def masked(payload: bytes) -> bytes:
    """A message as it came; of a receipt's token, which is sealed, only the length."""
    message = msgspec.msgpack.decode(payload)
    if message["type"] != "receipt":
        return payload
    return msgspec.msgpack.encode(message | {"token": "*" * len(message["token"])})


def differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Where two runs differ, in words; empty when they do not."""
    found = []
    for road, mine in one.items():
        yours = other[road]
        if len(mine) != len(yours):
            found.append(f"{road}: {len(mine)} and {len(yours)}")
        pairs = enumerate(zip(mine, yours, strict=False))
        found += [f"{road} {n}: {first_difference(this, that)}" for n, (this, that) in pairs if this != that]
    return found


def first_difference(one: Any, other: Any) -> str:
    """The innermost first place where two answers differ."""
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        for n, (mine, yours) in enumerate(zip(one, other, strict=False)):
            if mine != yours:
                return f"{n}: {first_difference(mine, yours)}"
        longer = one if len(one) > len(other) else other
        return f"{len(one)} and {len(other)}, then {shown(longer[min(len(one), len(other))])}"
    return f"{shown(one)} and {shown(other)}"


def shown(value: Any) -> str:
    with contextlib.suppress(TypeError, ValueError, msgspec.DecodeError):
        value = msgspec.msgpack.decode(value)
    return repr(value)[:1500]


async def trial(nursery: Nursery, folder: Path, seed: int, leak: str = "") -> tuple[list[str], list[Trial]]:
    """Two runs at once; where the team was told something else."""
    runs = [Trial(nursery, folder / f"{seed}-{name}", seed, name, leak) for name in ("one", "other")]
    one, other = await asyncio.gather(*(run.play() for run in runs))
    return differing(one, other), runs


@pytest.mark.timeout(60 + 20 * TRIALS)
async def test_what_others_do_elsewhere_changes_no_byte(nursery, tmp_path):
    """Trial after trial: another history of the others, the same bytes for the team."""
    print("seeds", SEED, "to", SEED + TRIALS - 1)
    secrets = 0
    for seed in range(SEED, SEED + TRIALS):
        found, runs = await trial(nursery, tmp_path, seed)
        assert not found, f"seed {seed}: " + "\n".join(found[:5])
        assert runs[0].kinds != runs[1].kinds, f"seed {seed}: nothing was different"
        secrets += sum(run.done for run in runs)
    print(f"{TRIALS} trials, {secrets} secret acts, 0 differing bytes")


@pytest.mark.parametrize("leak", LEAKS)
async def test_a_seeded_leak_is_caught(nursery, tmp_path, leak):
    """The same trials, on a server that leaks in one way, find it."""
    for n, seed in enumerate(range(SEED, SEED + LEAK_TRIALS_MAX), 1):
        found, _ = await trial(nursery, tmp_path, seed, leak)
        if found:
            print(f"{leak}: found in trial {n}: {found[0][:200]}")
            return
    raise AssertionError(f"{leak} was not found in {LEAK_TRIALS_MAX} trials")
