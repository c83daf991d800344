"""One turn of a room before it is durable: what is due, then commands, each stepped on the overlay of the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine.commands.bodies import Tick
from kerege.engine.due import next_due_ms
from kerege.engine.state import Overlay
from kerege.engine.step import step
from kerege.room.inbox import Waiting
from kerege.room.log import StepBody, fingerprint, salt_of, without_words

if TYPE_CHECKING:
    from typing import Any

    from kerege.journal.entry import Sealed
    from kerege.room.exercise import Exercise
    from kerege.room.log import Sealer

BATCH_MAX = 64
"""Commands that share one append: one fsync for what has come in while the last one was written."""


class Played:
    """One command that has been stepped and waits to be durable. `waiting`: None for what fell due."""

    __slots__ = ("at_ms", "body", "changes", "entry", "waiting")

    def __init__(
        self, waiting: Waiting | None, entry: Sealed, body: StepBody, changes: dict[str, dict[Any, Any]], at_ms: int
    ) -> None:
        self.waiting = waiting
        self.entry = entry
        self.body = body
        self.changes = changes
        self.at_ms = at_ms


class Turn:
    """A chain of steps that is kept as a whole or leaves no trace."""

    def __init__(self, exercise: Exercise, sealer: Sealer, play_ms: int, wall_ms: int) -> None:
        """`play_ms`: play time now; `wall_ms`: the label of its entries."""
        self._exercise = exercise
        self._sealer = sealer
        self._wall_ms = wall_ms
        self._overlay = Overlay(exercise.state)
        self._now_ms = max(exercise.at_ms, play_ms)
        self._last_ms = exercise.at_ms
        self.before = (sealer.n, sealer.last)
        self.played: list[Played] = []

    def fall_due(self) -> bool:
        """Let what is due by now happen, each at its own play time, up to a batch of it. False: there is more."""
        while len(self.played) < BATCH_MAX:
            due_ms = next_due_ms(self._overlay)
            if due_ms is None or due_ms > self._now_ms:
                return True
            self._step(Waiting("", "", "", Tick(), b"", None, "en"), max(self._last_ms, due_ms))
            self.played[-1].waiting = None
        return False

    def play(self, waiting: Waiting) -> None:
        """Step one command. Raises Refused, and then has changed nothing."""
        self._step(waiting, max(self._last_ms, self._now_ms))

    def _step(self, waiting: Waiting, at_ms: int) -> None:
        trial = Overlay(self._overlay)
        name = f"{waiting.seat}.{waiting.command_id}" if waiting.seat else f"room.{self._sealer.n + 1}"
        rules = self._exercise.rules
        done = step(rules, trial, waiting.command, waiting.by, at_ms, name)
        words = self._sealer.words(done.words)
        mark = fingerprint(waiting.body, salt_of(words) or b"")
        command = without_words(rules, waiting.command)
        body = StepBody(
            waiting.by,
            waiting.seat,
            waiting.command_id,
            mark,
            command,
            done.events,
            waiting.done_at_ms,
            waiting.seen,
        )
        entry = self._sealer.step(body, at_ms, words, self._wall_ms)
        self._overlay.absorb(trial.changes)
        self.played.append(Played(waiting, entry, body, trial.changes, done.at_ms))
        self._last_ms = max(self._last_ms, done.at_ms)
