"""Law 3b: two runs that differ only in what cannot influence a viewer give that viewer equal bytes."""

from __future__ import annotations

import pytest

from tests.laws.size import seeds
from tests.laws.two_runs import VIEWERS, seen_by

TWO_RUNS = "two runs, in process"


@pytest.mark.proof("G6", TWO_RUNS)
@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("seed", seeds(4))
async def test_secrets_change_no_byte(viewer, seed, proof):
    """Frames, snapshots, receipts with their words and versions: all the same, whatever the others did unseen."""
    one, two = await seen_by(viewer, seed, "one"), await seen_by(viewer, seed, "two")
    assert one.everything != two.everything, "the secrets differ, or this proves nothing"
    assert one.payloads == two.payloads, f"seed {seed}"
    proof.tried(1, seed=0)
