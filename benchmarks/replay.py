"""How long it takes to read a log of 100,000 events again, and how big a team's joining frame is."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.steps import World
from kerege.engine.commands.bodies import Jump, Start
from kerege.engine.state import Overlay
from kerege.engine.step import step
from kerege.room.exercise import Exercise
from kerege.room.log import RULES_VERSION, Genesis, Sealer, StepBody, read_step
from kerege.room.ports import SeededChance
from kerege.scenario import load_pack

EVENTS = 100_000


def replay_seconds() -> tuple[float, int, int]:
    """Seconds of CPU for a replay, how many events it had, and in how many entries."""
    world = World(300)
    events = len(read_step(world.entries[1]).events)
    while events < EVENTS:
        by, ask = world.ask()
        world.keep(by, ask)
        events += len(world.done.events)
    began = time.process_time()
    again = Exercise.of(world.entries)
    seconds = time.process_time() - began
    assert again.head == world.exercise.head, "the replay ends at the same entry"
    return seconds, events, len(world.entries)


def joining_bytes() -> dict[str, int]:
    """The largest joining frame of a team: the workload's in English, and the real packs' at ENDEX in each language."""
    world = World(300)
    teams = [viewer for viewer in world.exercise.rules.viewers if viewer.startswith("team_")]
    found = {
        "workload en": max(
            len(world.exercise.stream_of[team].snapshot("en", "msgpack", packed=True)[0]) for team in teams
        )
    }
    for name in ("silver-reed", "first-steps"):
        found |= _of_pack(name)
    return found


def _of_pack(name: str) -> dict[str, int]:

    pack = load_pack(Path("scenarios") / name)
    chance = SeededChance(1)
    sealer = Sealer(chance)
    genesis = Genesis("bench", chance.secret(32), RULES_VERSION, pack)
    exercise = Exercise(genesis, sealer.genesis(genesis, 0).hash)
    for n, (command, at_ms) in enumerate(((Start(), 0), (Jump(pack.ends_after_ms), 1))):
        overlay = Overlay(exercise.state)
        done = step(exercise.rules, overlay, command, "control", at_ms, f"s.{n}")
        body = StepBody("control", "s", f"command-{n}", b"", command, done.events)
        exercise.join(sealer.step(body, at_ms, sealer.words(done.words), 0), body, overlay.changes, done.at_ms, 0)
    return {
        f"{name} {language}": max(
            len(exercise.stream_of[team].snapshot(language, "msgpack", packed=True)[0]) for team in exercise.rules.teams
        )
        for language in pack.languages
    }
