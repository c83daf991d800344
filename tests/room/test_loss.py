"""A record that has gone back in time: proved by a receipt, said to everybody, and played on only after control has seen it."""

from __future__ import annotations

import pytest

from kerege.engine.commands import bodies as b
from kerege.room.log import read_step
from kerege.wire.messages import Place
from tests.room.fakes import Trouble
from tests.stage import Client, Stage
from tests.town import ENGLISH, MINUTE, TOWN, town

SAID = {"clock-lost": "The last part is lost.", "refusal-lost": "Not taken: the last part is lost."}


async def told(stage, viewer="police", words="hello"):
    """The token of one more act of a viewer."""
    return (await stage.accept(viewer, stage.say(words, "police" if viewer == "help" else "help"))).token


async def go_back(stage, entries):
    """An older copy of the store is put in its place, while the server is down."""
    await stage.close()
    del stage.disk.entries[entries:]
    asked = {(entry.seat, entry.command_id) for entry in stage.disk.entries if entry.seat}
    stage.disk.asked.intersection_update(asked)
    await stage.open()


def clock(stage):
    return stage.room.story.state.get("clock", "clock")


def dos(stage):
    return [type(read_step(entry).command).__name__ for entry in stage.disk.entries[1:]]


@pytest.fixture
async def stage():
    async with Stage(town(texts={"en": ENGLISH | SAID})) as stage:
        await stage.accept("control", b.Start())
        yield stage


async def test_what_is_held_changes_nothing(stage):
    """A receipt of this log is in order, again and again, after a restart too."""
    tokens = [await told(stage) for _ in range(3)]
    await stage.restart()
    before = len(stage.disk.entries)
    assert [stage.room.prove(token) for token in (*tokens, *tokens)] == [""] * 6
    await stage.settle()
    assert len(stage.disk.entries) == before


async def test_a_loss_stops_play_and_is_said_on_every_screen_until_control_has_seen_it(stage):
    """Acts are refused, the clock stands and says why; after control's word they are taken again."""
    await told(stage)
    kept = len(stage.disk.entries)
    lost = await told(stage)
    await go_back(stage, kept)
    assert not clock(stage).lost
    assert stage.room.prove(lost) == "lost"
    await stage.settle()
    assert dos(stage)[-1] == "Lose"
    for viewer, words in (("police", "last part"), ("help", "last part"), ("control", "last part")):
        client = stage.client(viewer)
        client.read()
        shown = client.items["clock"]["clock"]
        assert (shown["phase"], shown["lost"]) == ("paused", True)
        assert words in shown["why"]
    for viewer, act in (
        ("police", stage.say("x", "help")),
        ("police", stage.ask("badge")),
        ("control", b.Resume()),
        ("control", b.Jump(MINUTE)),
    ):
        receipt = await stage.submit(viewer, act)
        assert (receipt.outcome, receipt.code) == ("refused", "lost")
        assert "last part" in receipt.text
    assert (await stage.submit("police", b.Acknowledge())).code == "not_yours"
    await stage.accept("control", b.Acknowledge())
    assert not clock(stage).lost
    await stage.accept("control", b.Resume())
    await told(stage)


async def test_danger_goes_before(stage):
    """STOP, its end and CURTAIN are taken while the loss stands, and do not hide it."""
    kept = len(stage.disk.entries)
    lost = await told(stage)
    await go_back(stage, kept)
    stage.room.prove(lost)
    await stage.accept("police", b.Stop())
    await stage.accept("safety", b.Clear())
    assert clock(stage).lost
    assert (await stage.submit("police", stage.say("x", "help"))).code == "lost"


async def test_who_has_seen_more_than_the_log_holds_sees_everything_anew(stage):
    """A screen that stays on, one that comes back, and a restart: no frame is put on top of what is lost."""
    kept = len(stage.disk.entries)
    lost = [await told(stage) for _ in range(2)]
    (client := stage.client("help")).read()
    seen = Place(stage.room.story.stream_of["help"].epoch, client.version)
    await go_back(stage, kept)
    stays = stage.client("help")
    stays.read()
    for _ in range(2):
        await told(stage, words="another history")
    assert stage.room.prove(lost[-1]) == "lost"
    await stage.settle()
    assert stays.read() == ["snapshot"], "its frames were of a log that went back"
    for restart in (False, True):
        if restart:
            await stage.restart()
        back = Client(stage.room, "help")
        assert back.open(seen)
        assert back.read() == ["snapshot"]
        assert back.items == stays.items
        again = Client(stage.room, "help")
        assert again.open(Place(stage.room.story.stream_of["help"].epoch, again.reader._streams[again.stream].version))
        assert again.read() == []


