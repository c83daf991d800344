"""Pieces of Python syntax trees, out of which a condition's function is put together.

The function is `lambda w, b: …` with the world and the bindings. Names of the author never become names of Python:
ids and fields stand as constants, loop variables are v0, v1 …, values that are needed twice t0, t1 ….
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kerege.engine.conditions.exprtype import BAD, ExprType
from kerege.engine.pack import Value

_LOAD: Final = ast.Load()


def _ask_of(at: int, method: Callable[..., Value], *arguments: Value) -> Value:
    """Ask the world about a subject, the argument at `at`, that may be nobody: of nobody nothing is known."""
    return None if arguments[at] is None else method(*arguments)


_GLOBALS: Final[dict[str, Any]] = {
    "__builtins__": {},
    "any": any,
    "all": all,
    "sum": sum,
    "len": len,
    "ask_of": _ask_of,
}


@dataclass(slots=True)
class Typed:
    """A checked part of a condition: its type, its code, and the id itself when it is a literal word.

    `simple` code (a constant, a variable) may stand twice; other code is kept in `temp` at its first use.
    """

    type: ExprType
    code: ast.expr
    simple: bool = False
    word: str | None = None
    temp: str | None = None

    def use(self, temps: list[str]) -> ast.expr:
        """Return code for one of several uses, in the order in which Python will come to them."""
        if self.simple:
            return self.code
        if self.temp is not None:
            return variable(self.temp)
        self.temp = f"t{len(temps)}"
        temps.append(self.temp)
        return ast.NamedExpr(ast.Name(self.temp, ast.Store()), self.code)


def bad() -> Typed:
    """Stand in for a part that already has a problem."""
    return Typed(BAD, constant(None), simple=True)


def constant(value: Value) -> ast.expr:
    return ast.Constant(value)


def variable(name: str) -> ast.expr:
    return ast.Name(name, _LOAD)


def binding(name: str, *, maybe: bool) -> ast.expr:
    """Return code that reads a bound name; one that may be absent need not be bound."""
    if maybe:
        return ast.Call(ast.Attribute(variable("b"), "get", _LOAD), [constant(name)], [])
    return ast.Subscript(variable("b"), constant(name), _LOAD)


def ask(method: str, *arguments: ast.expr) -> ast.expr:
    """Return code that asks the world."""
    return ast.Call(ast.Attribute(variable("w"), method, _LOAD), list(arguments), [])


def ask_of(at: int, method: str, *arguments: ast.expr) -> ast.expr:
    """Return code that asks the world, unless the argument at this place is nobody."""
    return call("ask_of", constant(at), ast.Attribute(variable("w"), method, _LOAD), *arguments)


def call(function: str, *arguments: ast.expr) -> ast.expr:
    return ast.Call(variable(function), list(arguments), [])


def generator(element: ast.expr, name: str, iterable: ast.expr) -> ast.expr:
    """Return code of one loop, for `any`."""
    return ast.GeneratorExp(element, [ast.comprehension(ast.Name(name, ast.Store()), iterable, [], 0)])


def compare(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> ast.expr:
    return ast.Compare(left, [operator], [right])


def both(parts: Sequence[ast.expr]) -> ast.expr:
    return parts[0] if len(parts) == 1 else ast.BoolOp(ast.And(), list(parts))


def either(parts: Sequence[ast.expr]) -> ast.expr:
    return parts[0] if len(parts) == 1 else ast.BoolOp(ast.Or(), list(parts))


def no(part: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), part)


def or_zero(part: Typed) -> ast.expr:
    """Return code of a number that counts as 0 when it is unknown."""
    return either([part.code, constant(0)]) if part.type.maybe else part.code


def or_no(part: Typed) -> ast.expr:
    """Return code of a tick that counts as no when it is unknown."""
    return no(no(part.code)) if part.type.maybe else part.code


class _Unshared(ast.NodeTransformer):
    """Takes away the temporaries of values that turned out to be used once."""

    def __init__(self, body: ast.expr) -> None:
        names = (node for node in ast.walk(body) if isinstance(node, ast.Name))
        self.read = {node.id for node in names if isinstance(node.ctx, ast.Load)}

    def visit_NamedExpr(self, node: ast.NamedExpr) -> ast.expr:
        self.generic_visit(node)
        return node if node.target.id in self.read else node.value


def build(body: ast.expr, source: str) -> Callable[[Any, Mapping[str, Any]], Value]:
    """Compile the body to a function of a world and bindings, with nothing else in reach."""
    arguments = ast.arguments(
        posonlyargs=[], args=[ast.arg("w"), ast.arg("b")], kwonlyargs=[], kw_defaults=[], defaults=[]
    )
    tree = ast.fix_missing_locations(ast.Expression(ast.Lambda(arguments, _Unshared(body).visit(body))))
    function: Callable[[Any, Mapping[str, Any]], Value]
    function = eval(compile(tree, f"<condition {source}>", "eval", dont_inherit=True), _GLOBALS)  # noqa: S307  our own tree
    return function
