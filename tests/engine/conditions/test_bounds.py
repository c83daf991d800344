"""The bounds of the language, at the bound and past it (law 7)."""

from __future__ import annotations

import sys

import pytest

from kerege.engine.conditions import (
    INTEGER_MAX,
    LOOP_DEPTH_MAX,
    NESTING_MAX,
    NODES_MAX,
    PROBLEMS_MAX,
    SOURCE_CHARS_MAX,
    ConditionProblems,
    compile_condition,
)
from tests.engine.conditions.story import NAMES, TYPES, FakeTruth


def value(source):
    return compile_condition(source, TYPES, "truth", NAMES).run(FakeTruth(), {})


def refusal(source):
    with pytest.raises(ConditionProblems) as caught:
        compile_condition(source, TYPES, "truth", NAMES)
    return caught.value.problems


def test_source_chars_max():
    """A source of SOURCE_CHARS_MAX characters is read, one more is not."""
    assert value("True".ljust(SOURCE_CHARS_MAX)) is True
    assert "at most 500 characters" in refusal("True".ljust(SOURCE_CHARS_MAX + 1))[0].message


def test_nodes_max():
    """A tree of NODES_MAX nodes is checked, one more is not."""
    fitting = " or ".join(["1<2"] * 66 + ["True"])  # one for `or`, three for each `1<2`, one for the last
    assert NODES_MAX == 1 + 66 * 3 + 1
    assert value(fitting) is True
    assert f"more than {NODES_MAX} parts" in refusal(f"{fitting} or True")[0].message


@pytest.mark.parametrize(("prefix", "suffix"), [("(", ")"), ("not ", ""), ("(not ", ")")])
def test_nesting_max(prefix, suffix):
    """Brackets and prefixes are nested to NESTING_MAX and no deeper."""
    inside = NESTING_MAX - 1
    assert value(prefix * inside + "True" + suffix * inside) in {True, False}
    assert f"more than {NESTING_MAX} deep" in refusal(prefix * (inside + 2) + "True" + suffix * (inside + 2))[0].message


def test_long_sums_are_nested_too():
    """A sum is a tree that leans to the left; it is as deep as it is long."""
    assert value("1" + "+1" * (NESTING_MAX - 2) + f"=={NESTING_MAX - 1}") is True
    assert "deep" in refusal("1" + "+1" * (NESTING_MAX - 1) + "==1")[0].message


@pytest.mark.parametrize(
    "source", ["not " * 5000, "(" * 5000, "-" * 400, "(" * 200 + "1" + ")" * 200, "lambda:" * 70, "a." * 240 + "a",
               "f(" * 150 + ")" * 150, "~" * 480, "[" * 480, "not(" * 100, "await " * 80, "x if y else " * 40 + "z",
               "{" * 250 + "}" * 250, "1<" * 240 + "1", "p for p in " * 40 + "p"],
)  # fmt: skip
def test_the_parser_never_meets_a_tower(source):
    """However deep a text is, and however little stack is left, it is a problem and no crash."""

    def deeper(levels):
        return refusal(source) if levels == 0 else deeper(levels - 1)

    assert deeper(0)
    assert deeper(sys.getrecursionlimit() // 2)


def test_loop_depth_max():
    """Loops go LOOP_DEPTH_MAX deep, side by side or one in another."""
    assert LOOP_DEPTH_MAX == 2
    assert value("any(p == q for p in persons for q in persons)") is True
    assert value("any(any(p == q for q in persons) for p in persons) and any(r for r in persons)") is True
    assert "2 deep" in refusal("any(p == q for p in persons for q in persons for r in persons)")[0].message
    assert "2 deep" in refusal("any(any(any(p == r for r in persons) for q in persons) for p in persons)")[0].message


def test_integer_max():
    """Integers are written up to INTEGER_MAX."""
    assert value(f"{INTEGER_MAX} > 0") is True
    assert "numbers go up to" in refusal(f"{INTEGER_MAX + 1} > 0")[0].message
    assert "numbers go up to" in refusal("9" * 490 + "> 0")[0].message


def test_problems_max():
    """At most PROBLEMS_MAX problems are told at once."""
    assert len(refusal(" or ".join(["x"] * PROBLEMS_MAX))) == PROBLEMS_MAX
    assert len(refusal(" or ".join(["x"] * (PROBLEMS_MAX + 1)))) == PROBLEMS_MAX
    assert len(refusal("&" * (PROBLEMS_MAX + 1))) <= PROBLEMS_MAX
