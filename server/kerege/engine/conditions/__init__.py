"""The condition language: a typed subset of Python's expressions, checked against a pack's words, compiled once.

Pure. The world is handed in when a condition runs; nothing else is in its reach.
"""

from kerege.engine.conditions.bounds import (
    INTEGER_MAX,
    LOOP_DEPTH_MAX,
    NESTING_MAX,
    NODES_MAX,
    PROBLEMS_MAX,
    SOURCE_CHARS_MAX,
)
from kerege.engine.conditions.condition import Condition, compile_condition
from kerege.engine.conditions.env import Scope
from kerege.engine.conditions.exprtype import (
    NUMBER,
    TEAM,
    TEXT,
    TICK,
    ExprType,
    NameType,
    choice_of,
    field_type,
    param_type,
    thing_of,
)
from kerege.engine.conditions.problem import ConditionError, ConditionProblems, nearest
from kerege.engine.conditions.vocabulary import Types
from kerege.engine.conditions.world import Truth, View

__all__ = [
    "INTEGER_MAX",
    "LOOP_DEPTH_MAX",
    "NESTING_MAX",
    "NODES_MAX",
    "NUMBER",
    "PROBLEMS_MAX",
    "SOURCE_CHARS_MAX",
    "TEAM",
    "TEXT",
    "TICK",
    "Condition",
    "ConditionError",
    "ConditionProblems",
    "ExprType",
    "NameType",
    "Scope",
    "Truth",
    "Types",
    "View",
    "choice_of",
    "compile_condition",
    "field_type",
    "nearest",
    "param_type",
    "thing_of",
]
