"""Who sits where: seats, their devices and the codes that let people in. Its own SQLite file, apart from the log.

    viewer   a team, an actor's role, control, an observers' desk (the room's)
    seat     one person's place at a viewer; has an id that a person can read out
    device   one browser of that person; has a token, of which only the SHA-256 is kept, good for `cookie_s_max`
    code     six characters for each viewer, derived from a key and a generation number; only the number is kept
    link     for control and for seats that it gives out by hand: a long token instead of a code, good for one device

Names that people give themselves stand here and nowhere else. All tables are held in memory; every change is on the
disk (synchronous) before its caller goes on. What is erased is in no page of the file and in no log beside it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import unicodedata
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from kerege.gateway.chance import Chance
from kerege.gateway.codes import derive_code, read_code, spell
from kerege.gateway.limits import WALL_S_MIN, Bounds
from kerege.gateway.ports import LINKED, ViewerFacts
from kerege.wire.typed import JOINERS, clean_words

SEAT_ID_LENGTH = 8
TOKEN_BYTES = 32
_SCHEMA = """
CREATE TABLE IF NOT EXISTS about (exercise TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS codes (viewer TEXT PRIMARY KEY, generation INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS links (digest TEXT PRIMARY KEY, viewer TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS seats (
    id TEXT PRIMARY KEY, viewer TEXT NOT NULL, language TEXT NOT NULL, name TEXT NOT NULL,
    accepted_ms INTEGER NOT NULL, gone INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS promised (deletion TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS devices (
    digest TEXT PRIMARY KEY, seat TEXT NOT NULL REFERENCES seats(id), issued_ms INTEGER NOT NULL DEFAULT 0) STRICT;
"""
_DEVICES_HAD_NO_TIME = "ALTER TABLE devices ADD COLUMN issued_ms INTEGER NOT NULL DEFAULT 0"


class JoinRefused(Exception):  # noqa: N818  it names what happened, as in the house's table of errors
    """Nobody is let in: `code` is one of `no_such_code`, `team_full`, `too_many_devices`, `no_more_seats`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Seat:
    """One person's place. `person` is false for a stand-in's, which is never stored."""

    id: str
    viewer: str
    language: str = "en"
    name: str = ""
    accepted_ms: int = 0
    gone: bool = False
    person: bool = True


class Held(NamedTuple):
    """What a device has: a seat, since when by the wall clock. A time before `WALL_S_MIN` says nothing: see `_date_devices`."""

    seat: str
    issued_ms: int


@dataclass(frozen=True)
class Joined:
    """Somebody was let in. `token` is for the cookie and exists nowhere else; None: the device keeps the one it has."""

    seat: Seat
    device: str
    token: str | None


class Seats:
    """The seat table of one exercise."""

    def __init__(
        self,
        path: Path | None,
        exercise: str,
        key: bytes,
        viewers: Mapping[str, ViewerFacts],
        chance: Chance,
        bounds: Bounds,
        now_ms: Callable[[], int],
    ) -> None:
        """Open the table, in memory when `path` is None. Raises ValueError when the file is another exercise's."""
        self._exercise = exercise
        self._key = key
        self._viewers = viewers
        self._chance = chance
        self._bounds = bounds
        self._now_ms = now_ms
        self._database = _open(path, exercise)
        read = self._database.execute
        self._generations: dict[str, int] = dict(read("SELECT viewer, generation FROM codes"))
        self._links: dict[str, str] = dict(read("SELECT digest, viewer FROM links"))
        self._seats: dict[str, Seat] = {
            row[0]: Seat(row[0], row[1], row[2], row[3], row[4], bool(row[5]))
            for row in read("SELECT id, viewer, language, name, accepted_ms, gone FROM seats ORDER BY rowid")
        }
        self._devices: dict[str, Held] = {}
        for digest, seat, issued_ms in read("SELECT digest, seat, issued_ms FROM devices ORDER BY rowid"):
            self._devices[digest] = Held(seat, issued_ms)
        self._date_devices()

    def close(self) -> None:
        """Release the file."""
        self._database.close()

    # ------------------------------------------------------------------------------------------------ codes

    def code_of(self, viewer: str) -> str:
        """The code that lets people in at this viewer, to be shown to control. Codes of two viewers never agree."""
        generation = self._generations.get(viewer, 0)
        return derive_code(self._key, self._exercise, viewer, generation)

    def renew_code(self, viewer: str) -> str:
        """Make the viewer's code worthless and give it another; those who sit there stay."""
        others = {self.code_of(other) for other in self._viewers}
        generation = self._generations.get(viewer, 0) + 1
        while derive_code(self._key, self._exercise, viewer, generation) in others:
            generation += 1
        with self._database:
            self._database.execute("INSERT OR REPLACE INTO codes VALUES (?, ?)", (viewer, generation))
        self._generations[viewer] = generation
        return self.code_of(viewer)

    def new_link(self, viewer: str) -> str:
        """Make a link token for control: opens once. Links of this viewer that nobody used die."""
        token = urlsafe_b64encode(self._chance.draw("link", viewer, TOKEN_BYTES)).decode().rstrip("=")
        digest = _digest(token)
        with self._database:
            self._database.execute("DELETE FROM links WHERE viewer = ?", (viewer,))
            self._database.execute("INSERT INTO links VALUES (?, ?)", (digest, viewer))
        self._links = {held: owner for held, owner in self._links.items() if owner != viewer} | {digest: viewer}
        return token

    def viewer_of(self, typed: str) -> str | None:
        """Where this code or link leads; uses nothing up. Control has no code, only links."""
        linked = self._links.get(_digest(typed))
        if linked is not None:
            return self._now(linked)
        code = read_code(typed)
        for viewer, facts in self._viewers.items():
            if facts.sort not in LINKED and self.code_of(viewer) == code:
                return self._now(viewer)
        return None

    # ------------------------------------------------------------------------------------------------ coming

    def join(self, typed: str, language: str, name: str, seat_id: str | None, held_token: str | None) -> Joined:
        """
        Let somebody in by code or link.

        A device that already sits there finds its seat again. With `seat_id` the device is added to that seat, which
        must be at the code's viewer. Else a new seat is made. A device that sat elsewhere leaves there; its caller
        sees to what hangs on the old seat (`find` before, `sign_out` after).

        Raises:
            JoinRefused: nothing was changed.
        """
        viewer = self.viewer_of(typed)
        if viewer is None:
            raise JoinRefused("no_such_code")
        held = self.find(held_token)
        if held is not None and held[0].viewer == viewer and seat_id in {None, held[0].id}:
            seat = self._put(replace(held[0], language=language, name=name or held[0].name))
            self._use_link(typed)
            return Joined(seat, held[1], None)
        if seat_id is None:
            seat = self._new_seat(viewer, language, name)
        else:
            found = self._seats.get(seat_id.upper())
            if found is None or found.gone or found.viewer != viewer:
                raise JoinRefused("no_such_code")
            if len(self.devices_of(found.id)) >= self._bounds.devices_per_seat_max:
                raise JoinRefused("too_many_devices")
            seat = self._put(replace(found, language=language, name=name or found.name))
        token = urlsafe_b64encode(self._chance.draw("device", seat.id, TOKEN_BYTES)).decode().rstrip("=")
        device = _digest(token)
        held_now = Held(seat.id, self._now_ms())
        with self._database:
            self._database.execute("INSERT INTO devices VALUES (?, ?, ?)", (device, *held_now))
        self._devices[device] = held_now
        self._use_link(typed)
        return Joined(seat, device, token)

    def _new_seat(self, viewer: str, language: str, name: str) -> Seat:
        seats_max = self._viewers[viewer].seats_max or self._bounds.seats_default_max
        if len(self.seats_of(viewer)) >= seats_max:
            raise JoinRefused("team_full")
        if len(self._seats) >= self._bounds.seats_ever_max:
            raise JoinRefused("no_more_seats")
        seat_id = spell(self._chance.draw("seat", viewer, 32), SEAT_ID_LENGTH)
        while seat_id in self._seats:
            seat_id = spell(self._chance.draw("seat", viewer, 32), SEAT_ID_LENGTH)
        return self._put(Seat(seat_id, viewer, language, name, self._now_ms()))

    def _use_link(self, typed: str) -> None:
        digest = _digest(typed)
        if self._links.pop(digest, None) is not None:
            with self._database:
                self._database.execute("DELETE FROM links WHERE digest = ?", (digest,))

    # ------------------------------------------------------------------------------------------------ finding

    def find(self, token: str | None) -> tuple[Seat, str] | None:
        """The seat and device of a cookie's token; None for every token that opens nothing."""
        if not token:
            return None
        device = _digest(token)
        seat = self.seat_of_device(device)
        return None if seat is None else (seat, device)

    def seat_of_device(self, device: str) -> Seat | None:
        """The seat of a device that is signed in, and whose token is not too old."""
        held = self._devices.get(device)
        return None if held is None or self._is_over(held) else self._placed(self._seats[held.seat])

    def seat(self, seat_id: str) -> Seat | None:
        """A seat that somebody holds."""
        found = self._seats.get(seat_id)
        return None if found is None or found.gone else self._placed(found)

    def known(self, seat_id: str) -> Seat | None:
        """A seat that somebody holds or held."""
        found = self._seats.get(seat_id)
        return None if found is None else self._placed(found)

    def seats_of(self, viewer: str) -> list[Seat]:
        """The seats that are held at this viewer, oldest first."""
        held = (self._placed(seat) for seat in self._seats.values() if not seat.gone)
        return [seat for seat in held if seat.viewer == viewer]

    def _now(self, viewer: str) -> str:
        """Where the people of a viewer sit now: there, or at the team that it was merged into."""
        facts = self._viewers.get(viewer)
        return facts.into if facts is not None and facts.into else viewer

    def _placed(self, seat: Seat) -> Seat:
        """A seat as it stands now; the table keeps where it was taken."""
        now = self._now(seat.viewer)
        return seat if now == seat.viewer else replace(seat, viewer=now)

    def devices_of(self, seat_id: str) -> list[str]:
        """The devices signed in at this seat."""
        return [device for device, held in self._devices.items() if held.seat == seat_id]

    # ------------------------------------------------------------------------------------------------ growing old

    def expire(self) -> list[tuple[Seat, str]]:
        """Sign out every device whose token is too old; it opens nothing any more, and now its place is free, too."""
        self._date_devices()
        over = [device for device, held in self._devices.items() if self._is_over(held)]
        return [(seat, device) for device in over if (seat := self.sign_out(device)) is not None]

    def _is_over(self, held: Held) -> bool:
        return _is_dated(held) and self._now_ms() - held.issued_ms > self._bounds.cookie_s_max * 1000

    def _date_devices(self) -> None:
        """
        Count from now what has no time: rows of a server that kept none, and tokens given out while this machine's clock
        was not set (else everybody would be signed out at the moment it is). With such a clock nothing is dated.
        """
        now_ms = self._now_ms()
        undated = [device for device, held in self._devices.items() if not _is_dated(held)]
        if now_ms < WALL_S_MIN * 1000 or not undated:
            return
        with self._database:
            self._database.executemany(
                "UPDATE devices SET issued_ms = ? WHERE digest = ?", [(now_ms, each) for each in undated]
            )
        self._devices.update({device: Held(self._devices[device].seat, now_ms) for device in undated})

    # ------------------------------------------------------------------------------------------------ going

    def sign_out(self, device: str) -> Seat | None:
        """Sign one device out. When it was its seat's last, the seat is free; the seat as it then is comes back."""
        held = self._devices.pop(device, None)
        if held is None:
            return None
        with self._database:
            self._database.execute("DELETE FROM devices WHERE digest = ?", (device,))
        seat = self._seats[held.seat]
        return seat if self.devices_of(held.seat) else self._put(replace(seat, gone=True))

    def revoke(self, seat_id: str) -> list[str] | None:
        """Take a seat away from whoever holds it. Returns its devices, now signed out; None if nobody holds it."""
        seat = self.seat(seat_id)
        if seat is None:
            return None
        devices = self.devices_of(seat_id)
        with self._database:
            self._database.execute("DELETE FROM devices WHERE seat = ?", (seat_id,))
            self._database.execute("UPDATE seats SET gone = 1 WHERE id = ?", (seat_id,))
        for device in devices:
            del self._devices[device]
        self._seats[seat_id] = replace(seat, gone=True)
        return devices

    # ------------------------------------------------------------------------------------------------ being forgotten

    def people(self) -> list[Seat]:
        """Every seat of which something about its person is still kept, those that were left too; oldest first."""
        return [seat for seat in self._seats.values() if seat.accepted_ms or seat.name]

    def erase(self, seat_id: str) -> list[str] | None:
        """
        Erase what is kept of the person of one seat: name, language, time of joining, devices. The seat is free then, and
        its id, which stands in the log, leads to nobody.

        Returns:
            Its devices, now signed out; None if there never was such a seat.
        """
        seat = self._seats.get(seat_id)
        if seat is None:
            return None
        devices = self.devices_of(seat_id)
        with self._database:
            self._database.execute("DELETE FROM devices WHERE seat = ?", (seat_id,))
        for device in devices:
            del self._devices[device]
        self._put(replace(seat, language="en", name="", accepted_ms=0, gone=True))
        self._forget()
        return devices

    def forget_names(self) -> int:
        """Erase all display names, as participants were promised. Returns how many."""
        named = [seat for seat in self._seats.values() if seat.name]
        for seat in named:
            self._put(replace(seat, name=""))
        self._forget()
        return len(named)

    def forget_everybody(self) -> int:
        """Erase the whole table of persons: every seat as `erase` does. Returns how many there were."""
        people = self.people()
        with self._database:
            self._database.execute("DELETE FROM devices")
            self._database.execute("DELETE FROM links")
            self._database.execute("UPDATE seats SET language = 'en', name = '', accepted_ms = 0, gone = 1")
        self._devices.clear()
        self._links.clear()
        self._seats = {
            seat.id: replace(seat, language="en", name="", accepted_ms=0, gone=True) for seat in self._seats.values()
        }
        self._forget()
        return len(people)

    @property
    def newest_ms(self) -> int:
        """When the last person came of whom something is kept; 0 for nobody."""
        return max((seat.accepted_ms for seat in self._seats.values()), default=0)

    @property
    def promised(self) -> str:
        """The date (ISO) on which names and typed texts are to be deleted, as these people were told; "" for none."""
        row = self._database.execute("SELECT deletion FROM promised").fetchone()
        return "" if row is None else str(row[0])

    def promise(self, deletion: str) -> None:
        """Keep the date that people are told from now on; "" once it has been kept."""
        with self._database:
            self._database.execute("DELETE FROM promised")
            if deletion:
                self._database.execute("INSERT INTO promised VALUES (?)", (deletion,))

    def _forget(self) -> None:
        """Write the file anew and empty its log: until then they hold what was erased."""
        self._database.execute("VACUUM")
        self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _put(self, seat: Seat) -> Seat:
        if self._seats.get(seat.id) != seat:
            row = (seat.id, seat.viewer, seat.language, seat.name, seat.accepted_ms, int(seat.gone))
            with self._database:
                self._database.execute(
                    "INSERT INTO seats VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                    " language = excluded.language, name = excluded.name, accepted_ms = excluded.accepted_ms,"
                    " gone = excluded.gone",
                    row,
                )
            self._seats[seat.id] = seat
        return seat


def clean_name(typed: str, chars_max: int) -> str:
    """A display name on one line: cleaned like all that people type, composed, without joiners, at most `chars_max` long."""
    composed = clean_words(unicodedata.normalize("NFC", typed)).translate(dict.fromkeys(map(ord, JOINERS)))
    return " ".join(composed.split())[:chars_max].strip()


def _open(path: Path | None, exercise: str) -> sqlite3.Connection:
    if path is not None:
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))  # names: its owner's alone
    database = sqlite3.connect(":memory:" if path is None else path)
    try:
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("PRAGMA secure_delete = ON")
        database.execute("PRAGMA temp_store = MEMORY")
        database.executescript(_SCHEMA)
        if "issued_ms" not in {row[1] for row in database.execute("PRAGMA table_info(devices)")}:
            database.execute(_DEVICES_HAD_NO_TIME)
        row = database.execute("SELECT exercise FROM about").fetchone()
        if row is None:
            with database:
                database.execute("INSERT INTO about VALUES (?)", (exercise,))
        elif row[0] != exercise:
            raise ValueError(f"the seat table {path} belongs to the exercise {row[0]!r}, not {exercise!r}")
    except BaseException:
        database.close()
        raise
    return database


def _is_dated(held: Held) -> bool:
    return held.issued_ms >= WALL_S_MIN * 1000


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
