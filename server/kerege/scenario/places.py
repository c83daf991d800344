"""A way into a file: where a value stands, for problems about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kerege.scenario.problems import Problem
from kerege.scenario.reading import Loc, Place, Source

Severity = Literal["error", "warning"]


@dataclass(frozen=True, eq=False)
class At:
    """A value of a file. `at / "then" / 0` goes further in; a step that is not there still has the place around it."""

    source: Source
    loc: Loc = ()

    def __truediv__(self, step: str | int) -> At:
        return At(self.source, (*self.loc, step))

    @property
    def place(self) -> Place:
        return self.source.place(self.loc)

    def problem(
        self, message: str, hint: str | None = None, severity: Severity = "error", *, offset: int | None = None
    ) -> Problem:
        """A problem with this value, or with the character at `offset` of it."""
        place = self.place if offset is None else self.source.inside(self.loc, offset)
        return Problem(self.source.file, place.line, place.col, message, hint, severity)

    def key_problem(self, message: str, hint: str | None = None, severity: Severity = "error") -> Problem:
        """A problem with the key that leads to this value."""
        place = self.source.key_place(self.loc)
        return Problem(self.source.file, place.line, place.col, message, hint, severity)
