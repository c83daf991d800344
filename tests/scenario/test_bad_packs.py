"""Golden bad packs: each folder of `bad/` is laid over the tea house, and `expected.txt` holds all that is then said.

To look at a change: `WRITE_EXPECTED=1 pytest tests/scenario/test_bad_packs.py`, then read the diff.
"""

import os
import shutil
from pathlib import Path

import pytest

from kerege.scenario import check, reading

HERE = Path(__file__).parent
CASES = sorted(path.name for path in (HERE / "bad").iterdir())


ROW = "golden bad packs: every problem at once, with file, line, column and the nearest word"


@pytest.mark.proof("G11", ROW)
@pytest.mark.parametrize("case", CASES)
def test_all_problems_are_told_with_their_place(case, tmp_path, proof):
    """Every problem of a bad pack is told at once, with file, line, column and the nearest word."""
    found, expected = told(case, tmp_path)
    if os.environ.get("WRITE_EXPECTED"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")
    proof.tried(1)


@pytest.mark.proof("G11", ROW, mutant=True)
@pytest.mark.parametrize("case", ["duplicate-key", "norway", "anchors-and-tags"])
def test_a_reader_that_takes_the_last_key_or_any_word_is_noticed(case, tmp_path, proof, monkeypatch):
    """As YAML libraries do by default: the last of two keys stands, `no` is false, anchors are fine."""
    monkeypatch.setattr(reading._Reader, "_problem", lambda *_: None)
    monkeypatch.setitem(reading._WORDS, "no", False)
    found, expected = told(case, tmp_path)
    assert found != expected.read_text(encoding="utf-8")
    proof.tried(1, faults=1)


def told(case, tmp_path):
    """What is said of a bad pack, and the file of what should be."""
    shutil.copytree(HERE / "packs", tmp_path, dirs_exist_ok=True)
    expected = HERE / "bad" / case / "expected.txt"
    shutil.copytree(
        HERE / "bad" / case, tmp_path / "tea-house", dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt")
    )
    found = "".join(f"{problem}\n" for problem in check([tmp_path / "tea-house"], flows=False))
    return found, expected
