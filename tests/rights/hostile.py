"""Bytes that mean harm, drawn from a seed: by grammar (messages whose values are hostile) and by damage (honest ones wounded)."""

from __future__ import annotations

import json
import struct
from random import Random
from typing import Any, get_args

import msgpack
import msgspec

from kerege.app import CLIENT_COMMANDS
from kerege.wire.codec import encode_client
from kerege.wire.messages import Beat, Close, Hello, Open, Place, Speak, Submit

CANARY = "canary-Zh4raQx"
"""Stands in what is sent; nothing that is answered, or logged as a fault, may repeat it."""
WORDS = ["", "x" * 2_000, "\u202e" + CANARY, "\u0000", "e" + "\u0301" * 200, "\ufeff", "<script>", "{x}", "../..", "=1+1", CANARY]  # fmt: skip
NUMBERS = [0, -1, 1, 2**31, 2**53 - 1, 2**53, 2**63, 2**64 - 1, -(2**53), -(2**63), 1.5, float("nan"), float("inf"), True, None]  # fmt: skip
TAGS = sorted(command.__struct_config__.tag for command in get_args(CLIENT_COMMANDS))
FIELDS = sorted(
    {field.encode_name for command in get_args(CLIENT_COMMANDS) for field in msgspec.structs.fields(command)}
)
HONEST = [
    Hello("t" * 24, "ru", cursors={"k1": Place("e1", 7)}),
    Submit("abcd-1234_X", 3, msgspec.Raw(msgspec.msgpack.encode({"do": "say", "to": ["k2"], "text": CANARY})), 12),
    Open("k2", None),
    Close("k2"),
    Speak("ky"),
    Beat(),
]
TYPES = ["hello", "submit", "open", "close", "speak", "beat", "welcome", "receipt", "admin", CANARY]


def value(draw: Random, depth: int = 0) -> Any:
    """A value that somebody honest would not send, or would."""
    kind = draw.randrange(9 if depth < 9 else 4)
    match kind:
        case 0:
            return draw.choice(WORDS)
        case 1:
            return draw.choice(NUMBERS)
        case 2:
            return draw.choice(TAGS + FIELDS)
        case 3:
            return "".join(draw.choice("aK2\u0416\u202e'\"<&") for _ in range(draw.randrange(30)))
        case 4 | 5:
            return [value(draw, depth + 1) for _ in range(draw.randrange(5))]
        case 6:
            return [value(draw, 9)] * draw.choice([0, 40, 41, 300])
        case _:
            return {draw.choice(FIELDS + WORDS): value(draw, depth + 1) for _ in range(draw.randrange(5))}


def command(draw: Random) -> Any:
    """A command's body: a tag that there is, fields that there are, values of any sort."""
    if draw.random() < 0.1:
        return value(draw)
    if draw.random() < 0.5:
        return fitting(draw)
    return {"do": draw.choice([*TAGS, "tick", "staff", "lose", CANARY])} | {
        draw.choice(FIELDS): value(draw) for _ in range(draw.randrange(6))
    }


def fitting(draw: Random) -> Any:
    """A command that is read: each of its fields has the right sort of value, and what it names is nobody's."""
    kind = draw.choice(get_args(CLIENT_COMMANDS))
    found: dict[str, Any] = {"do": kind.__struct_config__.tag}
    for field in msgspec.structs.fields(kind):
        if field.required or draw.random() < 0.3:
            tries = [CANARY[:14], ["x1", "k2"], 1, True, {"k1": 1}, "share", "ready", "happens", "try", "P", []]
            draw.shuffle(tries)
            for each in tries:
                try:
                    msgspec.convert(each, field.type)
                except msgspec.ValidationError:
                    continue
                found[field.encode_name] = each
                break
    return found


def message(draw: Random) -> Any:
    """A message by the grammar, right in some places."""
    kind = draw.choice(TYPES if draw.random() < 0.3 else ["submit"])
    if kind == "submit" and draw.random() < 0.8:
        found = {"type": "submit", "id": f"fuzz-{draw.getrandbits(60):x}", "seen": draw.choice([0, 1, 2**53 - 1])}
        return found | {"command": command(draw)}
    fields = [
        "id",
        "seen",
        "command",
        "stream",
        "cursor",
        "ticket",
        "language",
        "cursors",
        "receipt",
        "seat",
        "inflate",
    ]
    return {"type": kind} | {draw.choice(fields): value(draw) for _ in range(draw.randrange(5))}


BOMBS = [
    b"", b"\xc1", b"\x90" * 16_384, b"\x91" * 16_383 + b"\x90", b"\x81\xa1a" * 5_000 + b"\x00", b"\xdd\xff\xff\xff\xff",
    b"\xdf\xff\xff\xff\xff", b"\xdb\xff\xff\xff\xff", b"\xc6\xff\xff\xff\xff", b"\xc9\xff\xff\xff\xff\x01",
    b"\xdc\x3f\xfd" + b"\x90" * 16_381, b"\x82\xa4type\xa4beat\xa4type\xa4beat", b"\xd4\x05\x00",
    b"\x81\xa4type\xcb\x7f\xf8\x00\x00\x00\x00\x00\x00", b"\x81\xa4type\xa3\xed\xa0\x80", b"[" * 16_384, b'{"a":' * 3_000,
    b'{"type":"beat","type":"beat"}', b'{"type":"beat","n":1e999}', b'{"type":"beat","n":' + b"9" * 10_000 + b"}",
    b'{"type":"submit","id":"12345678","seen":1,"command":{"t":"\\ud800"}}', b'{"type":"\\u0000"}', b"\xef\xbb\xbf{}",
    b"NaN", b"-Infinity", b"\x00" * 16_385, b"\xff" * 100,
]  # fmt: skip


def hostile(draw: Random, encoding: str) -> bytes:
    """One message's bytes, at most a little past the bound."""
    match draw.randrange(6):
        case 0:
            return draw.choice(BOMBS)
        case 1:
            return draw.randbytes(draw.choice([1, 5, 50, 500, 5_000]))
        case 2:
            return wounded(draw, encode_client(draw.choice(HONEST), encoding))
        case _:
            return packed(message(draw), encoding)


def packed(found: Any, encoding: str) -> bytes:
    if encoding == "json":
        return json.dumps(found).encode("utf-8", "surrogatepass")
    try:
        return bytes(msgpack.packb(found))
    except (OverflowError, ValueError):
        return b"\xcf" + struct.pack(">Q", 2**64 - 1)


def wounded(draw: Random, honest: bytes) -> bytes:
    """Bytes changed, lost, doubled, cut off or added."""
    data = bytearray(honest)
    for _ in range(draw.randint(1, 4)):
        place = draw.randrange(len(data) + 1)
        match draw.randrange(5):
            case 0:
                data[place : place + 1] = draw.randbytes(1)
            case 1:
                del data[place : place + draw.randint(1, 4)]
            case 2:
                data[place:place] = data[place : place + draw.randint(1, 30)]
            case 3:
                del data[place:]
            case _:
                data += draw.randbytes(draw.randint(1, 3))
    return bytes(data)
