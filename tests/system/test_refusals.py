"""A table of refusals at the real server: each has its stable code, changes nothing, and leaves the others alone."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import msgspec
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from kerege.engine.commands import bodies as b
from kerege.wire.codec import decode_server, encode_client
from kerege.wire.limits import FRAME_BYTES_MAX
from kerege.wire.messages import Hello, Submit
from tests.system.person import Company, Person
from tests.system.server import ROOT, Nursery, Server, serving, until
from tests.system.socket_line import PROTOCOL

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

TEAM, OTHER = "Police patrol", "Investigators"
NOBODY = "ZZZZ"


class House:
    """A running exercise with control, two teams and an observer."""

    def __init__(self, nursery: Nursery, server: Server) -> None:
        self.nursery = nursery
        self.server = server
        self.company = Company(server)
        self.control = self.company.control

    async def open(self) -> None:
        await self.company.open()
        self.player = await self.company.come(TEAM, "player")
        self.bystander = await self.company.come(OTHER, "bystander")
        self.observer = await self.company.come("Observers, with the patrol", "observer")

    async def stranger(self, *, cookies: Any = None) -> Person:
        person = Person(self.server, "stranger")
        if cookies is not None:
            person.page.cookies = cookies
        self.company.people.append(person)
        return person


async def says(house: House, *data: bytes | str, ticket: str | None = None, **how: Any) -> str:
    """How a link ends on which this is said (after a Hello, unless `ticket` is empty): 'goodbye code, close number'."""
    player = house.player
    if ticket is None:
        ticket = (await player.post("/api/ticket")).json()["ticket"]
    how = {"subprotocols": [PROTOCOL], **how}
    code = ""
    try:
        async with connect(house.server.url.replace("http", "ws") + "/ws", compression=None, proxy=None, **how) as link:
            if ticket:
                await link.send(encode_client(Hello(ticket), "msgpack"))
            for each in data:
                await link.send(each)
            async for payload in link:
                message = decode_server(payload, "msgpack")  # type: ignore[arg-type]
                code = getattr(message, "code", code)
            return f"{code} {link.close_code}"
    except ConnectionClosed as closed:
        return f"{code} {closed.rcvd.code if closed.rcvd else 0}"
    except InvalidStatus as refused:
        return f"handshake {refused.response.status_code}"


async def acts(person: Person, command: Any) -> str:
    receipt = await person.do(command)
    return f"{receipt.outcome} {receipt.code}"


async def sends(person: Person, command: bytes) -> str:
    """A command's bytes, whatever they are."""
    await person.send(encode_client(Submit("raw-command", 0, msgspec.Raw(command)), "msgpack"))
    await until(lambda: "raw-command" in person.receipts, "a receipt")
    (receipt,) = person.receipts.pop("raw-command")
    return f"{receipt.outcome} {receipt.code}"


async def asks(person: Person, method: str, path: str, **parts: Any) -> str:
    answer = await person.ask(method, path, **parts)
    return f"{answer.status_code} {answer.json()['code']}"


async def used_ticket(house: House) -> str:
    ticket = (await house.player.post("/api/ticket")).json()["ticket"]
    stranger = await house.stranger(cookies=house.player.page.cookies)
    await stranger.connect(ticket=ticket)
    return await says(house, ticket=ticket)


async def no_cookie(house: House) -> str:
    return await asks(await house.stranger(), "GET", "/api/me")


async def other_exercise(house: House) -> str:
    """The cookie and the ticket of a seat at another server open nothing here."""
    async with serving(house.nursery, house.server.folder / "other", "first-steps") as server:
        guest = Person(server)
        await guest.join(server.control_code)
        ticket = (await guest.post("/api/ticket")).json()["ticket"]
        token = guest.page.cookies["kerege"]
        await guest.close()
    assert await says(house, ticket=ticket) == "ticket_refused 4403"
    stranger = await house.stranger()
    stranger.page.cookies.set("kerege", token)
    return await asks(stranger, "GET", "/api/control/lobby")


async def revoked(house: House) -> str:
    """Control frees a seat: its link ends, its cookie and its ticket open nothing."""
    guest = await house.company.come(TEAM, "guest")
    ticket = (await guest.post("/api/ticket")).json()["ticket"]
    assert (await house.control.post(f"/api/control/seats/{guest.seat}/revoke")).status_code == 200
    await until(lambda: not guest.connected, "the end of a revoked link", 2)
    assert guest.connections[-1].sorts[-1] == "goodbye"
    assert guest.connections[-1].close is not None
    assert guest.connections[-1].close[0] == 4410
    assert await says(house, ticket=ticket) == "ticket_refused 4403"
    return await asks(guest, "GET", "/api/me")


async def other_stream(house: House) -> str:
    """A team's stream and one that does not exist are denied in the same bytes, the name aside."""
    found = []
    for stream in (house.bystander.stream, house.observer.stream, house.control.stream, "nothing1"):
        count = len(house.player.connections[-1].payloads)
        await house.player.open(stream)
        payload = house.player.connections[-1].payloads[count]
        found.append(payload.replace(stream.encode(), b"?" * 8))
    assert len(set(found)) == 1
    return decode_server(found[0], "msgpack").text  # type: ignore[union-attr]


