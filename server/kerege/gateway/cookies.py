"""The seat cookie: its name by scheme, how it is set, read and taken away, and the seat it leads to."""

from __future__ import annotations

from fastapi import Request, Response

from kerege.gateway.desk import Desk
from kerege.gateway.errors import Refusal
from kerege.gateway.seats import Seat

NAME_PLAIN = "kerege"
NAME_SECURE = "__Host-kerege"
"""A browser keeps `__Host-` cookies only with Secure, and Secure ones not at all over plain http."""


def cookie_name(request: Request) -> str:
    """What the cookie is called on this request's road."""
    return NAME_SECURE if request.url.scheme == "https" else NAME_PLAIN


def read_token(request: Request) -> str | None:
    """The device token that came along."""
    return request.cookies.get(cookie_name(request))


def set_token(request: Request, response: Response, token: str, max_age_s: int) -> None:
    """Hand a device its token."""
    secure = request.url.scheme == "https"
    response.set_cookie(
        cookie_name(request), token, max_age=max_age_s, path="/", secure=secure, httponly=True, samesite="strict"
    )


def drop_token(request: Request, response: Response) -> None:
    """Take the token away."""
    secure = request.url.scheme == "https"
    response.delete_cookie(cookie_name(request), path="/", secure=secure, httponly=True, samesite="strict")


def seat_of(request: Request, desk: Desk) -> tuple[Seat, str]:
    """The seat and device behind a request. Raises Refusal("not_joined")."""
    found = desk.seats.find(read_token(request))
    if found is None or found[0].viewer not in desk.room.viewers:
        raise Refusal("not_joined")
    return found


def need_control(request: Request, desk: Desk) -> Seat:
    """The control seat behind a request. For anybody else there is nothing here: Refusal("not_found")."""
    found = desk.seats.find(read_token(request))
    facts = None if found is None else desk.room.viewers.get(found[0].viewer)
    if found is None or facts is None or facts.sort != "control":
        raise Refusal("not_found")
    return found[0]
