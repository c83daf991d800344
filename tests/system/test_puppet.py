"""Law 3a over real sockets: what a viewer is sent is a function of its own inputs and the effects addressed to it.

A trial is one exercise at a real server, played at random by control, safety, observers (in half of the trials with a
delay), a mentor, an evaluator, an actor, teams, and a visitor without a seat, over real sockets and by HTTP: they act,
are refused, look, are cut off, resume, come late, come by server-sent events. Then, for each viewer under proof, a second
real server is begun in a world emptied of all that this viewer was never told (tests/laws/puppet.py says of what), and its people do the same acts again, between the same effects. Of the played
log that server is given only what is addressed to the viewer. Compared, byte for byte: every message on every WebSocket
and event stream, their order and number, the headers of the handshakes, close codes and reasons, and every answer by
HTTP with status, headers and body.

Proved by this: frames, snapshots, versions, receipts, refusals and their words, denials, goodbyes, invitations, seats,
tickets and pages come from nothing else. A refusal is decided anew in the empty world, so it cannot hang on the truth.
(One exception: that a team's curtain was accepted is taken from the log, for the scenes that it ends are written down
as the actor's.)

Not proved by it: which effects are addressed to whom (that is the engine's and the pack's: two runs and the flow list), a
receipt's sealed token but for its length, whether a later frame overtakes a receipt or one of a mentor's other stream,
the stream's epoch (it follows from the log's first entry), when bytes leave, and how long lines stay open. The last page after ENDEX is not compared for whoever was in the play, nor an evaluator's
sheets of what a team knew: they are meant to tell. Stand-ins do not play here: see `test_two_runs_in_process.py`.
A mentor reads its team's view too, and is told what was addressed to either.

More trials, without a port: `test_puppet_in_process.py`.
`KEREGE_TRIALS` is the number of trials; the machine's clock and chance play no part (`--deterministic`).
"""

from __future__ import annotations

import os
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.system.leaks import PUPPET_LEAKS
from tests.system.puppet import SCRIPT
from tests.system.puppet_trial import caught, checked, summed
from tests.system.server import Nursery, Server, serving
from tests.system.sideline import Sideline

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

TRIALS = int(os.environ.get("KEREGE_TRIALS", "3"))
PUPPET = "puppet, real sockets"
PARTS = 4
"""The trials run in so many tests, for the processes of a test run to share."""
LEAK_TRIALS_MAX = 8
PLANTED = tuple(PUPPET_LEAKS) if "KEREGE_PROVE" in os.environ else ("receipt_counts_the_log",)
"""In the normal run the others are caught in process alone."""
SEED = 4000


class Processes:
    """Worlds that are real servers, each a process with a port."""

    def __init__(self, nursery: Nursery, leak: str = "") -> None:
        self._nursery = nursery
        self._leak = leak

    @asynccontextmanager
    async def played(self, folder: Path, pack: str, **settings: Any) -> AsyncIterator[tuple[Server, Sideline]]:
        """Where everybody plays."""
        async with serving(self._nursery, folder, pack, leak=self._leak, sideline=True, **settings) as server:
            line = Sideline(folder)
            try:
                yield server, line
            finally:
                await line.close()

    @asynccontextmanager
    async def emptied(self, folder: Path, **settings: Any) -> AsyncIterator[tuple[Server, Sideline]]:
        """Where one viewer is, and what it was told."""
        async with self.played(folder, "", puppet=str(folder / SCRIPT), **settings) as both:
            yield both


@pytest.mark.proof("G6", PUPPET)
@pytest.mark.timeout(60 + 30 * TRIALS)
@pytest.mark.parametrize("part", range(min(PARTS, TRIALS)))
async def test_an_empty_world_shows_the_same_bytes(nursery, tmp_path, part, proof):
    """Trial after trial: the viewer's own acts and what was addressed to it, nothing else, give what it was sent."""
    worlds = Processes(nursery)
    done = [await checked(worlds, tmp_path, seed) for seed in range(SEED + part, SEED + TRIALS, PARTS)]
    proof.tried(len(done), seed=SEED)
    print(f"part {part}: {summed(done)}")


@pytest.mark.proof("G6", PUPPET, mutant=True)
@pytest.mark.parametrize("leak", PLANTED)
async def test_a_seeded_leak_is_caught(nursery, tmp_path, leak):
    """A server that leaks in one way is found out; in that trial it sends something else than one that does not, which is found in nothing."""
    seeds = range(SEED, SEED + LEAK_TRIALS_MAX)
    print(f"{leak}: {await caught(Processes(nursery, leak), Processes(nursery), tmp_path, seeds)}")
