"""What the wire says, for machines: the JSON Schema of all messages. HTTP describes itself in /api/openapi.json."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI

from kerege.gateway.desk import Desk
from kerege.gateway.errors import READS, refuses
from kerege.wire.schema import describe_messages


def describe_http(app: FastAPI) -> None:
    """Let the description of the API say what its routes say, without the framework's own 422: here that is a 400."""
    describe = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            found = describe()
            for methods in found["paths"].values():
                for operation in methods.values():
                    operation["responses"].pop("422", None)
            for model in ("HTTPValidationError", "ValidationError"):
                found["components"]["schemas"].pop(model, None)
        return describe()

    app.openapi = described  # type: ignore[method-assign] # the framework's own way to a description


def describing_routes(desk: Desk) -> APIRouter:
    """The route of this file."""
    router = APIRouter(prefix="/api")
    described = describe_messages(desk.facts.command_bodies)

    @router.get("/messages.json", responses=refuses(*READS))
    async def read_messages() -> dict[str, Any]:
        """The schema of every message and command; the same for every exercise."""
        return described

    return router
