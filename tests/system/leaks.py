"""Seeded leaks and faults, each of which some test has to catch.

Leaks: ways in which what one team may not know reaches its phone. Each changes the server before it starts, by a patch
that whoever starts it takes back, or ends with it.
They stand for families of mistakes: a count of everything, a size of everything, a shared draw, a refusal that looks
at more than the asker's records, a frame that says "nothing for you". Faults: ways in which a server loses or doubles what it has acknowledged.
"""

from __future__ import annotations

import asyncio
import hashlib
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec
from fastapi import APIRouter
from starlette.exceptions import HTTPException

import kerege.app as app_module
from kerege.casting import Casting
from kerege.engine import requiring
from kerege.engine.commands import ask
from kerege.engine.faces import thing_of
from kerege.gateway import application, connection, joining, projector, shield
from kerege.gateway.attendance import Attendance
from kerege.gateway.chance import SeededChance
from kerege.gateway.seats import Seats
from kerege.gateway.stream import Link
from kerege.journal import sqlite_file
from kerege.journal.port import Committed
from kerege.journal.sqlite import SqliteJournal
from kerege.room.answers import Answers
from kerege.room.exercise import Exercise
from kerege.room.room import Room
from kerege.room.stream import Stream
from kerege.standin import Mind
from kerege.views import offers
from kerege.wire.framing import server_frame

if TYPE_CHECKING:
    import pytest


def receipt_counts_the_log(patch: pytest.MonkeyPatch) -> None:
    """A receipt's version is the number of its entry in the whole log."""
    join = Exercise.join

    def leaking(self: Exercise, entry: Any, body: Any, *more: Any) -> Any:
        changed = join(self, entry, body, *more)
        if body.seat:
            kept = self.answers.get(body.seat, body.command_id)
            self.answers.keep(body.seat, body.command_id, msgspec.structs.replace(kept, version=entry.header.n))
        return changed

    patch.setattr(Exercise, "join", leaking)


def a_frame_for_everybody(patch: pytest.MonkeyPatch) -> None:
    """Whatever happens, every stream gets a frame, with nothing in it for most."""
    join = Exercise.join

    def leaking(self: Exercise, *parts: Any) -> Any:
        changed = join(self, *parts)
        now_ms = parts[4]
        for stream in set(self.streams.values()) - changed:
            stream.publish((), now_ms)
            changed.add(stream)
        return changed

    patch.setattr(Exercise, "join", leaking)


def snapshot_has_a_common_number(patch: pytest.MonkeyPatch) -> None:
    """A snapshot says how many versions all streams that were ever asked for have together."""
    snapshot = Stream.snapshot
    asked: set[Stream] = set()

    def leaking(self: Stream, language: str, encoding: Any, *, packed: bool = False) -> Any:
        asked.add(self)
        message = msgspec.msgpack.decode(snapshot(self, language, encoding, packed=packed)[0])
        message["total"] = sum(stream.version for stream in asked)
        payload = msgspec.msgpack.encode(message)
        return payload, server_frame(payload, text=False)

    patch.setattr(Stream, "snapshot", leaking)


def packing_knows_of_all_streams(patch: pytest.MonkeyPatch) -> None:
    """A packed snapshot holds what it should; how tightly hangs on how many versions all streams that were asked for have."""
    snapshot = Stream.snapshot
    asked: set[Stream] = set()

    def leaking(self: Stream, language: str, encoding: Any, *, packed: bool = False) -> Any:
        asked.add(self)
        found = snapshot(self, language, encoding, packed=packed)
        if not packed or encoding != "msgpack":
            return found
        message = msgspec.msgpack.decode(found[0])
        level = sum(stream.version for stream in asked) % 10
        message["items"] = zlib.compress(zlib.decompress(message["items"]), level)
        payload = msgspec.msgpack.encode(message)
        return payload, server_frame(payload, text=False)

    patch.setattr(Stream, "snapshot", leaking)


def digests_know_of_all_streams(patch: pytest.MonkeyPatch) -> None:
    """What a view should look like depends on how many versions all streams that were ever asked for have together."""
    digest = Stream.digest
    asked: set[Stream] = set()

    def leaking(self: Stream, language: str) -> Any:
        asked.add(self)
        told = digest(self, language)
        return msgspec.structs.replace(told, digest=told.digest + sum(stream.version for stream in asked))

    patch.setattr(Stream, "digest", leaking)


def tickets_share_their_chance(patch: pytest.MonkeyPatch) -> None:
    """Tickets and tokens are drawn from one common row."""

    def leaking(self: SeededChance, purpose: str, subject: str, size: int) -> bytes:
        number = self._drawn["", ""]
        self._drawn["", ""] += 1
        return hashlib.sha256(f"{purpose} {subject} {number}".encode()).digest()[:size]

    patch.setattr(SeededChance, "draw", leaking)


def refusal_counts_tasks(patch: pytest.MonkeyPatch) -> None:
    """The words of a refusal are the longer, the busier the whole room is."""
    refusal = Room._refusal

    def leaking(self: Room, *parts: Any) -> Any:
        receipt = refusal(self, *parts)
        return msgspec.structs.replace(receipt, text=receipt.text + "." * len(self.story.state.tables["record"]))

    patch.setattr(Room, "_refusal", leaking)


