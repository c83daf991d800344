"""`== != < <= > >= in, not in`, chained as in Python. What is unknown is neither more nor less than anything.

Words take their sense from what they are compared with; a team is compared with all teams of an agency; in the view,
whether two things are one is asked of the view.
"""

from __future__ import annotations

import ast
from typing import Final

from kerege.engine.conditions import code
from kerege.engine.conditions.code import Typed
from kerege.engine.conditions.env import Env
from kerege.engine.conditions.exprtype import TICK, ExprType, comparable
from kerege.engine.conditions.words import is_word

_ORDER: Final = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_MEMBER: Final = (ast.In, ast.NotIn)


def comparison(env: Env, node: ast.Compare) -> Typed:
    """Check a comparison; its value is always yes or no."""
    for i, operator in enumerate(node.ops):
        if isinstance(operator, ast.Is | ast.IsNot):
            return env.problem(node.comparators[i], "'is' means nothing here", "compare with == or !=")
        if isinstance(operator, _MEMBER) and i + 1 < len(node.ops):
            return env.problem(node.comparators[i + 1], "nothing can follow 'in (…)'", "join with and")
    sides = [[node.left]]
    for operator, right in zip(node.ops, node.comparators, strict=True):
        sides.append(_members(env, right) if isinstance(operator, _MEMBER) else [right])
    typed = _typed(env, sides)
    if not all(typed):
        return code.bad()
    found = len(env.problems)
    for i, operator in enumerate(node.ops):
        for leaf, right_typed in zip(sides[i + 1], typed[i + 1], strict=True):
            _sensible(env, leaf, operator, typed[i][0], right_typed)
    if len(env.problems) > found:
        return code.bad()
    parts: list[ast.expr] = []
    for i, operator in enumerate(node.ops):
        parts += _pair(env, operator, typed[i][0], typed[i + 1])
    return Typed(TICK, code.both(parts))


def _members(env: Env, node: ast.expr) -> list[ast.expr]:
    """Return the expressions of the list after `in`; none when that is a problem, which is then noted."""
    if isinstance(node, ast.Tuple) and node.elts:
        return node.elts
    bound = env.bound(node.id) if isinstance(node, ast.Name) else None
    if is_word(env, node) or (bound is not None and bound.many):
        return [node]
    env.problem(node, "after 'in' stands a list", "write in (a, b), or == for one value")
    return []


def _typed(env: Env, sides: list[list[ast.expr]]) -> list[list[Typed]]:
    """Type first what speaks for itself, then the words by what stands beside them."""
    done: dict[int, Typed] = {}
    for leaf in (leaf for side in sides for leaf in side if not is_word(env, leaf)):
        bound = env.bound(leaf.id) if isinstance(leaf, ast.Name) else None
        if isinstance(leaf, ast.Name) and bound is not None and bound.many and [leaf] in sides[1:]:
            held = code.either([code.binding(leaf.id, maybe=True), ast.Tuple([], ast.Load())])
            done[id(leaf)] = Typed(bound, held)
        else:
            done[id(leaf)] = env.infer(env, leaf, None)
    for i, side in enumerate(sides):
        near = [leaf for part in sides[max(i - 1, 0) : i + 2] for leaf in part if not is_word(env, leaf)]
        for leaf in side:
            beside = [done[id(other)].type for other in near if other is not leaf]
            known = next((type_.each() for type_ in beside if type_.sort != "none"), None)
            if is_word(env, leaf) or _misread(leaf, done[id(leaf)].type, known):
                done[id(leaf)] = env.infer(env, leaf, known)
    return [[done[id(leaf)] for leaf in side] for side in sides]


def _misread(leaf: ast.expr, bound: ExprType, known: ExprType | None) -> bool:
    """Whether a bound name cannot be meant here, so that a choice of its spelling may be."""
    return isinstance(leaf, ast.Name) and known is not None and not bound.many and not comparable(bound, known)


def _sensible(env: Env, node: ast.expr, operator: ast.cmpop, left: Typed, right: Typed) -> None:
    """Note a comparison that could never hold."""
    if isinstance(operator, _ORDER):
        for side in (left, right):
            if side.type.sort not in {"number", "bad"}:
                env.problem(node, f"only numbers are more or less, this is {side.type}")
                return
    elif left.type.many or (right.type.many and not isinstance(operator, _MEMBER)):
        env.problem(node, "several are never one", "write x in …")
    elif not comparable(left.type, right.type):
        env.problem(node, f"{left.type} is never {right.type}")


def _pair(env: Env, operator: ast.cmpop, left: Typed, rights: list[Typed]) -> list[ast.expr]:
    """Return code of one comparison out of a chain, as parts that must all hold."""
    right, temps = rights[0], env.temps
    match operator:
        case ast.Eq():
            return [_equal(env, left, right)]
        case ast.NotEq():
            return [code.no(_equal(env, left, right))]
        case ast.In():
            return [_member(env, left, rights)]
        case ast.NotIn():
            return [code.no(_member(env, left, rights))]
    nobody = code.constant(None)
    known = [code.compare(side.use(temps), ast.IsNot(), nobody) for side in (left, right) if side.type.maybe]
    return [*known, code.compare(left.use(temps), operator, right.use(temps))]


def _equal(env: Env, left: Typed, right: Typed) -> ast.expr:
    if right.type.sort == "team" and right.word is not None:
        return _member(env, left, [right])
    if left.type.sort == "team" and left.word is not None:
        return _member(env, right, [left])
    if _by_view(env, left, right):
        return code.ask("same", left.use(env.temps), right.use(env.temps))
    return code.compare(left.use(env.temps), ast.Eq(), right.use(env.temps))


def _member(env: Env, left: Typed, rights: list[Typed]) -> ast.expr:
    if rights[0].type.many:
        if not _by_view(env, left, rights[0]):
            return code.compare(left.use(env.temps), ast.In(), rights[0].code)
        each = code.ask("same", left.use(env.temps), code.variable("m"))
        return code.call("any", code.generator(each, "m", rights[0].code))
    if any(_by_view(env, left, right) for right in rights):
        return code.either([_equal(env, left, right) for right in rights])
    members: list[ast.expr] = []
    for right in rights:
        if right.type.sort == "team" and right.word is not None:
            members += [code.constant(team) for team in env.types.teams_of(right.word)]
        else:
            members.append(right.use(env.temps))
    return code.compare(left.use(env.temps), ast.In(), ast.Tuple(members, ast.Load()))


def _by_view(env: Env, left: Typed, right: Typed) -> bool:
    """Whether equality is for the view to say: which faces are one is knowledge."""
    return env.scope == "view" and left.type.sort == "thing" == right.type.sort
