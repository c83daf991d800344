"""Effects and conditions made ready to run: every expression compiled once, every text's marks read once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine import pack as p
from kerege.engine.conditions import compile_condition
from kerege.engine.conditions.exprtype import NUMBER, TICK, ExprType, field_type
from kerege.engine.marks import Mark, marks_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kerege.engine.bindings import Names
    from kerege.engine.conditions import Condition
    from kerege.engine.conditions.vocabulary import Types


class Ready:
    """One effect with its compiled value, the marks of its text, and its place in the pack (`rule:x#0`)."""

    __slots__ = ("drawn", "effect", "marks", "road", "value")

    def __init__(self, effect: p.AnyEffect, value: Condition | None, marks: tuple[Mark, ...], road: str) -> None:
        self.effect = effect
        self.road = road
        self.drawn = effect.drawn if isinstance(effect, p.Set | p.Add) else None
        self.value = value
        self.marks = marks


class ReadyOutcome:
    """One outcome with its condition and effects made ready."""

    __slots__ = ("cause", "condition", "effects", "id")

    def __init__(self, outcome: p.Outcome, condition: Condition | None, effects: tuple[Ready, ...]) -> None:
        self.id = outcome.id
        self.cause = outcome.cause or ""
        self.condition = condition
        self.effects = effects


class Preparer:
    """Compiles a pack's expressions against its own words. Raises ConditionProblems: a checked pack has none."""

    def __init__(self, pack: p.Pack, types: Types) -> None:
        self._types = types
        self._fields = {(kind.id, field.id): field for kind in pack.kinds for field in kind.fields}
        self._kind_of = {thing.id: thing.kind for thing in pack.things}
        default = pack.texts.get(pack.language_default, {})
        self._marks = {key: marks_in(text) for key, text in default.items()}
        self._line_text = {line.id: line.text for line in pack.lines}

    def tick(self, source: str | None, names: Names) -> Condition | None:
        """A truth-scope condition, or None where there is none."""
        return None if source is None else compile_condition(source, self._types, "truth", names, TICK)

    def view(self, source: str | None, names: Names) -> Condition | None:
        """A view-scope condition, or None where there is none."""
        return None if source is None else compile_condition(source, self._types, "view", names, TICK)

    def number(self, source: str, names: Names) -> Condition:
        """A truth-scope number."""
        return compile_condition(source, self._types, "truth", names, NUMBER)

    def effects(self, effects: Iterable[p.AnyEffect], names: Names, road: str) -> tuple[Ready, ...]:
        """Effects in order. `road`: where in the pack they stand."""
        return tuple(self._ready(effect, names, f"{road}#{n}") for n, effect in enumerate(effects))

    def outcome(self, outcome: p.Outcome, names: Names, action: str) -> ReadyOutcome:
        """An outcome."""
        effects = self.effects(outcome.effects, names, f"action:{action}/{outcome.id}")
        return ReadyOutcome(outcome, self.tick(outcome.condition, names), effects)

    def marks(self, text: str) -> tuple[Mark, ...]:
        """The marks of a text, by its key."""
        return self._marks.get(text.replace("_", "-"), ())

    def type_of(self, subject: str, field: str, names: Mapping[str, ExprType]) -> ExprType:
        """The type of `subject.field`, where the subject is a bound name or a thing."""
        kinds = names[subject].kinds if subject in names else frozenset({self._kind_of[subject]})
        return next(field_type(self._fields[kind, field]) for kind in sorted(kinds) if (kind, field) in self._fields)

    def _ready(self, effect: p.AnyEffect, names: Names, road: str) -> Ready:
        value: Condition | None = None
        marks: tuple[Mark, ...] = ()
        if isinstance(effect, p.Learn | p.Set) and effect.value is not None:
            value = self._typed(effect.value, effect.subject, effect.field, names)
        elif isinstance(effect, p.Add) and effect.amount is not None:
            value = self.number(effect.amount, names)
        elif isinstance(effect, p.Tell | p.Cue):
            marks = self.marks(effect.text)
        elif isinstance(effect, p.Say):
            marks = self.marks(self._line_text[effect.line])
        return Ready(effect, value, marks, road)

    def _typed(self, source: str, subject: str, field: str, names: Names) -> Condition:
        return compile_condition(source, self._types, "truth", names, self.type_of(subject, field, names))
