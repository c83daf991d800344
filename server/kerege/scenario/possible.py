"""What a condition may come to, whatever is played: the values it can have, by what a pack can change and teach.

Everything that is not plain errs towards "possible": what is said to be impossible here is so in every exercise, unless
control changes the truth by hand.
"""

from __future__ import annotations

import ast
import functools
import operator
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from kerege.engine.pack import Value

Values = frozenset[Value] | None
"""All values that something may have; None: any."""
ANY: Values = None
BOTH: Values = frozenset({True, False})
NEVER: Values = frozenset({False})
NOTHING: Values = frozenset({None})
PAIRS_MAX = 64
"""So many pairs of values are compared one by one; beyond, a comparison may go either way."""

_ORDERS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = _ORDERS | {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Is: operator.eq,
    ast.IsNot: operator.ne,
}


class Story(Protocol):
    """What is known so far of what can happen."""

    def truth(self, thing: str, field: str) -> Values:
        """All values that a field can come to have."""

    def is_thing(self, name: str) -> bool: ...

    def can_learn(self, subject: str, field: str, names: Collection[str]) -> bool: ...

    def can_be_done(self, action: str, outcome: str | None) -> bool: ...

    def can_be_filed(self, form: str) -> bool: ...

    def can_fire(self, name: str) -> bool: ...


@dataclass
class Possible:
    """One look at one condition. `because`: what stands in its way, in words, where it can come to less than it says."""

    story: Story
    names: Collection[str] = ()
    because: list[str] = field(default_factory=list)

    def truths(self, source: str | None) -> frozenset[bool]:
        """Whether it can hold, and whether it can fail; no condition holds."""
        if source is None:
            return frozenset({True})
        return _truths(self.values(source))

    def values(self, source: str | None) -> Values:
        """All that an expression can come to; no expression is no value."""
        return NOTHING if source is None else self.of(_parsed(source))

    def of(self, node: ast.expr) -> Values:
        match node:
            case ast.Constant(value=value) if value is None or isinstance(value, bool | int | str):
                return frozenset({value})
            case ast.Name(id="nobody" | "unknown"):
                return NOTHING
            case ast.Name(id=name):
                return ANY if name in self.names else frozenset({name})
            case ast.Attribute(value=ast.Name(id=name), attr=attr):
                return self._truth(name, attr)
            case ast.BoolOp(op=ast.And(), values=parts):
                each = [_truths(self.of(part)) for part in parts]
                return _either(all(True in one for one in each), any(False in one for one in each))
            case ast.BoolOp(values=parts):
                each = [_truths(self.of(part)) for part in parts]
                return _either(any(True in one for one in each), all(False in one for one in each))
            case ast.UnaryOp(op=ast.Not(), operand=part):
                return frozenset(not one for one in _truths(self.of(part)))
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self._compare(left, op, right)
            case ast.Call(func=ast.Name(id=word), args=args):
                return self._call(word, args)
        return ANY

    def _truth(self, name: str, attr: str) -> Values:
        if name in self.names or not self.story.is_thing(name):
            return ANY
        values = self.story.truth(name, attr)
        if values is not None:
            self.because.append(f"no effect ever makes {name}.{attr} so")
        return values

    def _compare(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Values:
        if isinstance(op, ast.In | ast.NotIn) and isinstance(right, ast.Tuple | ast.List | ast.Set):
            parts = [self.of(part) for part in right.elts]
            found = self._pairs(self.of(left), _union(parts), ast.Eq())
            if found == NEVER:
                return frozenset({isinstance(op, ast.NotIn)})
            return BOTH
        return self._pairs(self.of(left), self.of(right), op)

    def _pairs(self, left: Values, right: Values, op: ast.cmpop) -> Values:
        compare = _COMPARISONS.get(type(op))
        if compare is None or left is None or right is None or len(left) * len(right) > PAIRS_MAX:
            return BOTH
        if type(op) in _ORDERS and not all(isinstance(value, int) for value in left | right):
            return BOTH
        return frozenset(compare(one, other) for one in left for other in right)

    def _call(self, word: str, args: list[ast.expr]) -> Values:
        match word, args:
            case ("known" | "some" | "disputed", [ast.Attribute(value=ast.Name(id=name), attr=attr), *_]):
                return self._knowable(name, attr, BOTH, NEVER)
            case ("latest", [ast.Attribute(value=ast.Name(id=name), attr=attr)]):
                return self._knowable(name, attr, ANY, NOTHING)
            case ("knows", [_, ast.Attribute(value=ast.Name(id=name), attr=attr), *_]):
                return self._knowable(name, attr, BOTH, NEVER)
            case ("learnt_at", [_, ast.Attribute(value=ast.Name(id=name), attr=attr)]):
                return self._knowable(name, attr, ANY, NOTHING)
            case ("times", [action, *rest]):
                outcome = _word(rest[1]) if len(rest) > 1 else None
                there = self.story.can_be_done(_word(action), outcome)
                return self._told(there, f"nobody can ever do {_word(action)!r}", ANY, frozenset({0}))
            case ("filed", [form, *_]):
                there = self.story.can_be_filed(_word(form))
                return self._told(there, f"nobody can file {_word(form)!r}", ANY, NEVER)
            case ("fired", [name]):
                there = self.story.can_fire(_word(name))
                return self._told(there, f"{_word(name)!r} never happens", BOTH, NEVER)
        return ANY

    def _knowable(self, name: str, attr: str, able: Values, unable: Values) -> Values:
        there = self.story.can_learn(name, attr, self.names)
        return self._told(there, f"nobody can learn {name}.{attr}", able, unable)

    def _told(self, there: bool, why: str, able: Values, unable: Values) -> Values:  # noqa: FBT001 - a finding
        if not there:
            self.because.append(why)
        return able if there else unable


@functools.cache
def _parsed(source: str) -> ast.expr:
    return ast.parse(source.strip(), mode="eval").body


def _truths(values: Values) -> frozenset[bool]:
    return frozenset({True, False}) if values is None else frozenset(bool(value) for value in values)


def _either(can_hold: bool, can_fail: bool) -> Values:  # noqa: FBT001 - two findings
    return frozenset(([True] if can_hold else []) + ([False] if can_fail else []))


def _union(parts: Iterable[Values]) -> Values:
    found: frozenset[Value] = frozenset()
    for part in parts:
        if part is None:
            return ANY
        found |= part
    return found


def _word(node: ast.expr) -> str:
    """A word, bare or quoted."""
    return node.id if isinstance(node, ast.Name) else str(getattr(node, "value", ""))