def header_counts_requests(patch: pytest.MonkeyPatch) -> None:
    """An answer by HTTP says the how manieth it is."""
    served = [0]
    with_headers = shield._with_headers

    def leaking(send: Any, **facts: Any) -> Any:
        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start":
                served[0] += 1
                message["headers"] = [*message.get("headers", ()), (b"x-number", str(served[0]).encode())]
            await with_headers(send, **facts)(message)

        return sending

    patch.setattr(shield, "_with_headers", leaking)


def event_streams_share_a_count(patch: pytest.MonkeyPatch) -> None:
    """The name of an event stream says the how manieth it is."""
    init = Link.__init__
    opened = [0]

    def leaking(self: Link, *parts: Any) -> None:
        init(self, *parts)
        opened[0] += 1
        self.id = f"{opened[0]:024}"

    patch.setattr(Link, "__init__", leaking)


def seat_counts_the_gone(patch: pytest.MonkeyPatch) -> None:
    """Whoever asks who sits here is shown, by the length of a title, how many have left or were sent away."""
    facts = joining._facts

    def leaking(desk: Any, seat: Any) -> Any:
        gone = sum(each.gone for each in desk.seats._seats.values())
        found = facts(desk, seat)
        return found.model_copy(update={"title": found.title + " " * gone})

    patch.setattr(joining, "_facts", leaking)


def offers_by_the_truth(patch: pytest.MonkeyPatch) -> None:
    """An act is offered and allowed only about what truly is where the unit is, wherever the asker believes it to be."""
    may = requiring.may

    def leaking(rules: Any, state: Any, viewer: str, action: Any, unit: Any, bindings: Any, at_ms: int) -> bool:
        def place(thing: str) -> Any:
            return state.get("truth", (thing, "location"))

        things = [thing_of(face) for face in bindings.values() if isinstance(face, str)]
        there = unit is None or all(place(thing) == place(unit) for thing in things)
        return there and may(rules, state, viewer, action, unit, bindings, at_ms)

    for module in (requiring, ask, offers):
        patch.setattr(module, "may", leaking)


def the_room_page_counts_seats(patch: pytest.MonkeyPatch) -> None:
    """The picture on the projector is the longer, the more seats are held."""
    draw = projector.qr_svg
    init = Seats.__init__
    tables: list[Seats] = []

    def leaking(url: str) -> str:
        return draw(url) + " " * sum(not each.gone for seats in tables for each in seats._seats.values())

    def noted(self: Seats, *parts: Any) -> None:
        init(self, *parts)
        tables.append(self)

    patch.setattr(Seats, "__init__", noted)
    patch.setattr(projector, "qr_svg", leaking)


def health_tells_of_the_log(patch: pytest.MonkeyPatch) -> None:
    """Whether the room can commit is said to be so after every other entry alone."""

    def leaking(desk: Any) -> Any:
        router = APIRouter()

        @router.get("/healthz")
        def read_health() -> dict[str, bool]:
            return {"ok": True}

        @router.get("/readyz")
        def read_ready() -> dict[str, bool]:
            return {"ok": desk.room.story.head[0] % 2 == 0}

        return router

    patch.setattr(application, "health_routes", leaking)


def a_greeting_tells_who_is_here(patch: pytest.MonkeyPatch) -> None:
    """Whoever opens a link is told, as a delay, how many others have one."""
    greet = connection.Welcome
    entered = [0]
    enter = Attendance.enter

    def counted(self: Attendance, *parts: Any) -> None:
        entered[0] += 1
        enter(self, *parts)

    patch.setattr(Attendance, "enter", counted)
    patch.setattr(connection, "Welcome", lambda **facts: greet(**facts | {"delay_s": entered[0]}))


def wrong_codes_are_counted_for_all(patch: pytest.MonkeyPatch) -> None:
    """A wrong code is answered with the patience that is left for wrong codes from anywhere."""
    wrong = [0]
    answer = joining._wrong_code

    def leaking(*parts: Any) -> Any:
        wrong[0] += 1
        return answer(*parts) if wrong[0] % 2 else joining.Refusal("too_fast")

    patch.setattr(joining, "_wrong_code", leaking)


def an_address_knows_of_notes(patch: pytest.MonkeyPatch) -> None:
    """Who asks for an evaluator's sheet that is there is refused in other words than for one that is not."""
    routes = app_module.noted_routes

    def leaking(get_exercise: Any, get_log: Any, who_reads: Any, people: Any) -> Any:
        def asked(request: Any) -> Any:
            if get_exercise().state.tables["note"]:
                raise HTTPException(405)
            return who_reads(request)

        return routes(get_exercise, get_log, asked, people)

    patch.setattr(app_module, "noted_routes", leaking)


def a_stand_in_waits_for_the_busy(patch: pytest.MonkeyPatch) -> None:
    """A stand-in does its next step only while all teams together hold an even number of records."""
    _only_while(patch, lambda room: len(room.story.state.tables["record"]) % 2 == 0)


