"""The flow list: who may learn what through which outcome, rule, text or line. A pack's `flows.txt` holds it.

One sorted line for every road by which the story reaches somebody:

    viewer-or-agency <- thing.field via action:interview/nothing
    viewer-or-agency <- text:key via rule:driver_leaves if it reads: viktor.detained

What is learnt is a field (`thing/face.field` of one appearance), a thing that is met, a text without such marks, a cue, an
advice, an outcome. Whether something happens tells what it hangs on: `reads` names that. `<kind>` stands for any thing of a
kind. What one viewer holds it may also pass on to its contacts: one `via share` line for each receiver names them. What control
gets is not listed, and what people say or write: control watches everything by design, and people are no road of the pack.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kerege.engine.bindings import Names, action_names, form_names, trigger_names
from kerege.engine.marks import MARK, Mark, marks_in
from kerege.engine.pack import AnyEffect, Cue, End, Fire, Learn, Pack, Retract, Same, Say, Tell, Trigger, Watch
from kerege.engine.papers import MINUTES
from kerege.scenario.reads import Reader, Reads, told

FLOWS_FILE = "flows.txt"


def write_flows(pack: Pack) -> str:
    """The pack's flow list, as its file holds it."""
    return "".join(f"{line}\n" for line in sorted(set(_Flows(pack).lines())))


@dataclass(frozen=True, slots=True)
class _Road:
    """Where effects stand: their way into the list, the names bound there, who `asker` may be, what they hang on."""

    via: str
    names: Names
    askers: tuple[str, ...] = ()
    reads: Reads = frozenset()

    def line(self, who: str, what: str, by: str = "") -> str:
        return f"{who} <- {what} via {self.via}{by}{told('if it reads:', self.reads)}"


