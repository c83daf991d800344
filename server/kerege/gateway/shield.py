"""Around all of HTTP: rates, origin, size and time of bodies on the way in; security headers on the way out.

Written as plain ASGI, so that nothing is buffered and WebSockets pass untouched.
"""

from __future__ import annotations

import asyncio
import ipaddress

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kerege.gateway.desk import Desk
from kerege.gateway.errors import problem_response
from kerege.gateway.origin import origin_is_ours

SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; "
        "require-trusted-types-for 'script'; trusted-types svelte-trusted-html"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "x-robots-tag": "noindex, nofollow",
}
"""On every answer. Markup comes from the client's own templates alone (Svelte's one policy of trusted types): a string that
somebody typed cannot become part of a page, wherever a mistake would put it. 'self' holds the WebSocket of the same host
too (CSP 3, 6.7.2.8); a browser too old to know that takes the other road, the event stream. No HSTS and no upgrade-insecure-requests
over plain http: they would lock phones out of a LAN."""

POLICY = "content-security-policy"
"""A page that is whole in itself (the debrief's) brings a narrower one, which names its own style and nothing else."""

HSTS = "max-age=2592000"
"""Only where the request came by https."""

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class Shield:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app = app
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        self._notice_phone(scope)
        if scope["type"] == "websocket":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        guarded = _with_headers(send, secure=scope["scheme"] == "https", api=scope["path"].startswith("/api/"))
        code = self._refuse(scope, headers)
        body = _Body(receive, self._desk.bounds.body_bytes_max, self._desk.bounds.request_body_s_max)
        if code is None and scope["method"] not in SAFE_METHODS:
            code = await body.read()
        if code is None:
            await self._app(scope, body.receive, guarded)
        else:
            if code == "bad_origin":
                self._desk.note_refusal(code, address=scope["client"][0] if scope.get("client") else "")
            await problem_response(code, headers.get("accept-language", ""))(scope, receive, guarded)

    def _refuse(self, scope: Scope, headers: Headers) -> str | None:
        """Why this request is not looked at, as an error code; None if it may pass."""
        address = scope["client"][0] if scope.get("client") else ""
        if scope["path"].startswith("/api/") and not self._desk.api.take(address):
            return "too_fast"
        if scope["method"] in SAFE_METHODS:
            return None
        site = headers.get("sec-fetch-site", "same-origin")
        origin = headers.get("origin")
        ours = origin_is_ours(origin, scope["scheme"], headers.get("host"), self._desk.facts.origins)
        if not ours or (site not in {"same-origin", "none"} and origin is None):
            return "bad_origin"
        if headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
            return "not_json"
        return None

    def _notice_phone(self, scope: Scope) -> None:
        """Remember that somebody from another machine got here: the venue's network lets phones through."""
        client, server = scope.get("client"), scope.get("server")
        if self._desk.reached_by_phone or not client or not server or client[0] == server[0]:
            return
        try:
            self._desk.reached_by_phone = not ipaddress.ip_address(client[0]).is_loopback
        except ValueError:
            return


class _Body:
    """A request's body, read at once within its bounds, and handed on as one piece."""

    def __init__(self, receive: Receive, bytes_max: int, s_max: float) -> None:
        self._receive = receive
        self._bytes_max = bytes_max
        self._s_max = s_max
        self._whole: bytes | None = None

    async def read(self) -> str | None:
        """Read it all; an error code when it is too much or too slow."""
        parts: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(self._s_max):
                while True:
                    message = await self._receive()
                    if message["type"] != "http.request":
                        return "bad_request"
                    parts.append(message.get("body", b""))
                    size += len(parts[-1])
                    if size > self._bytes_max:
                        return "too_big"
                    if not message.get("more_body", False):
                        break
        except TimeoutError:
            return "too_slow"
        except asyncio.CancelledError:  # the server stops and waits no longer; nothing was begun, and that is said
            task = asyncio.current_task()
            assert task is not None
            task.uncancel()
            return "too_slow"
        self._whole = b"".join(parts)
        return None

    async def receive(self) -> Message:
        """What the application reads: the body once, then whatever the server says."""
        if self._whole is None:
            return await self._receive()
        whole, self._whole = self._whole, None
        return {"type": "http.request", "body": whole, "more_body": False}


def _with_headers(send: Send, *, secure: bool, api: bool) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in SECURITY_HEADERS.items():
                if name != POLICY or POLICY not in headers:
                    headers[name] = value
            if secure:
                headers["strict-transport-security"] = HSTS
            if api or headers.get("cache-control", "no-store").startswith("no-store"):
                headers["cache-control"] = "no-store, private"
                headers["vary"] = "Cookie, Accept-Language"
        await send(message)

    return sending
