"""Law 3 over real sockets: two exercises that differ only in what one team may not know give that team the same bytes.

A trial plays the same visible script twice (the same acts of the team, the same things said, shared and timed for it)
and draws between them, from another seed each time, what everybody else does elsewhere: acts, looks, failures, people who
come, go, are sent away or take a seat over, new codes and links, attempts to export. Compared: every message on the
team's sockets and event streams (a receipt's sealed token by its length alone), their order and number, the headers of
its handshakes, its close codes, and every answer by HTTP with status, headers and body, the date aside; and the answers
by HTTP to an observer, the last page before and after ENDEX among them (for whoever was in the play it is meant to tell
everything after ENDEX, so the team asks for it before); and all that a visitor is sent who has no seat: every address,
guessed codes, tickets and links that are none.

`KEREGE_TRIALS` is the number of trials; the machine's clock and chance play no part (`--deterministic`).
"""

from __future__ import annotations

import asyncio
import os
import shutil
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from kerege.engine.commands import bodies as b
from kerege.wire.messages import Open
from tests.laws.player import choose
from tests.system.compare import all_heard, differing
from tests.system.leaks import LEAKS
from tests.system.person import Company, Person
from tests.system.roads import LOOKS, POSTS
from tests.system.secret_acts import EVALUATOR, MENTOR, OTHERS, TEAM, WATCHER, Others
from tests.system.server import Nursery, serving, until

if TYPE_CHECKING:
    from pathlib import Path

    from kerege.engine.commands.bodies import AnyCommand

TRIALS = int(os.environ.get("KEREGE_TRIALS", "3"))
TWO_RUNS = "two runs, real sockets"
LEAK_TRIALS_MAX = 6
SEED = 9
ROUNDS = 8
MINUTE_MS = 60_000

SPEAKER = "Police patrol"
VISITED = tuple(path for path in LOOKS if path not in {"/api/messages.json", "/index.html", "/control"})
"""What a visitor without a seat looks at, again and again."""


class Trial(Others):
    """One run of one trial."""

    def __init__(self, nursery: Nursery, folder: Path, seed: int, secrets: str, leak: str) -> None:
        self.nursery = nursery
        self.folder = folder
        self.seed = seed
        self.visible = Random(f"visible:{seed}")
        super().__init__(Random(f"secret:{seed}:{secrets}"))
        self.leak = leak

    async def play(self) -> list[dict[str, Any]]:
        """Play; returns all that the team was sent, and all that whoever watches was."""
        public = {"deterministic": self.seed, "public_url": "http://kerege.test"}  # the port is chance
        async with serving(self.nursery, self.folder, "silver-reed", leak=self.leak, **public) as server:
            company = Company(server)
            await company.open(start=False)
            self.company, self.control = company, company.control
            self.others = [await company.come(title, address="127.0.0.2") for title in OTHERS]
            self.mentor, self.evaluator = [await company.come_by_link(title) for title in (MENTOR, EVALUATOR)]
            self.speaker = self.others[OTHERS.index(SPEAKER)]
            self.team = Person(server, "team", self.visible.choice(("en", "ru")), address="127.0.0.3")
            self.watcher = Person(server, "watcher", address="127.0.0.5")
            self.visitor = Person(server, "visitor", self.visible.choice(("en", "ky")), address="127.0.0.6")
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
                await self.visit()
                assert (await self.control.do(b.Jump((n + 1) * 4 * MINUTE_MS))).outcome == "accepted"
                await self.settle()
            await self.end()
            await self.team.hang_up()
            watched = (self.team, self.watcher, self.visitor)
            heard = [all_heard(person) for person in watched]
            for person in watched:
                await person.close()
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
        await self.watcher.join(self.company.codes[WATCHER])

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
        await link.say(Open(self.company.streams[SPEAKER]))
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
        await self.team.do(b.Say((self.company.streams[SPEAKER],), "?"), "too-late")
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


async def trial(nursery: Nursery, folder: Path, seed: int, leak: str = "") -> tuple[list[str], list[Trial]]:
    """Two runs at once; where the team was told something else."""
    runs = [Trial(nursery, folder / f"{seed}-{name}", seed, name, leak) for name in ("one", "other")]
    one, other = await asyncio.gather(*(run.play() for run in runs))
    found = [differing(*pair) for pair in zip(one, other, strict=True)]
    return [each for one_of_them in found for each in one_of_them], runs


@pytest.mark.proof("G6", TWO_RUNS)
@pytest.mark.timeout(60 + 20 * TRIALS)
async def test_what_others_do_elsewhere_changes_no_byte(nursery, tmp_path, proof):
    """Trial after trial: another history of the others, the same bytes for the team."""
    print("seeds", SEED, "to", SEED + TRIALS - 1)
    secrets = 0
    for seed in range(SEED, SEED + TRIALS):
        found, runs = await trial(nursery, tmp_path, seed)
        assert not found, f"seed {seed}: " + "\n".join(found[:5])
        assert runs[0].kinds != runs[1].kinds, f"seed {seed}: nothing was different"
        secrets += sum(run.done for run in runs)
        shutil.rmtree(tmp_path)
        tmp_path.mkdir()
    proof.tried(TRIALS, seed=SEED)
    print(f"{TRIALS} trials, {secrets} secret acts, 0 differing bytes")


@pytest.mark.proof("G6", TWO_RUNS, mutant=True)
@pytest.mark.parametrize("leak", LEAKS)
async def test_a_seeded_leak_is_caught(nursery, tmp_path, leak):
    """The same trials, on a server that leaks in one way, find it; the one that does finds nothing without the leak."""
    for n, seed in enumerate(range(SEED, SEED + LEAK_TRIALS_MAX), 1):
        found, _ = await trial(nursery, tmp_path, seed, leak)
        if found:
            print(f"{leak}: found in trial {n}: {found[0][:200]}")
            found, _ = await trial(nursery, tmp_path / "sound", seed)
            assert not found, f"seed {seed} differs without the leak, too"
            return
    raise AssertionError(f"{leak} was not found in {LEAK_TRIALS_MAX} trials")
