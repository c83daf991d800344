"""A coach's phone: a second seat of an actor's part. The same bytes, and what it taps counts as the actor's."""

from __future__ import annotations

import pytest

from kerege.engine.commands import bodies as b
from tests.stage import Client, Stage
from tests.town import TOWN


@pytest.fixture
async def stage():
    async with Stage(TOWN) as stage:
        await stage.room.person_took("actor_ann")
        await stage.accept("control", b.Start())
        await stage.accept("help", stage.ask("question", person="ann"))
        yield stage


async def test_what_a_coach_taps_is_the_actors(stage):
    """Lines, the form and its answers stand on both phones, whoever tapped them."""
    actor, coach = Client(stage.room, "actor_ann"), Client(stage.room, "actor_ann")
    assert actor.open() and coach.open()
    await stage.accept("actor_ann", stage.speak(1, "ann_bye"), seat="seat-coach")
    await stage.accept("actor_ann", stage.treat(1, calm=3), seat="seat-coach")
    actor.read()
    coach.read()
    assert actor.payloads and actor.payloads == coach.payloads
    scene = actor.items["scenes"]["s1"]
    assert scene["state"] == "said" and scene["answers"] == {stage.choice("calm"): 3}


async def test_a_part_has_chairs_for_an_actor_and_a_coach(stage):
    """Two of them at least, on every part."""
    assert all(facts.seats_max >= 2 for facts in stage.room.viewers.values() if facts.sort == "actor")
