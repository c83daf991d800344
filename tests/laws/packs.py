"""The real packs, compiled once for all laws."""

from functools import cache
from pathlib import Path

from kerege.engine.pack import Pack
from kerege.scenario import load_pack

SCENARIOS = Path(__file__).parents[2] / "scenarios"
NAMES = tuple(sorted(path.parent.name for path in SCENARIOS.glob("*/pack.yaml")))


@cache
def real_pack(name: str) -> Pack:
    """A pack of `scenarios/`."""
    return load_pack(SCENARIOS / name)
