"""Literal values and durations: what the author wrote, as the engine keeps it."""

from __future__ import annotations

import re

from kerege.engine.pack import Field, Thing, Value
from kerege.scenario.desk import Desk, as_key
from kerege.scenario.places import At
from kerege.scenario.problems import nearest

DURATION = re.compile(r"(?=.)(?:(\d{1,4})h)?(?:(\d{1,5})m)?(?:(\d{1,6})s)?\Z")
DURATION_MS_MAX = 30 * 24 * 3600 * 1000
"""A month of play; the wire's own bound."""

TEXT_KEY = re.compile(r"[a-z][a-z0-9_-]*\Z")


def read_duration(desk: Desk, at: At, duration: str | int) -> int:
    """`90s`, `20m`, `1h30m` or 0, in milliseconds; 0 with a problem."""
    found = DURATION.match(duration) if isinstance(duration, str) else None
    if found is None:
        if duration not in {0, "0"}:
            desk.error(at, f"{duration!r} is not a duration like 90s, 20m or 1h30m")
        return 0
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    total_ms = ((hours * 60 + minutes) * 60 + seconds) * 1000
    if total_ms > DURATION_MS_MAX:
        desk.error(at, "longer than 30 days")
        return 0
    return total_ms


def read_value(desk: Desk, at: At, declared: Field, written: Value) -> Value:
    """A literal of the field's type; None, and a problem, if it is none."""
    if written is None:
        return None
    if isinstance(written, str) and written in {"nobody", "unknown"} and written not in declared.choices:
        return None
    match declared.type:
        case "tick":
            if not isinstance(written, bool):
                desk.error(at, f"{declared.id!r} is true or false, not {written!r}")
                return None
        case "number":
            if isinstance(written, bool) or not isinstance(written, int):
                desk.error(at, f"{declared.id!r} is a number, not {written!r}")
                return None
            if not declared.minimum <= written <= declared.maximum:
                desk.error(at, f"{declared.id!r} goes from {declared.minimum} to {declared.maximum}")
                return None
        case "choice":
            if written not in declared.choices:
                known = ", ".join(declared.choices)
                desk.error(
                    at,
                    f"{written!r} is not a choice of {declared.id!r}: {known}",
                    nearest(str(written), declared.choices),
                )
                return None
        case "thing":
            return _read_thing(desk, at, declared, written)
        case "text":
            if not isinstance(written, str) or not TEXT_KEY.match(written):
                desk.error(at, f"{declared.id!r} is the key of a text, not {written!r}")
                return None
            return as_key(written)
    return written


def _read_thing(desk: Desk, at: At, declared: Field, written: Value) -> Value:
    if not desk.refer(at, str(written), desk.things, "thing"):
        return None
    thing: Thing = desk.things[str(written)]
    if declared.kinds and thing.kind not in declared.kinds:
        desk.error(at, f"{written!r} is a {thing.kind}; {declared.id!r} is a {' or '.join(declared.kinds)}")
        return None
    return written


def parse_literal(declared: Field, text: str) -> Value:
    """What is written without quotes, in a mark, as a value of the field's type."""
    if declared.type == "tick" and text in {"true", "false"}:
        return text == "true"
    if declared.type == "number" and re.fullmatch(r"-?\d{1,15}", text):
        return int(text)
    return text


def bare(value: Value) -> str:
    """A literal as the compiled pack writes it: `organiser`, `raisa`, `3`, `True`, `None`."""
    return str(value)
