"""One device of somebody who takes part."""

from __future__ import annotations

import time

import httpx2
import msgspec
from websockets.asyncio.client import ClientConnection, connect

from kerege.wire.codec import decode_server, encode_client
from kerege.wire.messages import Hello, Receipt, Submit

PROTOCOL = "kerege.1.msgpack"
KEPT_S = 1.0
"""A line between two requests; less than the server keeps it, which may hang up while the next request is on its way."""


class Caller:
    """One device of somebody: comes in by HTTP, and talks over a WebSocket."""

    def __init__(self, url: str) -> None:
        self.page = httpx2.AsyncClient(base_url=url, limits=httpx2.Limits(keepalive_expiry=KEPT_S))
        self._acts = 0
        self._link: ClientConnection | None = None

    async def join(self, code: str) -> Caller:
        """Come in."""
        answer = await self.page.post("/api/join", json={"code": code, "language": "en", "accepted": True})
        assert answer.status_code == 200, answer.text
        return self

    async def ticket(self) -> str:
        """A ticket for one link."""
        ticket: str = (await self.page.post("/api/ticket", json={})).json()["ticket"]
        return ticket

    async def open(self) -> None:
        """Open a link that reads all it is sent."""
        url = str(self.page.base_url).replace("http", "ws").rstrip("/") + "/ws"
        self._link = await connect(url, subprotocols=[PROTOCOL], compression=None, max_size=None, proxy=None)  # type: ignore[list-item]
        await self._link.send(encode_client(Hello(await self.ticket()), "msgpack"))

    async def act(self, command: bytes) -> float:
        """Ask for something that is accepted; milliseconds from asking to its receipt."""
        assert self._link is not None
        self._acts += 1
        name = f"act-{self._acts:08}"
        data = encode_client(Submit(name, 0, msgspec.Raw(command)), "msgpack")
        began = time.perf_counter()
        await self._link.send(data)
        while True:
            payload = await self._link.recv()
            assert isinstance(payload, bytes)
            if name.encode() in payload:  # only a receipt names the act
                took_ms = (time.perf_counter() - began) * 1000
                receipt = decode_server(payload, "msgpack")
                assert isinstance(receipt, Receipt)
                assert receipt.outcome == "accepted", receipt
                return took_ms

    async def close(self) -> None:
        """Gone."""
        if self._link is not None:
            await self._link.close()
        await self.page.aclose()
