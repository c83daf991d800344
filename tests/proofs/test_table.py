"""The table tells the truth: what was not run, what failed and what was not noticed is seen in it."""

from dataclasses import replace

import pytest

from tests.proofs.guarantees import GUARANTEES
from tests.proofs.proof import Proof
from tests.proofs.table import Table

ONE = Proof("G1", "kills", trials=3, faults=2, seed="7")
MUTANT = replace(ONE, mutant=True, seed="9")


def filled(*parts: tuple[Proof, bool]) -> Table:
    table = Table()
    for part, passed in parts:
        table.add(part.as_property(), passed=passed)
    return table


def test_a_row_is_the_sum_of_its_tests():
    """Trials, faults, failures and seeds of the sound product; of mutants, how many there were and how many were killed."""
    table = filled((ONE, True), (replace(ONE, seed="8"), False), (MUTANT, True), (MUTANT, False))
    assert "| G1 | kills | 6 | 4 | 1 | 1 of 2 | 7, 8 |" in table.lines()


def test_a_guarantee_without_a_row_is_said():
    """Whoever reads the table sees what nobody has proved."""
    assert sum("NOT RUN" in line for line in filled((ONE, True)).lines()) == len(GUARANTEES) - 1


@pytest.mark.parametrize(
    "spoiled",
    [
        [(replace(ONE, trials=0), True), (MUTANT, True)],
        [(ONE, False), (MUTANT, True)],
        [(ONE, True), (MUTANT, False)],
        [(ONE, True), (MUTANT, True), (MUTANT, False)],
        [(ONE, True)],
        [(MUTANT, True)],
        [(replace(ONE, missing="strace"), True), (MUTANT, True)],
        [(ONE, True), (replace(MUTANT, missing="strace"), True)],
    ],
    ids=[
        "nothing tried", "a failure", "a mutant that lives", "one of two lives", "no mutant", "tried on mutants only",
        "a tool is missing", "a tool of a mutant is missing",
    ],
)  # fmt: skip
def test_one_row_that_is_not_sound_spoils_the_table(spoiled):
    """Nothing tried, a failure, a mutant that lives or none at all, a tool that is missing."""
    whole = [(Proof(name, "all", trials=1, mutant=wrong), True) for name in GUARANTEES for wrong in (False, True)]
    assert filled(*whole).sound
    assert filled(*whole, (ONE, True), (MUTANT, True)).sound
    assert not filled(*whole, *spoiled).sound
    assert not filled(*whole[2:]).sound
