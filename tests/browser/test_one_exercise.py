"""One exercise in real browsers at the real server: patrol on a small phone in Russian, control at a desk, social
service, and an actor; a fact's whole life, a trap and what it does, a pause, lost links, a killed server, STOP.

The pages come under a name that is not localhost, by plain http: nothing of a secure context is there.
"""

import asyncio
import re
import time

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from tests.system.pages import DESK, NAME, PATIENCE_MS, PHONE, House, Somebody, chromium
from tests.system.server import Nursery, Server, free_port, serving
from tests.system.weather import Sky

STOP_S_MAX = 2.0
STANDS_S = 2.0
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def nursery():
    started = Nursery()
    yield started
    started.close()


async def test_one_exercise(nursery, dist, tmp_path):
    port = free_port()
    more = {"port": port, "public_url": f"http://{NAME}:{port}", "client_dir": str(dist)}
    async with serving(nursery, tmp_path, "silver-reed", **more) as server, chromium() as browser:
        house = House(browser, port)
        async with Sky(port) as sky:
            try:
                await play(server, house, sky)
            except BaseException:
                await house.picture_all(tmp_path)
                raise


async def play(server: Server, house: House, sky: Sky) -> None:
    control = await house.come("en", DESK)
    patrol = await house.come("ru", PHONE, port=sky.port, has_touch=True)
    social = await house.come("en", PHONE)
    aida = await house.come("en", PHONE)
    await control.join(link=f"{house.url}/#code={server.control_code}")
    assert not await control.page.evaluate("isSecureContext")
    await patrol.join(await control.code_of("Police patrol"))
    await social.join(await control.code_of("Social service"))
    await aida.join(await control.code_of("Actor: woman in a green cardigan"))
    await control.button("Run", exact=True).click()
    await patrol.sees("Упражнение ещё не началось")

    await begins(control, patrol)
    await is_shared(patrol, social)
    await is_acted_upon(control, patrol, social)
    await is_heard(social)
    await the_trap(control, patrol, aida)
    await pause_holds(control, patrol, social)
    await lost_links(server, sky, control, patrol, house)
    await stop(control, patrol, house)
    await no_faults_of_access(house)
    await ends(control, patrol)
    for somebody in house.everybody:
        assert not somebody.complaints


async def begins(control: Somebody, patrol: Somebody) -> None:
    """STARTEX; the neighbour's call teaches the patrol where to go."""
    await control.confirm("STARTEX")
    await patrol.sees("салоне через двор")
    await expect(patrol.page.get_by_role("timer")).to_contain_text("+0:00")


async def is_shared(patrol: Somebody, social: Somebody) -> None:
    """A copy of a record goes to another team, with its source and its age."""
    await patrol.share([("серая машина", "как часто приезжает")], "Социальная служба")
    await social.tab("now")
    card = social.page.get_by_role("article").filter(has_text="how often it comes")
    await social.sees("each evening", card)
    await social.sees(re.compile("just now .*Police patrol"), card)


async def is_acted_upon(control: Somebody, patrol: Somebody, social: Somebody) -> None:
    """The patrol drives where the neighbour said, sees who is there, and calls the social worker."""
    await patrol.act("Выехать", "приёмная салона")
    await patrol.tab("now")
    await patrol.sees("Выполняется")
    await control.jump(9)
    await patrol.tab("know")
    await patrol.sees("женщина, открывшая дверь")
    await patrol.act("Вызвали социального работника", "приёмная салона")
    await social.tab("now")
    await social.sees("A colleague asks for a social worker")


async def is_heard(social: Somebody) -> None:
    """What the patrol said by voice is noted: from whom, about what, and what."""
    await social.tab("people")
    await social.button("Heard from Police patrol").click()
    sheet = social.sheet
    await sheet.get_by_text("the salon", exact=True).click()
    held = sheet.get_by_role("group", name="somebody may be held there", exact=True)
    await social.button("Yes", held, exact=True).click()
    await expect(sheet).to_have_count(0)
    await social.tab("know")
    card = social.page.get_by_role("article").filter(has=social.page.get_by_role("heading", name="the salon"))
    await social.sees(re.compile("heard.*Police patrol"), card)


async def the_trap(control: Somebody, patrol: Somebody, aida: Somebody) -> None:
    """X1: the owner may sit beside the woman. She is made afraid; what she then says is wrong, and the patrol holds it."""
    await patrol.act("Пройти в соседнее помещение", "коридор с кабинками")
    await control.jump(2)
    await patrol.tab("know")
    await patrol.sees("женщина в зелёной кофте")
    await patrol.act(
        "Разрешили кому-то сидеть рядом с человеком", "женщина в зелёной кофте", "женщина, открывшая дверь"
    )
    await control.sees("Let somebody sit with the person")
    await control.sees("because: Whoever decides over the person sat beside them")
    await aida.sees("From now on you say little")
    await patrol.act("Первая беседа", "женщина в зелёной кофте", "женщина", "без")
    await aida.page.get_by_label(re.compile("I agreed to everything myself")).check()
    await aida.button("I said this").click()
    await patrol.tab("know")
    card = patrol.page.get_by_role("article").filter(
        has=patrol.page.get_by_role("heading", name="женщина в зелёной кофте")
    )
    await patrol.sees("может свободно уйти", card)
    await patrol.sees("да", card)
    await control.button("Truth", exact=True).click()
    truth = control.page.get_by_role("article").filter(
        has=control.page.get_by_role("heading", name="woman in a green cardigan")
    )
    await control.sees(re.compile("may leave freely"), truth)
    assert re.search(r"may leave freely\s+no", await truth.inner_text())


