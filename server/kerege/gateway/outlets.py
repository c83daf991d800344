"""Two ways out of the server for one connection's bytes; both read the connection only while the peer takes bytes.

    FramedOutlet   on a wake, everything from the connection's place to the head in one write to the transport
    AsgiOutlet     the same through ASGI sends, one message at a time: for servers other than ours

Many wakes of one turn of the event loop make one write; observers have their turn after the play (`turns`). A peer that takes nothing for `stall_s_max` is cut off; one
that takes little is kept, and costs at most `write_buffer_bytes_max` and one batch.
"""

from __future__ import annotations

import asyncio
from typing import Protocol

import structlog
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from kerege.gateway.connection import Connection
from kerege.gateway.limits import Bounds
from kerege.gateway.protocols import EXTENSION, FramedWebSocket
from kerege.gateway.stalls import StallWatch
from kerege.gateway.texts import say
from kerege.gateway.turns import Turns
from kerege.wire.codec import Encoding, encode
from kerege.wire.framing import server_frame
from kerege.wire.messages import Goodbye

log = structlog.get_logger("kerege.gateway")


class Outlet(Protocol):
    """One connection's way out."""

    def wake(self) -> None:
        """There may be something to send; called as often as one likes."""
        ...

    async def writable(self) -> None:
        """Wait while the peer takes nothing: whoever reads from it reads no more meanwhile."""
        ...

    async def finish(self) -> None:
        """Send what is left, as far as the peer takes it. The link is then closed by the caller."""
        ...

    def let_go(self) -> None:
        """The link is closed or closing: hold nothing, and cut it if the peer does not close in time."""
        ...


class FramedOutlet:
    """Writes framed bytes to the transport of our own protocol."""

    def __init__(self, protocol: FramedWebSocket, encoding: Encoding, bounds: Bounds, turns: Turns) -> None:
        self.connection: Connection | None = None
        self._protocol = protocol
        self._encoding: Encoding = encoding
        self._bounds = bounds
        self._turns = turns
        self._loop = asyncio.get_running_loop()
        self._armed = False
        self._open = asyncio.Event()
        self._open.set()
        self._watch = StallWatch(bounds.stall_s_max, protocol.waiting_bytes, self._cut)
        protocol.take_flow(self, bounds)

    def wake(self) -> None:
        if not self._armed and self._open.is_set():
            self._armed = True
            self._turns.soon(self._flush, observer=self.connection is not None and self.connection.observes)

    async def writable(self) -> None:
        await self._open.wait()

    async def finish(self) -> None:
        self._flush()

    def let_go(self) -> None:
        self.connection = None
        self._watch.stop()
        self._protocol.flow = None
        self._loop.call_later(self._bounds.close_s_max, self._protocol.cut)

    def pause(self) -> None:
        self._open.clear()
        self._watch.start()

    def resume(self) -> None:
        self._watch.stop()
        self._open.set()
        self.wake()

    def lost(self) -> None:
        self._watch.stop()
        self._open.set()

    def last_words(self) -> bytes:
        goodbye = Goodbye("restarting", say("goodbye-restarting", "en"))
        return server_frame(encode(goodbye, self._encoding), text=self._encoding == "json")

    def _flush(self) -> None:
        self._armed = False
        if self.connection is None or not self._open.is_set():
            return
        try:
            frames = self.connection.framed()
        except Exception:  # a view that cannot be shown ends its own links and nobody else's
            log.exception("a view could not be read", seat=self.connection.seat_id)
            self.connection.end("room_failed")
            return
        if frames:
            self._protocol.write_frames(frames[0] if len(frames) == 1 else b"".join(frames))

    def _cut(self) -> None:
        log.info("a peer stopped reading", seat=self.connection.seat_id if self.connection else "")
        self._protocol.cut()


class AsgiOutlet:
    """Sends through ASGI; a task of its own waits for the peer, nobody else does."""

    def __init__(self, websocket: WebSocket, encoding: Encoding, bounds: Bounds) -> None:
        self.connection: Connection | None = None
        self._websocket = websocket
        self._text = encoding == "json"
        self._bounds = bounds
        self._awake = asyncio.Event()
        self._open = asyncio.Event()
        self._open.set()
        self._pump = asyncio.get_running_loop().create_task(self._send_all())

    def wake(self) -> None:
        self._awake.set()

    async def writable(self) -> None:
        await self._open.wait()

    async def finish(self) -> None:
        await self._open.wait()
        if not self._pump.done():  # else the peer takes nothing
            await self._send_due()

    def let_go(self) -> None:
        self.connection = None
        self._pump.cancel()

    async def _send_all(self) -> None:
        while True:
            await self._awake.wait()
            self._awake.clear()
            self._open.clear()
            try:
                if not await self._send_due():
                    if self.connection is not None:
                        self.connection.end("stalled")
                    return
            finally:
                self._open.set()

    def _due(self) -> list[bytes]:
        if self.connection is None:
            return []
        try:
            return self.connection.outgoing()
        except Exception:  # as above
            log.exception("a view could not be read", seat=self.connection.seat_id)
            self.connection.end("room_failed")
            return self.connection.outgoing()

    async def _send_due(self) -> bool:
        """Send all that is due; False once the peer is gone or takes nothing."""
        due = self._due()
        for payload in due:
            if self._websocket.application_state is not WebSocketState.CONNECTED:
                return False
            try:
                async with asyncio.timeout(self._bounds.stall_s_max):
                    await (
                        self._websocket.send_text(payload.decode())
                        if self._text
                        else self._websocket.send_bytes(payload)
                    )
            except (TimeoutError, WebSocketDisconnect, RuntimeError):
                return False
        return True


def outlet_for(websocket: WebSocket, encoding: Encoding, bounds: Bounds, turns: Turns) -> FramedOutlet | AsgiOutlet:
    """The best way out that this server offers."""
    protocol = websocket.scope.get("extensions", {}).get(EXTENSION)
    if isinstance(protocol, FramedWebSocket):
        return FramedOutlet(protocol, encoding, bounds, turns)
    return AsgiOutlet(websocket, encoding, bounds)
