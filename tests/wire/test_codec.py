"""Any bytes give a message or a BadMessage with a code, nothing else."""

import json
import struct

import msgpack
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kerege.wire.closing import GOODBYES
from kerege.wire.codec import BadMessage, decode, decode_server, encode, encode_client
from kerege.wire.limits import DEPTH_MAX, FRAME_BYTES_MAX, INTEGER_MAX
from kerege.wire.messages import Beat, Close, Echo, Hello, Open, Place, Receipt, Speak, Submit

COMMAND = msgspec.msgpack.encode({"do": "say", "text": "Здравствуйте", "to": ["k2"]}, order="deterministic")
MESSAGES = [
    Hello("t" * 24, "ru", cursors={"k1": Place("e1", 7)}),
    Submit("abcd-1234_X", 3, msgspec.Raw(COMMAND), 12),
    Open("k2", None),
    Close("k2"),
    Speak("ky"),
    Beat(),
]


def submit(**changes):
    return {"type": "submit", "id": "12345678", "seen": 1, "command": {"do": "tick"}} | changes


def reason(data: bytes, encoding: str) -> str:
    with pytest.raises(BadMessage) as caught:
        decode(data, encoding)
    assert caught.value.reason in GOODBYES
    return caught.value.reason


@pytest.mark.parametrize("encoding", ["msgpack", "json"])
@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_every_client_message_survives_the_wire(message, encoding):
    """What is written is what is read, in both encodings; a command always comes out as msgpack."""
    assert decode(encode_client(message, encoding), encoding) == message


@pytest.mark.parametrize("encoding", ["msgpack", "json"])
def test_server_messages_survive_the_wire(encoding):
    """A receipt reads as it was written."""
    receipt = Receipt("12345678", "accepted", 4, "token")
    assert decode_server(encode(receipt, encoding), encoding) == receipt
    assert decode_server(encode(Echo(), encoding), encoding) == Echo()
    with pytest.raises(BadMessage):
        decode_server(b"\x00", encoding)


def test_a_command_has_the_same_bytes_by_either_road_and_in_any_order():
    """A command that is sent again by JSON, with its keys in another order, is still the same command."""
    one = msgpack.packb(submit(command={"do": "say", "to": ["k2"], "text": "ӣ"}))
    two = json.dumps(submit(command={"text": "ӣ", "to": ["k2"], "do": "say"})).encode()
    assert decode(one, "msgpack").command == decode(two, "json").command


def test_shortest_forms_are_not_demanded():
    """A writer that spends nine bytes on a small number is read; one that doubles a key that way is not."""
    long_number = b"\xcf" + struct.pack(">Q", 1)
    fields = [msgpack.packb(part) for part in ("type", "submit", "id", "12345678", "command", {"do": "tick"}, "seen")]
    assert decode(b"\x84" + b"".join(fields) + long_number, "msgpack").seen == 1
    doubled = b"\x85" + b"".join(fields) + long_number + msgpack.packb("seen") + long_number
    assert reason(doubled, "msgpack") == "bad_value"


OUTCOMES = {"message", *GOODBYES}


def outcome(data: bytes, encoding: str) -> str:
    try:
        decode(data, encoding)
    except BadMessage as bad:
        return bad.reason
    return "message"


