"""What can be said: its value in the small story, and the exact list of what it reads."""

from __future__ import annotations

import pytest

from kerege.engine.conditions import NUMBER, TEAM, TEXT, TICK, choice_of, compile_condition, thing_of
from tests.engine.conditions.story import BINDINGS, NAMES, PERSON, TYPES, FakeTruth

PERSONS = ("things", "person")


def compiled(source, expects=TICK):
    return compile_condition(source, TYPES, "truth", NAMES, expects)


TICKS = [
    # fields, words, nobody
    ("site.secured", True, {("site", "secured")}, set()),
    ("not site.secured", False, {("site", "secured")}, set()),
    ("gone.secured", False, {("gone", "secured")}, set()),
    ("raisa.role == organiser", True, {("raisa", "role")}, set()),
    ("raisa.role == 'organiser'", True, {("raisa", "role")}, set()),
    ("organiser == raisa.role", True, {("raisa", "role")}, set()),
    ("driver.role == driver", True, {("driver", "role")}, set()),
    ("raisa.role != worker", True, {("raisa", "role")}, set()),
    ("raisa.mood == nobody", True, {("raisa", "mood")}, set()),
    ("raisa.mood == None", True, {("raisa", "mood")}, set()),
    ("raisa.mood != unknown", False, {("raisa", "mood")}, set()),
    ("raisa.role in (organiser, 'guard')", True, {("raisa", "role")}, set()),
    ("raisa.role in (organiser)", True, {("raisa", "role")}, set()),
    ("raisa.role not in (worker, guard)", True, {("raisa", "role")}, set()),
    ("organiser in (aida.role, raisa.role)", True, {("aida", "role"), ("raisa", "role")}, set()),
    ("site.boss == raisa", True, {("site", "boss")}, set()),
    ("aida.location == raisa.location", True, {("aida", "location"), ("raisa", "location")}, set()),
    ("aida.friend in (raisa, driver)", True, {("aida", "friend")}, set()),
    ("raisa.name == name_raisa", True, {("raisa", "name")}, set()),
    ("aida.injured == True", True, {("aida", "injured")}, set()),
    # bound names
    ("person == aida", True, set(), set()),
    ("person.trust >= 40", True, {("kind:person", "trust")}, set()),
    ("target.balance > 500", True, {("kind:account", "balance")}, set()),
    ("target.name == nobody", True, {("kind:account", "name"), ("kind:person", "name")}, set()),
    ("helper == nobody", True, set(), set()),
    ("helper.injured", False, {("kind:person", "injured")}, set()),
    ("helper.trust < 5 or helper.trust >= 5", False, {("kind:person", "trust")}, set()),
    ("interpreter == from_scene", True, set(), set()),
    ('interpreter in ("none", own_list)', False, set(), set()),
    ("asker == patrol_2", True, set(), set()),
    ("asker == patrol", True, set(), set()),
    ("patrol == asker", True, set(), set()),
    ("asker != patrol", False, set(), set()),
    ("asker in (fiu, patrol)", True, set(), set()),
    ("asker == ngo", False, set(), set()),
    ("person in people and unit not in people", True, set(), set()),
    ("driver in people", True, set(), set()),
    ("reason == reason_hurry", True, set(), set()),
    ("reason == ''", False, set(), set()),
    # numbers
    ("1 < 2", True, set(), set()),
    ("-amount + +8 * 2 - 1 == 8", True, set(), set()),
    ("0 < amount <= 7 < 8", True, set(), set()),
    ("40 < person.trust <= 45 == aida.trust", True, {("kind:person", "trust"), ("aida", "trust")}, set()),
    ("driver.trust < 5", False, {("driver", "trust")}, set()),
    ("driver.trust >= 5", False, {("driver", "trust")}, set()),
    ("driver.trust + 1 == 1", True, {("driver", "trust")}, set()),
    ("minutes(10) == now()", True, set(), {("now",)}),
    ("pause == nobody and pause + 1 == 1", True, set(), set()),
    # the truth's functions
    ("knows(fiu, a17.owner)", True, set(), {("knows", "a17", "owner")}),
    ("knows('fiu', target.owner, raisa)", True, set(), {("knows", "kind:account", "owner")}),
    ("knows(asker, raisa.role, organiser)", False, set(), {("knows", "raisa", "role")}),
    ("knows(fiu, helper.role)", False, set(), {("knows", "kind:person", "role")}),
    ("now() - learnt_at(fiu, a17.owner) > minutes(7)", True, set(), {("knows", "a17", "owner"), ("now",)}),
    ("learnt_at(patrol, a17.owner) == unknown", True, set(), {("knows", "a17", "owner")}),
    ("learnt_at(patrol, a17.owner) < 5000", False, set(), {("knows", "a17", "owner")}),
    ("times(interview) == 3", True, set(), {("times", "interview")}),
    ("times(interview, patrol) == 2", True, set(), {("times", "interview")}),
    ("times('interview', patrol, nothing) == 1", True, set(), {("times", "interview")}),
    ("times(interview, None, poisoned) == 0", True, set(), {("times", "interview")}),
    ("filed(indicator_check) and filed(indicator_check, fiu)", True, set(), {("filed", "indicator_check")}),
    ("filed(indicator_check, patrol)", False, set(), {("filed", "indicator_check")}),
    ("played(aida) and played(person)", True, set(), {("played", "aida"), ("played", "kind:person")}),
    ("played(helper)", False, set(), {("played", "kind:person")}),
    ("fired(journalist) and not fired(driver_warned)", True, set(), {("fired", "journalist"), ("fired", "driver_warned")}),
    # loops
    ("any(p.injured for p in persons)", True, {("kind:person", "injured")}, {PERSONS}),
    ("all(p.trust > 5 for p in persons)", False, {("kind:person", "trust")}, {PERSONS}),
    ("all(p.trust > 5 for p in persons if p.role != driver)", True, {("kind:person", "trust"), ("kind:person", "role")}, {PERSONS}),
    ("any(p for p in persons if p == raisa)", True, set(), {PERSONS}),
    ("any(p.location == q for p in persons for q in places if not q.secured)", True, None, None),
    ("any(count(q for q in persons if q.friend == p) > 0 for p in persons)", True, None, None),
    ("all(p.location != nobody for p in people)", True, {("kind:person", "location")}, set()),
    # several lines
    ("site.secured\n  and not gone.secured\n", True, {("site", "secured"), ("gone", "secured")}, set()),
]  # fmt: skip


