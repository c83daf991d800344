"""Every bound of the gateway, named once, each with its reason; and the buckets that keep the rates.

Rates of messages and acts are a seat's own, which is finer than a viewer's: nobody feels another's haste, not even a colleague's.
What a whole viewer may have waiting is bounded in the room's inbox (docs/decisions/0016).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

Monotonic = Callable[[], float]

WALL_S_MIN = 1_700_000_000
"""November 2023: a clock that says earlier was never set."""


@dataclass(frozen=True)
class Rate:
    """At most `burst` at once and `per_s` in the long run."""

    per_s: float
    burst: int


@dataclass(frozen=True)
class Bounds:
    """All bounds of the gateway. A load test may widen them; the defaults are for people."""

    hello_s_max: float = 10.0
    """A phone on a bad link needs a second or two; a stranger who only holds the line is let go."""
    stall_s_max: float = 10.0
    """A peer that takes nothing at all for so long while bytes wait is dropped; a slow one that takes some is kept."""
    close_s_max: float = 3.0
    """How long a goodbye may take before the line is cut."""
    request_head_s_max: float = 10.0
    """From the first byte of a connection, or of its next request, to the end of the request's head."""
    request_body_s_max: float = 10.0
    """From the end of its head to the end of its body."""
    body_bytes_max: int = 20 * 1024
    """A wire message (16 KiB) is the largest thing anybody posts."""
    write_buffer_bytes_max: int = 64 * 1024
    """Above this the reader is left alone until the peer has taken its bytes."""
    send_buffer_bytes: int = 64 * 1024
    """The kernel's share per socket, so that "takes nothing" is noticed soon and a dead phone holds little."""

    connections_per_seat_max: int = 8
    """A few devices with a few tabs; one more closes the oldest."""
    connections_per_address_max: int = 600
    """A whole hotel may come through one address."""
    submits_in_flight_max: int = 32
    """Per connection; nobody taps that fast, and an outbox that comes back from a tunnel tries again. STOP is not held up."""
    messages_rate: Rate = Rate(per_s=50.0, burst=200)
    """Messages of any kind per seat; past it the link is closed."""
    submits_rate: Rate = Rate(per_s=20.0, burst=60)
    """Acts per seat; past it they are refused and the link stays. STOP, CLEAR and CURTAIN are never among them."""
    api_rate: Rate = Rate(per_s=200.0, burst=2000)
    """Requests under /api per address: 170 phones behind one address load the page at once."""
    wrong_codes_rate: Rate = Rate(per_s=1.0, burst=300)
    """Codes that open nothing, per address; past it no code is tried from there. Only a program gets that far (86,000 a day
    against 900 million codes): one who guesses by hand keeps nobody out, even where a whole hotel has one address."""
    wrong_codes_everywhere_rate: Rate = Rate(per_s=0.5, burst=200)
    """The same over all addresses; past it a wrong code is told to wait, and a right one opens as always."""
    refusal_lines_rate: Rate = Rate(per_s=1.0, burst=300)
    """Lines in the server's log about what was refused for want of a right, per seat or address: nobody fills the disk by it, nor
    hides another's lines."""
    addresses_max: int = 4096
    """Addresses and seats that rates are kept for; the longest unseen are forgotten."""

    devices_per_seat_max: int = 6
    """Phones, tablets and laptops of one person."""
    seats_default_max: int = 12
    """For a viewer that names no bound of its own."""
    seats_ever_max: int = 5000
    """Rows of the seat table, revoked ones included."""
    name_chars_max: int = 40
    """Of the name that a person gives themselves."""
    ticket_s_max: float = 30.0
    """From the answer by HTTP to the Hello, on a slow link."""
    tickets_per_device_max: int = 4
    """A few tabs that connect at once; one more kills the oldest."""
    tickets_max: int = 8192
    """Of everybody together; one more kills the oldest."""
    cookie_s_max: int = 14 * 24 * 3600
    """How long a device's token opens its seat, here and in the browser: an exercise is a week, and a seat may be taken some
    days before. After it the device joins again by its team's code."""
    stream_beat_s: float = 15.0
    """Between comments on a quiet event stream, so that proxies keep it."""
    stream_silent_s_max: float = 300.0
    """A device that has posted nothing for so long is gone without a word, or its page has been hidden since and comes back by
    itself: a page that is looked at posts a beat every ten seconds. (A WebSocket is pinged instead.)"""


def widened(bounds: Bounds, factor: float) -> Bounds:
    """The same bounds with every rate `factor` times as wide: for load tests, never for people."""
    rates: dict[str, Any] = {
        field.name: Rate(rate.per_s * factor, int(rate.burst * factor))
        for field in fields(bounds)
        if isinstance(rate := getattr(bounds, field.name), Rate)
    }
    return replace(bounds, **rates)


class Buckets:
    """Token buckets by key, at most `keys_max` of them."""

    def __init__(self, rate: Rate, keys_max: int, now: Monotonic) -> None:
        self._rate = rate
        self._keys_max = keys_max
        self._now = now
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()  # key -> tokens, when

    def take(self, key: str) -> bool:
        """Use one token of this key; False when there is none."""
        tokens = self._tokens(key)
        enough = tokens >= 1.0
        self._keep(key, tokens - 1.0 if enough else tokens)
        return enough

    def has(self, key: str) -> bool:
        """Whether one token is left; uses none."""
        return self._tokens(key) >= 1.0

    def _tokens(self, key: str) -> float:
        tokens, when = self._held.get(key, (float(self._rate.burst), 0.0))
        return min(float(self._rate.burst), tokens + (self._now() - when) * self._rate.per_s)

    def _keep(self, key: str, tokens: float) -> None:
        self._held[key] = (tokens, self._now())
        self._held.move_to_end(key)
        if len(self._held) > self._keys_max:
            self._held.popitem(last=False)
