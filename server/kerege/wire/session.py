"""One link's conversation, without a socket: which message may come when, and when it is over.

    GREETING --Hello--> TALKING --anything but Hello--> TALKING
    any state --bad bytes, wrong message, or our own Goodbye--> OVER

Rule 1: before a Hello nothing else is read, and a Hello is read once.
Rule 2: the peer's first fault ends the link; what comes after it is not looked at.
Rule 3: this file knows no clock: whoever holds the socket calls `end("hello_late")` when its patience is over.
"""

from __future__ import annotations

from enum import Enum

from kerege.wire.closing import GOODBYES
from kerege.wire.codec import BadMessage, Encoding, decode
from kerege.wire.messages import Beat, Close, FromClient, Hello, Open, Speak, Submit

PROTOCOLS: dict[str, Encoding] = {"kerege.1.msgpack": "msgpack", "kerege.1.json": "json"}
"""WebSocket subprotocol -> encoding, best first."""


class Phase(Enum):
    """Where a conversation stands."""

    GREETING = "greeting"
    TALKING = "talking"
    OVER = "over"


NEXT: dict[tuple[Phase, type[FromClient]], Phase] = {
    (Phase.GREETING, Hello): Phase.TALKING,
    (Phase.TALKING, Submit): Phase.TALKING,
    (Phase.TALKING, Open): Phase.TALKING,
    (Phase.TALKING, Close): Phase.TALKING,
    (Phase.TALKING, Speak): Phase.TALKING,
    (Phase.TALKING, Beat): Phase.TALKING,
}
"""What may come when. A pair that is not here ends the link."""


class Session:
    """The state of one conversation. `fault` is the goodbye code once it is over, else empty."""

    def __init__(self, encoding: Encoding) -> None:
        self.encoding: Encoding = encoding
        self.phase = Phase.GREETING
        self.fault = ""

    def receive(self, data: bytes) -> FromClient | None:
        """Read one message. None: the conversation is over (now or before); say goodbye with `fault` and close."""
        if self.phase is Phase.OVER:
            return None
        try:
            message = decode(data, self.encoding)
        except BadMessage as bad:
            self.end(bad.reason)
            return None
        after = NEXT.get((self.phase, type(message)))
        if after is None:
            self.end("hello_first" if self.phase is Phase.GREETING else "hello_twice")
            return None
        self.phase = after
        return message

    def end(self, code: str) -> None:
        """End the conversation for our own reason, a code of `closing.GOODBYES`. The first reason stands."""
        assert code in GOODBYES
        if self.phase is not Phase.OVER:
            self.phase = Phase.OVER
            self.fault = code
