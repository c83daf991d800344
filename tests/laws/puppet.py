"""The puppet: an empty world that hears only what is addressed to one viewer, and must show that viewer the same bytes.

Its pack is emptied of what the viewer was never told: the first truth, what rules, injects, outcomes and lines do, the
names of what it has not met, the texts that it was not told. It keeps what a seat holds by the pack from the first
minute: an actor's own card, and the name of the place at which an evaluator's guide says to stand (a part of the guide,
like its points; of that place it keeps no value). So nothing but the events addressed to it can be what
its bytes are made of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from kerege.engine import events as e
from kerege.engine.evolve import evolve
from kerege.engine.held import Clock
from kerege.engine.rules import Rules
from kerege.engine.state import Overlay, State
from kerege.room.log import read_genesis, read_step
from kerege.room.stream import Stream
from kerege.views.names import kebab
from kerege.views.projector import Projector
from kerege.views.render import Renderer
from kerege.views.texts import Texts

if TYPE_CHECKING:
    from kerege.engine.pack import Pack
    from kerege.journal.entry import Sealed

SECRET = "SECRET"

Own = list[list[tuple[int, e.AnyEvent]]]
"""Step by step, the (play time, event) pairs addressed to one viewer; steps without any are left out."""


def addressed(entries: list[Sealed], *viewers: str) -> Own:
    """What a log addresses to a viewer, or to several."""
    readers = {*viewers, e.EVERYBODY}
    own: Own = []
    for entry in entries[1:]:
        at_ms = entry.header.at_ms
        pairs = []
        for event in read_step(entry).events:
            if type(event) is e.TimePassed:
                at_ms = event.at_ms
            elif e.addressee(event) in readers:
                pairs.append((at_ms, event))
        if pairs:
            own.append(pairs)
    return own


def words_of(entries: list[Sealed], own: Own) -> dict[str, str]:
    """The typed words that a viewer's own events speak of."""
    spoken = repr(own)
    return {word.id: word.text for entry in entries for word in entry.words if word.text and word.id in spoken}


class Puppet:
    """One viewer's stream in the empty world."""

    def __init__(self, entries: list[Sealed], viewer: str) -> None:
        genesis = read_genesis(entries[0])
        own = addressed(entries, viewer)
        rules = Rules(emptied(genesis.pack, viewer, own), genesis.key)
        state = State()
        state.tables["clock"]["clock"] = Clock()
        projector = Projector(rules)
        renderer = Renderer(rules, Texts(rules.pack.texts), words_of(entries, own))
        first = projector.fresh(state, viewer)
        self.stream = Stream(rules.viewer_codes.of[viewer], "", renderer, first)
        for pairs in own:
            overlay = Overlay(state)
            for at_ms, event in pairs:
                evolve(overlay, event, at_ms)
            overlay.merge()
            changes = projector.project(state, (event for _, event in pairs), pairs[-1][0])
            if viewer in changes:
                self.stream.publish(changes[viewer], 0)


def emptied(pack: Pack, viewer: str, own: Own) -> Pack:
    """The pack without what a viewer was never told."""
    told = repr(own)
    characters = [each for each in pack.characters if viewer == f"actor_{each.thing}"]
    lines = {line for each in characters for line in each.lines}
    mine = {each.thing for each in characters} | {each.character for each in pack.viewers if each.id == viewer}
    if viewer == "safety":  # is told who pressed, by the title of the part: "actor: the man with the car"
        mine |= {each.thing for each in pack.characters}
    if any(each.id == viewer and each.sort == "evaluator" for each in pack.viewers):
        mine |= {guide.place for guide in pack.guides if guide.reader == "evaluators" and guide.place is not None}
    closed = [thing.id for thing in pack.things if thing.id not in mine]
    met = _met(own)
    texts: dict[str, dict[str, str]] = {}
    for language, patterns in pack.texts.items():
        texts[language] = dict(patterns)
        for thing in pack.things:
            for face in thing.faces:
                if f"{thing.id}/{face}" in met or thing.id not in closed:
                    continue
                key = f"thing-{kebab(thing.id)}--{kebab(face)}"
                if key in patterns:
                    texts[language][key] = SECRET
                plain = f"thing-{kebab(thing.id)}"
                if face == thing.faces[0] and plain in patterns:
                    texts[language][plain] = SECRET
        for key in _told_texts(pack) - {kebab(each.card) for each in characters}:
            if (
                key in patterns
                and f"'{key}'" not in told
                and key not in {kebab(line) for line in _line_texts(pack, lines)}
            ):
                texts[language][key] = SECRET
    return msgspec.structs.replace(
        pack,
        things=tuple(msgspec.structs.replace(thing, values={}) for thing in pack.things),
        starts_with=(),
        rules=(),
        injects=(),
        actions=tuple(msgspec.structs.replace(action, outcomes=()) for action in pack.actions),
        lines=tuple(
            msgspec.structs.replace(line, advice=None, effects=()) for line in pack.lines if line.id in lines
        ),
        characters=tuple(
            each if each in characters else msgspec.structs.replace(each, lines=(), treatment=())
            for each in pack.characters
        ),
        facts=(),
        must_share=(),
        endings=(),
        measures=(),
        plans=(),
        texts=texts,
    )  # fmt: skip


def _told_texts(pack: Pack) -> set[str]:
    """The texts that somebody may be told in play."""
    effects = [
        *pack.starts_with,
        *(each for rule in (*pack.rules, *pack.injects, *pack.lines) for each in rule.effects),
    ]
    effects += [each for action in pack.actions for outcome in action.outcomes for each in outcome.effects]
    effects += [each for form in pack.forms for each in form.effects]
    keys = {effect.text for effect in effects if hasattr(effect, "text")}
    keys |= {each.card for each in pack.personas}
    keys |= {line.text for line in pack.lines} | {each.card for each in pack.characters}
    return {kebab(key) for key in keys}


def _line_texts(pack: Pack, lines: set[str]) -> list[str]:
    return [line.text for line in pack.lines if line.id in lines]


def _met(own: Own) -> set[str]:
    """The faces that a viewer has met, read from its events alone."""
    return {face for pairs in own for _, event in pairs for face in _faces_met(event)}


def _faces_met(event: e.AnyEvent) -> tuple[str, ...]:
    if isinstance(event, e.Learnt):
        return () if event.referred else (event.face,)
    if isinstance(event, e.Referred):
        return (event.face,) if event.met else ()
    return ()
