"""The 25-minute cut as a meeting plays it: six services and two actors on phones in three languages, control at a desk.

`play` walks through docs/running-an-exercise.md ("what to point at"); whoever calls it gives a `Look`: a test looks for
faults on each screen, scripts/screens.py takes pictures of some. Play time goes by control's *Jump* alone.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import expect

from tests.system.pages import DESK, PATIENCE_MS, PHONE, House, Somebody
from tests.system.server import Server

Look = Callable[[Somebody, str], Awaitable[None]]
"""What is done with a screen: whose, and which kind it is."""

SEATS = {
    "patrol": ("ru", "Police patrol"), "fiu": ("ru", "Financial intelligence unit"),
    "ngo": ("en", "NGO hotline"), "border": ("en", "Border guard"),
    "social": ("ky", "Social service"), "investigators": ("ky", "Investigators"),
    "raisa": ("ru", "Actor: woman with the tea tray"), "aida": ("ky", "Actor: young woman in the green cardigan"),
}  # fmt: skip
"""Language and, as control's screen calls it, the team or the part."""


@dataclass(slots=True)
class Meeting:
    """Nine people, and whoever looks."""

    control: Somebody
    patrol: Somebody
    fiu: Somebody
    ngo: Somebody
    border: Somebody
    social: Somebody
    investigators: Somebody
    raisa: Somebody
    aida: Somebody
    look: Look

    @property
    def services(self) -> list[Somebody]:
        """The six."""
        return [self.patrol, self.fiu, self.ngo, self.border, self.social, self.investigators]


async def gather_in(server: Server, house: House, look: Look) -> Meeting:
    """Control follows its link; the others type the six letters of their team, each in a language of their own."""
    control = await house.come("en", DESK, reduced_motion="reduce")
    await control.join(link=f"{house.url}/#code={server.control_code}")
    assert not await control.page.evaluate("isSecureContext")
    people = {who: await house.come(language, PHONE, reduced_motion="reduce") for who, (language, _) in SEATS.items()}
    codes = {who: await control.code_of(team) for who, (_, team) in SEATS.items()}
    for who in ("patrol", "ngo", "social"):
        await comes_in_slowly(people[who], codes.pop(who), look)
    await asyncio.gather(*(people[who].join(code) for who, code in codes.items()))
    await look(control, "control: teams")
    await control.button("Run", exact=True).click()
    await asyncio.gather(*(look(people[who], "before play") for who in ("patrol", "ngo", "social")))
    await asyncio.gather(*(look(people[who], "actor before play") for who in ("raisa", "aida")))
    return Meeting(control=control, look=look, **people)


async def comes_in_slowly(person: Somebody, code: str, look: Look) -> None:
    """Every page on the way in is looked at."""
    await person.page.goto(person.url)
    await person.page.get_by_role("textbox").first.wait_for()
    await look(person, "code")
    await person.page.get_by_role("textbox").first.fill(code)
    await person.button(person.words["go_on"]).click()
    await person.page.get_by_label(person.words["accept"]).wait_for()
    await look(person, "terms")
    await person.page.get_by_label(person.words["accept"]).check()
    await person.button(person.words["join"]).click()
    await person.is_connected()
    person.joined = True


async def three_phones(m: Meeting) -> None:
    """Minute 0: a car on one phone, a voice on another, nothing on a third."""
    await m.control.confirm("STARTEX")
    await m.patrol.sees("салоне через двор")
    await m.ngo.sees("A woman's voice")
    for somebody in m.services:
        await m.look(somebody, "now")
    patrol, ngo, fiu, social = [await somebody.known() for somebody in (m.patrol, m.ngo, m.fiu, m.social)]
    assert "серая машина" in patrol
    assert "grey car" not in ngo
    assert "the salon" in ngo
    assert "горячая линия" not in patrol
    assert "салон" not in fiu
    assert "машина" not in fiu
    assert "салон" not in social
    for somebody in (m.patrol, m.ngo, m.fiu):
        await m.look(somebody, "know")
    for somebody in m.services:
        await somebody.tab("do")
        await m.look(somebody, "do")


async def is_shared(m: Meeting) -> None:
    """What one service gives, another reads in its own language: what, from whom, how old."""
    await m.ngo.share([("the salon", "a call came about it"), ("reception of the salon", "address")], "Social service")
    await m.social.tab("now")
    given = m.social.page.get_by_role("article").filter(has_text="салондун кабылдамасы")
    await expect(given.filter(has_text="БӨУ: ишеним телефону").first).to_contain_text("азыр эле", timeout=PATIENCE_MS)
    await m.look(m.social, "now: shared")
    await m.patrol.share([("салон", "звонок"), ("приёмная салона", "адрес")], "Следственная группа")
    await m.patrol.share([("серая машина", "как часто приезжает")], "Пограничная служба")
    await m.border.tab("now")
    await m.border.sees(
        re.compile("just now .*Police patrol"),
        m.border.page.get_by_role("article").filter(has_text="how often it comes"),
    )
    assert "салон" not in await m.fiu.known()


