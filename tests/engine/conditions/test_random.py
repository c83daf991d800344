"""Conditions nobody thought of: the compiled function means what the naive interpreter means; garbage is a problem."""

from __future__ import annotations

import ast

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kerege.engine.conditions import NUMBER, SOURCE_CHARS_MAX, TICK, ConditionProblems, compile_condition
from tests.engine.conditions.reference import Reference
from tests.engine.conditions.story import BINDINGS, NAMES, PERSON, TYPES, FakeTruth, FakeView

ROLES = sorted(PERSON["role"].choices)
PEOPLE = ["raisa", "aida", "driver", "person", "helper", "unit"]
PLACES = ["site", "gone"]
TEAMS = ["fiu", "patrol", "patrol_2", "asker"]


def people(loops):
    return st.sampled_from([*PEOPLE, *loops])


def numbers(depth, loops=()):
    field = st.builds("{}.{}".format, people(loops), st.sampled_from(["trust", "times_told"]))
    learnt = st.builds("learnt_at({}, {}.owner)".format, st.sampled_from(TEAMS), st.sampled_from(["a17", "target"]))
    leaf = st.one_of(
        st.integers(0, 60).map(str),
        field,
        learnt,
        st.sampled_from(["amount", "pause", "now()", "times(interview, patrol)"]),
    )
    if depth == 0:
        return leaf
    below = numbers(depth - 1, loops)
    parts = [
        leaf,
        st.builds("({} {} {})".format, below, st.sampled_from("+-*"), below),
        st.builds("-{}".format, below),
        st.builds("minutes({})".format, below),
    ]
    if len(loops) < 2:
        inside = (*loops, f"x{len(loops)}")
        head = st.builds(f"for x{len(loops)} in {{}}".format, st.sampled_from(["persons", "people"]))
        parts += [
            st.builds("count({} {} if {})".format, st.just(inside[-1]), head, ticks(depth - 1, inside)),
            st.builds("count({} {})".format, ticks(depth - 1, inside), head),
            st.builds("sum({} {})".format, numbers(depth - 1, inside), head),
        ]
    return st.one_of(parts)


def ticks(depth, loops=()):
    number, person = numbers(max(depth - 1, 0), loops), people(loops)
    order, equal = st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), st.sampled_from(["==", "!="])
    role = st.one_of(st.sampled_from([*ROLES, "nobody"]), st.builds("{}.role".format, person))
    leaf = [
        st.builds("{}.injured".format, person),
        st.builds("{}.secured".format, st.sampled_from(PLACES)),
        st.builds("({} {} {})".format, number, order, number),
        st.builds("({} {} {} {} {})".format, number, order, number, order, number),
        st.builds("({}.role {} {})".format, person, equal, role),
        st.builds("({}.role {} ({}, {}))".format, person, st.sampled_from(["in", "not in"]), role, role),
        st.builds("({} {} {})".format, person, equal, st.one_of(person, st.builds("{}.friend".format, person))),
        st.builds("({} {} people)".format, person, st.sampled_from(["in", "not in"])),
        st.builds("(asker {} {})".format, equal, st.sampled_from(TEAMS)),
        st.builds("(asker in ({}, {}))".format, st.sampled_from(TEAMS), st.sampled_from(TEAMS)),
        st.builds("knows({}, {}.owner)".format, st.sampled_from(TEAMS), st.sampled_from(["a17", "target"])),
        st.builds("knows({}, {}.role, {})".format, st.sampled_from(TEAMS), person, role),
        st.builds("played({})".format, person),
        st.sampled_from(["True", "False", "fired(journalist)", "filed(indicator_check)"]),
    ]
    if depth == 0:
        return st.one_of(leaf)
    below = ticks(depth - 1, loops)
    parts = [*leaf, st.builds("({} and {})".format, below, below), st.builds("({} or {})".format, below, below)]
    parts.append(st.builds("not {}".format, below))
    if len(loops) < 2:
        inside = (*loops, f"x{len(loops)}")
        form = st.builds(f"{{}}({{}} for x{len(loops)} in {{}})".format, st.sampled_from(["any", "all"]), ticks(depth - 1, inside), st.sampled_from(["persons", "people"]))  # fmt: skip
        parts.append(form)
    return st.one_of(parts)


