"""Where WebSockets are blocked: an event stream for what the server says, posts for what the client says.

    GET  /api/stream                 EventSource with the seat's cookie; its first event, `link`, is this link's id
    POST /api/submit?link=<id>       one client message as JSON, the Hello first; answers go out on the stream

The conversation is the same as on a WebSocket, message for message (encoding json). A link that is lost is opened
anew and greeted with cursors.
"""

from __future__ import annotations

import asyncio
import hashlib
from typing import Annotated

import structlog
from fastapi import APIRouter, Query, Request
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kerege.gateway.connection import Connection
from kerege.gateway.cookies import seat_of
from kerege.gateway.desk import Admitted, Desk
from kerege.gateway.errors import POSTS, READS, Refusal, refuses
from kerege.gateway.joining import Done

log = structlog.get_logger("kerege.gateway")

LINK_BYTES = 12
LINKS_PER_DEVICE_MAX = 4
"""A few tabs; one more closes the oldest."""
MESSAGE_BODY = {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}
"""For the description of the API; what is in it stands in /api/messages.json."""


class Link:
    """One event stream and what is posted to it."""

    def __init__(self, desk: Desk, device: str) -> None:
        self.id = hashlib.sha256(desk.chance.draw("stream", device, 32)).hexdigest()[: LINK_BYTES * 2]
        self.device = device
        self.awake = asyncio.Event()
        self.heard_s = desk.now()
        """When the device last said something."""
        self.connection = Connection(desk, "json", self.awake.set, self._admit)
        self._desk = desk

    def _admit(self, ticket: str) -> Admitted | None:
        """A ticket of another device opens nothing here."""
        admitted = self._desk.admit(ticket)
        return admitted if admitted is not None and admitted.device == self.device else None

    async def take(self, data: bytes) -> None:
        """Take one posted message and see it through; a later one does not wait for it."""
        self.heard_s = self._desk.now()
        await self.connection.receive(data)


class StreamResponse(Response):
    """Sends a link's messages as events until either side has had enough."""

    media_type = "text/event-stream"

    def __init__(self, desk: Desk, link: Link, links: dict[str, Link]) -> None:
        super().__init__(headers={"x-accel-buffering": "no", "cache-control": "no-store"})
        del self.headers["content-length"]
        self._desk = desk
        self._link = link
        self._links = links

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  ASGI's shape
        self._links[self._link.id] = self._link
        gone = asyncio.ensure_future(_wait_until_gone(receive))
        sending = asyncio.ensure_future(self._send(send))
        try:
            await asyncio.wait({gone, sending}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._links.pop(self._link.id, None)
            gone.cancel()
            sending.cancel()
            await asyncio.gather(gone, sending, return_exceptions=True)
            self._link.connection.detach()

    async def _send(self, send: Send) -> None:
        bounds, link = self._desk.bounds, self._link
        patient_until = self._desk.now() + bounds.hello_s_max
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        await self._write(send, b"event: link\ndata: %s\n\n" % link.id.encode())
        while not link.connection.over:
            wait_s = bounds.stream_beat_s
            if not link.connection.greeted:
                wait_s = max(0.0, min(wait_s, patient_until - self._desk.now()))
            try:
                async with asyncio.timeout(wait_s):
                    await link.awake.wait()
            except TimeoutError:
                if not link.connection.greeted and self._desk.now() >= patient_until:
                    link.connection.end("hello_late")
                elif self._desk.now() - link.heard_s >= bounds.stream_silent_s_max:
                    link.connection.end("stalled")
                else:
                    await self._write(send, b": beat\n\n")
            link.awake.clear()
            events = b"".join(b"data: %s\n\n" % payload for payload in link.connection.outgoing())
            if events:
                await self._write(send, events)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _write(self, send: Send, body: bytes) -> None:
        """Send; our own server cuts a peer that takes nothing, and under another one it is given up here a little later."""
        bounds = self._desk.bounds
        async with asyncio.timeout(bounds.stall_s_max + bounds.close_s_max):
            await send({"type": "http.response.body", "body": body, "more_body": True})


def stream_routes(desk: Desk) -> APIRouter:
    """The routes of this file."""
    router = APIRouter(prefix="/api")
    links: dict[str, Link] = {}

    @router.get(
        "/stream",
        response_class=Response,
        responses={200: {"content": {"text/event-stream": {}}}, **refuses(*READS, "not_joined")},
    )
    async def open_stream(request: Request) -> Response:
        """Open an event stream for this device."""
        _, device = seat_of(request, desk)
        mine = [link for link in links.values() if link.device == device]
        if len(mine) >= LINKS_PER_DEVICE_MAX:
            mine[0].connection.end("replaced")
        return StreamResponse(desk, Link(desk, device), links)

    @router.post(
        "/submit",
        openapi_extra={"requestBody": MESSAGE_BODY},
        responses=refuses(*POSTS, "not_joined", "not_found"),
    )
    async def take_message(request: Request, link: Annotated[str, Query(max_length=LINK_BYTES * 2)]) -> Done:
        """Say one message on a link of this device."""
        _, device = seat_of(request, desk)
        found = links.get(link)
        if found is None or found.device != device:
            raise Refusal("not_found")
        await found.take(await request.body())
        return Done()

    return router


async def _wait_until_gone(receive: Receive) -> None:
    try:
        while (await receive())["type"] != "http.disconnect":
            pass
    except ClientDisconnect:
        return
