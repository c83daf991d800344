"""A browser and a canned server for each test."""

import shutil
import subprocess
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import async_playwright, expect

from tests.browser.fixture_server import FixtureServer

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)  # a busy machine is slow, which is no fault of the page


@pytest.fixture(scope="session")
def dist():
    """The built client, current."""
    subprocess.run(["scripts/build_client.sh"], cwd=ROOT, check=True, capture_output=True, timeout=110)
    return ROOT / "client_web" / "dist"


@pytest.fixture
def server(dist):
    with FixtureServer(dist) as running:
        yield running


@pytest.fixture
async def browser():
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("there is no chromium; type: scripts/need_debian.sh (as root), or sudo apt-get install chromium")
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield launched
        await launched.close()


@pytest.fixture
def phone(browser, server):
    """Opens a page like a small phone's; whatever the page complains about fails the test."""

    @asynccontextmanager
    async def opened(locale="en-US", width=360, height=740):
        context = await browser.new_context(viewport={"width": width, "height": height}, locale=locale)
        page = await context.new_page()
        complaints = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None
        )
        yield page
        await context.close()
        assert not complaints

    return opened


@pytest.fixture
def seated(phone, server):
    """Opens a page and comes in with a code."""

    @asynccontextmanager
    async def opened(code="PATROL", **more):
        async with phone(**more) as page:
            await page.goto(f"{server.url}/#code={code}")
            await page.locator(".accept input").check()
            await page.locator("main > button.main").click()
            await page.locator("header .clock").wait_for()
            await page.locator("main").first.wait_for()  # the seat's own screens come in a file of their own
            yield page

    return opened
