"""Real browsers behind a bad network at the real server: nothing lost, nothing doubled, and in the end one view.

What people do goes on while the link is late, loses, stalls, cuts and refuses; a page is loaded again without a network.
"""

import asyncio
import difflib
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
COMPARED_S_MAX = 30
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
DROPS = """(() => {
    const latin1 = new TextDecoder("latin1");
    const heard = Object.getOwnPropertyDescriptor(WebSocket.prototype, "onmessage");
    Object.defineProperty(WebSocket.prototype, "onmessage", { ...heard, set(hear) {
        heard.set.call(this, (event) => {
            const bytes = new Uint8Array(event.data);
            const text = latin1.decode(bytes);
            const at = text.indexOf("\xa8messages");
            if (text.includes("\xa4type\xa5frame") && at > 0) bytes[at + 2] = 97;
            hear(event);
        });
    } });
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (data) {
        if (!latin1.decode(data).includes("\xa4type\xa4open")) send.call(this, data);
    };
    const parse = JSON.parse;
    JSON.parse = (text, ...more) => {
        const found = parse(text, ...more);
        if (found?.type === "frame") delete found.put?.messages;
        return found;
    };
    const ask = window.fetch;
    window.fetch = (url, how) => ask(url, how?.body?.includes?.('"type":"open"') ? { ...how, body: '{"type":"beat"}' } : how);
})()"""
"""A phone that drops an item of each frame, on either road, and never reads its view afresh."""
COUNTS_COMPARED = """(() => {
    const later = window.setTimeout;
    window.compared = 0;
    window.setTimeout = (what, ms, ...more) => later(() => { what(...more); window.compared += ms === 2000; }, ms, ...more);
})()"""
"""A phone says how often it has held its view against the server's digest: two seconds after it was told one."""
LETTERS = "letters"
"""What the other team has written, in the sheet that opens to write to it."""
SCREENS = ("know", "people", "papers", LETTERS)
NOT_THE_SAME = "is not what the server shows"


@pytest.fixture
def nursery():
    started = Nursery()
    yield started
    started.close()


ROW = "browsers over a link that is late, loses, stalls, cuts and refuses"
MUTANTS = {"G2": NEW_ID_EACH_TIME, "G4": DROPS, "G12": FORGETS}
"""For each guarantee a phone that breaks it. What else such a phone breaks does not count."""


class Broken(dict[str, list[str]]):
    """What a ride has found, by guarantee."""

    def note(self, guarantee: str, what: str) -> None:
        """One thing that is not as promised."""
        self.setdefault(guarantee, []).append(what)


@pytest.mark.proof("G12", ROW)
@pytest.mark.proof("G2", ROW)
@pytest.mark.proof("G4", ROW)
@pytest.mark.timeout(300 * TIMES)
async def test_nothing_is_lost_or_doubled_on_a_bad_link(nursery, dist, tmp_path, proof):
    """All that was typed is in the room once; each phone then shows what a fresh page of its seat shows."""
    print("seed", SEED)
    broken, sent, faults = await ride(nursery, dist, tmp_path)
    print(f"{sent} acts, {dict(faults)}")
    assert not broken
    assert all(faults[name] for name in ("lost", "stalled", "cut", "refused"))
    for guarantee in ("G2", "G12"):
        proof.of(guarantee).tried(sent, faults=faults.total(), seed=SEED)
    proof.of("G4").tried(len(TEAMS) * (len(SCREENS) + 1), faults=faults.total(), seed=SEED)


@pytest.mark.parametrize(
    "guarantee", [pytest.param(each, marks=pytest.mark.proof(each, ROW, mutant=True)) for each in MUTANTS]
)
async def test_a_phone_that_does_not_keep_the_rules_is_noticed(nursery, dist, tmp_path, guarantee):
    """The same ride with pages that are wrong on purpose breaks the guarantee that they are wrong in."""
    broken, _, _ = await ride(nursery, dist, tmp_path, guarantee)
    print(broken)
    assert guarantee in broken


async def ride(nursery: Nursery, dist, folder, against: str = "") -> tuple[Broken, int, Counter[str]]:
    """
    Two phones write to each other in foul weather; then everything is compared. What is broken; how much was sent; what was done to it.

    `against`: with pages that are wrong in this; then only this is looked for.
    """
    wrong = MUTANTS.get(against, "")
    port = free_port()
    more = {"port": port, "public_url": f"http://{NAME}:{port}", "client_dir": str(dist)}
    broken = Broken()
    async with serving(nursery, folder, "silver-reed", **more) as server, chromium() as browser, Sky(port, SEED) as sky:
        house = House(browser, port)
        control = await house.come("en", DESK)
        await control.join(link=f"{house.url}/#code={server.control_code}")
        phones = [await house.come("en", PHONE, port=sky.port) for _ in TEAMS]
        for phone, team in zip(phones, TEAMS, strict=True):
            phone.link_may_fail = True
            await phone.context.add_init_script(COUNTS_COMPARED)
            if wrong:
                await phone.context.add_init_script(wrong)
            await phone.join(await control.code_of(team))
        await control.button("Run", exact=True).click()
        await control.confirm("STARTEX")
        turns = 3 if wrong else WORDS_EACH
        await in_foul_weather(sky, phones, turns)
        for phone in phones:
            await network_back(phone)
            if not await settled(phone, wait_s=10 if wrong else 60):
                broken.note("G12", "an act of this phone has no answer")
        if wrong:  # what has no answer yet is sent once more, over another link, whatever the weather was
            sky.cut_all()
            for phone in phones:
                await network_back(phone)
                await settled(phone, wait_s=10)
        await control.confirm("PAUSEX", "comparing")
        sky.cut_all()
        for phone, other in zip(phones, reversed(TEAMS), strict=True):
            if against in ("", "G4"):
                await digests_agree(phone, broken)
                await looks_fresh(phone, other, broken)
        await in_the_log(server, turns, broken)
        complaints = [line for phone in phones for line in phone.complaints if NOT_THE_SAME not in line]
        assert wrong or not complaints
        return broken, turns * len(phones), sky.faults


