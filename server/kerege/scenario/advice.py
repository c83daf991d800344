"""Advice to authors: a pack may be right in every word and still hold an act nobody can do, or a fact nobody can learn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kerege.engine.bindings import Names, action_names, form_names, trigger_names
from kerege.engine.marks import marks_in
from kerege.engine.pack import Action, AnyEffect, Learn, Pack, Say, Tell, Trigger, Viewer, Watch
from kerege.scenario.compile import Compiled
from kerege.scenario.problems import Problem

Learnable = set[tuple[str, str]]
"""(thing or kind, field) that somebody can come to know."""


def advise(compiled: Compiled) -> list[Problem]:
    """All advice about a compiled pack, as warnings."""
    pack = compiled.pack
    places = {
        (stem, identity[0]): entry.at
        for stem, entries in compiled.story.entries.items()
        for identity, entry in entries.items()
        if identity
    }
    found = [*_acts(pack), *_units(pack), *_shares(pack), *_facts(pack)]
    return [places.get(place, compiled.story.at).problem(message, severity="warning") for place, message in found]


Advice = tuple[tuple[str, str], str]
"""((list, id), message)."""


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


def _shares(pack: Pack) -> Iterator[Advice]:
    for share in pack.must_share:
        senders, readers = _viewers(pack, share.from_), {viewer.id for viewer in _viewers(pack, share.to)}
        if not any(readers & set(sender.contacts) for sender in senders):
            yield ("facts", share.fact), f"{share.from_!r} must share this with {share.to!r}, but has no such contact"


def _viewers(pack: Pack, who: str) -> list[Viewer]:
    exact = [viewer for viewer in pack.viewers if viewer.id == who]
    return exact or [viewer for viewer in pack.viewers if viewer.agency == who]


def _facts(pack: Pack) -> Iterator[Advice]:
    kinds = {thing.id: thing.kind for thing in pack.things}
    learnable = _learnable(pack)

    def can_learn(thing: str, field: str) -> bool:
        return (thing, field) in learnable or (kinds.get(thing, ""), field) in learnable

    for fact in pack.facts:
        if fact.any_of and not any(can_learn(thing, field) for thing, field, _ in fact.any_of):
            yield ("facts", fact.id), f"nobody can learn the fact {fact.id!r}"
    for rule in (*(("rules", rule.id, rule.trigger) for rule in pack.rules), *_inject_triggers(pack)):
        stem, name, trigger = rule
        if trigger.subject and trigger.field and not can_learn(trigger.subject, trigger.field):
            yield (stem, name), f"nobody can learn {trigger.subject}.{trigger.field}, for which {name!r} waits"


def _inject_triggers(pack: Pack) -> Iterator[tuple[str, str, Trigger]]:
    for inject in pack.injects:
        if inject.trigger is not None:
            yield "injects", inject.id, inject.trigger


def _learnable(pack: Pack) -> Learnable:
    """What some effect, text, line, form or watching unit can teach."""
    actions: dict[str, Action] = {action.id: action for action in pack.actions}
    forms = {form.id: form for form in pack.forms}
    found: Learnable = set()
    texts = pack.texts.get(pack.language_default, {})

    def text(key: str, names: Names) -> None:
        for mark in marks_in(texts.get(key, "")):
            if mark.field is not None:
                found.update((subject, mark.field) for subject in _subjects(mark.subject, names))

    def effects(each: Iterable[AnyEffect], names: Names) -> None:
        for effect in each:
            if isinstance(effect, Learn):
                found.update((subject, effect.field) for subject in _subjects(effect.subject, names))
            elif isinstance(effect, Tell):
                text(effect.text, names)
            elif isinstance(effect, Say):
                text(next((line.text for line in pack.lines if line.id == effect.line), ""), names)
            elif isinstance(effect, Watch):
                found.update(_perceivable(pack))

    effects(pack.starts_with, {})
    for action in pack.actions:
        for outcome in action.outcomes:
            effects(outcome.effects, action_names(action))
    for rule in pack.rules:
        effects(rule.effects, trigger_names(rule.trigger, actions, forms))
    for inject in pack.injects:
        effects(inject.effects, trigger_names(inject.trigger, actions, forms))
    for form in pack.forms:
        effects(form.effects, form_names(form))
        found.update((form.kind, part.field) for part in form.fields)
    for line in pack.lines:
        text(line.text, {})
        effects(line.effects, {})
    for viewer in pack.viewers:
        text(f"brief-{viewer.id}".replace("_", "-"), {})
        if viewer.units:
            found.update(_perceivable(pack))
    return found


def _perceivable(pack: Pack) -> Iterator[tuple[str, str]]:
    return ((kind.id, field.id) for kind in pack.kinds for field in kind.fields if field.perceivable)


def _subjects(subject: str, names: Names) -> Iterable[str]:
    bound = names.get(subject)
    return (subject,) if bound is None else bound.kinds
