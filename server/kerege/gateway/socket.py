"""The WebSocket at /ws: origin, subprotocol and number of links are checked before it is accepted; then a Hello in time.

Acts are played beside what comes next (a STOP never waits for an act that the disk still holds), receipts come back
as they are ready.
"""

from __future__ import annotations

import asyncio
import contextlib

import structlog
from starlette.websockets import WebSocket, WebSocketDisconnect

from kerege.gateway.connection import Connection
from kerege.gateway.desk import Desk
from kerege.gateway.origin import origin_is_ours
from kerege.gateway.outlets import outlet_for
from kerege.wire.messages import Submit
from kerege.wire.session import PROTOCOLS

log = structlog.get_logger("kerege.gateway")


async def serve_socket(websocket: WebSocket, desk: Desk) -> None:
    """Serve one WebSocket from handshake to close."""
    headers = websocket.headers
    address = websocket.client.host if websocket.client else ""
    protocol = next((name for name in PROTOCOLS if name in websocket.scope["subprotocols"]), None)
    held = desk.lines_by_address.get(address, 0)
    if (
        protocol is None
        or not origin_is_ours(headers.get("origin"), websocket.url.scheme, headers.get("host"), desk.facts.origins)
        or held >= desk.bounds.connections_per_address_max
    ):
        log.info("a socket was refused before the handshake", address=address, protocol=protocol or "none")
        await websocket.close()  # before accept: HTTP 403
        return
    desk.lines_by_address[address] = held + 1
    try:
        await websocket.accept(subprotocol=protocol)
        await _Conversation(websocket, desk, protocol).run()
    finally:
        desk.lines_by_address[address] -= 1
        if not desk.lines_by_address[address]:
            del desk.lines_by_address[address]


class _Conversation:
    """One accepted socket."""

    def __init__(self, websocket: WebSocket, desk: Desk, protocol: str) -> None:
        self._websocket = websocket
        self._desk = desk
        self._encoding = PROTOCOLS[protocol]
        self._outlet = outlet_for(websocket, self._encoding, desk.bounds, desk.turns)
        self._connection = Connection(desk, self._encoding, self._wake)
        self._outlet.connection = self._connection
        self._patience = asyncio.timeout(desk.bounds.hello_s_max)
        self._playing: set[asyncio.Task[None]] = set()

    def _wake(self) -> None:
        self._outlet.wake()
        if self._connection.over:  # ended from elsewhere, or just now: listen no longer
            with contextlib.suppress(RuntimeError):  # already listened its last
                self._patience.reschedule(asyncio.get_running_loop().time())

    async def run(self) -> None:
        """Listen until the peer leaves, the conversation ends, or no Hello comes in time."""
        try:
            async with self._patience:
                await self._listen()
            await self._close()
        except TimeoutError:
            self._connection.end("hello_late")  # unless it has ended for a reason of its own
            await self._close()
        except WebSocketDisconnect:
            pass
        finally:
            self._outlet.let_go()
            self._connection.detach()

    async def _listen(self) -> None:
        while not self._connection.over:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect":
                raise WebSocketDisconnect(message.get("code") or 1000)
            submit = self._take(message.get("bytes"), message.get("text"))
            if submit is not None:
                task = asyncio.get_running_loop().create_task(self._connection.play(submit))
                self._playing.add(task)
                task.add_done_callback(self._playing.discard)
            if self._connection.greeted and not self._connection.over:
                self._patience.reschedule(None)
            await self._outlet.writable()

    def _take(self, data: bytes | None, text: str | None) -> Submit | None:
        if self._encoding == "json" and text is not None:
            return self._connection.accept(text.encode())
        if self._encoding == "msgpack" and data is not None:
            return self._connection.accept(data)
        self._connection.end("wrong_kind")
        return None

    async def _close(self) -> None:
        """Say goodbye and close, but wait for nobody longer than `close_s_max`."""
        with contextlib.suppress(TimeoutError, WebSocketDisconnect, RuntimeError):
            async with asyncio.timeout(self._desk.bounds.close_s_max):
                await self._outlet.finish()
                await self._websocket.close(self._connection.close_number)
