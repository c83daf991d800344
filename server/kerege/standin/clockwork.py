"""When a condition that looks at the clock can next begin to hold, if nothing but time goes on.

Most such conditions say "and it is later than …": `age(x.f) > 900` beside what must be known. From those the moment
follows; a condition that uses `age` otherwise has to be looked at again and again.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass

from kerege.engine.conditions import Condition

AGE = "age"


@dataclass(frozen=True, slots=True)
class Later:
    """One conjunct `age(subject.field) > seconds`, which time alone fulfils; `seconds` is the first that does."""

    subject: str
    field: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Clockwork:
    """The conjuncts of a condition that wait for time, and whether anything else in it looks at the clock."""

    laters: tuple[Later, ...]
    otherwise: bool

    def wait_s(self, age_s: Callable[[str, str], int | None]) -> int | None:
        """
        Seconds until the condition, which does not hold now, may hold by time alone.

        Args:
            age_s: Seconds since the newest record of (subject, field) was learnt; None: there is none.

        Returns:
            None: only a change of the view can make it hold. 0: nothing is known, look again soon.
        """
        waits = []
        for later in self.laters:
            age = age_s(later.subject, later.field)
            if age is None:
                return None
            waits.append(later.seconds - age)
        wait = max(waits, default=0)
        if wait > 0:
            return wait
        return 0 if self.otherwise else None


def clockwork(condition: Condition | None) -> Clockwork:
    """Read a condition's source for what time does to it."""
    if condition is None or AGE not in condition.source:
        return Clockwork((), otherwise=False)
    laters: list[Later] = []
    otherwise = False
    for part in _conjuncts(ast.parse(condition.source.strip(), mode="eval").body):
        later = _later(part)
        if later is not None:
            laters.append(later)
        elif any(isinstance(node, ast.Name) and node.id == AGE for node in ast.walk(part)):
            otherwise = True
    return Clockwork(tuple(laters), otherwise)


def _conjuncts(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        return [part for value in node.values for part in _conjuncts(value)]
    return [node]


def _later(node: ast.expr) -> Later | None:
    match node:
        case ast.Compare(
            left=ast.Call(func=ast.Name(id="age"), args=[ast.Attribute(value=ast.Name(id=subject), attr=field)]),
            ops=[ast.Gt() | ast.GtE() as op],
            comparators=[ast.Constant(value=int(seconds))],
        ):
            return Later(subject, field, seconds + isinstance(op, ast.Gt))
        case _:
            return None
