"""A trial of two runs with further viewers under proof: mentors, observers, actors, evaluators, safety; and with the rates as they
are in earnest. It needs a server whose clock the test holds, so it goes in process."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from kerege.engine.commands import bodies as b
from tests.laws.packs import real_pack
from tests.laws.player import talk
from tests.system.casts import BORDER, EVALUATORS, PATROL, SOCIAL, TEAM, Cast
from tests.system.server import until
from tests.system.subject import Subject
from tests.system.two_runs import PACK, Serve, Trial

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterator

    from tests.system.in_process import InProcess
    from tests.system.person import Person
    from tests.system.reached import Reached

SUBJECT_MOVES = 4
"""Of each further viewer, in each round."""
DELAY_S = 90
"""Of observers, in half of the trials."""
BURST = 70
"""Acts in one moment: past what one seat may do with the rates as they are in earnest."""
PASSED_S = 20
"""Real seconds in each round, in which rates refill."""
SAFETY = "Safety officer"

BESIDE_SOCIAL = (PATROL, "Investigators", BORDER, "Financial intelligence unit")

CASTS = {
    "team": TEAM,
    "followed": Cast(
        team=SOCIAL,
        others=BESIDE_SOCIAL,
        watcher="Observers, with the patrol",
        subjects=(("Mentor: Social service", "mentor"), ("Observers, with the social service", "observer")),
        asks=False,
        papers=False,
    ),
    "acted": Cast(
        subjects=(("Actor: man in a black jacket", "actor"), (SAFETY, "safety")),
        brought="dastan",
        asks=False,
    ),
    "listed": Cast(
        team=SOCIAL,
        others=BESIDE_SOCIAL,
        watcher="Observers, with the patrol",
        subjects=((EVALUATORS, "evaluator"), ("Observers, with the social service", "observer")),
        listed=True,
    ),
}


class FurtherTrial(Trial):
    """One run; what further viewers do is drawn from their own screens, and so the same as long as those are."""

    server: InProcess

    def __init__(self, serve: Serve, seed: int, secrets: str, cast: Cast) -> None:
        super().__init__(serve, seed, secrets, cast)
        drawn = Random(f"settings:{seed}:{cast.subjects}")
        self.in_earnest = drawn.random() < 0.5
        self.delay_s = DELAY_S if drawn.random() < 0.5 else 0
        self.languages = real_pack(PACK).languages
        self.subjects: list[Subject] = []

    @property
    def settings(self) -> dict[str, Any]:
        """As every trial's; with the rates as they are for people, and observers who are late, in some."""
        rate = 1.0 if self.in_earnest else 1000.0
        return super().settings | {"rate_factor": rate, "observer_delay_s": self.delay_s}

    async def assemble(self, server: Reached) -> None:
        await super().assemble(server)
        self.server = server  # type: ignore[assignment]
        for n, (title, role) in enumerate(self.cast.subjects):
            stream = self.company.streams[title]
            code = self.company.codes.get(title) or await self.control.link_to(stream)
            self.subjects.append(Subject(server, title, role, code, n, self.languages))
        await self.control.do(b.OpenTeam(self.company.streams[self.cast.team], True))

    @property
    def watched(self) -> list[Person]:
        first = [self.watcher, self.visitor] if self.cast.listed else [self.team, self.watcher, self.visitor]
        return [*first, *(person for subject in self.subjects for person in subject.people)]

    async def settle(self) -> None:
        await super().settle()
        await self.server.settle()

    def round(self, n: int) -> Iterator[Awaitable[None]]:
        if self.cast.brought:
            yield self.bring() if n == 0 else self.meet()
        yield from super().round(n)
        for _ in range(SUBJECT_MOVES if self.subjects else 0):
            yield self.move_all()
        if self.in_earnest and n % 3 == 1:
            yield self.hurry()
        yield self.server.pass_s(self.visible.choice((PASSED_S, DELAY_S)))

    async def bring(self) -> None:
        """Control lets the actor's character come to where the team's unit is."""
        items, unit = self.control.items, self.team.items["me"]["me"]["units"][0]
        rules = self.server.parts.room.story.rules
        face = rules.handle(rules.faces_of(self.cast.brought)[0])
        records = items["records"].values()
        where = {each["field_title"]: each["field"] for each in records if each["face"] == face and each["value_face"]}
        found = next(each for each in records if each["face"] == unit and each["field_title"] in where)
        brought = b.Amend(face, where[found["field_title"]], found["value"], "brought")
        receipt = await self.control.do(brought)
        assert receipt.outcome == "accepted", receipt
        await self.told()

    async def meet(self) -> None:
        """The team talks to somebody: where a person plays them, that opens a scene."""
        command = talk(self.visible, self.team.items)
        if command is not None and not self.leads_away(command):
            await self.team.do(command)

    async def move_all(self) -> None:
        """One act of each further viewer."""
        for subject in self.subjects:
            await subject.move(self.visible, self.nowhere, sorted(self.company.streams.values()))

    @staticmethod
    async def nowhere() -> int:
        """Nobody plays this again: where the log stood does not matter."""
        return 0

    async def hurry(self) -> None:
        """The team asks for more in one moment than any seat may: each act gets its own answer."""
        team = self.team
        known = len(team.receipts)
        ids = [team.act(b.Cancel("t77"), f"hurry-{known}-{n:03}") for n in range(BURST)]
        for _, data in ids:
            await team.send(data)
        await until(lambda: all(each in team.receipts for each, _ in ids) or not team.connected, "all answers")
        codes = [team.receipts[each][-1].code for each, _ in ids if each in team.receipts]
        assert "too_fast" in codes, (codes, team.connections[-1].close)

    async def end(self) -> None:
        for subject in self.subjects:
            subject.ended = True
        await super().end()
