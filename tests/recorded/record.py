"""Record a log in which everybody does everything that a random player does.

python -m tests.recorded.record PACK SEED STEPS FILE.kerege      PACK: as in tests/laws/test_fold.py
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from kerege.journal.export import write_file
from tests.laws.run import play
from tests.laws.test_fold import PACKS


def record(pack: str, seed: int, steps: int, path: Path) -> None:
    """Play, and write the export."""
    run = asyncio.run(play(PACKS[pack](), seed, steps, ends=True))
    write_file(path, len(run.entries), run.entries)


if __name__ == "__main__":
    record(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
