"""G10, as it would come: people type hostile words wherever they can, and everybody's screens and papers are opened.

A real exercise in its own server; what is typed goes by the usual commands, and everybody reads it in a browser: teams,
actor, safety, control, evaluator, mentor, observer, then the pages after ENDEX and what is printed. A script that ran, a
dialog, an attribute that listens, a report of the page's policy or any line of complaint fails the test.
"""

from __future__ import annotations

import asyncio
import itertools
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import uvicorn
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from playwright.async_api import TimeoutError as PlaywrightTimeout

from kerege.engine.commands import bodies as b
from kerege.gateway.limits import Bounds
from kerege.gateway.seats import clean_name
from kerege.gateway.serving import uvicorn_config
from kerege.gateway.shield import POLICY, SECURITY_HEADERS
from kerege.review import sheet
from tests.browser.test_hostile_words import LOOK
from tests.laws.size import TIMES
from tests.privacy.people import Town, town
from tests.room.everything import SECRET, say_everything
from tests.system.pages import KNOWN_NOTICES, NAME, PATIENCE_MS, PHONE, chromium
from tests.system.server import free_port, until
from tests.town import town as pack_of_town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Browser, BrowserContext, Page

ROW = "hostile words typed wherever one can, read by every seat and on paper: no script, dialog, listener or report"
FITS = "<svg onload=ran=1>"
"""Where few characters are taken."""
TYPED = (
    FITS,
    "<img src=x onerror=ran=2>",
    "<script>window.ran=3</script><img src=x onerror=ran=4>",
    '"><a href="javascript:window.ran=5" onclick="window.ran=6">x</a><img src=x>',
    "<img src=x> { $x } {$x} { -brand } { 7 ->  *[a] b } {{7*7}} ${7*7} {% raw %} #{7}",
    "<img src=x> \u202egnp.exe\u2066 \u200b\u0301" + "\u0301" * 40,
    "<img src=x> שלום (12:30) <b onmouseover=ran=7>",
    "<img src=x>" + "Щ" * 400,
    '=HYPERLINK("http://evil.example","<img src=x>")',
    "@SUM(1)<img src=x>\t-1+1\r+1",
    "javascript:window.ran=8//<img src=x>",
    "</script></style></textarea><img src=x onerror=ran=9>",
    "[<img src=x onerror=ran=10>](javascript:window.ran=11) ![x](x) `x` **x**",
    "&lt;img src=x&gt; &#60;img src=x onerror=ran=12&#62; %3Cimg%20src=x%3E <img src=x>",
)
LISTENERS = """() => [...document.querySelectorAll('*')].flatMap((each) => each.getAttributeNames()
    .filter((name) => name.startsWith('on') || /^\\s*javascript:/i.test(each.getAttribute(name)))
    .map((name) => `${each.tagName} ${name}`))"""
UNSEEN = "() => document.body.innerText.match(/[\\u200b\\u202a-\\u202e\\u2066\\u2067]|\\u0301{3}/g)"
WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
SEATS = ("police", "help", "court", "actor_ann", "safety", "control", "evaluators", "mentor_police", "desk")
LETTERS = (
    ("police", "help"), ("help", "police"), ("court", "control"), ("actor_ann", "control"), ("safety", "control"),
    ("control", "court"), ("control", "safety"), ("control", "actor_ann"), ("mentor_police", "police"),
)  # fmt: skip
READS_NOTHING_TYPED = {"desk"}
"""Observers: free words are protected."""
TAPS = min(4, TIMES)
"""Sheets that are opened on each tab; more in the long run."""
PAGES = ("/last-page", "/notes", "/known?note=1", "/known?note=<img src=x>", "/<img src=x onerror=ran=1>", "/room")


class Typist:
    """Stands for the exercise's people: where they would type the canary, they type the next hostile words that fit."""

    def __init__(self, there: Town) -> None:
        self._there = there
        self._next = itertools.cycle(TYPED)
        self.typed = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._there, name)

    async def accept(self, viewer: str, command: Any) -> None:
        plain = msgspec.to_builtins(command)
        await self._there.accept(viewer, self._instead(plain, plain["do"], ""))

    def _instead(self, value: Any, do: str, name: str) -> Any:
        if isinstance(value, dict):
            return {key: self._instead(each, do, name or key) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self._instead(each, do, name) for each in value]
        if not isinstance(value, str) or SECRET not in value:
            return value
        self.typed += 1
        chars_max = {"ask": 20, "take": 40, "split": 60}.get(do, 120 if name == "title" else 1000)
        no = "{}[]" if name == "texts" else ""
        fits = (each for each in self._next if len(each) <= chars_max and not set(no) & set(each))
        return value.replace(SECRET, next(fits))


