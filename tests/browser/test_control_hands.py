"""Control's hands at the real server: what the pack does not know, and what a team on a small phone sees of it.

The team proposes and writes to a persona; control rules, answers in its name, rewrites and tests an inject in two
languages, adds one, overrules one. The team never reads that control held the pen of a persona.
"""

import re

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from tests.system.pages import DESK, NAME, PATIENCE_MS, PHONE, House, Somebody, chromium
from tests.system.server import Nursery, free_port, serving

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
TOUCH_PX_MIN = 44
INJECT = "20 · Standby"
STILL = """() => Promise.all(document.getAnimations().filter((each) => each.effect.getComputedTiming().endTime < Infinity)
    .map((each) => each.finished.catch(() => null)))"""
"""Colours that are on their way are judged by nobody."""


@pytest.fixture
def nursery():
    started = Nursery()
    yield started
    started.close()


async def test_what_the_pack_does_not_know(nursery, dist, tmp_path):
    """Each of control's hands by the words on the screens: the team sees each result, and the persona as its source."""
    await at_the_server(nursery, dist, tmp_path, hands)


async def test_sheets_of_requests_and_consultations(nursery, dist, tmp_path):
    """The sheets of requests and consultations: axe finds nothing, nothing is wider than the phone or smaller than a thumb."""
    await at_the_server(nursery, dist, tmp_path, sheets)


async def at_the_server(nursery, dist, tmp_path, play) -> None:
    port = free_port()
    more = {"port": port, "public_url": f"http://{NAME}:{port}", "client_dir": str(dist)}
    async with serving(nursery, tmp_path, "silver-reed", **more) as server, chromium() as browser:
        house = House(browser, port)
        try:
            control = await house.come("en", DESK)
            patrol = await house.come("en", PHONE, has_touch=True)
            await control.join(link=f"{house.url}/#code={server.control_code}")
            await patrol.join(await control.code_of("Police patrol"))
            await play(house, control, patrol)
            for somebody in house.everybody:
                assert somebody.complaints == []
        except BaseException:
            await house.picture_all(tmp_path)
            raise


async def hands(house: House, control: Somebody, patrol: Somebody) -> None:
    special = await house.come("ru", PHONE)
    await special.join(await control.code_of("Special forces"))
    await control.button("Run", exact=True).click()
    await control.sees("no safety officer")
    await control.page.get_by_text("Who is missing").click()
    await control.sees(re.compile("Prosecutor"))
    await control.confirm("STARTEX")
    await patrol.sees("My role")
    await is_ruled(control, patrol)
    await is_answered_by_a_persona(control, patrol)
    await is_rewritten(control, special)
    await is_added(control, patrol)
    await is_overruled(control, patrol)
    for somebody in (control, patrol, special):
        await fits(somebody)
    await control.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    await expect(control.button("Hide")).to_have_count(0, timeout=PATIENCE_MS)  # receipts lie over the page for a while
    await fits(control)


async def is_ruled(control: Somebody, patrol: Somebody) -> None:
    """A proposal waits, is ruled to happen with a fact that the team learns; another is not possible, in control's words."""
    for words in ("Ask the landlord for the plan of the house.", "Close the street with a tank."):
        await patrol.tab("do")
        await patrol.button(re.compile("^Propose an act")).click()
        await fits(patrol)
        await patrol.sheet.get_by_role("textbox").first.fill(words)
        await patrol.button("Send to exercise control", patrol.sheet).click()
        await control.sees(words)
    await patrol.sees("waits for control")

    await control.button("Rule", exact=True).first.click()
    await control.sees("Ask the landlord", control.sheet)
    await control.sheet.get_by_label("What the team reads at the end").fill("He draws it: a back door.")
    await control.sheet.get_by_role("searchbox").fill("kitchen of the salon")
    await control.sheet.locator("details summary").first.click()
    await control.sheet.locator("details .pick").filter(has_text="address").get_by_role("checkbox").check()
    await expect(control.button("Fill in: Reason", control.sheet)).to_be_disabled()
    await fits(control)
    await control.sheet.get_by_label(re.compile("^Reason")).fill("PRIVATE-WHY")
    await control.button("Rule", control.sheet, exact=True).click()
    await patrol.sees("He draws it: a back door.")

    await control.button("Rule", exact=True).first.click()
    await control.sheet.get_by_text("Not possible", exact=True).click()
    await control.sheet.get_by_label("What the team reads now").fill("There is no tank.")
    await control.sheet.get_by_label(re.compile("^Reason")).fill("PRIVATE-WHY")
    await control.button("Rule", control.sheet, exact=True).click()
    await patrol.sees("There is no tank.")
    await patrol.tab("know")
    await patrol.sees("kitchen of the salon")


