"""Words that stand alone, bare or quoted: bound names, things, choices, teams, text keys, nobody.

What stands on the other side decides: where a choice is expected, the words of that choice come before things.
"""

from __future__ import annotations

import ast

from kerege.engine.conditions import code
from kerege.engine.conditions.code import Typed
from kerege.engine.conditions.env import NOBODY, Env
from kerege.engine.conditions.exprtype import NONE, TEXT, ExprType, comparable, thing_of
from kerege.engine.conditions.problem import nearest, one


def is_word(env: Env, node: ast.expr) -> bool:
    """Whether `node` is a word whose sense depends on what is expected: not a bound name, not nobody."""
    match node:
        case ast.Constant(value=str()):
            return True
        case ast.Name(id=name):
            return env.bound(name) is None and name not in NOBODY
    return False


def word(env: Env, node: ast.Name | ast.Constant, expected: ExprType | None) -> Typed:
    """Return what a word means where `expected` is looked for."""
    text = node.id if isinstance(node, ast.Name) else str(node.value)
    if isinstance(node, ast.Name):
        bound = env.bound(text)
        if bound is not None and (expected is None or comparable(bound, expected) or not _literal(env, text, expected)):
            return _bound(env, node, bound)
        if text in NOBODY and not (expected and text in expected.choices):
            return Typed(NONE, code.constant(None), simple=True)
    if expected is not None:
        literal = _literal(env, text, expected)
        if literal is not None:
            return literal
    if text in env.types.things and (expected is None or expected.sort == "bad"):
        return _thing(env, text)
    return _unknown(env, node, text, expected)


def _literal(env: Env, text: str, expected: ExprType) -> Typed | None:
    """Return the word as a literal of the expected type, or nothing if it is none."""
    match expected.sort:
        case "choice" if text in expected.choices:
            return Typed(expected.each(), code.constant(text), simple=True, word=text)
        case "team" if text in env.types.viewers or text in env.types.agencies:
            return Typed(expected.each(), code.constant(text), simple=True, word=text)
        case "thing" if text in env.types.things and _kind_fits(env, text, expected):
            return _thing(env, text)
        case "text":
            return Typed(TEXT, code.constant(text), simple=True, word=text)
    return None


def _kind_fits(env: Env, thing: str, expected: ExprType) -> bool:
    return not expected.kinds or env.types.things[thing] in expected.kinds


def _thing(env: Env, thing: str) -> Typed:
    return Typed(thing_of(env.types.things[thing]), code.constant(env.thing_code(thing)), simple=True, word=thing)


def _bound(env: Env, node: ast.Name, bound: ExprType) -> Typed:
    if bound.many:
        return env.problem(node, f"'{node.id}' holds several", f"write x in {node.id}, or any(… for x in {node.id})")
    if node.id in env.loops:
        return Typed(bound, code.variable(env.loops[node.id][0]), simple=True)
    return Typed(bound, code.binding(node.id, maybe=bound.maybe), simple=True)


def _unknown(env: Env, node: ast.expr, text: str, expected: ExprType | None) -> Typed:
    """Note that the word is not known, or not known here."""
    if expected is not None and expected.sort == "bad":
        return code.bad()
    if env.types.plural(text) and isinstance(node, ast.Name):
        return env.problem(node, f"'{text}' are several", f"write any(… for x in {text})")
    match expected.sort if expected else "none":
        case "choice":
            assert expected is not None
            known = sorted(expected.choices)
            hint = nearest(text, known) or f"there are: {', '.join(known)}"
            return env.problem(node, f"'{text}' is not one of its choices", hint)
        case "team":
            teams = [*env.types.viewers, *env.types.agencies]
            return env.problem(node, f"there is no team '{text}'", nearest(text, teams))
        case "thing" if text in env.types.things:
            return env.problem(node, f"'{text}' is {one(env.types.things[text])}, not {expected}")
        case "number" | "tick" if text in env.types.things or isinstance(node, ast.Constant):
            return env.problem(node, f"'{text}' is a word, not {expected}")
    choices = {choice for fields in env.types.kinds.values() for kind in fields.values() for choice in kind.choices}
    if text in choices or (isinstance(node, ast.Constant) and expected is None):
        return env.problem(node, f"nothing here says what '{text}' is a choice of", "compare it with a field")
    return env.problem(node, f"there is no '{text}'", nearest(text, env.words()))
