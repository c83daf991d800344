"""What becomes of each act, in words on a real phone at the real server: on this phone only, sent, accepted, refused, too late."""

import os
import re
import signal

import pytest
from playwright.async_api import expect

from tests.system.pages import DESK, NAME, PHONE, House, Somebody, chromium
from tests.system.server import Nursery, free_port, serving
from tests.system.weather import Sky


@pytest.fixture
def nursery():
    started = Nursery()
    yield started
    started.close()


async def test_every_act_says_what_became_of_it_and_why(nursery, dist, tmp_path):
    """A phone that was away: what came back in time, what the pause forbids, what has passed meanwhile, what the end cut off."""
    port = free_port()
    more = {"port": port, "public_url": f"http://{NAME}:{port}", "client_dir": str(dist)}
    async with serving(nursery, tmp_path, "silver-reed", **more) as server, chromium() as browser, Sky(port) as sky:
        house = House(browser, port)
        try:
            await play(server, house, sky)
        except BaseException:
            await house.picture_all(tmp_path)
            raise


async def play(server, house: House, sky: Sky) -> None:
    control = await house.come("en", DESK)
    patrol = await house.come("en", PHONE, port=sky.port)
    social = await house.come("en", PHONE)
    patrol.link_may_fail = True
    await control.join(link=f"{house.url}/#code={server.control_code}")
    await patrol.join(await control.code_of("Police patrol"))
    await social.join(await control.code_of("Social service"))
    await control.button("Run", exact=True).click()
    await control.confirm("STARTEX")
    await social.tab("people")
    await social.button("Call a consultation").click()
    await social.sheet.get_by_role("textbox").first.fill("The night")
    await social.sheet.get_by_text("Police patrol", exact=True).click()
    await social.button("Invite", social.sheet, exact=True).click()
    await patrol.tab("people")
    await patrol.button(re.compile("The night")).wait_for()

    sky.pull_out()
    await patrol.button(re.compile("The night")).click()
    await patrol.button("Come", patrol.sheet, exact=True).click()
    await patrol.page.keyboard.press("Escape")
    await expect(patrol.sheet).to_have_count(0)
    await write(patrol, "On our way.")
    await patrol.act("Go to", "front room of the salon")
    await patrol.tab("now")
    for title in ("The night", "Social service", "Go to"):
        await says(patrol, title, "on this phone only")
    await social.button(re.compile("The night")).first.click()
    await social.button("Close and write the minutes", social.sheet).click()
    await social.sees(re.compile("^closed$"))
    await control.confirm("PAUSEX", "lunch")
    sky.put_back()
    await patrol.page.evaluate("dispatchEvent(new Event('online'))")
    await says(patrol, "The night", "too late", "Too late: the consultation is closed.")
    await says(patrol, "Social service", "accepted")
    await says(patrol, "Go to", "refused", "Play is paused.")

    await patrol.is_connected()
    os.kill(server.pid, signal.SIGSTOP)
    try:
        await write(patrol, "Does anybody hear us?")
        await patrol.tab("now")
        await says(patrol, "Social service", "sent")
        await says(patrol, "Social service", "no answer yet")
    finally:
        os.kill(server.pid, signal.SIGCONT)
    await says(patrol, "Social service", "accepted")

    sky.pull_out()
    await write(patrol, "And now?")
    await patrol.tab("now")
    await says(patrol, "Social service", "on this phone only")
    await control.confirm("ENDEX")
    sky.put_back()
    await patrol.page.evaluate("dispatchEvent(new Event('online'))")
    await expect(patrol.page.get_by_role("main").get_by_text("ENDEX")).to_be_visible()
    await says(patrol, "Social service", "too late", "Too late: the exercise has ended.")
    await says(patrol, "The night", "too late", "Too late: the consultation is closed.")
    for somebody in house.everybody:
        assert somebody.complaints == []


async def write(phone: Somebody, words: str) -> None:
    await phone.tab("people")
    await phone.button("Write to Social service").click()
    await phone.sheet.get_by_role("textbox").fill(words)
    await phone.button("Send", phone.sheet, exact=True).click()
    await expect(phone.sheet).to_have_count(0)


async def says(phone: Somebody, title: str, state: str, why: str = "") -> None:
    """The last act of this name bears this state, and its reason."""
    act = phone.page.locator(".acts li").filter(has_text=title).last
    await expect(act.locator(".chip")).to_have_text(state)
    await expect(act).to_contain_text(why)
