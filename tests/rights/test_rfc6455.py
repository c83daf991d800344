"""G10 on the road below messages: cases of RFC 6455 against the real server, by raw lines. Each names its section.

A case is what is sent, and in words what the server does: `echo` and `receipt` are our own answers to whole messages,
`pong X` one to a ping, `goodbye C` our last message, `close N` the close frame, `gone` a line that ended without one.
"""

from __future__ import annotations

import asyncio
import logging
import struct
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pytest

from kerege.gateway.protocols import FRAGMENTS_MAX, PONGS_BYTES_MAX, FramedWebSocket
from kerege.wire.codec import BadMessage, decode_server, encode_client
from kerege.wire.limits import FRAME_BYTES_MAX
from kerege.wire.messages import Beat, Hello, Submit
from tests.rights.live import Live, Raw, frame, live_house

TEXT, BINARY, CONT, CLOSE, PING, PONG = 1, 2, 0, 8, 9, 10
BEAT = encode_client(Beat(), "msgpack")
BEAT_TEXT = encode_client(Beat(), "json")
END = b"the end"
TURNS_MAX = 300
"""Of looking whether an answer has come: a third of a second, on a machine that is not busy."""
JSON_LINK = "kerege.1.json"


def sized(length: int) -> bytes:
    """A whole message of this length; the room answers it with a receipt: no such command."""
    empty = len(encode_client(Submit("12345678", 1, msgspec.Raw(msgspec.msgpack.encode("x" * 300))), "msgpack")) - 300
    for count in (length - empty, length - empty + 1, length - empty + 2, length - empty - 1, length - empty - 2):
        data = encode_client(Submit("12345678", 1, msgspec.Raw(msgspec.msgpack.encode("x" * count))), "msgpack")
        if len(data) == length:
            return data
    raise AssertionError(length)


