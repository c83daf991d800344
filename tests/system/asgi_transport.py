"""HTTP to an application in this process: as httpx2's own ASGITransport, but an answer is read while it is still being sent,
which an event stream needs."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx2

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import ASGIApp, Message


class AsgiTransport(httpx2.AsyncBaseTransport):
    """Requests of one device, which comes from `scope["client"]`."""

    def __init__(self, app: ASGIApp, scope: dict[str, Any]) -> None:
        self._app = app
        self._scope = scope

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """One request: its answer as soon as its head is there."""
        url = request.url
        scope = self._scope | {
            "type": "http", "method": request.method, "scheme": url.scheme, "path": url.path,
            "raw_path": url.raw_path.split(b"?")[0], "query_string": url.query,
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
        }  # fmt: skip
        answer = Answer(self._app, scope, await request.aread())
        await answer.begun.wait()
        if not answer.head:
            answer.raise_why()
        return httpx2.Response(answer.head["status"], headers=answer.head.get("headers", ()), stream=answer)


class Answer(httpx2.AsyncByteStream):
    """One answer, as it comes; closing it early is how a client leaves."""

    def __init__(self, app: ASGIApp, scope: dict[str, Any], body: bytes) -> None:
        self.begun = asyncio.Event()
        self.head: Message = {}
        self._body = [body]
        self._gone = asyncio.Event()
        self._parts: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._serving = asyncio.ensure_future(app(scope, self._receive, self._take))
        self._serving.add_done_callback(self._over)

    async def _receive(self) -> Message:
        if self._body:
            return {"type": "http.request", "body": self._body.pop(), "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.head = message
            self.begun.set()
        elif not self._gone.is_set():
            self._parts.put_nowait(message.get("body", b""))
            if not message.get("more_body", False):
                self._parts.put_nowait(None)

    def _over(self, _: asyncio.Future[None]) -> None:
        self._parts.put_nowait(None)
        self.begun.set()

    def raise_why(self) -> None:
        """There is no answer: what went wrong in the application."""
        self._serving.result()
        raise AssertionError("the application has not answered")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while (part := await self._parts.get()) is not None:
            yield part

    async def aclose(self) -> None:
        """Leave, or just be done, and wait until the application has let go."""
        self._gone.set()
        await self._serving
