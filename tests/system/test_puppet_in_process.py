"""Law 3a through session and application: what a viewer is sent is a function of its own inputs and the effects addressed to it.

The trials of `test_puppet.py`, which says what the empty world is told and what is compared, with other seeds and no port:
the product's own application, journal, room, seats, sessions and routes in this process, driven through ASGI on clocks
that stand until told. What that test asks its servers beside the port, this one does to room and clocks itself.

Not proved: what that test does not prove either, and what uvicorn and our framing of WebSockets add.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.laws.size import TIMES
from tests.system.in_process import InProcess, serving_in_process
from tests.system.leaks import PUPPET_LEAKS
from tests.system.puppet import SCRIPT, Telling, read_script
from tests.system.puppet_trial import caught, checked, summed
from tests.system.sideline import settle

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.system.leaks import Leak

PUPPET = "puppet, through session and application"
SEED = 7000
OFF_DUTY = 7043
"""Of a trial in which a shift that has not come on is refused whatever it asks."""
ADJOURNED = 4123
"""Of a trial in which somebody closes a consultation to which another team was called: the empty world has no copy of that team's."""
TRIALS = (SEED, OFF_DUTY, ADJOURNED) if TIMES == 1 else (*range(SEED, SEED + 6 * TIMES), ADJOURNED)
PARTS = 2
"""The trials run in so many tests, for the processes of a test run to share."""
LEAK_TRIALS_MAX = 8


class Held:
    """An application whose room and clocks the test holds; what a `Sideline` asks a process for."""

    def __init__(self, server: InProcess, telling: Telling | None) -> None:
        self._server = server
        self._telling = telling

    async def head(self) -> int:
        """The number of the log's last entry, once all that is due has happened."""
        await settle(self._server.parts)
        return self._server.parts.room.story.head[0]

    async def until(self, n: int) -> None:
        """Let a puppet be told everything up to entry `n` of the played log."""
        assert self._telling is not None
        await self._telling.tell(self._server.parts, n)
        await settle(self._server.parts)

    async def wall(self, by_s: int) -> None:
        """Let real seconds pass; what observers may see by then has been written to them."""
        await settle(self._server.parts)
        await self._server.pass_s(by_s)
        await settle(self._server.parts)


class Applications:
    """Worlds that are applications in this process: one after the other, for a leak, and a puppet, change all of it."""

    def __init__(self, *leaks: Leak) -> None:
        self._leaks = leaks
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def played(self, folder: Path, pack: str, **settings: Any) -> AsyncIterator[tuple[InProcess, Held]]:
        """Where everybody plays."""
        async with self._turn, serving_in_process(folder, pack, patches=self._leaks, **settings) as server:
            yield server, Held(server, None)

    @asynccontextmanager
    async def emptied(self, folder: Path, **settings: Any) -> AsyncIterator[tuple[InProcess, Held]]:
        """Where one viewer is, and what it was told."""
        script = read_script(folder / SCRIPT)
        telling = Telling(script)
        patches = (telling.take_over, *self._leaks)
        async with self._turn, serving_in_process(folder, script.pack, patches=patches, **settings) as server:
            yield server, Held(server, telling)


@pytest.mark.proof("G6", PUPPET)
@pytest.mark.timeout(120 + 60 * len(TRIALS))
@pytest.mark.parametrize("part", range(PARTS))
async def test_an_empty_world_shows_the_same_bytes(folder, part, proof):
    """Trial after trial: the viewer's own acts and what was addressed to it, nothing else, give what it was sent."""
    done = [await checked(Applications(), folder, seed) for seed in TRIALS[part::PARTS]]
    proof.tried(len(done), seed=TRIALS[part])
    print(f"part {part}: seeds {TRIALS[part::PARTS]}: {summed(done)}")


@pytest.mark.proof("G6", PUPPET, mutant=True)
@pytest.mark.parametrize("leak", PUPPET_LEAKS)
async def test_a_seeded_leak_is_caught(folder, leak):
    """An application that leaks in one way is found out; in that trial it sends something else than a sound one, which is found in nothing."""
    seeds = range(SEED, SEED + LEAK_TRIALS_MAX)
    print(f"{leak}: {await caught(Applications(PUPPET_LEAKS[leak]), Applications(), folder, seeds)}")
