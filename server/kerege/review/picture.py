"""The picture of the last page, as places on paper: teams as rows, play time from left to right, a sign for each fact.

A row stands for each team that held or awaited something. A long time in which nobody learnt anything (a night) is drawn
as a short break, so that the hours of play keep their width.

Only numbers and words are made here; the template draws them. Signs differ by shape and shade, so that the page may be
printed in grey.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Literal

from kerege.engine.pack import How
from kerege.review.knowing import Holding, Knowing

WIDTH = 720
"""Units across; the page is 186 mm wide, so one unit is about a quarter of a millimetre."""
LABEL_WIDTH = 150
RIGHT_MARGIN = 16
TOP_MARGIN = 4
AXIS_HEIGHT = 18
LANE_HEIGHT = 14.5
ROW_PADDING = 5
ROW_HEIGHT_MIN = 26
"""A team's title may take two lines."""
SIGN_WIDTH = 14
"""Two signs nearer than this in time stand one below the other."""
TICKS_MAX = 9
"""Times under the picture: more could not be read."""
TICK_STEPS_MIN = (1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480, 1440, 2880)
MINUTE_MS = 60_000
QUIET_MS = 60 * MINUTE_MS
"""Without a sign for longer than this, the axis is broken …"""
BREAK_MS = 12 * MINUTE_MS
"""… and the break is as wide as this much play."""

Sort = Literal["own", "told", "heard", "known"]
SORT_OF: dict[How, Sort] = {
    "seen": "own",
    "found": "own",
    "checked": "own",
    "watched": "own",
    "told": "told",
    "read": "told",
    "heard": "heard",
    "filed": "known",
    "known": "known",
}


@dataclass(frozen=True)
class Sign:
    """One team's first holding of one fact."""

    x: float
    y: float
    number: int
    sort: Sort
    holding: Holding


@dataclass(frozen=True)
class Line:
    """A fact on its way from one team's sign to another's."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Row:
    """One team's band."""

    team: str
    y: float
    height: float
    middle: float


@dataclass(frozen=True)
class Tick:
    """A mark of the time axis."""

    x: float
    at_ms: int


@dataclass(frozen=True)
class Break:
    """A quiet time that is drawn short, at the middle of its place."""

    x: float
    from_ms: int
    to_ms: int


@dataclass(frozen=True)
class Picture:
    """The whole drawing, `width` by `height` units."""

    width: int
    height: float
    left: int
    right: int
    bottom: float
    rows: tuple[Row, ...]
    signs: tuple[Sign, ...]
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    breaks: tuple[Break, ...]


class _Axis:
    """Play time to places across the paper, with quiet times cut short."""

    def __init__(self, moments: list[int], span_ms: int, start: float, end: float) -> None:
        stops = sorted({0, *moments, span_ms})
        self.quiet = [(a, b) for a, b in itertools.pairwise(stops) if b - a > QUIET_MS]
        self.drawn_ms = span_ms - sum(b - a - BREAK_MS for a, b in self.quiet)
        self._start, self._end = start, end

    def across(self, at_ms: int) -> float:
        """Where a moment stands."""
        drawn = at_ms
        for a, b in self.quiet:
            if at_ms >= b:
                drawn -= b - a - BREAK_MS
            elif at_ms > a:
                drawn -= (at_ms - a) * (b - a - BREAK_MS) // (b - a)
        return round(self._start + (self._end - self._start) * drawn / self.drawn_ms, 1)

    def ticks(self, span_ms: int) -> tuple[Tick, ...]:
        """Round times, none inside a break."""
        step = _tick_ms(self.drawn_ms)
        times = (at_ms for at_ms in range(0, span_ms + 1, step))
        return tuple(Tick(self.across(t), t) for t in times if not any(a < t < b for a, b in self.quiet))

    def breaks(self) -> tuple[Break, ...]:
        """Where the axis is broken."""
        return tuple(Break((self.across(a) + self.across(b)) / 2, a, b) for a, b in self.quiet)


def teams_concerned(knowing: Knowing) -> tuple[str, ...]:
    """The teams that held a key fact, or awaited one that is not recorded as shared; in the pack's order."""
    rules = knowing.exercise.rules
    found = {each.team for each in knowing.holdings}
    for gap in knowing.gaps:
        found.update(rules.viewers_called(gap.to))
    return tuple(team for team in rules.teams if team in found)


def draw(knowing: Knowing) -> Picture:
    """Lay the picture out: rows in the pack's order, as high as the signs in them need."""
    rules = knowing.exercise.rules
    numbers = {fact.id: n for n, fact in enumerate(rules.pack.facts, 1)}
    left, right = LABEL_WIDTH, WIDTH - RIGHT_MARGIN
    span_ms = max(knowing.end_ms, max((each.at_ms for each in knowing.holdings), default=0), MINUTE_MS)
    axis = _Axis([each.at_ms for each in knowing.holdings], span_ms, left + SIGN_WIDTH / 2, right)
    rows: list[Row] = []
    signs: dict[tuple[str, str], Sign] = {}
    y: float = TOP_MARGIN
    for team in teams_concerned(knowing):
        held = [each for each in knowing.holdings if each.team == team]
        held.sort(key=lambda each: (each.at_ms, numbers[each.fact]))
        lanes: list[float] = []
        placed: list[tuple[Holding, float, int]] = []
        for holding in held:
            x = axis.across(holding.at_ms)
            lane = next((n for n, last in enumerate(lanes) if last + SIGN_WIDTH <= x), len(lanes))
            lanes[lane:] = [x, *lanes[lane + 1 :]]
            placed.append((holding, x, lane))
        height = max(ROW_HEIGHT_MIN, LANE_HEIGHT * len(lanes) + ROW_PADDING)
        top = y + (height - LANE_HEIGHT * len(lanes)) / 2
        for holding, x, lane in placed:
            middle = top + LANE_HEIGHT * (lane + 0.5)
            sign = Sign(x, middle, numbers[holding.fact], SORT_OF[holding.how], holding)
            signs[holding.fact, team] = sign
        rows.append(Row(team, y, height, y + height / 2))
        y += height
    return Picture(
        WIDTH,
        y + AXIS_HEIGHT,
        left,
        right,
        y,
        tuple(rows),
        tuple(signs.values()),
        _lines(signs),
        axis.ticks(span_ms),
        axis.breaks(),
    )


def _lines(signs: dict[tuple[str, str], Sign]) -> tuple[Line, ...]:
    """From whom each team first had a fact, where that is a team that held it itself."""
    found = []
    for (fact, _), sign in signs.items():
        source = sign.holding.source
        giver = signs.get((fact, source.id)) if source is not None and source.sort == "viewer" else None
        if giver is not None and giver is not sign:
            found.append(Line(giver.x, giver.y, sign.x, sign.y))
    return tuple(found)


def _tick_ms(span_ms: int) -> int:
    for minutes in TICK_STEPS_MIN:
        if span_ms // (minutes * MINUTE_MS) < TICKS_MAX:
            return minutes * MINUTE_MS
    return -(-span_ms // (TICKS_MAX * MINUTE_MS)) * MINUTE_MS
