"""What people were promised is done by the server itself: at its time, not before, and whoever serves the folder."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from kerege import retention
from kerege.retention import DAY_MS, SWEEP_MS, Keeper, is_date_due, is_table_old, sweep_folder
from kerege.settings import PERSONS_DAYS
from tests.privacy.people import EXERCISE, NAME, Wall, holding, town
from tests.room.everything import SECRET

ROW = "Names, texts and tables of persons are erased at their promised time, on a clock of the test's own"
PROMISED = dt.date(2099, 5, 1)
PROMISED_MS = int(dt.datetime(2099, 5, 1, tzinfo=dt.UTC).timestamp() * 1000)


async def played(data, **settings) -> int:
    """An exercise with a person and words in it; when the last one joined."""
    async with town(data, **settings) as there:
        there.sit("police")
        await there.accept("police", there.say(SECRET, "help"))
        return there.parts.desk.seats.newest_ms


def keeper(there, data, wall_ms: int) -> Keeper:
    return Keeper(there.room, there.parts.desk, data / "exercises", Wall(wall_ms))


async def left_of_promises(data) -> list[str]:
    """Serve the exercise, look a moment before and at each time; what was early, and what is left."""
    wrong = []
    newest_ms = await played(data, deletion_date=PROMISED)
    async with town(data, None) as there:
        await keeper(there, data, newest_ms + PERSONS_DAYS * DAY_MS - 1).sweep()
        wrong += [] if there.parts.desk.seats.people() else ["the table went early"]
        await keeper(there, data, newest_ms + PERSONS_DAYS * DAY_MS).sweep()
        wrong += ["the table is left"] if there.parts.desk.seats.people() else []
        await keeper(there, data, PROMISED_MS - 1).sweep()
        wrong += [] if SECRET.encode() in there.screens() else ["texts went early"]
        await keeper(there, data, PROMISED_MS).sweep()
        wrong += ["texts on a screen"] if SECRET.encode() in there.screens() else []
        wrong += holding(data)
    return wrong


@pytest.mark.proof("G17", ROW)
async def test_the_served_exercise(tmp_path, proof):
    """A moment before nothing goes, at the moment all of it: names, devices, texts."""
    assert await left_of_promises(tmp_path) == []
    proof.tried(4, faults=2)


@pytest.mark.proof("G17", ROW, mutant=True)
@pytest.mark.parametrize("mutant", ["never by date", "never by age", "a day early", "an hour late"])
async def test_a_clock_that_is_wrong_is_noticed(tmp_path, monkeypatch, mutant):
    """Never, too early, too late."""
    if mutant == "never by date":
        monkeypatch.setattr(retention, "is_date_due", lambda *_: False)
    elif mutant == "never by age":
        monkeypatch.setattr(retention, "is_table_old", lambda *_: False)
    elif mutant == "a day early":
        monkeypatch.setattr(retention, "is_date_due", lambda day, ms: is_date_due(day, ms + DAY_MS))
    else:
        monkeypatch.setattr(
            retention, "is_table_old", lambda newest, ms, days: is_table_old(newest, ms - 3_600_000, days)
        )
    assert await left_of_promises(tmp_path) != []


@pytest.mark.proof("G17", ROW)
async def test_exercises_that_nobody_serves(tmp_path, proof):
    """Any server on the folder, or the command line, keeps what an older exercise promised; what is served is left."""
    newest_ms = await played(tmp_path, deletion_date=PROMISED)
    folder = tmp_path / "exercises"
    async with town(tmp_path, None):
        assert await sweep_folder(folder, PROMISED_MS, but=EXERCISE) == []
    assert await sweep_folder(folder, newest_ms + DAY_MS) == []
    assert SECRET.encode() in (folder / f"{EXERCISE}.sqlite3").read_bytes()
    [swept] = await sweep_folder(folder, PROMISED_MS)
    assert swept.words == 1 and swept.persons >= 1
    assert holding(tmp_path) == []
    assert await sweep_folder(folder, PROMISED_MS + DAY_MS) == []
    proof.tried(3)


async def test_devices_too_old_are_let_go_at_a_look(tmp_path):
    """Their screens close and their seats are free, a moment past the bound and not before."""
    async with town(tmp_path) as there:
        desk = there.parts.desk
        desk.seats._now_ms = wall = Wall(2_000_000_000_000).wall_ms
        seat = there.sit("police")
        at_ms = wall() + desk.bounds.cookie_s_max * 1000
        for now_ms, held in ((at_ms, True), (at_ms + 1, False)):
            desk.seats._now_ms = lambda now_ms=now_ms: now_ms
            await keeper(there, tmp_path, 0).sweep()
            assert bool(desk.seats.devices_of(seat)) is held
            assert (desk.seats.seat(seat) is not None) is held


async def test_the_keeper_looks_again_by_itself(tmp_path):
    """At once, and then every few hours."""
    import asyncio

    await played(tmp_path, deletion_date=PROMISED)
    async with town(tmp_path, None) as there:
        clock = Wall(PROMISED_MS - SWEEP_MS)
        running = asyncio.create_task(Keeper(there.room, there.parts.desk, tmp_path / "exercises", clock).run())
        while not clock._waiting:
            await asyncio.sleep(0)
        assert SECRET.encode() in there.screens()
        clock.advance(SWEEP_MS)
        deadline = time.monotonic() + 10
        while SECRET.encode() in there.screens() and time.monotonic() < deadline:
            await asyncio.sleep(0)
        running.cancel()
        assert SECRET.encode() not in there.screens()


async def test_a_later_date_than_people_were_told_is_none(tmp_path):
    """The earliest stands, and the terms say it."""
    await played(tmp_path, deletion_date=PROMISED)
    async with town(tmp_path, None, deletion_date=PROMISED + dt.timedelta(days=9)) as there:
        assert there.parts.desk.seats.promised == there.parts.desk.facts.deletion == PROMISED.isoformat()
    async with town(tmp_path, None, deletion_date=PROMISED - dt.timedelta(days=9)) as there:
        assert there.parts.desk.facts.deletion == (PROMISED - dt.timedelta(days=9)).isoformat()


@pytest.mark.parametrize("language", ["en", "ru", "ky", "tg"])
def test_the_terms_say_when(language):
    """The number of days, and the date where there is one."""
    from kerege.gateway.texts import terms

    said = next(term.text for term in terms(language, "", "", 41) if "41" in term.text)
    assert said
    assert any("2099-05-01" in term.text and "41" in term.text for term in terms(language, "2099-05-01", "", 41))
    assert NAME not in said
