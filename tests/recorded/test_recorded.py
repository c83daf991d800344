"""Law 9: every log that a released version has written still folds, to what it was."""

import json
from pathlib import Path

import msgspec
import pytest

from kerege.engine import events as e
from kerege.room import exercise as exercises
from kerege.room import log
from kerege.wire.messages import MARK
from tests.laws.run import COMMANDS
from tests.recorded.fold import bodies, facts, folded

FOLDER = Path(__file__).parent
LOGS = sorted(FOLDER.glob("*.kerege.xz"))
BYTES_MAX = 300 * 1024
ROW = (
    "G18",
    "recorded logs of version 1, the only one so far, with every command and event, fold to the state and views that they had",
)


def test_there_are_logs_and_each_has_what_it_folds_to():
    """A log per pack at least, each small, each with its facts."""
    assert {path.name.split(".")[0] for path in FOLDER.glob("*.json")} == {path.name.split(".")[0] for path in LOGS}
    for pack in ("first-steps", "silver-reed"):
        assert any(pack in path.name for path in LOGS)
    assert all(path.stat().st_size <= BYTES_MAX for path in LOGS)


def expected(path):
    return json.loads(path.with_name(path.name.replace(".kerege.xz", ".json")).read_text())


@pytest.mark.proof(*ROW)
@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.name)
def test_a_recorded_log_still_folds(path, proof):
    """The same state, and for each viewer the same view; and every item of it can be put into words."""
    exercise = folded(path)
    assert facts(exercise) == expected(path)
    proof.tried(exercise.head[0] + 1)
    assert exercise.genesis.mark == MARK
    for stream in exercise.streams.values():
        for language in exercise.genesis.pack.languages:
            assert stream.snapshot(language, "msgpack")


def test_every_command_and_every_event_stands_in_some_log():
    """A sort that no recorded log holds could change its meaning, and nobody would notice: record one that does."""
    commands, events = set(), set()
    for path in LOGS:
        for body in bodies(path):
            commands.add(type(body.command))
            events.update(type(event) for event in body.events)
    assert set(COMMANDS) - commands == set()
    assert set(e.AnyEvent.__args__) - events == set()


def wrong_reducer(patch, kind, change):
    """A reducer that means something else by one sort of event."""
    evolve = exercises.evolve

    def changed(overlay, event, at_ms):
        evolve(overlay, change(event) if type(event) is kind else event, at_ms)

    patch.setattr(exercises, "evolve", changed)


def certain(patch):
    """What was only claimed is taken for certain."""
    wrong_reducer(patch, e.Learnt, lambda event: msgspec.structs.replace(event, certainty="certain"))


def forgets_fields(patch):
    """Every second change of the truth is not kept any more."""
    evolve = exercises.evolve
    seen = []

    def changed(overlay, event, at_ms):
        if type(event) is e.FieldSet:
            seen.append(event)
            if len(seen) % 2:
                return
        evolve(overlay, event, at_ms)

    patch.setattr(exercises, "evolve", changed)


def renamed(patch):
    """A body whose field has another name, and nobody wrote an upcast."""

    class Unready:
        def decode(self, body):
            return decode(body.replace(b"fingerprint", b"fingerprinT"))

    decode = log._step.decode
    patch.setattr(log, "_step", Unready())
    patch.setattr(log, "step_upcast", lambda body, present, n: {"version": present})


@pytest.mark.proof(*ROW, mutant=True)
@pytest.mark.parametrize("wrong", [certain, forgets_fields, renamed])
def test_a_version_that_means_something_else_is_found(monkeypatch, wrong):
    """A reducer that changed, one that forgets, a body that is read no more."""
    wrong(monkeypatch)
    path = next(path for path in LOGS if "silver-reed" in path.name)
    try:
        assert facts(folded(path)) != expected(path)
    except exercises.WrongLog:
        assert wrong is renamed
