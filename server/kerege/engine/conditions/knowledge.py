"""The functions that read everybody's knowledge: knows, learnt_at."""

from __future__ import annotations

import ast

from kerege.engine.conditions import code
from kerege.engine.conditions.code import Typed
from kerege.engine.conditions.env import Env
from kerege.engine.conditions.exprtype import NUMBER, TEAM, TICK
from kerege.engine.conditions.fieldref import field_ref


def knowing(env: Env, name: str, arguments: list[ast.expr]) -> Typed:
    """Check knows(who, x.f), knows(who, x.f, value) or learnt_at(who, x.f)."""
    who = env.wants(arguments[0], TEAM)
    ref = field_ref(env, arguments[1])
    result = NUMBER.optional() if name == "learnt_at" else TICK
    if ref is None:
        return Typed(result, code.constant(None), simple=True)
    env.asks.update(("knows", key, ref.field) for key in ref.subject.keys)
    method = "learnt_at_s" if name == "learnt_at" else "knows"
    rest = [code.constant(ref.field)]
    if len(arguments) > 2:
        method = "knows_value"
        rest.append(env.wants(arguments[2], ref.type).code)
    if ref.subject.maybe:
        asking = code.ask_of(1, method, who.code, ref.subject.code, *rest)
        return Typed(result.optional(), asking)
    return Typed(result, code.ask(method, who.code, ref.subject.code, *rest))
