"""Real browsers behind a bad network at the real server: nothing lost, nothing doubled, and in the end one view.

What people do goes on while the link is late, loses, stalls, cuts and refuses; a page is loaded again without a network.
"""

import asyncio
import re
from collections import Counter
from random import Random

import pytest
from playwright.async_api import expect

from tests.laws.size import TIMES
from tests.system.pages import DESK, NAME, PHONE, House, Somebody, chromium
from tests.system.server import Nursery, Server, free_port, serving, until
from tests.system.weather import FOUL, Sky

SEED = 11
WORDS_EACH = 5 * TIMES
FAULTS_A_TURN = 4
WEATHER_S_MAX = 60
TEAMS = ("Police patrol", "Social service")
OPEN_ACTS = """async () => {
    const database = await new Promise((done) => { const ask = indexedDB.open("kerege"); ask.onsuccess = () => done(ask.result); });
    const all = await new Promise((done) => { const ask = database.transaction("acts").objectStore("acts").getAll(); ask.onsuccess = () => done(ask.result); });
    database.close();
    return all.filter((act) => act.state === "kept" || act.state === "sent").length;
}"""
"""How many acts this phone holds that nobody has answered."""
NEW_ID_EACH_TIME = """(() => {
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (data) {
        const text = new TextDecoder("latin1").decode(data);
        const at = text.indexOf("\\xa2id");
        if (text.includes("submit") && at > 0) {
            data = new Uint8Array(data);
            for (let n = 5; n < 12; n++) data[at + n] = 97 + Math.floor(Math.random() * 26);
        }
        send.call(this, data);
    };
})()"""
"""A phone that gives an act another name each time it sends it."""
FORGETS = """(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...parts) {
        return this.name === "acts" ? this.get("nothing") : put.apply(this, parts);
    };
})()"""
"""A phone that holds its acts in the page only."""
MUTANTS = {"new_id_each_time": NEW_ID_EACH_TIME, "forgets_acts": FORGETS}


@pytest.fixture
def nursery():
    started = Nursery()
    yield started
    started.close()


@pytest.mark.proof("G12", "browsers over a link that is late, loses, stalls, cuts and refuses")
@pytest.mark.proof("G2", "browsers over a link that is late, loses, stalls, cuts and refuses")
@pytest.mark.proof("G4", "browsers over a link that is late, loses, stalls, cuts and refuses")
@pytest.mark.timeout(300 * TIMES)
async def test_nothing_is_lost_or_doubled_on_a_bad_link(nursery, dist, tmp_path, proof):
    """All that was typed is in the room once; each phone then shows what a fresh page of its seat shows."""
    print("seed", SEED)
    sent, faults = await ride(nursery, dist, tmp_path)
    print(f"{sent} acts, {dict(faults)}")
    assert all(faults[name] for name in ("lost", "cut", "refused"))
    proof.tried(sent, faults=faults.total(), seed=SEED)


@pytest.mark.proof("G12", "browsers over a link that is late, loses, stalls, cuts and refuses", mutant=True)
@pytest.mark.proof("G2", "browsers over a link that is late, loses, stalls, cuts and refuses", mutant=True)
@pytest.mark.proof("G4", "browsers over a link that is late, loses, stalls, cuts and refuses", mutant=True)
@pytest.mark.parametrize("mutant", MUTANTS)
async def test_a_phone_that_does_not_keep_the_rules_is_noticed(nursery, dist, tmp_path, mutant):
    """The same ride with pages that are wrong on purpose."""
    with pytest.raises(AssertionError, match="acts of this phone"):
        await ride(nursery, dist, tmp_path, MUTANTS[mutant])


