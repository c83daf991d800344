"""The bodies of a log: what the device said of itself, and how older versions' bodies are read."""

import msgspec
import pytest

from kerege.engine.commands import bodies as b
from kerege.room import log, upcast
from kerege.room.exercise import Exercise
from kerege.room.log import read_genesis, read_step
from kerege.room.upcast import WrongLog
from tests.stage import Stage
from tests.town import TOWN


@pytest.fixture
async def entries():
    """A short log of the present version."""
    async with Stage(TOWN) as stage:
        await stage.accept("control", b.Start())
        await stage.accept("control", b.Pause("tea"))
        yield list(stage.disk.entries)


def rewritten(entry, change):
    """An entry with another body. (Its hash no longer fits; who reads a body does not look at it.)"""
    return msgspec.structs.replace(entry, body=msgspec.msgpack.encode(change(msgspec.msgpack.decode(entry.body))))


async def test_what_the_device_said_stands_in_the_log_and_decides_nothing():
    """`seen` and `done_at_ms` as they came, also after a restart; where they differ, nothing else does."""
    logs = []
    for seen, done_at_ms in ((0, None), (41, 1_234)):
        async with Stage(TOWN) as stage:
            seat, viewer, message, language = stage.message("control", b.Start())
            message = msgspec.structs.replace(message, seen=seen, done_at_ms=done_at_ms)
            receipt = await stage.room.submit(seat, viewer, message, language)
            await stage.restart()
            body = read_step(stage.disk.entries[-1])
            assert (receipt.outcome, body.seen, body.done_at_ms) == ("accepted", seen, done_at_ms)
            logs.append(msgspec.structs.replace(body, seen=None, done_at_ms=None))
    assert logs[0] == logs[1]


async def test_what_only_the_room_has_done_was_seen_by_nobody(entries):
    """A step without a device names neither."""
    async with Stage(TOWN) as stage:
        await stage.room.person_took("actor_ann")
        body = read_step(stage.disk.entries[-1])
        assert (body.seat, body.seen, body.done_at_ms) == ("", None, None)


async def test_the_present_version_is_read_as_it_is(entries, monkeypatch):
    """No upcast is even looked for."""
    for name in ("step_upcast", "genesis_upcast"):
        monkeypatch.delattr(log, name)
    assert read_genesis(entries[0]).pack == TOWN
    assert [type(read_step(entry).command) for entry in entries[1:]] == [b.Start, b.Pause]


async def test_an_older_log_is_brought_to_the_present(entries, monkeypatch):
    """From version 1 over 2 to 3: bodies, single events and the first entry, each change in its turn."""

    def older(plain):
        events = [
            {**{k: v for k, v in event.items() if k != "phase"}, "event": "clock", "state": event["phase"]}
            if event["event"] == "clock_set"
            else event
            for event in plain["events"]
        ]
        return {"who": plain["by"], **{k: v for k, v in plain.items() if k != "by"}, "events": events}

    def renamed(event):
        return {"event": "clock_set", "phase": event.pop("state"), **event}

    old = [
        rewritten(entries[0], lambda plain: {**plain, "exercise": "old", "version": 1}),
        *(rewritten(entry, older) for entry in entries[1:]),
    ]
    present = [read_step(entry) for entry in entries[1:]]
    monkeypatch.setattr(log, "BODY_VERSION", 3)
    monkeypatch.setattr(upcast, "EVENTS", {2: {"clock": lambda event: renamed({**event, "event": "clock_set"})}})
    monkeypatch.setattr(upcast, "STEPS", {1: lambda plain: {**plain, "by": plain["who"]}})
    monkeypatch.setattr(upcast, "GENESES", {2: lambda plain: {**plain, "exercise": plain["exercise"] + "er"}})
    assert (read_genesis(old[0]).exercise, read_genesis(old[0]).version) == ("older", 3)
    for was, now in zip(old[1:], present, strict=True):
        assert read_step(was) == msgspec.structs.replace(now, version=3)
    assert Exercise.of(old).state.get("clock", "clock").phase == "paused"


@pytest.mark.parametrize("fits", [True, False])
async def test_a_newer_log_is_refused_by_name(entries, fits):
    """Whether or not it would decode: the entry is named, nothing of it is played."""

    def newer(plain):
        return {**plain, "version": log.BODY_VERSION + 1} | ({} if fits else {"events": "packed"})

    with pytest.raises(WrongLog, match="entry 2 was written by a newer version"):
        Exercise.of([*entries[:2], rewritten(entries[2], newer)])
    with pytest.raises(WrongLog, match="entry 0 was written by a newer version"):
        Exercise.of([rewritten(entries[0], lambda plain: {**plain, "version": 2, "pack": 1})])


@pytest.mark.parametrize(
    "plain",
    [7, [], {}, {"version": "1"}, {"version": 0}, {"version": True}, {"version": 1}, {"version": 1, "events": [{"event": "flew"}]}],
    ids=str,
)  # fmt: skip
async def test_a_body_of_something_else_is_refused_by_name(entries, plain):
    """Of another product, or not even msgpack."""
    for entry, read in ((entries[0], read_genesis), (entries[1], read_step)):
        for body in (msgspec.msgpack.encode(plain), b"\xc1", b""):
            with pytest.raises(WrongLog, match=f"entry {entry.header.n} is of another product"):
                read(msgspec.structs.replace(entry, body=body))


async def test_rules_of_a_later_version_are_not_played(entries):
    """Older ones fold; newer ones are refused."""
    genesis = read_genesis(entries[0])
    Exercise(msgspec.structs.replace(genesis, rules_version=0), b"")
    with pytest.raises(WrongLog, match="newer than"):
        Exercise(msgspec.structs.replace(genesis, rules_version=log.RULES_VERSION + 1), b"")
