"""Takes the screenshots of the documentation: every sort of screen, phone and desk, in English and the chief ones in Russian.

    .venv/bin/python scripts/screens.py [part of a name …]

They show canned views (tests/browser), so that they look the same whenever they are taken. Those named cut-… are taken in
the 25-minute cut, played at the real server in three languages.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "server")]

from playwright.async_api import Browser, Page, async_playwright  # noqa: E402  the tests' folder has to be on the path

from tests.browser import cut_meeting  # noqa: E402  as above
from tests.browser.fixture_server import FixtureServer  # noqa: E402  as above
from tests.system.pages import NAME, House, Somebody, chromium  # noqa: E402  as above
from tests.system.server import Nursery, free_port, serving  # noqa: E402  as above

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

TARGET = ROOT / "docs" / "screens"
PHONE, DESK = (360, 740), (1280, 800)
SETTLE_MS = 400


async def stay(_: Page) -> None:
    """Nothing to do first."""


def tab(number: int) -> Callable[[Page], Awaitable[None]]:
    """Open one of the tabs."""

    async def steps(page: Page) -> None:
        await page.locator("nav button").nth(number).click()

    return steps


async def open_act(page: Page) -> None:
    """A talk about to begin."""
    await tab(2)(page)
    await page.locator("main .pick", has_text="20").first.click()


async def hear(page: Page) -> None:
    """Something was said face to face."""
    await tab(3)(page)
    await page.locator(".heard").click()
    await page.locator("dialog .pick").first.click()
    await page.locator("dialog .segments label").nth(2).click()


async def share(page: Page) -> None:
    """Records ticked, teams to choose."""
    await tab(1)(page)
    await page.locator("main .button").first.click()
    await page.locator("article .pick").nth(1).click()
    await page.locator("article .pick").nth(3).click()
    await page.locator(".tray .main").click()
    await page.locator("dialog .pick input").first.check()


async def stop(page: Page) -> None:
    """STOP, held."""
    await page.locator("header .holder button").hover()
    await page.mouse.down()
    await page.get_by_role("alertdialog").wait_for()
    await page.mouse.up()


async def see_as(page: Page) -> None:
    """A look over a team's shoulder."""
    await tab(1)(page)
    await page.locator("button[aria-pressed]").nth(3).click()


SCREENS: list[tuple[str, str, tuple[int, int], Callable[[Page], Awaitable[None]]]] = [
    # name, code, size, what to do first
    ("player-now", "PATROL", PHONE, stay),
    ("player-know", "PATROL", PHONE, tab(1)),
    ("player-do", "PATROL", PHONE, tab(2)),
    ("player-act", "PATROL", PHONE, open_act),
    ("player-people", "PATROL", PHONE, tab(3)),
    ("player-heard", "PATROL", PHONE, hear),
    ("player-papers", "PATROL", PHONE, tab(4)),
    ("player-share", "PATROL", PHONE, share),
    ("actor", "AIDA22", PHONE, stay),
    ("observer", "WATCH2", DESK, stay),
    ("control-run", "CNTRL2", DESK, stay),
    ("control-teams", "CNTRL2", DESK, tab(1)),
    ("control-see-as", "CNTRL2", DESK, see_as),
    ("control-truth", "CNTRL2", DESK, tab(3)),
    ("control-who-knows-what", "CNTRL2", DESK, tab(4)),
    ("stop", "PATROL", PHONE, stop),
]

IN_EVERY_LANGUAGE = {"player-now", "player-know", "player-do", "actor", "control-run", "stop"}
"""The others are shown in English only: the repository need not carry everything twice."""

CUT_HEIGHT = 720
"""Of control's picture of the cut: it stays small."""
OF_THE_CUT = {
    # kind of screen, whose: its picture
    ("now", "patrol"): "cut-minute-0-patrol.ru",
    ("now", "ngo"): "cut-minute-0-ngo.en",
    ("now: shared", "social"): "cut-shared.ky",
    ("know: two sources", "patrol"): "cut-two-sources.ru",
    ("actor: scene", "aida"): "cut-actor.ky",
    ("control: run", "control"): "cut-control.en",
}


async def main() -> None:
    """All of them, or those whose names contain a word of the command line."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("no chromium here; scripts/need_debian.sh brings it")
    wanted = sys.argv[1:]
    TARGET.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for language in ("en", "ru"):
            for name, code, size, steps in SCREENS:
                if language != "en" and name not in IN_EVERY_LANGUAGE:
                    continue
                await take(browser, wanted, f"{name}.{language}", language, size, code, steps)
            await take(browser, wanted, f"join.{language}", language, PHONE, None, stay)
            await take(browser, wanted, f"room.{language}", language, DESK, None, stay, "/room")
        await take(browser, wanted, "player-dark.en", "en", PHONE, "PATROL", tab(1), dark=True)
        await browser.close()
    if not wanted or any(word in name for word in wanted for name in OF_THE_CUT.values()):
        await play_the_cut(wanted)


async def play_the_cut(wanted: list[str]) -> None:
    """The whole meeting, with a picture of what stands in the list."""
    port = free_port()
    more = {"port": port, "public_url": f"http://{NAME}:{port}", "deterministic": 7}
    nursery = Nursery()
    try:
        with tempfile.TemporaryDirectory() as folder:
            async with serving(nursery, Path(folder), "silver-reed-cut", **more) as server, chromium() as browser:
                house = House(browser, port)
                names = ["control", *cut_meeting.SEATS]

                async def look(somebody: Somebody, kind: str) -> None:
                    name = OF_THE_CUT.get((kind, names[house.everybody.index(somebody)]))
                    if name is not None and (not wanted or any(word in name for word in wanted)):
                        await somebody.page.wait_for_timeout(SETTLE_MS)
                        clip = None
                        if kind == "control: run":  # without the answers that lie over it for a moment
                            while await somebody.button("Hide", exact=True).count():
                                await somebody.button("Hide", exact=True).first.click()
                            clip = {"x": 0, "y": 0, "width": DESK[0], "height": CUT_HEIGHT}
                        await somebody.page.screenshot(path=TARGET / f"{name}.png", clip=clip)
                        print(f"docs/screens/{name}.png")

                await cut_meeting.play(server, house, look)
    finally:
        nursery.close()


async def take(
    browser: Browser,
    wanted: list[str],
    name: str,
    language: str,
    size: tuple[int, int],
    code: str | None,
    steps: Callable[[Page], Awaitable[None]],
    path: str = "/",
    *,
    dark: bool = False,
) -> None:
    """One screen, on a server of its own."""
    if wanted and not any(word in name for word in wanted):
        return
    with FixtureServer() as server:
        context = await browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale={"en": "en-US", "ru": "ru-RU"}[language],
            color_scheme="dark" if dark else "light",
            device_scale_factor=2 if size == PHONE else 1,
        )
        page = await context.new_page()
        await page.goto(server.url + path + ("" if code is None else f"#code={code}"))
        if code is not None:
            await page.locator(".accept input").check()
            await page.locator("main > button.main").click()
            await page.locator("header .clock").wait_for()
        await page.wait_for_timeout(SETTLE_MS)
        await steps(page)
        await page.wait_for_timeout(SETTLE_MS)
        await page.screenshot(path=TARGET / f"{name}.png")
        await context.close()
    print(f"docs/screens/{name}.png")


if __name__ == "__main__":
    asyncio.run(main())
