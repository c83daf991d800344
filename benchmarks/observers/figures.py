"""What was measured in pairs of windows, with intervals, against the law's bound."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

RESAMPLES = 2000
SEED = 8
SHARE_MAX, DIFFERENCE_MS_MAX = 0.1, 0.5


@dataclass(frozen=True)
class Difference:
    """How much later something came with the herd than without, in milliseconds, and its 95 % interval."""

    name: str
    alone_ms: float
    found_ms: float
    low_ms: float
    high_ms: float

    @property
    def bound_ms(self) -> float:
        """The law's."""
        return max(SHARE_MAX * self.alone_ms, DIFFERENCE_MS_MAX)

    @property
    def verdict(self) -> Literal["ok", "OVER", "NOT SHOWN"]:
        """OVER: later for sure than the law allows; NOT SHOWN: the interval reaches past it, and this run says nothing."""
        if self.high_ms <= self.bound_ms:
            return "ok"
        return "OVER" if self.low_ms > self.bound_ms else "NOT SHOWN"

    def __str__(self) -> str:
        return (
            f"{self.name} {self.found_ms:+.2f} ms [{self.low_ms:+.2f}, {self.high_ms:+.2f}] on {self.alone_ms:.2f} ms, "
            f"of at most {self.bound_ms:.2f}: {self.verdict}"
        )


Pairs = list[tuple[list[float], list[float]]]


@dataclass(frozen=True)
class Figure:
    """What was measured, and against how many."""

    herd: str
    pairs: int
    acts: int
    middle: Difference
    tail: Difference

    @property
    def verdict(self) -> str:
        """The worse of both."""
        found = {self.middle.verdict, self.tail.verdict}
        return next(verdict for verdict in ("OVER", "NOT SHOWN", "ok") if verdict in found)

    def __str__(self) -> str:
        return f"{self.herd}, {self.acts:,} acts in {self.pairs} pairs of windows: {self.middle}; {self.tail}"


def percentile_99(values: list[float]) -> float:
    """Of all acts together."""
    return statistics.quantiles(values, n=100)[-1]


def difference(name: str, pairs: Pairs, of: Callable[[list[float]], float]) -> Difference:
    """Of one figure of all acts with the herd and of all without; whole pairs are drawn again for the interval."""

    def later(drawn: Pairs) -> float:
        alone, watched = ([each for pair in drawn for each in pair[side]] for side in (0, 1))
        return of(watched) - of(alone)

    chance = random.Random(SEED)
    found = sorted(later(chance.choices(pairs, k=len(pairs))) for _ in range(RESAMPLES))
    edge = RESAMPLES // 40
    alone_ms = of([each for without, _ in pairs for each in without])
    return Difference(name, alone_ms, later(pairs), found[edge], found[-edge - 1])


def figure(herd: str, pairs: Pairs) -> Figure:
    """From the latencies of each pair of windows: without, with."""
    return Figure(
        herd,
        len(pairs),
        sum(len(window) for pair in pairs for window in pair),
        difference("median", pairs, statistics.median),
        difference("99th percentile", pairs, percentile_99),
    )