async def not_met(house: House) -> str:
    """A handle that is somebody's, whom this team has not met, and one that is nobody's: equal bytes."""
    everybody = house.control.items["faces"]
    mine = house.player.items["faces"]
    hidden = sorted(key for key, face in everybody.items() if face["kind"] == "person" and key not in mine)
    assert hidden
    assert NOBODY not in everybody
    offers = house.player.items["offers"]
    code, name = next(
        (code, ask["name"])
        for code, offer in sorted(offers.items())
        for ask in offer["asks"]
        if "person" in ask["kinds"]
    )
    field = next(key for key, each in sorted(house.player.items["fields"].items()))
    found: set[bytes] = set()
    for handle in (*hidden, NOBODY):
        for n, command in enumerate(
            (
                b.Ask(code, None, {name: handle}),
                b.Heard(house.bystander.stream, handle, field, None),
                b.Heard(handle, next(iter(mine)), field, None),
            )
        ):
            count = len(house.player.connections[-1].payloads)
            await house.player.do(command, f"same-id-{n}")
            found.add(house.player.connections[-1].payloads[count])
    receipts = [decode_server(payload, "msgpack") for payload in found]
    assert len(found) == 3, receipts
    return " ".join(sorted({f"{each.outcome} {each.code}" for each in receipts}))  # type: ignore[union-attr]


async def wrong_origin(house: House) -> str:
    return await says(house, origin="http://evil.example")


BEAT = b"\x81\xa4type\xa4beat"
Row = tuple[str, "Callable[[House], Awaitable[str]]", str]
TABLE: list[Row] = [
    # bytes
    ("garbage", lambda h: says(h, b"\xc1\xc1\xc1"), "bad_bytes 4400"),
    ("an empty frame", lambda h: says(h, b""), "bad_bytes 4400"),
    ("half a message", lambda h: says(h, BEAT[:-1]), "bad_bytes 4400"),
    ("a message and a byte", lambda h: says(h, BEAT + b"\x00"), "bad_bytes 4400"),
    ("no such message", lambda h: says(h, b"\x81\xa4type\xa4bomb"), "bad_message 4400"),
    ("one field too many", lambda h: says(h, b"\x82\xa4type\xa4beat\xa4seat\xa1x"), "bad_message 4400"),
    ("a key twice", lambda h: says(h, b"\x82\xa4type\xa4beat\xa4type\xa4beat"), "bad_value 4400"),
    ("nested arrays", lambda h: says(h, b"\x91" * 10_000 + b"\x90"), "bad_bytes 4400"),
    ("a float", lambda h: says(h, b"\x81\xa4type\xcb\x7f\xf8\x00\x00\x00\x00\x00\x00"), "bad_value 4400"),
    ("an extension", lambda h: says(h, b"\x81\xa4type\xd4\x05\x00"), "bad_value 4400"),
    ("a claim of 4 GiB", lambda h: says(h, b"\xdd\xff\xff\xff\xff"), "bad_bytes 4400"),
    ("one byte past the bound", lambda h: says(h, b"\x00" * (FRAME_BYTES_MAX + 1)), " 1009"),
    ("a megabyte", lambda h: says(h, b"\x90" * (1 << 20)), " 1009"),
    ("text on a binary link", lambda h: says(h, '{"type":"beat"}'), "wrong_kind 1003"),
    ("another subprotocol", lambda h: says(h, subprotocols=["kerege.2.msgpack"]), "handshake 403"),
    ("no subprotocol", lambda h: says(h, subprotocols=None), "handshake 403"),
    # who
    ("an act before hello", lambda h: says(h, BEAT, ticket=""), "hello_first 4401"),
    ("hello twice", lambda h: says(h, encode_client(Hello("x" * 32), "msgpack")), "hello_twice 4401"),
    ("no such ticket", lambda h: says(h, ticket="x" * 32), "ticket_refused 4403"),
    ("a ticket twice", used_ticket, "ticket_refused 4403"),
    ("control of another exercise", other_exercise, "404 not_found"),
    ("a revoked seat", revoked, "401 not_joined"),
    ("a page of another origin, by socket", wrong_origin, "handshake 403"),
    ("a page in a sandbox, by socket", lambda h: says(h, origin="null"), "handshake 403"),
    ("a page of another origin, by HTTP",
     lambda h: asks(h.player, "POST", "/api/ticket", json={}, headers={"origin": "http://evil.example"}), "403 bad_origin"),
    ("a form of another site",
     lambda h: asks(h.player, "POST", "/api/leave", data={"a": "b"}, headers={"sec-fetch-site": "cross-site"}),
     "403 bad_origin"),
    ("a body that is no JSON", lambda h: asks(h.player, "POST", "/api/ticket", content=b"{}"), "415 not_json"),
    ("a body too large",
     lambda h: asks(h.player, "POST", "/api/ticket", content=b'"%s"' % (b"x" * 30_000), headers={"content-type": "application/json"}),
     "413 too_big"),
    ("an unknown field", lambda h: asks(h.player, "POST", "/api/ticket", json={"seat": "x"}), "400 bad_request"),
    ("no cookie", no_cookie, "401 not_joined"),
    ("a code that opens nothing",
     lambda h: asks(h.player, "POST", "/api/join", json={"code": "AAAAAA", "language": "en", "accepted": True}),
     "404 no_such_code"),
    ("the control link, twice",
     lambda h: asks(h.player, "POST", "/api/join", json={"code": h.server.control_code, "language": "en", "accepted": True}),
     "404 no_such_code"),
    ("the lobby, for a player", lambda h: asks(h.player, "GET", "/api/control/lobby"), "404 not_found"),
    ("freeing a seat, for a player",
     lambda h: asks(h.player, "POST", f"/api/control/seats/{h.bystander.seat}/revoke", json={}), "404 not_found"),
    ("the last page before the end", lambda h: asks(h.player, "GET", "/last-page"), "404 not_found"),
    ("the evaluators' notes, for a player", lambda h: asks(h.player, "GET", "/notes"), "404 not_found"),
    ("the evaluators' notes before the end", lambda h: asks(h.control, "GET", "/notes"), "404 not_found"),
    ("what a team knew, before the end", lambda h: asks(h.control, "GET", "/known?note=1"), "404 not_found"),
    ("another's stream", other_stream, "There is no such view for you."),
    # acts
    ("a second STARTEX", lambda h: acts(h.control, b.Start()), "refused already_started"),
    ("STARTEX by a player", lambda h: acts(h.player, b.Start()), "refused not_yours"),
    ("an observer who acts", lambda h: acts(h.observer, b.Say((h.bystander.stream,), "psst")), "refused not_yours"),
    ("a command of the room's own", lambda h: acts(h.control, b.Tick()), "refused not_yours"),
    ("a command nobody knows", lambda h: sends(h.player, msgspec.msgpack.encode({"do": "win"})), "refused unreadable"),
    ("a command that is a number", lambda h: sends(h.player, b"\x07"), "refused unreadable"),
    ("a field too many",
     lambda h: sends(h.player, msgspec.msgpack.encode({"do": "pause", "seat": "control"})), "refused unreadable"),
    ("words past the bound",
     lambda h: sends(h.player, msgspec.msgpack.encode({"do": "say", "to": [h.bystander.stream], "text": "x" * 1001})),
     "refused unreadable"),
    ("words for nobody", lambda h: acts(h.player, b.Say((NOBODY,), "hello")), "refused unknown"),
    ("a record that is not mine", lambda h: acts(h.player, b.Share(("r9999",), (h.bystander.stream,))), "refused unknown"),
    ("an act that does not exist", lambda h: acts(h.player, b.Ask("nosuchact")), "refused not_offered"),
    ("a handle not met, and nobody's", not_met, "refused unknown"),
]  # fmt: skip


