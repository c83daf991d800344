"""Where boxes stand in a layered picture: columns by layer, ordered so that few arrows cross. Pure arithmetic.

A box's layer is given. Within a layer boxes are ordered by the middle of their neighbours, swept to and fro a fixed number
of times: plain, deterministic, and enough for the few dozen boxes that one picture can hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

SWEEPS = 8
"""To and fro; after these nothing moves in the pictures of our packs."""


@dataclass(frozen=True)
class Spot:
    """The upper left corner of a box, and its size, in pixels."""

    x: int
    y: int
    width: int
    height: int


def place(
    layers: Mapping[str, int],
    edges: Iterable[tuple[str, str]],
    height_of: Callable[[str], int],
    *,
    width: int,
    column_gap: int,
    row_gap: int,
) -> tuple[dict[str, Spot], int, int]:
    """
    Give every box its spot.

    Returns:
        id -> spot, and the width and height of the whole.
    """
    near: dict[str, list[str]] = {name: [] for name in layers}
    for first, second in edges:
        if first in near and second in near:
            near[first].append(second)
            near[second].append(first)
    columns = [sorted(name for name, its in layers.items() if its == layer) for layer in sorted(set(layers.values()))]
    _order(columns, near)
    heights = [sum(height_of(name) + row_gap for name in column) - row_gap for column in columns]
    tall = max(heights, default=0)
    spots: dict[str, Spot] = {}
    for index, (column, its) in enumerate(zip(columns, heights, strict=True)):
        y = (tall - its) // 2
        for name in column:
            spots[name] = Spot(index * (width + column_gap), y, width, height_of(name))
            y += height_of(name) + row_gap
    return spots, max(0, len(columns) * (width + column_gap) - column_gap), tall


def _order(columns: list[list[str]], near: Mapping[str, list[str]]) -> None:
    """Sort each column by the middle of its boxes' neighbours in the others, from left to right and back."""
    for sweep in range(SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            at = {name: (n + 0.5) / len(each) for each in columns for n, name in enumerate(each)}
            own = set(column)

            def middle(name: str, at: Mapping[str, float] = at, own: set[str] = own) -> tuple[float, str]:
                others = [at[each] for each in near[name] if each not in own]
                return (sum(others) / len(others) if others else at[name], name)

            column.sort(key=middle)
