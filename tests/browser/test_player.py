"""A team's phone, in a real browser, against canned views: what happens to acts, views and STOP on a bad network."""

import asyncio
import re

import msgspec
import pytest
from playwright.async_api import expect

from kerege.wire import messages as m
from tests.browser.fixture_server import WHY
from tests.browser.fixtures import silver_reed as story

NO_ROAD = "() => { window.WebSocket = class { constructor() { throw new Error('no road'); } }; }"
PAGE = rb"/Type\s*/Page\b(?!s)"
SLOW_AFTER_MS = 4_000
"""A sent act without an answer says so after three seconds."""
CODES = ["PATROL", "AIDA22", "CNTRL2", "WATCH2"]


def tab(page, number):
    return page.locator("nav button").nth(number)


def water(locale):
    """The title of the one live act that needs nothing but a tap."""
    return "Дали воды" if locale == "ru-RU" else "Water"


async def note_water(page, locale="en-US"):
    await tab(page, 2).click()
    await page.locator(".live .button", has_text=water(locale)).click()
    await tab(page, 0).click()


def act(page, locale="en-US"):
    return page.locator(".acts li", has_text=water(locale))


def chip(page):
    """The state of the last act, in words."""
    return page.locator(".acts li .chip").last


async def test_a_code_leads_to_the_terms_and_only_their_acceptance_to_the_seat(phone, server):
    """No account and no name: a code, the terms in the reader's language, a tick, the seat."""
    async with phone(locale="ru-RU") as page:
        await page.goto(server.url)
        await page.locator("input.code").fill("patrol")
        await page.locator("form .main").click()
        await expect(page.locator(".terms")).to_contain_text("Кто это видит")
        await expect(page.locator("main > .main")).to_be_disabled()
        await page.locator(".accept input").check()
        await page.locator("main > .main").click()
        await expect(page.locator("header h1")).to_have_text("Патруль 12, Мерона")


async def test_a_code_in_a_link_does_not_stay_in_the_address(seated):
    """Who looks at the phone or its history learns no code."""
    async with seated() as page:
        assert "PATROL" not in page.url


async def test_a_wrong_code_says_so_and_stays(phone, server):
    """Nothing is lost by a slip."""
    async with phone() as page:
        await page.goto(server.url)
        await page.locator("input.code").fill("WRONG1")
        await page.locator("form .main").click()
        await expect(page.get_by_role("alert")).to_contain_text("opens nothing")
        await expect(page.locator("input.code")).to_have_value("WRONG1")


SENT, SLOW, ACCEPTED, REFUSED, TOO_LATE = range(5)
STATES = {
    "en-US": ("sent", "no answer yet", "accepted", "refused", "too late"),
    "ru-RU": ("отправлено", "ответа пока нет", "принято", "отказано", "поздно"),
    "ky-KG": ("жөнөтүлдү", "жооп азырынча жок", "алынды", "алынган жок", "кеч болуп калды"),
}


@pytest.mark.parametrize("locale", STATES)
async def test_an_act_is_shown_as_sent_and_then_as_the_room_says(seated, server, locale):
    """Ask, then wait: accepted, refused because, too late because; in words, and never before the answer."""
    words = STATES[locale]
    async with seated(locale=locale) as page:
        await note_water(page, locale)
        await expect(chip(page)).to_have_text(words[ACCEPTED])
        server.answers = "silent"
        await page.clock.pause_at(await page.evaluate("Date.now()") + 1000)
        await note_water(page, locale)
        await expect(chip(page)).to_have_text(words[SENT])
        await page.clock.run_for(SLOW_AFTER_MS)
        await expect(chip(page)).to_have_text(words[SLOW])
        assert len(server.submits) == 2
        await page.clock.resume()
        server.answers = "refused"
        server.cut()
        await expect(chip(page)).to_have_text(words[REFUSED])
        await expect(act(page, locale).last).to_contain_text(WHY["refused"][1])
        assert len({submit.id for submit in server.submits}) == 2, "it came again under its own name"
        server.answers = "too_late"
        await note_water(page, locale)
        await expect(chip(page)).to_have_text(words[TOO_LATE])
        await expect(act(page, locale).last).to_contain_text(WHY["too_late"][1])


async def test_a_stop_that_came_to_nothing_says_why(seated, server):
    """A minute without a link: it does not go out late, and the phone says so and what to do."""
    async with seated() as page:
        await page.clock.install()
        await page.evaluate(NO_ROAD)
        server.cut()
        await page.locator("header .holder button").hover()
        await page.mouse.down()
        await page.clock.run_for(1_500)
        await expect(page.get_by_role("alertdialog")).to_be_visible()
        await page.mouse.up()
        await page.clock.run_for(61_000)
        await page.reload()
        stop = page.locator(".acts li", has_text="STOP")
        await expect(stop.locator(".chip")).to_have_text("too late")
        await expect(stop).to_contain_text("Not sent: there was no link for a minute.")
        assert not server.submits


