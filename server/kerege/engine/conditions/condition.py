"""A condition: source text on the way in, a checked Python function and the list of what it reads on the way out.

Three steps, each on its own page: `scan` parses within bounds, `expression` checks and types, `code` builds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kerege.engine.conditions import code
from kerege.engine.conditions.bounds import PROBLEMS_MAX
from kerege.engine.conditions.env import Env, Scope
from kerege.engine.conditions.expression import infer
from kerege.engine.conditions.exprtype import TICK, ExprType, NameType
from kerege.engine.conditions.problem import ConditionProblems
from kerege.engine.conditions.scan import parse
from kerege.engine.conditions.vocabulary import Types
from kerege.engine.conditions.world import Truth, View
from kerege.engine.pack import Value


@dataclass(frozen=True, slots=True)
class Condition:
    """A compiled condition.

    Args:
        run: world (of the scope it was compiled for) and bound names -> value. Names that may be None may be missing.
        reads: (thing id or `kind:<kind>`, field): every field of the truth, or of records, whose value it looks at.
        asks: what else it depends on: ("knows", thing id or kind:…, field), ("times", action), ("filed", form),
            ("played", thing id or kind:…), ("fired", id), ("things", kind) for the loop over a kind, ("now",).
    """

    source: str
    scope: Scope
    type: ExprType
    reads: frozenset[tuple[str, str]]
    asks: frozenset[tuple[str, ...]]
    run: Callable[[Truth | View, Mapping[str, Any]], Value] = field(compare=False, repr=False)


def compile_condition(
    source: str, types: Types, scope: Scope, names: Mapping[str, NameType], expects: ExprType = TICK
) -> Condition:
    """
    Check an expression and compile it.

    Args:
        source: What the author wrote, at most SOURCE_CHARS_MAX characters; it may run over several lines.
        types: The words of the pack.
        scope: "view" reads the asker's records only, "truth" the world and everybody's knowledge.
        names: The bound names. A thing is a face in the view scope.
        expects: What the value is for: yes or no, a number, or a field's type (`field_type`). A tick or number that
            is not `maybe` is never None: what is unknown is no, or 0.

    Raises:
        ConditionProblems: All that is wrong with it, with columns and hints.
    """
    tree = parse(source)
    env = Env(types=types, scope=scope, names=names, infer=infer)
    whole = env.wants(tree, expects)
    if env.problems:
        raise ConditionProblems(env.problems[:PROBLEMS_MAX])
    body = whole.code
    if whole.type.maybe and not expects.maybe and expects.sort in {"tick", "number"}:
        body = code.or_no(whole) if expects.sort == "tick" else code.or_zero(whole)
    return Condition(source, scope, expects, frozenset(env.reads), frozenset(env.asks), code.build(body, source))