async def ride(nursery: Nursery, dist, folder, wrong: str = "") -> tuple[int, Counter[str]]:
    """Two phones write to each other in foul weather; then everything is compared. How much was sent; what was done to it."""
    port = free_port()
    more = {"port": port, "public_url": f"http://{NAME}:{port}", "client_dir": str(dist)}
    async with serving(nursery, folder, "silver-reed", **more) as server, chromium() as browser, Sky(port, SEED) as sky:
        house = House(browser, port)
        control = await house.come("en", DESK)
        await control.join(link=f"{house.url}/#code={server.control_code}")
        phones = [await house.come("en", PHONE, port=sky.port) for _ in TEAMS]
        for phone, team in zip(phones, TEAMS, strict=True):
            phone.link_may_fail = True
            if wrong:
                await phone.context.add_init_script(wrong)
            await phone.join(await control.code_of(team))
        await control.button("Run", exact=True).click()
        await control.confirm("STARTEX")
        turns = 3 if wrong else WORDS_EACH
        await in_foul_weather(sky, phones, turns)
        for phone in phones:
            await network_back(phone)
            await settled(phone, wait_s=10 if wrong else 60)
        await control.confirm("PAUSEX", "comparing")
        if not wrong:
            sky.cut_all()  # the first beat of a new link asks for digests
            for phone in phones:
                await network_back(phone)
                await looks_fresh(phone)
        await in_the_log(server, turns)
        assert not [line for phone in phones for line in phone.complaints]
        return turns * len(phones), sky.faults


async def in_foul_weather(sky: Sky, phones: list[Somebody], turns: int) -> None:
    """Write without any network and load the page again; then write on, whatever the link does."""
    random = Random(SEED)
    sky.pull_out()
    for turn in range(turns):
        for phone in phones:
            await write(phone, f"word {turn} {random.randrange(10**6)}")
            if turn == 0:
                await phone.sees("on this phone only")
        if turn > 0:
            enough = sky.faults.total() + FAULTS_A_TURN
            await until(lambda enough=enough: sky.faults.total() >= enough, "the weather does something", WEATHER_S_MAX)
        if turn == 0:
            sky.put_back()  # a page without a server cannot be loaded at all; its acts have to outlive it
            for phone in phones:
                await phone.page.reload()
                await phone.tab("now")
            sky.weather = FOUL
    sky.put_back()


async def write(phone: Somebody, words: str) -> None:
    """To the first team on the list; the sheet closes at once, whatever the link does."""
    await phone.tab("people")
    await phone.page.get_by_role("button", name="Write to").first.click()
    await phone.sheet.get_by_role("textbox").fill(words)
    await phone.button("Send", phone.sheet, exact=True).click()
    await expect(phone.sheet).to_have_count(0)
    await phone.tab("now")


async def network_back(phone: Somebody) -> None:
    """As a phone tells its pages: whoever waits for the next try need not."""
    await phone.page.evaluate("dispatchEvent(new Event('online'))")


async def settled(phone: Somebody, wait_s: float) -> None:
    """Every act of a phone is answered, on its screen and in what it keeps."""
    loop = asyncio.get_running_loop()
    patience = loop.time() + wait_s
    waiting = phone.page.locator(".acts li").filter(has_text=re.compile("on this phone only|sent|no answer yet"))
    while await waiting.count() or await phone.page.evaluate(OPEN_ACTS):
        assert loop.time() < patience, "acts of this phone without an answer"
        await phone.page.wait_for_timeout(100)


async def looks_fresh(phone: Somebody) -> None:
    """The page that went through it all and one that is opened now show the same; and the server's digest agrees."""
    fetched: list[str] = []
    fresh = await phone.context.new_page()
    try:
        await fresh.goto(phone.url)
        other = Somebody(phone.context, fresh, phone.url, "en")
        other.joined = True
        fresh.on("response", lambda response: fetched.append(response.url))
        for screen in ("know", "people", "papers"):
            texts = []
            for each in (phone, other):
                await each.page.bring_to_front()
                await each.is_connected()
                await each.page.get_by_role("navigation").get_by_role("button", name=screen.capitalize()).click()
                texts.append(await each.page.get_by_role("main").inner_text())
            assert texts[0] == texts[1], f"{screen} of a fresh page differs"
    finally:
        await fresh.close()


async def in_the_log(server: Server, turns: int) -> None:
    """From each phone there is what was typed, once, and nothing else."""
    server.stop()
    said = [step for step in await server.steps() if step.seat and type(step.command).__name__ == "Say"]
    each = Counter(step.seat for step in said)
    assert list(each.values()) == [turns] * len(TEAMS), f"acts of this phone in the log: {each}, typed: {turns}"
    assert len({(step.seat, step.command_id) for step in said}) == len(said)