async def type_everywhere(there: Town) -> int:
    """Every command that takes words, and each of the hostile words in chat, notes and proposals."""
    for viewer, words in zip(SEATS, itertools.cycle(TYPED)):
        there.sit(viewer, clean_name(words, Bounds().name_chars_max))
    people = Typist(there)
    await say_everything(people)
    for words in TYPED:
        for who, to in LETTERS:
            await there.accept(who, there.say(words, to))
        await there.accept("evaluators", b.Observe((there.viewer("police"),), text=words))
    await there.accept("control", b.Resume())
    await people.accept("control", b.Split(there.viewer("police"), SECRET))
    await people.accept("help", b.Propose(SECRET))
    await people.accept("help", b.Request(there.viewer("police"), words=SECRET))
    await people.accept("mentor_help", b.Think(True, SECRET))
    await people.accept("control", b.Pause(SECRET))
    return people.typed + len(TYPED)


@asynccontextmanager
async def exercise(folder: Path, dist: Path) -> AsyncIterator[tuple[Town, str]]:
    """The town in a server of this process, where everybody has typed; and its address."""
    port = free_port()
    more: dict[str, Any] = {"client_dir": dist, "rate_factor": 1000.0}
    async with town(folder, pack_of_town(parts_max=2), **more) as there:
        config = uvicorn_config(there.app, "127.0.0.1", port)
        config.lifespan = "off"  # the town runs its room itself
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve())
        await until(lambda: server.started, "the server listens")
        try:
            yield there, f"http://{NAME}:{port}"
        finally:
            server.should_exit = server.force_exit = True
            there.parts.desk.attendance.end_all("restarting")
            await serving


@asynccontextmanager
async def seat_of(browser: Browser, there: Town, url: str, viewer: str, wrong: list[str]) -> AsyncIterator[Page]:
    """The browser of whoever sits there. What it complains about goes to `wrong`."""
    context: BrowserContext = await browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, locale="en-GB"
    )
    token = there.devices[there.seats[viewer]]
    await context.add_cookies([{"name": "kerege", "value": token, "url": url, "sameSite": "Strict", "httpOnly": True}])
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.on("pageerror", lambda error: wrong.append(f"{viewer}: {error}"))
    page.on("dialog", lambda dialog: wrong.append(f"{viewer}: a dialog says {dialog.message}"))

    def hear(line: Any) -> None:
        if line.location.get("url", "").endswith("/favicon.ico"):  # a browser asks; a page of paper has no icon
            return
        if line.type in {"error", "warning"} and not any(known in line.text for known in KNOWN_NOTICES):
            wrong.append(f"{viewer}: {line.text} [{line.location.get('url')}]")

    page.on("console", hear)
    try:
        yield page
    finally:
        await context.close()


async def looked(page: Page, where: str, wrong: list[str]) -> bool:
    """Judge what stands there now. Returns whether hostile words can be read."""
    seen = await page.evaluate(LOOK)
    found = [await page.evaluate(each) for each in (LISTENERS, UNSEEN, WIDE)]
    if seen["ran"] is not None or seen["put"] or any(found):
        wrong.append(f"{where}: {seen}, listeners {found[0]}, unseen {found[1]}, too wide {found[2]}")
    return bool(seen["there"])


async def walk_seat(page: Page, viewer: str, wrong: list[str]) -> tuple[int, bool]:
    """Every tab with its folded parts open, and the first sheets of each. Returns the screens, and whether words were read."""
    screens, read = 0, False
    tabs = page.locator("nav button")

    async def look_and_close() -> None:
        nonlocal screens, read
        read = await looked(page, f"{viewer}, a sheet", wrong) or read
        screens += 1
        await page.keyboard.press("Escape")

    # A sheet that was long in coming lies over the next button: it is looked at, too, and closed before the tap.
    await page.add_locator_handler(page.locator("dialog[open]"), look_and_close)
    for tab in range(max(1, await tabs.count())):
        if await tabs.count():
            await tabs.nth(tab).click()
        buttons = page.locator("main button:visible:not([disabled])")
        for tap in [None, *range(min(TAPS, await buttons.count()))]:
            if tap is not None:
                try:
                    await buttons.nth(tap).click(timeout=700)
                except PlaywrightTimeout:  # gone, or under something, after the last tap
                    continue
            await page.evaluate("() => document.querySelectorAll('details').forEach((each) => { each.open = true; })")
            read = await looked(page, f"{viewer}, tab {tab}, tap {tap}", wrong) or read
            screens += 1
            if await page.locator("dialog[open]").count():
                await page.keyboard.press("Escape")
                await page.wait_for_function("() => document.querySelector('dialog[open]') === null")
    return screens, read


