"""G15: whatever the machine's clocks do, and however play is paused, hurried or jumped: nothing early, late or twice.

The real room and the real rule for time asleep upon a machine's clocks that a seed sets: a night of 16 hours, a closed lid,
wall clock steps, daylight saving, five time zones. Bells hang at play times; a stop-watch of our own says when each may ring.
"""

from __future__ import annotations

import hashlib
import os
import time
from random import Random

import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.events import TimePassed, Unplanned
from kerege.engine.pack import Rule, Tell, Trigger
from kerege.journal.entry import HASH_BYTES
from kerege.room import ports
from kerege.room.exercise import Exercise
from kerege.room.log import read_step
from kerege.room.ports import BREATH_MS, ManualClock
from kerege.room.room import Room
from tests.laws.size import seeds
from tests.stage import Stage
from tests.town import town

ROW = (
    "G15",
    "a night of 16 hours, closed lids, speeds, jumps, wall clock steps, DST, NTP, five zones: no bell early, late, twice",
)
SAME = ("G15", "the same play under other wall clocks and time zones: the same log")
NIGHTS = 12
HOUR_MS = 3600_000
NIGHT_MS = 16 * HOUR_MS
DAY_MS = 24 * HOUR_MS
BELLS = {f"bell_{n:03}": 500 + n * 7_300 + n % 7 * 11 for n in range(120)}
ZONES = ("UTC", "Asia/Bishkek", "Europe/Berlin", "America/New_York", "Asia/Kathmandu")
WALL_STEPS_MS = (DAY_MS, -DAY_MS, HOUR_MS, -HOUR_MS, 1000, -1000, 37, -37)
"""A day, the two ends of summer time, a leap second's size, and what NTP does."""


class LidClock(ManualClock):
    """A clock as a machine's: its steady one runs on while the lid is closed, and the real rule takes that out again."""

    def __init__(self, wall_ms: int = 0) -> None:
        super().__init__()
        self._steady_ms = 0
        self._wall_ms = wall_ms
        self._system = ports.SystemClock(lambda: self._steady_ms)
        self._told_ms = self._system.now_ms()

    def wall_ms(self) -> int:
        return self._wall_ms

    def step_wall(self, by_ms: int) -> None:
        self._wall_ms += by_ms

    def pass_(self, by_ms: int) -> None:
        """The machine's time goes on; what of it counts, the real rule decides."""
        self._steady_ms += by_ms
        self._wall_ms += by_ms
        now_ms = self._system.now_ms()
        self.advance(now_ms - self._told_ms)
        self._told_ms = now_ms


class Watch:
    """Our own stop-watch of play time."""

    def __init__(self) -> None:
        self.play_ms = 0
        self.speed = 1
        self.runs = False

    def pass_(self, awake_ms: int) -> None:
        if self.runs:
            self.play_ms += awake_ms * self.speed


def rung(stage: Stage) -> dict[str, list[int]]:
    """Bell -> the play times at which it has rung, by the log."""
    found: dict[str, list[int]] = {}
    for entry in stage.disk.entries[1:]:
        at_ms = entry.header.at_ms
        for event in read_step(entry).events:
            if isinstance(event, TimePassed):
                at_ms = event.at_ms
            elif isinstance(event, Unplanned) and event.key.startswith("bell"):
                found.setdefault(event.key, []).append(at_ms)
    return found


def check(stage: Stage, watch: Watch, seed: object) -> None:
    """Every bell that is due has rung once, at its own time, and no other has."""
    assert stage.room.play_ms == watch.play_ms, f"seed {seed}: play time is off by {stage.room.play_ms - watch.play_ms}"
    due = {name: [at_ms] for name, at_ms in BELLS.items() if at_ms <= watch.play_ms}
    assert rung(stage) == due, f"seed {seed}, at {watch.play_ms}"