async def the_door(m: Meeting) -> None:
    """Raisa is asked and taps her line: the patrol before her holds a contradiction, the others hear nothing."""
    await m.patrol.act("Выехать", "приёмная салона")
    await m.patrol.tab("now")
    await m.look(m.patrol, "now: under way")
    await m.investigators.act("Соттон тинтүүгө санкция суроо", "салон", "бизде бар фактылар")
    await opens_act(m, m.border, "Check a vehicle")
    await m.border.act("Check a vehicle", "grey car")
    await m.control.jump(3)
    await m.raisa.sees("Откройте с подносом")
    await m.look(m.raisa, "actor: cue")
    await m.aida.sees("Эшик ачылып жатат")
    await m.look(m.aida, "actor: cue")
    await m.patrol.act("Спросили, как", "женщина с подносом")
    await m.raisa.page.get_by_label(re.compile("У нас просто день рождения")).check()
    await m.look(m.raisa, "actor: scene")
    await m.raisa.button("Я это сказал(а)").first.click()
    await m.patrol.tab("now")
    await m.patrol.sees("У нас просто день рождения")
    await m.patrol.tab("know")
    salon = m.patrol.page.get_by_role("article").filter(
        has=m.patrol.page.get_by_role("heading", name=re.compile(r"^салон\s"))
    )
    await m.patrol.sees("женщина с подносом", salon)
    await m.look(m.patrol, "know: two sources")
    assert "поднос" not in await m.fiu.known()
    assert "поднос" not in (told := await m.investigators.known())
    assert "салон" in told
    await m.patrol.act("Вызвали социального работника", "приёмная салона")
    await m.patrol.share([("фирма салона", "название")], "Финансовая разведка")
    await m.fiu.act("Искать фирму по реестрам", "фирма салона")
    await m.social.act("Баруу", "салондун кабылдамасы")


async def opens_act(m: Meeting, somebody: Somebody, title: str) -> None:
    """The sheet of an act, looked at and put away."""
    await somebody.tab("do")
    await somebody.page.get_by_role("main").get_by_role("button", name=re.compile(f"^{re.escape(title)}")).click()
    await somebody.sheet.get_by_role("group").first.wait_for()
    await m.look(somebody, "sheet: act")
    await somebody.page.keyboard.press("Escape")
    await expect(somebody.sheet).to_have_count(0)


async def her_voice(m: Meeting) -> None:
    """In a room apart, asked with whom she would like to talk: it reaches the social worker, and not the patrol."""
    await m.patrol.act("Проводили человека", "девушка в зелёной кофте", "тихая боковая комната")
    await m.control.jump(3)
    await m.social.act("Кийинки бөлмөгө кирүү", "четки тынч бөлмө")
    await m.control.jump(2)
    await m.social.act("Сурадык: ким менен", "жашыл кофточон жаш аял")
    await m.aida.page.get_by_label(re.compile("Тандасам болсо")).check()
    await m.look(m.aida, "actor: scene")
    await m.aida.button("Муну айттым").first.click()
    await m.social.tab("now")
    await m.social.sees("Тандасам болсо")
    await m.look(m.social, "now: said")
    await opens_act(m, m.social, "Биринчи маек")
    patrol = await m.patrol.known()
    await m.patrol.tab("now")
    now = await m.patrol.page.get_by_role("main").inner_text()
    assert "Если можно выбрать" not in patrol + now
    await m.social.tab("know")
    await m.look(m.social, "know")
    await m.social.button(m.social.words["share"]).click()
    await m.look(m.social, "know: choose what to share")


async def other_screens(m: Meeting) -> None:
    """What nobody needs in 25 minutes, and everybody may open: people, papers, heard."""
    for somebody, papers in ((m.patrol, "Бумаги"), (m.ngo, "Papers"), (m.social, "Кагаз")):
        await somebody.tab("people")
        await m.look(somebody, "people")
        await somebody.button(re.compile(f"^{somebody.words['heard']}|^Услышано|^Heard from|угулду$")).first.click()
        await somebody.sheet.wait_for()
        await m.look(somebody, "sheet: heard")
        await somebody.page.keyboard.press("Escape")
        await somebody.page.get_by_role("navigation").get_by_role("button", name=re.compile(rf"{papers}$")).click()
        await m.look(somebody, "papers")
        await somebody.page.get_by_role("main").get_by_role("button").first.click()
        await somebody.sheet.wait_for()
        await m.look(somebody, "sheet: form")
        await somebody.page.keyboard.press("Escape")
        await expect(somebody.sheet).to_have_count(0)


