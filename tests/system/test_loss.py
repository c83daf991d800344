"""Loss is never silent, over the real server: an older copy of the file is put back under people who have seen more."""

from __future__ import annotations

import shutil
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import msgspec
import pytest
from websockets.asyncio.client import ClientConnection, connect

from kerege.engine.commands import bodies as b
from kerege.wire.codec import decode_server, encode_client
from kerege.wire.messages import Hello, Proof, Receipt, Snapshot, Submit, Welcome
from tests.system.person import Company, Person
from tests.system.server import Nursery, Server, serving
from tests.system.socket_line import PROTOCOL

if TYPE_CHECKING:
    from pathlib import Path

    from kerege.engine.commands.bodies import AnyCommand
    from kerege.wire.messages import FromServer

FORGED = "A" * 140
RECEIPTS = 3
ROW = ("G5", "an older copy of the file under the real server: the first phone that comes back proves what is gone")


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


@pytest.mark.proof(*ROW)
async def test_an_older_copy_of_the_file_is_noticed_by_the_first_phone_that_comes_back(nursery, tmp_path, proof):
    """Its link is told, nothing more is taken, control sees why and says when play goes on. A forged receipt does nothing."""
    await play_on_an_older_copy(nursery, tmp_path)
    proof.tried(RECEIPTS, faults=1)


@pytest.mark.proof(*ROW, mutant=True)
async def test_a_server_that_takes_every_receipt_for_held_is_caught(nursery, tmp_path):
    """The same on a server to which nothing is ever lost."""
    with pytest.raises(AssertionError, match="the phone was not told of a loss"):
        await play_on_an_older_copy(nursery, tmp_path, "a_loss_is_not_seen")


async def play_on_an_older_copy(nursery: Nursery, tmp_path: Path, leak: str = "") -> None:
    """A phone shows three receipts: one that is held, one that nobody gave, one that the older copy has lost."""
    played = tmp_path / "played"
    async with serving(nursery, played, "first-steps", leak=leak) as server, AsyncExitStack() as ends:
        company = Company(server)
        ends.push_async_callback(company.close)
        await company.open()
        (title, *_) = company.codes
        patrol = await company.come(title)
        seat = Phone(patrol)
        ends.push_async_callback(seat.leave)
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
        assert seat.proofs == ["lost"], "the phone was not told of a loss"
        refused = await seat.do(said(company))
        assert (refused.outcome, refused.code) == ("refused", "lost")

        await company.control.connect(resume=False)
        clock = company.control.items["clock"]["clock"]
        assert clock["lost"]
        assert "lost its last part" in clock["why"]
        assert (await company.control.do(b.Acknowledge())).outcome == "accepted"
        assert (await company.control.do(b.Resume())).outcome == "accepted"
        assert (await seat.do(said(company))).outcome == "accepted"


def said(company: Company) -> b.Say:
    """A few words to control: what every team can do at any time of the play."""
    return b.Say((company.control.stream,), "We are here.")
