"""The functions of the language: which scope knows them, how they are written, and what they become.

The view scope reads the asker's records, the truth scope the world: a function of the other scope is a mistake of
secrecy, not of spelling, and says so (design.md section 3).
"""

from __future__ import annotations

import ast
from typing import Final

from kerege.engine.conditions import code
from kerege.engine.conditions.code import Typed
from kerege.engine.conditions.env import Env
from kerege.engine.conditions.exprtype import NUMBER
from kerege.engine.conditions.knowledge import knowing
from kerege.engine.conditions.loops import LOOPS, loop
from kerege.engine.conditions.problem import nearest
from kerege.engine.conditions.records import record
from kerege.engine.conditions.story import happening

VIEW: Final = {
    "known": ("known(x.f)", 1, 1),
    "latest": ("latest(x.f)", 1, 1),
    "some": ("some(x.f, value)", 2, 2),
    "disputed": ("disputed(x.f)", 1, 1),
    "age": ("age(x.f)", 1, 1),
}
"""Functions that read the asker's records: how each is written, fewest and most arguments."""

TRUTH: Final = {
    "knows": ("knows(team, x.f) or knows(team, x.f, value)", 2, 3),
    "learnt_at": ("learnt_at(team, x.f)", 2, 2),
    "times": ("times(action), times(action, agency) or times(action, agency, outcome)", 1, 3),
    "filed": ("filed(form) or filed(form, agency)", 1, 2),
    "convened": ("convened(team, team)", 1, 8),
    "decided": ("decided() or decided(team)", 0, 1),
    "played": ("played(thing)", 1, 1),
    "speaks_for": ("speaks_for(team, person)", 2, 2),
    "fired": ("fired(rule)", 1, 1),
    "now": ("now()", 0, 0),
}
"""Functions that read the truth and everybody's knowledge."""

BOTH: Final = {"minutes": ("minutes(number)", 1, 1)} | {name: (usage, 1, 1) for name, usage in LOOPS.items()}
"""Functions of both scopes."""

VIEW_ADVICE: Final = "a condition on the asker's view reads records: write " + ", ".join(
    usage for usage, _, _ in VIEW.values()
)
TRUTH_ADVICE: Final = "this condition reads the truth: write x.f, or " + ", ".join(
    usage for usage, _, _ in TRUTH.values()
)


def function_call(env: Env, node: ast.Call) -> Typed:
    """Check a call of one of the language's functions."""
    if not isinstance(node.func, ast.Name):
        return env.problem(node.func, "only the language's own functions can be called")
    name = node.func.id
    own, other = (VIEW, TRUTH) if env.scope == "view" else (TRUTH, VIEW)
    if name in other:
        what = "the truth" if env.scope == "view" else "the asker's records"
        advice = VIEW_ADVICE if env.scope == "view" else TRUTH_ADVICE
        return env.problem(node, f"{name}() reads {what}", advice)
    known = own | BOTH
    if name not in known:
        return env.problem(node, f"there is no function '{name}'", nearest(name, known))
    usage, fewest, most = known[name]
    for argument in node.args:
        if isinstance(argument, ast.Starred):
            return env.problem(argument, "'*' means nothing before an argument", f"write {usage}")
    if not fewest <= len(node.args) <= most:
        return env.problem(node, f"{name}() is given {len(node.args)} arguments", f"write {usage}")
    if name in LOOPS:
        return loop(env, name, node)
    if name == "minutes":
        return _minutes(env, node.args[0])
    if name in VIEW:
        return record(env, name, node.args)
    if name in {"knows", "learnt_at"}:
        return knowing(env, name, node.args)
    return happening(env, name, node.args)


def _minutes(env: Env, node: ast.expr) -> Typed:
    number = env.wants(node, NUMBER)
    return Typed(NUMBER, ast.BinOp(code.or_zero(number), ast.Mult(), code.constant(60)))
