"""A step in progress: what has happened in it so far, and the overlay that shows it.

Rule: everything that happens goes through `emit`, which bounds it, writes it down and evolves the overlay at once, so
that the next decision of the same step sees it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerege.engine.events import FieldSet, TimePassed
from kerege.engine.evolve import evolve
from kerege.engine.react import react

if TYPE_CHECKING:
    from kerege.engine.events import AnyEvent
    from kerege.engine.rules import Rules
    from kerege.engine.state import Overlay

EVENTS_PER_STEP_MAX = 250_000
"""Enough for everybody to learn a world of 5,000 things at STARTEX; a rule storm runs into ROUNDS_MAX long before."""


class Play:
    """One step: rules, overlay, play time, and the events so far."""

    __slots__ = ("at_ms", "events", "name", "reacted", "rules", "state", "tracing", "words")

    def __init__(self, rules: Rules, state: Overlay, at_ms: int, name: str = "") -> None:
        """`name`: unique to the command, for the ids of words typed by a person in it."""
        self.rules = rules
        self.state = state
        self.at_ms = at_ms
        self.name = name
        self.events: list[AnyEvent] = []
        self.reacted = 0
        self.words: list[tuple[str, str]] = []
        self.tracing: dict[tuple[str, str], Any] | None = None
        """While effects of one happening run: (thing, field) -> the truth before them, for each field that they set."""

    def word(self, text: str, word_id: str = "") -> str:
        """Set aside words typed by a person; returns the id that stands for them ("" for no words)."""
        if not text:
            return ""
        word_id = word_id or f"{self.name}.{len(self.words)}"
        self.words.append((word_id, text))
        return word_id

    def pass_time(self, at_ms: int) -> None:
        """Let play time come to `at_ms` within this step."""
        if at_ms > self.at_ms:
            self.events.append(TimePassed(at_ms))
            self.at_ms = at_ms

    def emit(self, event: AnyEvent) -> None:
        """Let something have happened."""
        assert len(self.events) < EVENTS_PER_STEP_MAX, "a step has more than EVENTS_PER_STEP_MAX events"
        self.events.append(event)
        if self.tracing is not None and type(event) is FieldSet:
            self.tracing.setdefault((event.thing, event.field), self.truth(event.thing, event.field))
        evolve(self.state, event, self.at_ms)

    def truth(self, thing: str, field: str) -> Any:
        """The true value of a field."""
        return self.state.get("truth", (thing, field))

    def react(self) -> None:
        """Let everything happen that follows from what has happened since the last reaction."""
        react(self)
