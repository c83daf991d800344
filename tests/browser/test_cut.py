"""The 25-minute cut in nine real browsers: what each phone shows, in three languages, and no fault on any kind of screen."""

import time

import pytest
from axe_playwright_python.async_playwright import Axe

from tests.browser import cut_meeting
from tests.system.pages import NAME, House, Somebody, chromium
from tests.system.server import Nursery, free_port, serving

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def nursery():
    started = Nursery()
    yield started
    started.close()


@pytest.mark.timeout(300)  # nine browsers
async def test_six_services_in_three_languages(nursery, dist, tmp_path):
    seen: set[str] = set()

    async def look(somebody: Somebody, kind: str) -> None:
        """Nothing is wider than the phone; of each kind of screen, axe finds nothing on the first."""
        assert await somebody.page.evaluate(TOO_WIDE) <= 0, kind
        if kind not in seen:
            seen.add(kind)
            await somebody.page.evaluate(
                "scrollTo(0, 0)"
            )  # what is half under a bar that stays would count as too small
            found = await Axe().run(somebody.page, options=RULES)
            faults = [(each["id"], each["nodes"][0]["html"][:200]) for each in found.response["violations"]]
            assert not faults, kind

    port = free_port()
    more = {"port": port, "public_url": f"http://{NAME}:{port}", "client_dir": str(dist)}
    begun = time.monotonic()
    async with serving(nursery, tmp_path, "silver-reed-cut", **more) as server, chromium() as browser:
        house = House(browser, port)
        try:
            await cut_meeting.play(server, house, look)
        except BaseException:
            await house.picture_all(tmp_path)
            raise
    print(f"{len(seen)} kinds of screens in {time.monotonic() - begun:.0f} s")