async def pause_holds(control: Somebody, patrol: Somebody, social: Somebody) -> None:
    """At sixty times the speed nothing moves while the exercise is paused: not the clock, not what is under way."""
    await control.button("Run", exact=True).click()
    await social.act("Go to", "front room of the salon")
    await control.page.get_by_label("Speed").select_option("60")
    await control.confirm("PAUSEX", "lunch")
    for somebody in (patrol, social):
        await expect(somebody.page.get_by_role("timer")).to_contain_text(
            {"ru": "Пауза", "en": "Paused"}["ru" if somebody is patrol else "en"]
        )
    await social.tab("now")
    before = [await somebody.page.get_by_role("timer").inner_text() for somebody in (control, patrol, social)]
    task = await social.page.get_by_role("main").inner_text()
    until = time.monotonic() + STANDS_S
    while time.monotonic() < until:
        assert before == [
            await somebody.page.get_by_role("timer").inner_text() for somebody in (control, patrol, social)
        ]
        assert task == await social.page.get_by_role("main").inner_text()


async def lost_links(server: Server, sky: Sky, control: Somebody, patrol: Somebody, house: House) -> None:
    """A reload, a link that is cut with an act made meanwhile, a killed server: the same view, and the act is kept."""
    before = await patrol.known()
    assert "может свободно уйти" in before
    await patrol.page.reload()
    await patrol.is_connected()
    assert await patrol.known() == before

    patrol.link_may_fail = True
    sky.pull_out()
    await expect(patrol.page.get_by_role("status").get_by_text("На связи")).to_have_count(0)
    await patrol.act("Дали воды, место, чтобы присесть, плед", "женщина в зелёной кофте")
    await patrol.tab("now")
    await patrol.sees("только на телефоне")
    assert await patrol.known() == before
    sky.put_back()
    await patrol.is_connected()
    await patrol.tab("now")
    await patrol.sees("принято")
    await control.sees("Gave water, a seat, a blanket")
    before = await patrol.known()

    for somebody in house.everybody:
        somebody.link_may_fail = True
    server.kill()
    await expect(patrol.page.get_by_role("status").get_by_text("Восстанавливаем связь")).to_be_visible(
        timeout=PATIENCE_MS
    )
    assert await patrol.known() == before
    await server.start()
    for somebody in house.everybody:
        await somebody.is_connected()
        somebody.link_may_fail = False
    assert await patrol.known() == before
    await patrol.page.reload()
    await patrol.is_connected()
    assert await patrol.known() == before


async def stop(control: Somebody, patrol: Somebody, house: House) -> None:
    """Held for a second on one phone, STOP stands on every other screen in under two; then play goes on."""
    await control.page.get_by_label("Speed").select_option("1")
    await control.confirm("RESUME")
    await patrol.press_stop("СТОП")
    await patrol.frozen.wait_for()
    pressed = time.monotonic()
    others = [somebody for somebody in house.everybody if somebody is not patrol]
    await asyncio.gather(*(somebody.frozen.wait_for(timeout=STOP_S_MAX * 1000) for somebody in others))
    took = time.monotonic() - pressed
    await patrol.page.mouse.up()
    print(f"STOP was on every screen after {took:.2f} s")
    assert took < STOP_S_MAX
    await control.button("The danger is over").click()
    await control.button("Yes, the danger is over").click()
    for somebody in house.everybody:
        await expect(somebody.frozen).to_have_count(0)
    await expect(patrol.page.get_by_role("timer")).to_contain_text("Пауза")
    await control.confirm("RESUME")
    await expect(patrol.page.get_by_role("timer")).not_to_contain_text("Пауза")


async def no_faults_of_access(house: House) -> None:
    """What axe finds on the screens as they stand now, with real words in them: nothing."""
    for somebody in house.everybody:
        found = await Axe().run(somebody.page, options=RULES)
        assert not [(each["id"], each["nodes"][0]["html"][:200]) for each in found.response["violations"]]


async def ends(control: Somebody, patrol: Somebody) -> None:
    """ENDEX: everybody leaves the role; the last page says who knew what, and from whom."""
    await control.button("Run", exact=True).click()
    await control.confirm("ENDEX")
    await patrol.sees("Упражнение окончено")
    await patrol.page.get_by_role("link", name="Открыть последнюю страницу").click()
    await patrol.page.wait_for_url("**/last-page?language=ru")
    await expect(patrol.page.get_by_role("main")).to_contain_text("Патруль полиции")
