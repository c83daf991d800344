"""Who is on the line now: every live connection by seat and device, so that revoking a seat reaches its screens at once.

It also tells the room when a person takes an actor's part (the first one connects) and when the last one leaves it
for good (signs out or is signed out; a phone that sleeps has not left); and when a person comes to a team for the first
time, for a stand-in then makes way.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

import structlog

from kerege.gateway.limits import Bounds, Monotonic
from kerege.gateway.ports import RunningRoom
from kerege.gateway.seats import Seat

log = structlog.get_logger("kerege.gateway")


class Line(Protocol):
    """A connection, as far as attendance cares."""

    def end(self, code: str) -> None:
        """Say goodbye and close."""
        ...


class Attendance:
    """All live connections."""

    def __init__(self, room: RunningRoom, bounds: Bounds, seats_left: Callable[[str], bool], now: Monotonic) -> None:
        """`seats_left(viewer)`: whether anybody still holds a seat there."""
        self._now = now
        self._answered: dict[str, float] = {}  # seat -> when a phone of it was last heard; at most seats_ever_max
        self._room = room
        self._bounds = bounds
        self._seats_left = seats_left
        self._lines: dict[str, dict[Line, str]] = {}  # seat -> line -> device; oldest first
        self._played: set[str] = set()
        self._came: set[str] = set()  # seats of players that have been on the line; at most seats_ever_max
        self._telling: set[asyncio.Task[None]] = set()

    def enter(self, seat: Seat, device: str, line: Line) -> None:
        """A connection has said who it is. One too many at a seat closes the seat's oldest."""
        lines = self._lines.setdefault(seat.id, {})
        lines[line] = device
        if len(lines) > self._bounds.connections_per_seat_max:
            next(iter(lines)).end("replaced")
        if not seat.person:
            return
        if self._is(seat.viewer, "actor") and seat.viewer not in self._played:
            self._played.add(seat.viewer)
            self._tell(self._room.person_took(seat.viewer))
        elif self._is(seat.viewer, "player") and seat.id not in self._came:
            self._came.add(seat.id)
            self._tell(self._room.person_took(seat.viewer))

    def answer(self, seat: Seat) -> None:
        """A screen of this seat, greeted before, has just asked whether the link lives: both ways have carried something."""
        self._answered[seat.id] = self._now()

    def answered_s(self, seat_id: str) -> int | None:
        """How many seconds ago a screen of this seat was heard last; None where none ever was."""
        at = self._answered.get(seat_id)
        return None if at is None else int(self._now() - at)

    def leave(self, seat: Seat, line: Line) -> None:
        """A connection is gone."""
        lines = self._lines.get(seat.id, {})
        lines.pop(line, None)
        if not lines:
            self._lines.pop(seat.id, None)

    def sign_out(self, seat: Seat, devices: list[str]) -> None:
        """These devices hold the seat no more: close their connections now."""
        for line, device in list(self._lines.get(seat.id, {}).items()):
            if device in devices:
                line.end("revoked")
        if self._is(seat.viewer, "actor") and not self._seats_left(seat.viewer):
            self._played.discard(seat.viewer)
            self._tell(self._room.person_left(seat.viewer))

    def end_all(self, code: str) -> None:
        """Close every connection, for the server's own reason."""
        for lines in list(self._lines.values()):
            for line in list(lines):
                line.end(code)

    def connected(self, seat_id: str) -> int:
        """How many connections this seat has."""
        return len(self._lines.get(seat_id, {}))

    async def settle(self) -> None:
        """Wait until the room has been told everything; for shutting down and for tests."""
        if self._telling:
            await asyncio.wait(self._telling)

    def _is(self, viewer: str, sort: str) -> bool:
        facts = self._room.viewers.get(viewer)
        return facts is not None and facts.sort == sort

    def _tell(self, telling: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(telling)
        self._telling.add(task)
        task.add_done_callback(self._told)

    def _told(self, task: asyncio.Task[None]) -> None:
        self._telling.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("the room was not told who plays an actor's part", exc_info=task.exception())
