"""The server, joined by hand: settings -> journal -> room -> gateway -> uvicorn. Nothing is found by name or by chance.

data_dir/seats.key                       the key of all join codes (0600)
data_dir/exercises/<id>.sqlite3          the log: the only source of state
data_dir/exercises/<id>.seats.sqlite3    who sits where, with the names people gave themselves
"""

from __future__ import annotations

import asyncio
import functools
import hashlib
import operator
import os
import socket
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import structlog
import uvicorn
from fastapi import APIRouter, Request
from starlette.types import ASGIApp

from kerege.casting import Casting
from kerege.engine.commands.bodies import AnyCommand, Staff, Tick
from kerege.gateway.announce import announcement, public_url_for
from kerege.gateway.application import build_gateway
from kerege.gateway.chance import SeededChance as SeededTokens
from kerege.gateway.chance import SystemChance as SystemTokens
from kerege.gateway.codes import KEY_BYTES
from kerege.gateway.cookies import read_token
from kerege.gateway.desk import Desk, Facts
from kerege.gateway.limits import Bounds, Monotonic, widened
from kerege.gateway.lobby import link_for
from kerege.gateway.seats import Seats
from kerege.gateway.serving import uvicorn_config
from kerege.gateway.static import page_script
from kerege.journal.sqlite import SqliteJournal
from kerege.retention import SEATS_SUFFIX, Keeper
from kerege.review.noted_routes import noted_routes
from kerege.review.routes import routes as review_routes
from kerege.room import Room, open_room
from kerege.room.memory import settle
from kerege.room.ports import ManualClock, SeededChance, SystemChance, SystemClock
from kerege.settings import LOOPBACK, Settings

if TYPE_CHECKING:
    from kerege.engine.pack import Pack
    from kerege.journal.port import Journal

log = structlog.get_logger("kerege.app")

BACKLOG = 2048
"""Connections that may wait to be accepted: every phone of a hotel that lost the same access point."""
CLIENT_COMMANDS: Any = functools.reduce(
    operator.or_, [command for command in get_args(AnyCommand) if command not in {Staff, Tick}]
)
"""What a client may ask for; the others are the room's own."""


@dataclass(frozen=True)
class Parts:
    """What was joined, for those who add routes, stand-ins or tests."""

    room: Room
    desk: Desk
    settings: Settings


@dataclass(frozen=True)
class Ready:
    """The server listens. `control_link` opens once, on this machine."""

    title: str
    public_url: str
    local_url: str
    control_link: str

    def for_terminal(self) -> str:
        """What to print."""
        return announcement(self.title, self.public_url, self.control_link)


Mount = Callable[[Parts], Sequence[APIRouter]]
"""Adds routes of others, such as the debrief's."""


async def open_parts(
    settings: Settings, pack: Pack | None, exercise: str, public_url: str, now: Monotonic = time.monotonic
) -> Parts:
    """
    Open an exercise, or begin it with `pack` if there is none of that id yet, and set the gateway's desk before it.

    Args:
        now: Seconds of a clock that only goes forward, by which the desk keeps rates and tickets.

    Raises:
        StoreDown, Broken, WrongLog: As `open_room` says.
        CannotOpen: Another server has the file.
        ValueError: The id is no file name, or the seat table is another exercise's.
    """
    folder = exercises_folder(settings)
    path = exercise_path(settings, exercise)
    seed = settings.deterministic

    async def open_journal() -> Journal:
        return await (SqliteJournal.open(path) if path.exists() else SqliteJournal.create(path))

    room = await open_room(
        pack,
        open_journal,
        SystemClock() if seed is None else ManualClock(),
        SystemChance() if seed is None else SeededChance(seed),
        exercise=exercise,
        observer_delay_ms=settings.observer_delay_s * 1000,
    )
    try:
        return Parts(room, _desk(settings, room, folder / f"{exercise}{SEATS_SUFFIX}", public_url, now), settings)
    except BaseException:
        await room.close()
        raise


