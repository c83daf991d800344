"""What people were promised about their data is done by the server itself, whether or not anybody thinks of it.

    the promised date   names and all typed texts of an exercise are erased, there and in its log
    PERSONS_DAYS later  whom seats belonged to is erased: the whole table of persons, counted from the last who joined

Both are looked after for every exercise of the data folder, at the start and four times a day, by the wall clock. A machine
that is off keeps no promise: it is kept at the next start of any server on that folder, or by `kerege erase --due`. At the
same looks devices of the served exercise whose tokens are too old are signed out: such a token opens nothing from the very
second, now its screens close as well.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import sqlite3
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import structlog

from kerege.gateway.chance import SystemChance
from kerege.gateway.limits import Bounds
from kerege.gateway.seats import Seats
from kerege.journal.chain import Broken
from kerege.journal.port import CannotOpen, StoreDown
from kerege.journal.sqlite import SqliteJournal
from kerege.room.erasing import typed_words
from kerege.settings import PERSONS_DAYS

if TYPE_CHECKING:
    from kerege.gateway.desk import Desk
    from kerege.room import Room
    from kerege.room.ports import Clock

SWEEP_MS = 6 * 3600 * 1000
"""Between two looks: a promised day begins at most so much late."""
SEATS_SUFFIX = ".seats.sqlite3"
DAY_MS = 24 * 3600 * 1000

log = structlog.get_logger("kerege.retention")


T = TypeVar("T")


class Swept(NamedTuple):
    """What was erased of one exercise."""

    exercise: str
    persons: int
    words: int


def is_date_due(promised: str, wall_ms: int) -> bool:
    """Whether the promised day (ISO, "" for none) has begun, in UTC."""
    return bool(promised) and dt.datetime.fromtimestamp(wall_ms / 1000, dt.UTC).date().isoformat() >= promised


def is_table_old(newest_ms: int, wall_ms: int, days: int = PERSONS_DAYS) -> bool:
    """Whether nobody has joined for so long that whom the seats belonged to is to be forgotten."""
    return newest_ms > 0 and wall_ms - newest_ms >= days * DAY_MS


class Keeper:
    """Looks after the served exercise, and all others of its folder."""

    def __init__(self, room: Room, desk: Desk, folder: Path, clock: Clock, days: int = PERSONS_DAYS) -> None:
        self._room = room
        self._desk = desk
        self._folder = folder
        self._clock = clock
        self._days = days

    async def run(self) -> None:
        """Look at once and then every SWEEP_MS, until cancelled. What fails is tried again at the next look."""
        while True:
            try:
                await self.sweep()
            except Exception:
                log.exception("what is due to be erased was not")
            await self._clock.wait(asyncio.Event(), self._clock.now_ms() + SWEEP_MS)

    async def sweep(self) -> list[Swept]:
        """Erase what is due; returns what was."""
        wall_ms = self._clock.wall_ms()
        swept = [await self._served(wall_ms)]
        swept += await sweep_folder(self._folder, wall_ms, self._days, but=self._room.exercise)
        return [each for each in swept if each.persons or each.words]

    async def _served(self, wall_ms: int) -> Swept:
        seats = self._desk.seats
        self._desk.expire()
        persons = words = 0
        if is_date_due(seats.promised, wall_ms):
            words = await self._room.erase_typed(all_words=True)
            persons = seats.forget_names()
            seats.promise("")
        if is_table_old(seats.newest_ms, wall_ms, self._days):
            people = [(seat, seats.devices_of(seat.id)) for seat in seats.people()]
            persons = seats.forget_everybody()
            for seat, devices in people:
                self._desk.sign_out(seat, devices)
        return _said(Swept(self._room.exercise, persons, words))


async def sweep_folder(folder: Path, wall_ms: int, days: int = PERSONS_DAYS, *, but: str = "") -> list[Swept]:
    """Erase what is due of all exercises of a folder that nobody serves now, except `but`. Returns what was erased."""
    swept = []
    for path in await asyncio.to_thread(_tables, folder):
        exercise = path.name.removesuffix(SEATS_SUFFIX)
        if exercise != but:
            try:
                swept.append(await _kept(path, exercise, wall_ms, days))
            except (sqlite3.Error, CannotOpen, StoreDown, Broken, FileNotFoundError, ValueError) as error:
                log.warning("not looked after now", exercise=exercise, why=str(error))
    return [each for each in swept if each.persons or each.words]


def _tables(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{SEATS_SUFFIX}"))


async def _kept(path: Path, exercise: str, wall_ms: int, days: int) -> Swept:
    promised, newest_ms = await asyncio.to_thread(with_table, path, exercise, _dates)
    persons = words = 0
    if is_date_due(promised, wall_ms):
        words = await erase_words(path.with_name(f"{exercise}.sqlite3"), all_words=True)
        persons = await asyncio.to_thread(with_table, path, exercise, _keep_promise)
    if is_table_old(newest_ms, wall_ms, days):
        persons = await asyncio.to_thread(with_table, path, exercise, Seats.forget_everybody)
    return _said(Swept(exercise, persons, words))


def with_table(path: Path, exercise: str, work: Callable[[Seats], T]) -> T:
    """Do something with the table of persons of an exercise that nobody serves now. Raises sqlite3.OperationalError."""
    seats = Seats(path, exercise, b"", {}, SystemChance(), Bounds(), lambda: 0)
    try:
        return work(seats)
    finally:
        seats.close()


async def erase_words(
    path: Path,
    seats: Collection[str] = (),
    holding: Collection[str] = (),
    *,
    all_words: bool = False,
    personal: bool = False,
) -> int:
    """
    Erase typed texts of a log that nobody serves now, as `typed_words` chooses them.

    Raises:
        CannotOpen, StoreDown, Broken, FileNotFoundError: As the journal says.
    """
    journal = await SqliteJournal.open(path)
    try:
        return await journal.erase(
            typed_words(await journal.read(), seats, holding, all_words=all_words, personal=personal)
        )
    finally:
        await journal.close()


def _dates(seats: Seats) -> tuple[str, int]:
    return seats.promised, seats.newest_ms


def _keep_promise(seats: Seats) -> int:
    named = seats.forget_names()
    seats.promise("")
    return named


def _said(swept: Swept) -> Swept:
    if swept.persons or swept.words:
        log.info("erased, as promised", exercise=swept.exercise, persons=swept.persons, count=swept.words)
    return swept