async def test_every_refusal_has_its_code_and_changes_nothing(nursery, tmp_path):
    """After each row the others' views stand where they stood; after all, the log holds what was accepted, no more."""
    async with serving(nursery, tmp_path, "silver-reed") as server:
        house = House(nursery, server)
        await house.open()
        wrong = []
        for name, refused, expected in TABLE:
            for person in (house.player, house.bystander, house.observer, house.control):
                if not person.connected:
                    await person.connect()
                await person.beat()
            before = [(person.place, person.snapshots) for person in (house.player, house.bystander, house.control)]
            got = await refused(house)
            for person in (house.player, house.bystander, house.control):
                assert person.connected, f"{name}: cut off {person.name}"
                await person.beat()
            assert before == [
                (person.place, person.snapshots) for person in (house.player, house.bystander, house.control)
            ], name
            if got != expected:
                wrong.append(f"{name}: {got!r}, not {expected!r}")
        assert not wrong, "\n".join(wrong)
        said = await house.player.do(b.Say((house.bystander.stream,), "still here"))
        assert said.outcome == "accepted"
        await house.bystander.beat()
        assert any(
            part[0] == "still here" for each in house.bystander.items["messages"].values() for part in each["parts"]
        )
        await house.company.close()
        server.stop()
        asked = [step.command for step in await server.steps() if step.seat]
        assert [type(command) for command in asked] == [b.Start, b.Say]
        assert "evil" not in server.said
    print(f"{len(TABLE)} refusals")


def test_a_bad_pack_is_never_served(tmp_path):
    """`kerege serve` says where it is wrong, by file and line, and keeps nothing."""
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "pack.yaml").write_text("title: x\nno_such_key: 1\nno_such_key: 2\n")
    found = subprocess.run(
        [sys.executable, "-c", "from kerege.cli import main; main()", "serve", str(bad), "--data", str(tmp_path / "data"), "--port", "0"],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT / "server")}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert found.returncode not in {0, -9}
    assert "pack.yaml:" in found.stderr
    assert "Traceback" not in found.stderr
    assert not (tmp_path / "data").exists()
