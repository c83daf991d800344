"""What older versions wrote into a log, brought to the present.

    STEPS     version -> a change of the whole body of a step, as plain values, to the next version
    EVENTS    version -> event tag -> the same for single events of a step of that version
    GENESES   version -> the same for the body of entry 0

A body's version covers all that stands in it: command, events, pack. Whoever changes one of these in a way that an old
body would not decode, or would mean something else, raises BODY_VERSION, writes the change here, and adds a recorded log
(tests/recorded). A body of the present version never comes here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

Plain = dict[str, Any]
Change = Callable[[Plain], Plain]

STEPS: dict[int, Change] = {}
EVENTS: dict[int, Mapping[str, Change]] = {}
GENESES: dict[int, Change] = {}


class WrongLog(Exception):  # noqa: N818  it names what was found
    """The log is of another product, or of a version that this one cannot read."""


def step_upcast(body: bytes, present: int, n: int) -> Plain:
    """The body of entry `n`, a step, as the present version would have written it. Raises WrongLog."""
    plain = _plain(body, n)
    for version in range(_version(plain, present, n), present):
        changes = EVENTS.get(version, {})
        events = [changes[event["event"]](event) if event["event"] in changes else event for event in plain["events"]]
        plain = {**STEPS.get(version, _same)({**plain, "events": events}), "version": version + 1}
    return plain


def genesis_upcast(body: bytes, present: int) -> Plain:
    """The body of entry 0 as the present version would have written it. Raises WrongLog."""
    plain = _plain(body, 0)
    for version in range(_version(plain, present, 0), present):
        plain = {**GENESES.get(version, _same)(plain), "version": version + 1}
    return plain


def _same(plain: Plain) -> Plain:
    return plain


def _plain(body: bytes, n: int) -> Plain:
    try:
        plain = msgspec.msgpack.decode(body)
    except msgspec.DecodeError as error:
        raise WrongLog(f"entry {n} is of another product: its body cannot be read") from error
    if not isinstance(plain, dict):
        raise WrongLog(f"entry {n} is of another product: its body is no map")
    return plain


def _version(plain: Plain, present: int, n: int) -> int:
    version = plain.get("version")
    if type(version) is not int or version < 1:
        raise WrongLog(f"entry {n} is of another product: it names no version")
    if version > present:
        raise WrongLog(
            f"entry {n} was written by a newer version of Kerege ({version}; this one reads up to {present})"
        )
    return version
