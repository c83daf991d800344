"""The rivals' work as a pack: 12 teams, things of 8 fields, each visible to 3 of 12 teams on average.

An action names two things that its team sees and changes 3 fields of them; every team that watches a changed thing
learns the part that it may see, control learns all of it, and control's list gets a line. The visibility is drawn by
the same rule and seed as the rivals' world: each thing is visible to each team with probability 1/4, to at least one.
"""

from __future__ import annotations

import random

from kerege.engine.pack import (
    Action,
    Ending,
    Field,
    Kind,
    Outcome,
    Pack,
    Param,
    Set,
    Thing,
    Viewer,
    Watch,
)

TEAMS = 12
NUMBERS = ("hp", "mp", "xp", "gp", "px", "py", "note", "tag")
ATTRIBUTES = NUMBERS[:6]


def masks(things: int, seed: int = 20) -> list[int]:
    """Which teams see each thing, as bits."""
    chance = random.Random(seed)
    found = []
    for _ in range(things):
        mask = 0
        for team in range(TEAMS):
            if chance.random() < 0.25:
                mask |= 1 << team
        found.append(mask or 1 << chance.randrange(TEAMS))
    return found


def workload(things: int) -> Pack:
    """The pack of a world with so many things."""
    place = Kind("place", ())
    unit = Kind("unit", (Field("location", "thing", kinds=("place",), perceivable=True),))
    entity = Kind(
        "entity",
        (
            Field("location", "thing", kinds=("place",), perceivable=True),
            *(Field(name, "number", perceivable=True) for name in NUMBERS),
        ),
    )
    world: list[Thing] = []
    watches: list[Watch] = []
    for i, mask in enumerate(masks(things)):
        world.append(Thing(f"p{i}", "place"))
        values = {name: 128 + (i * 7 + j * 131) % 872 for j, name in enumerate(NUMBERS)}
        world.append(Thing(f"e{i}", "entity", {"location": f"p{i}", **values}))
        watches.extend(Watch(f"team_{team}", f"p{i}") for team in range(TEAMS) if mask >> team & 1)
    world.extend(Thing(f"u{team}", "unit") for team in range(TEAMS))
    teams = tuple(Viewer(f"team_{t}", "team", f"agency_{t}", units=(f"u{t}",), seats_max=10) for t in range(TEAMS))
    params = (
        Param("first", "face", ("entity",)),
        Param("second", "face", ("entity",)),
        Param("attribute", "choice", choices=ATTRIBUTES),
        Param("value", "number", maximum=999),
        Param("words", "words", maximum=80),
    )
    outcomes = tuple(
        Outcome(
            f"set_{name}",
            (Set("first", name, "value"), Set("first", "note", "value + 1"), Set("second", "note", "value + 2")),
            f'attribute == "{name}"',
        )
        for name in ATTRIBUTES
    )
    act = Action(
        "act",
        tuple(f"agency_{t}" for t in range(TEAMS)),
        "acts",
        params,
        requires="known(first.hp) and known(second.hp)",
        live=True,
        needs_unit=False,
        outcomes=outcomes,
    )
    return Pack(
        id="workload",
        version="1",
        language_default="en",
        languages=("en",),
        starts_at="00:00",
        ends_after_ms=24 * 3600 * 1000,
        kinds=(place, unit, entity),
        things=tuple(world),
        viewers=teams,
        starts_with=tuple(watches),
        actions=(act,),
        endings=(Ending("end", "True"),),
        texts={"en": {}},
    )
