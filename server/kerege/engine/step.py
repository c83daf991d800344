"""One step: decide, evolve, react. Pure and deterministic: no clock, dice, locale or floats.

    overlay = Overlay(state)
    done = step(rules, overlay, command, by, at_ms)     # Refused: drop the overlay, nothing happened
    ... make the entry durable ...
    overlay.merge()

`fold` replays entries that were made before: it only evolves, it never decides again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from kerege.engine.commands.handing import OFF_DUTY
from kerege.engine.commands.loss import stands
from kerege.engine.commands.table import DECIDE
from kerege.engine.events import AnyEvent, TimePassed
from kerege.engine.evolve import evolve
from kerege.engine.parts import is_open, off_duty
from kerege.engine.play import Play
from kerege.engine.refusals import Refused
from kerege.engine.state import Overlay
from kerege.engine.tasks import advice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kerege.engine.commands.bodies import AnyCommand
    from kerege.engine.held import Scene
    from kerege.engine.rules import Rules
    from kerege.engine.state import State

from kerege.engine import events as e


class Step(msgspec.Struct, frozen=True):
    """What one command has done: events in order (cause before effect) and the words typed by people in it."""

    events: tuple[AnyEvent, ...]
    words: tuple[tuple[str, str], ...]
    at_ms: int
    """The play time at which the step ended (later than it began only after a jump)."""


def step(rules: Rules, state: Overlay, command: AnyCommand, by: str, at_ms: int, name: str = "") -> Step:
    """
    Play one command and everything the scenario does because of it.

    `state` is an overlay of this step's own: the caller merges it once the step is durable, or drops it. `by` is the
    viewer that asks, "" the room itself. `at_ms` is play time since STARTEX, never below that of the step before. `name`
    is unique to the command; the ids of words typed in it begin with it.

    Raises:
        Refused: The rules do not allow this; drop the overlay, nothing happened.

    Source: design.md section 4.
    """
    play = Play(rules, state, at_ms, name)
    decide(play, by, command)
    play.react()
    _advise(play)
    return Step(tuple(play.events), tuple(play.words), play.at_ms)


def decide(play: Play, by: str, command: AnyCommand) -> None:
    """
    Ask whether `by` may act at all now, then decide the command; what it does by itself is played, nothing reacts yet.

    Raises:
        Refused: As `step` says.
    """
    stands(play, by, command)
    if by and not is_open(play.rules, play.state, by):  # its team was merged away between the tap and here
        raise Refused("not_yours")
    if by in play.rules.viewers and off_duty(play.rules, play.state, by) and type(command) not in OFF_DUTY:
        raise Refused("off_duty")
    DECIDE[type(command)](play, by, command)


def _advise(play: Play) -> None:
    """Tell actors in open scenes when what the card would let out has changed."""
    for character, actor in play.rules.actor_of.items():
        for n in range(play.state.get("count", ("scene", actor), 0), 0, -1):
            scene: Scene = play.state.get("scene", (actor, n))
            if scene.state == "closed":
                continue
            now = advice(play, character)
            if now != scene.advised:
                play.emit(e.Advised(actor, n, now))


def fold(state: State, events: Iterable[AnyEvent], at_ms: int) -> None:
    """Let one entry's events have happened again, on the durable state."""
    overlay = Overlay(state)
    for event in events:
        if type(event) is TimePassed:
            at_ms = event.at_ms
        evolve(overlay, event, at_ms)
    overlay.merge()
