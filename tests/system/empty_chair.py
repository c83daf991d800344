"""A trial of two runs in which a stand-in holds the team's chair: what it does, and what its view shows it, stand under proof.

It decides from what its viewer knows alone. So whoever sits with that team (a mentor, observers) is shown no more through it
than the team itself was told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerege import casting
from kerege.engine.commands import bodies as b
from kerege.gateway.in_process import InProcessLink
from tests.system.casts import TEAM
from tests.system.compare import masked
from tests.system.further import FurtherTrial

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterator

    import pytest

    from tests.system.person import Person
    from tests.system.two_runs import Serve

PROFILES = ("careful", "hurried", "territorial", "careless")


class Tap:
    """What stand-ins say and hear on their lines."""

    def __init__(self) -> None:
        self.said: list[bytes] = []
        self.heard: list[bytes] = []

    def listen(self, patch: pytest.MonkeyPatch) -> None:
        """From now on."""
        tap = self

        class Tapped(InProcessLink):
            async def send(self, data: bytes) -> None:
                tap.said.append(data)
                await super().send(data)

            async def receive(self) -> bytes | None:
                payload = await super().receive()
                if payload is not None:
                    tap.heard.append(payload)
                return payload

        patch.setattr(casting, "InProcessLink", Tapped)


class EmptyChair(FurtherTrial):
    """One run. Nobody comes to the team: control lets a stand-in play it, its whole plan or only answers."""

    def __init__(self, serve: Serve, seed: int, secrets: str, tap: Tap) -> None:
        super().__init__(serve, seed, secrets, TEAM)
        self.tap = tap
        self.profile = self.visible.choice(PROFILES)

    @property
    def settings(self) -> dict[str, Any]:
        return super().settings | {"demonstration": self.seed % 2 == 0}

    @property
    def watched(self) -> list[Person]:
        return [self.watcher, self.visitor]

    def heard(self) -> list[dict[str, Any]]:
        """Of the people, and of the stand-in, which also says something."""
        line = {"said": list(self.tap.said), "heard": [masked(payload) for payload in self.tap.heard]}
        return [line, *super().heard()]

    async def come_in(self) -> None:
        await self.watcher.join(self.company.codes[self.cast.watcher])
        stands_in = b.StandIn(self.company.streams[self.cast.team], self.profile)
        assert (await self.control.do(stands_in)).outcome == "accepted"

    async def settle(self) -> None:
        assert (await self.control.do(b.Start())).outcome == "refused"
        await self.server.settle()

    async def told(self) -> None:
        await self.server.settle()

    def round(self, n: int) -> Iterator[Awaitable[None]]:
        yield self.say_to_team(n)
        yield self.ask_team(n)
        yield self.visit()

    async def ask_team(self, n: int) -> None:
        """Another team asks for something that it may or may not hold."""
        faces = [None, *sorted(self.speaker.items["records"][key]["face"] for key in self.known)]
        asks = b.Request(
            self.company.streams[self.cast.team], self.visible.choice(faces), None, None, f"question {n}", None
        )
        assert (await self.speaker.do(asks, f"question-{n}")).outcome == "accepted"
        await self.told()

    async def end(self) -> None:
        assert (await self.control.do(b.Finish())).outcome == "accepted"
        await self.server.settle()
        await self.watcher_looks()
