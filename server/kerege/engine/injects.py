"""Lines of the MSEL as they stand: the pack's, those that control has rewritten, and those that it has added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine import pack as p
from kerege.engine.context import NO_CONTEXT
from kerege.engine.effects import cue_by_hand, run_effects, tell
from kerege.engine.evolve import OFF_LIST
from kerege.engine.proposals import give

if TYPE_CHECKING:
    from kerege.engine.context import Context
    from kerege.engine.held import InjectState, Written
    from kerege.engine.play import Play
    from kerege.engine.state import AnyState


def written(state: AnyState, inject: str) -> Written | None:
    """What control has written for a line, if it has."""
    found: Written | None = state.get("written", inject)
    return found


def is_off_list(inject: str) -> bool:
    """Whether control has added this line: the pack and its flow list do not know it."""
    return inject.startswith(OFF_LIST)


def inject_of(play: Play, name: str) -> p.Inject | None:
    """A line of the MSEL by its id; what control has moved to a time or added is timed."""
    found = play.rules.injects.get(name)
    if found is not None:
        return found
    own = written(play.state, name)
    if own is None:
        return None
    now: InjectState = play.state.get("inject", name)
    trigger = p.Trigger("at", now.due_ms) if now.due_ms is not None else None
    return p.Inject(name, "contingency", own.to, (), trigger)


def run_inject(play: Play, inject: p.Inject, context: Context) -> None:
    """Do what a line does: what control has written stands in place of all texts that the pack's line would tell."""
    own = written(play.state, inject.id)
    ready = play.rules.rule_effects.get(inject.id, ())
    if own is None or not own.texts:
        run_effects(play, ready, context)
    else:
        _bring(play, own)
        run_effects(play, (each for each in ready if not isinstance(each.effect, p.Tell)), context)
    if own is not None:
        for viewer in own.to:
            give(play, viewer, own.learns, None)


def _bring(play: Play, own: Written) -> None:
    """Let a written text reach those whom it is for: teams read it, an actor is cued by it."""
    for viewer in own.to:
        if play.rules.viewers[viewer].sort == "actor":
            cue_by_hand(play, viewer, own.marks, own.texts)
        else:
            tell(play, viewer, "inject", "", own.marks, NO_CONTEXT, "told", None, "certain", written=own.texts)