async def test_what_came_too_late_for_the_end_is_said_on_the_last_screen(seated, server):
    """ENDEX came before the act: the screen of the end covers the others, so it says it itself."""
    async with seated() as page:
        await page.evaluate(NO_ROAD)
        server.cut()
        await note_water(page)
        await expect(chip(page)).to_have_text("on this phone only")
        server.phase, server.answers = "ended", "too_late"
        await page.reload()
        await expect(page.locator("main.end")).to_be_visible()
        await expect(chip(page)).to_have_text("too late")
        await expect(act(page)).to_contain_text(WHY["too_late"][1])


async def test_an_act_without_a_link_outlives_a_reload_and_counts_once(seated, server):
    """On this phone only -> the page is loaded again -> sent with the same id when the link is back."""
    async with seated() as page:
        await page.evaluate(NO_ROAD)
        server.cut()
        await note_water(page)
        await expect(act(page)).to_contain_text("on this phone only")
        await expect(page.locator(".note.warn")).to_contain_text("goes by itself")
        assert server.submits == []
        await page.reload()
        await expect(act(page)).to_contain_text("accepted")
        assert len(server.submits) == 1


async def test_what_a_frame_puts_and_drops_is_on_the_screen(seated, server):
    """A frame is shown at once; the same frame again changes nothing."""
    async with seated() as page:
        message = m.Frame(
            "player",
            "e1",
            8,
            {"messages": {"m9": story.i.Message("told", "", "Radio", [("All is quiet.", None)], story.NOW_S)}},
            {"tasks": ["t1"]},
        )
        server.push(message)
        server.push(message)
        await expect(page.locator("article", has_text="All is quiet.")).to_have_count(1)
        await expect(page.get_by_text("Wait for the interpreter")).to_have_count(0)


async def test_a_gap_is_not_guessed_over(seated, server):
    """Frames that are missing are asked for: the view comes again, and nothing of the strange frame is shown."""
    async with seated() as page:
        server.push(
            m.Frame(
                "player",
                "e1",
                12,
                {"messages": {"m9": story.i.Message("told", "", "Radio", [("From nowhere.", None)], 0)}},
            )
        )
        server.version = 12
        await expect(page.get_by_text("Wait for the interpreter")).to_have_count(1)
        await expect(page.get_by_text("From nowhere.")).to_have_count(0)
        server.push(
            m.Frame(
                "player",
                "e1",
                13,
                {"messages": {"m9": story.i.Message("told", "", "Radio", [("Next.", None)], story.NOW_S)}},
            )
        )


async def test_stop_is_held_and_freezes_every_phone(seated):
    """A tap is not enough; a second is; then everybody sees it, above an open sheet too."""
    async with seated() as page, seated() as other:
        await tab(other, 3).click()
        await other.locator(".heard").click()
        button = page.locator("header .holder button")
        await button.click()
        await expect(page.get_by_role("alertdialog")).to_have_count(0)
        await button.hover()
        await page.mouse.down()
        await expect(page.get_by_role("alertdialog")).to_be_visible()
        await page.mouse.up()
        await expect(other.get_by_role("alertdialog")).to_contain_text("stands still")
        await other.keyboard.press("Escape")
        await other.keyboard.press("Escape")
        await expect(other.get_by_role("alertdialog")).to_be_visible()


async def test_stop_works_without_a_network_by_telling_the_words(seated, server):
    """Offline, the phone says plainly that the voice must do it."""
    async with seated() as page:
        await page.evaluate(NO_ROAD)
        server.cut()
        await page.locator("header .holder button").hover()
        await page.mouse.down()
        await expect(page.get_by_role("alertdialog")).to_contain_text("your voice must")
        await page.mouse.up()


async def test_a_draft_of_a_form_outlives_a_reload(seated):
    """What was typed is there again, from the moment on that the sheet says that it is kept."""
    async with seated() as page:
        await tab(page, 4).click()
        await page.locator("main .pick").first.click()
        await page.locator("dialog textarea").fill("The door was open.")
        await expect(page.locator("dialog .kept")).to_be_visible()
        await page.reload()
        await tab(page, 4).click()
        await expect(page.locator("main .pick").first).to_contain_text("draft")
        await page.locator("main .pick").first.click()
        await expect(page.locator("dialog textarea")).to_have_value("The door was open.")


