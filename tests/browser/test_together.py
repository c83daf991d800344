"""Two teams at the real server: a request that is declined, a document that is owed whole, a consultation to its minutes."""

import re

import pytest

from tests.system.pages import DESK, NAME, PHONE, House, chromium
from tests.system.server import Nursery, free_port, serving


@pytest.fixture
def nursery():
    started = Nursery()
    yield started
    started.close()


async def test_two_teams_ask_and_consult(nursery, dist, tmp_path):
    """Each step by the words on the screens, on phones."""
    port = free_port()
    more = {"port": port, "public_url": f"http://{NAME}:{port}", "client_dir": str(dist)}
    async with serving(nursery, tmp_path, "silver-reed", **more) as server, chromium() as browser:
        house = House(browser, port)
        try:
            await play(server, house)
        except BaseException:
            await house.picture_all(tmp_path)
            raise


async def play(server, house: House) -> None:
    control = await house.come("en", DESK)
    patrol = await house.come("en", PHONE)
    social = await house.come("en", PHONE)
    await control.join(link=f"{house.url}/#code={server.control_code}")
    await patrol.join(await control.code_of("Police patrol"))
    await social.join(await control.code_of("Social service"))
    await control.button("Run", exact=True).click()
    await control.confirm("STARTEX")
    await patrol.sees("My role")

    await patrol.tab("people")
    await patrol.button("Ask Social service for information").click()
    await patrol.sheet.get_by_role("textbox").first.fill("Is a room free tonight?")
    await patrol.button("Ask", patrol.sheet, exact=True).click()
    await social.tab("people")
    await social.button(re.compile("Police patrol asks")).click()
    await social.sheet.get_by_text("Decline", exact=True).first.click()
    await social.sheet.get_by_role("textbox").fill("Ask the shelter.")
    await social.button("Decline", social.sheet, exact=True).click()
    await patrol.sees("Ask the shelter.")

    await patrol.button("Call a consultation").click()
    await patrol.sheet.get_by_role("textbox").first.fill("The night")
    await patrol.sheet.get_by_text("Social service", exact=True).click()
    await patrol.button("Invite", patrol.sheet, exact=True).click()
    await social.button(re.compile("The night")).click()
    await social.button("Come", social.sheet, exact=True).click()
    await patrol.button(re.compile("The night")).first.click()
    await patrol.sees("Social service: there", patrol.sheet)
    await patrol.sheet.get_by_text("Write down a decision").click()
    await patrol.sheet.get_by_label("What is to be done?").fill("A room until the morning")
    await patrol.sheet.get_by_label("By whom").select_option(label="Social service")
    await patrol.button("Decided", patrol.sheet, exact=True).click()
    await social.sees("A room until the morning", social.sheet)
    await social.button("Done", social.sheet, exact=True).click()
    await patrol.sees("done", patrol.sheet)
    await patrol.button("Close and write the minutes", patrol.sheet).click()
    await social.button("Minutes", social.sheet, exact=True).click()
    await social.sees("Share the whole document")
    for somebody in (control, patrol, social):
        assert somebody.complaints == []
