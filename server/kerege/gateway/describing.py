"""What the wire says, for machines: the JSON Schema of all messages. HTTP describes itself in /api/openapi.json."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from kerege.gateway.desk import Desk
from kerege.wire.schema import describe_messages


def describing_routes(desk: Desk) -> APIRouter:
    """The route of this file."""
    router = APIRouter(prefix="/api")
    described = describe_messages(desk.facts.command_bodies)

    @router.get("/messages.json")
    async def read_messages() -> dict[str, Any]:
        """The schema of every message and command; the same for every exercise."""
        return described

    return router
