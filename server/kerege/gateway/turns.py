"""Who is written to when: everybody in the play in this turn of the event loop, observers after them, a slice a turn.

However many observers there are, what a participant sends or is sent waits for one slice of them at most.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

OBSERVERS_PER_TURN = 16
"""At 10 µs a write this is 0.2 ms, under half of what observers may cost a participant."""

Write = Callable[[], None]


class Turns:
    """The writes that are due, in two lines."""

    def __init__(self) -> None:
        self._play: deque[Write] = deque()
        self._observers: deque[Write] = deque()
        self._armed = False

    def soon(self, write: Write, *, observer: bool) -> None:
        """Call `write` once, in its turn; it may not raise."""
        (self._observers if observer else self._play).append(write)
        self._arm()

    def _arm(self) -> None:
        if not self._armed:
            self._armed = True
            asyncio.get_running_loop().call_soon(self._turn)

    def _turn(self) -> None:
        self._armed = False
        if self._play:
            for _ in range(len(self._play)):
                self._play.popleft()()
        else:
            for _ in range(min(OBSERVERS_PER_TURN, len(self._observers))):
                self._observers.popleft()()
        if self._play or self._observers:
            self._arm()