MSGPACK_HOSTILE = {
    "nothing": (b"", "bad_bytes"),
    "cut off": (msgpack.packb(submit())[:-3], "bad_bytes"),
    "trailing byte": (msgpack.packb(submit()) + b"\xc0", "bad_bytes"),
    "trailing message": (msgpack.packb(submit()) * 2, "bad_bytes"),
    "length of four thousand million": (b"\xdf\xff\xff\xff\xff", "bad_bytes"),
    "text of four thousand million": (b"\xdb\xff\xff\xff\xff", "bad_bytes"),
    "a tower of arrays": (b"\x91" * FRAME_BYTES_MAX, "bad_bytes"),
    "a field of empty arrays": (b"\xdc\x3f\xfd" + b"\x90" * (FRAME_BYTES_MAX - 3), "bad_message"),
    "never used byte": (b"\xc1", "bad_bytes"),
    "bad UTF-8": (b"\x81\xa4type\xa1\xff", "bad_bytes"),
    "a surrogate in UTF-8": (b"\x81\xa4type\xa3\xed\xa0\x80", "bad_bytes"),
    "an extension": (msgpack.packb(submit(command={"do": msgpack.ExtType(1, b"x")})), "bad_value"),
    "a timestamp": (msgpack.packb(submit(command={"do": msgpack.Timestamp(1, 2)})), "bad_value"),
    "binary": (msgpack.packb(submit(command={"do": b"x"})), "bad_value"),
    "not a number": (msgpack.packb(submit(command={"n": float("nan")})), "bad_value"),
    "infinity": (msgpack.packb(submit(command={"n": float("inf")})), "bad_value"),
    "a fraction": (msgpack.packb(submit(command={"n": 0.5})), "bad_value"),
    "a number too large": (msgpack.packb(submit(command={"n": INTEGER_MAX + 1})), "bad_value"),
    "a number too small": (msgpack.packb(submit(command={"n": -INTEGER_MAX - 1})), "bad_value"),
    "2**64 - 1": (msgpack.packb(submit(command={"n": 2**64 - 1})), "bad_value"),
    "a number as key": (msgpack.packb(submit(command={1: 2})), "bad_value"),
    "a nil as key": (msgpack.packb(submit(command={None: 2})), "bad_value"),
    "a doubled key": (b"\x82\xa4type\xa4beat\xa4type\xa4beat", "bad_value"),
    "a doubled key within": (
        msgpack.packb(submit(command={"a": 1})).replace(b"\x81\xa1a\x01", b"\x82\xa1a\x01\xa1a\x02"),
        "bad_value",
    ),
    "too long": (b"\x00" * (FRAME_BYTES_MAX + 1), "too_big"),
    "no map": (b"\x93\x01\x02\x03", "bad_message"),
    "unknown type": (msgpack.packb({"type": "sync"}), "bad_message"),
    "no type": (msgpack.packb({"id": "12345678"}), "bad_message"),
    "a server's message": (msgpack.packb({"type": "echo"}), "bad_message"),
    "unknown field": (msgpack.packb(submit(seat="S2")), "bad_message"),
    "an id too short": (msgpack.packb(submit(id="1234567")), "bad_message"),
    "an id too long": (msgpack.packb(submit(id="1" * 41)), "bad_message"),
    "an id with a space": (msgpack.packb(submit(id="1234 5678")), "bad_message"),
    "a version below nothing": (msgpack.packb(submit(seen=-1)), "bad_message"),
    "a truth for a number": (msgpack.packb(submit(seen=True)), "bad_message"),
    "no command": (msgpack.packb({"type": "submit", "id": "12345678", "seen": 1}), "bad_message"),
    "too many cursors": (
        msgpack.packb(
            {"type": "hello", "ticket": "t" * 8, "cursors": {f"k{n}": {"epoch": "e", "version": 0} for n in range(25)}}
        ),
        "bad_message",
    ),
}


@pytest.mark.parametrize(("data", "code"), MSGPACK_HOSTILE.values(), ids=MSGPACK_HOSTILE)
def test_hostile_msgpack_is_refused(data, code):
    """Each of these has its code, and none of them a traceback."""
    assert reason(data, "msgpack") == code


