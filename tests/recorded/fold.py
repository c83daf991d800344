"""What a recorded log folds to, in a form that an added field with a default does not change.

python -m tests.recorded.fold FILE.kerege.xz > FILE.json
"""

from __future__ import annotations

import hashlib
import json
import lzma
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from kerege.engine.state import flatten
from kerege.journal.entry import Sealed
from kerege.journal.export import read_file
from kerege.room.exercise import Exercise
from kerege.room.log import StepBody, read_step


def entries(path: Path) -> list[Sealed]:
    """What a packed export holds."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "log.kerege"
        plain.write_bytes(lzma.decompress(path.read_bytes()))
        return list(read_file(plain))


def bodies(path: Path) -> list[StepBody]:
    """What was done in a packed export, in order."""
    return [read_step(entry) for entry in entries(path)[1:]]


def folded(path: Path) -> Exercise:
    """The exercise at the end of a packed export; the chain is verified on the way."""
    return Exercise.of(entries(path))


def facts(exercise: Exercise) -> dict[str, Any]:
    """What has to stay: the head, the state, and what each viewer is shown."""
    return {
        "mark": exercise.genesis.mark,
        "entries": exercise.head[0] + 1,
        "head": exercise.head[1].hex(),
        "at_ms": exercise.at_ms,
        "answers": len(exercise.answers),
        "state": digest(flatten(exercise.state)),
        "views": {viewer: digest(stream.view) for viewer, stream in sorted(exercise.stream_of.items())},
    }


def digest(value: Any) -> str:
    """A hash of a value's plain form."""
    return hashlib.sha256(repr(_plain(value)).encode()).hexdigest()[:32]


def _plain(value: Any) -> Any:
    """Nothing but plain values in one order; a struct's fields that are as by default are left out."""
    if isinstance(value, msgspec.Struct):
        found = []
        for field in msgspec.structs.fields(value):
            held = getattr(value, field.name)
            default = (
                field.default_factory()
                if field.default is msgspec.NODEFAULT and callable(field.default_factory)
                else field.default
            )
            if held != default:
                found.append((field.name, _plain(held)))
        return sorted(found)
    if isinstance(value, dict):
        return sorted(((_plain(key), _plain(held)) for key, held in value.items()), key=repr)
    if isinstance(value, list | tuple):
        return [_plain(held) for held in value]
    if isinstance(value, set | frozenset):
        return sorted((_plain(held) for held in value), key=repr)
    assert value is None or isinstance(value, str | int | float | bytes), type(value)
    return value


if __name__ == "__main__":
    print(json.dumps(facts(folded(Path(sys.argv[1]))), indent=1, ensure_ascii=False))
