"""A line between a phone and the server, as bad as a seed makes it.

What the server says comes in order or not at all: a socket and an event stream are like that. What a phone says goes in order
over a socket; over posts it may be lost (and the phone is told so later), come twice, or overtake what was said before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.simulation.machine import Far

if TYPE_CHECKING:
    from collections import Counter
    from random import Random

    from tests.simulation.loop import VirtualLoop
    from tests.simulation.machine import Machine
    from tests.simulation.phone import Phone

LATENCY_S = (0.002, 0.060)
SLOW_S = (0.1, 2.5)
SLOW = 0.03
LOST = 0.02
TWICE = 0.05
REFUSED_S = 0.05
AFTER_S = 1e-6
"""Between two messages of one direction: what is ready at one moment has no order."""
FAR_NOTICES_S = (0.0, 20.0)
"""A server may learn late that a phone is gone: until then it says things to nobody."""


class Line:
    """One connection, from the phone's try to its end."""

    def __init__(self, loop: VirtualLoop, machine: Machine, phone: Phone, random: Random, seen: Counter[str]) -> None:
        self.over = False
        self.calm = False
        self._loop = loop
        self._phone = phone
        self._random = random
        self._seen = seen
        self._posts = random.random() < 0.4
        self._up_s = self._down_s = 0.0
        self._far: Far | None = None
        self._served = served = machine.served
        if served is None or served.desk is None:
            self._later(REFUSED_S, self._broken)
            return
        self._later(self._latency(), self._opened, phone.viewer)

    def _opened(self, viewer: str) -> None:
        served = self._served
        assert served is not None
        if self.over or not served.alive:
            self._broken()
            return
        served.lines.append(self)
        self._far = served.context.run(Far, served, viewer, self._say, self._closed_by_far)
        self._phone.opened()

    # -- up --------------------------------------------------------------------------------------------------------

    def send(self, data: bytes, *, first: bool = False) -> bool:
        """The phone says something. False: it knows that the line is down."""
        if self.over or self._far is None:
            return False
        random, calm = self._random, self.calm or first
        if self._posts and not calm and random.random() < LOST:
            self._seen["lost"] += 1
            self._later(random.uniform(0.5, 10.0), self._broken)
            return True
        for _ in range(2 if self._posts and not calm and random.random() < TWICE else 1):
            at_s = self._loop.time() + self._latency()
            if self._posts and not first:
                self._seen["overtaken"] += at_s < self._up_s
            else:
                at_s = max(at_s, self._up_s + AFTER_S)
            self._up_s = max(at_s, self._up_s)
            self._loop.call_at(at_s, self._arrive, data)
        return True

    def _arrive(self, data: bytes) -> None:
        """On its way since before a cut, it may still arrive: nobody can know."""
        served, far = self._served, self._far
        assert served is not None and far is not None
        if served.alive and (not self.over or self._random.random() < 0.5):
            self._loop.call_soon(far.hear, data, context=served.context)

    # -- down ------------------------------------------------------------------------------------------------------

    def _say(self, data: bytes) -> None:
        self._down_s = max(self._loop.time() + self._latency(), self._down_s + AFTER_S)
        self._outside(self._down_s, self._heard, data)

    def _closed_by_far(self) -> None:
        self._outside(max(self._loop.time(), self._down_s) + 0.001, self._broken)

    def _heard(self, data: bytes) -> None:
        if not self.over:
            self._phone.hear(data)

    # -- the end ---------------------------------------------------------------------------------------------------

    def cut(self) -> None:
        """Both ends find out, each in its time; what is on the way down is gone."""
        if not self.over:
            self._seen["cuts"] += 1
            self._broken()

    def reset(self) -> None:
        """The other end is gone, and its system says so."""
        self._later(self._latency(), self._broken)

    def _broken(self) -> None:
        if self.over:
            return
        self.over = True
        served, far = self._served, self._far
        if far is not None and served is not None and served.alive:
            notices_s = 0.0 if self._random.random() < 0.5 else self._random.uniform(*FAR_NOTICES_S)
            self._loop.call_later(notices_s, far.gone, context=served.context)
        self._phone.lost(self)

    def _latency(self) -> float:
        slow = not self.calm and self._random.random() < SLOW
        return self._random.uniform(*(SLOW_S if slow else LATENCY_S))

    def _later(self, delay_s: float, call: object, *args: object) -> None:
        self._outside(self._loop.time() + delay_s, call, *args)

    def _outside(self, at_s: float, call: object, *args: object) -> None:
        """In nobody's process: the network lives on when the server dies."""
        self._loop.call_at(at_s, call, *args, context=self._phone.context)  # type: ignore[arg-type]
