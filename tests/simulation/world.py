"""One exercise in a world of its own, with everything that can go wrong in it, from one seed.

Play goes on for PLAY_S; meanwhile the server is killed, its power fails, its disk is full or fails, its lid is closed, its
wall clock jumps, lines break, pages are loaded anew. Then the world is calm: everybody must come to rest, and the judge looks.
"""

from __future__ import annotations

from collections import Counter
from contextvars import copy_context
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

import structlog

from kerege.engine.commands import bodies as b
from kerege.engine.pack import Rule, Tell, Trigger
from tests.simulation.disk import Disk, Faults
from tests.simulation.judge import Judge, Violation
from tests.simulation.loop import VirtualLoop
from tests.simulation.machine import Machine
from tests.simulation.phone import Phone
from tests.town import town

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kerege.journal.entry import Sealed
    from kerege.room.room import Room

PLAY_S = 40.0
REST_S_MAX = 120.0
LOOK_S = 0.5
QUIET_S_MAX = 10.0
VIEWERS = ("control", "safety", "police", "help", "court", "desk", "actor_ann")
BELLS = {f"bell_{n:03}": 700 + n * n * 450 for n in range(60)}
"""Name -> play time: close together at first, then farther apart, so that every speed and jump meets some."""
DAY_MS = 24 * 3600 * 1000
WALL_STEPS_MS = (DAY_MS, -DAY_MS, 3600_000, -3600_000, 400, -400)


@dataclass
class Told:
    """What one run was: for the table of proofs and for whoever looks for a failing seed."""

    seed: object
    trace: str
    broken: str = ""
    """What did not hold; empty: everything held."""
    counts: Counter[str] = field(default_factory=Counter)


