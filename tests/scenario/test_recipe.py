"""The recipe of CONTRIBUTING.md: its diff adds a fact, an act, a consequence and their texts by YAML alone, and all holds."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kerege.cli import app
from tests.scenario.red_lines import judge

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def kerege(*said):
    done = CliRunner().invoke(app, [str(each) for each in said])
    return done.exit_code, done.stdout


@pytest.fixture
def changed(tmp_path):
    """A copy of First steps with the diff applied."""
    shutil.copytree(ROOT / "scenarios/first-steps", tmp_path / "scenarios/first-steps")
    shutil.copytree(ROOT / "scenarios/library", tmp_path / "scenarios/library")
    (diff,) = re.findall(r"```diff\n(.*?)```", GUIDE, re.DOTALL)
    (tmp_path / "recipe.diff").write_text(diff, encoding="utf-8")
    subprocess.run(["git", "apply", "recipe.diff"], cwd=tmp_path, check=True)
    return tmp_path / "scenarios/first-steps"


def test_the_recipe_holds(changed):
    """Checked without a warning, played with its own proof, and the flow list changes for nobody else."""
    before = (changed / "flows.txt").read_text(encoding="utf-8").splitlines()
    assert kerege("check", "--write-flows", changed) == (0, "")
    status, said = kerege("play", changed)
    assert (status, said.count("\nok "), "first-steps/glove:" in said) == (0, said.count("\n") - 1, True)
    after = (changed / "flows.txt").read_text(encoding="utf-8").splitlines()
    assert set(before) <= set(after)
    assert sorted(line.split(" <- ")[0] for line in set(after) - set(before)) == ["observer_patrol"] + ["patrol"] * 3


def test_its_words_keep_the_red_lines(changed):
    """Examples are copied: they have to be right."""
    for path in changed.rglob("*"):
        if path.suffix in {".ftl", ".yaml"}:
            assert (
                judge(f"scenarios/{path.relative_to(changed.parent).as_posix()}", path.read_text(encoding="utf-8"))
                == []
            )


def test_what_the_guide_names_is_there():
    """Files, folders and verbs of the recipes exist."""
    names = set(
        re.findall(
            r"`((?:docs|tests|client_web|scenarios|scripts|engine|scenario|wire|gateway|room|journal|views)/[\w./-]*[\w/])`",
            GUIDE,
        )
    )
    assert len(names) > 25
    for name in names:
        assert (ROOT / name).exists() or (ROOT / "server/kerege" / name).exists(), name
    for verb in re.findall(r"^kerege (\w+)", GUIDE, re.MULTILINE):
        assert kerege(verb, "--help")[0] == 0
