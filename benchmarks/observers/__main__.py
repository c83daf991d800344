"""Law 8: what a herd of slow and hostile peers costs a participant, in paired windows against a real server.

    python -m benchmarks.observers                     a hundred peers
    python -m benchmarks.observers --herd 1000         as many as that
    python -m benchmarks.observers --pairs 150         more windows, a narrower interval
    python -m benchmarks.observers --silent 8000       and then as many lines that say nothing
    python -m benchmarks.observers --proofs FILE       add the row to a table of proofs

The server is a process of its own, and so is the herd. Four teams act, each waiting for its receipt before it thinks and acts again. In every
pair one window has nobody else there, the other has a herd: observers who never read a byte, observers who read one at a time, observers who send
one at a time, lines that say nothing, and requests that stop in the middle. Which comes first alternates. In the window without them those who read
and send do the same to sockets that nobody serves: on a machine of two cores the herd's own process costs more than what is asked after. Before each window
there is a rest, and the same acts go on unmeasured for a moment, with the herd that the window has: what a herd costs while it is there is measured, not its coming and going.
Two figures, each the difference between the windows with a 95 % bootstrap interval over pairs: of medians, and of the 99th percentile of all acts. The bound of
both is the larger of a tenth of the latency and half a millisecond; a figure whose interval reaches past it is not shown.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import gc
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.observers.caller import Caller
from benchmarks.observers.exercise import ACTORS, DESK, HERD_MAX, SILENT_MAX
from benchmarks.observers.figures import SEED, Figure, figure
from benchmarks.observers.herd import KINDS, HerdProcess, Kind
from kerege.engine.commands.bodies import OpenTeam, Start

HERD = 100
PAIRS = 40
PAIRS_MAX = 400
WRONG_PAIRS = 8
SILENT: tuple[Kind, ...] = ("silent",)
WRONG_MAX = {KINDS: 100, SILENT: 1000}
"""With more than so many a server that works for each is so late that it is taken for dead."""
ACTS = 25
"""Of each actor in one window, and as many before it, unmeasured: some 0.2 s each."""
THINK_S = 0.004
REST_S = 1.0
"""After a herd came or went: a thousand lines are made or cleared away in some 0.3 s."""


async def _window(actors: list[Caller], acts: list[list[bytes]], n: int) -> list[float]:
    async def play(actor: Caller, mine: list[bytes]) -> list[float]:
        took = []
        for act in mine:
            took.append(await actor.act(act))
            await asyncio.sleep(THINK_S)
        return took

    windows = [play(actor, mine[n * ACTS : (n + 1) * ACTS]) for actor, mine in zip(actors, acts, strict=True)]
    return [each for window in await asyncio.gather(*windows) for each in window]


async def _measure(url: str, facts: dict[str, Any], size: int, kinds: tuple[Kind, ...], many: int) -> Figure:
    control = await Caller(url).join(facts["control"])
    await control.open()
    for command in (Start(), OpenTeam(facts["opened"], open=True)):
        await control.act(msgspec.msgpack.encode(command))
    actors = [await Caller(url).join(facts["codes"][f"team_{n}"]) for n in range(ACTORS)]
    for actor in actors:
        await actor.open()
    acts = [[base64.b64decode(act) for act in mine] for mine in facts["acts"]]
    herd = HerdProcess(url, facts["codes"][DESK], size, kinds)
    pairs = []
    try:
        for n in range(many):
            found: dict[bool, list[float]] = {}
            for turn, watched in enumerate((n % 2 == 0, n % 2 == 1)):
                await herd.ask("come" if watched else "stay away")
                await asyncio.sleep(REST_S)
                gc.collect()
                window = 2 * (2 * n + turn)
                await _window(actors, acts, window)
                found[watched] = await _window(actors, acts, window + 1)
                await herd.ask("go")
            pairs.append((found[False], found[True]))
    finally:
        herd.close()
    for each in (control, *actors):
        await each.close()
    return figure(f"{size:,} {'lines that say nothing' if kinds == SILENT else 'slow and hostile peers'}", pairs)


def measure(size: int, kinds: tuple[Kind, ...], pairs: int, *, wrong: bool = False) -> Figure:
    """Start a server, measure, and end it. `wrong`: a server that does for each line and observer what it may do once."""
    with tempfile.TemporaryDirectory() as folder:
        acts = pairs * 2 * 2 * ACTS
        child = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.observers.exercise", folder, str(acts), *["--wrong"] * wrong],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=dict(os.environ),
        )  # fmt: skip
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            told = json.loads(child.stdout.readline())
            return asyncio.run(_measure(told["url"], told["facts"], size, kinds, pairs))
        finally:
            child.stdin.close()
            child.wait(30)
            child.stdout.close()


def tried(size: int, kinds: tuple[Kind, ...], pairs: int, table: Path | None) -> bool:
    """Measure, and try whether a wrong server is noticed; say so, and add the row. False: over the bound, or not noticed."""
    found = measure(size, kinds, pairs)
    print(f"{found.verdict:9} {found}", flush=True)
    wrong = measure(min(size, WRONG_MAX[kinds]), kinds, WRONG_PAIRS, wrong=True)
    noticed = wrong.verdict == "OVER"
    print(f"{'noticed' if noticed else 'MISSED':9} a server that works for each line: {wrong}", flush=True)
    failed = found.verdict == "OVER"
    if table is not None:
        acts = "NOT RUN: the machine is too busy to tell" if found.verdict == "NOT SHOWN" else f"{found.acts:,}"
        with table.open("a", encoding="utf-8") as rows:
            rows.write(f"| G9 | {found} | {acts} | {size:,} | {int(failed)} | {int(noticed)} of 1 | {SEED} |\n")
    return noticed and not failed


def main() -> int:
    """Print the figures; the exit status says whether a participant waited longer for sure than the law allows."""
    asked = argparse.ArgumentParser(description="What slow and hostile peers cost a participant.")
    asked.add_argument("--herd", type=int, default=HERD, choices=range(1, HERD_MAX + 1), metavar="N")
    asked.add_argument("--silent", type=int, default=0, choices=range(SILENT_MAX + 1), metavar="N")
    asked.add_argument("--pairs", type=int, default=PAIRS, choices=range(8, PAIRS_MAX + 1), metavar="N")
    asked.add_argument("--proofs", type=Path, metavar="FILE")
    options = asked.parse_args()
    held = tried(options.herd, KINDS, options.pairs, options.proofs)
    if options.silent:
        held = tried(options.silent, SILENT, options.pairs, options.proofs) and held
    return int(not held)


if __name__ == "__main__":
    sys.exit(main())
