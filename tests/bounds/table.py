"""docs/bounds.md, made from the source and the rows."""

from __future__ import annotations

from pathlib import Path

from tests.bounds.found import bounds, shown
from tests.bounds.rows import BUFFERS, ROWS, Elsewhere, Shape, Tried

FILE = Path(__file__).parents[2] / "docs" / "bounds.md"
HEAD = """# Bounds

Every queue, text, list, frame and rate has a bound with a name. It stands in the package that keeps it (one module for all
would break the layers: see [0016](decisions/0016-where-bounds-and-rates-stand.md)), and here is the list of all of them. This page is made by
`scripts/bounds.py` from the source and from `tests/bounds/rows.py`; a test fails when it is out of date, when a bound has
no row there, and when a row's bound does not hold at its value and past it.

| bound | value | what it is for | how it is tried |
|---|---|---|---|
"""
MIDDLE = """
## What can grow

Everything that is made empty, kept, and filled where peers' messages pass (gateway, room, journal, stand-ins). A new one
that is not in this list fails a test.

| what | what bounds it |
|---|---|
"""


def page() -> str:
    """The whole page."""
    lines = [
        f"| `{each.name.removeprefix('kerege.')}` | {shown(each.value)} | {each.says} | {_how(each.name)} |"
        for each in bounds()
    ]
    grown = [f"| `{name}` | {why} |" for name, why in BUFFERS.items()]
    return HEAD + "\n".join(lines) + "\n" + MIDDLE + "\n".join(grown) + "\n"


def _how(name: str) -> str:
    match ROWS[name.removeprefix("kerege.")]:
        case Tried():
            return "at it and past it"
        case Elsewhere(where):
            return ", ".join(f"`{test.partition('::')[0]}`" for test in where)
        case Shape(why):
            return why
