"""How much CPU one step costs: alone; and with its log entry, its views and their bytes."""

from __future__ import annotations

import gc
import random
import statistics
import sys
import time
from typing import TYPE_CHECKING

from benchmarks.workload import ATTRIBUTES, masks, workload
from kerege.engine.commands.bodies import Ask, Start
from kerege.engine.state import Overlay
from kerege.engine.step import step
from kerege.room.exercise import Exercise
from kerege.room.log import RULES_VERSION, Genesis, Sealer, StepBody, read_step
from kerege.room.memory import settle
from kerege.room.ports import SeededChance

if TYPE_CHECKING:
    from types import FrameType

    from kerege.journal.entry import Sealed

ROUNDS = 15
STEPS = 400


class World:
    """One exercise of the workload after STARTEX."""

    def __init__(self, things: int) -> None:
        chance = SeededChance(1)
        self.sealer = Sealer(chance)
        genesis = Genesis("bench", chance.secret(32), RULES_VERSION, workload(things))
        self.entries: list[Sealed] = [self.sealer.genesis(genesis, 0)]
        self.exercise = Exercise(genesis, self.entries[0].hash)
        self.seen = [[i for i, mask in enumerate(masks(things)) if mask >> team & 1] for team in range(12)]
        self.control = self.exercise.stream_of["control"]
        self.random = random.Random(7)
        self.n = 0
        self.keep("control", Start())
        settle()  # as the server does once an exercise is open

    def ask(self) -> tuple[str, Ask]:
        """One action of the workload, as a client sends it."""
        rules = self.exercise.rules
        team = self.random.randrange(12)
        first, second = self.random.sample(self.seen[team], 2)
        codes = rules.name_codes.of
        self.n += 1
        return f"team_{team}", Ask(
            rules.action_codes.of["act"],
            None,
            {
                codes["first"]: rules.handle(f"e{first}/self"),
                codes["second"]: rules.handle(f"e{second}/self"),
                codes["attribute"]: rules.choice_codes.of[self.random.choice(ATTRIBUTES)],
                codes["value"]: 128 + self.n % 800,
                codes["words"]: f"words of action {self.n}",
            },
        )

    def play(self, by: str, command: Ask | Start) -> Overlay:
        """The step alone; its overlay, not merged."""
        overlay = Overlay(self.exercise.state)
        self.done = step(self.exercise.rules, overlay, command, by, self.n, f"seat.{self.n}")
        return overlay

    def keep(self, by: str, command: Ask | Start) -> int:
        """The step, its entry, its place in every view, and the bytes for every team's stream that changed.

        Nobody sits at control's desk here: its view is brought up to date, but a stream that nobody reads is not
        put into bytes.
        """
        overlay = self.play(by, command)
        body = StepBody(by, "seat", f"command-{self.n}", b"", command, self.done.events)
        entry = self.sealer.step(body, self.n, self.sealer.words(self.done.words), 0)
        self.entries.append(entry)
        changed = self.exercise.join(entry, body, overlay.changes, self.done.at_ms, 0)
        changed.discard(self.control)
        return sum(len(stream.frame(stream.version, "en", "msgpack")[1]) for stream in changed)


def round_us(world: World, what: str) -> float:
    """Process CPU microseconds for one step, in one round."""
    asks = [world.ask() for _ in range(STEPS)]
    gc.collect()
    began = time.process_time_ns()
    if what == "step":
        for by, ask in asks:
            world.play(by, ask)
    else:
        for by, ask in asks:
            world.keep(by, ask)
    return (time.process_time_ns() - began) / STEPS / 1000


def pairs_us(small: World, large: World, what: str) -> list[tuple[float, float]]:
    """Rounds of both worlds, one beside the other: the machine drifts, and pairs drift together."""
    return [(round_us(small, what), round_us(large, what)) for _ in range(ROUNDS)]


def calls(world: World, what: str) -> float:
    """How many calls, of Python's and of C's functions, one step makes: the same on every machine and at any load."""
    asks = [world.ask() for _ in range(STEPS)]
    made = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal made
        made += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        for by, ask in asks:
            (world.play if what == "step" else world.keep)(by, ask)
    finally:
        sys.setprofile(None)
    return made / STEPS


def main() -> None:
    """Print the figures."""
    small, large = World(300), World(3000)
    for what in ("step", "whole"):
        pairs = pairs_us(small, large, what)
        growth = statistics.median(later / first for first, later in pairs)
        best = min(first for first, _ in pairs)
        print(f"{what}: {best:.0f} us at 300 things; 3,000 : 300 things = {growth:.2f}")
    events = statistics.mean(len(read_step(entry).events) for entry in small.entries[2:])
    print(f"{events:.1f} events a step")


if __name__ == "__main__":
    main()
