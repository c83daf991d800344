"""The packs of this repository can be played."""

from pathlib import Path

import pytest

from kerege.engine.rules import Rules
from kerege.scenario import check, errors, load_pack

SCENARIOS = Path(__file__).parents[2] / "scenarios"
FOLDERS = sorted(path.name for path in SCENARIOS.iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_forbids_playing(folder):
    """Every pack, and the library by itself, is free of errors; flow lists are as they are checked in."""
    assert [str(problem) for problem in errors(check([SCENARIOS / folder]))] == []


@pytest.mark.parametrize("folder", [name for name in FOLDERS if name != "library"])
def test_the_engine_takes_it(folder):
    """What the compiler lets through, the engine can make ready."""
    assert Rules(load_pack(SCENARIOS / folder), b"k" * 32).pack.id == folder
