"""What cannot be said: every mistake is told at its place, with the nearest word."""

from __future__ import annotations

import pytest

from kerege.engine.conditions import NUMBER, TICK, ConditionProblems, choice_of, compile_condition, thing_of
from kerege.engine.conditions.problem import ConditionError
from tests.engine.conditions.story import NAMES, PERSON, TYPES


def problems(source, scope="truth", expects=TICK):
    with pytest.raises(ConditionProblems) as caught:
        compile_condition(source, TYPES, scope, NAMES, expects)
    return caught.value.problems


MISTAKES = [
    # words
    ("site.secure", 5, "a place has no field 'secure'", "'secured'"),
    ("sit.secured", 0, "there is no thing 'sit'", "'site'"),
    ("raisa.role == organizer", 14, "not one of its choices", "'organiser'"),
    ("raisa.role in (worker, 'gard')", 23, "not one of its choices", "'guard'"),
    ("raisa.mood == xyz", 14, "not one of its choices", "there are: afraid, calm"),
    ("asker == patrl", 9, "there is no team 'patrl'", "'patrol'"),
    ("site.boss == raysa", 13, "there is no 'raysa'", "'raisa'"),
    ("site.boss == gone", 13, "'gone' is a place, not a person", None),
    ("aida.trust == worker", 14, "nothing here says what 'worker' is", None),
    ("aida.trust == 'worker'", 14, "is a word, not a number", None),
    ("worker", 0, "nothing here says what 'worker' is", None),
    ("'worker'", 0, "is a word, not yes or no", None),
    ("persons", 0, "'persons' are several", "for x in persons"),
    ("target.role.name", 0, "before the dot", "one dot"),
    ("amount.trust", 0, "'amount' is a number, it has no fields", None),
    ("people.trust", 0, "'people' is several", None),
    ("raisa == people", 9, "several are never one", "write x in"),
    ("people == raisa", 0, "holds several", "in people"),
    ("target.trust_", 7, "an account or person has no field", "'trust'"),
    ("target.mood == calm", 0, "not the same sort of field", None),
    # types
    ("person", 0, "here stands yes or no, this is a person", "compare it"),
    ("aida.trust", 0, "here stands yes or no, this is a number", "compare it"),
    ("aida.trust and site.secured", 0, "here stands yes or no", None),
    ("aida.injured + 1 > 2", 0, "here stands a number", "count("),
    ("aida.trust == True", 14, "a number is never yes or no", None),
    ("aida.role == aida.mood", 13, "is never", None),
    ("aida.role == interpreter", 13, "is never", None),
    ("aida.location == aida.friend", 17, "a place is never a person", None),
    ("aida.role < guard", 12, "only numbers are more or less", None),
    ("aida.trust < None", 13, "only numbers are more or less", None),
    ("nobody", 0, "here stands yes or no, this is nobody", None),
    ("minutes(aida.role) > 1", 8, "here stands a number", None),
    ("-site.secured == 1", 1, "here stands a number", None),
    ("unit.role in person.role", 13, "after 'in' stands a list", "=="),
    ("unit.role in ()", 13, "after 'in' stands a list", None),
    ("1 < 2 in (2, 3) == True", 19, "nothing can follow", "and"),
    # functions
    ("knew(fiu, a17.owner)", 0, "there is no function 'knew'", "'knows'"),
    ("knows(fiu)", 0, "is given 1 arguments", "write knows(team, x.f)"),
    ("knows(fiuu, a17.owner)", 6, "there is no team 'fiuu'", "'fiu'"),
    ("knows(fiu, a17)", 11, "a field is written thing.field", None),
    ("knows(fiu, a17.owner, sitee)", 22, "there is no 'sitee'", "'site'"),
    ("knows(who=fiu)", 9, "'=' means nothing", None),
    ("knows(*people)", 6, "'*' means nothing", None),
    ("times(intervew) > 1", 6, "there is no action 'intervew'", "'interview'"),
    ("times(interview, patroll) > 1", 17, "there is no agency 'patroll'", "'patrol'"),
    ("times(interview, patrol, found) > 1", 25, "there is no outcome 'found'", None),
    ("times(3) > 1", 6, "the id of an action stands here", None),
    ("filed(indicatorcheck)", 6, "there is no form", "'indicator_check'"),
    ("fired(jurnalist)", 6, "there is no rule or inject", "'journalist'"),
    ("played(nadia)", 7, "there is no thing 'nadia'", "'aida'"),
    ("site.secured()", 0, "only the language's own functions", None),
    ("__import__('os')", 0, "there is no function '__import__'", None),
    ("aida.__class__", 5, "no field '__class__'", None),
    # loops
    ("any(persons)", 4, "any() goes through things", "for x in persons"),
    ("any(p.injured for p in person)", 23, "after 'in' stands a kind's plural", "'persons'"),
    ("any(p.injured for p, q in persons)", 18, "one name stands between", None),
    ("any(aida.injured for aida in persons)", 21, "'aida' already means something", "another name"),
    ("any(unit.injured for unit in persons)", 21, "'unit' already means something", None),
    ("any(p for p in persons) and p.injured", 28, "there is no thing 'p'", None),
    ("sum(p.injured for p in persons) > 1", 4, "here stands a number", None),
    ("(p for p in persons)", 0, "'for' stands only in", None),
    # grammar
    ("aida.trust = 3", 11, "'=' means nothing", "=="),
    ("aida.trust => 3", 11, "'=>' means nothing", ">="),
    ("aida.trust === 3", 11, "'===' means nothing", "=="),
    ("site.secured && gone.secured", 13, "'&&' means nothing", "write and"),
    ("site.secured | gone.secured", 13, "'|' means nothing", "write or"),
    ("!site.secured", 0, "'!' means nothing", "write not"),
    ("aida.trust / 2 > 3", 11, "'/' means nothing", "+ - *"),
    ("aida.trust // 2 > 3", 11, "'//' means nothing", "+ - *"),
    ("aida.trust % 2 > 3", 11, "'%' means nothing", "+ - *"),
    ("2 ** 9 > aida.trust", 2, "'**' means nothing", "+ - *"),
    ("~1 == 2", 0, "'~' means nothing", "not"),
    ("1 << 3 == 8", 2, "'<<' means nothing", None),
    ("1 ^ 3 == 8", 2, "'^' means nothing", None),
    ("aida.trust > 1.5", 13, "'1.5' is not an integer", None),
    ("aida.trust > .5", 13, "'.5' is not an integer", None),
    ("aida.trust > 1_000", 13, "'1_000' is not an integer", None),
    ("aida.trust > 0x10", 13, "not an integer", None),
    ("1or 2", 0, "'1or' is not an integer", None),
    ("f'{raisa}' == 'x'", 1, "a letter before a quotation mark", None),
    ("raisa.role in ('worker' 'guard')", 24, "two words stand beside each other", "comma"),
    ("raisa.role == 'worker", 14, "means nothing", "never closed"),
    ("raisa.role == 'рабочая'", 14, "plain letters", "texts/"),
    ("люди.trust > 3", 0, "'л' means nothing", None),
    ("people[0] == aida", 6, "'[' means nothing", "(a, b)"),
    ("(x := 3) == 3", 3, "':=' means nothing", "=="),
    ("lambda: True", 6, "':' means nothing", None),
    ("1 if site.secured else 2", 0, "'if … else' means nothing", None),
    ("aida.role is worker", 13, "'is' means nothing", "=="),
    ("site.secured, gone.secured", 0, "a list stands only after 'in'", "and"),
    ("site.secured)", 12, "closes nothing", None),
    ("a) or (b", 1, "closes nothing", None),
    ("(site.secured", 0, "cannot be read", None),
    ("site.secured and", 15, "cannot be read", None),
    ("site secured", 0, "cannot be read", None),
    ("site.secured # yes", 13, "'#' means nothing", None),
    ("site.secured \\\n and True", 13, "means nothing", None),
    ("site.secured\rand True", 12, "means nothing", None),
    ("site.secured\0", 12, "means nothing", None),
    ("...", 0, "only integers, words", None),
    ("await site.secured", 0, "", None),
    ("(yield)", 1, "", None),
    ("", 0, "nothing is written", None),
    (" \n\t", 0, "nothing is written", None),
]


