"""The real server on a port of this machine, and who comes to it: a client that greets, one that never reads, a browser."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager

import httpx2
import pytest
import uvicorn
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from kerege.gateway.application import build_gateway
from kerege.gateway.serving import uvicorn_config
from kerege.wire.messages import Hello
from tests.gateway.fakes import build_house, kinds, read, write

PROTOCOL = {"msgpack": "kerege.1.msgpack", "json": "kerege.1.json"}
PATIENCE_S = 5


class Running:
    """A house with its server on a port of this machine."""

    def __init__(self, house, server: uvicorn.Server, port: int) -> None:
        self.house, self.server, self.port = house, server, port
        self.deaf: list[Deaf] = []

    def connect(self, encoding="msgpack", **options):
        options.setdefault("subprotocols", [PROTOCOL[encoding]])
        return connect(f"ws://127.0.0.1:{self.port}/ws", compression=None, **options)

    @asynccontextmanager
    async def talking(self, viewer="patrol", encoding="msgpack", joined=None, **options):
        """A client that has greeted and holds its snapshot."""
        async with self.connect(encoding, **options) as link:
            joined = joined or self.house.sit(viewer)
            await self.say(link, Hello(self.house.desk.tickets.issue(joined.device)), encoding)
            assert kinds(await self.hear(link, 2, encoding)) == ["Welcome", "Snapshot"]
            yield link

    @staticmethod
    async def say(link, message, encoding="msgpack"):
        data = write(message, encoding)
        await link.send(data.decode() if encoding == "json" else data)

    @staticmethod
    async def hear(link, count=1, encoding="msgpack") -> list:
        async with asyncio.timeout(PATIENCE_S):
            payloads = [await link.recv() for _ in range(count)]
        return read([data.encode() if isinstance(data, str) else data for data in payloads], encoding)

    @staticmethod
    async def ending(link, encoding="msgpack") -> tuple[str, int]:
        """The goodbye and the number of the close frame."""
        goodbye = (await Running.hear(link, 1, encoding))[0]
        async with asyncio.timeout(PATIENCE_S):
            with pytest.raises(ConnectionClosed) as closed:
                await link.recv()
        return goodbye.code, closed.value.rcvd.code


@asynccontextmanager
async def serving(bounds=None, ws=None, **facts):
    house = build_house(bounds, **facts)
    config = uvicorn_config(build_gateway(house.desk), "127.0.0.1", 0)
    if ws is not None:
        config.ws = ws
    server = uvicorn.Server(config)
    listening = socket.create_server(("127.0.0.1", 0))
    serve = asyncio.create_task(server._serve([listening]))  # serve() would take over the signals of the test run
    while not server.started:
        await asyncio.sleep(0.001)
    running = Running(house, server, listening.getsockname()[1])
    try:
        yield running
    finally:
        for deaf in running.deaf:
            deaf.socket.close()
        server.should_exit = True
        async with asyncio.timeout(PATIENCE_S):
            await serve
        house.seats.close()


class Deaf:
    """A client that greets and then never reads: a raw socket with a small window."""

    def __init__(self, running, receive_bytes=4096) -> None:
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        self.socket.setblocking(False)
        self.running = running

    async def greet(self, joined):
        loop = asyncio.get_running_loop()
        await loop.sock_connect(self.socket, ("127.0.0.1", self.running.port))
        head = (
            "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: kerege.1.msgpack\r\n\r\n"
        )
        hello = write(Hello(self.running.house.desk.tickets.issue(joined.device)))
        frame = bytes((0x82, 0x80 | len(hello))) + b"\0\0\0\0" + hello  # a mask of zeros
        before = len(self.running.house.room.readers)
        await loop.sock_sendall(self.socket, head.encode())
        assert b" 101 " in await loop.sock_recv(self.socket, 1000)
        await loop.sock_sendall(self.socket, frame)
        assert await soon(lambda: len(self.running.house.room.readers) > before)
        self.running.deaf.append(self)
        return self.running.house.room.readers[-1]


@asynccontextmanager
async def browsing(running, joined):
    cookies = {"kerege": joined.token}
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{running.port}", cookies=cookies) as page:
        yield page


async def events(response):
    """The events of a stream: (name, data)."""
    name = "message"
    async for line in response.aiter_lines():
        if line.startswith("event: "):
            name = line[7:]
        elif line.startswith("data: "):
            yield name, line[6:]
            name = "message"


def waiting(connection) -> int:
    return connection.transport.get_write_buffer_size()


async def soon(holds, within_s=PATIENCE_S) -> bool:
    """Whether it comes to hold within that time."""
    try:
        async with asyncio.timeout(within_s):
            while not holds():
                await asyncio.sleep(0.005)
    except TimeoutError:
        return False
    return True
