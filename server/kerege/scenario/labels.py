"""The texts that are looked up without being named: titles of kinds, fields, things, teams, actions and so on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kerege.engine.pack import Action, Pack
from kerege.scenario.desk import Desk, Role, as_key
from kerege.scenario.places import At


@dataclass(frozen=True)
class Label:
    """One text that is looked up: the first of `keys` that there is. `optional`: it may be missing."""

    keys: tuple[str, ...]
    place: tuple[str, str]
    """(list, id) of the definition that needs it."""
    role: Role = "shown"
    optional: bool = False


def labels(desk: Desk, pack: Pack) -> Iterator[Label]:
    """Every text the engine looks up by itself for this pack."""
    for key in ("pack-title", "pack-summary"):
        yield Label((key,), ("pack", ""), "control")
    for n in (1, 2, 3):  # a pack's own questions on the last page
        yield Label((f"hot-wash-{n}",), ("pack", ""), "control", optional=True)
    yield from _things(pack)
    yield from _teams(pack)
    for action in pack.actions:
        yield from _action(action)
    for form in pack.forms:
        yield _label(("forms", form.id), f"form-{form.id}")
        yield _label(("forms", form.id), f"form-hint-{form.id}", optional=True)
    for guide in pack.guides:
        role: Role = "control" if guide.reader == "evaluators" else "shown"
        yield _label(("guides", guide.id), f"guide-{guide.id}", role=role)
        for point in guide.points:
            yield _label(("guides", guide.id), f"guide-{guide.id}-{point}", role=role)
    yield from _for_control(desk, pack)


def _label(place: tuple[str, str], *keys: str, role: Role = "shown", optional: bool = False) -> Label:
    return Label(tuple(as_key(key) for key in keys), place, role, optional)


def _things(pack: Pack) -> Iterator[Label]:
    for kind in pack.kinds:
        place = ("kinds", kind.id)
        yield _label(place, f"kind-{kind.id}")
        for field in kind.fields:
            yield _label(place, f"field-{kind.id}-{field.id}", f"field-{field.id}")
            for choice in field.choices:
                yield _label(place, f"choice-{kind.id}-{field.id}-{choice}", f"choice-{choice}")
    for thing in pack.things:
        place = ("things", thing.id)
        yield _label(place, f"thing-{thing.id}", role="control")
        for face in thing.faces[1:]:
            yield _label(place, f"thing-{thing.id}--{face}", role="control")
        yield _label(place, f"thing-{thing.id}--{thing.faces[0]}", role="control", optional=True)


def _teams(pack: Pack) -> Iterator[Label]:
    for persona in pack.personas:
        yield _label(("personas", persona.thing), f"persona-{persona.thing}", role="control")
    for viewer in pack.viewers:
        if viewer.sort == "persona":
            continue
        place = ("teams", viewer.id)
        by_itself = viewer.sort in {"actor", "control", "mentor", "evaluator"}
        yield _label(place, f"team-{viewer.id}", role="control", optional=by_itself)
        yield _label(place, f"brief-{viewer.id}", role="told", optional=viewer.sort != "team")
        if viewer.agency:
            yield _label(place, f"agency-{viewer.agency}", role="control")


def _action(action: Action) -> Iterator[Label]:
    place = ("actions", action.id)
    yield _label(place, f"action-{action.id}")
    yield _label(place, f"hint-{action.id}", optional=True)
    yield _label(place, f"group-{action.group}")
    for outcome in action.outcomes:
        yield _label(place, f"result-{action.id}-{outcome.id}", optional=True)
    for param in action.params:
        yield _label(place, f"param-{action.id}-{param.name}", f"param-{param.name}")
        for choice in param.choices:
            yield _label(place, f"option-{action.id}-{param.name}-{choice}", f"option-{choice}")


def _for_control(desk: Desk, pack: Pack) -> Iterator[Label]:
    """What control, the safety seat and the debrief read: names may stand there."""
    for inject in pack.injects:
        place = ("injects", inject.id)
        yield _label(place, f"inject-{inject.id}", role="control")
        yield _label(place, f"expected-{inject.id}", role="control", optional=True)
        if inject.storyline:
            yield _label(place, f"storyline-{inject.storyline}", role="control")
    for fact in pack.facts:
        yield _label(("facts", fact.id), f"fact-{fact.id}", role="control")
    for ending in pack.endings:
        yield _label(("endings", ending.id), f"ending-{ending.id}", role="control")
        yield _label(("endings", ending.id), f"ending-text-{ending.id}", role="control")
    for measure in pack.measures:
        yield _label(("measures", measure.id), f"measure-{measure.id}", role="control")
    for consequence in pack.consequences:
        yield _label(("consequences", consequence.id), f"consequence-{consequence.id}", role="control")
    for character in desk.characters.values():
        for question, *_ in character.treatment:
            yield _label(("characters", character.thing), f"treatment-{question}")


def place_of(places: dict[tuple[str, str], At], label: Label, fallback: At) -> At:
    """Where the definition stands that needs a label."""
    return places.get(label.place, fallback)
