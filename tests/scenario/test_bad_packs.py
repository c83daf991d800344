"""Golden bad packs: each folder of `bad/` is laid over the tea house, and `expected.txt` holds all that is then said.

To look at a change: `WRITE_EXPECTED=1 pytest tests/scenario/test_bad_packs.py`, then read the diff.
"""

import os
import shutil
from pathlib import Path

import pytest

from kerege.scenario import check

HERE = Path(__file__).parent
CASES = sorted(path.name for path in (HERE / "bad").iterdir())


@pytest.mark.parametrize("case", CASES)
def test_all_problems_are_told_with_their_place(case, tmp_path):
    """Every problem of a bad pack is told at once, with file, line, column and the nearest word."""
    shutil.copytree(HERE / "packs", tmp_path, dirs_exist_ok=True)
    expected = HERE / "bad" / case / "expected.txt"
    shutil.copytree(
        HERE / "bad" / case, tmp_path / "tea-house", dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt")
    )
    found = "".join(f"{problem}\n" for problem in check([tmp_path / "tea-house"], flows=False))
    if os.environ.get("WRITE_EXPECTED"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")
