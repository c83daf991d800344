"""Tickets: what a device with a cookie gets by POST and says once in its Hello, so that no token stands in an address.

A ticket is valid for `ticket_s_max` seconds, once, and only while its device is. Only hashes are kept, in memory: a
restart forgets them and clients ask again.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode

from kerege.gateway.chance import Chance
from kerege.gateway.limits import Bounds, Monotonic

TICKET_BYTES = 24


class Tickets:
    """All tickets that were given out and not used."""

    def __init__(self, chance: Chance, bounds: Bounds, now: Monotonic) -> None:
        self._chance = chance
        self._bounds = bounds
        self._now = now
        self._held: dict[bytes, tuple[str, float]] = {}  # hash -> device, until when; oldest first

    def issue(self, device: str) -> str:
        """Give this device a ticket. Its oldest dies when it has too many; the oldest of all when there are too many."""
        self._forget_old()
        mine = [digest for digest, (holder, _) in self._held.items() if holder == device]
        if len(mine) >= self._bounds.tickets_per_device_max:
            del self._held[mine[0]]
        elif len(self._held) >= self._bounds.tickets_max:
            del self._held[next(iter(self._held))]
        ticket = urlsafe_b64encode(self._chance.draw("ticket", device, TICKET_BYTES)).decode()
        self._held[_digest(ticket)] = (device, self._now() + self._bounds.ticket_s_max)
        return ticket

    def redeem(self, ticket: str) -> str | None:
        """The device of this ticket, once. None for every ticket that opens nothing."""
        held = self._held.pop(_digest(ticket), None)
        if held is None or held[1] < self._now():
            return None
        return held[0]

    def void(self, device: str) -> None:
        """Kill all tickets of a device that was signed out."""
        for digest in [digest for digest, (holder, _) in self._held.items() if holder == device]:
            del self._held[digest]

    def _forget_old(self) -> None:
        while self._held:
            digest, (_, until) = next(iter(self._held.items()))
            if until >= self._now():
                return
            del self._held[digest]


def _digest(ticket: str) -> bytes:
    return hashlib.sha256(ticket.encode()).digest()
