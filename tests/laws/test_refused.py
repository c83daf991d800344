"""Law 5: a refused command changes nothing."""

from __future__ import annotations

import pytest

from tests.laws.run import play
from tests.laws.size import seeds
from tests.laws.test_fold import PACKS


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("seed", seeds(2))
async def test_a_refused_command_changes_nothing(name, seed):
    """State, log, answers, words, versions and views are what they were, whatever was asked."""
    run = await play(PACKS[name](), 200 + seed, 120, watch=True)
    assert sum(count for outcome, count in run.outcomes.items() if not outcome.startswith("accepted")) > 10
