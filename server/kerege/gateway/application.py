"""The gateway as one ASGI application: every route, written out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from starlette.types import ASGIApp
from starlette.websockets import WebSocket

from kerege.gateway.cookies import read_token
from kerege.gateway.describing import describe_http, describing_routes
from kerege.gateway.desk import Desk
from kerege.gateway.errors import handle_errors
from kerege.gateway.health import health_routes
from kerege.gateway.joining import joining_routes
from kerege.gateway.lobby import lobby_routes
from kerege.gateway.projector import projector_routes
from kerege.gateway.shield import Shield
from kerege.gateway.socket import serve_socket
from kerege.gateway.static import static_routes
from kerege.gateway.stream import stream_routes

FILES = "/{path:path}"
Lifespan = Callable[[Any], AbstractAsyncContextManager[None]]


def build_gateway(desk: Desk, further: Sequence[APIRouter] = (), lifespan: Lifespan | None = None) -> ASGIApp:
    """
    Join the routes around one desk.

    Args:
        desk: What the handlers share.
        further: Routes of others (the debrief's), before the client's files.
        lifespan: What starts before the first request and stops after the last.
    """
    app = FastAPI(
        title="Kerege",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=lifespan,
    )
    handle_errors(app, partial(_note, desk))
    describe_http(app)
    for router in (
        joining_routes(desk),
        lobby_routes(desk),
        projector_routes(desk),
        describing_routes(desk),
        stream_routes(desk),
        health_routes(desk),
    ):
        app.include_router(router)

    @app.websocket("/ws")
    async def socket(websocket: WebSocket) -> None:
        await serve_socket(websocket, desk)

    for router in further:
        app.include_router(router)
    app.include_router(static_routes(desk.facts.client_folder))
    return Shield(app, desk)


def _note(desk: Desk, request: Request, code: str) -> None:
    """A refused request, by the route's own words: what stands in its address was typed by somebody."""
    route = getattr(request.scope.get("route"), "path", "")
    if route == FILES:  # a page that is not there is nobody's secret
        return
    found = desk.seats.find(read_token(request))
    address = request.client.host if request.client else ""
    desk.note_refusal(
        code, seat="" if found is None else found[0].id, address=address, route=f"{request.method} {route}"
    )
