"""People at real browsers, on a name that is not localhost: what they see and tap, by roles and words, nothing else."""

from __future__ import annotations

import re
import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, async_playwright, expect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

NAME = "kerege.test"
MOVED = "moved.test"
"""The same machine after its address has changed."""
PHONE, DESK = (360, 740), (1280, 800)
PATIENCE_MS = 20_000
KNOWN_NOTICES = ("Cross-Origin-Opener-Policy header has been ignored",)
"""What a browser says of any page over plain http."""
NO_SEAT_YET = "401 (Unauthorized)"
"""What it says when a page asks who sits here and nobody does."""
LOST_LINK = ("net::ERR_", "WebSocket connection to")
"""What it says while there is no network or no server."""
LINK_IS_OVER = ("404 (Not Found)", "/api/submit?link=")
"""What it says, and of which address, when a page posts to its event stream and that has ended meanwhile."""

WORDS = {
    "en": {
        "go_on": "Go on", "join": "Join the exercise", "accept": "I have read this and accept it", "connected": "Connected",
        "now": "Now", "know": "Know", "do": "Do", "people": "People", "begin": "Begin", "note": "Note it",
        "share": "Share records", "send": "Share", "next": "Next", "optional": "may stay empty", "heard": "Heard in the room",
    },
    "ru": {
        "go_on": "Дальше", "join": "Войти в упражнение", "accept": "Я прочёл(-ла) это и принимаю", "connected": "На связи",
        "now": "Сейчас", "know": "Знаем", "do": "Делать", "people": "Люди", "begin": "Начать", "note": "Отметить",
        "share": "Поделиться сведениями", "send": "Поделиться", "next": "Дальше", "optional": "можно не заполнять",
        "heard": "Услышано лично",
    },
    "ky": {
        "go_on": "Улантуу", "join": "Машыгууга кирүү", "accept": "Муну окудум жана кабыл алам", "connected": "Байланышта",
        "now": "Азыр", "know": "Билебиз", "do": "Аракет", "people": "Адамдар", "begin": "Баштоо", "note": "Белгилөө",
        "share": "Маалымат бөлүшүү", "send": "Бөлүшүү", "next": "Улантуу", "optional": "толтурбаса да болот",
        "heard": "Бетме-бет угулду",
    },
}  # fmt: skip


