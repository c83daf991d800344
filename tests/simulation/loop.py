"""An event loop of its own small world: time goes on only when nobody has anything to do, and a seed decides who is next.

Rules: no threads, no sockets, no files: whatever asks for them gets NotImplementedError from the base class. Of all that is
ready, the seed picks one; so each seed is another order of tasks, and the same seed is the same order. A handle whose
process has been killed is dropped without a word: nothing of a dead process runs, not even its `finally`.
"""

from __future__ import annotations

import asyncio
import hashlib
import heapq
from contextlib import suppress
from contextvars import ContextVar
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextvars import Context


class Process:
    """What can be killed: all tasks and calls that were begun in its context."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.alive = True


PROCESS: ContextVar[Process | None] = ContextVar("process", default=None)


class VirtualLoop(asyncio.AbstractEventLoop):
    """Virtual time in seconds from 0."""

    def __init__(self, seed: object) -> None:
        self._random = Random(f"loop:{seed}")
        self._now = 0.0
        self._ready: list[asyncio.Handle] = []
        self._timers: list[tuple[float, int, asyncio.TimerHandle]] = []
        self._made = 0
        self._tasks: list[asyncio.Task[Any]] = []
        self._trace = hashlib.sha256()
        self.steps = 0
        self.failures: list[str] = []

    # -- what a test asks ------------------------------------------------------------------------------------------

    def run(self, done: Callable[[], bool]) -> None:
        """Go on until `done`, or until nothing is left to do, or until something has failed."""
        asyncio._set_running_loop(self)
        try:
            while not done() and not self.failures and (self._ready or self._timers):
                self._step()
        finally:
            asyncio._set_running_loop(None)

    def note(self, what: str) -> None:
        """Let something that was seen be part of the trace."""
        self._trace.update(f"{self._now:.6f} {what}\n".encode())

    @property
    def trace(self) -> str:
        """A hash of all that has happened so far, in its order."""
        return self._trace.hexdigest()

    def end(self) -> None:
        """Let go of everything; whatever still waits is closed, and what it says then is nobody's business."""
        asyncio._set_running_loop(self)
        try:
            for task in self._tasks:
                if not task.done():
                    with suppress(BaseException):
                        task.get_coro().close()
        finally:
            asyncio._set_running_loop(None)
        self._ready.clear()
        self._timers.clear()
        self._tasks.clear()

    # -- one step --------------------------------------------------------------------------------------------------

    def _step(self) -> None:
        if not self._ready:
            self._now = max(self._now, self._timers[0][0])
        while self._timers and self._timers[0][0] <= self._now:
            self._ready.append(heapq.heappop(self._timers)[2])
        handle = self._ready.pop(self._random.randrange(len(self._ready)))
        process = handle._context.get(PROCESS)
        if handle.cancelled() or (process is not None and not process.alive):
            return
        self.steps += 1
        self._trace.update(b"%d %f\n" % (len(self._ready), self._now))
        handle._run()

    # -- what asyncio asks -----------------------------------------------------------------------------------------

    def time(self) -> float:
        return self._now

    def get_debug(self) -> bool:
        return False

    def is_running(self) -> bool:
        return True

    def is_closed(self) -> bool:
        return False

    def call_soon(self, callback: Callable[..., object], *args: Any, context: Context | None = None) -> asyncio.Handle:
        handle = asyncio.Handle(callback, args, self, context)
        self._ready.append(handle)
        return handle

    def call_later(
        self, delay: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        return self.call_at(self._now + delay, callback, *args, context=context)

    def call_at(
        self, when: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        handle = asyncio.TimerHandle(when, callback, args, self, context)
        self._made += 1
        heapq.heappush(self._timers, (when, self._made, handle))
        return handle

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        """It is dropped when its time comes."""

    def create_future(self) -> asyncio.Future[Any]:
        return asyncio.Future(loop=self)

    def create_task(self, coro: Any, *, name: str | None = None, context: Context | None = None) -> asyncio.Task[Any]:
        task = asyncio.Task(coro, loop=self, name=name, context=context)
        task._log_destroy_pending = False
        self._tasks.append(task)
        if len(self._tasks) > 2000:
            self._tasks = [each for each in self._tasks if not each.done()]
        return task

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        self.failures.append(f"{context.get('message')}: {context.get('exception')!r}")
