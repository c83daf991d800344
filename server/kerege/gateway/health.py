"""Is the process alive, and can the room commit right now? Nothing about any exercise."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel

from kerege.gateway.desk import Desk
from kerege.gateway.errors import ANY, refuses
from kerege.gateway.ports import Trouble


class Health(BaseModel):
    """Yes or no."""

    ok: bool


class Ready(Health):
    """`why` not: no room on the disk, a store that failed and is read again, or the server is ending."""

    why: Trouble = ""


def health_routes(desk: Desk) -> APIRouter:
    """The routes of this file."""
    router = APIRouter()

    @router.get("/healthz", responses=refuses(*ANY))
    async def read_health() -> Health:
        """The process answers."""
        return Health(ok=True)

    @router.get("/readyz", responses={**refuses(*ANY), 503: {"model": Ready, "description": "The room cannot commit"}})
    async def read_ready(response: Response) -> Ready:
        """The room can take acts."""
        why = desk.room.trouble
        response.status_code = 503 if why else 200
        return Ready(ok=not why, why=why)

    return router
