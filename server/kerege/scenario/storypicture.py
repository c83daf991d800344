"""A story as SVG pictures: key facts by teams, and what surrounds one fact or one team. They show the truth: control only."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from html import escape

from kerege.scenario.layers import Spot, place
from kerege.scenario.storygraph import START, WATCHING, Node, StoryGraph

MARK = "SIMULATION · УЧЕБНОЕ · ОКУУ"
WARNING = "For control only: this picture shows the truth of the story."
EMPTY_CELL = "An empty cell: only from another team, or from what a person says."
COLOURS = {
    "team": "#e8e4f5",
    "action": "#dcefe0",
    "form": "#e3f0ea",
    "rule": "#fdeccb",
    "inject": "#f9ddd6",
    "fact": "#d6e8f7",
    "ending": "#ece3da",
}
WORDS = {
    "team": "team",
    "action": "act",
    "form": "form",
    "rule": "rule",
    "inject": "inject",
    "fact": "key fact",
    "ending": "ending",
}
WIDTH = 256
LINE = 15
MARGIN = 28
HEAD = 84
WRAP = 29
LINES_MAX = 3
"""Of words in one box."""
CELL_WIDTH = 118
CELL_WRAP = 18
COLUMN_WRAP = 15
ROADS_MAX = 3
"""Reasons that are written on one arrow."""
ROW_WIDTH = 240


def draw_around(
    graph: StoryGraph, title: str, middle: Iterable[str], before: int, after: int, *, onward_only: bool = False
) -> str:
    """
    What leads to some boxes and what follows from them, in layers from left to right.

    Args:
        onward_only: Leave out arrows within a layer and back: around many boxes they hide the others.
    """
    layers = graph.around(middle, before, after)
    edges = sorted(
        (a, b) for a, b in graph.edges if a in layers and b in layers and (layers[a] < layers[b] or not onward_only)
    )
    spots, wide, tall = place(
        layers, edges, lambda name: _height(graph.nodes[name]), width=WIDTH, column_gap=120, row_gap=14
    )
    body = [
        *(_arrow(spots[a], spots[b], back=layers[a] >= layers[b]) for a, b in edges),
        *(line for name, spot in spots.items() for line in _box(graph.nodes[name], spot, strong=layers[name] == 0)),
    ]
    sorts = dict.fromkeys(graph.nodes[name].sort for name in layers)
    return _page(title, max(wide, 640), tall, body, [each for each in COLOURS if each in sorts])


def draw_overview(graph: StoryGraph, title: str) -> str:
    """Key facts by teams; each cell names the acts, rules and injects by which that team may learn that fact."""
    facts = [node for node in graph.nodes.values() if node.sort == "fact"]
    teams = [node for node in graph.nodes.values() if node.sort == "team"]
    body: list[str] = []
    for n, team in enumerate(teams):
        x = ROW_WIDTH + n * CELL_WIDTH
        body += _words(x + 6, 14, textwrap.wrap(team.title, COLUMN_WRAP)[:LINES_MAX], weight="bold")
    y = HEAD - 30
    for fact in facts:
        cells = [list(_cell(graph, fact.name, team.name)) for team in teams]
        lines = textwrap.wrap(fact.title, WRAP)[:LINES_MAX]
        tall = max(len(lines), *(len(cell) for cell in cells), 1) * LINE + 12 if cells else LINE + 12
        body.append(_rect(0, y, ROW_WIDTH - 6, tall - 4, COLOURS["fact"]))
        body += _words(8, y + 15, lines)
        for n, cell in enumerate(cells):
            x = ROW_WIDTH + n * CELL_WIDTH
            sort = cell[0][0] if cell else ""
            body.append(_rect(x, y, CELL_WIDTH - 6, tall - 4, COLOURS.get(sort, "#f5f5f5" if cell else "#ffffff")))
            body += _words(x + 5, y + 15, [words for _, words in cell], size=11)
        y += tall
    body += _words(0, y + 14, [EMPTY_CELL], size=11)
    wide = ROW_WIDTH + len(teams) * CELL_WIDTH
    return _page(title, wide, y + LINE, body, ["fact", "action", "form", "rule", "inject"])


def _cell(graph: StoryGraph, fact: str, team: str) -> Iterator[tuple[str, str]]:
    """(sort, words) of each line of a cell."""
    order = ["action", "form", "rule", "inject"]
    roads = graph.reveals.get((fact, team), [])
    boxes = sorted(
        (road for road in roads if road in graph.nodes), key=lambda road: order.index(graph.nodes[road].sort)
    )
    for road in boxes[:ROADS_MAX]:
        first, *rest = textwrap.wrap(graph.nodes[road].name.replace("_", " "), CELL_WRAP)
        yield graph.nodes[road].sort, first
        yield from ((graph.nodes[road].sort, more) for more in rest[:1])
    if len(boxes) > ROADS_MAX:
        yield "", f"+ {len(boxes) - ROADS_MAX} more"
    for road in (START, WATCHING):
        if road in roads:
            yield "", road


# ------------------------------------------------------------------------------------------------ SVG


def _lines(node: Node) -> list[str]:
    lines = textwrap.wrap(node.title, WRAP) or [node.name]
    return [*lines[: LINES_MAX - 1], lines[LINES_MAX - 1][: WRAP - 1] + "…"] if len(lines) > LINES_MAX else lines


def _height(node: Node) -> int:
    return (len(_lines(node)) + 1) * LINE + 12


def _box(node: Node, spot: Spot, *, strong: bool) -> Iterator[str]:
    yield _rect(spot.x, spot.y, spot.width, spot.height, COLOURS[node.sort], "#1c3d5a" if strong else "#9aa5ad")
    yield from _words(spot.x + 9, spot.y + 16, [f"{WORDS[node.sort]} · {node.name}"], size=10, fill="#4a5660")
    yield from _words(spot.x + 9, spot.y + 16 + LINE, _lines(node), weight="bold" if strong else "normal")


def _arrow(first: Spot, second: Spot, *, back: bool) -> str:
    """From the right side of a box to the left side of another; back to an earlier layer, a dashed bow below."""
    x1, y1 = first.x + first.width, first.y + first.height // 2
    x2, y2 = second.x, second.y + second.height // 2
    bend = 60 if not back else 90
    dashes = ' stroke-dasharray="4 4"' if back else ""
    return (
        f'<path d="M{x1} {y1} C{x1 + bend} {y1} {x2 - bend} {y2} {x2 - 2} {y2}" fill="none" stroke="#6b7a86" '
        f'stroke-width="1.2" marker-end="url(#tip)"{dashes}/>'
    )


def _rect(x: int, y: int, width: int, height: int, fill: str, stroke: str = "#c3cbd1") -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="5" fill="{fill}" stroke="{stroke}"/>'


def _words(
    x: int, y: int, lines: Iterable[str], *, size: int = 12, weight: str = "normal", fill: str = "#1b252c"
) -> list[str]:
    return [
        f'<text x="{x}" y="{y + n * LINE}" font-size="{size}" font-weight="{weight}" fill="{fill}">{escape(line)}</text>'
        for n, line in enumerate(lines)
    ]


def _page(title: str, width: int, height: int, body: Iterable[str], sorts: Iterable[str]) -> str:
    """The whole file: title, mark, warning, legend, then the body below them."""
    legend: list[str] = []
    x = 0
    for sort in sorts:
        legend.append(_rect(x, 46, 14, 14, COLOURS[sort]))
        legend += _words(x + 20, 58, [WORDS[sort]], size=11)
        x += 30 + 8 * len(WORDS[sort])
    wide, tall = width + 2 * MARGIN, height + HEAD + 2 * MARGIN
    return "\n".join(
        [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{tall}" viewBox="0 0 {wide} {tall}" '
                f'font-family="system-ui, sans-serif" role="img" aria-label="{escape(title, quote=True)}">'
            ),
            (
                '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
                '<path d="M0 0 L8 4 L0 8 z" fill="#6b7a86"/></marker></defs>'
            ),
            f'<rect width="{wide}" height="{tall}" fill="#ffffff"/>',
            f'<g transform="translate({MARGIN} {MARGIN})">',
            *_words(0, 12, [title], size=18, weight="bold"),
            *_words(0, 34, [f"{MARK}. {WARNING}"], fill="#8a1f11", weight="bold"),
            *legend,
            "</g>",
            f'<g transform="translate({MARGIN} {MARGIN + HEAD})">',
            *body,
            "</g>",
            "</svg>",
            "",
        ]
    )
