"""What is wrong with a condition: where, why, and the nearest word that would have been right.

ConditionProblems        raised, carries all that was found
  ConditionError         one problem: message, place, hint
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class ConditionError:
    """One problem. `line` and `offset` (column) count from 0 inside the source; `hint` is a sentence or nothing."""

    message: str
    offset: int
    hint: str | None = None
    line: int = 0

    def __str__(self) -> str:
        return self.message if self.hint is None else f"{self.message}; {self.hint}"


class ConditionProblems(Exception):  # noqa: N818  it carries problems; an Error is one of them
    """The author's condition cannot be compiled; `problems` in the order of the source, at least one."""

    def __init__(self, problems: Sequence[ConditionError]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.line, problem.offset)))
        super().__init__("; ".join(map(str, self.problems)))


def one(what: str) -> str:
    """Return "a person", "an account"."""
    return f"an {what}" if what[:1] in set("aeio") else f"a {what}"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return "did you mean 'x'?" for the known word that is most like `word`, or nothing."""
    close = get_close_matches(word, sorted(set(known)), n=1)
    return f"did you mean '{close[0]}'?" if close else None
