"""Coming in and leaving by HTTP: an invitation to read, terms to accept, a seat, a ticket for each link."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from kerege.gateway.cookies import drop_token, read_token, seat_of, set_token
from kerege.gateway.desk import Desk
from kerege.gateway.errors import POSTS, READS, Refusal, refuses
from kerege.gateway.ports import Sort
from kerege.gateway.seats import JoinRefused, Seat, clean_name
from kerege.gateway.texts import best_language, terms
from kerege.wire.messages import MARK, Language

Code = Annotated[str, Field(min_length=1, max_length=64)]
JOINING = ("no_such_code", "terms_not_accepted", "too_many_devices", "team_full", "no_more_seats")
"""Why somebody is not let in."""


class Body(BaseModel):
    """What comes in: these fields, these types, nothing else."""

    model_config = ConfigDict(extra="forbid", strict=True)


class InvitationRequest(Body):
    """A code or a link's token, and the language to read in (else the browser's)."""

    code: Code
    language: Language | None = None


class TermText(BaseModel):
    """One of the terms of participation."""

    title: str
    text: str


class Invitation(BaseModel):
    """Where a code leads, before anybody goes there."""

    ok: Literal[True] = True
    title: str
    role: Sort
    team_title: str
    exercise: str
    languages: list[str]
    terms: list[TermText]
    mark: str


class JoinRequest(Body):
    """Terms accepted: let me in. `seat` adds this device to a seat that exists; `name` is optional."""

    code: Code
    language: Language
    accepted: bool
    name: Annotated[str, Field(max_length=200)] = ""
    seat: Annotated[str, Field(min_length=1, max_length=16)] | None = None


class SeatFacts(BaseModel):
    """Who I am here. `stream` is my own view's name on the wire, `id` is what I say to add another device."""

    id: str
    sort: Sort
    stream: str
    title: str
    exercise: str
    mark: str
    language: str
    languages: list[str]
    name: str


class Me(BaseModel):
    """The seat of this device."""

    seat: SeatFacts


class Joined(SeatFacts):
    """The seat that was given; its cookie comes along."""

    ok: Literal[True] = True


class Empty(Body):
    """No fields."""


class Ticket(BaseModel):
    """What the Hello of one link says; once, and soon."""

    ticket: str
    valid_s: int


class Done(BaseModel):
    """It is done."""

    ok: Literal[True] = True


def joining_routes(desk: Desk) -> APIRouter:
    """The routes of this file."""
    router = APIRouter(prefix="/api")

    @router.post("/invitation", responses=refuses(*POSTS, "no_such_code"))
    async def read_invitation(request: Request, body: InvitationRequest) -> Invitation:
        """Say where a code leads and what one accepts by going there. Uses nothing up."""
        _guess(request, desk)
        viewer = desk.seats.viewer_of(body.code)
        if viewer is None:
            raise _wrong_code(request, desk)
        language = body.language or best_language(request.headers.get("accept-language", ""))
        facts, room = desk.facts, desk.room
        title = room.seat_title(viewer, language)
        return Invitation(
            title=title,
            role=room.viewers[viewer].sort,
            team_title=title,
            exercise=room.title(language),
            languages=list(facts.languages),
            terms=[
                TermText(title=term.title, text=term.text)
                for term in terms(language, facts.deletion, facts.contact, facts.persons_days)
            ],
            mark=MARK,
        )

    @router.post("/join", responses=refuses(*POSTS, *JOINING))
    async def join(request: Request, response: Response, body: JoinRequest) -> Joined:
        """Take a seat, find it again, or add this device to it."""
        _guess(request, desk)
        if not body.accepted:
            raise Refusal("terms_not_accepted")
        token = read_token(request)
        before = desk.seats.find(token)
        desk.expire()
        try:
            name = clean_name(body.name, desk.bounds.name_chars_max)
            joined = desk.seats.join(body.code, body.language, name, body.seat, token)
        except JoinRefused as refused:
            if refused.code == "no_such_code":
                raise _wrong_code(request, desk) from refused
            raise Refusal(refused.code) from refused
        if joined.token is not None:
            set_token(request, response, joined.token, desk.bounds.cookie_s_max)
            if before is not None:
                _leave(desk, *before)
        return Joined(**_facts(desk, joined.seat).model_dump())

    @router.get("/me", responses=refuses(*READS, "not_joined"))
    async def read_me(request: Request) -> Me:
        """Which seat this device holds."""
        return Me(seat=_facts(desk, seat_of(request, desk)[0]))

    @router.post("/ticket", responses=refuses(*POSTS, "not_joined"))
    async def take_ticket(request: Request, body: Empty) -> Ticket:  # noqa: ARG001  strict and empty
        """A ticket for one link."""
        _, device = seat_of(request, desk)
        return Ticket(ticket=desk.tickets.issue(device), valid_s=int(desk.bounds.ticket_s_max))

    @router.post("/leave", responses=refuses(*POSTS, "not_joined"))
    async def leave(request: Request, response: Response, body: Empty) -> Done:  # noqa: ARG001  as above
        """Sign this device out; its seat is free when it was the last."""
        seat, device = seat_of(request, desk)
        _leave(desk, seat, device)
        drop_token(request, response)
        return Done()

    return router


def _leave(desk: Desk, seat: Seat, device: str) -> None:
    if desk.seats.sign_out(device) is not None:
        desk.sign_out(seat, [device])


def _facts(desk: Desk, seat: Seat) -> SeatFacts:
    viewer = desk.room.viewers[seat.viewer]
    return SeatFacts(
        id=seat.id,
        sort=viewer.sort,
        stream=viewer.code,
        title=desk.room.seat_title(seat.viewer, seat.language),
        exercise=desk.room.title(seat.language),
        mark=MARK,
        language=seat.language,
        languages=list(desk.facts.languages),
        name=seat.name,
    )


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _guess(request: Request, desk: Desk) -> None:
    """An address that has given too many wrong codes is not told about another, right or wrong. Nobody else suffers."""
    if not desk.wrong_codes.has(_address(request)):
        raise Refusal("too_fast")


def _wrong_code(request: Request, desk: Desk) -> Refusal:
    """What a wrong code costs: its address, and the patience for wrong codes from anywhere."""
    desk.wrong_codes.take(_address(request))
    return Refusal("no_such_code" if desk.wrong_codes_everywhere.take("") else "too_fast")
