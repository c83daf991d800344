"""G10: whatever comes, the room stands as it stood, and whoever sent it is told so by a code that does not change.

On the session: thousands of messages by grammar and by damage. Over real sockets: some of them, beside somebody who plays.
By HTTP: what no description of an API covers (test_description.py has the rest): pages for people, bytes that are no JSON,
broken headers and cookies, other content types; and after each refusal that nothing has changed and nothing is said back.
"""

from __future__ import annotations

import json
import logging
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.refusals import REFUSAL_CODES
from kerege.gateway import errors
from kerege.gateway.connection import Connection
from kerege.gateway.errors import STATUS
from kerege.wire import session
from kerege.wire.closing import GOODBYES, REFUSALS
from kerege.wire.codec import decode_server
from kerege.wire.messages import Goodbye, Hello, Receipt
from tests.laws.size import TIMES
from tests.rights.hostile import BOMBS, CANARY, hostile, value
from tests.rights.house import House, Line, open_house
from tests.rights.live import Live, Raw, frame, live_house

if TYPE_CHECKING:
    from kerege.gateway.seats import Joined

SEED = 7300
MESSAGES = 2_000
FRAMES = 200
ASKED = 600
CODES = {*GOODBYES, *REFUSALS, *REFUSAL_CODES, "fault", "unreadable", "other_body", "not_committing", ""}


def taken(said: list[Any]) -> bool:
    """Whether something was accepted: then it was no bad input."""
    return any(isinstance(each, Receipt) and each.outcome == "accepted" for each in said)


async def say_all(house: House, seed: int, count: int, caplog: Any, encoding: str) -> tuple[int, int, list[str]]:
    """Say so many hostile messages. Returns how many were refused, how many were accepted, and what went wrong."""
    draw = Random(f"{seed}:{encoding}")
    wrong: list[str] = []
    refused = accepted = 0
    line: Line | None = None
    joined = house.sit("patrol")
    for n in range(count):
        if line is None or line.connection.over:
            line = Line(house, encoding=encoding)
            await line.say_bytes(_hello(house, joined, encoding))
            await house.settle()
            line.connection.outgoing()
        data = hostile(draw, encoding)
        before = await house.mark()
        caplog.clear()
        payloads = await line.say_bytes(data)
        said = [decode_server(payload, encoding) for payload in payloads]
        codes = [each.code for each in said if isinstance(each, Receipt | Goodbye)]
        where = f"seed {seed}, message {n}: {data[:80]!r}"
        if set(codes) - CODES or "fault" in codes:
            wrong.append(f"{where}: {codes}")
        if any(CANARY.encode() in payload for payload in payloads) and not taken(said):
            wrong.append(f"{where}: it was said back")
        if any(record.exc_info for record in caplog.records):
            wrong.append(f"{where}: a traceback: {caplog.records[-1].getMessage()[:200]}")
        if taken(said):
            accepted += 1
        else:
            refused += 1
            if _room(await house.mark()) != _room(before):
                wrong.append(f"{where}: something changed")
    if line is not None:
        line.close()
    house.empty("patrol")
    return refused, accepted, wrong


def _room(mark: tuple[object, ...]) -> tuple[object, ...]:
    return mark[:4]


def _hello(house: House, joined: Joined, encoding: str = "msgpack") -> bytes:
    from kerege.wire.codec import encode_client

    return encode_client(Hello(house.ticket(joined)), encoding)


