"""What must hold in a simulated exercise, whatever happened: seen while it goes on, and read from the log at its end.

The judge knows the true time and what every phone was told, and nothing of how the room works.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from kerege.engine.commands.bodies import Lose
from kerege.engine.events import ClockSet, TimePassed, Unplanned
from kerege.journal.chain import verify
from kerege.rehearsal.laws import broken_laws
from kerege.room.log import read_step
from kerege.room.ports import BREATH_MS
from tests.simulation.disk import STALL_S
from tests.stage import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerege.journal.entry import Sealed
    from kerege.room.log import StepBody
    from kerege.room.room import Room
    from tests.simulation.phone import Phone
    from tests.simulation.world import World

APPEND_MS_MAX = 50
"""A clock may be set when an append begins or when it ends."""
ORDER = msgspec.msgpack.Encoder(order="deterministic")


class Violation(AssertionError):  # noqa: N818  it names what was found
    """A guarantee does not hold; the text says which and how."""


class Judge:
    """Looks on."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.must_be_told: set[str] = set()
        self.lost: set[tuple[str, str]] = set()
        """Acts that went with the end of a log that was cut on purpose."""
        self.losses = 0
        self._told: set[str] = set()
        self._frames: dict[tuple[str, int], bytes] = {}
        self._anchor: tuple[float, int, int] | None = None
        """True time, play time and speed (0: it stands) when the play clock was set last."""
        self._sleeps = 0
        self._tried: list[Sequence[Sealed]] = []

    def hold(self, it_does: bool, what: str) -> None:
        """Say so and end the run where it does not."""
        if not it_does:
            text = f"{what} (at {self.world.loop.time():.3f} s)"
            self.world.loop.failures.append(text)  # whoever catches the exception: the run has ended
            raise Violation(text)

    # -- while it goes on ------------------------------------------------------------------------------------------

    def frame(self, viewer: str, version: int, digest: bytes) -> None:
        """A phone was shown this: nobody of its team is ever shown another thing under this number."""
        first = self._frames.setdefault((viewer, version), digest)
        self.hold(first == digest or self.losses > 0, f"law 2: two histories of {viewer} at version {version}")

    def told(self, phone: Phone, outcome: str) -> None:
        """A phone was told that its receipt is of a lost part, or of nothing."""
        self.hold(outcome == "lost", f"{phone.viewer}: its receipt is refused")
        self.hold(self.losses > 0, f"G5: {phone.viewer} is told of a loss, and there was none")
        self._told.add(phone.viewer)

    def may_go_back(self, phone: Phone) -> bool:
        """Whether this phone's view may be an older one for a while."""
        wall = phone.sort == "observer" and self.world.seen["wall clock steps"] > 0
        return self.losses > 0 or wall  # how late a desk is, over a restart, only the wall clock can say

    def tried(self, batch: Sequence[Sealed]) -> None:
        """An append has reached the disk, certain or not."""
        self._tried.append(batch)

    def slept(self) -> None:
        """The machine was asleep."""
        self._sleeps += 1

    def went_down(self) -> None:
        """Nobody serves: play time stands."""
        self._anchor = None

    def opened(self, entries: Sequence[Sealed]) -> None:
        """The log was opened: play time goes on from where it ends."""
        at_ms, speed = 0, 0
        for entry in entries[1:]:
            at_ms, speed = self._end(entry, speed)
        self._set(at_ms, speed)

    @staticmethod
    def _end(entry: Sealed, speed: int) -> tuple[int, int]:
        """Play time and speed after an entry."""
        at_ms = entry.header.at_ms
        for event in read_step(entry).events:
            if isinstance(event, TimePassed):
                at_ms = event.at_ms
            elif isinstance(event, ClockSet):
                speed = event.speed if event.phase == "running" and not event.stopped else 0
        return at_ms, speed

    def _set(self, play_ms: int, speed: int) -> None:
        self._anchor = (self.world.loop.time(), play_ms, speed)
        self._sleeps = 0

    def kept(self, batch: Sequence[Sealed], began_s: float) -> None:
        """Entries were made durable; nothing in them may be ahead of the play clock."""
        if self._anchor is None:
            return
        real_s, play_ms, speed = self._anchor
        run_ms = max(0.0, began_s - real_s) * 1000 + self._sleeps * BREATH_MS + APPEND_MS_MAX
        allowed = play_ms + run_ms * speed
        for entry in batch:
            if not entry.header.n:
                continue
            at_ms = entry.header.at_ms
            self.hold(at_ms <= allowed, f"G15: entry {entry.header.n} at {at_ms} is early by {at_ms - allowed:.0f} ms")
            sets = any(isinstance(event, ClockSet) for event in read_step(entry).events)
            at_ms, speed = self._end(entry, speed)
            if sets:
                self._set(at_ms, speed)
            allowed = max(allowed, at_ms)

    # -- at the end ------------------------------------------------------------------------------------------------

    def judge(self, room: Room, phones: Sequence[Phone]) -> None:
        """Everybody is at rest: hold the log against what was told, and what is shown against the log."""
        entries = self.world.machine.disk.entries()
        verdict = verify(entries)
        self.hold(verdict.holds, f"G3: {verdict.fault}")
        self.whole_batches(entries)
        steps = [read_step(entry) for entry in entries[1:]]
        self.acts(steps, phones)
        self.bells(entries, steps, room.play_ms)
        lost = any(isinstance(step.command, Lose) for step in steps)
        self.hold(self.losses > 0 or not lost, "G5: the room found a loss, and there was none")
        missed = self.must_be_told - self._told
        self.hold(not missed, f"G5: never told that their receipts are lost: {sorted(missed)}")
        self.hold(lost or not self.must_be_told, "G5: play went on over a loss")
        self.views(room, entries, phones)

    def whole_batches(self, entries: list[Sealed]) -> None:
        """Of every append that was ever tried all is there, or nothing."""
        there = {entry.hash for entry in entries}
        for batch in self._tried:
            kept = sum(entry.hash in there for entry in batch)
            self.hold(kept in {0, len(batch)}, f"G3: {kept} of {len(batch)} entries of one append were kept")

    def acts(self, steps: list[StepBody], phones: Sequence[Phone]) -> None:
        """Every accepted act is there once, with one answer; nothing is there that was refused or never sent."""
        logged = Counter((step.seat, step.command_id.partition("~")[0]) for step in steps if step.seat)
        twice = [key for key, times in logged.items() if times > 1]
        self.hold(not twice, f"G2: counted twice: {twice}")
        for phone in phones:
            seat = f"seat-{phone.viewer}"
            mine = {command_id for owner, command_id in logged if owner == seat}
            accepted = set()
            for command_id, receipts in phone.receipts.items():
                yes = [receipt for receipt in receipts if receipt.outcome == "accepted"]
                if yes and (seat, command_id) not in self.lost:
                    accepted.add(command_id)
                    answers = {(receipt.version, receipt.token) for receipt in yes}
                    self.hold(len(answers) == 1, f"G2: {command_id} got {len(answers)} answers")
            self.hold(not accepted - mine, f"G1: acknowledged and lost: {sorted(accepted - mine)}")
            stray = mine - accepted - {command_id for owner, command_id in self.lost if owner == seat}
            self.hold(not stray, f"G1: kept and not acknowledged: {sorted(stray)}")

    def bells(self, entries: list[Sealed], steps: list[StepBody], play_ms: int) -> None:
        """Each bell rang once, at its own play time, and all that were due have rung."""
        assert self._anchor is not None
        late_ms = self._anchor[2] * 1000 * 2 * STALL_S  # the disk may have it just now
        rung: dict[str, list[int]] = {}
        for entry, step in zip(entries[1:], steps, strict=True):
            at_ms = entry.header.at_ms
            for event in step.events:
                if isinstance(event, TimePassed):
                    at_ms = event.at_ms
                elif isinstance(event, Unplanned) and event.key.startswith("bell"):
                    rung.setdefault(event.key, []).append(at_ms)
        for name, due_ms in self.world.bells.items():
            times = rung.get(name, [])
            expected = [due_ms] if due_ms < play_ms - late_ms else [due_ms][: len(times)]
            self.hold(times == expected, f"G15: {name}, due at {due_ms}, rang at {times}; it is {play_ms} now")

    def views(self, room: Room, entries: list[Sealed], phones: Sequence[Phone]) -> None:
        """The log folds to what is; every phone holds what a new one would get."""
        broken = list(broken_laws(room.story, entries))
        self.hold(not broken, "; ".join(broken))
        for phone in phones:
            fresh: dict = {}
            stream = room.story.stream_of[phone.viewer]
            read(fresh, stream.snapshot("en", "msgpack")[0])
            self.hold(
                phone.place is not None and phone.place.version == stream.version, f"G4: {phone.viewer} is behind"
            )
            held = {name: items for name, items in phone.items.items() if items}
            self.hold(
                ORDER.encode(held) == ORDER.encode(fresh), f"G4: {phone.viewer} does not see what a new phone sees"
            )