async def test_a_phone_that_holds_something_else_than_the_server_reads_afresh(phone, server):
    """Digests that agree change nothing; one that does not brings a fresh view, once, and not again and again."""
    for off, opens in ((0, 0), (1, 1)):
        server.digest_off, server.opens = off, 0
        async with phone() as page:
            said, fetched = [], []
            page.on("console", lambda line, said=said: said.append(line.text))
            page.on("response", lambda response, fetched=fetched: fetched.append(response.url))
            await page.goto(f"{server.url}/#code=PATROL")
            await page.locator(".accept input").check()
            await page.locator("main > button.main").click()
            await page.locator("header .clock").wait_for()
            await note_water(page)  # acts ask whether the link lives; the answer brings digests too
            await expect(act(page)).to_contain_text("accepted")
            async with asyncio.timeout(20):
                while server.opens < opens or not any("compare" in url for url in fetched):
                    await page.evaluate("() => new Promise((done) => setTimeout(done, 100))")
            assert (server.opens, any("afresh" in line for line in said)) == (opens, off == 1)


async def test_leaving_the_seat_leaves_nothing_on_the_phone(seated):
    """A phone that goes to a colleague of another role keeps nothing of this one."""
    async with seated() as page:
        await note_water(page)
        await page.locator("header .menu").click()
        await page.locator("dialog .button", has_text="Leave").click()
        await page.locator("dialog .button.stop").click()
        await expect(page.locator("input.code")).to_be_visible()
        kept = await page.evaluate(
            """async () => {
                const database = await new Promise((done) => { const ask = indexedDB.open("kerege"); ask.onsuccess = () => done(ask.result); });
                const count = (name) => new Promise((done) => { const ask = database.transaction(name).objectStore(name).count(); ask.onsuccess = () => done(ask.result); });
                return [await count("acts"), await count("notes")];
            }"""
        )
        assert kept == [0, 0]


async def test_unknown_is_written_and_the_protected_carry_a_word(seated):
    """Four states and their words: unknown, retracted, disputed, protected."""
    async with seated() as page:
        await tab(page, 1).click()
        main = page.locator("main")
        for word in ("Unknown:", "retracted", "disputed", "Protected", "seen now", "3 min ago (22:24)"):
            await expect(main.get_by_text(word).first).to_be_visible()


async def test_see_as_shows_the_teams_own_screens_and_cannot_act(seated, server):
    """Control sees what the phone shows, marked, and nothing there can be pressed."""
    async with seated("CNTRL2", width=1280, height=800) as page:
        await tab(page, 1).click()
        await page.locator("article", has_text="Patrol 12").locator("button[aria-pressed]").click()
        aside = page.locator("aside")
        await expect(aside).to_contain_text("Seen as Patrol 12")
        await aside.locator("nav button").nth(2).click()
        await aside.locator(".live .button", has_text="Water").click()
        await aside.locator("nav button").nth(0).click()
        await expect(aside.get_by_text("Wait for the interpreter")).to_be_visible()
        assert server.submits == []


async def test_the_big_buttons_are_asked_twice(seated, server):
    """ENDEX is not pressed by one slip."""
    async with seated("CNTRL2", width=1280, height=800) as page:
        await page.locator(".buttons .button", has_text="ENDEX").click()
        assert server.submits == []
        await page.locator("dialog footer .stop").click()
        await expect(page.locator(".acts[role=status]").filter(has_text="ENDEX")).to_contain_text("accepted")
        assert len(server.submits) == 1


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("locale", ["en-US", "ru-RU"])
async def test_nothing_is_wider_than_a_small_phone(seated, code, locale):
    """At 360 px no screen scrolls sideways, and no target is smaller than 44 px (links in text aside)."""
    async with seated(code, locale=locale) as page:
        await page.locator("main").wait_for()
        tabs = page.locator("nav button")
        for number in range(max(1, await tabs.count())):
            if await tabs.count():
                await tabs.nth(number).click()
            await page.wait_for_timeout(250)
            width, small = await page.evaluate(
                """() => [document.documentElement.scrollWidth, [...document.querySelectorAll("button, select, summary, label.pick, .segments label")]
                    .map((each) => [each.textContent.trim(), each.getBoundingClientRect()])
                    .filter(([, box]) => box.width > 0 && box.height < 43.5 && box.height > 1)
                    .map(([text, box]) => `${text} ${Math.round(box.height)}`)]"""
            )
            assert width <= 360
            assert [each for each in small if "«" not in each] == [], (code, number)