async def the_open_radio(m: Meeting) -> None:
    """One tap in a hurry: three minutes later the other side knows, and control reads why."""
    await m.patrol.act("Передали по рации", "серая машина", "открытый канал")
    await m.control.jump(4)
    await m.control.sees("because: The name or the vehicle was given on an open channel")
    await m.control.sees("The owner's side learnt that somebody is looking")
    await m.look(m.control, "control: run")
    await m.control.button("Teams", exact=True).click()
    card = m.control.page.get_by_role("article").filter(
        has=m.control.page.get_by_role("heading", name="Social service", exact=True)
    )
    await m.control.button("See as", card).click()
    await m.control.sees("young woman in the green cardigan")
    await m.look(m.control, "control: see as")
    await m.control.button("See as", card).click()
    for tab in ("Truth", "Who knows what"):
        await m.control.button(tab, exact=True).click()
        await m.look(m.control, f"control: {tab.lower()}")
    await m.control.button("Run", exact=True).click()


async def one_picture(m: Meeting) -> None:
    """Minute 20: all are called together; the car turns round; what is agreed reads the same in three languages."""
    await m.control.jump(10)
    await m.patrol.tab("now")
    await m.patrol.sees("Такого ещё не было")
    await m.investigators.act("Жалпы чечимди", "адам: азыр эс алуу жана кам көрүү, көрсөтмө кийин")
    agreed = {"ru": "Решили все шестеро", "en": "Agreed by all six", "ky": "Алтоо тең макулдашты"}
    for who in ("patrol", "fiu", "ngo", "border", "social", "investigators"):
        somebody = getattr(m, who)
        await somebody.page.reload()
        await somebody.is_connected()
        await somebody.tab("now")
        await somebody.sees(agreed[SEATS[who][0]])
        await m.look(somebody, "now: late")


async def stop(m: Meeting, house: House) -> None:
    """One of them is in real danger: every screen stands, in the language of who holds it; then play goes on."""
    await m.social.press_stop("ТОКТО")
    await asyncio.gather(*(somebody.frozen.wait_for() for somebody in house.everybody))
    await m.social.page.mouse.up()
    for somebody in (m.social, m.raisa, m.ngo, m.control):
        await m.look(somebody, "STOP")
    await m.control.button("The danger is over").click()
    await m.control.button("Yes, the danger is over").click()
    for somebody in house.everybody:
        await expect(somebody.frozen).to_have_count(0)
    await m.control.confirm("RESUME")


async def the_last_page(m: Meeting, house: House) -> None:
    """ENDEX: everybody leaves the role, and reads in their own language what happened and why."""
    await m.control.confirm("ENDEX")
    told = {
        "ru": ("Упражнение окончено", "Открыть последнюю страницу", "Снова страх", "Водитель знает, что его ищут"),
        "en": ("The exercise is over", "Open the last page", "Afraid again", "The driver knows that somebody is looking"),
        "ky": ("Машыгуу бүттү", "Акыркы баракты ачуу", "Кайрадан коркуу", "Айдоочу изделип жатканын билет"),
    }  # fmt: skip
    for who in ("patrol", "border", "investigators"):
        somebody, language = getattr(m, who), SEATS[who][0]
        over, link, ending, meant = told[language]
        await somebody.sees(over)
        await m.look(somebody, "after ENDEX")
        await somebody.page.get_by_role("link", name=link).click()
        await somebody.page.wait_for_url(f"**/last-page?language={language}")
        main = somebody.page.get_by_role("main")
        await expect(main).to_contain_text(ending)
        await expect(main).to_contain_text(meant)
        await m.look(somebody, "last page")
    await m.look(m.raisa, "actor after ENDEX")
    await m.look(m.control, "control: after ENDEX")
    await m.control.page.goto(house.url + "/last-page?language=en")
    await m.look(m.control, "control: last page")


async def play(server: Server, house: House, look: Look) -> None:
    """The whole meeting."""
    m = await gather_in(server, house, look)
    await three_phones(m)
    await is_shared(m)
    await the_door(m)
    await her_voice(m)
    await other_screens(m)
    await the_open_radio(m)
    await one_picture(m)
    await stop(m, house)
    await the_last_page(m, house)
    for somebody in house.everybody:
        assert not somebody.complaints
