"""One test's part in a row of the table of proofs."""

from __future__ import annotations

from dataclasses import asdict, dataclass

PROPERTY = "proof"


@dataclass
class Proof:
    """What one test adds to its row: counts of what was tried, and the seed that makes it run again.

    `mutant` says that the test runs the same proof on something that is wrong on purpose: it passes when the proof fails.
    What such a test says it has tried is not counted: trials and faults of a row are those of the sound product.
    `missing` names the tool that is refused here; such a row prints NOT RUN and proves nothing.
    """

    guarantee: str
    what: str
    mutant: bool = False
    trials: int = 0
    faults: int = 0
    seed: str = ""
    missing: str = ""

    def as_property(self) -> dict[str, object]:
        """Plain values, as reports carry them between processes."""
        return asdict(self)


class Proofs(tuple[Proof, ...]):
    """The rows that one test fills: one for each of its marks."""

    __slots__ = ()

    def tried(self, trials: int, *, faults: int = 0, seed: object = "") -> None:
        """Add what this test has tried; call it as often as convenient, with real counts only."""
        for proof in self:
            proof.trials += trials
            proof.faults += faults
            proof.seed = str(seed) or proof.seed

    def of(self, guarantee: str) -> Proofs:
        """The rows of one guarantee, for a test that tries several things at once."""
        return Proofs(proof for proof in self if proof.guarantee == guarantee)

    def not_run(self, missing: str) -> None:
        """Say which tool is refused here; the test should end after it without claiming anything."""
        for proof in self:
            proof.missing = missing