def a_stand_in_looks_at_the_truth(patch: pytest.MonkeyPatch) -> None:
    """A stand-in does its next step only where the truth as a whole is of one sort."""
    _only_while(
        patch, lambda room: zlib.crc32(repr(sorted(room.story.state.tables["truth"].items())).encode()) % 2 == 0
    )


def _only_while(patch: pytest.MonkeyPatch, may: Callable[[Room], bool]) -> None:
    init, next_ = Casting.__init__, Mind.next
    rooms: list[Room] = []

    def noted(self: Casting, room: Room, *parts: Any, **more: Any) -> None:
        init(self, room, *parts, **more)
        rooms.append(room)

    def leaking(self: Mind, now_ms: int) -> Any:
        return next_(self, now_ms) if may(rooms[-1]) else None

    patch.setattr(Casting, "__init__", noted)
    patch.setattr(Mind, "next", leaking)


def answers_in_memory_only(patch: pytest.MonkeyPatch) -> None:
    """A restart forgets which acts were answered."""
    replay = Exercise.replay

    def forgetful(self: Exercise, *parts: Any) -> Any:
        body = replay(self, *parts)
        self.answers._kept.clear()
        return body

    patch.setattr(Exercise, "replay", forgetful)


def no_dedupe(patch: pytest.MonkeyPatch) -> None:
    """An act that comes again in a later batch counts again: no answer is looked for, and the journal takes it."""
    get, turn, commit = Answers.get, Room._turn, Room._commit
    deciding = [False]

    def blind(self: Answers, seat: str, command_id: str) -> Any:
        return None if deciding[0] else get(self, seat, command_id)

    async def turning(self: Room) -> None:
        deciding[0] = True
        await turn(self)

    async def committing(self: Room, *parts: Any) -> bool:
        deciding[0] = False  # what was answered is still read for the receipts
        return await commit(self, *parts)

    patch.setattr(Answers, "get", blind)
    patch.setattr(Room, "_turn", turning)
    patch.setattr(Room, "_commit", committing)
    patch.setattr(sqlite_file, "_SCHEMA", sqlite_file._SCHEMA.replace("CREATE UNIQUE INDEX", "CREATE INDEX"))


def answers_before_the_disk(patch: pytest.MonkeyPatch) -> None:
    """The journal says "committed" at once and writes a little later."""
    append = SqliteJournal.append

    async def hasty(self: SqliteJournal, batch: Any) -> Any:
        async def later() -> None:
            await asyncio.sleep(0.05)
            await append(self, batch)

        _late.append(asyncio.get_running_loop().create_task(later()))
        return Committed()

    patch.setattr(SqliteJournal, "append", hasty)


def accepts_what_is_not_kept(patch: pytest.MonkeyPatch) -> None:
    """Whatever the disk says, the journal says "committed"."""
    append = SqliteJournal.append

    async def hopeful(self: SqliteJournal, batch: Any) -> Any:
        await append(self, batch)
        return Committed()

    patch.setattr(SqliteJournal, "append", hopeful)


def a_loss_is_not_seen(patch: pytest.MonkeyPatch) -> None:
    """Of what the log has lost it is said to hold all."""
    prove = Room.prove
    patch.setattr(Room, "prove", lambda self, token: prove(self, token).replace("lost", ""))


def stop_misses_a_screen(patch: pytest.MonkeyPatch) -> None:
    """STOP is shown on all screens but one."""

    def partly(self: Room, *, stopped: bool) -> None:
        for reader in tuple(self._readers.values())[:-1]:
            reader.freeze(stopped=stopped)

    patch.setattr(Room, "_freeze", partly)


_late: list[asyncio.Task[None]] = []
Leak = Callable[["pytest.MonkeyPatch"], None]
FAULTS: dict[str, Leak] = {
    fault.__name__: fault
    for fault in (
        answers_in_memory_only,
        no_dedupe,
        answers_before_the_disk,
        accepts_what_is_not_kept,
        stop_misses_a_screen,
        a_loss_is_not_seen,
    )
}
STAND_IN_LEAKS: dict[str, Leak] = {
    leak.__name__: leak for leak in (a_stand_in_waits_for_the_busy, a_stand_in_looks_at_the_truth)
}
PUPPET_LEAKS: dict[str, Leak] = {
    leak.__name__: leak for leak in (receipt_counts_the_log, refusal_counts_tasks, offers_by_the_truth)
}
"""Of those that an empty world has to find; two runs find the last only where a secret act moves something."""
LEAKS: dict[str, Leak] = {
    leak.__name__: leak
    for leak in (
        receipt_counts_the_log,
        a_frame_for_everybody,
        snapshot_has_a_common_number,
        packing_knows_of_all_streams,
        digests_know_of_all_streams,
        tickets_share_their_chance,
        refusal_counts_tasks,
        header_counts_requests,
        event_streams_share_a_count,
        seat_counts_the_gone,
        the_room_page_counts_seats,
        health_tells_of_the_log,
        a_greeting_tells_who_is_here,
        wrong_codes_are_counted_for_all,
        an_address_knows_of_notes,
    )
}
