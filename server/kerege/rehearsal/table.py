"""The coverage table: for each thing of a pack, which plays and which rehearsals reach it. For authors; it shows the truth.

One form for a terminal and for a page: Markdown tables whose columns are aligned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kerege.rehearsal.coverage import Reachable
from kerege.standin import PACES

if TYPE_CHECKING:
    from kerege.engine.pack import Pack
    from kerege.rehearsal.plays import Played
    from kerege.rehearsal.run import Rehearsed

MIXED = "mixed"
"""A rehearsal whose teams are not of one habit."""
HABITS = (*PACES, MIXED)
SECTIONS = (
    "facts", "rules and outcomes with a cause", "actions", "other rules", "cues", "injects", "texts", "endings", "talks",
)  # fmt: skip
PLAYS_NAMED_MAX = 3
"""Names of plays in one cell; more are counted."""


@dataclass(frozen=True)
class Row:
    """One thing of a pack. `runs`: habit -> in how many rehearsals of that habit it was reached; `why`: a written reason."""

    section: str
    name: str
    plays: tuple[str, ...]
    runs: Mapping[str, int]
    why: str = ""

    @property
    def is_reached(self) -> bool:
        return bool(self.plays) or any(self.runs.values())


@dataclass(frozen=True)
class Table:
    """All rows, in the order of SECTIONS, and how many rehearsals of each habit there were."""

    rows: tuple[Row, ...]
    runs_of: Mapping[str, int]

    def as_data(self) -> list[dict[str, object]]:
        """The rows for `--json`."""
        return [
            {"section": row.section, "id": row.name, "plays": list(row.plays), "runs": dict(row.runs), "why": row.why}
            for row in self.rows
        ]


def make_table(pack: Pack, plays: Sequence[Played], runs: Sequence[Rehearsed], reasons: Mapping[str, str]) -> Table:
    """Put plays and rehearsals of one pack together."""
    habit_of = [habit(run) for run in runs]
    seen = [each for each in HABITS if each in habit_of]
    rows = tuple(
        Row(
            section,
            name,
            tuple(play.name for play in plays if name in play.reached),
            {
                each: sum(name in run.reached for run, its in zip(runs, habit_of, strict=True) if its == each)
                for each in seen
            },
            reasons.get(name) or reasons.get(name.partition("/")[0], ""),
        )
        for section, name in _things(pack)
    )
    return Table(rows, {each: habit_of.count(each) for each in seen})


def habit(run: Rehearsed) -> str:
    """The habit of all teams of a rehearsal, or MIXED."""
    found = set(run.profiles.values())
    return found.pop() if len(found) == 1 else MIXED


def _things(pack: Pack) -> Iterator[tuple[str, str]]:
    caused = {f"rule:{rule.id}" for rule in pack.rules if rule.cause}
    caused |= {f"action:{act.id}/{part.id}" for act in pack.actions for part in act.outcomes if part.cause}
    of = Reachable(pack).of
    section_of = {"actions": "actions", "rules": "other rules"}
    found: dict[str, list[str]] = {section: [] for section in SECTIONS}
    found["facts"] = [f"fact:{fact.id}" for fact in pack.facts]
    for sort, names in of.items():
        for name in names:
            section = SECTIONS[1] if name in caused else section_of.get(sort, sort)
            found[section].append(name)
    for section, names_ in found.items():
        yield from ((section, name) for name in names_)


def write_markdown(title: str, table: Table) -> Iterator[str]:
    """The table as lines of Markdown; a dot is "never", and `n/m` is n of m rehearsals of that habit."""
    yield f"# Coverage of {title}"
    yield ""
    yield "For authors and control: it shows the truth of the story. SIMULATION."
    for section in SECTIONS:
        rows = [row for row in table.rows if row.section == section]
        if rows:
            yield ""
            yield f"## {section.capitalize()}: {sum(row.is_reached for row in rows)} of {len(rows)} reached"
            yield ""
            head = ["", "plays", *table.runs_of, "never, because"]
            yield from _aligned([head, *(_cells(row, table.runs_of) for row in rows)])


def _cells(row: Row, runs_of: Mapping[str, int]) -> list[str]:
    plays = ", ".join(row.plays[:PLAYS_NAMED_MAX]) or "·"
    if len(row.plays) > PLAYS_NAMED_MAX:
        plays += f" +{len(row.plays) - PLAYS_NAMED_MAX}"
    counts = [f"{row.runs[each]}/{count}" if row.runs[each] else "·" for each, count in runs_of.items()]
    why = "" if any(row.runs.values()) else (row.why or ("" if row.is_reached else "NOT REACHED"))
    return [
        row.name.partition(":")[2] if row.section != SECTIONS[1] else row.name,
        plays,
        *counts,
        why.replace("|", "/"),
    ]


def _aligned(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    widths[-1] = len(rows[0][-1])  # the last column may run on
    for number, row in enumerate(rows):
        yield "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        if number == 0:
            yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"
