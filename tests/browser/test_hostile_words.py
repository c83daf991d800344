"""G10 on the screens: what people type, and what a pack says, is text wherever it stands. A script that ran would be seen.

Every text of every view is followed by markup that runs a script in five ways, turns the direction of the line, and piles
up marks; then each role's every tab is opened, and every sheet that a tap on a first line opens.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from playwright.async_api import TimeoutError as PlaywrightTimeout

from kerege.wire import messages as m
from tests.browser.fixtures import silver_reed as story

HOSTILE = (
    '<img src=x onerror="window.ran=1"><script>window.ran=2</script><svg onload="window.ran=3"></svg>'
    '<a href="javascript:window.ran=4">x</a>\'"><b onmouseover=window.ran=5>{{7*7}}${7*7}</b>\u202e\u2066 e'
    + "\u0301"
    * 60
)
LONG = "x" * 1_000_000
CODE = re.compile(r"^[\w.:+-]{0,24}$")
LOOK = """() => ({
  ran: window.ran ?? null,
  put: document.querySelectorAll('img[src="x"], script:not([src]), svg[onload], a[href^="javascript"], b[onmouseover]').length,
  there: document.body.innerText.includes('<img src=x'),
})"""


def spoilt(value: Any, extra: str) -> Any:
    """The same value with `extra` after every text in it that is for people; codes stay as they are."""
    if isinstance(value, str):
        return value if CODE.match(value) else value + extra
    if isinstance(value, msgspec.Struct):
        return type(value)(**{name: spoilt(getattr(value, name), extra) for name in value.__struct_fields__})
    if isinstance(value, dict):
        return {key: spoilt(each, extra) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(spoilt(each, extra) for each in value)
    return value


def spoil(server: Any, monkeypatch: Any, extra: str) -> None:
    """From now on the server's every text is hostile: views, titles, the projector's page, the lobby."""
    items = story.items
    monkeypatch.setattr(story, "items", lambda *which: spoilt(items(*which), extra))
    title = type(server).title
    monkeypatch.setattr(type(server), "title", staticmethod(lambda *which: title(*which) + extra))
    monkeypatch.setattr(m, "MARK", m.MARK + extra)


async def look_everywhere(page: Any) -> tuple[int, list[str]]:
    """Open every tab and the first sheets of each. Returns how many screens were looked at, and what was wrong."""
    wrong: list[str] = []
    screens = 0
    shown = False
    tabs = page.locator("nav button")
    for n in range(max(1, await tabs.count())):
        if await tabs.count():
            try:
                await tabs.nth(n).click(timeout=2_000)
            except PlaywrightTimeout:  # a sheet that was slow to open lies over it
                await page.reload()
                await page.locator("main").first.wait_for()
                await tabs.nth(n).click()
        for button in [None, *range(min(4, await page.locator("main button:visible:not([disabled])").count()))]:
            if button is not None:
                try:
                    await page.locator("main button:visible:not([disabled])").nth(button).click(timeout=700)
                except PlaywrightTimeout:  # something lies over it, or it is gone after the last tap
                    continue
            seen = await page.evaluate(LOOK)
            screens += 1
            shown = shown or seen["there"]
            if seen["ran"] is not None or seen["put"]:
                wrong.append(f"tab {n}, button {button}: {seen}")
            if await page.locator("dialog[open]").count():
                await page.keyboard.press("Escape")
                if await page.locator("dialog[open]").count():
                    await page.reload()
                    await page.locator("header .clock").wait_for()
                    break
    if not shown:
        wrong.append("the words are nowhere to be read")
    return screens, wrong


@pytest.mark.proof("G10", "hostile words on every screen, in a browser: text everywhere, no script runs")
@pytest.mark.parametrize("code", ["PATROL", "AIDA22", "WATCH2", "CNTRL2"])
async def test_words_are_text_on_every_screen(seated, server, monkeypatch, proof, code):
    """Player, actor, observer, control. What the policy of the page would have had to stop counts as a failure too."""
    spoil(server, monkeypatch, HOSTILE)
    async with seated(code) as page:
        screens, wrong = await look_everywhere(page)
    assert not wrong, "\n".join(wrong)
    proof.tried(screens)


@pytest.mark.proof("G10", "hostile words on every screen, in a browser: text everywhere, no script runs")
async def test_words_are_text_on_the_projector(phone, server, monkeypatch, proof):
    """The mark, the title and the way in."""
    spoil(server, monkeypatch, HOSTILE)
    async with phone() as page:
        await page.goto(f"{server.url}/room")
        await page.locator(".clock").wait_for()
        seen = await page.evaluate(LOOK)
    assert (seen["ran"], seen["put"]) == (None, 0)
    proof.tried(1)


@pytest.mark.proof("G10", "hostile words on every screen, in a browser: text everywhere, no script runs", mutant=True)
async def test_words_that_become_markup_are_noticed(seated, server, monkeypatch, proof):
    """A client that writes words as markup, on a page without its policy: the script runs, and is seen."""
    spoil(server, monkeypatch, HOSTILE)
    monkeypatch.setattr("tests.browser.fixture_server.CSP", "default-src * 'unsafe-inline' data:")
    async with seated("PATROL") as page:
        await page.locator("main article").first.wait_for()
        await page.evaluate("() => { const main = document.querySelector('main'); main.innerHTML = main.innerText; }")
        await page.wait_for_function("() => window.ran !== undefined")
        seen = await page.evaluate(LOOK)
    assert seen["ran"] is not None or seen["put"]
    proof.tried(1, faults=1)


async def test_the_policy_stops_what_a_mistake_would_let_through(browser, server):
    """The second wall: a string cannot become markup, or the address of a script; no second policy can be made."""
    page = await browser.new_page()
    await page.goto(f"{server.url}/")
    await page.locator("input.code").wait_for()
    stopped = await page.evaluate(
        """() => {
          const found = [];
          for (const [name, act] of Object.entries({
            markup: () => { document.createElement("div").innerHTML = "<b>x</b>"; },
            address: () => { document.createElement("script").src = "https://evil.example/x.js"; },
            policy: () => { trustedTypes.createPolicy("another", { createHTML: (s) => s }); },
          })) {
            try { act(); } catch (error) { found.push(name); }
          }
          return found;
        }"""
    )
    await page.close()
    assert stopped == ["markup", "address", "policy"]


async def test_a_word_of_a_million_letters_is_borne(seated, server, monkeypatch):
    """The screen stands, as wide as before."""
    items = story.items
    monkeypatch.setattr(
        story, "items", lambda *which: {name: spoilt(each, LONG) if name == "messages" else each for name, each in items(*which).items()}
    )  # fmt: skip
    async with seated("PATROL") as page:
        tabs = page.locator("nav button")
        for n in range(await tabs.count()):
            await tabs.nth(n).click()
            assert await page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