@pytest.mark.parametrize(("source", "value", "reads", "asks"), TICKS, ids=[row[0] for row in TICKS])
def test_conditions(source, value, reads, asks):
    """A condition is yes or no, and names every field it reads and everything else it asks."""
    condition = compiled(source)
    assert condition.run(FakeTruth(), BINDINGS) is value
    assert reads is None or condition.reads == reads
    assert asks is None or condition.asks == asks


VALUES = [
    ("gone", thing_of("place").optional(), "gone"),
    ("'gone'", thing_of("place").optional(), "gone"),
    ("driver", PERSON["role"], "driver"),
    ("driver", PERSON["friend"], "driver"),
    ("nobody", PERSON["friend"], None),
    ("unknown", PERSON["role"], None),
    ("None", PERSON["trust"], None),
    ("person", PERSON["friend"], "aida"),
    ("helper", PERSON["friend"], None),
    ("person.location", PERSON["location"], "site"),
    ("name_raisa", TEXT.optional(), "name_raisa"),
    ("raisa.name", TEXT.optional(), "name_raisa"),
    ("interpreter", choice_of(["none", "own_list", "from_scene", "other"]), "from_scene"),
    ("none", choice_of(["none"]), "none"),
    ("nobody", choice_of(["nobody"]), "nobody"),
    ("asker", TEAM, "patrol_2"),
    ("patrol", TEAM, "patrol"),
    ("driver.injured", PERSON["injured"], None),
    ("driver.injured", TICK, False),
    ("driver.trust", PERSON["trust"], None),
    ("driver.trust", NUMBER, 0),
    ("pause", NUMBER, 0),
    ("-30", NUMBER, -30),
    ("person.trust - 30", NUMBER, 15),
    ("count(p for p in persons)", NUMBER, 3),
    ("count(p.injured for p in persons)", NUMBER, 1),
    ("count(p for p in people if p.trust > 1)", NUMBER, 1),
    ("sum(p.trust for p in persons)", NUMBER, 55),
    ("sum(2 * p.trust for p in persons if p.injured) * 2", NUMBER, 180),
    ("count(p for p in persons for q in persons if p.location == q.location)", NUMBER, 5),
]


@pytest.mark.parametrize(("source", "expects", "value"), VALUES, ids=[f"{row[0]}:{row[1]}" for row in VALUES])
def test_values(source, expects, value):
    """An expression yields what the field, or the sum, that it is written for can hold; words become ids."""
    result = compiled(source, expects).run(FakeTruth(), BINDINGS)
    assert result == value
    assert type(result) is type(value)


def test_optional_names_may_be_left_out():
    """A name that may be nobody need not be bound."""
    assert compiled("helper == nobody and helper.trust + pause == 0").run(FakeTruth(), {}) is True


def test_a_name_comes_before_a_word_of_its_spelling_where_it_fits():
    """A bound name is meant unless only the choice's word makes sense there."""
    names = {"driver": choice_of(["driver", "worker"]), "worker": thing_of("person")}
    world = FakeTruth()
    meant = compile_condition("raisa.role == driver", TYPES, "truth", names)
    assert meant.run(world, {"driver": "organiser", "worker": "aida"}) is True
    word = compile_condition("aida.role == worker", TYPES, "truth", names)
    assert word.run(world, {"driver": "driver", "worker": "raisa"}) is True


def test_a_condition_reaches_nothing_but_the_world():
    """The compiled function has no builtins."""
    assert compiled("site.secured").run.__globals__["__builtins__"] == {}


def test_conditions_of_one_source_are_equal():
    """A condition is compared by what it says and reads."""
    assert compiled("site.secured") == compiled("site.secured") != compiled("gone.secured")
