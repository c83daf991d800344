"""The last page by HTTP: nothing before ENDEX, nothing for others, once made for everybody."""

import httpx2
import pytest
from fastapi import FastAPI

from kerege.engine.commands import bodies as b
from kerege.gateway.errors import handle_errors
from kerege.review.routes import routes
from kerege.review.texts import say
from tests.review.table import MINUTE, Table, pack_called


class House:
    """A room with the debrief's routes before it."""

    def __init__(self, table):
        self.table = table
        self.may = True
        self.reads = 0
        app = FastAPI()
        handle_errors(app, lambda *_: None)
        app.include_router(routes(lambda: table.room.story, self.log, lambda _: self.may))
        transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
        self.page = httpx2.AsyncClient(transport=transport, base_url="http://192.0.2.10:8000")

    async def log(self):
        self.reads += 1
        return await self.table.room.read_log()


@pytest.fixture
async def house():
    async with await Table.of(pack_called("first-steps")) as table:
        house = House(table)
        async with house.page:
            yield house


async def test_before_endex_there_is_nothing(house):
    """Before STARTEX and during play, for everybody: the ordinary answer to a wrong address, and no log is read."""
    for act in (None, house.table.start):
        if act is not None:
            await act()
        response = await house.page.get("/last-page")
        assert response.status_code == 404
        assert response.json()["code"] == "not_found"
    assert house.reads == 0


async def test_after_endex_it_is_there(house):
    """In the language asked for, else the browser's, else English; under its own policy, and not kept."""
    await house.table.start()
    await house.table.finish()
    for address, accept, language in (
        ("/last-page?language=ru", "en", "ru"),
        ("/last-page?language=en", "ru", "en"),
        ("/last-page?language=kk", "en", "ru"),
        ("/last-page", "de, ru;q=0.8", "ru"),
        ("/last-page", "", "en"),
    ):
        response = await house.page.get(address, headers={"accept-language": accept})
        assert response.status_code == 200
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        assert response.headers["cache-control"] == "no-store, private"
        assert response.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
        assert response.headers["content-language"] == language
        assert say("gaps-title", language) in response.text


async def test_who_may_not_finds_nothing(house):
    """The same answer as before ENDEX."""
    await house.table.start()
    await house.table.finish()
    house.may = False
    assert (await house.page.get("/last-page")).json()["code"] == "not_found"


async def test_an_unknown_language_is_refused(house):
    """Not passed on to any file name."""
    await house.table.start()
    await house.table.finish()
    for language in ("xx", "../en", ""):
        response = await house.page.get("/last-page", params={"language": language})
        assert response.json()["code"] == "bad_request"


async def test_a_hall_of_phones_costs_one_reading(house):
    """The log is read once, and again only after it has grown."""
    await house.table.start()
    await house.table.until(MINUTE)
    await house.table.finish()
    first = {(await house.page.get("/last-page?language=en")).text for _ in range(3)}
    assert (len(first), house.reads) == (1, 1)
    await house.page.get("/last-page?language=ru")
    assert house.reads == 1
    await house.table.do("control", b.Say((house.table.code("patrol"),), "Thank you"))
    second = (await house.page.get("/last-page?language=en")).text
    assert house.reads == 2
    assert second not in first
