"""What the checker knows while it walks one condition, and what it gathers: problems, reads, asks."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from kerege.engine.conditions.code import Typed, bad
from kerege.engine.conditions.exprtype import ExprType, NameType, fits
from kerege.engine.conditions.problem import ConditionError
from kerege.engine.conditions.scan import place
from kerege.engine.conditions.vocabulary import Types

Scope = Literal["view", "truth"]

NOBODY = frozenset({"nobody", "unknown"})
"""Other words for None."""


@dataclass(slots=True)
class Env:
    """One walk. `infer` is the walker itself, handed in so that the files below it need not know it."""

    types: Types
    scope: Scope
    names: Mapping[str, NameType]
    infer: Callable[[Env, ast.expr, ExprType | None], Typed]
    loops: dict[str, tuple[str, ExprType]] = field(default_factory=dict)
    problems: list[ConditionError] = field(default_factory=list)
    reads: set[tuple[str, str]] = field(default_factory=set)
    asks: set[tuple[str, ...]] = field(default_factory=set)
    temps: list[str] = field(default_factory=list)
    loops_made: int = 0

    def problem(self, node: ast.AST, message: str, hint: str | None = None) -> Typed:
        """Note a problem at `node` and return what stands in for the part."""
        line, column = place(node)
        self.problems.append(ConditionError(message, column, hint, line))
        return bad()

    def wants(self, node: ast.expr, wanted: ExprType) -> Typed:
        """Return what `node` is, and note a problem if it does not fit where `wanted` is looked for."""
        typed = self.infer(self, node, wanted)
        if fits(typed.type, wanted):
            return typed
        return self.problem(node, f"here stands {wanted}, this is {typed.type}", _advice(node, typed.type, wanted))

    def bound(self, name: str) -> NameType | None:
        """Return the type of a bound name or loop variable."""
        return self.loops[name][1] if name in self.loops else self.names.get(name)

    def words(self) -> Iterable[str]:
        """Return every word that can stand alone, for hints."""
        return [*self.names, *self.loops, *self.types.things, "nobody", "unknown"]

    def thing_code(self, thing: str) -> str:
        """Return how a fixed thing is named to the world of this scope."""
        return thing if self.scope == "truth" else f"thing:{thing}"


def _advice(node: ast.expr, given: ExprType, wanted: ExprType) -> str | None:
    """Return what the author may have meant."""
    name = node.id if isinstance(node, ast.Name) else "x.f"
    match given.sort, wanted.sort:
        case (("thing" | "choice" | "team" | "text" | "number"), "tick"):
            return f"compare it: {name} == …"
        case "tick", "number":
            return "count(x for x in … if …) counts"
    return None
