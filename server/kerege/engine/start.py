"""How a story begins: the first truth, and what everybody learns at STARTEX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine import events as e
from kerege.engine.context import NO_CONTEXT, Beginning
from kerege.engine.effects import run_effects, tell
from kerege.engine.held import Clock
from kerege.engine.knowledge import learn
from kerege.engine.parts import on_duty
from kerege.engine.places import CONTROL, watch
from kerege.engine.react import delay_ms, trigger
from kerege.engine.shifts import plan_shifts
from kerege.engine.state import State

if TYPE_CHECKING:
    from kerege.engine.play import Play
    from kerege.engine.rules import Rules


def first_state(rules: Rules) -> State:
    """The state before anybody has done anything: the truth of the pack, and a clock that waits for STARTEX."""
    state = State()
    truth, here = state.tables["truth"], state.tables["here"]
    for thing in rules.pack.things:
        for field, value in thing.values.items():
            truth[thing.id, field] = value
            if field == "location" and value is not None:
                here[value] = tuple(sorted((*here.get(value, ()), thing.id)))
    state.tables["clock"]["clock"] = Clock()
    return state


def start_story(play: Play) -> None:
    """Let control see the truth, units watch where they stand, the first knowledge arrive and the MSEL begin."""
    rules = play.rules
    for thing in rules.pack.things:
        for field, value in thing.values.items():
            is_thing = rules.fields[thing.kind, field].type == "thing"
            held = rules.faces_of(str(value))[0] if is_thing and value is not None else value
            learn(play, CONTROL, rules.faces_of(thing.id)[0], field, held, "watched", live=True)
    for unit, viewer in rules.viewer_of_unit.items():
        place = play.truth(unit, "location")
        if place is not None and on_duty(rules, play.state, viewer):
            watch(play, viewer, place, on=True)
    for character in rules.pack.characters:
        actor = rules.actor_of[character.thing]
        tell(play, actor, "notice", character.card, rules.marks(character.card), NO_CONTEXT, "known", None, "certain")
    run_effects(play, rules.starts_with, Beginning({}, {}, ""))
    for inject in rules.pack.injects:
        at_ms = inject.trigger.at_ms if inject.trigger is not None and inject.trigger.sort == "at" else None
        if inject.trigger is not None and inject.trigger.sort == "start":
            at_ms = 0
        play.emit(e.InjectSet(inject.id, "held" if inject.held else "waiting", at_ms))
        if at_ms is not None:
            play.emit(e.Planned(at_ms, "inject", inject.id))
    for rule in rules.pack.rules:
        if rule.trigger.sort == "at":
            play.emit(e.Planned(rule.trigger.at_ms + delay_ms(play, rule, NO_CONTEXT), "rule", rule.id))
        elif rule.trigger.sort == "start":
            trigger(play, rule.id, NO_CONTEXT)
    plan_shifts(play)
    play.emit(e.Planned(rules.pack.ends_after_ms, "end", "planned"))
