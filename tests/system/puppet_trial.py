"""One trial of law 3a on the whole server: an exercise is played at random, then, for each viewer under proof, played again
in a world emptied of all that this viewer was never told.

What is told, what is compared and what is not proved: `test_puppet.py`. Which server plays it, a process with a port or
the application in this one, is the caller's (`Worlds`).
"""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from random import Random
from typing import TYPE_CHECKING, Any, Protocol

from kerege.engine.commands import bodies as b
from kerege.engine.rules import Rules
from kerege.gateway.ports import LINKED
from kerege.room.log import read_genesis
from tests.laws.packs import NAMES, real_pack
from tests.laws.player import choose
from tests.system.compare import differing, rows_apart
from tests.system.person import Company, Person
from tests.system.puppet import SCRIPT, script_of, write_script
from tests.system.server import entries_of
from tests.system.subject import NOBODY, WALL, Subject

if TYPE_CHECKING:
    from pathlib import Path

    from tests.system.reached import Reached

MOVES = 56
"""Of everybody together, in one trial."""
DELAY_S = 90
"""Of observers, in half of the trials."""
MINUTE_MS = 60_000
PUBLIC_URL = "http://kerege.test"
OTHER_ROLES = ("actor", "observer", "safety", "mentor", "evaluator")


class Beside(Protocol):
    """What a test may ask a server for that no client can."""

    async def head(self) -> int:
        """The number of the log's last entry, once all that is due has happened."""
        ...

    async def until(self, n: int) -> None:
        """Let a puppet be told everything up to entry `n` of the played log."""
        ...

    async def wall(self, by_s: int) -> None:
        """Let real seconds pass; what observers may see by then has been written to them."""
        ...


Served = AbstractAsyncContextManager[tuple["Reached", Beside]]


class Worlds(Protocol):
    """Serves exercises, each as long as its context lasts."""

    def played(self, folder: Path, pack: str, **settings: Any) -> Served:
        """Where everybody plays."""
        ...

    def emptied(self, folder: Path, **settings: Any) -> Served:
        """Where one viewer is, and what it was told: `SCRIPT` in the folder."""
        ...


class Trial:
    """One played exercise, and the viewers under proof in it."""

    def __init__(self, worlds: Worlds, folder: Path, seed: int) -> None:
        self.worlds = worlds
        self.folder = folder
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
            write_script(script, folder / SCRIPT)
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
        async with self.worlds.played(folder, self.pack, **self.settings) as (server, self.line):
            self.company = Company(server)
            self.control = self.company.control
            try:
                await self.company.open(start=False)
                await self.cast(server)
                await self.play_on()
            finally:
                for subject in self.subjects:
                    await subject.close()
                await self.company.close()
        places = {each.people[0].stream: each.people[0].place for each in self.subjects}
        epochs = {stream: place.epoch for stream, place in places.items() if place is not None}
        self.subjects = [each for each in self.subjects if each.role == NOBODY or each.people[0].stream in epochs]
        return await entries_of(server.log_path), epochs

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

    async def cast(self, server: Reached) -> None:
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
        lost = ""
        try:
            async with self.worlds.emptied(folder, **self.settings) as (server, line):
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
                    await again.close()
                    await control.close()
        except AssertionError as error:  # it was shown something else, and its acts do not fit any more
            lost = f"the empty world could not follow: {error}"
        again.lost = lost
        return again


async def checked(worlds: Worlds, folder: Path, seed: int) -> Trial:
    """A trial in which nothing may differ."""
    played = Trial(worlds, folder / str(seed), seed)
    found = await played.differing()
    assert not found, f"seed {seed}: " + "\n".join(found[:5])
    shutil.rmtree(played.folder)
    return played


async def caught(leaking: Worlds, sound: Worlds, folder: Path, seeds: Sequence[int]) -> str:
    """What a leak is found out by: in that trial somebody is sent something else than without it, and nothing differs then."""
    for n, seed in enumerate(seeds, 1):
        with_leak = Trial(leaking, folder / f"{seed}-leaking", seed)
        found = await with_leak.differing()
        if not found:
            continue
        without = await checked(sound, folder, seed)
        heard = [[each.all_heard() for each in played.subjects] for played in (with_leak, without)]
        if heard[0] != heard[1]:
            return f"found in trial {n}: {found[0][:200]}"
    raise AssertionError(f"not found in {len(seeds)} trials")


def summed(done: list[Trial]) -> str:
    """How much was tried, for whoever reads a run."""
    roles = Counter(subject.role for played in done for subject in played.subjects)
    figures = [(len(each.subjects), each.acts, each.effects, each.bytes) for each in done]
    viewers, acts, effects, size = (sum(each) for each in zip(*figures, strict=True))
    return (
        f"{len(done)} trials, {viewers} viewers, {acts} acts, {effects} effects, {size} bytes; 0 differ; "
        f"{dict(sorted(roles.items()))}"
    )
