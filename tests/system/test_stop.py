"""G15: STOP reaches every screen within two seconds, over the real server's sockets, while everybody is at work."""

from __future__ import annotations

import asyncio
from random import Random

import pytest

from kerege.engine.commands import bodies as b
from tests.laws.size import TIMES
from tests.system.eventlink import EventLink
from tests.system.person import Company, Person
from tests.system.server import serving, until

ROW = ("G15", "STOP reaches every screen within 2 s, over sockets, with everybody at work")
SEED = 2
ROUNDS = 3 * TIMES
PEOPLE = 16
SCREENS_EACH = 4
STOP_S_MAX = 2.0


def freezes(screen: Person | EventLink) -> int:
    if isinstance(screen, EventLink):
        return screen.heard("freeze")
    return sum(heard.sorts.count("freeze") for heard in screen.connections)


async def screens_of(company: Company) -> tuple[list[Person], list[EventLink]]:
    """People of all teams, each with several screens, and one more where WebSockets are blocked."""
    found, titles, events = [company.control], list(company.codes), []
    for n in range(PEOPLE):
        person = await company.come(titles[n % len(titles)], f"seat-{n}")
        found.append(person)
        for _ in range(SCREENS_EACH - 1):
            screen = Person(company.server, f"screen-{len(found)}")
            screen.page.cookies, screen.stream = person.page.cookies, person.stream
            await screen.connect()
            company.people.append(screen)
            found.append(screen)
        events.append(await person.event_link())
    return found, events


async def stops(nursery, folder, fault: str = "") -> tuple[int, float]:
    """Press STOP several times; how many screens were stopped, and the longest time that one took."""
    random, loop = Random(SEED), asyncio.get_running_loop()
    stopped, longest_s = 0, 0.0
    async with serving(nursery, folder, "silver-reed", leak=fault) as server:
        company = Company(server)
        try:
            await company.open()
            linked, events = await screens_of(company)
            screens: list[Person | EventLink] = [*linked, *events]
            for _ in range(ROUNDS):
                for screen in random.sample(linked[1:], 12):  # the journal has much to do
                    await screen.send(screen.act(b.Say((company.control.stream,), "going in"))[1])
                before = {screen: freezes(screen) for screen in screens}
                left = set(screens)
                pressed_s = loop.time()
                presser = random.choice(linked[1:])
                await presser.send(presser.act(b.Stop())[1])
                while left and loop.time() < pressed_s + STOP_S_MAX:
                    left = {screen for screen in left if freezes(screen) == before[screen]}
                    await asyncio.sleep(0.001)
                assert not left, f"{len(left)} of {len(screens)} screens do not know within {STOP_S_MAX} s"
                longest_s = max(longest_s, loop.time() - pressed_s)
                stopped += len(screens)
                await until(lambda p=presser: not p.unacked, "the receipt of the stop")
                assert (await company.control.do(b.Clear())).outcome == "accepted"
                assert (await company.control.do(b.Resume())).outcome == "accepted"
        finally:
            await company.close()
    return stopped, longest_s


@pytest.mark.proof(*ROW)
async def test_stop_reaches_every_screen_in_time(nursery, tmp_path, proof):
    """Several screens for each of many people, by WebSocket and by event stream, and control's."""
    stopped, longest_s = await stops(nursery, tmp_path)
    print(f"seed {SEED}: {stopped} screens, the slowest after {longest_s * 1000:.0f} ms")
    proof.tried(stopped, faults=ROUNDS, seed=SEED)


@pytest.mark.proof(*ROW, mutant=True)
async def test_a_server_that_tells_some_only_is_caught(nursery, tmp_path):
    """One screen in many is passed over."""
    with pytest.raises(AssertionError, match="screens do not know within"):
        await stops(nursery, tmp_path, "stop_misses_a_screen")
