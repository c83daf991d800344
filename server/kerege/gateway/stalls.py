"""A peer that takes nothing at all while bytes wait for it is cut off; one that takes little is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class StallWatch:
    """Looks every `stall_s_max` seconds, between `start` and `stop`, whether the peer has taken anything since."""

    def __init__(self, stall_s_max: float, waiting_bytes: Callable[[], int], cut: Callable[[], None]) -> None:
        self._stall_s_max = stall_s_max
        self._waiting_bytes = waiting_bytes
        self._cut = cut
        self._last_bytes = 0
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """From now on bytes wait."""
        self.stop()
        self._last_bytes = self._waiting_bytes()
        self._arm()

    def stop(self) -> None:
        """The peer has taken enough, or is gone."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _arm(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(self._stall_s_max, self._look)

    def _look(self) -> None:
        waiting = self._waiting_bytes()
        if waiting >= self._last_bytes:
            self.stop()
            self._cut()
            return
        self._last_bytes = waiting
        self._arm()
