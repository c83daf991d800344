"""The table of proofs: a row for each thing proved, with what was tried, what failed and which mutants were killed."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.proofs.guarantees import GUARANTEES

COLUMNS = ("guarantee", "proof", "trials", "faults", "failures", "mutants killed", "seed")


@dataclass
class Row:
    """The sum of all tests that bear the same guarantee and the same words.

    Trials, faults, failures and seeds are those of the sound product alone: a mutant adds to `mutants` and `killed`, and to nothing else.
    """

    tests: int = 0
    trials: int = 0
    faults: int = 0
    failures: int = 0
    mutants: int = 0
    killed: int = 0
    seeds: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)

    def add(self, part: dict, *, passed: bool) -> None:
        """One test has ended."""
        self.missing |= {part["missing"]} - {""}
        if part["mutant"]:
            self.mutants += 1
            self.killed += passed
            return
        self.tests += 1
        self.trials += part["trials"]
        self.faults += part["faults"]
        self.failures += not passed
        self.seeds |= {part["seed"]} - {""}

    @property
    def sound(self) -> bool:
        """Something was tried, nothing failed, there is a mutant, and every mutant was noticed."""
        tried = self.trials > 0 and self.failures == 0
        return not self.missing and tried and self.killed == self.mutants > 0


class Table:
    """Rows by guarantee and words, as tests end."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], Row] = {}

    def add(self, part: dict, *, passed: bool) -> None:
        """One test has ended, whose report carries `part` (`Proof.as_property`)."""
        self.rows.setdefault((part["guarantee"], part["what"]), Row()).add(part, passed=passed)

    @property
    def sound(self) -> bool:
        """All rows are, and no guarantee is without one."""
        return all(row.sound for row in self.rows.values()) and {name for name, _ in self.rows} == set(GUARANTEES)

    def lines(self) -> list[str]:
        """The table as Markdown."""
        lines = [f"| {' | '.join(COLUMNS)} |", f"|{'---|' * len(COLUMNS)}"]
        for name, promise in GUARANTEES.items():
            mine = sorted((what, row) for (guarantee, what), row in self.rows.items() if guarantee == name)
            lines += [_line(name, what, row) for what, row in mine]
            if not mine:
                lines.append(f"| {name} | {promise} | NOT RUN | | | | |")
        return lines


def _line(name: str, what: str, row: Row) -> str:
    if row.missing:
        return f"| {name} | {what} | NOT RUN: {'; '.join(sorted(row.missing))} | | | | |"
    trials = f"{row.trials:,}" if row.trials else "NONE"
    mutants = f"{row.killed} of {row.mutants}" if row.mutants else "no mutant"
    seeds = ", ".join(sorted(row.seeds)) or "none"
    return f"| {name} | {what} | {trials} | {row.faults:,} | {row.failures} | {mutants} | {seeds} |"
