"""Laws 2 and 10 over rehearsals: each seed ends with all views right, and fifty reach all that has no written reason."""

from pathlib import Path

import pytest

from kerege.rehearsal.run import read_script, rehearse_many
from tests.laws.size import TIMES

SCENARIOS = Path(__file__).parents[2] / "scenarios"
PACKS = sorted(path.parent.name for path in SCENARIOS.glob("*/pack.yaml"))
SEEDS_PROVE, SEEDS_NORMAL = 50, 4


@pytest.mark.parametrize("pack", PACKS)
def test_many_seeds_reach_all_that_has_no_written_reason(pack):
    """Over the habits of fifty rooms everything happens at least once and the story ends in every way it can."""
    prove = TIMES > 1
    report = rehearse_many(SCENARIOS / pack, range(1, 1 + (SEEDS_PROVE if prove else SEEDS_NORMAL)), many=True)
    assert [fault for run in report.runs for fault in run.faults] == []
    assert len({run.log_hash for run in report.runs}) == len(report.runs)
    if prove:
        assert report.faults == []
        assert {ending.id for ending in read_script(SCENARIOS / pack).pack.endings} <= {
            run.ending for run in report.runs
        }
