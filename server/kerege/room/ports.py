"""What a room takes from outside: real time and chance. Tests and rehearsals own both.

`Clock.now_ms` is monotonic and says nothing about the day; `wall_ms` is only ever a label.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import secrets
import time
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


class Clock(Protocol):
    """Real time."""

    def now_ms(self) -> int:
        """Milliseconds of a clock that only goes forward."""
        ...

    def wall_ms(self) -> int:
        """Milliseconds since 1970: a label."""
        ...

    async def wait(self, wake: asyncio.Event, until_ms: int | None) -> None:
        """Return when `wake` is set or the time has come; None waits for `wake` alone."""
        ...

    def call_at(self, at_ms: int, call: Callable[[], None]) -> None:
        """Call once the time has come."""
        ...


BREATH_MS = 1_000
"""How often a waiting clock looks up, so that it notices when it was asleep."""
ASLEEP_MS = 5_000
"""Nobody looked for longer than this: the machine or the process slept, and that time does not count."""


def _monotonic_ms() -> int:
    return time.monotonic_ns() // 1_000_000


class SystemClock:
    """
    The machine's own clocks, within a running event loop. Time that the machine or the process slept does not count,
    whether or not its system counts it: else a laptop that is opened again would play hours in one moment.
    """

    def __init__(self, read_ms: Callable[[], int] = _monotonic_ms) -> None:
        self._read_ms = read_ms
        self._looked_ms = read_ms()
        self._slept_ms = 0

    def now_ms(self) -> int:
        """Monotonic milliseconds, awake."""
        now_ms = self._read_ms()
        gap_ms = now_ms - self._looked_ms
        if gap_ms > ASLEEP_MS:
            self._slept_ms += gap_ms - BREATH_MS
        self._looked_ms = now_ms
        return now_ms - self._slept_ms

    def wall_ms(self) -> int:
        """Milliseconds since 1970."""
        return time.time_ns() // 1_000_000

    async def wait(self, wake: asyncio.Event, until_ms: int | None) -> None:
        """Wait for the event, or for the time."""
        while True:
            left_ms = BREATH_MS if until_ms is None else min(BREATH_MS, until_ms - self.now_ms())
            if left_ms <= 0:
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(wake.wait(), left_ms / 1000)
                return  # woken, even where whoever woke us has cleared the event again
            self.now_ms()

    def call_at(self, at_ms: int, call: Callable[[], None]) -> None:
        """Call from the event loop; not early where it has slept meanwhile."""

        def come() -> None:
            left_ms = at_ms - self.now_ms()
            if left_ms > 0:
                asyncio.get_running_loop().call_later(left_ms / 1000, come)
            else:
                call()

        asyncio.get_running_loop().call_later(max(0, at_ms - self.now_ms()) / 1000, come)


class ManualClock:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self._now_ms = 0
        self._waiting: list[tuple[int, asyncio.Event]] = []
        self._calls: list[tuple[int, Callable[[], None]]] = []

    def now_ms(self) -> int:
        """The time it was last told."""
        return self._now_ms

    def wall_ms(self) -> int:
        """The same: there is no day here."""
        return self._now_ms

    async def wait(self, wake: asyncio.Event, until_ms: int | None) -> None:
        """Wait for the event; `advance` sets it when the time has come."""
        if until_ms is not None:
            if until_ms <= self._now_ms:
                return
            self._waiting.append((until_ms, wake))
        await wake.wait()

    def call_at(self, at_ms: int, call: Callable[[], None]) -> None:
        """Call within the `advance` that reaches the time; at once if it is past."""
        if at_ms <= self._now_ms:
            call()
        else:
            self._calls.append((at_ms, call))

    def advance(self, by_ms: int) -> None:
        """Let time go on."""
        self._now_ms += by_ms
        for at_ms, wake in self._waiting:
            if at_ms <= self._now_ms:
                wake.set()
        self._waiting = [waiting for waiting in self._waiting if waiting[0] > self._now_ms]
        due = [call for at_ms, call in self._calls if at_ms <= self._now_ms]
        self._calls = [waiting for waiting in self._calls if waiting[0] > self._now_ms]
        for call in due:
            call()


class Chance(Protocol):
    """Where secret bytes come from."""

    def secret(self, length: int) -> bytes:
        """Fresh bytes that nobody can guess."""
        ...


class SystemChance:
    """The machine's own randomness."""

    def secret(self, length: int) -> bytes:
        """Bytes from the operating system."""
        return secrets.token_bytes(length)


class SeededChance:
    """Bytes that follow from a seed: for rehearsals, tests and `--deterministic`, never for a real exercise."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._drawn = 0

    def secret(self, length: int) -> bytes:
        """The next bytes of this seed."""
        self._drawn += 1
        return hashlib.shake_256(f"kerege:{self._seed}:{self._drawn}".encode()).digest(length)
