"""Loss is never silent, over the real server: an older copy of the file is put back under people who have seen more."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import msgspec
from websockets.asyncio.client import ClientConnection, connect

from kerege.engine.commands import bodies as b
from kerege.wire.codec import decode_server, encode_client
from kerege.wire.messages import Hello, Proof, Receipt, Snapshot, Submit, Welcome
from tests.system.person import Company, Person
from tests.system.server import Server, serving
from tests.system.socket_line import PROTOCOL

if TYPE_CHECKING:
    from pathlib import Path

    from kerege.engine.commands.bodies import AnyCommand
    from kerege.wire.messages import FromServer

FORGED = "A" * 140


class Phone:
    """One link of a person that shows its last receipt, as the client does."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.receipt = ""
        self.heard: list[FromServer] = []
        self._acts = 0

    async def come(self, receipt: str) -> None:
        """Say hello with a receipt; returns when the view is there."""
        ticket = (await self.person.post("/api/ticket")).json()["ticket"]
        self.heard.clear()
        self._link: ClientConnection = await connect(
            self.person.server.url.replace("http", "ws") + "/ws",
            subprotocols=[PROTOCOL],  # type: ignore[list-item]  # a NewType of str
            compression=None, max_size=None, proxy=None, ping_interval=None,
        )  # fmt: skip
        await self._link.send(encode_client(Hello(ticket, receipt=receipt), "msgpack"))
        await self.hear(Snapshot)

    async def hear(self, sort: type) -> FromServer:
        """Listen until a message of this sort has come."""
        while not self.heard or not isinstance(self.heard[-1], sort):
            payload = await self._link.recv()
            assert isinstance(payload, bytes)
            self.heard.append(decode_server(payload, "msgpack"))
        return self.heard[-1]

    async def do(self, command: AnyCommand) -> Receipt:
        """Act, and wait for the receipt."""
        self._acts += 1
        raw = msgspec.Raw(msgspec.msgpack.encode(command))
        await self._link.send(encode_client(Submit(f"phone-{self.person.name}-{self._acts:04}", 0, raw), "msgpack"))
        self.heard.clear()
        receipt = await self.hear(Receipt)
        assert isinstance(receipt, Receipt)
        return receipt

    async def leave(self) -> None:
        """Hang up."""
        await self._link.close()

    @property
    def proofs(self) -> list[str]:
        """What the server said of the receipt."""
        return [each.outcome for each in self.heard if isinstance(each, Proof)]


def files(server: Server) -> list[Path]:
    """The exercise's file and what SQLite keeps beside it."""
    return sorted(server.log_path.parent.glob(f"{server.log_path.name}*"))


def put_back(server: Server, copy: Path) -> None:
    """The older copy takes the file's place."""
    for path in files(server):
        path.unlink()
    for path in copy.iterdir():
        shutil.copy2(path, server.log_path.parent / path.name)


async def test_an_older_copy_of_the_file_is_noticed_by_the_first_phone_that_comes_back(nursery, tmp_path):
    """Its link is told, nothing more is taken, control sees why and says when play goes on. A forged receipt does nothing."""
    async with serving(nursery, tmp_path / "played", "first-steps") as server:
        company = Company(server)
        await company.open()
        (title, *_) = company.codes
        patrol = await company.come(title)
        seat = Phone(patrol)
        await patrol.hang_up()
        await seat.come("")
        held = (await seat.do(said(company))).token
        assert held
        await seat.leave()
        await company.control.hang_up()
        server.stop()
        copy = tmp_path / "copy"
        copy.mkdir()
        for path in files(server):
            shutil.copy2(path, copy / path.name)

        await server.start()
        await seat.come(held)
        assert seat.proofs == [], "the log still holds what was acknowledged"
        lost = (await seat.do(said(company))).token
        await seat.leave()
        server.stop()
        put_back(server, copy)
        await server.start()

        await seat.come(FORGED)
        assert seat.proofs == ["refused"]
        assert (await seat.do(said(company))).outcome == "accepted", "which stops nothing"
        await seat.leave()
        await seat.come(lost)
        assert isinstance(seat.heard[0], Welcome)
        assert seat.proofs == ["lost"]
        refused = await seat.do(said(company))
        assert (refused.outcome, refused.code) == ("refused", "lost")

        await company.control.connect(resume=False)
        clock = company.control.items["clock"]["clock"]
        assert clock["lost"]
        assert "lost its last part" in clock["why"]
        assert (await company.control.do(b.Acknowledge())).outcome == "accepted"
        assert (await company.control.do(b.Resume())).outcome == "accepted"
        assert (await seat.do(said(company))).outcome == "accepted"
        await seat.leave()
        await company.close()


def said(company: Company) -> b.Say:
    """A few words to control: what every team can do at any time of the play."""
    return b.Say((company.control.stream,), "We are here.")
