"""Bytes to messages and back, in both encodings. Any bytes give a message or a `BadMessage`, nothing else.

    BadMessage(reason)      the peer's fault; `reason` is a code of `closing.GOODBYES`, and nothing of the input

Refused beyond what the types say: floats (so NaN too), integers past INTEGER_MAX, binary and extension values, keys
that are no text or come twice, lone surrogates, trailing bytes, nesting past DEPTH_MAX, more than FRAME_BYTES_MAX.

A `Submit` comes out with its command as msgpack with sorted keys, whatever the encoding and order it came in: a
command that is sent again over another road has the same bytes.
"""

from __future__ import annotations

import json
from typing import Any, Literal, NoReturn

import msgpack
import msgspec

from kerege.wire.limits import DEPTH_MAX, FRAME_BYTES_MAX, INTEGER_MAX
from kerege.wire.messages import FromClient, FromServer, ServerMessage, Submit

Encoding = Literal["msgpack", "json"]


class BadMessage(Exception):  # noqa: N818  it names what came, as in the house's table of errors
    """The peer sent what is no message of this protocol."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def decode(data: bytes, encoding: Encoding) -> FromClient:
    """Read one client message. Raises BadMessage, and nothing else, for any bytes."""
    if len(data) > FRAME_BYTES_MAX:
        raise BadMessage("too_big")
    try:
        plain = _plain_msgpack(data) if encoding == "msgpack" else _plain_json(data)
        message: FromClient = (_msgpack if encoding == "msgpack" else _json).decode(data)
        if isinstance(message, Submit):
            command = msgspec.Raw(_canonical.encode(plain["command"]))
            return Submit(message.id, message.seen, command, message.done_at_ms)
    except msgspec.ValidationError as error:
        raise BadMessage("bad_message") from error
    except (msgspec.DecodeError, RecursionError, ValueError) as error:  # UnicodeError, either way, is a ValueError
        raise BadMessage("bad_bytes") from error
    return message


def encode(message: ServerMessage, encoding: Encoding) -> bytes:
    """Write one server message."""
    return msgspec.msgpack.encode(message) if encoding == "msgpack" else msgspec.json.encode(message)


def encode_client(message: FromClient, encoding: Encoding) -> bytes:
    """Write one client message, as stand-ins and tests do. A Submit's command is msgpack, in either encoding."""
    if encoding == "msgpack":
        return msgspec.msgpack.encode(message)
    if isinstance(message, Submit):
        command = msgspec.Raw(msgspec.json.encode(msgspec.msgpack.decode(message.command)))
        message = Submit(message.id, message.seen, command, message.done_at_ms)
    return msgspec.json.encode(message)


def decode_server(data: bytes, encoding: Encoding) -> FromServer:
    """Read one server message, as stand-ins and tests do. Raises BadMessage when the server speaks another protocol."""
    try:
        message: FromServer = (_server_msgpack if encoding == "msgpack" else _server_json).decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadMessage("bad_message") from error
    return message


_msgpack = msgspec.msgpack.Decoder(FromClient)
_json = msgspec.json.Decoder(FromClient)
_server_msgpack = msgspec.msgpack.Decoder(FromServer)
_server_json = msgspec.json.Decoder(FromServer)
_canonical = msgspec.msgpack.Encoder(order="deterministic")


def _plain_msgpack(data: bytes) -> Any:
    """The message as plain values; refuses keys that come twice.

    A map with a doubled key is longer than its copy. So is one whose writer did not choose the shortest forms, which
    is allowed; only then is it worth reading with a decoder that sees every pair.
    """
    plain = msgspec.msgpack.decode(data)
    _check(plain, DEPTH_MAX)
    if len(msgspec.msgpack.encode(plain)) != len(data):
        msgpack.unpackb(data, object_pairs_hook=_no_doubles, strict_map_key=True)
    return plain


def _plain_json(data: bytes) -> Any:
    """The message as plain values; the standard library's reader shows doubled keys and floats, msgspec does not."""
    plain = json.loads(data.decode(), object_pairs_hook=_no_doubles, parse_float=_no_float, parse_constant=_no_float)
    _check(plain, DEPTH_MAX)
    return plain


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadMessage("bad_value")
    return found


def _no_float(_: str) -> NoReturn:
    raise BadMessage("bad_value")


def _check(value: Any, depth: int) -> None:
    """Refuse what no message may hold, anywhere in it."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return
    if kind is int:
        if not -INTEGER_MAX <= value <= INTEGER_MAX:
            raise BadMessage("bad_value")
    elif depth == 0:
        raise BadMessage("bad_value")
    elif kind is dict:
        for key, inner in value.items():
            if type(key) is not str:
                raise BadMessage("bad_value")
            _check(inner, depth - 1)
    elif kind is list:
        for inner in value:
            _check(inner, depth - 1)
    else:  # floats, bytes, extensions, timestamps
        raise BadMessage("bad_value")