async def is_answered_by_a_persona(control: Somebody, patrol: Somebody) -> None:
    """The team writes to the hotline; what comes back is the hotline's, on every screen of the team."""
    await patrol.tab("people")
    await patrol.button("Write to The hotline").click()
    await patrol.sheet.get_by_role("textbox").first.fill("Has anybody called?")
    await patrol.button("Send", patrol.sheet, exact=True).click()
    letter = control.page.get_by_role("article").filter(has_text="Has anybody called?")
    await control.button("I take it", letter).click()
    await expect(control.page.get_by_label(re.compile("^Your name"))).to_be_focused()
    await control.page.get_by_label(re.compile("^Your name")).fill("Ann")
    await control.button("I take it", letter).click()
    await control.sees("Ann has it", letter)
    await control.button("Answer", letter, exact=True).click()
    await fits(control)
    await control.sheet.get_by_label("Message").fill("One call, no name.")
    await control.button("Send", control.sheet, exact=True).click()
    await patrol.tab("now")
    answer = patrol.page.get_by_role("article").filter(has_text="One call, no name.")
    await patrol.sees("The hotline", answer)
    assert "control" not in (await answer.inner_text()).lower()
    assert "Ann" not in await answer.inner_text()


async def is_rewritten(control: Somebody, special: Somebody) -> None:
    """A waiting inject is written anew in both languages, tested in the sandbox, then brought: each reads its own."""
    line = control.page.get_by_role("article").filter(has=control.page.get_by_role("heading", name=INJECT))
    await control.button("Edit", line, exact=True).click()
    await control.sheet.get_by_label("Text in English").fill("Stand by at the gate.")
    await control.sheet.get_by_label(re.compile("Text in Рус")).fill("Ждите у ворот.")
    await fits(control)
    await control.sheet.get_by_label("Reason").fill("PRIVATE-WHY")
    await control.button("Keep it", control.sheet).click()
    await control.sees("rewritten", line)
    await control.button("Test", line, exact=True).click()
    await line.get_by_text(re.compile("^Tested")).click()
    tested = line.locator("details").filter(has_text="Tested")
    await control.sees("Stand by at the gate.", tested)
    await control.sees("Ждите у ворот.", tested)
    await expect(special.page.get_by_text("Ждите у ворот.")).to_have_count(0)
    await control.button("Bring now", line).click()
    await control.sheet.get_by_role("textbox").fill("PRIVATE-WHY")
    await control.button("Bring now", control.sheet).click()
    await special.sees("Ждите у ворот.")


async def is_added(control: Somebody, patrol: Somebody) -> None:
    """An inject that is not on the list, for now: it comes at once, and is marked."""
    await control.button("New inject", exact=True).click()
    await control.sheet.get_by_label("Title, for control").fill("Alarm")
    await control.sheet.get_by_label("Text in English").fill("An alarm rings next door.")
    await control.sheet.get_by_label(re.compile("Text in Рус")).fill("Рядом звенит сигнализация.")
    await control.sheet.get_by_text("Police patrol", exact=True).click()
    await control.sheet.get_by_text("Now", exact=True).click()
    await control.sheet.get_by_label("Reason").fill("PRIVATE-WHY")
    await control.button("Keep it", control.sheet).click()
    await patrol.sees("An alarm rings next door.")
    await control.sees("not on the list")


