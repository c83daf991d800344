"""The words of a compiled pack."""

from __future__ import annotations

import pytest

from kerege.engine import pack as p
from kerege.engine.conditions import NUMBER, TEAM, TEXT, ExprType, Types, choice_of, field_type, param_type, thing_of

PACK = p.Pack(
    id="small",
    version="1",
    language_default="en",
    languages=("en",),
    starts_at="09:00",
    ends_after_ms=1,
    kinds=(p.Kind(id="person", fields=(p.Field(id="role", type="choice", choices=("worker",)),)),),
    things=(p.Thing(id="aida", kind="person"),),
    viewers=(p.Viewer(id="patrol_1", sort="team", agency="patrol"), p.Viewer(id="suspects", sort="hidden")),
    starts_with=(),
    actions=(p.Action(id="talk", by=("ngo",), group="talk", outcomes=(p.Outcome(id="done", effects=()),)),),
    rules=(p.Rule(id="warned", trigger=p.Trigger(sort="start"), effects=()),),
    injects=(p.Inject(id="call", sort="contextual", to=(), effects=()),),
    characters=(p.Character(thing="aida", card="card-aida"),),
    forms=(p.Form(id="report", kind="person", by=("fiu",), fields=()),),
)


def test_the_words_of_a_pack():
    """Everything a condition may name comes from the pack; control and the actors are there by themselves."""
    types = Types.of(PACK)
    assert types.kinds == {"person": {"role": choice_of(["worker"]).optional()}}
    assert types.things == {"aida": "person"}
    assert types.viewers == {"control": "", "actor_aida": "", "patrol_1": "patrol", "suspects": ""}
    assert types.agencies == {"patrol", "ngo", "fiu"}
    assert types.actions == {"talk": {"done"}}
    assert types.forms == {"report"}
    assert types.fires == {"warned", "call"}


def test_teams_of():
    """An agency stands for all its teams, a viewer for itself."""
    types = Types.of(PACK)
    assert types.teams_of("patrol") == ("patrol_1",)
    assert types.teams_of("patrol_1") == ("patrol_1",)
    assert types.teams_of("ngo") == ()


def test_plural():
    """A kind's plural is its id with s, and nothing else is."""
    types = Types.of(PACK)
    assert [types.plural(word) for word in ("persons", "person", "s", "places")] == ["person", None, None, None]


@pytest.mark.parametrize(
    ("param", "expected"),
    [
        (p.Param(name="x", takes="face", kinds=("person",)), thing_of("person")),
        (p.Param(name="x", takes="choice", choices=("a", "b"), optional=True), choice_of(["a", "b"]).optional()),
        (p.Param(name="x", takes="team", many=True), ExprType("team", many=True)),
        (p.Param(name="x", takes="words"), TEXT),
        (p.Param(name="x", takes="number"), NUMBER),
        (p.Param(name="x", takes="team"), TEAM),
    ],
)
def test_param_type(param, expected):
    """A parameter is a name of the type it takes."""
    assert param_type(param) == expected


def test_field_type():
    """A field's value may always be unknown."""
    assert field_type(p.Field(id="x", type="thing", kinds=("place",))) == thing_of("place").optional()
