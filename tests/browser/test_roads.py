"""Bad ways to the real server: WebSockets that a venue's network blocks, a server that moved, a laptop that slept."""

import asyncio
import os
import signal
import time

import pytest
from playwright.async_api import expect

from tests.system.pages import DESK, MOVED, NAME, PHONE, House, chromium
from tests.system.server import Nursery, free_port, serving
from tests.system.weather import FOUL, Sky

NO_SOCKETS = """(() => {
    const Closed = class extends EventTarget {
        constructor() { super(); this.readyState = 3; setTimeout(() => this.onclose?.(new Event("close")), 5); }
        send() {}
        close() {}
    };
    Object.assign(Closed, { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 });
    window.WebSocket = Closed;
})()"""
"""As behind a middle box that lets no connection be upgraded: the socket closes without a word."""
NOT_ALLOWED = "(() => { window.WebSocket = class { constructor() { throw new Error('not allowed'); } }; })()"
"""As in a browser whose policy forbids them: not even tried."""
SPEED = 60
SEED = 7
WORDS = 6
FAULTS_A_TURN = 4
FAULTS = ("lost", "stalled", "cut", "refused")
WEATHER_S_MAX = 60
HANGS_MS = 45_000
"""What a client bears of an upgrade without an answer, and some patience."""
STATES = """async () => {
    const database = await new Promise((done) => { const ask = indexedDB.open("kerege"); ask.onsuccess = () => done(ask.result); });
    const all = await new Promise((done) => { const ask = database.transaction("acts").objectStore("acts").getAll(); ask.onsuccess = () => done(ask.result); });
    database.close();
    return all.map((act) => act.state);
}"""
"""What became of each act that this phone keeps."""
ROUNDING_S = 2
SLEEP_NOTICED_MS = 30_000
"""A beat and the silence that a client bears, and some patience."""


@pytest.fixture
def nursery():
    started = Nursery()
    yield started
    started.close()


@pytest.mark.parametrize("blocked", [NO_SOCKETS, NOT_ALLOWED], ids=["closed", "forbidden"])
async def test_where_websockets_are_blocked_everything_goes_by_events_and_posts(nursery, dist, tmp_path, blocked):
    """The phone takes the other road by itself, says it is connected, acts, hears others, and comes back after a kill."""
    port = free_port()
    settings = {"port": port, "public_url": f"http://{NAME}:{port}", "client_dir": str(dist)}
    async with serving(nursery, tmp_path, "silver-reed", **settings) as server, chromium() as browser:
        house = House(browser, port)
        control = await house.come("en", DESK)
        patrol = await house.come("en", PHONE)
        roads = []
        patrol.page.on("request", lambda request: roads.append(request.url.partition("/api/")[2].partition("?")[0]))
        await patrol.context.add_init_script(blocked)
        await control.join(link=f"{house.url}/#code={server.control_code}")
        await patrol.join(await control.code_of("Police patrol"))
        assert "stream" in roads
        await control.button("Run", exact=True).click()
        await control.confirm("STARTEX")
        await patrol.sees("the salon across the yard")
        await patrol.act("Go to", "front room of the salon")
        await patrol.tab("now")
        await patrol.sees("Under way")
        assert "submit" in roads

        patrol.link_may_fail = control.link_may_fail = True
        server.kill()
        await patrol.sees("Reconnecting")
        await server.start()
        await patrol.is_connected()
        await control.is_connected()
        await patrol.press_stop("STOP")
        await control.frozen.wait_for()
        await patrol.page.mouse.up()
        await control.button("The danger is over").click()
        await control.button("Yes, the danger is over").click()
        await expect(patrol.frozen).to_have_count(0)
        assert not patrol.complaints


ELSEWHERE = """async (host) => {
    const stopped = [];
    document.addEventListener("securitypolicyviolation", (event) => stopped.push(event.blockedURI.split(":")[0]));
    const tried = [() => new WebSocket(`ws://${host}/ws`), () => new WebSocket(`wss://${host}/ws`), () => fetch(`http://${host}/api/me`)];
    for (const each of tried) { try { await each(); } catch { /* said by the event */ } }
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return stopped;
}"""


