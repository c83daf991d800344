"""Law 9: every log that a released version has written still folds, to what it was."""

import json
from pathlib import Path

import pytest

from kerege.wire.messages import MARK
from tests.recorded.fold import facts, folded

FOLDER = Path(__file__).parent
LOGS = sorted(FOLDER.glob("*.kerege.xz"))
BYTES_MAX = 300 * 1024


def test_there_are_logs_and_each_has_what_it_folds_to():
    """A log per pack at least, each small, each with its facts."""
    assert {path.name.split(".")[0] for path in FOLDER.glob("*.json")} == {path.name.split(".")[0] for path in LOGS}
    for pack in ("first-steps", "silver-reed"):
        assert any(pack in path.name for path in LOGS)
    assert all(path.stat().st_size <= BYTES_MAX for path in LOGS)


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.name)
def test_a_recorded_log_still_folds(path):
    """The same state, and for each viewer the same view; and every item of it can be put into words."""
    exercise = folded(path)
    assert facts(exercise) == json.loads(path.with_name(path.name.replace(".kerege.xz", ".json")).read_text())
    assert exercise.genesis.mark == MARK
    for stream in exercise.streams.values():
        for language in exercise.genesis.pack.languages:
            assert stream.snapshot(language, "msgpack")
