"""The page on the projector: the clock that everybody may see, and how to join. Anybody on the network may read it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from kerege.gateway.desk import Desk
from kerege.gateway.errors import READS, refuses
from kerege.gateway.qr import qr_svg
from kerege.gateway.texts import best_language
from kerege.wire.messages import MARK, Language


class RoomFacts(BaseModel):
    """What the room may know together. No code: it would open one team's chair (docs/decisions/0009)."""

    exercise: str
    mark: str
    phase: Literal["ready", "running", "paused", "ended"]
    at_s: int
    speed: int
    story_starts_at: str
    stopped: bool
    join_url: str
    qr_svg: str


def projector_routes(desk: Desk) -> APIRouter:
    """The route of this file."""
    router = APIRouter(prefix="/api")

    @router.get("/room", responses=refuses(*READS, "bad_request"))
    async def read_room(request: Request, language: Annotated[Language | None, Query()] = None) -> RoomFacts:
        """The public clock and the way in."""
        spoken = language or best_language(request.headers.get("accept-language", ""))
        clock = desk.room.clock_public()
        join_url = f"{desk.facts.public_url}/"
        return RoomFacts(
            exercise=desk.room.title(spoken),
            mark=MARK,
            phase=clock["phase"],
            at_s=clock["at_s"],
            speed=clock["speed"],
            story_starts_at=clock["story_starts_at"],
            stopped=clock["stopped"],
            join_url=join_url,
            qr_svg=qr_svg(join_url),
        )

    return router
