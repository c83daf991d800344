"""The whole server on a port of this machine, and a raw line to it that sends what it is told, byte by byte."""

from __future__ import annotations

import asyncio
import base64
import os
import socket
import struct
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import uvicorn

from kerege.gateway.serving import uvicorn_config
from tests.rights.house import House, open_house

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from kerege.gateway.limits import Bounds

PATIENCE_S = 5.0
PROTOCOL = "kerege.1.msgpack"


class Live:
    """A house and where it listens."""

    def __init__(self, house: House, server: uvicorn.Server, port: int) -> None:
        self.house = house
        self.server = server
        self.port = port
        self.url = f"http://127.0.0.1:{port}"

    async def raw(self, **more: str | None) -> Raw:
        """A line whose WebSocket handshake is done."""
        line = await Raw.to(self.port)
        answer = await line.shake(**more)
        assert answer.startswith(b"HTTP/1.1 101"), answer
        return line


@asynccontextmanager
async def live_house(folder: Path, bounds: Bounds | None = None, trusted_proxy: str = "") -> AsyncIterator[Live]:
    """The server runs until the block ends."""
    async with open_house(folder, bounds=bounds) as house:
        config = uvicorn_config(house.app, "127.0.0.1", 0, trusted_proxy)
        config.lifespan = "off"  # the house's own
        server = uvicorn.Server(config)
        listening = socket.create_server(("127.0.0.1", 0))
        serve = asyncio.create_task(server._serve([listening]))
        while not server.started:
            await asyncio.sleep(0.001)
        try:
            yield Live(house, server, listening.getsockname()[1])
        finally:
            server.should_exit = True
            async with asyncio.timeout(PATIENCE_S):
                await serve


class Raw:
    """A TCP connection to the server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
        self.reader, self.writer, self.port = reader, writer, port

    @classmethod
    async def to(cls, port: int, source: str = "127.0.0.1") -> Raw:
        return cls(*await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0)), port)

    async def send(self, data: bytes, step: int = 0) -> None:
        """Send, whole or in steps of so many bytes; nothing is said about a peer that has hung up."""
        try:
            for start in range(0, len(data), step or len(data) or 1):
                self.writer.write(data[start : start + (step or len(data))])
                await self.writer.drain()
                if step:
                    await asyncio.sleep(0)
        except ConnectionError:
            return

    async def shake(self, **more: str | None) -> bytes:
        """A handshake; `more` sets, changes or (None) leaves out headers, `line` the request line. Returns the answer's head."""
        headers: dict[str, str | None] = {
            "host": f"127.0.0.1:{self.port}",
            "upgrade": "websocket",
            "connection": "Upgrade",
            "sec_websocket_key": base64.b64encode(os.urandom(16)).decode(),
            "sec_websocket_version": "13",
            "sec_websocket_protocol": PROTOCOL,
        }
        line = more.pop("line", None) or "GET /ws HTTP/1.1"
        headers |= more
        head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items() if value is not None)
        await self.send(f"{line}\r\n{head}\r\n".encode("latin-1"))
        return await self.head()

    async def head(self) -> bytes:
        """The head of an answer; what came before the end, if the peer hung up."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await self.reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError as cut:
            return cut.partial
        except ConnectionError:
            return b""

    async def frame(self) -> tuple[int, bytes] | None:
        """The next frame from the server, as opcode (with FIN and reserved bits) and payload; None when it hung up."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                first, second = await self.reader.readexactly(2)
                assert not second & 0x80, "a server masks nothing (5.1)"
                length = second & 0x7F
                if length == 126:
                    (length,) = struct.unpack(">H", await self.reader.readexactly(2))
                elif length == 127:
                    (length,) = struct.unpack(">Q", await self.reader.readexactly(8))
                return first, await self.reader.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionError):
            return None

    async def frames(self) -> list[tuple[int, bytes]]:
        """All frames until the server hangs up, or has said Close."""
        found = []
        while (each := await self.frame()) is not None:
            found.append(each)
            if each[0] & 0x0F == 8:
                break
        return found

    def hang_up(self) -> None:
        self.writer.transport.abort()


def frame(
    opcode: int,
    payload: bytes = b"",
    *,
    fin: bool = True,
    masked: bool = True,
    reserved: int = 0,
    claims: int | None = None,
    form: int | None = None,
) -> bytes:
    """
    A client's frame (RFC 6455, 5.2), right or wrong as asked.

    Args:
        reserved: The three reserved bits, 0 to 7.
        claims: The length that the header says, where it is not the payload's.
        form: 7, 16 or 64: in how many bits the length is written, where it is not the shortest way.
    """
    length = len(payload) if claims is None else claims
    form = form or (7 if length < 126 else 16 if length < 1 << 16 else 64)
    mask_bit = 0x80 if masked else 0
    head = bytes([(0x80 if fin else 0) | reserved << 4 | opcode])
    if form == 7:
        head += bytes([mask_bit | length])
    elif form == 16:
        head += bytes([mask_bit | 126]) + struct.pack(">H", length)
    else:
        head += bytes([mask_bit | 127]) + struct.pack(">Q", length)
    if not masked:
        return head + payload
    key = b"\x11\x22\x33\x44"
    return head + key + bytes(byte ^ key[n % 4] for n, byte in enumerate(payload))
