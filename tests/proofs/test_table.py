"""The table tells the truth: what was not run, what failed and what was not noticed is seen in it."""

from dataclasses import replace

import pytest

from tests.proofs.guarantees import GUARANTEES
from tests.proofs.proof import Proof
from tests.proofs.table import Table

ONE = Proof("G1", "kills", trials=3, faults=2, seed="7")


def filled(*parts: tuple[Proof, bool]) -> Table:
    table = Table()
    for part, passed in parts:
        table.add(part.as_property(), passed=passed)
    return table


def test_a_row_is_the_sum_of_its_tests():
    """Trials, faults, failures, mutants, seeds."""
    table = filled((ONE, True), (replace(ONE, seed="8"), False), (replace(ONE, mutant=True), True))
    assert "| G1 | kills | 9 | 6 | 1 | 1 of 1 | 7, 8 |" in table.lines()


def test_a_guarantee_without_a_row_is_said():
    """Whoever reads the table sees what nobody has proved."""
    assert sum("NOT RUN" in line for line in filled((ONE, True)).lines()) == len(GUARANTEES) - 1


@pytest.mark.parametrize(
    "spoiled",
    [
        (replace(ONE, trials=0), True),
        (ONE, False),
        (replace(ONE, mutant=True), False),
        (replace(ONE, missing="strace"), True),
    ],
)
def test_one_row_that_is_not_sound_spoils_the_table(spoiled):
    """Nothing tried, a failure, a mutant that lives, a tool that is missing."""
    whole = [(Proof(name, "all", trials=1), True) for name in GUARANTEES]
    assert filled(*whole).sound
    assert not filled(*whole, spoiled).sound
    assert not filled(*whole[1:]).sound
