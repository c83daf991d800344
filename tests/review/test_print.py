"""The page as it comes out of a printer: A4, two sheets at most, in all its languages, whatever the evening was."""

import re
import shutil

import pytest
from playwright.async_api import async_playwright

from kerege.review.knowing import read_knowing
from kerege.review.lastpage import last_page
from kerege.review.texts import LANGUAGES
from tests.review.table import Table, pack_called

A4_POINTS = (595, 842)
SIDES_MAX = 4
"""Two sheets at most, both sides: the whole story has seventeen teams, forty key facts and a night between two days."""


async def pages_of(profile):
    async with await Table.of(pack_called("silver-reed")) as table:
        await table.start()
        await table.play_plans(dict.fromkeys(table.rules.teams, profile), table.rules.pack.ends_after_ms)
        knowing = read_knowing(await table.log())
        return {language: last_page(knowing, language).html for language in LANGUAGES}


@pytest.mark.parametrize("profile", ["careful", "territorial", "careless"])
async def test_silver_reed_fits_two_sheets(profile, tmp_path):
    """All facts, seventeen teams, all the lists; on a phone nothing runs out of the screen; nothing is fetched or refused."""
    pages = await pages_of(profile)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        try:
            for page in pages.values():
                path = tmp_path / "page.html"
                path.write_text(page, encoding="utf-8")
                tab = await browser.new_page(viewport={"width": 360, "height": 740})
                said, asked = [], []
                tab.on("console", lambda message, said=said: said.append(message.text))
                tab.on("request", lambda request, asked=asked: asked.append(request.url))
                await tab.goto(path.as_uri())
                assert await tab.evaluate("document.documentElement.scrollWidth") == 360
                pdf = await tab.pdf(prefer_css_page_size=True, print_background=True)
                assert 1 <= len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) <= SIDES_MAX
                box = re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", pdf)
                assert tuple(round(float(side)) for side in box.groups()) == A4_POINTS
                assert (said, asked) == ([], [path.as_uri()])
                await tab.close()
        finally:
            await browser.close()
