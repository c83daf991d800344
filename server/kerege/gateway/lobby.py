"""Control's lobby by HTTP: every team with its code, link and seats; taking a seat away; a new code.

For anybody but control there is nothing here. (The play itself, control's part of it too, goes over the link.)
"""

from __future__ import annotations

from typing import Annotated, Literal

import structlog
from fastapi import APIRouter, Path, Request
from pydantic import BaseModel

from kerege.gateway.cookies import need_control
from kerege.gateway.desk import Desk
from kerege.gateway.errors import POSTS, READS, Refusal, refuses
from kerege.gateway.joining import Done, Empty
from kerege.gateway.ports import LINKED, ViewerFacts
from kerege.gateway.qr import qr_svg
from kerege.gateway.texts import say

log = structlog.get_logger("kerege.gateway")

Id = Annotated[str, Path(max_length=40)]


class LobbySeat(BaseModel):
    """One person's seat. `label` is the name they gave themselves, or the seat's id."""

    id: str
    label: str
    connected: bool
    devices: int
    language: str
    answered_s: int | None
    """How many seconds ago a screen of this seat was last heard to answer; None: not yet. (It beats while it is looked at.)"""


class LobbyTeam(BaseModel):
    """One viewer that people can join. `viewer` is its code on the wire; `stand_in` who plays it now, if none does."""

    viewer: str
    title: str
    role: str
    code: str
    link: str
    qr_svg: str
    seats: list[LobbySeat]
    seats_max: int
    stand_in: str | None
    stand_in_allowed: bool


class Lobby(BaseModel):
    """Who may come, who is here, and whether phones get through at all."""

    join_url: str
    teams: list[LobbyTeam]
    reached_by_phone: bool
    reviewed: list[str]
    flags: dict[str, str]
    """What this configuration does not keep, by code, in words; until it is acknowledged."""
    trouble: str
    """Why nothing can be written now, in words; "" while all is well."""
    looks_real: list[str]
    """Kinds of real persons' numbers that typed texts seem to hold; not whose, nor where."""


class NewCode(BaseModel):
    """A viewer's new code; for control and mentors a link that opens once, and no code."""

    viewer: str
    code: str
    link: str
    qr_svg: str


class Erased(BaseModel):
    """It is done: so many typed texts are gone, and whom the seat belonged to."""

    ok: Literal[True] = True
    texts: int


def lobby_routes(desk: Desk) -> APIRouter:
    """The routes of this file."""
    router = APIRouter(prefix="/api/control")

    @router.get("/lobby", responses=refuses(*READS, "not_found"))
    async def read_lobby(request: Request) -> Lobby:
        """Everything on the lobby page."""
        me = need_control(request, desk)
        return Lobby(
            join_url=f"{desk.facts.public_url}/",
            teams=[_team(desk, facts, me.language) for facts in desk.room.viewers.values() if not facts.into],
            reached_by_phone=desk.reached_by_phone,
            reviewed=list(desk.facts.reviewed),
            flags={code: flag.words(me.language) for code, flag in desk.flags.items()},
            trouble=say(f"trouble-{desk.room.trouble}", me.language) if desk.room.trouble else "",
            looks_real=list(desk.room.personal),
        )

    @router.post("/seats/{seat_id}/revoke", responses=refuses(*POSTS, "not_found"))
    async def revoke_seat(request: Request, seat_id: Id, body: Empty) -> Done:  # noqa: ARG001  strict
        """Take a seat away; its screens close at once."""
        need_control(request, desk)
        seat = desk.seats.seat(seat_id)
        devices = desk.seats.revoke(seat_id)
        if seat is None or devices is None:
            raise Refusal("not_found")
        desk.sign_out(seat, devices)
        return Done()

    @router.post("/flags/{flag}/acknowledge", responses=refuses(*POSTS, "not_found"))
    async def acknowledge(request: Request, flag: Id, body: Empty) -> Done:  # noqa: ARG001  strict
        """Control knows that this is not kept. A start of the server asks again."""
        seat = need_control(request, desk)
        if desk.flags.pop(flag, None) is None:
            raise Refusal("not_found")
        log.warning("control has acknowledged what is not kept", seat=seat.id, flag=flag)
        return Done()

    @router.post("/seats/{seat_id}/erase", responses=refuses(*POSTS, "not_found", "not_erased"))
    async def erase_person(request: Request, seat_id: Id, body: Empty) -> Erased:  # noqa: ARG001  strict
        """Take a seat away and erase its person: name, devices, and every text typed there. The log still holds."""
        need_control(request, desk)
        seat = desk.seats.known(seat_id)
        if seat is None:
            raise Refusal("not_found")
        try:
            texts = await desk.room.erase_typed((seat.id,))
        except Exception as error:  # the room's edge: the store failed, and nobody is told that it is done
            log.exception("a person's texts could not be erased", seat=seat.id)
            raise Refusal("not_erased") from error
        desk.sign_out(seat, desk.seats.erase(seat.id) or [])
        log.info("a person was erased", seat=seat.id, count=texts)
        return Erased(texts=texts)

    @router.post("/codes/{viewer}", responses=refuses(*POSTS, "not_found"))
    async def renew_code(request: Request, viewer: Id, body: Empty) -> NewCode:  # noqa: ARG001  strict
        """Give a viewer a new code; those who are in stay in."""
        need_control(request, desk)
        found = next((facts for facts in desk.room.viewers.values() if facts.code == viewer and not facts.into), None)
        if found is None:
            raise Refusal("not_found")
        if found.sort in LINKED:
            link = link_for(desk.facts.public_url, desk.seats.new_link(found.id))
            return NewCode(viewer=viewer, code="", link=link, qr_svg=qr_svg(link))
        code = desk.seats.renew_code(found.id)
        link = link_for(desk.facts.public_url, code)
        return NewCode(viewer=viewer, code=code, link=link, qr_svg=qr_svg(link))

    return router


def link_for(public_url: str, code: str) -> str:
    """The address that joins with this code: in the fragment, which no server and no log ever sees."""
    return f"{public_url}/#code={code}"


def _team(desk: Desk, facts: ViewerFacts, language: str) -> LobbyTeam:
    code = "" if facts.sort in LINKED else desk.seats.code_of(facts.id)
    link = link_for(desk.facts.public_url, code) if code else ""
    seats = [
        LobbySeat(
            id=seat.id,
            label=seat.name or seat.id,
            connected=desk.attendance.connected(seat.id) > 0,
            devices=len(desk.seats.devices_of(seat.id)),
            language=seat.language,
            answered_s=desk.attendance.answered_s(seat.id),
        )
        for seat in desk.seats.seats_of(facts.id)
    ]
    return LobbyTeam(
        viewer=facts.code,
        title=desk.room.seat_title(facts.id, language),
        role=facts.sort,
        code=code,
        link=link,
        qr_svg=qr_svg(link) if link else "",
        seats=seats,
        seats_max=facts.seats_max or desk.bounds.seats_default_max,
        stand_in=desk.facts.stand_ins.get(facts.id),
        stand_in_allowed=facts.stand_in_allowed,
    )