async def test_a_page_speaks_to_its_own_server_alone(nursery, dist, tmp_path):
    """Its policy lets it reach the WebSocket of its own host, by plain http too, and nothing under any other name."""
    port = free_port()
    settings = {"port": port, "public_url": f"http://{NAME}:{port}", "client_dir": str(dist)}
    async with serving(nursery, tmp_path, "first-steps", **settings) as server, chromium() as browser:
        control = await House(browser, port).come("en", DESK)
        sockets = []
        control.page.on("websocket", lambda socket: sockets.append(socket.url))
        await control.join(link=f"http://{NAME}:{port}/#code={server.control_code}")
        assert sockets == [f"ws://{NAME}:{port}/ws"]
        assert not control.complaints
        assert await control.page.evaluate(ELSEWHERE, f"{MOVED}:{port}") == ["ws", "wss", "http"]
        assert sockets == [f"ws://{NAME}:{port}/ws"]


async def test_an_upgrade_that_hangs_without_a_word_does_not_keep_anybody_out(nursery, dist, tmp_path):
    """A middle box swallows the upgrade: neither yes nor no comes. The phone waits a while, then takes the other road."""
    port = free_port()
    settings = {"port": port, "public_url": f"http://{NAME}:{port}", "client_dir": str(dist)}
    async with serving(nursery, tmp_path, "silver-reed", **settings) as server, chromium() as browser, Sky(port) as sky:
        house = House(browser, port)
        control = await house.come("en", DESK)
        await control.join(link=f"{house.url}/#code={server.control_code}")
        await control.button("Run", exact=True).click()
        await control.confirm("STARTEX")
        sky.swallows = b"GET /ws"
        patrol = await house.come("en", PHONE, port=sky.port)
        patrol.link_may_fail = True
        roads = []
        patrol.page.on("request", lambda request: roads.append(request.url.partition("/api/")[2].partition("?")[0]))
        await come_in(patrol, await control.code_of("Police patrol"))
        await expect(patrol.page.get_by_role("status").get_by_text("Connected")).to_be_visible(timeout=HANGS_MS)
        assert sky.faults["swallowed"] == 1, "one try was enough"
        assert "stream" in roads
        await write(patrol, "We are here.")
        await all_accepted(patrol, 1)
        assert not patrol.complaints


async def test_event_streams_lose_and_double_nothing_in_foul_weather(nursery, dist, tmp_path):
    """Late, thin, lost, stalled, cut and refused: each of it happens, and each word typed is in the room once."""
    port = free_port()
    settings = {"port": port, "public_url": f"http://{NAME}:{port}", "client_dir": str(dist)}
    print("seed", SEED)
    async with (
        serving(nursery, tmp_path, "silver-reed", **settings) as server,
        chromium() as browser,
        Sky(port, SEED) as sky,
    ):
        house = House(browser, port)
        control = await house.come("en", DESK)
        await control.join(link=f"{house.url}/#code={server.control_code}")
        await control.button("Run", exact=True).click()
        await control.confirm("STARTEX")
        patrol = await house.come("en", PHONE, port=sky.port)
        patrol.link_may_fail = True
        await patrol.context.add_init_script(NO_SOCKETS)
        await patrol.join(await control.code_of("Police patrol"))
        sky.weather = FOUL
        for turn in range(WORDS):
            await write(patrol, f"word {turn}")
            enough = sky.faults.total() + FAULTS_A_TURN
            await weather_does(patrol, lambda enough=enough: sky.faults.total() >= enough)
        await weather_does(patrol, lambda: all(sky.faults[name] for name in FAULTS))
        sky.put_back()
        await patrol.page.evaluate("dispatchEvent(new Event('online'))")
        await all_accepted(patrol, WORDS)
        print(f"{WORDS} acts, {dict(sky.faults)}, {dict(sky.slowed)}")
        assert sky.slowed["late"] and sky.slowed["thin"]
        assert not patrol.complaints
        server.stop()
        said = [step.command_id for step in await server.steps() if step.seat and type(step.command).__name__ == "Say"]
        assert len(said) == len(set(said)) == WORDS


async def come_in(somebody, code):
    """Up to the seat's own screens, whatever the link does."""
    await somebody.page.goto(somebody.url)
    await somebody.page.get_by_role("textbox").first.fill(code)
    await somebody.button("Go on").click()
    await somebody.page.get_by_label("I have read this and accept it").check()
    await somebody.button("Join the exercise").click()


async def write(phone, words):
    """To the first team on the list."""
    await phone.tab("people")
    await phone.button("Write to").first.click()
    await phone.sheet.get_by_role("textbox").fill(words)
    await phone.button("Send", phone.sheet, exact=True).click()
    await expect(phone.sheet).to_have_count(0)


async def weather_does(phone, enough):
    """Wait until enough has gone wrong; the phone is told again and again that there is a network, so that it tries."""
    loop = asyncio.get_running_loop()
    patience = loop.time() + WEATHER_S_MAX
    while not enough():
        assert loop.time() < patience, "the weather does too little"
        await phone.page.evaluate("dispatchEvent(new Event('online'))")
        await phone.page.wait_for_timeout(300)


