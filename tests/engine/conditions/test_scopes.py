"""Which scope may read what: a condition on the asker's view never sees the truth (design.md section 3)."""

from __future__ import annotations

import pytest

from kerege.engine.conditions import NUMBER, ConditionProblems, ExprType, compile_condition, thing_of
from tests.engine.conditions.story import NAMES, TYPES, FakeView

BINDINGS = {"person": "K7Q2", "unit": "U1", "asker": "patrol", "people": ("K7Q2", "K8"), "helper": None, "amount": 3}
VIEW = FakeView(
    records={
        ("K7Q2", "location"): ["P1"],
        ("U1", "location"): ["P1x"],
        ("K7Q2", "role"): ["worker", "organiser"],
        ("thing:raisa", "trust"): [4],
        ("thing:site", "boss"): ["K8"],
    },
    one=(frozenset({"P1", "P1x", "thing:site"}), frozenset({"K8", "thing:raisa"})),
)

ACCEPTED = [
    ("known(person.location)", True, {("kind:person", "location")}),
    ("known(aida.location)", False, {("aida", "location")}),
    ("latest(person.location) == latest(unit.location)", True, {("kind:person", "location")}),
    ("latest(person.location) == site", True, {("kind:person", "location")}),
    ("latest(person.location) != gone", True, {("kind:person", "location")}),
    ("latest(person.location) in (gone, site)", True, {("kind:person", "location")}),
    ("latest(person.location) not in (gone, nobody)", True, {("kind:person", "location")}),
    ("latest(person.friend) == nobody", True, {("kind:person", "friend")}),
    ("latest(person.role) == organiser", True, {("kind:person", "role")}),
    ("some(person.role, worker) and not some(person.role, guard)", True, {("kind:person", "role")}),
    ("some(site.boss, person)", False, {("site", "boss")}),
    ("disputed(person.role)", True, {("kind:person", "role")}),
    ("age(person.role) <= minutes(1)", True, {("kind:person", "role")}),
    ("age(aida.role) <= minutes(1)", False, {("aida", "role")}),
    ("latest(raisa.trust) > amount", True, {("raisa", "trust")}),
    ("known(helper.role) or latest(helper.trust) > 1", False, {("kind:person", "role"), ("kind:person", "trust")}),
    ("asker == patrol", True, set()),
    ("person == unit", False, set()),
    ("raisa in people and aida not in people", True, set()),
    ("any(known(p.role) for p in people)", True, {("kind:person", "role")}),
    ("count(p for p in people) == 2", True, set()),
]  # fmt: skip


@pytest.mark.parametrize(("source", "value", "reads"), ACCEPTED, ids=[row[0] for row in ACCEPTED])
def test_view(source, value, reads):
    """The view answers from records, and says which faces are one; a fixed thing is `thing:<id>` to it."""
    condition = compile_condition(source, TYPES, "view", NAMES)
    assert condition.run(VIEW, BINDINGS) is value
    assert condition.reads == reads
    assert condition.asks == ({("now",)} if "age" in source else set())


def test_a_record_of_no_field():
    """A field that is misspelt is told in the view scope too, once."""
    with pytest.raises(ConditionProblems) as caught:
        compile_condition("known(person.rolle) and latest(person.role) == guard", TYPES, "view", NAMES)
    (problem,) = caught.value.problems
    assert (problem.offset, problem.hint) == (13, "did you mean 'role'?")


def test_a_thing_as_a_value_is_named_to_the_view():
    """A stand-in's plan that names a thing means the faces its viewer has met."""
    expects = thing_of("person").optional()
    assert compile_condition("raisa", TYPES, "view", NAMES, expects).run(VIEW, BINDINGS) == "thing:raisa"
    assert compile_condition("person", TYPES, "view", NAMES, expects).run(VIEW, BINDINGS) == "K7Q2"
    assert compile_condition("latest(raisa.trust)", TYPES, "view", NAMES, NUMBER).run(VIEW, BINDINGS) == 4


FORBIDDEN = [
    "person.trust > 3",
    "raisa.injured",
    "known(person.role) and unit.injured",
    "knows(fiu, raisa.role)",
    "knows(asker, raisa.role, organiser)",
    "learnt_at(fiu, raisa.role) > 3",
    "times(interview) > 1",
    "filed(indicator_check)",
    "played(aida)",
    "fired(journalist)",
    "now() > 60",
    "any(p for p in persons)",
    "some(site.boss, site.boss)",
    "known(person.role) == person.injured",
    "any(known(p.role) for p in people if p.injured)",
    "latest(person.trust) + person.trust > 3",
]


@pytest.mark.parametrize("source", FORBIDDEN)
def test_the_view_never_reads_the_truth(source):
    """Every road to the truth is closed in the view scope, however deep it hides, and the problem says what to write."""
    with pytest.raises(ConditionProblems) as caught:
        compile_condition(source, TYPES, "view", NAMES)
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].hint


@pytest.mark.parametrize("source", ["known(person.role)", "latest(raisa.trust) > 1", "some(raisa.role, guard)", "disputed(raisa.role)", "age(raisa.role) > 3"])  # fmt: skip
def test_the_truth_has_no_asker(source):
    """The truth scope refuses the functions that read the asker's records."""
    with pytest.raises(ConditionProblems) as caught:
        compile_condition(source, TYPES, "truth", NAMES)
    assert "reads the asker's records" in caught.value.problems[0].message


def test_a_bare_field_is_explained():
    """The commonest mistake of all says what to write instead."""
    with pytest.raises(ConditionProblems) as caught:
        compile_condition("amount == 1 and person.trust > 3", TYPES, "view", NAMES)
    (problem,) = caught.value.problems
    assert (problem.offset, problem.message) == (16, "'person.trust' is the truth")
    assert "write known(person.trust), latest(person.trust)" in (problem.hint or "")


def test_several_that_may_be_none_at_all():
    """A name that holds several may be left out: nothing is among nothing."""
    names = {"people": ExprType("thing", kinds=frozenset({"person"}), many=True, maybe=True)}
    condition = compile_condition("raisa in people or any(known(p.role) for p in people)", TYPES, "view", names)
    assert condition.run(VIEW, {}) is False
