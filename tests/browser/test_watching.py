"""Evaluator and mentor on small phones, at the real server: a note with an act attached by one tap, stop and think, ENDEX."""

import re

import pytest
from playwright.async_api import expect

from kerege.review.texts import say
from tests.browser.test_control_hands import fits
from tests.system.pages import DESK, NAME, PHONE, House, Somebody, chromium
from tests.system.server import Nursery, free_port, serving

WORDS = {
    "en": {
        "team": "Patrol", "act": "We said who we are and why we ask", "keep": "Keep the note", "attached": "Attached: 1",
        "words": "What did you see?", "stop": "Stop and think", "thinking": "Your mentor asks you to talk first.",
        "known": "What Patrol could know then",
    },
    "ru": {
        "team": "Патруль", "act": "Мы представились и сказали, зачем спрашиваем", "keep": "Сохранить запись", "attached": "Приложено: 1",
        "words": "Что вы видели?", "stop": "Стоп, подумаем", "thinking": "Наставник просит сначала обсудить.",
        "known": "Что тогда могла знать команда «Патруль»",
    },
}  # fmt: skip
NEW_LINK = """async (role) => {
    const lobby = await (await fetch("/api/control/lobby")).json();
    const place = lobby.teams.find((each) => each.role === role);
    const answer = await fetch(`/api/control/codes/${place.viewer}`, {
        method: "POST", headers: {"content-type": "application/json"}, body: "{}"});
    return (await answer.json()).link;
}"""


@pytest.fixture
def nursery():
    started = Nursery()
    yield started
    started.close()


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_evaluator_and_mentor_on_small_phones(nursery, dist, tmp_path, language):
    """Axe finds nothing and nothing is too wide or too low on either screen, at each step of what they do."""
    port = free_port()
    more = {"port": port, "public_url": f"http://{NAME}:{port}", "client_dir": str(dist)}
    async with serving(nursery, tmp_path, "first-steps", **more) as server, chromium() as browser:
        house = House(browser, port)
        try:
            control = await house.come("en", DESK)
            await control.join(link=f"{house.url}/#code={server.control_code}")
            await play(house, control, language)
            for somebody in house.everybody:
                assert somebody.complaints == []
        except BaseException:
            await house.picture_all(tmp_path)
            raise


async def play(house: House, control: Somebody, language: str) -> None:
    words = WORDS[language]
    patrol, evaluator, mentor = [await house.come(language, PHONE, has_touch=True) for _ in range(3)]
    await patrol.join(await control.code_of("Patrol"))
    for somebody, role in ((evaluator, "evaluator"), (mentor, "mentor")):
        await somebody.join(link=await control.page.evaluate(NEW_LINK, role))
        await fits(somebody)
    await control.button("Run", exact=True).click()
    await control.confirm("STARTEX")

    await patrol.act(words["act"])
    await evaluator.button(words["team"], exact=True).click()
    await evaluator.page.get_by_label(words["words"]).fill("Facts, no names.")
    await evaluator.button(re.compile(words["act"])).first.click()
    await evaluator.sees(words["attached"])
    await fits(evaluator)
    await evaluator.button(words["keep"]).click()
    note = evaluator.page.get_by_role("article").filter(has_text="Facts, no names.")
    await expect(note).to_contain_text(words["act"])
    await fits(evaluator)

    await mentor.button(words["stop"]).click()
    await patrol.tab("now")
    await patrol.sees(words["thinking"])
    await fits(mentor)
    await fits(patrol)
    await expect(evaluator.page.get_by_text(words["thinking"])).to_have_count(0)

    await control.confirm("ENDEX")
    await evaluator.page.locator("main.end button").click()
    link = evaluator.page.get_by_role("link", name=words["known"])
    await expect(link).to_be_visible()
    await fits(evaluator)
    await link.click()
    await evaluator.sees("SIMULATION")
    await evaluator.sees(say("known-lead", language))
    await fits(evaluator)
    await control.page.get_by_role("link", name="Evaluators’ notes").click()
    await control.sees("Facts, no names.")
