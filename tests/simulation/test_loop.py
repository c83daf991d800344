"""The small world's own rules: time, order, death, and nothing real."""

from __future__ import annotations

import asyncio
from contextvars import copy_context

import pytest

from tests.simulation.loop import PROCESS, Process, VirtualLoop


def played(seed, main, until_s=100.0):
    """Run one coroutine in a loop of this seed."""
    loop = VirtualLoop(seed)
    task = loop.create_task(main())
    loop.run(lambda: task.done() or loop.time() > until_s)
    loop.end()
    return loop, task


def test_time_goes_on_only_when_nobody_is_ready():
    """Two who sleep wake at their times, and a night costs nothing."""
    seen = []

    async def main():
        async def sleeper(s):
            await asyncio.sleep(s)
            seen.append((s, asyncio.get_running_loop().time()))

        await asyncio.gather(sleeper(16 * 3600), sleeper(2))

    loop, _ = played(1, main, 1e6)
    assert seen == [(2, 2.0), (16 * 3600, 57600.0)]
    assert loop.steps < 50


def test_the_seed_alone_decides_who_is_next():
    """The same seed is the same order; over some seeds there are several orders."""

    def order(seed):
        seen = []

        async def one(n):
            await asyncio.sleep(0)
            seen.append(n)

        async def main():
            await asyncio.gather(*(one(n) for n in range(6)))

        loop, _ = played(seed, main)
        return tuple(seen), loop.trace

    assert order(5) == order(5)
    assert len({order(seed)[0] for seed in range(10)}) > 5


def test_nothing_of_a_dead_process_runs():
    """Not its tasks, not its calls, not its `finally`."""
    loop, seen = VirtualLoop(1), []
    process = Process("one")
    context = copy_context()
    context.run(PROCESS.set, process)

    async def work():
        try:
            while True:
                seen.append(loop.time())
                await asyncio.sleep(1)
        finally:
            seen.append("finally")

    loop.create_task(work(), context=context)
    loop.run(lambda: loop.time() >= 3)
    process.alive = False
    before = list(seen)
    loop.call_later(10, lambda: None)
    loop.run(lambda: False)
    assert seen == before
    loop.end()


@pytest.mark.parametrize(
    "real",
    [
        lambda loop: loop.run_in_executor(None, print),
        lambda loop: loop.call_soon_threadsafe(print),
        lambda loop: loop.add_reader(0, print),
    ],
)
def test_nothing_real_is_there(real):
    """Threads and files are refused."""
    with pytest.raises(NotImplementedError):
        real(VirtualLoop(1))


def test_what_goes_wrong_ends_the_run():
    """A callback that raises is said and nothing goes on after it."""
    loop = VirtualLoop(1)
    loop.call_later(1, lambda: 1 / 0)
    loop.call_later(2, lambda: pytest.fail("went on"))
    loop.run(lambda: False)
    assert "ZeroDivisionError" in loop.failures[0]
