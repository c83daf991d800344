"""The types of the condition language: of fields, of bound names, of whole expressions.

`maybe` says that the value may be None: unknown, nobody, not given. Fields always may, literals never do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from kerege.engine.conditions.problem import one
from kerege.engine.pack import Field, Param

Sort = Literal["tick", "number", "choice", "thing", "text", "team", "none", "bad"]


@dataclass(frozen=True, slots=True)
class ExprType:
    """One type. `choices` of a choice; `kinds` of a thing (empty: any kind); `many`: a bound name that holds several."""

    sort: Sort
    choices: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    maybe: bool = False
    many: bool = False

    def optional(self) -> ExprType:
        """Return the same type, but its value may be None."""
        return replace(self, maybe=True)

    def each(self) -> ExprType:
        """Return the type of one of several."""
        return replace(self, many=False, maybe=False)

    def __str__(self) -> str:
        if self.sort == "choice":
            return "one of " + ", ".join(sorted(self.choices))
        if self.sort == "thing":
            return "a thing" if not self.kinds else one(" or ".join(sorted(self.kinds)))
        return _PHRASES[self.sort]


NameType = ExprType
"""What a bound name is: `choice_of`, `thing_of` (a face in the view scope), TEAM, TEXT or NUMBER."""

TICK = ExprType("tick")
NUMBER = ExprType("number")
TEXT = ExprType("text")
TEAM = ExprType("team")
NONE = ExprType("none", maybe=True)
BAD = ExprType("bad", maybe=True)
"""The type of what already has a problem: it fits everywhere, so that one mistake is told once."""

_PHRASES = {
    "tick": "yes or no",
    "number": "a number",
    "text": "a text",
    "team": "a team",
    "none": "nobody",
    "bad": "a mistake",
}


def choice_of(choices: Iterable[str]) -> ExprType:
    """Return the type of a word out of a closed set."""
    return ExprType("choice", choices=frozenset(choices))


def thing_of(*kinds: str) -> ExprType:
    """Return the type of a thing of one of these kinds; of any kind if none is named."""
    return ExprType("thing", kinds=frozenset(kinds))


def field_type(field: Field) -> ExprType:
    """Return the type of a field's value, which may always be unknown."""
    return ExprType(field.type, choices=frozenset(field.choices), kinds=frozenset(field.kinds), maybe=True)


def param_type(param: Param) -> NameType:
    """Return the type of an action's parameter as a bound name."""
    sorts: dict[str, Sort] = {"face": "thing", "choice": "choice", "team": "team", "words": "text", "number": "number"}
    return ExprType(
        sorts[param.takes], frozenset(param.choices), frozenset(param.kinds), maybe=param.optional, many=param.many
    )


def comparable(first: ExprType, second: ExprType) -> bool:
    """Whether values of the two types can ever be equal."""
    if {first.sort, second.sort} & {"bad", "none"}:
        return True
    if first.sort != second.sort:
        return False
    if first.sort == "choice":
        return bool(first.choices & second.choices)
    return first.sort != "thing" or not first.kinds or not second.kinds or bool(first.kinds & second.kinds)


def fits(given: ExprType, wanted: ExprType) -> bool:
    """Whether a value of type `given` may stand where `wanted` is kept. None into a plain tick or number is no or 0."""
    if given.sort == "bad":
        return True
    if given.sort == "none":
        return wanted.maybe
    if given.sort != wanted.sort:
        return False
    if given.sort == "choice":
        return given.choices <= wanted.choices
    return given.sort != "thing" or not wanted.kinds or (bool(given.kinds) and given.kinds <= wanted.kinds)
