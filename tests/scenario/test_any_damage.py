"""Whatever happens to a pack's files, the checker answers with problems, never with an exception."""

import random
import re
import shutil
from pathlib import Path

import pytest

from kerege.scenario import check

PACKS = Path(__file__).parent / "packs"
WORDS = ["null", "true", "3", "[]", "{}", '""', "nobody", "asker", "control", "1.5", "-"]
SIGNS = "{}[]:,.#\"'\n -&*!|>x1()$"


def damaged(text, draw):
    """The text with one random change."""
    lines = text.split("\n")
    words = re.findall(r"\w+", text) or ["x"]
    at = draw.randrange(len(text) + 1)
    line = draw.randrange(len(lines))
    match draw.randrange(6):
        case 0:
            return "\n".join(lines[:line] + lines[line + 1 :])
        case 1:
            return text[:at] + draw.choice(SIGNS) + text[at:]
        case 2:
            return text[:at] + text[at + 1 :]
        case 3:
            return text.replace(draw.choice(words), draw.choice(words))
        case 4:
            return text.replace(draw.choice(words), draw.choice(WORDS), 1)
        case _:
            return "\n".join([*lines[:line], draw.choice(lines), *lines[line:]])


@pytest.mark.parametrize("seed", range(120))
def test_damage_is_a_problem_or_nothing(seed, tmp_path):
    """One to four random changes, or a lost file; the seed stands in the test's name."""
    draw = random.Random(seed)
    shutil.copytree(PACKS, tmp_path, dirs_exist_ok=True)
    files = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    for _ in range(draw.randint(1, 4)):
        path = draw.choice(files)
        if draw.random() < 0.1:
            path.unlink(missing_ok=True)
        elif path.exists():
            path.write_text(damaged(path.read_text(encoding="utf-8"), draw), encoding="utf-8")
    assert all(
        problem.line >= 1 and problem.col >= 1 for problem in check([tmp_path / "tea-house", tmp_path / "library"])
    )
