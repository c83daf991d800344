"""Who is written to when: everybody in the play in this turn of the event loop, observers after them, in slices with rests between.

What a participant sends or is sent waits for one slice of observers at most. An observer is written to at most once in
`OBSERVERS_EVERY_S`, all that has come meanwhile in one write; and where there are many of them, each waits for its slice rather
than the play for them. Slices grow with their number, so that a STOP is on a thousand observers' screens within two seconds, too.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

OBSERVERS_PER_TURN = 2
"""The least that a slice is. At 10 to 50 µs a write this is 0.1 ms, a fifth of what observers may cost a participant."""
SLICES = 80
"""A slice is at least this part of those that wait: a thousand have their turn within 1.2 s, twelve at a time at first."""
OBSERVERS_EVERY_S = 0.1
OBSERVERS_REST_S = 0.005
"""Between two slices: some 500 writes a second are a few hundredths of one processor, however busy the play is."""

Write = Callable[[], None]
Later = Callable[[float, Callable[[], None]], Any]


class Turns:
    """The writes that are due, in two lines; and those of observers whose time has not come yet."""

    def __init__(self, later: Later | None = None) -> None:
        """`later`: calls once so many seconds have passed; None: the running loop does."""
        self._later = later
        self._play: deque[Write] = deque()
        self._observers: deque[Write] = deque()
        self._gathered: list[Write] = []
        self._armed = False
        self._resting = False

    def soon(self, write: Write, *, observer: bool) -> None:
        """Call `write` once, in its turn; it may not raise."""
        if not observer:
            self._play.append(write)
            self._arm()
            return
        self._gathered.append(write)
        if len(self._gathered) == 1:
            self._after(OBSERVERS_EVERY_S, self._release)

    def _after(self, seconds: float, call: Callable[[], None]) -> None:
        (self._later or asyncio.get_running_loop().call_later)(seconds, call)

    def _release(self) -> None:
        self._observers.extend(self._gathered)
        self._gathered.clear()
        self._arm()

    def _rested(self) -> None:
        self._resting = False
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
        elif self._observers and not self._resting:
            due = len(self._observers)
            for _ in range(min(due, max(OBSERVERS_PER_TURN, due // SLICES))):
                self._observers.popleft()()
            self._resting = True
            self._after(OBSERVERS_REST_S, self._rested)
        if self._play or (self._observers and not self._resting):
            self._arm()