def split(message: bytes, parts: int, opcode: int = BINARY) -> list[bytes]:
    """A message in so many fragments, the last ones maybe empty."""
    step = max(1, -(-len(message) // parts))
    return [
        frame(opcode if n == 0 else CONT, message[n * step : (n + 1) * step], fin=n == parts - 1) for n in range(parts)
    ]


def closing(code: int | None, reason: bytes = b"", **more: Any) -> bytes:
    return frame(CLOSE, b"" if code is None else struct.pack(">H", code) + reason, **more)


@dataclass
class Case:
    """What is sent after a Hello, and what comes back."""

    section: str
    name: str
    sends: bytes
    answer: str
    step: int = 0
    protocol: str = "kerege.1.msgpack"
    hangs: str = ""
    more: dict[str, Any] = field(default_factory=dict)


def case(section: str, name: str, sends: bytes | list[bytes], answer: str, **more: Any) -> Case:
    return Case(section, name, sends if isinstance(sends, bytes) else b"".join(sends), answer, **more)


CASES = [
    # lengths
    case("5.6", "a binary message", frame(BINARY, BEAT), "echo"),
    case("5.6", "a text on a link that is binary", frame(TEXT, BEAT_TEXT), "goodbye wrong_kind, close 1003"),
    case("5.6", "a text on a link that is text", frame(TEXT, BEAT_TEXT), "echo", protocol=JSON_LINK),
    case("5.6", "a binary on a link that is text", frame(BINARY, BEAT), "goodbye wrong_kind, close 1003", protocol=JSON_LINK),
    case("5.2", "an empty message", frame(BINARY), "goodbye bad_bytes, close 4400"),
    *(case("5.2", f"{n} bytes", frame(BINARY, sized(n)), "receipt") for n in (125, 126, 127, 128, FRAME_BYTES_MAX)),
    case("5.2", "one byte past the bound", frame(BINARY, b"x" * (FRAME_BYTES_MAX + 1)), "close 1009"),
    case("5.2", "a claim of a byte past the bound", frame(BINARY, claims=FRAME_BYTES_MAX + 1), "close 1009"),
    case("5.2", "a claim of 2**63 - 1", frame(BINARY, claims=2**63 - 1), "close 1009"),
    case("5.2", "a length with its highest bit", frame(BINARY, claims=2**63), "close 1009"),
    case("5.2", "a length written longer than it must be", frame(BINARY, BEAT, form=16), "echo"),
    case("5.2", "the same in eight bytes", frame(BINARY, BEAT, form=64), "echo"),
    case("5.2", "byte by byte", frame(BINARY, BEAT), "echo", step=1),
    case("5.2", "three messages in one write", frame(BINARY, BEAT) * 3, "echo, echo, echo"),
    # control frames
    case("5.5.2", "an empty ping", frame(PING), "pong 0"),
    case("5.5.3", "a ping with words", frame(PING, b"hello"), "pong 5"),
    case("5.5", "the longest ping", frame(PING, b"\xff" * 125), "pong 125"),
    case("5.5", "a ping one byte too long", frame(PING, b"x" * 126), "close 1002"),
    case("5.5", "a ping in fragments", frame(PING, b"x", fin=False), "close 1002"),
    case("5.5", "a close in fragments", closing(1000, fin=False), "close 1002"),
    case("5.5.2", "ten pings at once", b"".join(frame(PING, b"x" * n) for n in range(1, 11)),
         ", ".join(f"pong {n}" for n in range(1, 11))),
    case("5.5.2", "a ping byte by byte", frame(PING, b"hello"), "pong 5", step=1),
    case("5.5.3", "a pong nobody asked for", [frame(PONG, b"x"), frame(BINARY, BEAT)], "echo"),
    case("5.5", "a pong one byte too long", frame(PONG, b"x" * 126), "close 1002"),
    # reserved bits and opcodes
    *(case("5.2", f"reserved bits {bits:03b}", frame(BINARY, BEAT, reserved=bits), "close 1002") for bits in (1, 2, 4, 7)),
    case("5.2", "a reserved bit on a ping", frame(PING, reserved=4), "close 1002"),
    case("5.2", "a reserved bit on a close", closing(1000, reserved=1), "close 1002"),
    case("7.2.2", "a frame said to be compressed, on a link without compression", frame(BINARY, BEAT, reserved=4), "close 1002"),
    *(case("5.2", f"opcode {code}", frame(code, b"x"), "close 1002") for code in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15)),
    # fragments
    case("5.4", "a message in two fragments", split(BEAT, 2), "echo"),
    case("5.4", "a message in as many fragments as it has bytes", split(BEAT, len(BEAT)), "echo"),
    case("5.4", "an empty first fragment", [frame(BINARY, fin=False), frame(CONT, BEAT)], "echo"),
    case("5.4", "an empty last fragment", [frame(BINARY, BEAT, fin=False), frame(CONT)], "echo"),
    case("5.4", "a ping between fragments",
         [frame(BINARY, BEAT[:4], fin=False), frame(PING, b"hello"), frame(CONT, BEAT[4:])], "pong 5, echo"),
    case("5.4", "a continuation of nothing", frame(CONT, BEAT), "close 1002"),
    case("5.4", "a continuation after the last", [*split(BEAT, 2), frame(CONT, BEAT)], "close 1002 after all"),
    case("5.4", "a message begun within another", [frame(BINARY, BEAT[:4], fin=False), frame(BINARY, BEAT)], "close 1002"),
    case("5.4", "a message at its bound in fragments", split(sized(FRAME_BYTES_MAX), 8), "receipt"),
    case("5.4", "a message past its bound in fragments", split(b"x" * (FRAME_BYTES_MAX + 1), 8), "close 1009"),
    case("5.4", "as many fragments as a message may have", split(sized(FRAME_BYTES_MAX), FRAGMENTS_MAX), "receipt"),
    case("5.4", "one fragment more, of no bytes at all",
         [frame(BINARY, BEAT, fin=False), *[frame(CONT, fin=False)] * FRAGMENTS_MAX], "close 1009"),
    case("5.4", "a close between fragments (stricter than it has to be)", [frame(BINARY, BEAT[:4], fin=False), closing(1000)], "close 1002"),
    # text
    case("8.1", "a letter cut by a fragment",
         [frame(TEXT, BEAT_TEXT[:-1] + b"\xd0", fin=False), frame(CONT, b"\x96}")], "goodbye bad_bytes, close 4400",
         protocol=JSON_LINK),
    *(case("8.1", f"text that is not UTF-8: {name}", frame(TEXT, data), "close 1007", protocol=JSON_LINK)
      for name, data in {"a stray byte": b'{"a":"\xff"}', "a surrogate": b'"\xed\xa0\x80"', "too long a form": b'"\xc0\xaf"',
                         "past the last letter": b'"\xf4\x90\x80\x80"', "cut off": b'"\xd0'}.items()),
    # masks
    case("5.1", "a message without a mask", frame(BINARY, BEAT, masked=False), "close 1002"),
    case("5.1", "a ping without a mask", frame(PING, masked=False), "close 1002"),
    case("5.1", "a close without a mask", closing(1000, masked=False), "close 1002"),
    # closing
    case("5.5.1", "a close without a number", closing(None), "close 1005"),
    case("7.4.1", "a close with words", closing(1000, b"bye"), "close 1000"),
    case("5.5.1", "a close of one byte", frame(CLOSE, b"\x03"), "close 1002"),
    case("8.1", "a close whose words are not UTF-8", closing(1000, b"\xff"), "close 1007"),
    case("5.5", "a close one byte too long", closing(1000, b"x" * 124), "close 1002"),
    *(case("7.4.1", f"a close with {code}", closing(code), f"close {code}")
      for code in (1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999)),
    *(case("7.4", f"a close with {code}", closing(code), "close 1002")
      for code in (0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535)),
    case("5.5.1", "two closes", closing(1000) * 2, "close 1000"),
    case("5.5.1", "a message after a close", [closing(1000), frame(BINARY, BEAT)], "close 1000"),
    case("5.5.2", "a ping after a close", [closing(1000), frame(PING)], "close 1000"),
    # ends
    case("7.1.1", "half a frame, then nothing more", frame(BINARY, BEAT)[:5], "gone", hangs="half"),
    case("7.1.1", "half of the line closed after a message", frame(BINARY, BEAT), "gone", hangs="half"),
]  # fmt: skip


async def greeted(live: Live, protocol: str) -> Raw:
    """A line of a seat that has its view."""
    line = await live.raw(sec_websocket_protocol=protocol)
    encoding = protocol.rpartition(".")[2]
    joined = live.house.sit("patrol")
    await line.send(
        frame(BINARY if encoding == "msgpack" else TEXT, encode_client(Hello(live.house.ticket(joined)), encoding))
    )
    await line.send(frame(PING, END))
    while await line.frame() != (0x80 | PONG, END):
        pass
    await line.send(frame(BINARY if encoding == "msgpack" else TEXT, BEAT if encoding == "msgpack" else BEAT_TEXT))
    while "echo" not in _word(await line.frame(), encoding):
        pass
    return line


def _word(found: tuple[int, bytes] | None, encoding: str) -> str:
    if found is None:
        return "gone"
    first, payload = found
    assert not first & 0x70, "reserved bits from the server"
    if first & 0x0F == CLOSE:
        return f"close {struct.unpack('>H', payload[:2])[0] if payload else 1005}"
    if first & 0x0F == PONG:
        return f"pong {len(payload)}"
    try:
        message = decode_server(payload, encoding)
    except BadMessage:
        return "unreadable"
    word = type(message).__name__.lower()
    return f"{word} {message.code}" if word == "goodbye" else word


async def outcome(live: Live, tried: Case) -> str:
    """What the server does."""
    encoding = tried.protocol.rpartition(".")[2]
    line = await greeted(live, tried.protocol)
    await line.send(tried.sends, tried.step)
    if tried.hangs:
        line.writer.write_eof()
    else:
        await line.send(frame(PING, END))
    words: list[str] = []
    ended = False
    for _ in range(TURNS_MAX):
        if ended:
            break
        try:
            found = await line.frame()
        except TimeoutError:
            words.append("nothing")
            break
        if found == (0x80 | PONG, END):
            if len(words) >= len(tried.answer.split(", ")):
                break
            await asyncio.sleep(0.001)  # our own answers come when the room has made them, a pong at once
            await line.send(frame(PING, END))
            continue
        words.append(_word(found, encoding))
        ended = words[-1] == "gone" or words[-1].startswith("close")
    line.hang_up()
    live.house.empty("patrol")
    return ", ".join(words)


def fits(got: str, wanted: str) -> bool:
    if wanted.endswith(" after all"):
        return got.endswith(wanted.removesuffix(" after all"))
    if wanted == "gone":
        return got.endswith(("gone", "close 1005"))
    return got == wanted


async def try_cases(live: Live, cases: list[Case], caplog: Any) -> list[str]:
    """All cases, one line each. Says which went otherwise; the log, the room and others' lines stand as before."""
    live.house.empty("patrol")
    other = await greeted(live, "kerege.1.msgpack")
    before = (await live.house.mark())[:4]
    wrong = []
    for tried in cases:
        got = await outcome(live, tried)
        if not fits(got, tried.answer):
            wrong.append(f"{tried.section} {tried.name}: {got!r}, not {tried.answer!r}")
    if (await live.house.mark())[:4] != before:
        wrong.append("something changed in the room")
    wrong += [f"a traceback: {record.getMessage()}" for record in caplog.records if record.exc_info]
    other.hang_up()
    return wrong


@pytest.fixture
async def live(tmp_path):
    async with live_house(tmp_path) as live:
        yield live


@pytest.mark.proof("G10", "cases of RFC 6455 by raw lines: the outcome that the section demands, no traceback")
async def test_the_line_below_messages(live, proof, caplog):
    """Each case has its outcome; the room does not notice, nobody's fault of protocol is logged as ours."""
    caplog.set_level(logging.INFO)
    wrong = await try_cases(live, CASES, caplog)
    assert not wrong, "\n".join(wrong)
    assert len(CASES) >= 60
    proof.tried(len(CASES))


HANDSHAKES = [
    ("4.2.1", "all as it should be", {}, 101),
    ("4.2.1", "names in capitals", {"upgrade": "WebSocket", "connection": "UPGRADE"}, 101),
    ("4.2.1", "Connection with more in it", {"connection": "keep-alive, Upgrade"}, 101),
    ("4.2.1", "no key", {"sec_websocket_key": None}, 400),
    ("4.2.1", "a key that is not base64", {"sec_websocket_key": "???"}, 400),
    ("4.2.1", "a key of fifteen bytes", {"sec_websocket_key": "AAAAAAAAAAAAAAAAAAAA"}, 400),
    ("4.2.1", "no version", {"sec_websocket_version": None}, 400),
    ("4.4", "an old version (4.4 would have us say which we speak)", {"sec_websocket_version": "8"}, 400),
    ("4.4", "a version that is no number", {"sec_websocket_version": "abc"}, 400),
    ("4.2.1", "POST", {"line": "POST /ws HTTP/1.1"}, 405),
    ("4.2.1", "HTTP/1.0 (more lenient than it has to be)", {"line": "GET /ws HTTP/1.0"}, 101),
    ("4.2.1", "no Upgrade", {"upgrade": None}, 404),
    ("4.2.1", "another Upgrade", {"upgrade": "h2c"}, 404),
    ("4.2.1", "no Connection", {"connection": None}, 404),
    ("4.2.2", "an address that is no socket", {"line": "GET /nothing HTTP/1.1"}, 403),
    ("4.2.2", "a subprotocol of others", {"sec_websocket_protocol": "graphql-ws"}, 403),
    ("4.2.2", "no subprotocol", {"sec_websocket_protocol": None}, 403),
    ("4.2.1", "no Host", {"host": None}, 400),
    ("9.1", "compression offered", {"sec_websocket_extensions": "permessage-deflate"}, 101),
    ("9.1", "an extension that is no word", {"sec_websocket_extensions": "\x01;;=,"}, 400),
    ("4.2.1", "a head past the bound", {"cookie": "x" * 20_000}, 400),
]


@pytest.mark.proof("G10", "handshakes of RFC 6455, right and wrong")
async def test_handshakes(live, proof, caplog):
    """Section 4: a clear status and a closed line, or 101; no extension is ever agreed to."""
    caplog.set_level(logging.INFO)
    wrong = []
    for section, name, changes, status in HANDSHAKES:
        line = await Raw.to(live.port)
        try:
            answer = await line.shake(**changes)
        except TimeoutError:
            answer = b"HTTP/1.1 000 no answer"
        line.hang_up()
        if int(answer[9:12] or b"0") != status:
            wrong.append(f"{section} {name}: {answer[:40]!r}, not {status}")
        if b"sec-websocket-extensions" in answer.lower():
            wrong.append(f"{section} {name}: an extension was agreed to")
    wrong += [f"a traceback: {record.getMessage()}" for record in caplog.records if record.exc_info]
    assert not wrong, "\n".join(wrong)
    proof.tried(len(HANDSHAKES))


def no_bound_of_fragments(monkeypatch: Any) -> None:
    monkeypatch.setattr("kerege.gateway.protocols.FRAGMENTS_MAX", 1 << 30)


def any_bytes_are_text(monkeypatch: Any) -> None:
    """The library's own way: a traceback in the log for each."""
    monkeypatch.setattr("kerege.gateway.protocols._is_utf8", lambda _: True)


def any_length(monkeypatch: Any) -> None:
    monkeypatch.setattr("kerege.gateway.serving.FRAME_BYTES_MAX", 1 << 24)


SOME = [each for each in CASES if each.section in {"5.2", "5.4", "5.5.2", "5.5.3", "8.1"}]


@pytest.mark.proof(
    "G10", "cases of RFC 6455 by raw lines: the outcome that the section demands, no traceback", mutant=True
)
@pytest.mark.parametrize(
    "mutant", [no_bound_of_fragments, any_bytes_are_text, any_length], ids=lambda mutant: mutant.__name__
)
async def test_a_server_that_keeps_it_otherwise_is_noticed(tmp_path, proof, caplog, monkeypatch, mutant):
    """Each of these servers is wrong in one place."""
    mutant(monkeypatch)
    caplog.set_level(logging.INFO)
    async with live_house(tmp_path) as live:
        wrong = await try_cases(live, SOME, caplog)
    assert wrong
    proof.tried(len(SOME), faults=1)


@pytest.mark.proof("G10", "handshakes of RFC 6455, right and wrong", mutant=True)
async def test_a_handshake_that_nobody_answers_is_noticed(live, proof, monkeypatch):
    """As the libraries below us would have it: a head that cannot be read is neither answered nor let go."""
    monkeypatch.setattr("kerege.gateway.protocols.BAD_HEAD", b"")
    line = await Raw.to(live.port)
    assert await line.shake(sec_websocket_extensions="\x01;;=,") == b""
    line.hang_up()
    proof.tried(1, faults=1)


async def flooded(live: Live) -> int:
    """A peer that pings and reads nothing: the most bytes that ever waited for it."""
    line = await greeted(live, "kerege.1.msgpack")
    (protocol,) = (each for each in live.server.server_state.connections if isinstance(each, FramedWebSocket))
    longest = 0
    flood = frame(PING, b"x" * 125) * 2000
    for _ in range(40):
        line.writer.write(flood)
        await asyncio.sleep(0)
        longest = max(longest, protocol.waiting_bytes())
    for _ in range(200):
        await asyncio.sleep(0.001)
        longest = max(longest, protocol.waiting_bytes())
    line.hang_up()
    return longest


PONGS_IN_FLIGHT = 512 * 1024
"""What one piece read from the line may still add: pings of 256 KiB, and the answers to them."""


@pytest.mark.proof("G14", "a peer that pings and reads nothing: what waits for it is bounded")
async def test_who_pings_and_does_not_read_costs_little(live, proof):
    """Pongs wait up to their bound and are dropped past it."""
    longest = await flooded(live)
    print(f"at most {longest} bytes waited for a peer that sent {40 * 2000} pings")
    assert PONGS_BYTES_MAX < longest < PONGS_BYTES_MAX + PONGS_IN_FLIGHT
    proof.tried(40 * 2000)


@pytest.mark.proof("G14", "a peer that pings and reads nothing: what waits for it is bounded", mutant=True)
async def test_a_server_that_answers_every_ping_is_noticed(live, proof, monkeypatch):
    """As the library below us would have it."""
    monkeypatch.setattr("kerege.gateway.protocols.PONGS_BYTES_MAX", 1 << 40)
    assert await flooded(live) > PONGS_BYTES_MAX + PONGS_IN_FLIGHT
    proof.tried(40 * 2000, faults=1)
