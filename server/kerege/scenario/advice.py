"""Advice to authors: a pack may be right in every word and still hold an act nobody can do, or a fact nobody can learn.

What cannot be reached is looked for by `reach`; what has a written reason in `unreached.yaml` is not blamed again.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerege.engine.bindings import Names, action_names, trigger_names
from kerege.engine.pack import Action, AnyEffect, Cue, Pack, Trigger
from kerege.scenario.compile import Compiled
from kerege.scenario.places import At
from kerege.scenario.possible import Possible
from kerege.scenario.problems import Problem
from kerege.scenario.reach import Reach, least_delay_ms
from kerege.scenario.schema import UnreachedForm

Advice = tuple[tuple[str | int, ...], str]
"""(list, id, steps further in), message."""


def advise(compiled: Compiled) -> list[Problem]:
    """All advice about a compiled pack, as warnings."""
    pack = compiled.pack
    reasons = {entry.form.id for entry in compiled.story.of("unreached", UnreachedForm)}
    reach = Reach(pack)
    found = [*_acts(pack), *_units(pack), *_shares(reach), *_facts(reach), *_unreachable(reach, reasons)]
    return [_place(compiled, where).problem(message, severity="warning") for where, message in found]


def _place(compiled: Compiled, where: tuple[str | int, ...]) -> At:
    stem, name, *steps = where
    for identity, entry in compiled.story.entries.get(str(stem), {}).items():
        if identity[:1] == (name,):
            at = entry.at
            for step in steps:
                at = at / step
            return at
    return compiled.story.at


def _acts(pack: Pack) -> Iterator[Advice]:
    for action in pack.actions:
        doers = [viewer for viewer in pack.viewers if viewer.agency in action.by]
        if action.needs_unit and not any(viewer.units for viewer in doers):
            yield ("actions", action.id), f"no team that may do {action.id!r} has a unit"


def _units(pack: Pack) -> Iterator[Advice]:
    owned = {unit for viewer in pack.viewers for unit in viewer.units}
    for thing in pack.things:
        if thing.kind == "unit" and thing.id not in owned:
            yield ("things", thing.id), f"the unit {thing.id!r} belongs to no team"


def _shares(reach: Reach) -> Iterator[Advice]:
    for share in reach.pack.must_share:
        receivers = {viewer.id for viewer in reach.viewers(share.to)}
        if not any(receivers & set(sender.contacts) for sender in reach.viewers(share.from_)):
            yield ("facts", share.fact), f"{share.from_!r} must share this with {share.to!r}, but has no such contact"


def _facts(reach: Reach) -> Iterator[Advice]:
    for fact in reach.pack.facts:
        if fact.any_of and not any(reach.can_learn(thing, field) for thing, field, _ in fact.any_of):
            yield ("facts", fact.id), f"nobody can learn the fact {fact.id!r}"


# ------------------------------------------------------------------------------------------------ what is never reached


def _unreachable(reach: Reach, reasons: set[str]) -> Iterator[Advice]:
    pack = reach.pack
    for action in pack.actions:
        if f"action:{action.id}" not in reasons and reach.doers(action):
            yield from _action(reach, action, reasons)
    for rule in pack.rules:
        if f"rule:{rule.id}" not in reasons:
            names = trigger_names(rule.trigger, reach.acts, reach.forms)
            place = ("rules", rule.id)
            yield from _trigger(reach, place, f"the rule {rule.id!r}", rule.trigger, least_delay_ms(rule))
            yield from _never(reach, (*place, "if"), f"the rule {rule.id!r} never takes place", rule.condition, names)
            at_ms = rule.trigger.at_ms + least_delay_ms(rule) if rule.trigger.sort == "at" else 0
            yield from _late_cues(pack, (*place, "then"), rule.effects, at_ms)
    for inject in pack.injects:
        if inject.trigger is not None and f"inject:{inject.id}" not in reasons:
            place = ("injects", inject.id)
            yield from _trigger(reach, place, f"the inject {inject.id!r}", inject.trigger)
            yield from _never(reach, (*place, "if"), f"the inject {inject.id!r} never fires", inject.condition, {})
    yield from _characters(reach, reasons)
    yield from _endings(reach, reasons)


def _action(reach: Reach, action: Action, reasons: set[str]) -> Iterator[Advice]:
    names = action_names(action)
    place = ("actions", action.id)
    if action.id not in reach.actions:
        yield from _never(reach, (*place, "requires"), f"{action.id!r} can never be done", action.requires, names)
        return
    for outcome in action.outcomes:
        if (action.id, outcome.id) in reach.outcomes or f"action:{action.id}/{outcome.id}" in reasons:
            continue
        what = f"{action.id!r} never comes out as {outcome.id!r}"
        blamed = list(
            _never(reach, (*place, "outcomes", _index(action, outcome.id), "if"), what, outcome.condition, names)
        )
        yield from blamed or [((*place, "outcomes", _index(action, outcome.id)), f"{what}: one before it always holds")]


def _index(action: Action, outcome: str) -> int:
    return [each.id for each in action.outcomes].index(outcome)


def _trigger(reach: Reach, place: tuple[str, str], what: str, trigger: Trigger, delay_ms: int = 0) -> Iterator[Advice]:
    why = reach.why_never(trigger, delay_ms)
    if why is not None:
        yield (*place, "when", trigger.sort), f"{what} waits for what can never come: {why}"


def _never(
    reach: Reach, place: tuple[str | int, ...], what: str, condition: str | None, names: Names
) -> Iterator[Advice]:
    """Blame a condition that can never hold, with what stands in its way."""
    look = Possible(reach, names)
    if True not in look.truths(condition):
        because = ", ".join(dict.fromkeys(look.because))
        yield place, f"{what}: {because or 'its condition cannot hold'}"


def _late_cues(pack: Pack, place: tuple[str, ...], effects: tuple[AnyEffect, ...], at_ms: int) -> Iterator[Advice]:
    for effect in effects:
        if isinstance(effect, Cue) and at_ms + effect.after_ms > pack.ends_after_ms:
            yield place, f"the cue {effect.text!r} comes after the exercise has ended"


def _characters(reach: Reach, reasons: set[str]) -> Iterator[Advice]:
    """An actor whom nothing calls has nothing to do; a line nobody can say is no line."""
    cued = {effect.character for effects in _all_effects(reach.pack) for effect in effects if isinstance(effect, Cue)}
    for character in reach.pack.characters:
        if character.thing not in cued and not reach.on_stage(character.thing):
            yield (
                ("characters", character.thing),
                f"nobody gives {character.thing!r} a cue, and no talk with it can begin",
            )
    for index, line in _lines(reach.pack):
        if line not in reach.lines and f"line:{line}" not in reasons:
            speaker = next(each.character for each in reach.pack.lines if each.id == line)
            yield ("characters", speaker, "lines", index), f"nobody can ever say the line {line!r}"


def _lines(pack: Pack) -> Iterator[tuple[int, str]]:
    for character in pack.characters:
        yield from enumerate(character.lines)


def _all_effects(pack: Pack) -> Iterator[tuple[AnyEffect, ...]]:
    for action in pack.actions:
        yield from (outcome.effects for outcome in action.outcomes)
    for holders in (pack.rules, pack.injects, pack.forms, pack.lines):
        yield from (holder.effects for holder in holders)


def _endings(reach: Reach, reasons: set[str]) -> Iterator[Advice]:
    """The first ending that holds is taken: behind one that always holds, none ever is."""
    always: str | None = None
    for ending in reach.pack.endings:
        place = ("endings", ending.id, "if")
        if f"ending:{ending.id}" in reasons:
            continue
        if always is not None:
            yield place, f"the ending {ending.id!r} never comes: {always!r} before it always holds"
        else:
            yield from _never(reach, place, f"the ending {ending.id!r} never comes", ending.condition, {})
            if False not in Possible(reach).truths(ending.condition):
                always = ending.id