async def in_foul_weather(sky: Sky, phones: list[Somebody], turns: int) -> None:
    """Write without any network and load the page again; then write on, whatever the link does."""
    random = Random(SEED)
    sky.pull_out()
    for turn in range(turns):
        for phone, other in zip(phones, reversed(TEAMS), strict=True):
            await write(phone, other, f"word {turn} {random.randrange(10**6)}")
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


async def write(phone: Somebody, to: str, words: str) -> None:
    """To another team; the sheet closes at once, whatever the link does."""
    await phone.tab("people")
    await phone.button(f"Write to {to}", exact=True).click()
    await phone.sheet.get_by_role("textbox").fill(words)
    await phone.button("Send", phone.sheet, exact=True).click()
    await expect(phone.sheet).to_have_count(0)
    await phone.tab("now")


async def network_back(phone: Somebody) -> None:
    """As a phone tells its pages: whoever waits for the next try need not."""
    await phone.page.evaluate("dispatchEvent(new Event('online'))")


async def settled(phone: Somebody, wait_s: float) -> bool:
    """Whether every act of a phone is answered, on its screen and in what it keeps."""
    loop = asyncio.get_running_loop()
    patience = loop.time() + wait_s
    waiting = phone.page.locator(".acts li").filter(has_text=re.compile("on this phone only|sent|no answer yet"))
    while await waiting.count() or await phone.page.evaluate(OPEN_ACTS):
        if loop.time() > patience:
            return False
        await phone.page.wait_for_timeout(100)
    return True


async def digests_agree(phone: Somebody, broken: Broken) -> None:
    """On its new link a phone asks what its view should be, and finds that it is."""
    compared = await phone.page.evaluate("window.compared")
    await phone.page.bring_to_front()
    await network_back(phone)
    await phone.is_connected()
    await network_back(phone)  # a link that is up is asked whether it lives; the first such beat asks for digests
    patience = asyncio.get_running_loop().time() + COMPARED_S_MAX
    while await phone.page.evaluate("window.compared") == compared:
        if asyncio.get_running_loop().time() > patience:
            broken.note("G4", "nothing was compared with a digest")
            break
        await phone.page.wait_for_timeout(100)
    for line in phone.complaints:
        if NOT_THE_SAME in line:
            broken.note("G4", line)


async def looks_fresh(phone: Somebody, to: str, broken: Broken) -> None:
    """The page that went through it all and one that is opened now show the same."""
    fresh = await phone.context.new_page()
    try:
        await fresh.goto(phone.url)
        other = Somebody(phone.context, fresh, phone.url, "en")
        other.joined = True
        for screen in SCREENS:
            texts = []
            for each in (phone, other):
                await each.page.bring_to_front()
                await each.is_connected()
                texts.append(await read(each, screen, to))
            if screen == LETTERS and "word " not in texts[1]:
                broken.note("G4", "there are no letters to compare")
            if texts[0] != texts[1]:
                old, new = (text.splitlines() for text in texts)
                differing = "\n".join(difflib.unified_diff(old, new, "this page", "a fresh page", n=0, lineterm=""))
                print(differing)
                broken.note("G4", f"{screen} of a fresh page differs: {differing}")
    finally:
        await fresh.close()


async def read(phone: Somebody, screen: str, to: str) -> str:
    """The words of one screen."""
    tab = "people" if screen == LETTERS else screen
    await phone.page.get_by_role("navigation").get_by_role("button", name=tab.capitalize()).click()
    if screen != LETTERS:
        return await phone.page.get_by_role("main").inner_text()
    await phone.button(f"Write to {to}", exact=True).click()
    words = await phone.sheet.inner_text()
    await phone.page.keyboard.press("Escape")
    await expect(phone.sheet).to_have_count(0)
    return words


async def in_the_log(server: Server, turns: int, broken: Broken) -> None:
    """From each phone there is what was typed, once, and nothing else."""
    server.stop()
    said = [step for step in await server.steps() if step.seat and type(step.command).__name__ == "Say"]
    each = list(Counter(step.seat for step in said).values())
    if len(each) < len(TEAMS) or min(each) < turns:
        broken.note("G12", f"acts in the log: {each}, typed: {turns}")
    if max(each) > turns or len({(step.seat, step.command_id) for step in said}) < len(said):
        broken.note("G2", f"acts in the log: {each}, typed: {turns}")
