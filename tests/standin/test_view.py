"""A stand-in's own copy of its view answers conditions as the room would, and keeps up with frames."""

import asyncio
from pathlib import Path

import pytest

from kerege.casting import plan_of
from kerege.engine.worlds import ViewWorld
from kerege.rehearsal.director import Cue, Director
from kerege.rehearsal.run import cast, read_script
from kerege.rehearsal.stage import Chair, Stage
from kerege.standin import HeldView, Mind, Names
from kerege.wire.messages import Frame, Snapshot
from tests.standin.chair import NAMES, clock, face, record

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def held(**items):
    view = HeldView(NAMES)
    view.replace(Snapshot("s", "e", 0, items), 0)
    return view


def test_what_is_known_and_what_is_latest():
    """Records are read by the thing's faces in the view; choices have the pack's words."""
    view = held(faces={"ANN1": face()}, records={"r1": record(at_s=1), "r2": record(value=None, at_s=9)})
    assert view.known("thing:ann", "role")
    assert view.latest("thing:ann", "role") is None
    assert view.some("thing:ann", "role", "boss")
    assert view.disputed("thing:ann", "role")
    assert not view.known("thing:house", "role")
    assert not view.known("thing:nobody", "role")


def test_a_handle_that_is_not_in_the_view_answers_nothing():
    """The plan's data knows both handles of Ann; the view has met neither."""
    view = held(records={"r1": record()})
    assert not view.known("thing:ann", "role")


def test_faces_known_to_be_the_same_are_read_together():
    """Sameness is knowledge; without it two faces stay two."""
    view = held(faces={"ANN1": face(same_as=["X"]), "X": face(same_as=["ANN1"])}, records={"r1": record("X")})
    assert view.known("thing:ann", "role")
    assert view.same("X", "thing:ann")
    assert not view.same("HOUS", "thing:ann")
    assert not view.same("HOUS", None)
    assert view.same(None, None)


def test_age_is_nothing_while_watched_and_unknown_without_a_record():
    """What a unit sees now has no age."""
    view = held(faces={"ANN1": face()}, records={"r1": record(at_s=10, state="live")})
    view.now_s = 100
    assert view.age_s("thing:ann", "role") == 0
    view.apply(Frame("s", "e", 1, {"records": {"r1": record(at_s=10)}}), 0)
    assert view.age_s("thing:ann", "role") == 90
    assert view.age_s("thing:ann", "location") is None


def test_frames_put_and_drop():
    """A dropped record is known no more; a frame that does not follow is not taken."""
    view = held(faces={"ANN1": face()}, records={"r1": record()}, clock={"clock": clock()})
    assert view.apply(Frame("s", "e", 1, {}, {"records": ["r1"]}), 0)
    assert not view.known("thing:ann", "role")
    assert not view.apply(Frame("s", "e", 3), 0)
    assert not view.apply(Frame("s", "other", 2), 0)


def test_a_view_without_names_reads_nothing_and_keeps_everything():
    """A watcher's copy holds the items as they are."""
    view = HeldView(Names())
    view.replace(Snapshot("s", "e", 0, {"records": {"r1": record()}}), 0)
    assert view.items["records"]["r1"] == record()
    assert not view.known("ANN1", "role")


@pytest.mark.parametrize("pack", ["first-steps", "silver-reed"])
def test_every_plans_condition_is_as_the_room_judges_it(pack):
    """Through a whole exercise: what a stand-in concludes from its copy is what the engine concludes from the records."""

    async def compare():
        script = read_script(SCENARIOS / pack)
        stage = await Stage.open(script.pack, 5, "compare")
        rules, texts = stage.room.story.rules, stage.room.story.texts
        playing = cast(rules, 5, ["careful"])
        cues = [Cue({"do": "start"}), Cue({"do": "finish"}, script.pack.ends_after_ms)]
        minds = {viewer: Mind(plan_of(rules, texts, viewer, "en"), "careful", initiative=True) for viewer in playing}
        chairs = [Chair(stage, "control", Director(cues))]
        chairs += [Chair(stage, viewer, mind) for viewer, mind in minds.items()]
        steps = {viewer: plan_of(rules, texts, viewer, "en").steps for viewer in playing}
        told = set()

        def look(at_ms):
            state = stage.room.story.state
            for chair in chairs:
                chair.read()
            for viewer, mind in minds.items():
                world = ViewWorld(rules, state, viewer, at_ms)
                mind.view.now_s = at_ms // 1000
                for each in steps[viewer]:
                    if each.when is not None and "age(" not in each.when.source:
                        room = bool(each.when.run(world, {}))
                        assert bool(each.when.run(mind.view, {})) == room, (viewer, each.id, at_ms)
                        told.add((each.id, room))

        try:
            for chair in chairs:
                await chair.greet()
            await stage.play(chairs, look)
        finally:
            for chair in chairs:
                chair.close()
            await stage.close()
        return told

    told = asyncio.run(compare())
    assert len({id_ for id_, holds in told if holds}) > 10
