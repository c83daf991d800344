"""Law 3a over real sockets: what a viewer is sent is a function of its own inputs and the effects addressed to it.

A trial is one exercise at a real server, played at random by control, safety, observers (in half of the trials with a
delay), a mentor, an evaluator, an actor, teams, and a visitor without a seat, over real sockets and by HTTP: they act,
are refused, look, are cut off, resume, come late, come by server-sent events. Then, for each viewer under proof, a second real server is begun in a world emptied of all that this viewer was never told
(tests/laws/puppet.py says of what), and its people do the same acts again, between the same effects. Of the played
log that server is given only what is addressed to the viewer. Compared, byte for byte: every message on every WebSocket
and event stream, their order and number, the headers of the handshakes, close codes and reasons, and every answer by
HTTP with status, headers and body.

Proved by this: frames, snapshots, versions, receipts, refusals and their words, denials, goodbyes, invitations, seats,
tickets and pages come from nothing else. A refusal is decided anew in the empty world, so it cannot hang on the truth.
(One exception: that a team's curtain was accepted is taken from the log, for the scenes that it ends are written down
as the actor's.)

Not proved by it: which effects are addressed to whom (that is the engine's and the pack's: two runs and the flow list), a
receipt's sealed token but for its length, whether a later frame overtakes a receipt or one of a mentor's other stream, the stream's epoch (it follows from the log's first entry), when bytes leave,
and how long lines stay open. The last page after ENDEX is not compared for whoever was in the play, nor an evaluator's
sheets of what a team knew: they are meant to tell. Stand-ins do not play here: see `test_two_runs_in_process.py`. A mentor reads its team's view too, and is told what was addressed to either.

`KEREGE_TRIALS` is the number of trials; the machine's clock and chance play no part (`--deterministic`).
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections import Counter
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.rules import Rules
from kerege.gateway.ports import LINKED
from kerege.room.log import read_genesis
from tests.laws.packs import NAMES, real_pack
from tests.laws.player import choose
from tests.system.compare import differing, rows_apart
from tests.system.leaks import PUPPET_LEAKS
from tests.system.person import Company, Person
from tests.system.puppet import script_of, write_script
from tests.system.server import Nursery, serving
from tests.system.sideline import Sideline
from tests.system.subject import NOBODY, WALL, Subject

if TYPE_CHECKING:
    from pathlib import Path

TRIALS = int(os.environ.get("KEREGE_TRIALS", "3"))
PUPPET = "puppet, real sockets"
PARTS = 4
"""The trials run in so many tests, for the processes of a test run to share."""
LEAK_TRIALS_MAX = 8
SEED = 4000
MOVES = 56
"""Of everybody together, in one trial."""
DELAY_S = 90
"""Of observers, in half of the trials."""
MINUTE_MS = 60_000
PUBLIC_URL = "http://kerege.test"
OTHER_ROLES = ("actor", "observer", "safety", "mentor", "evaluator")


class Trial:
    """One played exercise, and the viewers under proof in it."""

    def __init__(self, nursery: Nursery, folder: Path, seed: int, leak: str = "") -> None:
        self.nursery = nursery
        self.folder = folder
        self.leak = leak
        self.seed = seed
        self.random = Random(f"puppet:{seed}")
        self.pack = self.random.choice(NAMES)
        self.languages = real_pack(self.pack).languages
        self.subjects: list[Subject] = []
        self.others: list[tuple[Person, str, str]] = []
        self.effects = self.acts = self.bytes = 0
        self.delay_s = DELAY_S if self.random.random() < 0.5 else 0
        self.settings: dict[str, Any] = {
            "deterministic": seed, "public_url": PUBLIC_URL, "observer_delay_s": self.delay_s,
        }  # fmt: skip

    async def differing(self) -> list[str]:
        """Play, replay, and say where somebody was sent something else."""
        entries, epochs = await self.play()
        genesis = read_genesis(entries[0])
        viewers = Rules(genesis.pack, genesis.key).viewer_codes.id
        again = []
        for subject in self.subjects:
            stream = subject.people[0].stream
            viewer = viewers[stream] if stream else NOBODY
            folder = self.folder / f"puppet-{subject.n}"
            folder.mkdir()
            script = script_of(entries, viewer, epochs.get(stream, ""))
            write_script(script, folder / "script")
            self.effects += len(script.effects)
            again.append(self.replay(subject, folder))
        found = []
        for subject, puppet in zip(self.subjects, await asyncio.gather(*again), strict=True):
            pairs = zip(subject.people, subject.all_heard(), puppet.all_heard(), strict=True)
            found += [
                f"{self.pack}, {subject.title}, {person.name}: {each}"
                for person, real, shown in pairs
                for each in differing(rows_apart(real, person.stream), rows_apart(shown, person.stream))
            ]
            self.acts += len(subject.acts)
            self.bytes += sum(
                len(payload) for person in subject.people for each in person.connections for payload in each.payloads
            )
            found += [f"{self.pack}, {subject.title}: {puppet.lost}"] if puppet.lost else []
        return found

    # -- the played exercise ---------------------------------------------------------------------------------------

    async def play(self) -> tuple[list[Any], dict[str, str]]:
        """Everybody plays; returns the log, and each subject's epoch."""
        folder = self.folder / "played"
        async with serving(self.nursery, folder, self.pack, leak=self.leak, sideline=True, **self.settings) as server:
            self.line, self.company = Sideline(folder), Company(server)
            self.control = self.company.control
            try:
                await self.company.open(start=False)
                await self.cast(server)
                await self.play_on()
            finally:
                for subject in self.subjects:
                    await subject.close()
                await self.company.close()
                await self.line.close()
        places = {each.people[0].stream: each.people[0].place for each in self.subjects}
        epochs = {stream: place.epoch for stream, place in places.items() if place is not None}
        self.subjects = [each for each in self.subjects if each.role == NOBODY or each.people[0].stream in epochs]
        return await server.entries(), epochs

    async def play_on(self) -> None:
        """From the lobby to the end."""
        for _ in range(MOVES // 7):
            await self.move()
        assert (await self.control.do(b.Start())).outcome == "accepted"
        if self.random.random() < 0.6:
            await self.open_teams()
        for n in range(MOVES):
            await self.move()
            if n % 6 == 5:
                await self.pass_time()
        if self.random.random() < 0.5:
            await self.control.do(b.Finish())
            self.note_the_end()
            for subject in self.subjects:
                for _ in range(4):
                    await subject.move(self.random, self.line.head, self.streams)
        for subject in self.subjects:
            for who in subject.present:
                for verb, arguments in (("leave", ()), ("post", ("/api/leave",)), ("ask", ("GET", "/api/me"))):
                    subject.acts.append((await self.line.head(), who, verb, arguments))
                    await subject.perform(who, verb, arguments)

    async def cast(self, server: Any) -> None:
        """Choose who plays, and whom to prove: a team, somebody of another sort or team, now and then a visitor."""
        lobby = (await self.control.ask("GET", "/api/control/lobby")).json()["teams"]
        by_role: dict[str, list[dict[str, Any]]] = {}
        for team in lobby:
            by_role.setdefault(team["role"], []).append(team)
        self.streams = [team["viewer"] for team in lobby]
        players = self.random.sample(by_role["player"], min(3, len(by_role["player"])))
        rest = [self.random.choice(by_role[role]) for role in OTHER_ROLES if role in by_role]
        proved = [players[0], self.random.choice([*players[1:], *rest, *rest])]
        for n, team in enumerate([*players, *rest]):
            code = self.company.codes[team["title"]] = team["code"] or await self.control.link_to(team["viewer"])
            if team in proved:
                self.subjects.append(Subject(server, team["title"], team["role"], code, n, self.languages))
            else:
                person = await self.company.come(team["title"], f"other-{n}")
                self.others.append((person, team["role"], code))
        if self.random.random() < 0.3:
            self.subjects.append(Subject(server, NOBODY, NOBODY, "", len(players) + len(rest), self.languages))

    async def move(self) -> None:
        """Somebody does something."""
        roll = self.random.random()
        if roll < 0.45:
            await self.random.choice(self.subjects).move(self.random, self.line.head, self.streams)
        elif roll < 0.85:
            await self.other_acts(*self.random.choice(self.others)[:2])
        elif roll < 0.92:
            person = self.random.choice([self.control, *(each for each, _, _ in self.others)])
            person.cut()
            await person.connect(resume=self.random.random() < 0.5)
        else:
            await self.steer()

    async def other_acts(self, person: Person, role: str) -> None:
        """Anybody but a subject and control acts, with nothing held back."""
        command = choose(self.random, role, person.items)
        if command is not None and not isinstance(command, b.Stop):
            await person.do(command)

    async def steer(self) -> None:
        """Control does what control may; stand-ins and the end apart."""
        command = choose(self.random, "control", self.control.items)
        if command is not None and not isinstance(command, b.StandIn | b.Start | b.Finish):
            await self.control.do(command)
            self.note_the_end()

    async def open_teams(self) -> None:
        """Control opens to the observers' desks whatever team has one."""
        for stream in self.streams:
            await self.control.do(b.OpenTeam(stream, True))

    def note_the_end(self) -> None:
        """After ENDEX the last page is no longer looked at."""
        for subject in self.subjects:
            subject.ended = self.control.items["clock"]["clock"]["phase"] == "ended"

    async def pass_time(self) -> None:
        """Some minutes pass. Now and then there is a STOP, which safety clears and control resumes from."""
        if self.delay_s:
            by_s = self.random.choice((1, DELAY_S // 2, DELAY_S))
            n = await self.line.head()
            for subject in self.subjects:
                subject.acts.append((n, 0, WALL, (by_s,)))
            await self.line.wall(by_s)
        if self.random.random() < 0.15:
            safety = next((person for person, role, _ in self.others if role == "safety"), None)
            if safety is not None:
                await self.line.head()  # an observer is written to less often: each sign by itself
                await self.random.choice(self.others)[0].do(b.Stop())
                await self.line.head()
                await self.random.choice(self.subjects).move(self.random, self.line.head, self.streams)
                await safety.do(b.Clear())
                await self.line.head()
                await self.control.do(b.Resume())
        await self.control.beat()
        at_ms = self.control.items["clock"]["clock"]["at_s"] * 1000
        await self.control.do(b.Jump(at_ms + self.random.choice((1, 4, 12)) * MINUTE_MS))
        await self.control.do(b.Start())  # refused, after everything that was due
        self.note_the_end()

    # -- the empty world -------------------------------------------------------------------------------------------

    async def replay(self, subject: Subject, folder: Path) -> Subject:
        """The same acts between the same effects, at a server that knows of nothing else."""
        settings = self.settings | {"puppet": str(folder / "script"), "leak": self.leak}
        lost = ""
        try:
            async with serving(self.nursery, folder, "", **settings) as server:
                line = Sideline(folder)
                again = Subject(server, subject.title, subject.role, subject.code, subject.n, self.languages)
                control = Person(server, "control")
                try:
                    if subject.role in LINKED:  # by the link that control gives out, the only thing that it does here
                        await control.join(server.control_code)
                        assert await control.link_to(subject.people[0].stream) == subject.code
                    for n, who, verb, arguments in subject.acts:
                        await line.until(n)
                        if verb == WALL:
                            await line.wall(*arguments)
                        else:
                            await again.perform(who, verb, arguments)
                finally:
                    await line.close()
                    await again.close()
                    await control.close()
        except AssertionError as error:  # it was shown something else, and its acts do not fit any more
            lost = f"the empty world could not follow: {error}"
        again.lost = lost
        return again


async def trial(nursery: Nursery, folder: Path, seed: int, leak: str = "") -> tuple[list[str], Trial]:
    """One trial, and where somebody was sent something else."""
    played = Trial(nursery, folder / f"{seed}{leak}", seed, leak)
    return await played.differing(), played


@pytest.mark.proof("G6", PUPPET)
@pytest.mark.timeout(60 + 30 * TRIALS)
@pytest.mark.parametrize("part", range(min(PARTS, TRIALS)))
async def test_an_empty_world_shows_the_same_bytes(nursery, tmp_path, part, proof):
    """Trial after trial: the viewer's own acts and what was addressed to it, nothing else, give what it was sent."""
    done = [(await checked(nursery, tmp_path, seed)) for seed in range(SEED + part, SEED + TRIALS, PARTS)]
    proof.tried(len(done), seed=SEED)
    roles = Counter(subject.role for played in done for subject in played.subjects)
    sums = [
        sum(figures) for figures in zip(*((len(x.subjects), x.acts, x.effects, x.bytes) for x in done), strict=True)
    ]
    print(
        f"part {part}: {len(done)} trials, {sums[0]} viewers, {sums[1]} acts, {sums[2]} effects, {sums[3]} bytes; 0 differ; "
        f"{dict(sorted(roles.items()))}"
    )


async def checked(nursery: Nursery, folder: Path, seed: int) -> Trial:
    """A trial in which nothing may differ."""
    found, played = await trial(nursery, folder, seed)
    assert not found, f"seed {seed}: " + "\n".join(found[:5])
    shutil.rmtree(played.folder)
    return played


@pytest.mark.proof("G6", PUPPET, mutant=True)
@pytest.mark.parametrize("leak", PUPPET_LEAKS)
async def test_a_seeded_leak_is_caught(nursery, tmp_path, leak):
    """A server that leaks in one way is found out; in that trial it sends something else than one that does not, which is found in nothing."""
    for n, seed in enumerate(range(SEED, SEED + LEAK_TRIALS_MAX), 1):
        found, leaking = await trial(nursery, tmp_path, seed, leak)
        if not found:
            continue
        nothing, sound = await trial(nursery, tmp_path / "sound", seed)
        assert not nothing, f"seed {seed} differs without the leak, too"
        heard = [[each.all_heard() for each in played.subjects] for played in (leaking, sound)]
        if heard[0] != heard[1]:
            print(f"{leak}: found in trial {n}: {found[0][:200]}")
            return
    raise AssertionError(f"{leak} was not found in {LEAK_TRIALS_MAX} trials")
