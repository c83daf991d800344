"""The state of one exercise: named tables of values, read through overlays.

Rule: a step writes only into its own overlay. `merge` moves an overlay's changes into what lies below it (cost: what
changed); dropping the overlay undoes the step. Values are immutable (numbers, strings, tuples, frozen structs).

| table | key | value |
|---|---|---|
| truth | (thing, field) | value |
| here | place | things there, sorted |
| watch | place | viewers that watch it, sorted, one entry for each unit or watch |
| record | (viewer, n) | Record |
| slot | (viewer, face, field) | numbers of the records in it; for field "" the fields that have any |
| met | (viewer, face) | Met |
| face_at | (viewer, n) | face |
| same | (viewer, face) | faces known to be the same, sorted |
| message, task, scene, cue, duty | (viewer, n) | Message, Task, Scene, Cue, Duty |
| request, consultation | (viewer, n) | Request, Consultation |
| count | (what, viewer) | how many of `record`, `face`, `message`, `task`, `scene`, `cue`, `document`, `proposal`, `duty`, `request`, `consultation`, `debrief`; `asked` |
| busy | unit | (viewer, n) of the task it is on, (viewer, -n) of the proposal |
| did | (action, agency, outcome) | times |
| filed | (form, agency) | times |
| fired | rule or inject | times |
| drawn | (place in the pack, viewer or "") | times |
| edge | rule | last value of its `becomes` condition |
| inject | inject | InjectState |
| stand_in, played, opened, thinking | viewer | profile, tick, tick, tick |
| used | (viewer, action) | tick, for acts that can be done once |
| happening | (viewer, n) | Happening |
| note | (viewer, n) | Note |
| debrief | (viewer, n) | Debrief, of control and of safety |
| proposal | (viewer, n) | Proposal |
| ruling | (viewer, n) | Ruling, while the proposal is under way |
| part | viewer | Part, of a team that was opened or closed in play |
| shift | viewer | Shift, of one that has come on or gone in play |
| units | viewer | its units, where they are not those of the pack |
| letter | (persona, n of its message) | Letter, once control has done something about it |
| written | inject | Written |
| tried | inject | who would read what, as in events.Tried |
| trace | n of control's happening | Trace |
| clock | "clock"; "ending" | Clock; the ending's id |
| due | "due" | tuple of Due, in order |
"""

from __future__ import annotations

from typing import Any

TABLES = (
    "truth", "here", "watch", "record", "slot", "met", "face_at", "same", "message", "task", "scene", "cue", "count",
    "busy", "did", "filed", "fired", "drawn", "edge", "inject", "stand_in", "played", "opened", "used", "happening",
    "clock", "due", "proposal", "ruling", "letter", "duty", "request", "consultation", "written", "tried", "trace",
    "part", "shift", "units",
    "thinking", "note", "debrief",
)  # fmt: skip

GONE: Any = object()
"""Marks a key that an overlay has removed."""


class State:
    """The bottom of a stack of overlays: the state that is durable."""

    __slots__ = ("tables",)

    def __init__(self) -> None:
        self.tables: dict[str, dict[Any, Any]] = {name: {} for name in TABLES}

    def get(self, table: str, key: Any, default: Any = None) -> Any:
        """The value under `key`, or `default`."""
        return self.tables[table].get(key, default)

    def absorb(self, changes: dict[str, dict[Any, Any]]) -> None:
        """Take over an overlay's changes."""
        for name, changed in changes.items():
            table = self.tables[name]
            for key, value in changed.items():
                if value is GONE:
                    table.pop(key, None)
                else:
                    table[key] = value


class Overlay:
    """Changes on top of a state or of another overlay, not yet kept."""

    __slots__ = ("_bottom", "below", "changes")

    def __init__(self, below: State | Overlay) -> None:
        self.below = below
        self._bottom = below.tables if isinstance(below, State) else None
        """The tables right below, if there is no other overlay between: most reads end there."""
        self.changes: dict[str, dict[Any, Any]] = {}
        """Only tables that were written to: most steps write to a few."""

    def get(self, table: str, key: Any, default: Any = None) -> Any:
        """The value under `key` as this overlay sees it, or `default`."""
        changed = self.changes.get(table)
        if changed is not None:
            value = changed.get(key, self)
            if value is not self:
                return default if value is GONE else value
        if self._bottom is not None:
            return self._bottom[table].get(key, default)
        return self.below.get(table, key, default)

    def put(self, table: str, key: Any, value: Any) -> None:
        """Set a value."""
        changed = self.changes.get(table)
        if changed is None:
            changed = self.changes[table] = {}
        changed[key] = value

    def drop(self, table: str, key: Any) -> None:
        """Remove a key."""
        self.put(table, key, GONE)

    def absorb(self, changes: dict[str, dict[Any, Any]]) -> None:
        """Take over the changes of the overlay above."""
        for name, changed in changes.items():
            self.changes.setdefault(name, {}).update(changed)

    def merge(self) -> None:
        """Give all changes to what lies below; this overlay is empty afterwards."""
        self.below.absorb(self.changes)
        self.changes = {}


AnyState = State | Overlay


def flatten(state: State) -> dict[str, list[tuple[Any, Any]]]:
    """All tables as sorted lists, without empty ones: the canonical form for comparing and hashing."""
    return {
        name: sorted(((key, value) for key, value in table.items()), key=lambda pair: repr(pair[0]))
        for name, table in state.tables.items()
        if table
    }
