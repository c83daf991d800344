"""What is wrong with a pack: one line per problem, with file, line, column and the nearest known word."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

PROBLEMS_MAX = 500
"""More than anybody reads at once; a broken big file must not fill the screen."""

NEAREST_CUTOFF = 0.6
"""difflib's own default: below it a suggestion is more puzzling than none."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend. `line` and `col` count from 1; `hint` is the nearest word that would be right."""

    file: str
    line: int
    col: int
    message: str
    hint: str | None = None
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        word = "warning: " if self.severity == "warning" else ""
        hint = f" (did you mean {self.hint}?)" if self.hint else ""
        return f"{self.file}:{self.line}:{self.col}: {word}{self.message}{hint}"


class PackProblems(Exception):  # noqa: N818 - the kind of error is named `Problem` in the house style
    """A pack that cannot be played; holds all problems, warnings too, in order of place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, in order of file and place, at most PROBLEMS_MAX of them, errors before warnings if cut."""
    unique = sorted(set(problems), key=lambda problem: (problem.file, problem.line, problem.col, problem.message))
    if len(unique) > PROBLEMS_MAX:
        unique = sorted(unique, key=lambda problem: problem.severity)[:PROBLEMS_MAX]
    return unique


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Only those that forbid playing."""
    return [problem for problem in problems if problem.severity == "error"]


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that looks most like `word`, if any does."""
    found = difflib.get_close_matches(word, sorted(set(known)), n=1, cutoff=NEAREST_CUTOFF)
    return found[0] if found else None
