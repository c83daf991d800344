"""Who plays the empty chairs: in a real room, with the real links, and a clock that stands until told."""

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest

from kerege.casting import Casting, plan_of
from kerege.engine import events as e
from kerege.engine.commands import bodies as b
from kerege.gateway.in_process import TICKET, InProcessLink
from kerege.rehearsal.stage import Stage
from kerege.room.log import read_step
from kerege.scenario import load_pack
from kerege.wire.codec import encode_client
from kerege.wire.messages import Hello, Submit

FOLDER = Path(__file__).parents[1] / "scenarios/first-steps"


@pytest.fixture(scope="module")
def pack():
    return load_pack(FOLDER)


class Table:
    """A stage with a casting, and control's hand."""

    def __init__(self, stage, casting):
        self.stage = stage
        self.casting = casting
        self.sent = 0

    @property
    def playing(self):
        return self.stage.desk.facts.stand_ins

    async def control(self, command):
        self.sent += 1
        raw = msgspec.Raw(msgspec.msgpack.encode(command, order="deterministic"))
        submit = Submit(f"control-{self.sent:04d}", 0, raw)
        receipt = await self.stage.until_done(self.stage.room.submit("hand", "control", submit))
        assert receipt.outcome == "accepted", receipt
        await self.settle()

    async def stand_in(self, viewer, profile):
        await self.control(b.StandIn(self.stage.room.viewers[viewer].code, profile))

    async def settle(self):
        for _ in range(60):
            await asyncio.sleep(0)

    async def pass_play(self, ms, step_ms=5_000):
        for _ in range(0, ms, step_ms):
            await self.stage.pass_real(step_ms)
            await self.settle()

    def events(self):
        """All that has happened."""
        return [event for entry in self.stage.disk.entries[1:] for event in read_step(entry).events]

    def acts(self, viewer):
        """Actions that a viewer has begun, in order."""
        return [each.action for each in self.events() if type(each) is e.TaskStarted and each.viewer == viewer]


@asynccontextmanager
async def table(pack, *, initiative=True):
    stage = await Stage.open(pack, 1, "casting")
    casting = Casting(stage.room, stage.desk, stage.clock, initiative=initiative)
    running = asyncio.create_task(casting.run())
    try:
        yield Table(stage, casting)
    finally:
        running.cancel()
        await asyncio.wait({running})
        await stage.close()


async def test_control_starts_a_stand_in_and_stops_it(pack):
    """It plays while control wants it to, and the lobby can see it."""
    async with table(pack) as at:
        await at.stand_in("patrol", "careful")
        await at.control(b.Start())
        assert at.playing == {"patrol": "careful"}
        await at.pass_play(60_000)
        assert at.acts("patrol") == ["who_we_are", "carry_case"]
        await at.stand_in("patrol", None)
        assert at.playing == {}
        await at.pass_play(300_000)
        assert at.acts("patrol") == ["who_we_are", "carry_case"]


async def test_a_person_who_comes_takes_over(pack):
    """The stand-in makes way at once, and comes back only if control says so; a phone that comes back changes nothing."""
    async with table(pack) as at:
        await at.stand_in("patrol", "careful")
        await at.stand_in("social", "careful")
        await at.control(b.Start())
        person = InProcessLink(at.stage.desk, "patrol", person=True)
        await person.send(encode_client(Hello(TICKET), "msgpack"))
        await at.settle()
        assert at.playing == {"social": "careful"}
        await at.stand_in("patrol", "careful")
        person.close()
        again = InProcessLink(at.stage.desk, "patrol", person=True)
        await again.send(encode_client(Hello(TICKET), "msgpack"))
        await at.settle()
        assert at.playing == {"social": "careful", "patrol": "careful"}
        again.close()


async def test_a_character_speaks_by_its_card_until_an_actor_comes(pack):
    """Who asks the keeper of the kiosk opens a talk, and hears the lines of the card; then the part is the person's."""
    async with table(pack) as at:
        await at.stand_in("actor_kiosk_keeper", "careful")
        await at.control(b.Start())
        assert at.playing == {"actor_kiosk_keeper": "careful"}
        await at.stand_in("patrol", "careful")
        await at.pass_play(1_800_000)
        assert "Treated" in {type(event).__name__ for event in at.events()}
        person = InProcessLink(at.stage.desk, "actor_kiosk_keeper", person=True)
        await person.send(encode_client(Hello(TICKET), "msgpack"))
        await at.settle()
        assert at.playing == {"patrol": "careful"}
        assert at.stage.room.story.state.get("played", "actor_kiosk_keeper")
        person.close()


async def test_one_that_comes_back_does_nothing_twice(pack):
    """Stopped and started again, it goes through its plan from the start, and the room keeps the first answers."""
    async with table(pack) as at:
        await at.stand_in("patrol", "careful")
        await at.control(b.Start())
        await at.pass_play(60_000)
        await at.stand_in("patrol", None)
        await at.stand_in("patrol", "hurried")
        await at.pass_play(600_000)
        acts = at.acts("patrol")
        assert len(acts) == len(set(acts)) >= 4


async def test_live_it_waits_to_be_asked(pack):
    """In a live exercise nothing is done until somebody speaks to the chair."""
    async with table(pack, initiative=False) as at:
        await at.stand_in("patrol", "careful")
        await at.stand_in("social", "careful")
        await at.control(b.Start())
        await at.pass_play(600_000)
        assert at.acts("patrol") == at.acts("social") == []


async def test_it_leaves_at_the_end(pack):
    """After ENDEX no stand-in begins, and those who play leave."""
    async with table(pack) as at:
        await at.stand_in("patrol", "careful")
        await at.control(b.Start())
        await at.control(b.Finish())
        await at.stand_in("social", "careful")
        assert at.playing.get("social") is None


async def test_presumed_victims_and_chairs_without_a_plan_stay_empty():
    """The room refuses what may not be; a chair without a plan has nobody to sit there."""
    pack = load_pack(FOLDER.parent / "silver-reed")
    async with table(pack) as at:
        for actor in ("actor_aida", "actor_nilu"):
            raw = msgspec.Raw(msgspec.msgpack.encode(b.StandIn(at.stage.room.viewers[actor].code, "careful")))
            receipt = await at.stage.until_done(at.stage.room.submit("hand", "control", Submit(f"try-{actor}", 0, raw)))
            assert receipt.outcome == "refused"
        story = at.stage.room.story
        assert plan_of(story.rules, story.texts, "control", "en") is None


async def test_a_plan_as_data_names_only_what_it_speaks_of():
    """A stand-in gets no list of the story's things: the FIU's plan does not know the flat where people are held."""
    pack = load_pack(FOLDER.parent / "silver-reed")
    async with table(pack) as at:
        story = at.stage.room.story
        plan = plan_of(story.rules, story.texts, "fiu", "en")
        assert "reed_firm" in plan.names.things
        assert "poplar_flat" not in plan.names.things
        assert "aida" not in plan.names.things