async def test_an_optional_answer_can_be_taken_back(seated):
    """A slip on a choice that may stay empty is undone by a second tap."""
    async with seated() as page:
        await tab(page, 4).click()
        await page.locator("main .pick").first.click()
        yes = page.locator("dialog .segments label", has_text="Yes")
        await yes.click()
        await expect(yes.locator("input")).to_be_checked()
        await yes.click()
        await expect(yes.locator("input")).not_to_be_checked()


async def test_a_tapped_act_says_on_its_button_what_became_of_it(seated, server):
    """Nobody taps twice because nothing seemed to happen; where it came to nothing, the reason stands there too."""
    async with seated() as page:
        await tab(page, 2).click()
        button = page.locator(".live .button", has_text="Water")
        await button.click()
        await expect(button).to_contain_text("accepted")
        for outcome, words in (("refused", "refused"), ("too_late", "too late")):
            server.answers = outcome
            await button.click()
            await expect(button).to_contain_text(words)
            await expect(button).to_contain_text(WHY[outcome][1])


async def test_a_code_may_be_typed_on_a_cyrillic_keyboard(phone, server):
    """Lookalikes are read as Latin letters; what cannot be is named."""
    async with phone() as page:
        await page.goto(server.url)
        await page.locator("input.code").fill("рАТЖ")
        await expect(page.locator("input.code")).to_have_value("PAT")
        await expect(page.get_by_role("alert")).to_contain_text("Ж")


async def test_stop_stands_on_the_observers_screen_too_and_one_tap_does_not_clear_it(seated, server):
    """Observers stand in the same room; control confirms that the danger is over."""
    async with seated("WATCH2") as watch, seated("CNTRL2") as control:
        server.push(m.Freeze(True))
        await expect(watch.get_by_role("alertdialog")).to_contain_text("stands still")
        await control.get_by_role("alertdialog").wait_for()
        await control.keyboard.press("Enter")
        await control.keyboard.press("Space")
        assert server.submits == []
        await control.get_by_role("button", name="The danger is over").click()
        assert server.submits == []
        await control.get_by_role("button", name="Yes, the danger is over").click()
        await control.wait_for_timeout(400)
        assert len(server.submits) == 1


async def test_who_pressed_stop_stands_on_controls_screen_and_on_no_other(seated, server):
    """Somebody has to run there; nobody else has to know."""
    async with seated("CNTRL2") as control, seated() as patrol:
        stopped = {
            "clock": {"clock": story.clock("paused", stopped=True)},
            "happenings": {"h9": story.i.Happening("STOP was pressed", "", "Social workers", story.NOW_S)},
        }
        server.push(m.Frame("control", "e1", 8, stopped, {}))
        server.push(m.Frame("player", "e1", 8, {"clock": stopped["clock"]}, {}))
        await expect(control.get_by_role("alertdialog")).to_contain_text("Social workers: STOP was pressed, 22:27")
        await expect(patrol.get_by_role("alertdialog")).not_to_contain_text("Social workers")


async def test_what_a_person_said_is_noted_in_two_taps(seated, server):
    """From the person's card: "Heard in the room", and the answer. The tapped one is noted and the sheet is gone."""
    async with seated() as page:
        await tab(page, 1).click()
        await page.evaluate(
            """() => {
                window.taps = 0;
                document.addEventListener("click", (event) => { window.taps += event.isTrusted ? 1 : 0; }, true);
            }"""
        )
        await page.locator("article", has_text="M3HD").get_by_role("button", name="Heard in the room").click()
        await page.get_by_role("group", name="Injured").get_by_role("button", name="Yes").click()
        await expect(page.get_by_role("dialog")).to_have_count(0)
        assert await page.evaluate("taps") == 2
        await tab(page, 0).click()
        await expect(page.locator(".acts li", has_text="Heard from Aida")).to_contain_text("accepted")
        assert msgspec.msgpack.decode(server.submits[-1].command) == {
            "do": "heard", "source": "M3HD", "face": "M3HD", "field": "f6", "value": True,
        }  # fmt: skip


async def test_what_an_actor_has_said_is_marked_whoever_tapped_it(seated):
    """The room's word, so a coach's phone and a phone that was just handed over show it too."""
    async with seated("AIDA22") as page:
        await expect(page.locator(".line", has_text="I am a guest here.")).to_contain_text("said")
        await expect(page.locator(".line .chip")).to_have_count(1)