async def all_accepted(phone, acts):
    """The phone keeps so many acts, and each of them is answered with yes."""
    loop = asyncio.get_running_loop()
    patience = loop.time() + WEATHER_S_MAX
    while (states := await phone.page.evaluate(STATES)) != ["accepted"] * acts:
        assert loop.time() < patience, states
        await phone.page.wait_for_timeout(100)


async def test_a_client_whose_websockets_work_never_takes_the_other_road(nursery, dist, tmp_path):
    """A killed server is no blocked socket."""
    port = free_port()
    settings = {"port": port, "public_url": f"http://{NAME}:{port}", "client_dir": str(dist)}
    async with serving(nursery, tmp_path, "silver-reed", **settings) as server, chromium() as browser:
        control = await House(browser, port).come("en", DESK)
        asked = []
        control.page.on("request", lambda request: asked.append(request.url))
        await control.join(link=f"http://{NAME}:{port}/#code={server.control_code}")
        control.link_may_fail = True
        server.kill()
        await control.sees("Reconnecting")
        await server.start()
        await control.is_connected()
        assert not [url for url in asked if "/api/stream" in url]


async def test_the_same_code_finds_the_seat_when_the_server_has_another_address(nursery, dist, tmp_path):
    """The laptop got a new address: the old page waits and says so; under the new name the same code opens the same team."""
    port = free_port()
    settings = {"port": port, "client_dir": str(dist)}
    async with chromium() as browser:
        house = House(browser, port)
        control = await house.come("en", DESK)
        patrol = await house.come("en", PHONE)
        async with serving(nursery, tmp_path, "silver-reed", public_url=f"http://{NAME}:{port}", **settings) as server:
            await control.join(link=f"{house.url}/#code={server.control_code}")
            code = await control.code_of("Police patrol")
            await patrol.join(code)
            await control.button("Run", exact=True).click()
            await control.confirm("STARTEX")
            await patrol.sees("the salon across the yard")
            before = await patrol.known()
            for somebody in house.everybody:
                somebody.link_may_fail = True
        await patrol.sees("Reconnecting")
        assert await patrol.known() == before

        moved = f"http://{MOVED}:{port}"
        async with serving(nursery, tmp_path, "silver-reed", public_url=moved, **settings):
            again = await house.come("en", PHONE)
            again.url = moved
            await again.join(code)
            assert await again.known() == before
            assert MOVED in (await ask_room(again))["join_url"]
            assert not again.complaints


async def test_a_laptop_that_slept_wakes_where_it_fell_asleep(nursery, dist, tmp_path):
    """Play time does not count a night of the server: the clock goes on from where it stood, and the clients come back."""
    port = free_port()
    settings = {"port": port, "public_url": f"http://{NAME}:{port}", "client_dir": str(dist)}
    async with serving(nursery, tmp_path, "silver-reed", **settings) as server, chromium() as browser:
        house = House(browser, port)
        control = await house.come("en", DESK)
        await control.join(link=f"{house.url}/#code={server.control_code}")
        await control.button("Run", exact=True).click()
        await control.confirm("STARTEX")
        await control.page.get_by_label("Speed").select_option(str(SPEED))
        control.link_may_fail = True
        while True:  # both acts are on their way: an order that nobody has had yet is not slept through
            awake_s = -time.monotonic()
            before = await ask_room(control)
            if (before["phase"], before["speed"]) == ("running", SPEED):
                break
        os.kill(server.pid, signal.SIGSTOP)
        awake_s += time.monotonic()
        asleep_s = -time.monotonic()
        try:
            await control.sees("Reconnecting", ms=SLEEP_NOTICED_MS)
        finally:
            asleep_s += time.monotonic()
            os.kill(server.pid, signal.SIGCONT)
        awake_s -= time.monotonic()
        await control.is_connected()
        after = await ask_room(control)
        awake_s += time.monotonic()
        played_s = after["at_s"] - before["at_s"]
        print(f"asleep {asleep_s:.1f} s, awake {awake_s:.1f} s, played {played_s} s at {SPEED} times the speed")
        assert after["phase"] == "running"
        assert played_s <= (awake_s + ROUNDING_S) * SPEED
        assert played_s < asleep_s * SPEED / 2


async def ask_room(somebody):
    """What the projector's page asks for, from this person's browser."""
    return await somebody.page.evaluate("async () => (await fetch('/api/room?language=en')).json()")
