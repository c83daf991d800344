"""uvicorn's own protocols with four things added: pre-framed writes, patience that ends, rests between crumbs, and a goodbye at shutdown.

    FramedWebSocket   hands the endpoint its transport, so that bytes framed once are written to many sockets; reads from
                      a peer that sends byte by byte twice a second
    PatientHttp       closes a connection whose request head does not arrive in time, or whose peer takes none of the
                      answer (uvicorn waits for ever for both)

`WebSocketsSansIOProtocol` is uvicorn's private affair: its version is locked, the endpoint works without it
(`outlets.AsgiOutlet`), and tests run both roads.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import Any, Protocol, cast

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode, Frame
from websockets.http11 import Request

from kerege.gateway.limits import Bounds
from kerege.gateway.stalls import StallWatch

FRAGMENTS_MAX = 64
"""Of one message: no client of ours fragments, and an empty fragment costs its sender six bytes and us a place in a list."""
PONGS_BYTES_MAX = 64 * 1024
"""Pongs are dropped while more than this waits for the peer: it would be answered for what it does not read (RFC 6455, 5.5.3
lets the latest ping alone be answered)."""

CRUMB_BYTES_MAX = 5
"""Less than any frame of a client has (RFC 6455, 5.2: a head of two bytes and a mask of four): who sends so little sends in crumbs."""
CRUMB_REST_S = 0.5
"""Before more is read from who sends in crumbs; meanwhile the kernel gathers them. Two hundred such peers wake the server 400 times a second, however fast they are."""

BAD_HEAD = b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
"""The answer to a handshake that has come whole and cannot be read."""

EXTENSION = "kerege.framed"
"""Where the endpoint finds the protocol: `scope["extensions"][EXTENSION]`."""


class Flow(Protocol):
    """Who wants to know whether the peer takes its bytes."""

    def pause(self) -> None:
        """Too much waits; write no more."""
        ...

    def resume(self) -> None:
        """The peer has taken enough; go on."""
        ...

    def lost(self) -> None:
        """The link is gone; nobody will resume."""
        ...

    def last_words(self) -> bytes:
        """The server stops: a whole frame to send before the close frame, or nothing."""
        ...


class FramedWebSocket(WebSocketsSansIOProtocol):
    """A WebSocket whose transport the endpoint may write whole frames to."""

    flow: Flow | None = None

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):
            extensions = cast("dict[str, Any]", self.scope["extensions"])
            extensions[EXTENSION] = self

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if not self.handshake_initiated and self.conn.handshake_exc is not None:
            # uvicorn would say nothing, hold the line for ever, and fail over it when the server stops.
            self.handshake_complete = self.close_sent = True
            self.transport.write(BAD_HEAD)
            self.transport.close()
        elif len(data) <= CRUMB_BYTES_MAX and not self.read_paused:
            self.transport.pause_reading()
            self.loop.call_later(CRUMB_REST_S, self._read_on)

    def _read_on(self) -> None:
        if not self.read_paused:  # else the endpoint goes on when it has taken what came before
            self.transport.resume_reading()

    def handle_cont(self, event: Frame) -> None:
        if len(self.frames) >= FRAGMENTS_MAX:
            self._break_off(CloseCode.MESSAGE_TOO_BIG)
        else:
            super().handle_cont(event)

    def send_receive_event_to_app(self) -> None:
        if self.curr_msg_data_type == "text" and not _is_utf8(self.frames):
            self._break_off(CloseCode.INVALID_DATA)  # uvicorn's own answer, without a traceback for the peer's fault
        else:
            super().send_receive_event_to_app()

    def _break_off(self, code: CloseCode) -> None:
        """The peer broke the protocol in a way that the parser below does not look at."""
        self.frames = []
        if not self.close_sent:
            self.conn.fail(code)
            self.handle_parser_exception()

    def handle_ping(self) -> None:
        if self.waiting_bytes() <= PONGS_BYTES_MAX:
            super().handle_ping()
        else:
            self.conn.data_to_send()  # the pong that the parser has made

    def take_flow(self, flow: Flow, bounds: Bounds) -> None:
        """From now on `flow` hears of back-pressure; set how much may wait here and in the kernel."""
        self.flow = flow
        self.transport.set_write_buffer_limits(high=bounds.write_buffer_bytes_max)
        raw_socket = self.transport.get_extra_info("socket")
        if raw_socket is not None:
            with contextlib.suppress(OSError):
                raw_socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, bounds.send_buffer_bytes)
                # asyncio sets it only on sockets that name their protocol, and accepted ones do not: without it a receipt
                # waits 40 ms for the phone's delayed acknowledgement of the frame before it.
                raw_socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def write_frames(self, frames: bytes) -> bool:
        """Write whole frames in one go. False: the link is closing, nothing was written."""
        if self.close_sent or self.disconnected or self.transport.is_closing():
            return False
        self.transport.write(frames)
        return True

    def waiting_bytes(self) -> int:
        """How much the peer has not taken yet, beyond the kernel's buffer."""
        return self.transport.get_write_buffer_size()

    def cut(self) -> None:
        """Drop the link now, with whatever waits."""
        self.transport.abort()

    def pause_writing(self) -> None:
        super().pause_writing()
        if self.flow is not None:
            self.flow.pause()

    def resume_writing(self) -> None:
        super().resume_writing()
        if self.flow is not None:
            self.flow.resume()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self.flow is not None:
            self.flow.lost()

    def shutdown(self) -> None:
        if self.flow is not None and self.handshake_complete:
            words = self.flow.last_words()
            if words:
                self.write_frames(words)
        super().shutdown()


def _is_utf8(fragments: list[bytes]) -> bool:
    try:
        b"".join(fragments).decode()
    except UnicodeDecodeError:
        return False
    return True


class PatientHttp(H11Protocol):
    """HTTP/1.1 that gives a request's head a bounded time to arrive, and a peer a bounded time to take something."""

    head_s_max = Bounds().request_head_s_max
    stall_s_max = Bounds().stall_s_max
    head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.stall = StallWatch(self.stall_s_max, transport.get_write_buffer_size, transport.abort)
        self._expect_head()

    def pause_writing(self) -> None:
        super().pause_writing()
        self.stall.start()

    def resume_writing(self) -> None:
        super().resume_writing()
        self.stall.stop()

    def data_received(self, data: bytes) -> None:
        if self.head_timer is None and not self._answering():
            self._expect_head()  # the next request on a kept connection has begun
        super().data_received(data)
        if self._answering():
            self._stop_expecting()

    def handle_websocket_upgrade(self, event: Any) -> None:
        self._stop_expecting()
        super().handle_websocket_upgrade(event)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_expecting()
        self.stall.stop()
        super().connection_lost(exc)

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        if self.transport.is_closing():  # an answer that the peer never takes would hold the line for ever
            self.loop.call_later(self.stall_s_max, self.transport.abort)

    def _answering(self) -> bool:
        """Whether a request's head has come and its answer is not complete."""
        cycle = cast("RequestResponseCycle | None", self.cycle)  # uvicorn declares away its None
        return cycle is not None and not cycle.response_complete

    def _expect_head(self) -> None:
        self.head_timer = self.loop.call_later(self.head_s_max, self._head_is_late)

    def _stop_expecting(self) -> None:
        if self.head_timer is not None:
            self.head_timer.cancel()
            self.head_timer = None

    def _head_is_late(self) -> None:
        self.head_timer = None
        self.transport.abort()