@pytest.mark.parametrize("locale", ["en-US", "ru-RU"])
async def test_an_actors_card_prints_on_one_sheet_with_the_mark(seated, locale):
    """The card alone: no cue, no scene, no button; SIMULATION above it, as the head that a browser repeats."""
    async with seated("AIDA22", locale=locale) as page:
        await page.locator(".scene").first.wait_for()
        assert len(re.findall(PAGE, await page.pdf(format="A4"))) == 1
        await page.emulate_media(media="print")
        await expect(page.locator(".printed .paper")).to_contain_text("SIMULATION")
        assert await page.locator(".paper").evaluate("each => getComputedStyle(each).display") == "table-header-group"
        for hidden in (".top", ".scene", ".curtain"):
            await expect(page.locator(hidden).first).to_be_hidden()


async def test_a_long_card_bears_the_mark_on_each_sheet(seated):
    """Two sheets, and the head of a table stands on both."""
    async with seated("AIDA22") as page:
        await page.locator(".printed article").evaluate(
            "each => { for (let n = 0; n < 60; n += 1) each.append(document.createElement('p'), `Line ${n}.`); }"
        )
        assert len(re.findall(PAGE, await page.pdf(format="A4"))) == 2


async def test_an_observer_is_told_how_late_it_all_is(seated):
    """In words, at the top."""
    async with seated("WATCH2") as page:
        await expect(page.locator("main .note")).to_contain_text("2 minutes later than it happens")
    async with seated("WATCH2", locale="ru-RU") as page:
        await expect(page.locator("main .note")).to_contain_text("на 2 минуты позже")


async def test_control_reads_what_a_line_brings_and_what_was_shared_with_whom(seated):
    """Before bringing it, and without asking anybody."""
    async with seated("CNTRL2", width=1280, height=800) as page:
        line = page.get_by_role("article").filter(has_text="Call of the neighbour")
        await line.get_by_text("What it brings, and to whom").click()
        await expect(line).to_contain_text("Patrol 12: Opposite there is shouting again.")
        shared = page.get_by_role("listitem").filter(has_text="shared records")
        await expect(shared).to_contain_text("Aida: Where")
        await expect(shared).to_contain_text("to Social workers")


async def test_one_tap_writes_to_all(seated, server):
    """To everybody whom one can reach, each once; a second tap takes it back."""
    async with seated("CNTRL2", width=1280, height=800) as page:
        await tab(page, 2).click()
        await page.get_by_role("button", name="Write to").first.click()
        sheet = page.get_by_role("dialog")
        await sheet.get_by_role("textbox").fill("Lunch is at one.")
        await sheet.locator("summary", has_text="Also to").click()
        everybody = sheet.get_by_label("All", exact=True)
        await everybody.check()
        chosen = await sheet.locator("input:checked").count() - 1
        await everybody.uncheck()
        await expect(sheet.locator("input:checked")).to_have_count(1)
        await everybody.check()
        await sheet.locator("footer .main").click()
        await expect(sheet).to_have_count(0)
        await expect(page.locator(".acts[role=status]")).to_contain_text("accepted")
        sent = msgspec.msgpack.decode(server.submits[-1].command)["to"]
        assert len(sent) == len(set(sent)) == chosen > 2


async def test_what_looks_like_a_real_number_is_asked_about_before_it_is_sent(seated, server):
    """It can be put right there, and only what was put right goes out."""
    async with seated("CNTRL2", width=1280, height=800) as page:
        await tab(page, 2).click()
        await page.get_by_role("button", name="Write to").first.click()
        sheet = page.get_by_role("dialog")
        await sheet.get_by_role("textbox").fill("Her phone is +996 555 12 34 56")
        await sheet.locator("footer .main").click()
        asking = page.get_by_role("dialog").filter(has_text="Is this made up?")
        await expect(asking).to_contain_text("phone number", timeout=8000)
        await asking.locator("textarea").fill("Her phone is SIM-0555")
        await asking.locator("footer .main").click(timeout=5000)
        await expect(asking).to_have_count(0)
        await expect(page.locator(".acts[role=status]")).to_contain_text("accepted")
        assert msgspec.msgpack.decode(server.submits[-1].command)["text"] == "Her phone is SIM-0555"


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 740)])
async def test_control_reads_which_phones_have_answered(seated, server, width, height):
    """By each seat and in all: of three people two have, one has not and is not connected. Nothing runs over the edge."""
    async with seated("CNTRL2", width=width, height=height) as page:
        await page.get_by_role("button", name="Teams", exact=True).click()
        await expect(page.get_by_text("comms check: 2 of 3 phones answered")).to_be_visible()
        await expect(page.get_by_text(re.compile(r"connected · answered \d\d:\d\d$"))).to_have_count(2)
        await expect(page.get_by_text(re.compile("not connected · has not answered yet$"))).to_have_count(1)
        assert await page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