@pytest.mark.proof("G10", "messages by grammar and by damage, on the session of a playing seat")
@pytest.mark.parametrize("encoding", ["msgpack", "json"])
async def test_hostile_messages_change_nothing(house, proof, caplog, encoding):
    """State, log and streams stand; the answer is a code; no traceback, and nothing is said back."""
    caplog.set_level(logging.WARNING)
    await house.start()
    refused, accepted, wrong = await say_all(house, SEED, MESSAGES * TIMES // 2, caplog, encoding)
    print(f"{refused} refused, {accepted} were acts that this team may do")
    assert not wrong, "\n".join(wrong[:20])
    assert refused > accepted
    proof.tried(refused, seed=SEED)


def says_it_back(monkeypatch: Any) -> None:
    """A goodbye that quotes what came."""
    accept = Connection.accept

    def quoting(self: Connection, data: bytes) -> Any:
        found = accept(self, data)
        if self.over and self._last and self._encoding == "msgpack":
            text = data.decode("utf-8", "replace")[:60]
            from kerege.wire.codec import encode

            self._last[-1] = encode(Goodbye(self.fault, text), "msgpack")
        return found

    monkeypatch.setattr(Connection, "accept", quoting)


def a_fault_of_ours(monkeypatch: Any) -> None:
    """A command that is decided by what it finds, without a look."""
    from kerege.engine.commands import table

    monkeypatch.setitem(table.DECIDE, b.Say, lambda play, by, command: {"known": 1}[command.text])


def counts_what_it_refuses(monkeypatch: Any) -> None:
    """A refused message leaves a mark in the state."""
    accept = Connection.accept

    def counting(self: Connection, data: bytes) -> Any:
        self._desk.room.story.stream_of["social"]._frames.append(())
        return accept(self, data)

    monkeypatch.setattr(Connection, "accept", counting)


@pytest.mark.proof("G10", "messages by grammar and by damage, on the session of a playing seat", mutant=True)
@pytest.mark.parametrize(
    "mutant", [says_it_back, a_fault_of_ours, counts_what_it_refuses], ids=lambda each: each.__name__
)
async def test_a_server_that_takes_bad_input_is_noticed(tmp_path, proof, caplog, monkeypatch, mutant):
    """Each of these servers is wrong in one place."""
    mutant(monkeypatch)
    async with open_house(tmp_path) as house:
        await house.start()
        refused, _, wrong = await say_all(house, SEED, 400, caplog, "msgpack")
    assert wrong
    proof.tried(refused, faults=1, seed=SEED)


async def one_hostile(live: Live, draw: Random, n: int, joined: Joined, other: Raw) -> None:
    """One line that means harm, and a ping of the other one after it."""
    line = await live.raw()
    try:
        if n % 3:
            await line.send(frame(2, _hello(live.house, joined)))
        hangs = n % 7 == 0
        data = draw.choice(BOMBS) if hangs else hostile(draw, "msgpack")
        await line.send(frame(2, data) if n % 5 else draw.randbytes(draw.randrange(1, 200)))
        await line.send(frame(9, b"x" * (n % 100)))
        if not hangs:
            line.writer.write_eof()
            await line.frames()
        await other.send(frame(9, b"alive %d" % n))
        while (heard := await other.frame()) != (0x8A, b"alive %d" % n):
            assert heard is not None, f"seed {SEED}, frame {n}: the other one was cut off"
            if heard[0] == 0x89:  # the server asks whether it is still there
                await other.send(frame(0xA, heard[1]))
    finally:
        line.hang_up()


@pytest.mark.proof("G10", "hostile frames over real sockets, beside somebody who plays")
async def test_hostile_frames_hurt_nobody_else(tmp_path, proof, caplog):
    """The server stays up, the other one's line is answered after each of them, and the room stands."""
    caplog.set_level(logging.WARNING)
    draw = Random(SEED)
    async with live_house(tmp_path) as live:
        await live.house.start()
        other = await live.raw()
        await other.send(frame(2, _hello(live.house, live.house.sit("social"))))
        await other.send(frame(9, b"in"))
        while await other.frame() != (0x8A, b"in"):
            pass
        await live.house.settle()
        joined = live.house.sit("patrol")
        before = _room(await live.house.mark())
        try:
            for n in range(FRAMES * TIMES):
                await one_hostile(live, draw, n, joined, other)
            after = _room(await live.house.mark())
            grown = after[0] - before[0]  # acts that this team may do, whose receipts it did not wait for
            assert grown <= FRAMES * TIMES // 20
            assert grown or after == before
            assert not [record for record in caplog.records if record.exc_info], "a traceback"
        finally:
            other.hang_up()
    proof.tried(FRAMES * TIMES, seed=SEED)


@pytest.mark.proof("G10", "hostile frames over real sockets, beside somebody who plays", mutant=True)
async def test_a_server_that_dies_of_a_frame_is_noticed(tmp_path, proof, caplog, monkeypatch):
    """A decoder that raises what nobody expects."""
    decode = session.decode
    monkeypatch.setattr(
        session, "decode", lambda data, each: {}[data[:3]] if data[:1] == b"\xc1" else decode(data, each)
    )
    with pytest.raises(AssertionError, match="a traceback"):
        await test_hostile_frames_hurt_nobody_else(tmp_path, proof, caplog)


# ---------------------------------------------------------------------------------------------------- HTTP


def request_of(draw: Random, path: str, method: str, operation: dict[str, Any], defs: dict[str, Any]) -> dict[str, Any]:
    """One request of this operation: each part as described, or not."""
    params: dict[str, Any] = {}
    for each in operation.get("parameters", ()):
        text = str(
            draw.choice(
                [each["name"], 1, -1, "ru", "xx", "x" * 300, CANARY, "%00", "../..", "\u202e", 2**70, "", "1e9", "NaN"]
            )
        )
        if each["in"] == "path":
            path = path.replace(
                "{" + each["name"] + "}", draw.choice(["x", "AAAAAAAA", "..%2F..", "%00", "x" * 200, "%ff", CANARY])
            )
        elif draw.random() < 0.8:
            params[each["name"]] = text
    asked: dict[str, Any] = {"method": method.upper(), "url": path, "params": params, "headers": {}}
    if draw.random() < 0.2:
        asked["headers"]["accept-language"] = draw.choice(["x" * 5_000, "ru;q=NaN", ",,,,", b"\xff", "*"])
    if draw.random() < 0.1:
        asked["headers"]["cookie"] = draw.choice(
            ["kerege=", "kerege=" + "x" * 5_000, b"kerege=\xff", 'kerege="', "a=b; kerege=c"]
        )
    if method == "post":
        schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        asked["content"] = body_of(draw, schema, defs)
        asked["headers"]["content-type"] = draw.choice(
            ["application/json"] * 6 + ["text/plain", "application/json; charset=utf-16", ""]
        )
    return asked


def body_of(draw: Random, schema: dict[str, Any], defs: dict[str, Any]) -> bytes:
    if draw.random() < 0.25:
        return hostile(draw, "json")
    schema = defs.get(schema.get("$ref", "").rpartition("/")[2], schema)
    fields = list(schema.get("properties", {}))
    good = {"code": "ABCDEF", "language": "en", "accepted": True, "name": CANARY, "seat": "AAAAAAAA"}
    body = {name: good.get(name) if draw.random() < 0.6 else value(draw) for name in fields if draw.random() < 0.9}
    if draw.random() < 0.2:
        body[draw.choice(["seat", "viewer", "role", CANARY])] = value(draw)
    return json.dumps(body).encode("utf-8", "surrogatepass")


async def ask_all(house: House, seed: int, count: int, caplog: Any) -> tuple[int, list[str]]:
    """So many requests, over all operations. Returns how many were refused, and what went wrong."""
    described = house.app._app.openapi()
    operations = [
        (path, method, operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
        if path != "/api/stream"
    ] + [(path, "get", {"parameters": [{"name": name, "in": "query"} for name in ("language", "note", "team")]}) for path in ("/last-page", "/notes", "/known", "/", "/room")]  # fmt: skip
    assert len(operations) > 12
    draw = Random(seed)
    wrong: list[str] = []
    refused = 0
    token = house.sit("patrol").token
    for n in range(count):
        path, method, operation = draw.choice(operations)
        asked = request_of(draw, path, method, operation, described.get("components", {}).get("schemas", {}))
        if path == "/api/leave":
            asked["content"] = b"[" + asked["content"]
        before = await house.mark()
        caplog.clear()
        async with house.browser(token) as page:
            answer = await page.request(**asked)
        where = f"seed {seed}, request {n}: {asked}"[:400]
        if answer.status_code >= 500 and not (answer.status_code == 503 and "not built" in answer.text):
            wrong.append(f"{where}: {answer.status_code}")
        if answer.status_code >= 400 and answer.status_code != 503:
            refused += 1
            if answer.json().get("code") not in STATUS or set(answer.json()) != {"code", "text"}:
                wrong.append(f"{where}: {answer.text[:200]}")
            if CANARY in answer.text or "Traceback" in answer.text:
                wrong.append(f"{where}: it was said back")
            if await house.mark() != before:
                wrong.append(f"{where}: something changed")
        if any(record.exc_info for record in caplog.records):
            wrong.append(f"{where}: a traceback")
    return refused, wrong


@pytest.mark.proof("G10", "requests drawn from the application's own description, with values that it does not want")
async def test_hostile_requests_change_nothing(house, proof, caplog):
    """No 5xx, one shape of refusal, nothing said back, nothing changed."""
    caplog.set_level(logging.WARNING)
    await house.start()
    refused, wrong = await ask_all(house, SEED, ASKED * TIMES, caplog)
    assert not wrong, "\n".join(wrong[:20])
    assert refused > ASKED * TIMES // 3
    proof.tried(refused, seed=SEED)


def echoes(monkeypatch: Any) -> None:
    """The framework's own answer to a body that does not fit: it quotes the body."""
    monkeypatch.setattr(errors, "handle_errors", lambda *_: None)
    monkeypatch.setattr("kerege.gateway.application.handle_errors", lambda *_: None)


def fails_on_a_language(monkeypatch: Any) -> None:
    monkeypatch.setattr("kerege.gateway.projector.best_language", lambda accepted: {}[accepted])


@pytest.mark.proof(
    "G10", "requests drawn from the application's own description, with values that it does not want", mutant=True
)
@pytest.mark.parametrize("mutant", [echoes, fails_on_a_language], ids=lambda each: each.__name__)
async def test_a_server_that_answers_badly_is_noticed(tmp_path, proof, caplog, monkeypatch, mutant):
    """Each of these servers is wrong in one place."""
    mutant(monkeypatch)
    async with open_house(tmp_path) as house:
        try:
            refused, wrong = await ask_all(house, SEED, 400, caplog)
        except json.JSONDecodeError as plain:  # an answer that is not even JSON
            refused, wrong = 1, [str(plain)]
    assert wrong
    proof.tried(refused, faults=1, seed=SEED)
