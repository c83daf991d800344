"""Those who should not get through: each has, or makes up, something that looks like a right."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.rights.house import House, open_house

if TYPE_CHECKING:
    from kerege.gateway.seats import Joined

Token = Callable[[House, Path], Awaitable[str | None]]


async def nobody(_: House, __: Path) -> str | None:
    """No cookie at all."""
    return None


async def made_up(_: House, __: Path) -> str | None:
    """The right length and alphabet, and nobody's."""
    return "A" * 43


async def forged(house: House, _: Path) -> str | None:
    """A real token with one character changed."""
    token = house.sit("patrol").token
    assert token
    return ("B" if token[0] != "B" else "C") + token[1:]


async def digest(house: House, _: Path) -> str | None:
    """What the server keeps of a token, as somebody would find it in a stolen seat table."""
    token = house.sit("control").token
    assert token
    return hashlib.sha256(token.encode()).hexdigest()


async def revoked(house: House, _: Path) -> str | None:
    """Taken away a second ago."""
    joined = house.sit("control")
    take_away(house, joined)
    house.clock.at_s += 1
    return joined.token


async def signed_out(house: House, _: Path) -> str | None:
    """The device left by itself."""
    joined = house.sit("control")
    house.seats.sign_out(joined.device)
    return joined.token


async def ticket(house: House, _: Path) -> str | None:
    """A ticket, not yet used, for a cookie."""
    return house.ticket(house.sit("control"))


async def used_ticket(house: House, _: Path) -> str | None:
    """A ticket that has opened a link already."""
    found = house.ticket(house.sit("control"))
    assert house.desk.admit(found) is not None
    return found


async def expired_ticket(house: House, _: Path) -> str | None:
    """A ticket whose time is over."""
    found = house.ticket(house.sit("control"))
    house.clock.at_s += house.desk.bounds.ticket_s_max + 1
    return found


async def expired_cookie(house: House, _: Path) -> str | None:
    """A seat's cookie that a browser should have dropped long ago: kept, with the seat it was for."""
    seats = house.seats
    now_ms = seats._now_ms
    seats._now_ms = lambda: now_ms() - house.desk.bounds.cookie_s_max * 1000 - 1000
    joined = house.sit("control")
    seats._now_ms = now_ms
    return joined.token


async def link(house: House, _: Path) -> str | None:
    """Control's own link, not yet opened, for a cookie."""
    return house.seats.new_link("control")


async def used_link(house: House, _: Path) -> str | None:
    """Control's link that has let somebody in."""
    found = house.seats.new_link("control")
    house.seats.join(found, "en", "", None, None)
    return found


async def code(house: House, _: Path) -> str | None:
    """A team's join code."""
    return house.seats.code_of("patrol")


async def other_exercise(_: House, folder: Path) -> str | None:
    """Control of another exercise on the same machine."""
    async with open_house(folder, "other", seed=8) as other:
        return other.sit("control").token


STRANGERS: dict[str, Token] = {
    each.__name__: each
    for each in (
        nobody, made_up, forged, digest, revoked, signed_out, ticket, used_ticket, expired_ticket, expired_cookie, link, used_link,
        code, other_exercise,
    )
}  # fmt: skip
"""Whoever holds no seat of this exercise, whatever else they hold."""

VIEWERS = {
    "player": "patrol",
    "other team": "social",
    "actor": "actor_driver",
    "safety": "safety",
    "observer": "observer_patrol",
    "mentor": "mentor_patrol",
    "evaluator": "evaluators",
    "control": "control",
}
"""Whoever holds a seat: what it is -> its viewer."""


def take_away(house: House, joined: Joined) -> None:
    """Free a seat as the lobby does."""
    devices = house.seats.revoke(joined.seat.id)
    assert devices is not None
    house.desk.sign_out(joined.seat, devices)