def build_app(
    parts: Parts,
    mount: Mount | None = None,
    on_failure: Callable[[], None] | None = None,
    *,
    demonstration: bool = False,
) -> ASGIApp:
    """
    The whole application. While it is served the room runs; when serving ends, everything is closed.

    Args:
        parts: From `open_parts`; closed here.
        mount: Routes of others.
        on_failure: Called when the room's own task has died: the server has to stop, rather than be silent.
        demonstration: Stand-ins play their whole plan; else, in a live exercise, they only answer.
    """
    clock = SystemClock() if parts.settings.deterministic is None else ManualClock()
    settings = parts.settings
    keeper = Keeper(parts.room, parts.desk, exercises_folder(settings), clock, settings.persons_days)
    casting = Casting(parts.room, parts.desk, clock, initiative=demonstration)

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        running = asyncio.create_task(parts.room.run(), name="room")
        running.add_done_callback(functools.partial(_room_ended, on_failure=on_failure))
        standing_in = asyncio.create_task(casting.run(), name="casting")
        keeping = asyncio.create_task(keeper.run(), name="retention")
        try:
            yield
        finally:
            for task in (standing_in, keeping):
                task.cancel()
            await asyncio.wait({standing_in, keeping})
            parts.desk.attendance.end_all("restarting")
            await parts.desk.attendance.settle()
            await parts.room.close()
            await asyncio.wait({running})
            parts.desk.seats.close()

    others = () if mount is None else mount(parts)
    return build_gateway(parts.desk, (_last_page(parts), _noted(parts), *others), lifespan)


def _last_page(parts: Parts) -> APIRouter:
    """The debrief's page, for whoever was in the play, once it has ended: it holds what observers may never read."""

    def may_read(request: Request) -> bool:
        found = parts.desk.seats.find(read_token(request))
        return found is not None and parts.room.viewers[found[0].viewer].sort != "observer"

    return review_routes(lambda: parts.room.story, parts.room.read_log, may_read)


def _noted(parts: Parts) -> APIRouter:
    """What evaluators noted, after ENDEX; people are counted by the seats that are held."""

    def who_reads(request: Request) -> str | None:
        found = parts.desk.seats.find(read_token(request))
        return None if found is None else found[0].viewer

    def people() -> dict[str, int]:
        return {team: len(parts.desk.seats.seats_of(team)) for team in parts.room.story.rules.teams}

    return noted_routes(lambda: parts.room.story, parts.room.read_log, who_reads, people)


async def serve(
    settings: Settings,
    pack: Pack | None,
    exercise: str,
    mount: Mount | None = None,
    on_ready: Callable[[Ready], None] | None = None,
    *,
    demonstration: bool = False,
) -> None:
    """
    Serve one exercise until a signal comes.

    Raises:
        OSError: The port is taken.
        What `open_parts` raises.
    """
    with listen(settings.listen_host, settings.port) as listening:
        port = listening.getsockname()[1]
        public_url = settings.public_url or public_url_for(settings.listen_host, port, secure=settings.secure)
        parts = await open_parts(settings, pack, exercise, public_url)
        server: uvicorn.Server

        def stop() -> None:
            server.should_exit = True

        app = build_app(parts, mount, stop, demonstration=demonstration)
        config = uvicorn_config(
            app,
            settings.listen_host,
            port,
            settings.trusted_proxy,
            certificate=settings.tls_certificate,
            key=settings.tls_key,
        )
        server = PoliteServer(config, lambda: parts.desk.attendance.end_all("restarting"))
        settle()
        if on_ready is not None:
            on_ready(_ready(parts, port))
        log.info("the server listens", exercise=exercise, port=port, public_url=public_url)
        await server.serve(sockets=[listening])


