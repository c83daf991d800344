"""The picture of the last page, as places on paper: teams as rows, play time from left to right, a sign for each fact.

Only numbers and words are made here; the template draws them. Signs differ by shape and shade, so that the page may be
printed in grey.
"""

from __future__ import annotations

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
TICK_STEPS_MIN = (1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480, 1440, 2880)
MINUTE_MS = 60_000

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


def draw(knowing: Knowing) -> Picture:
    """Lay the picture out: rows in the pack's order, as high as the signs in them need."""
    rules = knowing.exercise.rules
    numbers = {fact.id: n for n, fact in enumerate(rules.pack.facts, 1)}
    left, right = LABEL_WIDTH, WIDTH - RIGHT_MARGIN
    span_ms = max(knowing.end_ms, max((each.at_ms for each in knowing.holdings), default=0), MINUTE_MS)
    start = left + SIGN_WIDTH / 2

    def across(at_ms: int) -> float:
        return round(start + (right - start) * at_ms / span_ms, 1)

    rows: list[Row] = []
    signs: dict[tuple[str, str], Sign] = {}
    y: float = TOP_MARGIN
    for team in rules.teams:
        held = [each for each in knowing.holdings if each.team == team]
        held.sort(key=lambda each: (each.at_ms, numbers[each.fact]))
        lanes: list[float] = []
        placed: list[tuple[Holding, float, int]] = []
        for holding in held:
            x = across(holding.at_ms)
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
    ticks = tuple(Tick(across(at_ms), at_ms) for at_ms in range(0, span_ms + 1, _tick_ms(span_ms)))
    lines = _lines(signs)
    return Picture(WIDTH, y + AXIS_HEIGHT, left, right, y, tuple(rows), tuple(signs.values()), lines, ticks)


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