async def night(seed: int, *, wall_ms: int = 1_700_000_000_000, steps: bool = True) -> tuple[int, int, bytes]:
    """One exercise with everything that happens to clocks; returns checks, faults, and a hash of all bodies."""
    random = Random(f"night:{seed}")
    bells = tuple(
        Rule(name, Trigger("at", at_ms=at_ms), (Tell("court", "rain_text"),)) for name, at_ms in BELLS.items()
    )
    stage, watch, faults = Stage(town(add_rules=bells), seed=seed), Watch(), 0
    clock = LidClock(wall_ms)
    stage.clock = clock

    async def do(command: b.AnyCommand) -> None:
        await stage.accept("control", command)
        await stage.settle()

    async def pass_(by_ms: int, awake_ms: int | None = None) -> None:
        clock.pass_(by_ms)
        watch.pass_(by_ms if awake_ms is None else awake_ms)
        await stage.settle()

    async with stage:
        await do(b.Start())
        watch.runs = True
        check(stage, watch, seed)
        for _ in range(30):
            what = random.choice(("run", "run", "night", "lid", "wall", "speed", "jump", "restart", "zone"))
            faults += what != "run"
            if what == "run":
                for _ in range(random.randint(1, 8)):
                    await pass_(random.randint(1, ports.ASLEEP_MS))
            elif what == "night":
                await do(b.Pause("night"))
                watch.runs = False
                for _ in range(NIGHT_MS // HOUR_MS):
                    await pass_(HOUR_MS)  # nobody looks for an hour, or the lid is closed: play stands either way
                    check(stage, watch, seed)
                await do(b.Resume())
                watch.runs = True
            elif what == "lid":
                await pass_(random.choice((ASLEEP_MS + 1, HOUR_MS, NIGHT_MS)), BREATH_MS)
            elif what == "wall":
                step_ms = random.choice(WALL_STEPS_MS)
                clock.step_wall(step_ms if steps else 0)
            elif what == "speed":
                watch.speed = random.choice((1, 4, 30))
                await do(b.Speed(watch.speed))
            elif what == "jump":
                watch.play_ms += random.choice((1, 30_000, 90_000))
                await do(b.Jump(watch.play_ms))
            elif what == "restart":
                last_ms = stage.room.story.at_ms
                await stage.close()
                clock.pass_(random.choice((10, HOUR_MS)))
                await stage.open()
                watch.play_ms = last_ms  # play goes on from the last entry: decision 0006
                await stage.settle()
            else:
                zone = random.choice(ZONES)
                if steps:
                    os.environ["TZ"] = zone
                    time.tzset()
            check(stage, watch, seed)
        log = hashlib.sha256(b"".join(entry.body for entry in stage.disk.entries)).digest()
        assert len(log) == HASH_BYTES
    return 31, faults, log


ASLEEP_MS = ports.ASLEEP_MS


@pytest.fixture
def zone(monkeypatch):
    """The test's own time zone is put back."""
    before = os.environ.get("TZ")
    yield
    if before is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.proof(*ROW)
@pytest.mark.usefixtures("zone")
async def test_no_bell_rings_early_late_or_twice(proof):
    """After every single thing that happens to a clock."""
    for seed in seeds(NIGHTS):
        checks, faults, _ = await night(seed)
        proof.tried(checks, faults=faults, seed=f"0 to {seed}")


@pytest.mark.proof(*SAME)
@pytest.mark.usefixtures("zone")
async def test_the_wall_clock_decides_nothing(proof):
    """Steps, zones, and another century: the same bodies, byte for byte."""
    for seed in seeds(3):
        logs = [await night(seed), await night(seed, wall_ms=0, steps=False), await night(seed, wall_ms=-5 * DAY_MS)]
        assert len({log for _, _, log in logs}) == 1, f"seed {seed}"
        proof.tried(len(logs), faults=sum(faults for _, faults, _ in logs), seed=f"0 to {seed}")


async def broken() -> None:
    """A few nights; one of them fails."""
    for seed in range(6):
        await night(seed)


def by_the_wall(patch):
    patch.setattr(LidClock, "now_ms", lambda self: self._wall_ms)


def asleep_counts(patch):
    patch.setattr(ports, "ASLEEP_MS", 10**15)


def paused_runs(patch):
    """Play time goes on in a pause."""
    now_ms = ports.ManualClock.now_ms
    from kerege.room.playclock import PlayClock

    patch.setattr(PlayClock, "now_ms", lambda self, state: self._play_ms + now_ms(self._clock) - self._real_ms)


def late_after_speed(patch):
    """A change of speed does not set the clock anew."""
    patch.setattr(Exercise, "sets_clock", staticmethod(lambda body: type(body.command) is not b.Speed and SETS(body)))


def twice_after_restart(patch):
    """The list of what is due keeps what has happened, when the log is read again."""
    from kerege.room import exercise

    replay, evolve = Exercise.replay, exercise.evolve

    def again(self, *parts):
        with patch.context() as here:
            here.setattr(
                exercise,
                "evolve",
                lambda overlay, event, at_ms: isinstance(event, Unplanned) or evolve(overlay, event, at_ms),
            )
            return replay(self, *parts)

    patch.setattr(Exercise, "replay", again)


SETS = Exercise.sets_clock


@pytest.mark.proof(*ROW, mutant=True)
@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("wrong", [by_the_wall, asleep_counts, paused_runs, late_after_speed, twice_after_restart])
async def test_a_room_with_a_wrong_clock_is_found(monkeypatch, wrong):
    """By the wall, asleep, in a pause, after a change of speed, after a restart."""
    wrong(monkeypatch)
    with pytest.raises(AssertionError):
        await broken()


@pytest.mark.proof(*SAME, mutant=True)
@pytest.mark.usefixtures("zone")
async def test_a_room_that_stamps_by_the_wall_is_found(monkeypatch):
    """A label that gets into a body is seen."""
    submit = Room._put

    async def stamped(self, waiting):
        waiting.done_at_ms = max(0, self._clock.wall_ms())
        return await submit(self, waiting)

    monkeypatch.setattr(Room, "_put", stamped)
    assert (await night(0))[2] != (await night(0, wall_ms=0))[2]