VALUES = st.fixed_dictionaries(
    {(thing, "trust"): st.sampled_from([None, 0, 1, 30, 45]) for thing in ("raisa", "aida", "driver")}
    | {(thing, "role"): st.sampled_from([None, *ROLES]) for thing in ("raisa", "aida", "driver")}
    | {(thing, "injured"): st.sampled_from([None, False, True]) for thing in ("raisa", "aida", "driver")}
    | {(thing, "friend"): st.sampled_from([None, "raisa", "aida"]) for thing in ("raisa", "aida", "driver")}
    | {("site", "secured"): st.booleans(), ("aida", "times_told"): st.integers(0, 3)}
)


class Spy(FakeTruth):
    """Remembers which fields it was asked for."""

    def __init__(self, values):
        super().__init__(values)
        self.seen = set()

    def value(self, thing, field):
        self.seen.add((thing, field))
        return super().value(thing, field)


def tried(source, scope, expects=TICK):
    """Return the condition, or its problems."""
    try:
        return compile_condition(source, TYPES, scope, NAMES, expects), ()
    except ConditionProblems as caught:
        return None, caught.problems


def checked(source, world, expects):
    """Compile and run, compare with the naive interpreter, and see that nothing was read that is not listed."""
    condition, problems = tried(source, "truth", expects)
    too_big = any("at most" in problem.message or "parts" in problem.message for problem in problems)
    assert condition or too_big, source
    assume(condition)
    expected = Reference(FakeTruth(world.values), BINDINGS).run(source)
    assert condition.run(world, BINDINGS) == (bool(expected) if expects is TICK else expected or 0), source
    listed = condition.reads
    assert all(read in listed or (f"kind:{TYPES.things[read[0]]}", read[1]) in listed for read in world.seen)


@settings(max_examples=300)
@given(ticks(3), VALUES)
def test_conditions_mean_what_the_naive_interpreter_means(source, values):
    """A compiled condition equals its meaning, whatever is unknown, and reads only what it says it reads."""
    checked(source, Spy(values), TICK)


@settings(max_examples=300)
@given(numbers(3), VALUES)
def test_numbers_mean_what_the_naive_interpreter_means(source, values):
    """So does a compiled number."""
    checked(source, Spy(values), NUMBER)


FACES = ["K1", "K2", "thing:aida", "thing:site", "P1", "P2"]
RECORDS = st.dictionaries(
    st.tuples(st.sampled_from(["K1", "K2", "thing:aida", "thing:raisa"]), st.sampled_from(["location", "friend"])),
    st.lists(st.sampled_from([*FACES, None]), max_size=2),
)
FACED = ["person", "unit", "helper", "aida", "raisa"]


def records(kind, things):
    latest = st.builds(f"latest({{}}.{kind})".format, st.sampled_from(FACED))
    side = st.one_of(latest, st.sampled_from(things), st.just("nobody"))
    return st.one_of(
        st.builds("({} {} {})".format, latest, st.sampled_from(["==", "!="]), side),
        st.builds("({} {} ({}, {}))".format, latest, st.sampled_from(["in", "not in"]), side, side),
        st.builds(f"{{}}({{}}.{kind})".format, st.sampled_from(["known", "disputed"]), st.sampled_from(FACED)),
        st.builds(f"some({{}}.{kind}, {{}})".format, st.sampled_from(FACED), side),
        st.builds(f"(age({{}}.{kind}) < {{}})".format, st.sampled_from(FACED), st.sampled_from(["60", "61"])),
    )


