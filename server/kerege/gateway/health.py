"""Is the process alive, and can the room commit right now? Nothing about any exercise."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel

from kerege.gateway.desk import Desk
from kerege.gateway.errors import ANY, refuses


class Health(BaseModel):
    """Yes or no."""

    ok: bool


def health_routes(desk: Desk) -> APIRouter:
    """The routes of this file."""
    router = APIRouter()

    @router.get("/healthz", responses=refuses(*ANY))
    async def read_health() -> Health:
        """The process answers."""
        return Health(ok=True)

    @router.get("/readyz", responses={**refuses(*ANY), 503: {"model": Health, "description": "The room cannot commit"}})
    async def read_ready(response: Response) -> Health:
        """The room can take acts."""
        response.status_code = 200 if desk.room.can_commit else 503
        return Health(ok=desk.room.can_commit)

    return router
