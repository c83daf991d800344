"""The flow list: who may learn what through which outcome, rule, text or line. A pack's `flows.txt` holds it.

One sorted line for every road by which something may become known:

    viewer-or-agency <- thing.field via action:interview/nothing

`<kind>.field` stands for any thing of a kind. The truth has no other road to a viewer; whatever one viewer holds it may
also share with its contacts, which the `via share` lines say. What control and an actor's own watching get is not
listed: control watches everything by design.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kerege.engine.bindings import Names, action_names, form_names, trigger_names
from kerege.engine.marks import MARK, Mark, marks_in
from kerege.engine.pack import AnyEffect, Cue, Learn, Pack, Retract, Same, Say, Tell, Trigger, Watch

FLOWS_FILE = "flows.txt"


def write_flows(pack: Pack) -> str:
    """The pack's flow list, as its file holds it."""
    return "".join(f"{line}\n" for line in sorted(set(_Flows(pack).lines())))


class _Flows:
    """One walk over a pack."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.actions = {action.id: action for action in pack.actions}
        self.forms = {form.id: form for form in pack.forms}
        self.texts_of_lines = {line.id: line for line in pack.lines}
        self.things = {thing.id: thing.kind for thing in pack.things}
        self.agencies = {viewer.agency for viewer in pack.viewers if viewer.agency}
        self.marks: dict[str, tuple[Mark, ...]] = {
            key: marks_in(text) for key, text in pack.texts.get(pack.language_default, {}).items() if MARK.search(text)
        }

    def lines(self) -> Iterator[str]:
        pack = self.pack
        yield from self._effects(pack.starts_with, {}, (), "start")
        for action in pack.actions:
            for outcome in action.outcomes:
                via = f"action:{action.id}/{outcome.id}"
                yield from self._effects(outcome.effects, action_names(action), action.by, via)
        for rule in pack.rules:
            names = trigger_names(rule.trigger, self.actions, self.forms)
            yield from self._effects(rule.effects, names, self._askers(rule.trigger), f"rule:{rule.id}")
        for inject in pack.injects:
            names = trigger_names(inject.trigger, self.actions, self.forms)
            yield from self._effects(inject.effects, names, self._askers(inject.trigger), f"inject:{inject.id}")
        yield from self._forms()
        yield from self._people()
        yield from self._standing()

    def _askers(self, trigger: Trigger | None) -> tuple[str, ...]:
        if trigger is None:
            return ()
        if trigger.by is not None:
            return (trigger.by,)
        if trigger.action in self.actions:
            return self.actions[trigger.action].by
        if trigger.form in self.forms:
            return self.forms[trigger.form].by
        return ("everyone",)

    def _forms(self) -> Iterator[str]:
        for form in self.pack.forms:
            via = f"form:{form.id}"
            yield from self._effects(form.effects, form_names(form), form.by, via)
            for who in form.by:
                for part in form.fields:
                    yield f"{who} <- <{form.kind}>.{part.field} via {via}"

    def _people(self) -> Iterator[str]:
        """Cards and briefs teach their reader; a line teaches whomever the actor taps."""
        for character in self.pack.characters:
            yield from self._marked((f"actor_{character.thing}",), character.card, {}, "card")
        for viewer in self.pack.viewers:
            yield from self._marked((viewer.id,), f"brief-{viewer.id}".replace("_", "-"), {}, "brief")
        for line in self.pack.lines:
            yield from self._marked(("everyone",), line.text, {}, f"line:{line.id}")
            yield from self._effects(line.effects, {}, (), f"line:{line.id}")

    def _standing(self) -> Iterator[str]:
        """What units see where they stand, and what contacts may pass on."""
        perceivable = [(kind.id, field.id) for kind in self.pack.kinds for field in kind.fields if field.perceivable]
        for viewer in self.pack.viewers:
            if viewer.units:
                for kind, field in perceivable:
                    yield f"{viewer.id} <- <{kind}>.{field} via watching"
            for contact in viewer.contacts:
                yield f"{contact} <- {viewer.id} via share"
            if viewer.follows:
                for redaction in self.pack.redactions:
                    if redaction.give != "omit":
                        yield f"{viewer.id} <- <{redaction.kind}>.{redaction.field} via {viewer.follows}:{redaction.give}"

    def _effects(self, effects: Iterable[AnyEffect], names: Names, askers: tuple[str, ...], via: str) -> Iterator[str]:
        for effect in effects:
            match effect:
                case Learn() | Retract():
                    for who in self._who(effect.who, askers):
                        for subject in self._subjects(effect.subject, names):
                            lie = "=" + effect.value if isinstance(effect, Learn) and effect.value is not None else ""
                            word = " (retracted)" if isinstance(effect, Retract) else ""
                            yield f"{who} <- {subject}.{effect.field}{lie}{word} via {via}"
                case Same():
                    for who in self._who(effect.who, askers):
                        yield f"{who} <- {effect.first} is {effect.second} via {via}"
                case Tell():
                    yield from self._marked(self._who(effect.who, askers), effect.text, names, via)
                case Cue():
                    yield from self._marked((f"actor_{effect.character}",), effect.text, names, via)
                case Say():
                    line = self.texts_of_lines.get(effect.line)
                    if line is not None:
                        yield from self._marked(
                            self._who(effect.who, askers), line.text, names, f"{via} line:{line.id}"
                        )
                case Watch() if effect.on:
                    for who in self._who(effect.who, askers):
                        yield f"{who} <- everything perceivable at {effect.place} via {via}"
                case _:
                    pass

    def _marked(self, who: Iterable[str], text: str, names: Names, via: str) -> Iterator[str]:
        who = list(who)
        for mark in self.marks.get(text, ()):
            if mark.field is None:
                continue
            value = f"={mark.value}" if mark.value is not None else ""
            for subject in self._subjects(mark.subject, names):
                for reader in who:
                    yield f"{reader} <- {subject}.{mark.field}{value} via {via} text:{text}"

    def _who(self, who: str, askers: tuple[str, ...]) -> tuple[str, ...]:
        return askers if who == "asker" else (who,)

    def _subjects(self, subject: str, names: Names) -> tuple[str, ...]:
        bound = names.get(subject)
        if bound is None:
            return (subject,)
        return tuple(f"<{kind}>" for kind in sorted(bound.kinds)) or ("<anything>",)
