"""Every code by which the server says no: one table for goodbyes (the link ends), one for refusals (the link stays).

A code is stable: clients decide by it. Its words may change and are translated by whoever speaks to people; the
English ones here are the fallback and the documentation. Neither codes nor words ever carry input or internals, and
"does not exist" and "not yours" have the same code.
"""

from __future__ import annotations

from typing import NamedTuple


class Closing(NamedTuple):
    """Why a link ends: the number in the WebSocket close frame, the words, and whether a client should come back."""

    number: int
    text: str
    come_back: bool


GOODBYES: dict[str, Closing] = {
    # The peer broke the protocol: coming back with the same bytes will not help.
    "too_big": Closing(1009, "This message is too long.", come_back=False),
    "wrong_kind": Closing(1003, "Text on a binary link, or the reverse.", come_back=False),
    "bad_bytes": Closing(4400, "These bytes are no message.", come_back=False),
    "bad_value": Closing(4400, "This message holds a value that is not allowed.", come_back=False),
    "bad_message": Closing(4400, "There is no such message.", come_back=False),
    "hello_first": Closing(4401, "The first message must be a hello.", come_back=False),
    "hello_twice": Closing(4401, "Hello is said once.", come_back=False),
    "hello_late": Closing(4408, "No hello came in time.", come_back=True),
    # Who may speak. One code for every ticket that opens nothing: unknown, used, too old, or of a revoked device.
    "ticket_refused": Closing(4403, "This ticket opens nothing. Ask for a new one.", come_back=True),
    "revoked": Closing(4410, "This device was signed out.", come_back=False),
    "replaced": Closing(4409, "This seat is open on too many screens; the oldest was closed.", come_back=False),
    "moved": Closing(4412, "Your team is another one now. Come back to it.", come_back=True),
    # Bounds.
    "too_fast": Closing(4429, "Too many messages. Wait a little.", come_back=True),
    "stalled": Closing(4411, "This device stopped reading.", come_back=True),
    # The server's own affairs.
    "restarting": Closing(1012, "The server restarts. Come back in a moment.", come_back=True),
    "room_failed": Closing(4500, "Something went wrong on the server. Come back in a moment.", come_back=True),
}
"""Goodbye code -> how the link ends."""

REFUSALS: dict[str, str] = {
    "busy": "Too much is waiting. It was not taken; try again.",
    "too_fast": "Too many acts in a short time. It was not taken; try again in a moment.",
    "unsure": "Nobody can say yet whether this was kept. Send it again with the same id.",
}
"""Receipt code -> words, for what the server refuses before the room has judged it. The rules' own codes are the room's."""

DENIED_TEXT = "There is no such view for you."
"""What a Denied says, for a stream that does not exist and for one that belongs to others alike."""
