"""The play is written to first; observers follow in slices with rests between, and keep nobody waiting longer than one."""

import asyncio
import time
from contextlib import AsyncExitStack

import pytest
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from kerege.gateway.protocols import FramedWebSocket
from kerege.gateway.turns import OBSERVERS_EVERY_S, OBSERVERS_PER_TURN, OBSERVERS_REST_S, Turns
from tests.gateway.fakes import kinds, submit
from tests.gateway.running import serving

STOP_S_MAX = 2.0
"""STOP is on every screen within two seconds (G15)."""


async def test_the_play_goes_first_and_observers_go_in_slices_with_rests_between():
    """Whoever was woken first, and even if the play is woken again in between."""
    timers, done = [], []
    turns = Turns(lambda after_s, call: timers.append((after_s, call)))
    for number in range(2 * OBSERVERS_PER_TURN + 1):
        turns.soon(lambda number=number: done.append(f"observer {number}"), observer=True)

    async def turn() -> list[str]:
        done.clear()
        for _ in range(3):
            await asyncio.sleep(0)
        return done

    def over(seconds: float) -> None:
        ((after_s, call),) = timers
        assert after_s == seconds
        timers.clear()
        call()

    def observers(first: int, many: int) -> list[str]:
        return [f"observer {number}" for number in range(first, first + many)]

    def play() -> None:
        turns.soon(lambda: done.append("player"), observer=False)

    assert await turn() == [], "observers are gathered first"
    play()
    over(OBSERVERS_EVERY_S)
    assert await turn() == ["player", *observers(0, OBSERVERS_PER_TURN)]
    assert await turn() == [], "they rest"
    play()
    assert await turn() == ["player"], "who plays waits for no rest"
    over(OBSERVERS_REST_S)
    play()
    assert await turn() == ["player", *observers(OBSERVERS_PER_TURN, OBSERVERS_PER_TURN)]
    over(OBSERVERS_REST_S)
    assert await turn() == observers(2 * OBSERVERS_PER_TURN, 1)
    over(OBSERVERS_REST_S)
    assert await turn() == []
    assert not timers


@pytest.mark.parametrize("many", [1, 100, 1000, 3000])
async def test_a_stop_is_with_all_observers_in_time(many):
    """However many they are, and even if all of them wait for something else already."""
    timers, done = [], []
    turns = Turns(lambda after_s, call: timers.append((after_s, call)))
    for number in range(many):
        turns.soon(lambda number=number: done.append(number), observer=True)
    waited_s = OBSERVERS_EVERY_S  # whoever was written to just before the STOP is gathered once more, and comes last
    while timers:
        ((after_s, call),) = timers
        timers.clear()
        call()
        await asyncio.sleep(0)  # the turn that it armed
        waited_s += after_s
    assert done == list(range(many))
    assert waited_s < STOP_S_MAX


async def test_observers_hear_everything(monkeypatch):
    """All of it, in order, however many there are."""
    async with serving() as running, AsyncExitStack() as open_links:
        room = running.house.room
        room.viewers["observer_patrol"] = type(room.viewers["observer_patrol"])(
            "observer_patrol", "observer", "k4", "", 60
        )
        links = [await open_links.enter_async_context(running.talking("observer_patrol")) for _ in range(40)]
        for number in range(1, 4):
            room.publish("observer_patrol")
            for link in links:
                assert [frame.version for frame in await running.hear(link)] == [number]


@pytest.mark.parametrize("ws", [FramedWebSocket, WebSocketsSansIOProtocol], ids=["framed", "plain ASGI"])
async def test_a_view_that_cannot_be_read_ends_its_own_links_only(ws):
    """Our mistake in one team's view is that team's trouble; they are told to come back."""
    async with serving(ws=ws) as running, running.talking("social") as healthy, running.talking() as broken:
        reader = running.house.room.readers[-1]
        reader.payloads = lambda: 1 // 0
        running.house.room.publish("patrol")
        assert await running.ending(broken) == ("room_failed", 4500)
        await running.say(healthy, submit())
        assert kinds(await running.hear(healthy, 2)) == ["Frame", "Receipt"]


async def test_one_frame_reaches_many_links_cheaply():
    """A hundred links of a team get a frame in one turn: a sanity bound, the figures are the benchmarks'."""
    async with serving() as running, AsyncExitStack() as open_links:
        running.house.room.viewers["patrol"] = type(running.house.room.viewers["patrol"])(
            "patrol", "player", "k1", "", 200
        )
        links = [await open_links.enter_async_context(running.talking()) for _ in range(100)]
        started = time.perf_counter()
        running.house.room.publish("patrol", "x" * 1800)
        await asyncio.gather(*(running.hear(link) for link in links))
        assert time.perf_counter() - started < 2