@pytest.mark.parametrize(("source", "offset", "message", "hint"), MISTAKES, ids=[repr(row[0]) for row in MISTAKES])
def test_mistakes(source, offset, message, hint):
    """A mistake is told where it stands, and the hint names the nearest word or the way to write it."""
    first = problems(source)[0]
    assert message in first.message
    assert (first.line, first.offset) == (0, offset), first
    assert hint is None or hint in (first.hint or ""), first


def test_all_mistakes_are_told_at_once():
    """An author sees every mistake in one go, in the order of the text, each once."""
    found = problems("site.secure and knows(fiuu, a17.ownr)\n or raisa.rol == xyz and count(p for p in persns) > 1")
    assert [(problem.line, problem.offset) for problem in found] == [(0, 5), (0, 22), (0, 32), (1, 10), (1, 42)]
    assert str(found[0]) == "a place has no field 'secure'; did you mean 'secured'?"


def test_several_signs_are_told_at_once():
    """Foreign signs are told together too."""
    assert [problem.offset for problem in problems("a && b || !c")] == [2, 7, 10]


def test_lines_and_columns_of_a_long_condition():
    """In a condition of several lines the place is line and column, both from 0."""
    found = problems("site.secured\n  and gone.secure")
    assert (found[0].line, found[0].offset) == (1, 11)
    found = problems("site.secured\n  and aida.trust = 3")
    assert (found[0].line, found[0].offset) == (1, 17)


EXPECTED = [
    ("goon", PERSON["location"], "there is no 'goon'", "'gone'"),
    ("raisa", PERSON["location"], "'raisa' is a person, not a place", None),
    ("person", PERSON["location"], "here stands a place, this is a person", None),
    ("boss", PERSON["role"], "not one of its choices", None),
    ("interpreter", PERSON["role"], "this is one of from_scene", None),
    ("raisa.role", choice_of(["worker", "guard"]), "here stands one of guard, worker", None),
    ("target", PERSON["friend"], "this is an account or person", None),
    ("site.secured", NUMBER, "here stands a number, this is yes or no", None),
    ("nobody", NUMBER, "here stands a number, this is nobody", None),
    ("nobody", thing_of("person"), "here stands a person, this is nobody", None),
    ("3", PERSON["injured"], "here stands yes or no, this is a number", None),
]


@pytest.mark.parametrize(("source", "expects", "message", "hint"), EXPECTED, ids=[f"{r[0]}:{r[1]}" for r in EXPECTED])
def test_a_value_must_fit_where_it_is_kept(source, expects, message, hint):
    """A field is only ever set to what it can hold."""
    first = problems(source, expects=expects)[0]
    assert message in first.message
    assert hint is None or hint in (first.hint or "")


def test_problems_come_in_the_order_of_the_source():
    """Whoever raises them, problems are sorted by line and column, and the exception reads as they do."""
    raised = ConditionProblems([ConditionError("b", 5), ConditionError("c", 0, "hint", 1), ConditionError("a", 1)])
    assert [problem.message for problem in raised.problems] == ["a", "b", "c"]
    assert str(raised) == "a; b; c; hint"