async def is_overruled(control: Somebody, patrol: Somebody) -> None:
    """A consequence is taken back in one step: the team is told so, without the reason."""
    done = control.page.get_by_role("listitem").filter(has_text="Neighbour calls about shouting")
    await control.button("Overrule", done, exact=True).click()
    await control.sheet.get_by_role("textbox").fill("PRIVATE-WHY")
    await control.button("Overrule", control.sheet, exact=True).click()
    await control.sees("overruled", done)
    await patrol.sees("Exercise control has taken back")
    await patrol.tab("know")
    await patrol.sees("retracted")
    for name in ("now", "know", "do", "people"):
        await patrol.tab(name)
        assert "PRIVATE-WHY" not in await patrol.page.locator("body").inner_text()


async def sheets(house: House, control: Somebody, patrol: Somebody) -> None:
    social = await house.come("en", PHONE)
    await social.join(await control.code_of("Social service"))
    await control.button("Run", exact=True).click()
    await control.confirm("STARTEX")
    await patrol.sees("My role")
    await patrol.tab("people")
    await patrol.sees("ask for information")
    await fits(patrol)
    await patrol.button("Ask Social service for information").click()
    await patrol.sheet.get_by_text("About whom or what").click()
    await patrol.sheet.locator("details .pick").filter(has_text="the salon").first.click()
    await patrol.sheet.get_by_role("textbox").first.fill("Who lives there?")
    await fits(patrol)
    await patrol.button("Ask", patrol.sheet, exact=True).click()
    await social.tab("people")
    await social.button(re.compile("Police patrol asks")).click()
    for each in await social.sheet.locator("summary").all():
        await each.click()
    await fits(social)
    await social.button("Close", social.sheet).click()
    await patrol.button("Call a consultation").click()
    names = await patrol.sheet.locator("fieldset .pick").all_inner_texts()
    assert names == sorted(names)
    await fits(patrol)
    await patrol.sheet.get_by_role("textbox").first.fill("The night")
    await patrol.sheet.get_by_text("Social service", exact=True).click()
    await patrol.button("Invite", patrol.sheet, exact=True).click()
    await social.button(re.compile("The night")).click()
    await fits(social)
    await social.button("Come", social.sheet, exact=True).click()
    await patrol.button(re.compile("The night")).first.click()
    await patrol.sees("Social service: there", patrol.sheet)
    for each in await patrol.sheet.locator("summary").all():
        await each.click()
    await fits(patrol)
    await patrol.button("Close and write the minutes", patrol.sheet).click()
    await social.button("Minutes", social.sheet, exact=True).click()
    await social.sees("Share the whole document")
    await fits(social)


async def fits(somebody: Somebody) -> None:
    """As the screen stands now: axe finds nothing, nothing is wider than the screen, and no button is too low for a thumb."""
    await somebody.page.evaluate("scrollTo(0, 0)")  # what is half under the bar at the top is no smaller for that
    await somebody.page.evaluate(STILL)
    found = await Axe().run(somebody.page, options=RULES)
    assert not [(each["id"], each["nodes"][0]["html"][:200]) for each in found.response["violations"]]
    too_wide = await somebody.page.evaluate(
        "[document.documentElement, ...document.querySelectorAll('dialog .body')]"
        ".filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.className)"
    )
    assert not too_wide
    too_low = await somebody.page.evaluate(
        "(least) => [...document.querySelectorAll('button, summary, select, .pick, .segments > label')]"
        ".filter((each) => { const { height } = each.getBoundingClientRect(); return height > 0 && height < least - 0.5; })"
        ".map((each) => each.innerText)",
        TOUCH_PX_MIN,
    )
    assert not too_low
