"""Overrule: every consequence prints its cause, and control may take it back with a reason, as far as it still stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine import events as e
from kerege.engine.commands.answers import only, read_key
from kerege.engine.commands.steering import running, with_reason
from kerege.engine.held import Source, Text
from kerege.engine.knowledge import retract
from kerege.engine.places import CONTROL, set_field
from kerege.engine.refusals import Refused

if TYPE_CHECKING:
    from kerege.engine.commands.bodies import Overrule
    from kerege.engine.held import Happening, Trace
    from kerege.engine.play import Play


def decide_overrule(play: Play, by: str, command: Overrule) -> None:
    """
    Take back what one happening brought.

    A field goes back where nothing has changed it since; a record is retracted where it has not been learnt anew since.
    Those who were told are told that it was taken back; why, stays with control. What followed from it has lines of its own.
    """
    only(play, by, "control")
    running(play)
    n = read_key(command.happening, "h")
    happening: Happening | None = play.state.get("happening", (CONTROL, n))
    trace: Trace | None = play.state.get("trace", n)
    if happening is None or trace is None:
        raise Refused("unknown")
    if happening.undo == "done":
        raise Refused("already_done")
    with_reason(command.why)
    for thing, field, before, after in trace.fields:
        if play.truth(thing, field) == after:
            set_field(play, thing, field, before)
    touched = dict.fromkeys(trace.told)
    for viewer, record in trace.records:
        if play.state.get("record", (viewer, record)).at_ms == happening.at_ms:
            retract(play, viewer, (record,))
            touched[viewer] = None
    for viewer in touched:
        play.emit(e.Told(viewer, "notice", Text("notice-overruled"), Source("viewer", CONTROL)))
    play.emit(e.Overruled(n))
    play.emit(e.Happened("happening-overruled", happening.title, by, to=tuple(touched), word=play.word(command.why)))
