"""What somebody was sent on every road, made ready for comparing, and where two such hearings differ."""

from __future__ import annotations

import contextlib
import re
import zlib
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.system.person import Person

VOLATILE_HEADERS = {"date", "sec-websocket-accept"}
"""New every second, or an answer to the client's own chance."""
EXPIRED = re.compile(r" expires=[^;]*;")
EVENT = "data: {"
SORT_CHARS = 80
"""Within so many bytes a message says of which stream it is."""
RECEIPT = msgspec.msgpack.encode("type") + msgspec.msgpack.encode("receipt")


def all_heard(person: Person) -> dict[str, Any]:
    """Everything that one device was sent, in order, road by road."""
    return {
        "sockets": [
            ([masked(payload) for payload in each.payloads], plain(each.headers), each.close)
            for each in person.connections
        ],
        "events": [
            ([masked_event(line) for line in each.lines], each.status, plain(each.headers)) for each in person.streams
        ],
        "http": [(status, plain(headers), body) for status, headers, body in person.answers],
    }


def rows_apart(heard: dict[str, Any], stream: str) -> dict[str, Any]:
    """
    The same with receipts in a row of their own, and with a second stream (a mentor's) in another, each in its order: how
    soon a later frame overtakes a receipt, or a frame of the other stream, is the machine's timing.

    Args:
        stream: Of whoever heard this; "" where there is none.
    """
    shown = msgspec.msgpack.encode("stream")
    own, denied = shown + msgspec.msgpack.encode(stream), msgspec.msgpack.encode("denied")

    def of_other(payload: bytes) -> bool:
        head = payload[:SORT_CHARS]
        return shown in head and own not in head and denied not in head

    return heard | {
        "sockets": [(*_parted(each[0], RECEIPT, of_other), *each[1:]) for each in heard["sockets"]],
        "events": [(*_parted(each[0], '"type":"receipt"', lambda _: False), *each[1:]) for each in heard["events"]],
    }


def _parted(messages: list[Any], receipt: Any, of_other: Callable[[Any], bool]) -> tuple[list[Any], ...]:
    rows: tuple[list[Any], ...] = ([], [], [])
    for each in messages:
        rows[1 if receipt in each else 2 if of_other(each) else 0].append(each)
    return rows


def plain(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Headers without the volatile ones, and without the hour at which a dropped cookie has expired: that is the date."""
    return [(name, EXPIRED.sub("", value)) for name, value in headers if name.lower() not in VOLATILE_HEADERS]


def masked(payload: bytes) -> bytes:
    """A message as it came; of a receipt's token, which is sealed, only the length; behind a packed snapshot, what it unpacks to."""
    message = msgspec.msgpack.decode(payload)
    if message["type"] == "packed":
        return payload + zlib.decompress(message["items"])
    if message["type"] != "receipt":
        return payload
    return msgspec.msgpack.encode(message | {"token": "*" * len(message["token"])})


def masked_event(line: str) -> str:
    """The same for a line of an event stream."""
    if not line.startswith(EVENT) or '"token":"' not in line:
        return line
    head, _, rest = line.partition('"token":"')
    token, _, tail = rest.partition('"')
    return f'{head}"token":"{"*" * len(token)}"{tail}' if '"type":"receipt"' in head else line


def differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Where two hearings differ, in words; empty when they do not."""
    found = []
    for road, mine in one.items():
        yours = other[road]
        if len(mine) != len(yours):
            found.append(f"{road}: {len(mine)} and {len(yours)}")
        pairs = enumerate(zip(mine, yours, strict=False))
        found += [f"{road} {n}: {first_difference(this, that)}" for n, (this, that) in pairs if this != that]
    return found


def first_difference(one: Any, other: Any) -> str:
    """The innermost first place where two answers differ."""
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        for n, (mine, yours) in enumerate(zip(one, other, strict=False)):
            if mine != yours:
                return f"{n}: {first_difference(mine, yours)}"
        longer = one if len(one) > len(other) else other
        return f"{len(one)} and {len(other)}, then {shown(longer[min(len(one), len(other))])}"
    return f"{shown(one)} and {shown(other)}"


def shown(value: Any) -> str:
    """A payload in words, no longer than a screen."""
    with contextlib.suppress(TypeError, ValueError, msgspec.DecodeError):
        value = msgspec.msgpack.decode(value)
    return repr(value)[:1500]
