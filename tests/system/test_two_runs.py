"""Law 3 over real sockets: two exercises that differ only in what one team may not know give that team the same bytes.

A trial plays the same visible script twice (the same acts of the team, the same things said, shared and timed for it)
and draws between them, from another seed each time, what everybody else does elsewhere: acts, looks, failures, people who
come, go, are sent away or take a seat over, new codes and links, attempts to export. Compared: every message on the
team's sockets and event streams (a receipt's sealed token by its length alone), their order and number, the headers of
its handshakes, its close codes, and every answer by HTTP with status, headers and body, the date aside; and the answers
by HTTP to an observer, the last page before and after ENDEX among them (for whoever was in the play it is meant to tell
everything after ENDEX, so the team asks for it before); and all that a visitor is sent who has no seat: every address,
guessed codes, tickets and links that are none. In half of the trials the team's snapshots come packed.

Further viewers, stand-ins and the rates as they are in earnest: `test_two_runs_in_process.py`. `KEREGE_TRIALS` is the number of trials; the machine's clock and chance play no part (`--deterministic`).
"""

from __future__ import annotations

import asyncio
import functools
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.system.compare import differing
from tests.system.leaks import LEAKS
from tests.system.server import Nursery, serving
from tests.system.two_runs import PACK, Trial

if TYPE_CHECKING:
    from pathlib import Path

TRIALS = int(os.environ.get("KEREGE_TRIALS", "3"))
TWO_RUNS = "two runs, real sockets"
PARTS = 4
"""The trials run in so many tests, for the processes of a test run to share."""
LEAK_TRIALS_MAX = 6
ON_THE_LINE = ("header_counts_requests", "event_streams_share_a_count", "receipt_counts_the_log")
PLANTED = tuple(LEAKS) if "KEREGE_PROVE" in os.environ else ON_THE_LINE
"""In the normal run those that are nearest to the line: there all of them are caught in process, and in `make prove` all of them here, too."""
SEED = 9


async def trial(nursery: Nursery, folder: Path, seed: int, leak: str = "") -> tuple[list[str], list[Trial]]:
    """Two runs at once; where those under proof were told something else."""
    runs = []
    for name in ("one", "other"):
        serve = functools.partial(serving, nursery, folder / f"{seed}-{name}", PACK, leak=leak)
        runs.append(Trial(serve, seed, name))
    one, other = await asyncio.gather(*(run.play() for run in runs))
    found = [differing(*pair) for pair in zip(one, other, strict=True)]
    return [each for one_of_them in found for each in one_of_them], runs


@pytest.mark.proof("G6", TWO_RUNS)
@pytest.mark.timeout(60 + 20 * TRIALS)
@pytest.mark.parametrize("part", range(min(PARTS, TRIALS)))
async def test_what_others_do_elsewhere_changes_no_byte(nursery, tmp_path, part, proof):
    """Trial after trial: another history of the others, the same bytes for the team."""
    seeds = range(SEED + part, SEED + TRIALS, PARTS)
    secrets = 0
    for seed in seeds:
        found, runs = await trial(nursery, tmp_path, seed)
        assert not found, f"seed {seed}: " + "\n".join(found[:5])
        assert runs[0].kinds != runs[1].kinds, f"seed {seed}: nothing was different"
        secrets += sum(run.done for run in runs)
        shutil.rmtree(tmp_path)
        tmp_path.mkdir()
    proof.tried(len(seeds), seed=SEED)
    print(f"part {part}: {len(seeds)} trials, {secrets} secret acts, 0 differing bytes")


@pytest.mark.proof("G6", TWO_RUNS, mutant=True)
@pytest.mark.parametrize("leak", PLANTED)
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