JSON_HOSTILE = {
    "nothing": (b"", "bad_bytes"),
    "cut off": (b'{"type":"beat"', "bad_bytes"),
    "trailing bytes": (b'{"type":"beat"} x', "bad_bytes"),
    "bad UTF-8": (b'{"type":"\xff"}', "bad_bytes"),
    "a byte order mark": (b'\xef\xbb\xbf{"type":"beat"}', "bad_bytes"),
    "UTF-16": ('{"type":"beat"}'.encode("utf-16"), "bad_bytes"),
    "a tower of arrays": (b"[" * FRAME_BYTES_MAX, "bad_bytes"),
    "a closed tower": (b'{"type":"beat","x":' + b"[" * 8000 + b"]" * 8000 + b"}", "bad_bytes"),
    "not a number": (json.dumps(submit(command={"n": float("nan")})).encode(), "bad_value"),
    "infinity": (json.dumps(submit(command={"n": float("-inf")})).encode(), "bad_value"),
    "a huge exponent": (b'{"type":"submit","id":"12345678","seen":1,"command":{"n":1e999}}', "bad_value"),
    "a fraction": (json.dumps(submit(command={"n": 1.0})).encode(), "bad_value"),
    "a number too large": (json.dumps(submit(command={"n": INTEGER_MAX + 1})).encode(), "bad_value"),
    "ten thousand digits": (b'{"type":"beat","n":' + b"9" * 10_000 + b"}", "bad_bytes"),
    "a lone surrogate": (b'{"type":"submit","id":"12345678","seen":1,"command":{"t":"\\ud800"}}', "bad_bytes"),
    "a lone surrogate as key": (b'{"type":"submit","id":"12345678","seen":1,"command":{"\\udfff":1}}', "bad_bytes"),
    "a doubled key": (b'{"type":"beat","type":"beat"}', "bad_value"),
    "a doubled key within": (b'{"type":"submit","id":"12345678","seen":1,"command":{"a":1,"a":2}}', "bad_value"),
    "too long": (b" " * FRAME_BYTES_MAX + b"1", "too_big"),
    "unknown type": (b'{"type":"sync"}', "bad_message"),
    "unknown field": (json.dumps(submit(seat="S2")).encode(), "bad_message"),
    "a list": (b"[]", "bad_message"),
    "null": (b"null", "bad_message"),
}


@pytest.mark.parametrize(("data", "code"), JSON_HOSTILE.values(), ids=JSON_HOSTILE)
def test_hostile_json_is_refused(data, code):
    """Each of these has its code, and none of them a traceback."""
    assert reason(data, "json") == code


@pytest.mark.parametrize("encoding", ["msgpack", "json"])
def test_nesting_is_allowed_up_to_its_bound(encoding):
    """At DEPTH_MAX a command is read; one deeper it is not."""

    def nested(depth: int) -> bytes:
        inner: object = 1
        for _ in range(depth - 1):  # the message itself is one
            inner = [inner]
        return encode_client(Submit("12345678", 1, msgspec.Raw(msgspec.msgpack.encode(inner))), encoding)

    decode(nested(DEPTH_MAX), encoding)
    assert reason(nested(DEPTH_MAX + 1), encoding) == "bad_value"


@pytest.mark.parametrize("encoding", ["msgpack", "json"])
def test_a_message_is_allowed_up_to_its_length(encoding):
    """At FRAME_BYTES_MAX a message is read; one byte longer it is not."""
    empty = len(encode_client(Submit("12345678", 1, msgspec.Raw(msgspec.msgpack.encode("x" * 1000))), encoding)) - 1000
    fitting = Submit("12345678", 1, msgspec.Raw(msgspec.msgpack.encode("x" * (FRAME_BYTES_MAX - empty))))
    data = encode_client(fitting, encoding)
    assert len(data) == FRAME_BYTES_MAX
    assert decode(data, encoding) == fitting
    longer = Submit("12345678", 1, msgspec.Raw(msgspec.msgpack.encode("x" * (FRAME_BYTES_MAX - empty + 1))))
    assert reason(encode_client(longer, encoding), encoding) == "too_big"


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["msgpack", "json"]))
def test_any_bytes_give_a_message_or_a_clear_refusal(data, encoding):
    """No bytes raise anything but BadMessage."""
    assert outcome(data, encoding) in OUTCOMES


@settings(max_examples=500, deadline=None)
@given(st.data(), st.sampled_from(["msgpack", "json"]), st.sampled_from(MESSAGES))
def test_a_message_with_wounds_gives_a_message_or_a_clear_refusal(data, encoding, message):
    """Bytes changed, dropped or doubled in honest messages raise nothing but BadMessage."""
    wounded = bytearray(encode_client(message, encoding))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(wounded)))
        wounded[place : place + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=3))
    assert outcome(bytes(wounded), encoding) in OUTCOMES
