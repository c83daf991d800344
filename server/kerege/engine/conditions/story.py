"""The functions that read what has happened: times, filed, played, speaks_for, fired, now."""

from __future__ import annotations

import ast
from collections.abc import Collection

from kerege.engine.conditions import code
from kerege.engine.conditions.code import Typed
from kerege.engine.conditions.env import Env
from kerege.engine.conditions.exprtype import NUMBER, TEAM, TICK
from kerege.engine.conditions.fieldref import subject
from kerege.engine.conditions.problem import nearest, one


def happening(env: Env, name: str, arguments: list[ast.expr]) -> Typed:
    """Check a function that asks what has been done, filed, fired, who is played, or how late it is."""
    types = env.types
    match name:
        case "times":
            action = _id(env, arguments[0], types.actions, "action")
            agency = _id_or_any(env, arguments[1:2], types.agencies, "agency")
            outcome = _id_or_any(env, arguments[2:3], types.actions.get(action or "", ()), "outcome", quiet=not action)
            env.asks.add(("times", action or ""))
            return Typed(NUMBER, code.ask("times", *map(code.constant, (action, agency, outcome))))
        case "filed":
            form = _id(env, arguments[0], types.forms, "form")
            agency = _id_or_any(env, arguments[1:2], types.agencies, "agency")
            env.asks.add(("filed", form or ""))
            return Typed(TICK, code.ask("filed", code.constant(form), code.constant(agency)))
        case "fired":
            fired = _id(env, arguments[0], types.fires, "rule or inject")
            env.asks.add(("fired", fired or ""))
            return Typed(TICK, code.ask("fired", code.constant(fired)))
        case "convened":
            known = [*types.viewers, *types.agencies]
            teams = [_id(env, argument, known, "team") for argument in arguments]
            env.asks.add(("convened", ""))
            return Typed(TICK, code.ask("convened", *map(code.constant, teams)))
        case "decided":
            owner = _id_or_any(env, arguments, [*types.viewers, *types.agencies], "team")
            env.asks.add(("decided", ""))
            return Typed(NUMBER, code.ask("decided", code.constant(owner)))
        case "speaks_for":
            return _speaks_for(env, arguments)
        case "played":
            return _played(env, arguments[0])
    env.asks.add(("now",))
    return Typed(NUMBER, code.ask("now_s"))


def _played(env: Env, node: ast.expr) -> Typed:
    thing = subject(env, node)
    if thing is None:
        return Typed(TICK, code.constant(None), simple=True)
    env.asks.update(("played", key) for key in thing.keys)
    if thing.maybe:
        return Typed(TICK.optional(), code.ask_of(0, "played", thing.code))
    return Typed(TICK, code.ask("played", thing.code))


def _speaks_for(env: Env, arguments: list[ast.expr]) -> Typed:
    team, person = env.wants(arguments[0], TEAM), subject(env, arguments[1])
    if person is None:
        return Typed(TICK, code.constant(None), simple=True)
    if person.maybe:
        return Typed(TICK.optional(), code.ask_of(1, "speaks_for", team.code, person.code))
    return Typed(TICK, code.ask("speaks_for", team.code, person.code))


def _id(env: Env, node: ast.expr, known: Collection[str], what: str, *, quiet: bool = False) -> str | None:
    """Return the id that is written here, bare or quoted; nothing when that is a problem, which is then noted."""
    match node:
        case ast.Name(id=text) | ast.Constant(value=str(text)) if text in known:
            return text
        case ast.Name(id=text) | ast.Constant(value=str(text)):
            if not quiet:
                env.problem(node, f"there is no {what} '{text}'", nearest(text, known))
        case _:
            env.problem(node, f"the id of {one(what)} stands here")
    return None


def _id_or_any(
    env: Env, nodes: list[ast.expr], known: Collection[str], what: str, *, quiet: bool = False
) -> str | None:
    """Return the id that is written here; nothing for "any": left out, or None."""
    if not nodes or (isinstance(nodes[0], ast.Constant) and nodes[0].value is None):
        return None
    return _id(env, nodes[0], known, what, quiet=quiet)
