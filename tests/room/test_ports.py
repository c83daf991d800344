"""The machine's clock: what it counts, and what it does not."""

import asyncio

import pytest

from kerege.room.ports import ASLEEP_MS, BREATH_MS, SystemClock


class Hands:
    """A machine's clock that a test sets."""

    def __init__(self):
        self.ms = 1_000_000

    def read(self):
        return self.ms


@pytest.mark.parametrize("gap_ms", [1, BREATH_MS, ASLEEP_MS])
def test_time_awake_counts(gap_ms):
    """Up to the bound a machine was only busy."""
    hands = Hands()
    clock = SystemClock(hands.read)
    before = clock.now_ms()
    hands.ms += gap_ms
    assert clock.now_ms() - before == gap_ms


@pytest.mark.parametrize("gap_ms", [ASLEEP_MS + 1, 16 * 3600 * 1000])
def test_time_asleep_does_not(gap_ms):
    """Past it the machine slept: one breath has gone by, whether it was six seconds or a night."""
    hands = Hands()
    clock = SystemClock(hands.read)
    before = clock.now_ms()
    hands.ms += gap_ms
    assert clock.now_ms() - before == BREATH_MS
    hands.ms += 7
    assert clock.now_ms() - before == BREATH_MS + 7


async def test_what_was_due_after_a_sleep_is_neither_lost_nor_early():
    """A call that falls into a sleep comes when its own time has come, awake."""
    hands = Hands()
    clock = SystemClock(hands.read)
    called = asyncio.Event()
    due_ms = clock.now_ms() + BREATH_MS + 20
    clock.call_at(due_ms, called.set)
    hands.ms += ASLEEP_MS * 100
    at_ms = clock.now_ms()
    assert at_ms < due_ms
    hands.ms += due_ms - at_ms
    await asyncio.wait_for(called.wait(), 5)
    assert clock.now_ms() >= due_ms


async def test_a_wait_ends_at_its_time_and_at_its_word():
    """Either is enough; a time that has gone by does not wait at all."""
    clock = SystemClock()
    await clock.wait(asyncio.Event(), clock.now_ms() - 1)
    until_ms = clock.now_ms() + 30
    await clock.wait(asyncio.Event(), until_ms)
    assert clock.now_ms() >= until_ms
    word = asyncio.Event()
    asyncio.get_running_loop().call_soon(word.set)
    await clock.wait(word, None)
    assert word.is_set()


async def test_a_word_that_is_taken_back_at_once_still_wakes():
    """Whoever empties an inbox clears its event: the one who waited was called all the same."""
    clock = SystemClock()
    word = asyncio.Event()
    waiting = asyncio.ensure_future(clock.wait(word, None))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    word.set()
    word.clear()
    await asyncio.wait_for(waiting, 5)