class World:
    """A machine, phones, and the weather."""

    def __init__(self, seed: object, faults: Faults | None = None, *, goes_back: bool = False) -> None:
        """`goes_back`: once, an older copy of the log takes the place of the log."""
        self.random = Random(f"world:{seed}")
        self.loop = VirtualLoop(seed)
        self.context = copy_context()
        self.seen: Counter[str] = Counter()
        self.judge = Judge(self)
        self.bells = BELLS
        self.calm = False
        self.think_s = self.random.choice((0.3, 0.8, 2.0))
        self._cut_at_write = self._kill_at_write = self._cut_when_told = False
        bells = tuple(
            Rule(name, Trigger("at", at_ms=at_ms), (Tell("court", "rain_text"),)) for name, at_ms in BELLS.items()
        )
        disk = Disk(Random(f"disk:{seed}"))
        self.machine = Machine(self.loop, town(add_rules=bells), seed, disk, faults or Faults(), self.judge)
        self.machine.start()
        self.phones = [Phone(self, viewer, Random(f"{viewer}:{seed}")) for viewer in VIEWERS]
        disk.written = self._written
        self._storm()
        if goes_back:
            self._later(self.random.uniform(0.4, 0.9) * PLAY_S, self._older_copy)

    # -- weather ---------------------------------------------------------------------------------------------------

    def _storm(self) -> None:
        """Draw the next trouble."""
        if self.calm:
            return
        troubles: tuple[tuple[Callable[[], None], float], ...] = (
            (self._kill, 3), (self._power_cut, 2), (self._power_cut_in_an_append, 3), (self._kill_and_power_cut, 2),
            (self._disk_fails, 2), (self._disk_full, 1), (self._sleep, 1),
            (self._wall, 1), (self._cut, 12), (self._reload, 2),
        )  # fmt: skip
        (trouble,) = self.random.choices([each for each, _ in troubles], [weight for _, weight in troubles])
        trouble()
        self._later(self.random.expovariate(1 / 1.5), self._storm)

    def _kill(self, *, power: bool = False, within_s: float = 3.0) -> None:
        if self.machine.served is None:
            return
        self.seen["kills"] += not power
        self.machine.kill(power=power)
        self._later(self.random.uniform(0.0, within_s), self.machine.start)

    def _power_cut(self) -> None:
        if not self.calm:
            self._kill(power=True)

    def _power_cut_in_an_append(self) -> None:
        """At the next append of several entries, between write and sync."""
        self._cut_at_write = True

    def _written(self, batch: Sequence[Sealed]) -> None:
        self.judge.tried(batch)
        if self._cut_at_write and len(batch) > 1 and not self.calm:
            self._cut_at_write = False
            self._kill(power=True)
        elif self._kill_at_write and not self.calm:
            self._kill_at_write = False
            self._kill(within_s=0.0)
            self._cut_when_told = True

    def _kill_and_power_cut(self) -> None:
        """Killed in an append, started at once; and the power fails as soon as somebody may have read what is there."""
        self._kill_at_write = True

    def told(self) -> None:
        """A phone has been shown or told something."""
        if self._cut_when_told and self.machine.room is not None and self.random.random() < 0.5:
            self._cut_when_told = False
            self._power_cut()

    def _older_copy(self) -> None:
        """The last entries of the log are gone, and nobody says so."""
        self._kill()
        disk = self.machine.disk
        keep = max(2, len(disk.records) - self.random.randint(1, 40))
        gone = [entry for record in disk.records[keep:] for entry in record.entries]
        del disk.records[keep:]
        disk.synced = min(disk.synced, len(disk.records))
        self.judge.losses += 1
        self.judge.lost |= {(entry.seat, entry.command_id) for entry in gone if entry.seat}
        for phone in self.phones:
            last = next(
                (id_ for id_, each in phone.receipts.items() if any(r.token == phone.receipt for r in each)), ""
            )
            if phone.receipt and (f"seat-{phone.viewer}", last) in self.judge.lost:
                self.judge.must_be_told.add(phone.viewer)
        self.seen["older copies"] += 1

    def _disk_fails(self) -> None:
        self.machine.disk.ill_s = self.loop.time() + self.random.uniform(0.02, 1.5)

    def _disk_full(self) -> None:
        self.machine.disk.full_s = self.loop.time() + self.random.uniform(0.1, 3.0)

    def _sleep(self) -> None:
        self.seen["sleeps"] += 1
        self.judge.slept()
        self.machine.sleep(self.random.choice((7_000, 3600_000, 16 * 3600_000)))

    def _wall(self) -> None:
        self.seen["wall clock steps"] += 1
        self.machine.wall_off_ms += self.random.choice(WALL_STEPS_MS)

    def _cut(self) -> None:
        line = self.random.choice(self.phones).line
        if line is not None:
            line.cut()

    def _reload(self) -> None:
        self.seen["reloads"] += 1
        self.random.choice(self.phones).reload()

    def _later(self, delay_s: float, call: Callable[[], None]) -> None:
        """In nobody's process: whoever dies meanwhile."""
        self.loop.call_later(delay_s, call, context=self.context)

    # -- the run ---------------------------------------------------------------------------------------------------

    def play(self) -> Told:
        """Play, come to rest, and be judged."""
        broken = ""
        with structlog.testing.capture_logs() as said:
            try:
                self._play()
            except Violation as violation:
                broken = str(violation)
            finally:
                self.loop.end()
        faults = [each for each in said if each["event"] in {"a turn failed", "a command failed"}]
        if faults and not broken:
            broken = f"a fault of the room: {faults[0]}"
        for each in self.phones:
            for receipts in each.receipts.values():
                self.seen["accepted"] += receipts[-1].outcome == "accepted"
        self.seen["frames"] += len(self.judge._frames)
        self.seen.update(self.machine.disk.counts)
        return Told(self.machine._seed, self.loop.trace, broken, self.seen)

    def _play(self) -> None:
        self._until(lambda: self.loop.time() >= PLAY_S)
        self.calm = self.machine.disk.calm = True
        self.machine.disk.ill_s = self.machine.disk.full_s = 0.0
        for phone in self.phones:
            phone.acting = False
            if phone.line is not None:
                phone.line.calm = True
        self.machine.start()
        control, safety, *_ = self.phones
        patience_s = self.loop.time() + REST_S_MAX
        look_s = self.loop.time()
        while not self._at_rest():
            if self.loop.time() > patience_s:
                waiting = {each.viewer: [act.id for act in each.acts if act.open][:3] for each in self.phones}
                raise Violation(f"nobody comes to rest: {waiting}")
            look_s += LOOK_S
            self._until(lambda at_s=look_s: self.loop.time() >= at_s)
            self._put_right(control, safety)
        room = self.machine.room
        assert room is not None
        before_s, before_ms = self.loop.time(), room.play_ms
        self._until(lambda: self.loop.time() >= before_s + 10)
        speed = room.story.state.get("clock", "clock").speed
        ran_ms = room.play_ms - before_ms
        due_ms = (self.loop.time() - before_s) * 1000 * speed
        self.judge.hold(abs(ran_ms - due_ms) <= 2 * speed, f"G15: {ran_ms} ms of play in {due_ms:.0f}")
        patience_s = self.loop.time() + QUIET_S_MAX
        self._until(lambda: self._quiet(room) or self.loop.time() > patience_s)
        self.judge.judge(room, self.phones)

    def _quiet(self, room: Room) -> bool:
        """Nothing is on its way to any phone."""
        return room.story.head[0] == len(self.machine.disk.entries()) - 1 and all(
            not stream.held_until_ms() and phone.place is not None and phone.place.version == stream.version
            for phone in self.phones
            for stream in (room.story.stream_of[phone.viewer],)
        )

    def _put_right(self, control: Phone, safety: Phone) -> None:
        """What staff does so that play goes on: clear a stop, acknowledge a loss, resume."""
        clock = control.items.get("clock", {}).get("clock")
        if clock is None or (clock["phase"] == "running" and not clock["stopped"] and not clock["lost"]):
            return
        phone, command = control, b.Start() if clock["phase"] == "ready" else b.Resume()
        if clock["stopped"]:
            phone, command = safety, b.Clear()
        elif clock["lost"]:
            command = b.Acknowledge()
        if not any(act.open and type(act.command) is type(command) for act in phone.acts):
            phone.do(command)

    def _at_rest(self) -> bool:
        room = self.machine.room
        if room is None or room.trouble:
            return False
        clock = room.story.state.get("clock", "clock")
        return (
            clock.phase == "running"
            and not clock.stopped
            and not clock.lost
            and all(phone.welcomed and not any(act.open for act in phone.acts) for phone in self.phones)
        )

    def _until(self, done: Callable[[], bool]) -> None:
        self.loop.run(done)
        if self.loop.failures:
            raise Violation(self.loop.failures[0])
