"""The walk over a condition's tree: each node is checked, typed and turned into code; the rest of Python is refused."""

from __future__ import annotations

import ast
from typing import Final

from kerege.engine.conditions import code
from kerege.engine.conditions.bounds import INTEGER_MAX
from kerege.engine.conditions.calls import VIEW_ADVICE, function_call
from kerege.engine.conditions.code import Typed
from kerege.engine.conditions.comparison import comparison
from kerege.engine.conditions.env import Env
from kerege.engine.conditions.exprtype import NONE, NUMBER, TICK, ExprType
from kerege.engine.conditions.fieldref import field_ref
from kerege.engine.conditions.words import word

_REFUSED: Final[dict[type[ast.expr], tuple[str, str | None]]] = {
    ast.IfExp: ("'if … else' means nothing here", "write two outcomes or rules"),
    ast.Lambda: ("a lambda means nothing here", None),
    ast.Starred: ("'*' means nothing here", None),
    ast.Tuple: ("a list stands only after 'in'", "join conditions with and, or"),
    ast.GeneratorExp: ("'for' stands only in any(), all(), count(), sum()", None),
}
_ARITHMETIC: Final = (ast.Add, ast.Sub, ast.Mult)


def infer(env: Env, node: ast.expr, expected: ExprType | None) -> Typed:
    """Return what `node` is. `expected` gives words their sense; whether the type fits is for the caller to say."""
    match node:
        case ast.Name() | ast.Constant(value=str()):
            return word(env, node, expected)
        case ast.Constant():
            return _constant(env, node)
        case ast.Attribute():
            return _field(env, node)
        case ast.BoolOp(op=operator, values=values):
            parts = [env.wants(value, TICK) for value in values]
            maybe = any(part.type.maybe for part in parts)
            return Typed(TICK.optional() if maybe else TICK, ast.BoolOp(operator, [part.code for part in parts]))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Typed(TICK, code.no(env.wants(operand, TICK).code))
        case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=operand):
            return Typed(NUMBER, ast.UnaryOp(sign, code.or_zero(env.wants(operand, NUMBER))))
        case ast.BinOp(left=left, op=operator, right=right) if isinstance(operator, _ARITHMETIC):
            first, second = env.wants(left, NUMBER), env.wants(right, NUMBER)
            return Typed(NUMBER, ast.BinOp(code.or_zero(first), operator, code.or_zero(second)))
        case ast.Compare():
            return comparison(env, node)
        case ast.Call():
            return function_call(env, node)
    message, hint = _REFUSED.get(type(node), ("this means nothing here", None))
    return env.problem(node, message, hint)


def _constant(env: Env, node: ast.Constant) -> Typed:
    match node.value:
        case None:
            return Typed(NONE, code.constant(None), simple=True)
        case bool(value):
            return Typed(TICK, code.constant(value), simple=True)
        case int(value):
            if value > INTEGER_MAX:
                return env.problem(node, f"numbers go up to {INTEGER_MAX}")
            return Typed(NUMBER, code.constant(value), simple=True)
    return env.problem(node, "only integers, words, True, False and None stand here")


def _field(env: Env, node: ast.Attribute) -> Typed:
    """Read a field of the truth. In the view this is the mistake that the scopes are there for."""
    if env.scope == "view":
        name = f"{node.value.id}.{node.attr}" if isinstance(node.value, ast.Name) else "x.f"
        return env.problem(node, f"'{name}' is the truth", VIEW_ADVICE.replace("x.f", name))
    ref = field_ref(env, node)
    if ref is None:
        return code.bad()
    env.reads.update(ref.pairs())
    return Typed(ref.type, ref.ask("value"))
