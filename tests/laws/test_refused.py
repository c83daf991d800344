"""Law 5: a refused command changes nothing; and the random player reaches what it must."""

from __future__ import annotations

from collections import Counter

import pytest

from kerege.engine.refusals import REFUSAL_CODES
from tests.laws.run import COMMANDS, play
from tests.laws.size import seeds
from tests.laws.test_fold import PACKS

RARE = {
    "not_started",
    "not_yours",
    "too_many",
    "not_stopped",
    "unit_needed",
    "once_only",
    "not_paused",
    "already_started",
}
"""Refusals that nobody meets who picks from a screen, or seldom; each has its case in tests/engine/test_refusals.py."""


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("seed", seeds(2))
async def test_a_refused_command_changes_nothing(name, seed):
    """State, log, answers, words, versions and views are what they were, whatever was asked."""
    run = await play(PACKS[name](), 200 + seed, 120, watch=True)
    assert sum(count for outcome, count in run.outcomes.items() if not outcome.startswith("accepted")) > 10


async def test_the_random_player_does_everything():
    """All commands of people are accepted somewhere, and all refusals but the rarest are met: coverage is part of the law."""
    accepted: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    for name in PACKS:
        for seed in range(8):
            run = await play(PACKS[name](), 300 + seed, 300, ends=True)
            accepted += run.accepted
            refused += run.outcomes
    missing = {command.__name__ for command in COMMANDS} - set(accepted) - {"Tick", "Staff", "Start", "Finish", "Lose"}
    assert missing == set()
    met = {code for outcome in refused for code in [outcome.partition(":")[2]] if code}
    assert set(REFUSAL_CODES) - met <= RARE