class Somebody:
    """One person at one page."""

    def __init__(self, context: BrowserContext, page: Page, url: str, language: str) -> None:
        self.context = context
        self.page = page
        self.url = url
        self.words = WORDS[language]
        self.complaints: list[str] = []
        self.link_may_fail = False
        self.joined = False
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)

    def _hear(self, line: ConsoleMessage) -> None:
        if line.type not in {"error", "warning"} or any(known in line.text for known in KNOWN_NOTICES):
            return
        if not self.joined and NO_SEAT_YET in line.text:
            return
        if self.link_may_fail and any(known in line.text for known in LOST_LINK):
            return
        if self.link_may_fail and LINK_IS_OVER[0] in line.text and LINK_IS_OVER[1] in line.location["url"]:
            return
        self.complaints.append(line.text)

    # -- finding ---------------------------------------------------------------------------------------------------

    def button(
        self, name: str | re.Pattern[str], within: Page | Locator | None = None, *, exact: bool = False
    ) -> Locator:
        return (within or self.page).get_by_role("button", name=name, exact=exact)

    @property
    def sheet(self) -> Locator:
        """The sheet that is open."""
        return self.page.get_by_role("dialog")

    @property
    def frozen(self) -> Locator:
        """The screen of STOP."""
        return self.page.get_by_role("alertdialog")

    async def sees(self, text: str | re.Pattern[str], within: Locator | None = None, ms: int = PATIENCE_MS) -> None:
        await expect((within or self.page.locator("body")).get_by_text(text).first).to_be_visible(timeout=ms)

    async def is_connected(self) -> None:
        await expect(self.page.get_by_role("status").get_by_text(self.words["connected"])).to_be_visible(
            timeout=PATIENCE_MS
        )

    # -- coming in -------------------------------------------------------------------------------------------------

    async def join(self, code: str = "", link: str = "") -> None:
        """By typing a code, or by following a link."""
        await self.page.goto(link or self.url)
        if code:
            await self.page.get_by_role("textbox").first.fill(code)
            await self.button(self.words["go_on"]).click()
        await self.page.get_by_label(self.words["accept"]).check()
        await self.button(self.words["join"]).click()
        await self.is_connected()
        self.joined = True

    # -- a team's screens ------------------------------------------------------------------------------------------

    async def tab(self, name: str) -> None:
        await (
            self.page.get_by_role("navigation").get_by_role("button", name=re.compile(rf"{self.words[name]}$")).click()
        )

    async def act(self, title: str, *answers: str) -> None:
        """Tap an act and what it asks for, by the words on the screen."""
        await self.tab("do")
        await self.page.get_by_role("main").get_by_role("button", name=re.compile(f"^{re.escape(title)}")).click()
        asked = self.sheet.get_by_role("group").filter(has_not_text=self.words["optional"])
        for number, answer in enumerate(answers):
            await asked.nth(number).get_by_text(answer, exact=True).first.click()
        foot = re.compile(f"^({self.words['begin']}|{self.words['note']})$")
        await self.button(foot, self.sheet).click()
        await expect(self.sheet).to_have_count(0)

    async def share(self, facts: list[tuple[str, str]], to: str) -> None:
        """Give copies of records: (thing, field) each."""
        await self.tab("know")
        await self.button(self.words["share"]).click()
        for thing, field in facts:
            card = self.page.get_by_role("article").filter(has=self.page.get_by_role("heading", name=thing))
            await card.locator("label").filter(has_text=field).first.click()
        await self.button(re.compile(f"^{self.words['next']}")).click()
        await self.sheet.get_by_text(to, exact=True).click()
        await self.button(self.words["send"], self.sheet, exact=True).click()
        await expect(self.sheet).to_have_count(0)

    async def known(self) -> str:
        """All the words of the screen "Know"."""
        await self.tab("know")
        return await self.page.get_by_role("main").inner_text()

    async def press_stop(self, name: str) -> None:
        """Hold STOP for its second."""
        await self.page.locator("header").get_by_role("button", name=name, exact=True).first.hover()
        await self.page.mouse.down()

    # -- control ---------------------------------------------------------------------------------------------------

    async def confirm(self, title: str, why: str = "") -> None:
        """A big step: the button, the reason, the button again."""
        await self.button(title, exact=True).click()
        if why:
            await self.sheet.get_by_role("textbox").fill(why)
        await self.button(title, self.sheet, exact=True).click()
        await expect(self.sheet).to_have_count(0)

    async def jump(self, minutes: int) -> None:
        await self.button("Jump", exact=True).click()
        await self.sheet.get_by_label("Minutes").fill(str(minutes))
        await self.button("Jump", self.sheet, exact=True).click()
        await expect(self.sheet).to_have_count(0)

    async def code_of(self, team: str) -> str:
        """A team's code, as its card shows it."""
        await self.button("Teams", exact=True).click()
        card = self.page.get_by_role("article").filter(has=self.page.get_by_role("heading", name=team, exact=True))
        text = await card.get_by_role("button", name=re.compile(r"^[2-9A-Z]{6} ")).inner_text(timeout=PATIENCE_MS)
        return text.split()[0]


class House:
    """Browsers of several people."""

    def __init__(self, browser: Browser, port: int) -> None:
        self.browser = browser
        self.url = f"http://{NAME}:{port}"
        self.everybody: list[Somebody] = []

    async def picture_all(self, folder: Path) -> None:
        """What everybody sees, for whoever looks into a failed test."""
        for number, somebody in enumerate(self.everybody):
            await somebody.page.screenshot(path=folder / f"page-{number}.png", full_page=True)
            (folder / f"page-{number}.txt").write_text(await somebody.page.locator("body").inner_text())

    async def come(self, language: str, size: tuple[int, int], *, port: int = 0, **more: Any) -> Somebody:
        """One more person with a browser of their own; `port`: another way to the same server."""
        context = await self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale={"en": "en-GB", "ru": "ru-RU", "ky": "ky-KG"}[language],
            **more,
        )
        context.set_default_timeout(PATIENCE_MS)
        somebody = Somebody(context, await context.new_page(), f"http://{NAME}:{port}" if port else self.url, language)
        self.everybody.append(somebody)
        return somebody


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A browser that finds the server under a name, as on a network: no secure context, no localhost."""
    path = shutil.which("chromium")
    assert path is not None, "no chromium here; scripts/need_debian.sh brings it"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", f"--host-resolver-rules=MAP {NAME} 127.0.0.1, MAP {MOVED} 127.0.0.1"],
        )
        try:
            yield browser
        finally:
            await browser.close()