async def walk(browser: Browser, there: Town, url: str) -> tuple[int, list[str]]:
    """Everybody's screens; then ENDEX, and the pages after it, on the screen and as they are printed."""
    wrong: list[str] = []
    screens = 0
    for viewer in SEATS:
        async with seat_of(browser, there, url, viewer, wrong) as page:
            await page.goto(url)
            await page.locator("header .clock").wait_for()
            await page.locator("main").first.wait_for()
            seen, read = await walk_seat(page, viewer, wrong)
            screens += seen
            if read == (viewer in READS_NOTHING_TYPED):
                wrong.append(f"{viewer}: hostile words {'' if read else 'not '}to be read on {seen} screens")
    await there.accept("control", b.Finish())
    for viewer in ("control", "evaluators", "police"):
        async with seat_of(browser, there, url, viewer, wrong) as page:
            for path in PAGES:
                screens += await look_at_page(page, viewer, url, path, wrong)
    return screens, wrong


async def look_at_page(page: Page, viewer: str, url: str, path: str, wrong: list[str]) -> int:
    """One page after ENDEX, as it is shown and as it is printed; a refusal repeats nothing of what was asked."""
    answer = await page.goto(url + path)
    assert answer is not None
    if answer.status in {400, 404} and "<img" in await answer.text():
        wrong.append(f"{viewer} {path}: a refusal says what was asked")
    for media in ("print", "screen"):
        await page.emulate_media(media=media)
        await looked(page, f"{viewer} {path} {media}", wrong)
    if answer.status in {400, 404}:  # the browser says so, too
        wrong[:] = [line for line in wrong if f"{answer.status} (" not in line or f"[{answer.url}]" not in line]
    return 2


@pytest.mark.proof("G10", ROW)
async def test_what_people_type_is_text_to_everybody(dist, tmp_path, proof):
    """Each of the words in every place; every seat but the observers' reads some of it."""
    async with exercise(tmp_path, dist) as (there, url), chromium() as browser:
        typed = await type_everywhere(there)
        screens, wrong = await walk(browser, there, url)
    assert not wrong, "\n".join(wrong)
    print(f"{typed} hostile texts on {screens} screens and pages")
    proof.tried(screens)


AS_MARKUP = """new MutationObserver(() => {
    for (const each of document.querySelectorAll("p, span, b, h3")) {
        if (each.children.length === 0 && each.textContent.includes("<img")) each.innerHTML = each.textContent;
    }
}).observe(document, { childList: true, characterData: true, subtree: true })"""
"""A client that writes words as markup."""


@pytest.mark.proof("G10", ROW, mutant=True)
@pytest.mark.parametrize("careless", ["client", "paper", "policy", "nobody"])
async def test_carelessness_with_words_is_noticed(dist, tmp_path, monkeypatch, proof, careless):
    """Screens that write words as markup, with the page's policy and without; paper that escapes nothing. And neither: silence."""
    wrong: list[str] = []
    if careless == "paper":
        fresh = Environment(loader=FileSystemLoader(sheet._FOLDER), autoescape=False, undefined=StrictUndefined)
        monkeypatch.setattr(sheet, "_environment", lambda: fresh)
    if careless == "policy":
        monkeypatch.setitem(SECURITY_HEADERS, POLICY, "default-src * 'unsafe-inline' data:")
    async with exercise(tmp_path, dist) as (there, url), chromium() as browser:
        typed = await type_everywhere(there)
        async with seat_of(browser, there, url, "help", wrong) as page:
            if careless in {"client", "policy"}:
                await page.add_init_script(AS_MARKUP)
            await page.goto(url)
            await page.get_by_text("<img").or_(page.locator("img[src=x]")).first.wait_for(state="attached")
            await looked(page, "help", wrong)
        if careless in {"paper", "nobody"}:
            await there.accept("control", b.Finish())
            async with seat_of(browser, there, url, "control", wrong) as page:
                await look_at_page(page, "control", url, "/notes", wrong)
    assert bool(wrong) == (careless != "nobody"), "\n".join(wrong)
    proof.tried(typed, faults=1)
