"""`any/all/count/sum(… for x in persons if …)`: over the things of a kind, or over a name that holds several."""

from __future__ import annotations

import ast
from typing import Final

from kerege.engine.conditions import code
from kerege.engine.conditions.bounds import LOOP_DEPTH_MAX
from kerege.engine.conditions.code import Typed
from kerege.engine.conditions.env import Env
from kerege.engine.conditions.exprtype import BAD, NUMBER, TICK, ExprType, thing_of
from kerege.engine.conditions.problem import nearest

LOOPS: Final = {
    "any": "any(yes-or-no for x in persons)",
    "all": "all(yes-or-no for x in persons)",
    "count": "count(x for x in persons if …)",
    "sum": "sum(number for x in persons)",
}
"""The functions that go through things, and how each is written."""


def loop(env: Env, name: str, node: ast.Call) -> Typed:
    """Check a loop. Its variables are known inside it only."""
    inside = node.args[0]
    result = NUMBER if name in {"count", "sum"} else TICK
    if not isinstance(inside, ast.GeneratorExp):
        env.problem(inside, f"{name}() goes through things", f"write {LOOPS[name]}")
        return Typed(result, code.constant(None), simple=True)
    outer = env.loops
    env.loops = dict(outer)
    generators = [_generator(env, part) for part in inside.generators]
    body = _body(env, name, inside.elt)
    env.loops = outer
    return Typed(result, _code(name, body, generators))


def _generator(env: Env, part: ast.comprehension) -> ast.comprehension:
    """Check `for x in persons if …` and make its variable known."""
    held, each = f"v{env.loops_made}", _each(env, part)
    env.loops_made += 1
    if not isinstance(part.target, ast.Name):
        env.problem(part.target, "one name stands between for and in")
        names = [name.id for name in ast.walk(part.target) if isinstance(name, ast.Name)]
        env.loops |= dict.fromkeys(names, (held, BAD))
    else:
        name = part.target.id
        if name in env.types.things or env.bound(name) is not None or name.startswith("__"):
            env.problem(part.target, f"'{name}' already means something", "take another name")
        if len(env.loops) >= LOOP_DEPTH_MAX:
            env.problem(part.target, f"loops go at most {LOOP_DEPTH_MAX} deep")
        env.loops[name] = (held, each)
    source = _source(env, part.iter, each)
    conditions = [code.or_no(env.wants(condition, TICK)) for condition in part.ifs]
    return ast.comprehension(ast.Name(held, ast.Store()), source, conditions, 0)


def _each(env: Env, part: ast.comprehension) -> ExprType:
    """Return the type of the loop's variable."""
    name = part.iter.id if isinstance(part.iter, ast.Name) else ""
    bound, kind = env.bound(name), env.types.plural(name)
    if bound is not None and bound.many:
        return bound.each()
    if kind is not None and env.scope == "truth":
        return thing_of(kind)
    if kind is not None:
        env.problem(
            part.iter, "the asker's view cannot go through all things", "only through a name that holds several"
        )
    else:
        several = [word for word in env.names if env.names[word].many]
        hint = nearest(name, [*env.types.plurals(), *several]) or "write a kind with s: persons"
        env.problem(part.iter, "after 'in' stands a kind's plural", hint)
    return BAD


def _source(env: Env, node: ast.expr, each: ExprType) -> ast.expr:
    """Return code of what the loop goes through."""
    name = node.id if isinstance(node, ast.Name) else ""
    kind = env.types.plural(name)
    if name in env.names or kind is None:
        return code.either([code.binding(name, maybe=True), ast.Tuple([], ast.Load())])
    if each.sort == "thing":
        env.asks.add(("things", kind))
    return code.ask("things", code.constant(kind))


def _body(env: Env, name: str, node: ast.expr) -> Typed:
    """Check what is said of each: a number for sum, yes or no for the others; the thing itself stands for yes."""
    if name == "sum":
        return env.wants(node, NUMBER)
    if isinstance(node, ast.Name) and node.id in env.loops:
        return Typed(TICK, code.constant(value=True), simple=True)
    return env.wants(node, TICK)


def _code(name: str, body: Typed, generators: list[ast.comprehension]) -> ast.expr:
    """Return code of the loop: any and all stop early, the others fill a list, which is faster than a generator."""
    if name in {"any", "all"}:
        return code.call(name, ast.GeneratorExp(body.code, generators))
    if name == "sum":
        return code.call("sum", ast.ListComp(code.or_zero(body), generators))
    generators[-1].ifs.append(body.code)
    return code.call("len", ast.ListComp(code.constant(None), generators))
