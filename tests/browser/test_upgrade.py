"""The server is upgraded while phones are open: pages of the older client load the newer one, and nothing is lost by it."""

import shutil

import pytest

from tests.browser.test_watching import NEW_LINK
from tests.system.pages import DESK, NAME, PHONE, House, Somebody, chromium
from tests.system.server import Nursery, free_port, serving, until

TEAM, OTHER = "Police patrol", "Social service"
WORDS = "written while the server was away"
BEGUN = "begun, and not sent"
LOAD_S_MAX = 5
SCRIPT = "document.querySelector('script[type=module]').src"
ROW = "an open page of an older client, on an upgraded server: loaded anew, its act sent once"


@pytest.fixture
def nursery():
    started = Nursery()
    yield started
    started.close()


def upgraded(web) -> None:
    """Another version of the client: every file but the pictures has another name, and the old names are gone."""
    names = [path.name for path in (web / "assets").iterdir() if path.suffix in {".js", ".css"}]
    for path in [*(web / "assets").iterdir(), web / "index.html"]:
        if path.suffix not in {".js", ".css", ".html"}:
            continue
        text = path.read_text()
        for name in names:
            text = text.replace(name, f"newer-{name}")
        path.unlink()
        (path.parent / (f"newer-{path.name}" if path.name in names else path.name)).write_text(text)


def untold(web) -> None:
    """An upgrade that the server does not notice: what it looks for in the page is written otherwise."""
    upgraded(web)
    page = web / "index.html"
    page.write_text(page.read_text().replace('<script type="module"', "<script type='module'"))


@pytest.mark.proof("G12", ROW)
async def test_a_page_of_an_older_client_loads_the_newer(nursery, dist, tmp_path, proof):
    """Not while somebody writes; then it keeps its seat and its act, and parts that are fetched later open again."""
    newer, sent = await ride(nursery, dist, tmp_path, upgraded)
    assert newer
    assert sent == 1
    proof.tried(1, faults=1)


@pytest.mark.proof("G12", ROW, mutant=True)
async def test_a_server_that_does_not_say_so_leaves_the_page_old(nursery, dist, tmp_path):
    """Without the word of the server an open page stays what it was."""
    newer, _ = await ride(nursery, dist, tmp_path, untold)
    assert not newer


async def test_a_restart_loads_no_page_anew(nursery, dist, tmp_path):
    """Where the client is the same, a page that comes back goes on as it stands."""
    newer, sent = await ride(nursery, dist, tmp_path, lambda _web: None)
    assert not newer
    assert sent == 1


async def network_back(phone: Somebody) -> None:
    """As a phone tells its pages: whoever waits for the next try need not, and a live link is asked whether it lives."""
    await phone.page.evaluate("dispatchEvent(new Event('online'))")


class Ear:
    """How often a phone's page has been told that its link lives, and how often it was loaded."""

    def __init__(self, phone: Somebody) -> None:
        self.phone = phone
        self.echoes = self.loads = 0
        phone.page.on("load", lambda _: self._loaded())
        phone.page.on("websocket", lambda line: line.on("framereceived", self._count))

    def _count(self, frame: bytes | str) -> None:
        self.echoes += isinstance(frame, bytes) and b"\xa4type\xa4echo" in frame

    def _loaded(self) -> None:
        self.loads += 1

    async def comes_back(self) -> None:
        """To the server that is there again; returns once the page has its first echo."""
        await network_back(self.phone)
        await self.phone.is_connected()
        await self.another()

    async def another(self) -> None:
        """Ask, and wait for the answer."""
        before = self.echoes
        await network_back(self.phone)
        await until(lambda: self.echoes > before, "an echo")

    async def another_page(self, before: int) -> bool:
        """Whether the page has been loaded since; one that means to begins as soon as it has its echo."""
        try:
            await until(lambda: self.loads > before, "another page", LOAD_S_MAX)
        except AssertionError:
            return False
        return True


async def ride(nursery, dist, folder, upgrade) -> tuple[bool, int]:
    """A phone writes while the server is replaced. Whether its page is another now; how often its act came."""
    web = folder / "web"
    shutil.copytree(dist, web)
    port = free_port()
    more = {"port": port, "public_url": f"http://{NAME}:{port}", "client_dir": str(web)}
    async with serving(nursery, folder / "played", "silver-reed", **more) as server, chromium() as browser:
        house = House(browser, port)
        control = await house.come("en", DESK)
        await control.join(link=f"{house.url}/#code={server.control_code}")
        phone = await house.come("en", PHONE)
        phone.link_may_fail = True
        ear = Ear(phone)
        await phone.join(await control.code_of(TEAM))
        evaluator = await house.come("en", PHONE)
        evaluator.link_may_fail = True
        ear_of_another = Ear(evaluator)
        await evaluator.join(link=await control.page.evaluate(NEW_LINK, "evaluator"))
        await control.button("Run", exact=True).click()
        await control.confirm("STARTEX")
        await control.page.close()
        await evaluator.button(TEAM, exact=True).click()
        note = evaluator.page.get_by_label("What did you see?")
        await note.fill(BEGUN)
        await evaluator.page.evaluate("document.activeElement.blur()")
        await phone.tab("people")
        await phone.button(f"Write to {OTHER}", exact=True).click()  # fetches the part that it stands in
        await phone.sheet.get_by_role("textbox").fill(WORDS)
        loads, loads_there = ear.loads, ear_of_another.loads
        server.stop()
        await phone.button("Send", phone.sheet, exact=True).click()
        await phone.tab("now")
        await phone.sees("on this phone only")
        await phone.tab("people")
        await phone.button(f"Write to {OTHER}", exact=True).click()
        await phone.sheet.get_by_role("textbox").fill(BEGUN)
        upgrade(web)
        await server.start()
        await ear.comes_back()
        assert await phone.sheet.get_by_role("textbox").input_value() == BEGUN, "loaded anew under somebody's hands"
        await ear_of_another.comes_back()
        assert await note.input_value() == BEGUN, "words that stand on a screen were loaded away"
        await note.clear()
        await ear_of_another.another()
        newer_there = await ear_of_another.another_page(loads_there)
        await phone.page.keyboard.press("Escape")
        await phone.tab("now")
        await ear.another()
        newer = await ear.another_page(loads)
        assert newer is newer_there is ("newer-" in await phone.page.evaluate(SCRIPT))
        if newer:
            await phone.is_connected()
            await phone.tab("people")
            await phone.button(f"Write to {OTHER}", exact=True).click()  # again from a part that is fetched later
            await phone.sheet.get_by_role("textbox").fill("and on")
        server.stop()
        said = [step for step in await server.steps() if step.seat and type(step.command).__name__ == "Say"]
        return newer, len(said)
