"""What a reader is told, and in which order it gets it."""

from __future__ import annotations

from kerege.engine.commands import bodies as b
from tests.stage import Stage
from tests.town import TOWN


async def test_who_was_told_and_has_not_read_is_not_told_again():
    """However much happens: one who does not read costs an act nothing. Whoever reads hears of the next, and has all of it."""
    async with Stage(TOWN) as stage:
        await stage.accept("control", b.Start())
        idle, busy = stage.client("police"), stage.client("police")
        for client in (idle, busy):
            assert client.open()
            client.read()
        told = idle.wakes, busy.wakes
        for n in range(1, 4):
            await stage.accept("control", b.Pause(f"{n}") if n % 2 else b.Resume())
            assert (idle.wakes, busy.wakes) == (told[0] + 1, told[1] + n)
            busy.read()
        idle.read()
        assert (idle.items, idle.version) == (busy.items, busy.version)
        await stage.accept("control", b.Resume())
        assert (idle.wakes, busy.wakes) == (told[0] + 2, told[1] + 4)
        idle.reader.shut(idle.stream)
        idle.open()
        idle.read()
        await stage.accept("control", b.Pause("5"))
        assert idle.wakes == told[0] + 4, "told of what it opened again, and of what came then"
        idle.reader.pass_over()
        await stage.accept("control", b.Resume())
        assert idle.wakes == told[0] + 5, "who passes over what came is told of the next"
        idle.read()
        busy.read()
        assert idle.items == busy.items, "and has lost nothing"


async def test_a_snapshot_holds_counted_things_in_the_order_in_which_frames_brought_them():
    """So that a page that was there and one that is opened now show letters of the same second in the same order."""
    async with Stage(TOWN) as stage:
        await stage.accept("control", b.Start())
        there = stage.client("police")
        there.open()
        there.read()
        for n in range(12):
            await stage.accept("help", stage.say(f"letter {n}", "police"))
            there.read()
        fresh = stage.client("police")
        fresh.open()
        fresh.read()
        assert len(there.items["messages"]) >= 12
        assert list(fresh.items["messages"]) == list(there.items["messages"])