async def test_each_phone_is_told_and_a_loss_that_control_has_seen_stops_play_no_more(stage):
    """Other phones come back later with receipts of the same lost part; a restart in between changes nothing."""
    kept = len(stage.disk.entries)
    lost = [await told(stage) for _ in range(3)]
    await go_back(stage, kept)
    assert stage.room.prove(lost[0]) == "lost"
    await stage.accept("control", b.Acknowledge())
    after = await told(stage)
    for restart in (False, True):
        if restart:
            await stage.restart()
        assert [stage.room.prove(token) for token in (*lost, after)] == ["lost"] * 3 + [""]
        await stage.settle()
        assert not clock(stage).lost
    assert dos(stage).count("Lose") == 1


async def test_a_loss_after_a_loss_is_noticed_anew(stage):
    """The same old copy once more, and a copy from between: each is a loss of its own."""
    kept = len(stage.disk.entries)
    first = await told(stage)
    for _ in range(2):
        await go_back(stage, kept)
        assert stage.room.prove(first) == "lost"
        await stage.settle()
        assert clock(stage).lost
    await stage.accept("control", b.Acknowledge())
    between = len(stage.disk.entries)
    second = await told(stage)
    await go_back(stage, between)
    assert stage.room.prove(second) == "lost"
    await stage.settle()
    assert clock(stage).lost


async def test_it_stays_over_a_restart_until_it_is_acknowledged(stage):
    """The log itself says that it has lost its end."""
    kept = len(stage.disk.entries)
    lost = await told(stage)
    await go_back(stage, kept)
    stage.room.prove(lost)
    await stage.settle()
    await stage.restart()
    assert (await stage.submit("police", stage.say("x", "help"))).code == "lost"


async def test_another_history_of_the_same_length_is_a_loss(stage):
    """Not the number alone: the entry must be the one that was acknowledged."""
    kept = len(stage.disk.entries)
    lost = await told(stage, words="one")
    await go_back(stage, kept)
    await told(stage, "help", "another")
    await told(stage, "help", "and another")
    assert stage.room.prove(lost) == "lost"


async def test_what_this_exercise_has_not_sealed_tells_nothing_and_does_nothing(stage):
    """Made up, altered by one sign, or of another exercise: one answer, and nothing is written."""
    token = await told(stage)
    async with Stage(TOWN, seed=2) as other:
        await other.accept("control", b.Start())
        foreign = await told(other)
    before = len(stage.disk.entries)
    altered = token[:-1] + ("A" if token[-1] != "A" else "B")
    for forged in ("x", "x" * 140, altered, token[:-4], foreign, "ё" * 10):
        assert stage.room.prove(forged) == "refused"
    await stage.settle()
    assert len(stage.disk.entries) == before


async def test_nothing_is_taken_before_the_loss_is_written_down():
    """A store that is full when the loss is found: the next act is refused all the same, once there is room."""
    trouble = Trouble()
    async with Stage(TOWN, journal=trouble.journal) as stage:
        await stage.accept("control", b.Start())
        kept = len(stage.disk.entries)
        lost = await told(stage)
        await go_back(stage, kept)
        trouble.appends = ["full"]
        assert stage.room.prove(lost) == "lost"
        await stage.settle()
        assert not clock(stage).lost
        assert (await stage.submit("police", stage.say("x", "help"))).code == "lost"
        assert clock(stage).lost


async def test_a_store_that_comes_back_without_what_was_durable_is_a_loss_without_any_phone():
    """After a failed write the room reads its store again, and compares."""
    trouble = Trouble()
    async with Stage(TOWN, journal=trouble.journal) as stage:
        await stage.accept("control", b.Start())
        kept = len(stage.disk.entries)
        await told(stage)
        trouble.appends = ["unknown_lost"]
        del stage.disk.entries[kept:]
        assert (await stage.submit("help", stage.say("x", "police"))).outcome == "unknown"
        await stage.settle()
        assert clock(stage).lost
