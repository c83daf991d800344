"""What waits to be played: bounded for each viewer and for the whole room, in the order in which it came."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kerege.engine.commands.bodies import AnyCommand
    from kerege.wire.messages import Receipt

INBOX_VIEWER_MAX = 64
"""Commands of one viewer that may wait: a team of eight that taps as fast as it can for a second."""
URGENT_MAX = 64
"""Room for STOP and its end beyond both bounds: a team whose phones flood the room can still be in danger."""
INBOX_ROOM_MAX = 4096
"""Commands that may wait in all: the one overload answer that does not depend on the viewer alone."""


class Waiting:
    """One command, its bytes as they came, and the future of its receipt."""

    __slots__ = ("answer", "body", "by", "command", "command_id", "done_at_ms", "language", "seat", "seen")

    def __init__(
        self,
        by: str,
        seat: str,
        command_id: str,
        command: AnyCommand,
        body: bytes,
        done_at_ms: int | None,
        language: str,
        seen: int | None = None,
    ) -> None:
        self.by = by
        self.seat = seat
        self.command_id = command_id
        self.command = command
        self.body = body
        self.done_at_ms = done_at_ms
        self.language = language
        self.seen = seen
        self.answer: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()


class Inbox:
    """First come, first served; full is said at once."""

    def __init__(self) -> None:
        self.wake = asyncio.Event()
        self._urgent: deque[Waiting] = deque()
        self._queue: deque[Waiting] = deque()
        self._of: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._urgent) + len(self._queue)

    def put(self, waiting: Waiting, *, urgent: bool = False) -> bool:
        """Take a command in; False: there is no room for it. An urgent one goes first, and has room of its own."""
        spare = URGENT_MAX if urgent else 0
        if len(self) >= INBOX_ROOM_MAX + spare or self._of[waiting.by] >= INBOX_VIEWER_MAX + spare:
            return False
        (self._urgent if urgent else self._queue).append(waiting)
        self._of[waiting.by] += 1
        self.wake.set()
        return True

    def take(self, most: int) -> list[Waiting]:
        """Take out up to `most` commands: the urgent ones first, each sort in the order in which it came."""
        taken = [(self._urgent or self._queue).popleft() for _ in range(min(most, len(self)))]
        for waiting in taken:
            self._of[waiting.by] -= 1
        if len(self) == 0:
            self.wake.clear()
        return taken
