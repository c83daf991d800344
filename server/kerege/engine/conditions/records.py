"""The functions that read the asker's records: known, latest, some, disputed, age."""

from __future__ import annotations

import ast

from kerege.engine.conditions import code
from kerege.engine.conditions.code import Typed
from kerege.engine.conditions.env import Env
from kerege.engine.conditions.exprtype import NUMBER, TICK
from kerege.engine.conditions.fieldref import field_ref


def record(env: Env, name: str, arguments: list[ast.expr]) -> Typed:
    """Check a function of the view scope."""
    ref = field_ref(env, arguments[0])
    if ref is None:
        return code.bad()
    env.reads.update(ref.pairs())
    if name == "age":
        env.asks.add(("now",))
        return Typed(NUMBER.optional(), ref.ask("age_s"))
    if name == "latest":
        return Typed(ref.type, ref.ask("latest"))
    result = TICK.optional() if ref.subject.maybe else TICK
    if name == "some":
        return Typed(result, ref.ask("some", env.wants(arguments[1], ref.type).code))
    return Typed(result, ref.ask(name))
