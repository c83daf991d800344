"""What a machine can check of WCAG 2.2 AA: axe on every screen, light and dark, in both languages."""

import pytest
from axe_playwright_python.async_playwright import Axe

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


async def faults(page):
    """What axe finds, as text; empty if nothing."""
    found = await Axe().run(page, options=RULES)
    return [(each["id"], [node["html"][:160] for node in each["nodes"][:3]]) for each in found.response["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("code", ["PATROL", "AIDA22", "WATCH2", "CNTRL2"])
async def test_axe_finds_nothing(seated, code, scheme):
    """Names, roles, contrast, structure: of every screen of every sort of seat."""
    async with seated(code) as page:
        await page.emulate_media(color_scheme=scheme)
        tabs = page.locator("nav button")
        await page.wait_for_timeout(400)
        for number in range(max(1, await tabs.count())):
            if await tabs.count():
                await tabs.nth(number).click()
            await page.wait_for_timeout(250)
            assert await faults(page) == [], number


@pytest.mark.parametrize("path", ["/", "/room"])
async def test_axe_finds_nothing_on_the_open_pages(phone, server, path):
    """Coming in, and the projector."""
    async with phone() as page:
        await page.goto(server.url + path)
        await page.wait_for_timeout(600)
        assert await faults(page) == []


async def test_axe_finds_nothing_in_sheets_and_at_stop(seated, server):
    """A sheet, and the frozen screen."""
    async with seated() as page:
        await page.locator("nav button").nth(3).click()
        await page.locator(".heard").click()
        await page.wait_for_timeout(300)
        assert await faults(page) == []
        from kerege.wire.messages import Freeze

        server.push(Freeze(True))
        await page.get_by_role("alertdialog").wait_for()
        assert await faults(page) == []