RECORD = st.one_of(records("location", ["site", "gone"]), records("friend", ["aida", "person", "helper"]))
VIEWED = st.recursive(RECORD, lambda inner: st.builds("({} {} not {})".format, inner, st.sampled_from(["and", "or"]), inner), max_leaves=4)  # fmt: skip


@settings(max_examples=300)
@given(VIEWED, RECORDS, st.sampled_from([(), (frozenset(FACES[:3]),), (frozenset(FACES[3:]),)]))
def test_the_view_means_what_the_naive_interpreter_means(source, held, one):
    """A view's condition equals its meaning, whichever faces the viewer takes for one."""
    view, faces = FakeView(held, one), BINDINGS | {"person": "K1", "unit": "K2", "helper": None}
    condition, problems = tried(source, "view")
    assert not problems, source
    assert condition.run(view, faces) is bool(Reference(view, faces, "view").run(source))


def refused_or_compiled(source, scope="truth"):
    condition, problems = tried(source, scope)
    lines = source.split("\n")
    assert bool(condition) != bool(problems)
    for problem in problems:
        assert 0 <= problem.line < len(lines)
        assert 0 <= problem.offset <= len(lines[problem.line])


@given(st.text(max_size=SOURCE_CHARS_MAX + 20), st.sampled_from(["truth", "view"]))
def test_any_text_is_a_condition_or_a_problem(source, scope):
    """Whatever is written, nothing but ConditionProblems comes out, and every problem lies inside the source."""
    refused_or_compiled(source, scope)


TOKENS = st.sampled_from(
    [
        "(",
        ")",
        ",",
        ".",
        "==",
        "!=",
        "<",
        "<=",
        "in",
        "not",
        "and",
        "or",
        "for",
        "if",
        "else",
        "is",
        "lambda",
        "await",
        "yield",
        "*",
        "**",
        "-",
        "+",
        ":",
        "=",
        ":=",
        "[",
        "]",
        "{",
        "}",
        "1",
        "0",
        "1.5",
        "'worker'",
        '"x"',
        "f''",
        "any",
        "all",
        "count",
        "sum",
        "knows",
        "known",
        "latest",
        "some",
        "age",
        "times",
        "filed",
        "played",
        "fired",
        "now",
        "minutes",
        "learnt_at",
        "person",
        "persons",
        "people",
        "raisa",
        "aida.trust",
        "site.secured",
        "person.role",
        "worker",
        "asker",
        "patrol",
        "helper",
        "target.mood",
        "None",
        "True",
        "nobody",
        "x",
        "x.f",
        "_",
        "__class__",
        "\n",
    ]
)


@given(st.lists(TOKENS, max_size=40), st.sampled_from([" ", ""]), st.sampled_from(["truth", "view"]))
def test_any_row_of_words_is_a_condition_or_a_problem(tokens, between, scope):
    """The same for texts that are nearly conditions."""
    refused_or_compiled(between.join(tokens), scope)


@given(ticks(2), st.data())
def test_a_broken_condition_is_a_condition_or_a_problem(source, data):
    """The same for conditions with a few characters lost or changed."""
    at = data.draw(st.integers(0, len(source)))
    until = data.draw(st.integers(at, min(at + 4, len(source))))
    refused_or_compiled(source[:at] + data.draw(st.text("()., =<x1'\n\\\0é", max_size=3)) + source[until:])


@given(ticks(2))
def test_blank_space_changes_nothing(source):
    """A condition over many lines is the condition on one line."""
    spread = source.replace(" ", "\n  ")
    assume(len(spread) <= SOURCE_CHARS_MAX)
    first, _ = tried(source, "truth")
    assume(first)
    second = compile_condition(spread, TYPES, "truth", NAMES)
    assert first.reads == second.reads
    assert first.run(FakeTruth(), BINDINGS) == second.run(FakeTruth(), BINDINGS)
    assert ast.dump(ast.parse(source)) == ast.dump(ast.parse(f"({spread})"))
