"""What the random player reaches: a law is proved for nothing that never happens in its runs."""

from __future__ import annotations

from collections import Counter

from kerege.engine.refusals import REFUSAL_CODES
from tests.laws.run import COMMANDS, play
from tests.laws.size import TIMES
from tests.laws.test_fold import PACKS

STEPS = 350
SEEDS = {"town": 8, "town in parts": 4, "first-steps": 8, "silver-reed": 8, "silver-reed-cut": 4}
ROOMS_OWN = {"Tick", "Staff", "Lose"}
"""Commands of the room itself."""
ONCE = {"Start", "Finish"}
"""Every run begins with one, and ends with the other."""
TOO_LATE_IN_THE_STORY = {"HandOver"}
"""Only one team of one pack may, and only on the next morning; each case has its test in tests/engine/test_shifts.py."""
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


async def accepted_in(name: str, seeds: range) -> tuple[Counter[str], Counter[str]]:
    """What was accepted, by kind, and every outcome, over runs of one pack."""
    accepted: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    for seed in seeds:
        run = await play(PACKS[name](), 300 + seed, STEPS, ends=True)
        accepted += run.accepted
        outcomes += run.outcomes
    return accepted, outcomes


def table(by_pack: dict[str, Counter[str]]) -> str:
    """Accepted commands, kind by kind and pack by pack."""
    names = sorted({command.__name__ for command in COMMANDS} - ROOMS_OWN - ONCE)
    rows = [f"{name:12}" + "".join(f"{by_pack[pack][name]:17}" for pack in by_pack) for name in names]
    return "\n".join([" " * 12 + "".join(f"{pack:>17}" for pack in by_pack), *rows])


async def test_the_random_player_does_everything():
    """All commands of people are accepted somewhere, and all refusals but the rarest are met: coverage is part of the law."""
    by_pack: dict[str, Counter[str]] = {}
    refused: Counter[str] = Counter()
    for name, normal in SEEDS.items():
        by_pack[name], outcomes = await accepted_in(name, range(normal * min(TIMES, 4)))
        refused += outcomes
    print(table(by_pack))
    everywhere = sum(by_pack.values(), Counter())
    assert {command.__name__ for command in COMMANDS} - set(everywhere) - ROOMS_OWN - ONCE <= TOO_LATE_IN_THE_STORY
    met = {code for outcome in refused for code in [outcome.partition(":")[2]] if code}
    assert set(REFUSAL_CODES) - met <= RARE
