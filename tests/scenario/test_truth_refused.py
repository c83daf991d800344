"""The compiler keeps the truth from deciding what may be asked, and a secret from standing in a text that does not teach it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from kerege.scenario import actions as compiled_actions
from kerege.scenario import check

SCENARIOS = Path(__file__).parents[2] / "scenarios"
ROW = "compiler refuses truth"
ASKED = re.compile(r"\b(known|latest|age|disputed)\(([a-z_]+\.[a-z_]+)\)")
TAUGHT_BY_NOBODY = "Timur Avell"
"""A person of the first steps."""
READ_BY_PLAYERS = ("card-", "brief-", "hint-", "result-", "line-")


def copied(tmp_path: Path, pack: str) -> Path:
    """A pack and the library, to be spoiled."""
    for name in (pack, "library"):
        shutil.copytree(SCENARIOS / name, tmp_path / name)
    return tmp_path / pack


def reading_truth(path: Path, nth: int) -> set[int]:
    """Let the nth question of each `requires` ask the truth instead of the asker's records. Returns the lines that do."""
    spoiled = set()
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    for n, line in enumerate(lines):
        asked = list(ASKED.finditer(line)) if line.strip().startswith("requires:") else []
        if nth < len(asked):
            found = asked[nth]
            lines[n] = line[: found.start()] + found[2] + line[found.end() :]
            spoiled.add(n + 1)
    path.write_text("".join(lines), encoding="utf-8")
    return spoiled


def refused_lines(pack: Path) -> set[tuple[str, int]]:
    """File and line of each condition that the compiler says reads the truth."""
    return {(each.file, each.line) for each in check([pack], flows=False) if "is the truth" in str(each)}


@pytest.mark.proof("G6", ROW)
@pytest.mark.parametrize("nth", range(3))
@pytest.mark.parametrize(("pack", "file"), [("first-steps", "first-steps"), ("silver-reed", "library")])
def test_a_requires_that_reads_the_truth_is_refused(tmp_path, pack, file, nth, proof):
    """Each in turn, with its file and line, and no other line with it."""
    folder = copied(tmp_path, pack)
    spoiled = reading_truth(tmp_path / file / "actions.yaml", nth)
    assert spoiled
    assert refused_lines(folder) == {(f"{file}/actions.yaml", line) for line in spoiled}
    proof.tried(len(spoiled))


@pytest.mark.proof("G6", ROW)
def test_a_secret_in_a_text_that_does_not_teach_it_is_told(tmp_path, proof):
    """A name outside a mark, in any card, brief, hint, result or line: the reader would know it, and the records would not."""
    folder = copied(tmp_path, "first-steps")
    path = folder / "texts" / "en.ftl"
    lines = path.read_text(encoding="utf-8").splitlines()
    spoiled = {n for n, line in enumerate(lines) if line.startswith(READ_BY_PLAYERS) and " = " in line}
    path.write_text(
        "\n".join(f"{line} Ask {TAUGHT_BY_NOBODY}." if n in spoiled else line for n, line in enumerate(lines))
    )
    told = {each.line for each in check([folder], flows=False) if "mark it" in str(each)}
    assert told == {n + 1 for n in spoiled}
    proof.tried(len(spoiled))


@pytest.mark.proof("G6", ROW, mutant=True)
def test_a_compiler_that_lets_it_pass_is_noticed(tmp_path, monkeypatch):
    """The same packs, with a compiler that reads every condition as one of the truth."""
    read = compiled_actions.read_condition
    monkeypatch.setattr(
        compiled_actions, "read_condition", lambda desk, at, text, _scope, *rest: read(desk, at, text, "truth", *rest)
    )
    folder = copied(tmp_path, "first-steps")
    spoiled = reading_truth(folder / "actions.yaml", 0)
    assert spoiled and not refused_lines(folder)
