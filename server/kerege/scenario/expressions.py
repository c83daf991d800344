"""Conditions and values: each is compiled once against the pack's words, and its problems get their place in the file."""

from __future__ import annotations

from typing import Literal

from kerege.engine.bindings import Names
from kerege.engine.conditions import ConditionProblems, compile_condition
from kerege.engine.conditions.exprtype import NUMBER, TICK, ExprType, field_type
from kerege.engine.pack import Field
from kerege.scenario.desk import Desk, Scope, as_key
from kerege.scenario.places import At
from kerege.scenario.values import TEXT_KEY


def read_condition(
    desk: Desk,
    at: At,
    written: str | int | bool | None,  # noqa: FBT001 - as YAML reads it
    scope: Literal["view", "truth"],
    names: Names,
) -> str | None:
    """The source of a yes-or-no condition, checked; None where there is none."""
    return None if written is None else _check(desk, at, str(written), scope, names, TICK)


def read_edge(desk: Desk, at: At, written: str | int | bool) -> str | None:  # noqa: FBT001
    """The source of a condition that is looked at when what it reads has changed: the time alone never makes it so."""
    source = read_condition(desk, at, written, "truth", {})
    try:
        asks = compile_condition(str(written), desk.types, "truth", {}, TICK).asks
    except ConditionProblems:
        return source
    if ("now",) in asks:
        message = "the time is not looked at by itself here; use a rule `when: {at: …}`, and the rest as its `if`"
        desk.error(at, message)
    return source


def read_number(desk: Desk, at: At, written: str | int | bool, names: Names) -> str:  # noqa: FBT001
    """The source of a truth-scope number, checked."""
    return _check(desk, at, str(written), "truth", names, NUMBER)


def read_expression(desk: Desk, at: At, written: str | int | bool | None, declared: Field, names: Names) -> str:  # noqa: FBT001
    """The source of a truth-scope value of a field, checked."""
    source = str(written)
    if declared.type == "text" and isinstance(written, str) and TEXT_KEY.match(written) and written not in names:
        desk.use(at, written, Scope(), "control" if declared.naming else "shown")
        source = repr(as_key(written))
    return _check(desk, at, source, "truth", names, field_type(declared))


def _check(desk: Desk, at: At, source: str, scope: Literal["view", "truth"], names: Names, expects: ExprType) -> str:
    try:
        compile_condition(source, desk.types, scope, names, expects)
    except ConditionProblems as error:
        starts = _line_starts(source)
        for problem in error.problems:
            offset = starts[min(problem.line, len(starts) - 1)] + problem.offset
            message, hint = problem.message, problem.hint
            if hint is not None and hint.startswith(_DID_YOU_MEAN):
                hint = hint.removeprefix(_DID_YOU_MEAN).rstrip("?").strip("'")
            elif hint is not None:
                message, hint = f"{message}; {hint}", None
            desk.problems.append(at.problem(message, hint, offset=offset))
    return source


def _line_starts(source: str) -> list[int]:
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


_DID_YOU_MEAN = "did you mean "
