"""What of a pack can be reached at all, whatever is played: who can do what, what can be learnt, changed and triggered.

Grows from nothing round by round until nothing new comes: an act needs what can be learnt, and teaches in turn. It errs
towards "can": chance, people's words and combinations of conditions are not looked at. Control's free hand is left out, or
nothing would ever be out of reach; an inject counts as reached, since its line stands under control's hand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from kerege.engine.bindings import Names, action_names, form_names, trigger_names
from kerege.engine.marks import marks_in
from kerege.engine.pack import (
    Action,
    Add,
    AnyEffect,
    Cue,
    Exclude,
    Learn,
    Pack,
    Rule,
    Say,
    Set,
    Tell,
    Trigger,
    Value,
    Viewer,
    Watch,
)
from kerege.engine.papers import EXCLUDED, PAPER_FIELDS
from kerege.scenario.possible import ANY, Possible, Values

ROUNDS_MAX = 1_000
"""Each round adds something, so it ends by itself; a pack that needs this many is a fault of ours."""


class Reach:
    """All that can be reached in one pack."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.actions: set[str] = set()
        self.outcomes: set[tuple[str, str]] = set()
        self.rules: set[str] = set()
        self.lines: set[str] = set()
        self.learnable: set[tuple[str, str]] = set()
        """(thing or kind, field) that somebody can come to know."""
        self._kinds = {thing.id: thing.kind for thing in pack.things}
        self._fields = {(kind.id, field.id): field for kind in pack.kinds for field in kind.fields}
        self._truth: dict[tuple[str, str], Values] = {
            (thing.id, field): frozenset({thing.values.get(field), *_blank(self._fields[thing.kind, field].type)})
            if thing.values.get(field) is None
            else frozenset({thing.values[field]})
            for thing in pack.things
            for kind, field in self._fields
            if kind == thing.kind
        }
        self.acts = {action.id: action for action in pack.actions}
        self.forms = {form.id: form for form in pack.forms}
        self._lines = {line.id: line for line in pack.lines}
        self._texts = pack.texts.get(pack.language_default, {})
        self._begin()
        for _ in range(ROUNDS_MAX):
            before = self._size()
            self._round()
            if self._size() == before:
                return
        raise AssertionError("reach does not settle")

    def _size(self) -> tuple[int, ...]:
        values = sum(1_000_000 if each is None else len(each) for each in self._truth.values())
        return (len(self.outcomes), len(self.actions), len(self.rules), len(self.lines), len(self.learnable), values)

    def _begin(self) -> None:
        pack = self.pack
        self._effects(pack.starts_with, {})
        for viewer in pack.viewers:
            self._text(f"brief-{viewer.id}".replace("_", "-"), {})
            if viewer.units:
                self._watching()
        for character in pack.characters:
            self._text(character.card, {})
            for _, field, *_ in character.treatment:
                self._truth[character.thing, field] = ANY
        for inject in pack.injects:
            self._effects(inject.effects, trigger_names(inject.trigger, self.acts, self.forms))
        for form in pack.forms:
            self._effects(form.effects, form_names(form))
            self.learnable.update((form.kind, part.field) for part in form.fields)
            self.learnable.update((form.kind, field) for field in PAPER_FIELDS)

    def _round(self) -> None:
        for action in self.pack.actions:
            self._do(action)
        for rule in self.pack.rules:
            names = trigger_names(rule.trigger, self.acts, self.forms)
            if self.can_come(rule) and True in Possible(self, names).truths(rule.condition):
                self.rules.add(rule.id)
                self._effects(rule.effects, names)
        for line in self.pack.lines:
            if self.on_stage(line.character):
                self._say(line.id)

    def _do(self, action: Action) -> None:
        names = action_names(action)
        if not self.doers(action) or True not in Possible(self, names).truths(action.requires):
            return
        self.actions.add(action.id)
        if action.travel is not None:
            for thing, kind in self._kinds.items():
                if kind == "unit":
                    self._truth[thing, "location"] = ANY
        for outcome in action.outcomes:
            truths = Possible(self, names).truths(outcome.condition)
            if True in truths:
                self.outcomes.add((action.id, outcome.id))
                self._effects(outcome.effects, names)
            if False not in truths:
                return  # it always holds: those behind it are never looked at

    # -- what is asked of it -----------------------------------------------------------------------------------------

    def doers(self, action: Action) -> list[Viewer]:
        """The teams that may do it, with a unit where one is needed."""
        return [
            viewer
            for viewer in self.pack.viewers
            if viewer.agency in action.by and (viewer.units or not action.needs_unit)
        ]

    def truth(self, thing: str, field: str) -> Values:
        return self._truth.get((thing, field), ANY)

    def is_thing(self, name: str) -> bool:
        return name in self._kinds

    def can_learn(self, subject: str, field: str, names: Collection[str] = ()) -> bool:
        """Whether anybody can come to know it: of this thing, or of any where it is a parameter."""
        if subject in names or subject not in self._kinds:
            return any(name == field for _, name in self.learnable)
        return (subject, field) in self.learnable or (self._kinds[subject], field) in self.learnable

    def can_be_done(self, action: str, outcome: str | None) -> bool:
        return action in self.actions if outcome is None else (action, outcome) in self.outcomes

    def can_be_filed(self, form: str) -> bool:
        return (
            any(viewer.agency in self.forms[form].by for viewer in self.pack.viewers) if form in self.forms else False
        )

    def can_fire(self, name: str) -> bool:
        return name in self.rules or any(inject.id == name for inject in self.pack.injects)

    def on_stage(self, character: str) -> bool:
        """Whether a talk with this character can begin, so that its actor may say something."""
        for action in self.pack.actions:
            if action.scene is not None and action.id in self.actions:
                kinds = action_names(action)[action.scene].kinds
                if not kinds or self._kinds.get(character) in kinds:
                    return True
        return False

    def can_come(self, rule: Rule) -> bool:
        """Whether what a rule waits for can come, before the exercise ends."""
        return self.why_never(rule.trigger, least_delay_ms(rule)) is None

    def why_never(self, trigger: Trigger, delay_ms: int = 0) -> str | None:
        """Why a trigger can never come, in words; None where it can."""
        match trigger.sort:
            case "at" if trigger.at_ms + delay_ms > self.pack.ends_after_ms:
                return "it comes after the exercise has ended"
            case "learnt" | "shared" if not self.can_learn(trigger.subject or "", trigger.field or ""):
                return f"nobody can learn {trigger.subject}.{trigger.field}"
            case "shared" if not self._contacts(trigger.by, trigger.to):
                return f"{trigger.by or 'nobody'} has no contact {trigger.to or 'at all'}"
            case "did":
                return self._why_not_done(trigger)
            case "filed" if not self._can_file(trigger):
                return f"{trigger.by or 'nobody'} cannot file {trigger.form!r}"
            case "treated" if not self.on_stage(trigger.character or ""):
                return f"no talk with {trigger.character!r} can ever begin"
            case "becomes":
                look = Possible(self)
                if True not in look.truths(trigger.condition):
                    return ", ".join(dict.fromkeys(look.because)) or "it can never hold"
        return None

    def viewers(self, who: str | None) -> list[Viewer]:
        """A viewer, all of an agency, or all."""
        return [viewer for viewer in self.pack.viewers if who is None or who in {viewer.id, viewer.agency}]

    def _why_not_done(self, trigger: Trigger) -> str | None:
        action, outcome = self.acts.get(trigger.action or ""), trigger.outcome
        if action is None or not self.can_be_done(action.id, outcome):
            what = f"{trigger.action}/{outcome}" if outcome else f"{trigger.action}"
            return f"{what!r} can never be done"
        if trigger.by is not None and not any(viewer in self.doers(action) for viewer in self.viewers(trigger.by)):
            return f"{trigger.by!r} can never do {action.id!r}"
        return None

    def _can_file(self, trigger: Trigger) -> bool:
        form = self.forms.get(trigger.form or "")
        return form is not None and any(viewer.agency in form.by for viewer in self.viewers(trigger.by))

    def _contacts(self, by: str | None, to: str | None) -> bool:
        receivers = {viewer.id for viewer in self.viewers(to)}
        return any(receivers & set(viewer.contacts) for viewer in self.viewers(by))

    # -- what effects bring ------------------------------------------------------------------------------------------

    def _effects(self, effects: Iterable[AnyEffect], names: Names) -> None:
        for effect in effects:
            match effect:
                case Learn():
                    self.learnable.update((subject, effect.field) for subject in self._subjects(effect.subject, names))
                case Tell() | Cue():
                    self._text(effect.text, names)
                case Say():
                    self._say(effect.line)
                case Set(drawn=None, value=value):
                    self._change(effect.subject, effect.field, names, Possible(self, names).values(value))
                case Set() | Add():
                    self._change(effect.subject, effect.field, names, ANY)
                case Watch():
                    self._watching()
                case Exclude(subject=subject):
                    self._change(subject, EXCLUDED, names, frozenset({True}))

    def _say(self, name: str) -> None:
        line = self._lines.get(name)
        if line is not None and name not in self.lines:
            self.lines.add(name)
            self._text(line.text, {})
            self._effects(line.effects, {})

    def _text(self, key: str, names: Names) -> None:
        for mark in marks_in(self._texts.get(key, "")):
            if mark.field is not None:
                self.learnable.update((subject, mark.field) for subject in self._subjects(mark.subject, names))

    def _watching(self) -> None:
        self.learnable.update(pair for pair, field in self._fields.items() if field.perceivable)

    def _change(self, subject: str, field: str, names: Names, values: Values) -> None:
        kinds = set(self._subjects(subject, names))
        for thing in [thing for thing, kind in self._kinds.items() if thing in kinds or kind in kinds]:
            before = self._truth.get((thing, field), ANY)
            self._truth[thing, field] = ANY if before is None or values is None else before | values

    def _subjects(self, subject: str, names: Names) -> Iterator[str]:
        """A thing, or the kinds that a parameter may be of."""
        if subject in names:
            yield from names[subject].kinds or set(self._kinds.values())
        else:
            yield subject


def least_delay_ms(rule: Rule) -> int:
    """The shortest time from a rule's trigger to its effects."""
    return rule.delay_ms + 1000 * (rule.delay_drawn.least if rule.delay_drawn else 0)


def _blank(type_: str) -> tuple[Value, ...]:
    """What a value that was never given reads as."""
    return {"tick": (False,), "number": (0,)}.get(type_, ())
