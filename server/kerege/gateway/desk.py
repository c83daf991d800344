"""What every handler of the gateway may use, joined once: the room, the seats, tickets, attendance, bounds and facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import structlog

from kerege.gateway.attendance import Attendance
from kerege.gateway.chance import Chance, SystemChance
from kerege.gateway.limits import Bounds, Buckets, Monotonic
from kerege.gateway.ports import RunningRoom
from kerege.gateway.seats import Seat, Seats
from kerege.gateway.texts import LANGUAGES
from kerege.gateway.tickets import Tickets
from kerege.gateway.turns import Turns

log = structlog.get_logger("kerege.gateway")


@dataclass(frozen=True)
class Facts:
    """What the gateway is told and shows: settled by settings and pack, the same for the whole exercise."""

    public_url: str
    """Where phones find the server, without a slash at the end."""
    languages: tuple[str, ...] = LANGUAGES
    reviewed: tuple[str, ...] = ()
    """Who has reviewed the pack, as it says itself; empty: nobody."""
    deletion: str = ""
    """The day on which names and typed texts are erased (ISO); "": control announces it."""
    persons_days: int = 30
    """So many days after the last person joined, whom the seats belonged to is erased."""
    contact: str = ""
    origins: tuple[str, ...] = ()
    """Origins that may use this server besides its own host, as scheme://host[:port]."""
    client_folder: Path | None = None
    """The built web client; None: none is served."""
    page: str = ""
    """The script of its page, which carries a hash of the client in its name; empty: none is served."""
    observer_delay_s: int = 0
    """How late observers' desks are shown things."""
    command_bodies: object = None
    """The union of command bodies that clients may send, for the schema."""
    stand_ins: dict[str, str] = field(default_factory=dict)
    """Viewer -> profile of the stand-in that plays it now; whoever starts and stops them keeps this."""


@dataclass(frozen=True)
class Admitted:
    """Who a ticket belongs to."""

    seat: Seat
    device: str


class Flag(Protocol):
    """Something that is not kept here, in words."""

    def words(self, language: str) -> str: ...


class Desk:
    """The gateway's shared state."""

    def __init__(
        self,
        room: RunningRoom,
        seats: Seats,
        facts: Facts,
        bounds: Bounds,
        now: Monotonic,
        chance: Chance | None = None,
    ) -> None:
        self.room = room
        self.seats = seats
        self.facts = facts
        self.bounds = bounds
        self.now = now
        self.chance = chance or SystemChance()
        self.tickets = Tickets(self.chance, bounds, now)
        self.attendance = Attendance(room, bounds, lambda viewer: bool(seats.seats_of(viewer)), now)
        self.messages = Buckets(bounds.messages_rate, bounds.addresses_max, now)
        self.submits = Buckets(bounds.submits_rate, bounds.addresses_max, now)
        self.api = Buckets(bounds.api_rate, bounds.addresses_max, now)
        self.wrong_codes = Buckets(bounds.wrong_codes_rate, bounds.addresses_max, now)
        self.wrong_codes_everywhere = Buckets(bounds.wrong_codes_everywhere_rate, 1, now)
        self.refusal_lines = Buckets(bounds.refusal_lines_rate, bounds.addresses_max, now)
        self.lines_by_address: dict[str, int] = {}
        self.reached_by_phone = False
        self.flags: dict[str, Flag] = {}
        """What this configuration does not keep and control has not acknowledged yet, by code."""
        self.turns = Turns()

    def admit(self, ticket: str) -> Admitted | None:
        """Who this ticket lets in; None for every ticket that opens nothing, and for a device signed out since."""
        device = self.tickets.redeem(ticket)
        seat = None if device is None else self.seats.seat_of_device(device)
        return None if device is None or seat is None else Admitted(seat, device)

    def sign_out(self, seat: Seat, devices: list[str]) -> None:
        """After the seat table has dropped these devices: their tickets die, their screens close."""
        for device in devices:
            self.tickets.void(device)
        self.attendance.sign_out(seat, devices)

    def note_refusal(self, what: str, *, seat: str = "", address: str = "", **where: str) -> None:
        """One line for the server's log when somebody had no right: ids and codes, nothing that anybody typed or holds."""
        if self.refusal_lines.take(seat or address):
            log.info("refused", what=what, seat=seat, address=address, **where)

    def expire(self) -> None:
        """Let go of the devices whose tokens have grown too old."""
        for seat, device in self.seats.expire():
            self.sign_out(seat, [device])