class PoliteServer(uvicorn.Server):
    """Says goodbye to everybody before it waits for open requests, of which an event stream is one that never ends."""

    def __init__(self, config: uvicorn.Config, say_goodbye: Callable[[], None]) -> None:
        super().__init__(config)
        self._say_goodbye = say_goodbye

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn does it, after the goodbyes."""
        self._say_goodbye()
        await super().shutdown(sockets)


def run_server(
    settings: Settings,
    pack: Pack | None,
    exercise: str,
    mount: Mount | None = None,
    on_ready: Callable[[Ready], None] | None = None,
    *,
    demonstration: bool = False,
) -> None:
    """`serve` in an event loop of its own: uvloop's where it is installed, else the standard one."""
    try:
        import uvloop
    except ImportError:
        loop_factory = None
    else:
        loop_factory = uvloop.new_event_loop
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        runner.run(serve(settings, pack, exercise, mount, on_ready, demonstration=demonstration))


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises OSError when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)


def exercises_folder(settings: Settings) -> Path:
    """Where exercises are kept; made when missing, for its owner only."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = settings.data_dir / "exercises"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def exercise_path(settings: Settings, exercise: str) -> Path:
    """The log of an exercise. Raises ValueError when the id could not be a plain file name."""
    plain = exercise.replace("-", "").replace("_", "")
    if not (plain.isascii() and plain.isalnum()) or len(exercise) > 80:
        raise ValueError(f"an exercise's id is letters, digits, - and _ (at most 80): {exercise[:80]!r}")
    return exercises_folder(settings) / f"{exercise}.sqlite3"


def _desk(settings: Settings, room: Room, seats_path: Path, public_url: str, now: Monotonic) -> Desk:
    seed = settings.deterministic
    pack = room.story.genesis.pack
    bounds = widened(Bounds(), settings.rate_factor)
    chance = SystemTokens() if seed is None else SeededTokens(str(seed))
    key = _codes_key(settings.data_dir / "seats.key") if seed is None else _seeded_key(seed)
    seats = Seats(seats_path, room.exercise, key, room.viewers, chance, bounds, lambda: time.time_ns() // 1_000_000)
    deletion = min(
        filter(None, (seats.promised, "" if (date := settings.deletion_date) is None else date.isoformat())), default=""
    )
    seats.promise(deletion)  # a later date than people were told is none
    facts = Facts(
        public_url=public_url,
        languages=pack.languages,
        reviewed=pack.reviewed,
        deletion=deletion,
        persons_days=settings.persons_days,
        contact=settings.contact,
        origins=(*settings.origins, *((settings.public_url,) if settings.public_url else ())),
        client_folder=settings.client_dir,
        page=page_script(settings.client_dir),
        observer_delay_s=settings.observer_delay_s,
        command_bodies=CLIENT_COMMANDS,
    )
    return Desk(room, seats, facts, bounds, now, chance)


def _codes_key(path: Path) -> bytes:
    """The key of all join codes: made once, readable by its owner only."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = path.read_bytes()
        if len(key) != KEY_BYTES:
            raise ValueError(f"{path} is no key: remove it, and all join codes will be new") from None
        return key
    with os.fdopen(handle, "wb") as file:
        key = os.urandom(KEY_BYTES)
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    return key


def _seeded_key(seed: int) -> bytes:
    return hashlib.sha256(f"kerege codes {seed}".encode()).digest()


def _ready(parts: Parts, port: int) -> Ready:
    settings, room = parts.settings, parts.room
    scheme = "https" if settings.secure else "http"
    host = settings.listen_host if settings.listen_host not in {"0.0.0.0", "::"} else LOOPBACK  # noqa: S104  compared
    local_url = f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}"
    control = next(facts.id for facts in room.viewers.values() if facts.sort == "control")
    link = link_for(local_url, parts.desk.seats.new_link(control))
    language = room.story.genesis.pack.language_default
    return Ready(room.title(language), parts.desk.facts.public_url, local_url, link)


def _room_ended(task: asyncio.Task[None], on_failure: Callable[[], None] | None) -> None:
    if task.cancelled() or task.exception() is None:
        return
    log.critical("the room has died; the server stops", exc_info=task.exception())
    if on_failure is not None:
        on_failure()
