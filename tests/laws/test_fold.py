"""Law 1: fold(log) == live state at every step; the same log and hash on any machine, locale and hash seed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.state import flatten
from kerege.room.exercise import Exercise
from tests.laws.packs import NAMES, real_pack
from tests.laws.player import choose
from tests.laws.run import Run, play
from tests.laws.size import seeds
from tests.stage import Stage
from tests.town import TOWN, town

ROOT = Path(__file__).parents[2]
PACKS = {"town": lambda: TOWN, "town in parts": lambda: town(parts_max=3)} | {
    name: (lambda name=name: real_pack(name)) for name in NAMES
}


def equal(live: Exercise, again: Exercise, seed: int) -> None:
    """All that follows from a log is the same in both."""
    assert flatten(again.state) == flatten(live.state), f"seed {seed}"
    assert (again.head, again.at_ms, again.words) == (live.head, live.at_ms, live.words), f"seed {seed}"
    assert again.answers._kept == live.answers._kept, f"seed {seed}"
    for code, stream in live.streams.items():
        other = again.streams[code]
        assert (other.epoch, other.version, other.view) == (stream.epoch, stream.version, stream.view), f"seed {seed}"
        assert again.streams[code]._frames == stream._frames, f"seed {seed}"


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("seed", seeds(3))
async def test_the_log_folds_to_the_live_exercise(name, seed):
    """At every cut, the exercise read from the log is the one that was played: state, words, answers and streams."""

    async def look(run: Run, n: int) -> None:
        if n % 50 == 49:
            equal(run.stage.room.story, Exercise.of(list(run.stage.disk.entries)), seed)

    run = await play(PACKS[name](), seed, 200, look)
    live = run.stage.room.story
    equal(live, Exercise.of(run.entries), seed)


@pytest.mark.parametrize("seed", seeds(2))
async def test_every_single_step_folds(seed):
    """One exercise that replays each entry as it comes stays equal to the live one, step for step."""
    replica: list[Exercise] = []

    async def look(run: Run, _n: int) -> None:
        entries = run.stage.disk.entries
        if not replica:
            replica.append(Exercise.of(entries[:1]))
        for entry in entries[replica[0].head[0] + 1 :]:
            replica[0].replay(entry)
        assert flatten(replica[0].state) == flatten(run.stage.room.story.state), f"seed {seed}"

    await play(TOWN, seed, 250, look)


@pytest.mark.parametrize("seed", seeds(2))
async def test_a_room_that_is_restarted_plays_on_as_if_nothing_had_been(seed):
    """The same commands at the same play times give the same log, with and without restarts between them."""
    logs = []
    for restarts in (False, True):
        random = Random(f"restart:{seed}")
        async with Stage(TOWN, seed=seed) as stage:
            await stage.room.person_took("actor_ann")
            await stage.accept("control", b.Start())
            for _ in range(80):
                viewer = random.choice(list(stage.room.viewers))
                client = stage.client(viewer)
                client.read()
                command = choose(random, stage.room.viewers[viewer].sort, client.items)
                client.reader.detach()
                if command is not None and not isinstance(command, b.Stop | b.Finish):
                    await stage.submit(viewer, command)
                if restarts and random.random() < 0.2:
                    await stage.restart()
                elif not restarts:
                    random.random()
            logs.append([(entry.body, [word.text for word in entry.words]) for entry in stage.disk.entries])
    assert logs[0] == logs[1], f"seed {seed}"


SCRIPT = """
import asyncio, sys
from tests.laws.packs import real_pack
from tests.laws.run import play
from tests.stage import Stage
from tests.town import TOWN
for name, seed in (("", 3), ("first-steps", 4), ("silver-reed", 5)):
    run = asyncio.run(play(real_pack(name) if name else TOWN, seed, 150))
    print(len(run.entries), run.entries[-1].hash.hex())
"""


WORLDS = (
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "4242", "LC_ALL": "tr_TR.UTF-8", "LANG": "ky_KG.UTF-8", "TZ": "Asia/Bishkek"},
)
ROW = ("G18", "the same play under other hash seeds, locales and time zones: the same log hash")
UNORDERED = """
import msgspec
from kerege.room import turn
step = turn.step
def unordered(*parts):
    done = step(*parts)
    named = {repr(event): event for event in done.events}
    return msgspec.structs.replace(done, events=tuple(named[name] for name in set(named)))
turn.step = unordered
"""
LOCAL = """
import time, msgspec
from kerege.room import turn
step = turn.step
def local(*parts):
    done = step(*parts)
    return msgspec.structs.replace(done, at_ms=done.at_ms + time.localtime(0).tm_hour)
turn.step = local
"""


def printed_in_all_worlds(script):
    """What a script prints in each world."""
    path = os.pathsep.join((str(ROOT / "server"), str(ROOT)))
    started = [
        subprocess.Popen(
            [sys.executable, "-c", script], env={**os.environ, **world, "PYTHONPATH": path}, stdout=subprocess.PIPE
        )
        for world in WORLDS
    ]
    printed = [process.communicate()[0] for process in started]
    assert [process.returncode for process in started] == [0, 0]
    return printed


@pytest.mark.proof(*ROW)
def test_the_same_log_hash_everywhere(proof):
    """Hash seed, locale and time zone change nothing: the same seeds give the same log, byte for byte."""
    printed = printed_in_all_worlds(SCRIPT)
    assert printed[0] == printed[1] and printed[0].count(b"\n") == 3
    proof.tried(sum(int(line.split()[0]) for lines in printed for line in lines.splitlines()), faults=len(WORLDS))


@pytest.mark.proof(*ROW, mutant=True)
@pytest.mark.parametrize("wrong", [UNORDERED, LOCAL], ids=["the order of a set", "the local hour"])
def test_a_step_that_depends_on_the_machine_is_found(wrong):
    """One that gives its events in the order of a set, one that looks at the local time."""
    one, other = printed_in_all_worlds(
        wrong + SCRIPT.replace('(("", 3), ("first-steps", 4), ("silver-reed", 5))', '(("", 3),)')
    )
    assert one != other