class _Flows:
    """One walk over a pack."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.reader = Reader(pack)
        self.actions = {action.id: action for action in pack.actions}
        self.forms = {form.id: form for form in pack.forms}
        self.texts_of_lines = {line.id: line for line in pack.lines}
        self.papers = {form.kind for form in pack.forms}
        self.things = {thing.id: thing.kind for thing in pack.things}
        self.texts = pack.texts.get(pack.language_default, {})
        self.marks: dict[str, tuple[Mark, ...]] = {
            key: marks_in(text) for key, text in self.texts.items() if MARK.search(text)
        }

    def lines(self) -> Iterator[str]:
        pack = self.pack
        yield from self._effects(pack.starts_with, _Road("start", {}))
        yield from self._acts()
        for rule in pack.rules:
            names = trigger_names(rule.trigger, self.actions, self.forms)
            reads = self.reader.trigger(rule.trigger) | self.reader.condition(rule.condition, names)
            yield from self._effects(rule.effects, _Road(f"rule:{rule.id}", names, self._askers(rule.trigger), reads))
        fired = dict(self._fired())
        for inject in pack.injects:
            reads = self.reader.trigger(inject.trigger) | self.reader.condition(inject.condition, {})
            reads |= fired.get(inject.id, frozenset())
            yield from self._effects(inject.effects, _Road(f"inject:{inject.id}", {}, (), reads))
        yield from self._forms()
        yield from self._people()
        yield from self._standing()
        if any(form.id == MINUTES for form in pack.forms):
            yield "everyone <- what any team puts on the table via a consultation that both attend"
        yield from self._shares()
        yield from self._shifts()
        yield from self._desks()

    def _askers(self, trigger: Trigger) -> tuple[str, ...]:
        if trigger.sort == "shift_over":
            return tuple(viewer.id for viewer in self.pack.viewers if viewer.takes_over == trigger.by)
        if trigger.by is not None:
            return (trigger.by,)
        if trigger.action in self.actions:
            return self.actions[trigger.action].by
        if trigger.form in self.forms:
            return self.forms[trigger.form].by
        return ("everyone",)

    def _acts(self) -> Iterator[str]:
        """What outcomes do, and what the asker sees from which of them it was."""
        for action in self.pack.actions:
            names = action_names(action)
            reads: set[str] = {f"played <{kind}>" for kind in self._scene_kinds(action.scene, names)}
            for outcome in action.outcomes:
                reads |= self.reader.condition(outcome.condition, names)
                road = _Road(f"action:{action.id}/{outcome.id}", names, action.by)
                yield from self._effects(outcome.effects, road)
            for who in action.by:
                if reads:
                    yield f"{who} <- outcome of action:{action.id}{told('reads', reads)}"
            for kind in self._scene_kinds(action.scene, names):
                yield f"actor of <{kind}> <- that a talk begins via action:{action.id} by {', '.join(sorted(action.by))}"

    def _scene_kinds(self, scene: str | None, names: Names) -> tuple[str, ...]:
        return () if scene is None else tuple(sorted(names[scene].kinds))

    def _fired(self) -> Iterator[tuple[str, Reads]]:
        """Injects that effects fire, and from where."""
        pack = self.pack
        places: list[tuple[str, tuple[AnyEffect, ...]]] = [(f"rule:{rule.id}", rule.effects) for rule in pack.rules]
        places += [(f"inject:{inject.id}", inject.effects) for inject in pack.injects]
        places += [(f"form:{form.id}", form.effects) for form in pack.forms]
        places += [(f"line:{line.id}", line.effects) for line in pack.lines]
        places += [(f"action:{act.id}/{part.id}", part.effects) for act in pack.actions for part in act.outcomes]
        found: dict[str, Reads] = {}
        for place, effects in places:
            for effect in effects:
                if isinstance(effect, Fire):
                    found[effect.inject] = found.get(effect.inject, frozenset()) | {f"fired by {place}"}
        yield from found.items()

    def _forms(self) -> Iterator[str]:
        for form in self.pack.forms:
            road = _Road(f"form:{form.id}", form_names(form), form.by)
            yield from self._effects(form.effects, road)
            for who in form.by:
                for part in form.fields:
                    yield road.line(who, f"<{form.kind}>.{part.field}")
            if form.due is not None:
                due = _Road(f"form:{form.id}", {}, (), self.reader.trigger(form.due.trigger))
                for who in (*form.by, *form.due.known_to):
                    yield due.line(who, f"that form:{form.id} is owed")

    def _people(self) -> Iterator[str]:
        """Cards and briefs teach their reader, advice the actor; a line reaches whomever the actor taps."""
        for character in self.pack.characters:
            yield from self._text((f"actor_{character.thing}",), character.card, _Road("card", {}))
        for viewer in self.pack.viewers:
            yield from self._text((viewer.id,), f"brief-{viewer.id}".replace("_", "-"), _Road("brief", {}))
        for line in self.pack.lines:
            road = _Road(f"line:{line.id}", {})
            yield from self._text(("everyone",), line.text, road)
            yield from self._effects(line.effects, road)
            reads = self.reader.condition(line.advice, {})
            if reads:
                yield f"actor_{line.character} <- advice:{line.id}{told('reads', reads)}"
        for speaker in {line.character for line in self.pack.lines}:
            yield f"everyone <- {speaker} via any line as its source"
        for plan in self.pack.plans:
            for step in plan.steps:
                if step.text is not None:
                    yield from self._text(step.to, step.text, _Road(f"plan:{plan.viewer}/{step.id}", {}))

    def _standing(self) -> Iterator[str]:
        """What units see where they stand, and what a screen says of the play itself."""
        perceivable = [(kind.id, field.id) for kind in self.pack.kinds for field in kind.fields if field.perceivable]
        for viewer in self.pack.viewers:
            if viewer.units:
                for kind, field in perceivable:
                    yield f"{viewer.id} <- <{kind}>.{field} via watching"
        if self.pack.characters:
            yield "everyone <- that nobody plays a character via the stand-in mark at its face"
        for ending in self.pack.endings:
            if ending.early:
                reads = self.reader.condition(ending.condition, {})
                yield _Road(f"ending:{ending.id}", {}, (), reads).line("everyone", "that the play ends")

    def _shares(self) -> Iterator[str]:
        """Who may be passed things by whom: one line for each receiver, since every pair would bury the rest."""
        for receiver in self.pack.viewers:
            senders = sorted(viewer.id for viewer in self.pack.viewers if receiver.id in viewer.contacts)
            if senders:
                yield f"{receiver.id} <- {', '.join(senders)} via share"

    def _shifts(self) -> Iterator[str]:
        """What one shift hands over to the next, and who sees when it did."""
        for shift in self.pack.viewers:
            if not shift.takes_over:
                continue
            yield f"{shift.id} <- what {shift.takes_over} hands over via shift"
            yield f"everyone <- that {shift.takes_over} has gone and {shift.id} has the case via whom one can reach"

    def _desks(self) -> Iterator[str]:
        """What an observers' desk gets of the team that is open to it; a mentor reads its team's own stream."""
        agencies = {viewer.id: viewer.agency for viewer in self.pack.viewers}
        for viewer in self.pack.viewers:
            if not viewer.follows:
                continue
            if viewer.sort == "mentor":
                yield f"{viewer.id} <- all that {viewer.follows} has via the stream of {viewer.follows}"
                continue
            for redaction in self.pack.redactions:
                if redaction.give != "omit":
                    yield f"{viewer.id} <- <{redaction.kind}>.{redaction.field} via {viewer.follows}:{redaction.give}"
            for action in self.pack.actions:
                if action.observed and agencies.get(viewer.follows) in action.by:
                    yield f"{viewer.id} <- that action:{action.id} was done via {viewer.follows}:observed"

    # -- effects -------------------------------------------------------------------------------------------------

    def _effects(self, effects: Iterable[AnyEffect], road: _Road) -> Iterator[str]:
        for effect in effects:
            match effect:
                case Learn():
                    yield from self._learn(effect, road)
                case Retract():
                    for who in self._who(effect.who, road):
                        for subject in self._subjects(effect.subject, road.names):
                            yield road.line(who, f"{subject}.{effect.field} (retracted)")
                case Same():
                    for who in self._who(effect.who, road):
                        yield road.line(who, f"{effect.first} is {effect.second}")
                case Tell():
                    readers = self._who(effect.who, road)
                    yield from self._text(readers, effect.text, road)
                    yield from self._source(readers, effect.source, road)
                case Cue():
                    yield from self._cue(effect, road)
                case Say():
                    yield from self._say(effect, road)
                case Watch() if effect.on:
                    for who in self._who(effect.who, road):
                        yield road.line(who, f"everything perceivable at {effect.place}")
                case End():
                    yield road.line("everyone", "that the play ends")
                case _:
                    pass

    def _learn(self, effect: Learn, road: _Road) -> Iterator[str]:
        readers = self._who(effect.who, road)
        face = f"/{effect.face}" if effect.face else ""
        value = f"={effect.value}" if effect.value is not None else ""
        shown = f" (as its /{effect.value_face})" if effect.value_face else ""
        for who in readers:
            for subject in self._subjects(effect.subject, road.names):
                yield road.line(who, f"{subject}{face}.{effect.field}{value}{shown}")
                if subject.strip("<>") in self.papers:
                    yield road.line(who, f"who filed {subject}, and whether late or incomplete")
        yield from self._source(readers, effect.source, road)

    def _cue(self, effect: Cue, road: _Road) -> Iterator[str]:
        actor = (f"actor_{effect.character}",)
        yield road.line(actor[0], f"cue:{effect.text}")
        yield from self._marked(actor, effect.text, road)

    def _say(self, effect: Say, road: _Road) -> Iterator[str]:
        line = self.texts_of_lines.get(effect.line)
        if line is not None:
            readers = self._who(effect.who, road)
            yield from self._text(readers, line.text, road, f" line:{line.id}")
            yield from self._source(readers, line.character, road)

    def _text(self, who: Iterable[str], text: str, road: _Road, by: str = "") -> Iterator[str]:
        """A text reaches somebody: what it marks, or, where it marks nothing, that it came."""
        who = list(who)
        if text in self.marks:
            yield from self._marked(who, text, road, by)
        elif text in self.texts:
            for reader in who:
                yield road.line(reader, f"text:{text}", by)

    def _marked(self, who: Iterable[str], text: str, road: _Road, by: str = "") -> Iterator[str]:
        who = list(who)
        for mark in self.marks.get(text, ()):
            face = f"/{mark.face}" if mark.face else ""
            field = f".{mark.field}" if mark.field else ""
            value = f"={mark.value}" if mark.value is not None else ""
            for subject in self._subjects(mark.subject, road.names):
                for reader in who:
                    yield road.line(reader, f"{subject}{face}{field}{value}", f"{by} text:{text}")

    def _source(self, who: Iterable[str], source: str | None, road: _Road) -> Iterator[str]:
        """A thing that is named as a source is met by whoever reads it."""
        bound = road.names.get(source or "")
        if source is None or (bound is None and source not in self.things) or (bound and bound.sort != "thing"):
            return
        for subject in self._subjects(source, road.names):
            for reader in who:
                yield road.line(reader, subject, " as its source")

    def _who(self, who: str, road: _Road) -> tuple[str, ...]:
        if who == "control":
            return ()
        if who == "present":
            return ("whoever is there",)
        if who.startswith("actor:"):
            name = who.removeprefix("actor:")
            return tuple(
                f"actor of {subject}" if subject.startswith("<") else f"actor_{subject}"
                for subject in self._subjects(name, road.names)
            )
        if who.startswith("lawyer:"):
            name = who.removeprefix("lawyer:")
            own = tuple(viewer.id for viewer in self.pack.viewers if viewer.client == name)
            return own or tuple(f"lawyer of {subject}" for subject in self._subjects(name, road.names))
        return road.askers if who == "asker" else (who,)

    def _subjects(self, subject: str, names: Names) -> tuple[str, ...]:
        bound = names.get(subject)
        if bound is None:
            return (subject,)
        return tuple(f"<{kind}>" for kind in sorted(bound.kinds)) or ("<anything>",)
