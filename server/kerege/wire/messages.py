"""What client and server say to each other: one closed family for each side.

Every message is a msgspec struct with a `type` tag and no unknown fields. Client messages carry codes and handles
only (never a pack's ids); server messages carry text that is already rendered in the reader's language.
The body of a command travels as raw bytes and is decoded by whoever knows the commands (the room), so that this
package stays a leaf.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from kerege.wire.items import AnyItem

PROTOCOL_VERSION = 1
MARK = "SIMULATION · УЧЕБНОЕ · ОКУУ"
"""Stands on every screen and in every log, the same in all languages."""
COMMAND_ID_CHARS_MAX = 40
"""Of an act's id, which its client makes: a UUID has 36."""
TICKET_CHARS_MAX = 64
"""Of a ticket, which has 32."""
STREAM_CHARS_MAX = 40
"""Of a stream's name, which has 8."""
CURSORS_MAX = 24
"""As many as streams that one connection may hold."""
RECEIPT_CHARS_MAX = 200
"""Of a receipt's token, which has 140."""

CommandId = Annotated[str, msgspec.Meta(min_length=8, max_length=COMMAND_ID_CHARS_MAX, pattern=r"^[A-Za-z0-9_-]+$")]
StreamId = Annotated[str, msgspec.Meta(min_length=1, max_length=STREAM_CHARS_MAX)]
Version = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
Language = Literal["en", "ru", "kk", "ky", "tg", "uz", "tk"]


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far a client has read one stream: the epoch it belongs to and the version it holds."""

    epoch: Annotated[str, msgspec.Meta(max_length=24)]
    version: Version


class ClientMessage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type"):
    """Base of everything a client may send."""


class Hello(ClientMessage, frozen=True, forbid_unknown_fields=True, tag="hello"):
    """The first frame: who I am (a ticket), my language, and how far I have read each stream."""

    ticket: Annotated[str, msgspec.Meta(min_length=8, max_length=TICKET_CHARS_MAX)]
    language: Language = "en"
    inflate: bool = False
    """The client can unpack zlib: snapshots come as Packed where that is shorter (msgpack only)."""
    cursors: Annotated[dict[StreamId, Place], msgspec.Meta(max_length=CURSORS_MAX)] = {}
    receipt: Annotated[str, msgspec.Meta(max_length=RECEIPT_CHARS_MAX)] = ""
    """The token of the last receipt: proves what was acknowledged. Answered by a Proof only where it is not so."""


class Submit(ClientMessage, frozen=True, forbid_unknown_fields=True, tag="submit"):
    """Ask the room to do something; answered by exactly one Receipt with the same id."""

    id: CommandId
    seen: Version
    command: msgspec.Raw
    done_at_ms: Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)] | None = None


class Open(ClientMessage, frozen=True, forbid_unknown_fields=True, tag="open"):
    """Read one more stream (control's "see as"); answered by its snapshot or missing frames, or a Denied."""

    stream: StreamId
    cursor: Place | None = None


class Close(ClientMessage, frozen=True, forbid_unknown_fields=True, tag="close"):
    """Stop reading a stream that was opened."""

    stream: StreamId


class Speak(ClientMessage, frozen=True, forbid_unknown_fields=True, tag="speak"):
    """Change the language; every open stream is sent again as a snapshot."""

    language: Language


class Beat(ClientMessage, frozen=True, forbid_unknown_fields=True, tag="beat"):
    """Is the link alive? Answered by an Echo: at once, or where digests are asked for, after all that is due."""

    digests: bool = False
    """Say how my streams should look by now."""


class ServerMessage(msgspec.Struct, frozen=True, tag_field="type"):
    """Base of everything the server may send."""


class Welcome(ServerMessage, frozen=True, tag="welcome"):
    """The answer to Hello: what this seat is and which stream is its own."""

    protocol: int
    sort: Literal["player", "actor", "control", "safety", "observer", "mentor", "evaluator"]
    stream: str
    title: str
    exercise: str
    mark: str
    language: str
    languages: list[str]
    at_s: int = 0
    """Play time now: a client's clock goes on from here."""
    delay_s: int = 0
    """How much later than it happens this seat's stream shows things (an observers' desk)."""
    page: str = ""
    """The script of the page that this server hands out: an open page of another one loads itself anew."""


class Snapshot(ServerMessage, frozen=True, tag="snapshot"):
    """A whole view: collection -> key -> item. Replaces whatever the client held of this stream."""

    stream: str
    epoch: str
    version: int
    items: dict[str, dict[str, AnyItem]]
    digest: int = 0
    """Of `items`, as kerege.wire.digest says."""


class Packed(ServerMessage, frozen=True, tag="packed"):
    """A Snapshot's items packed with zlib (RFC 1950): `items` unpacks to the msgpack map that Snapshot.items is."""

    stream: str
    epoch: str
    version: int
    items: bytes
    digest: int = 0


class Frame(ServerMessage, frozen=True, tag="frame"):
    """What one step added to a view; `version` is the one before plus one. First `put`, then `drop`."""

    stream: str
    epoch: str
    version: int
    put: dict[str, dict[str, AnyItem]] = {}
    drop: dict[str, list[str]] = {}


class Digested(msgspec.Struct, frozen=True):
    """What a view's digest is at a version, in the reader's language."""

    version: int
    digest: int


class Receipt(ServerMessage, frozen=True, tag="receipt"):
    """The one answer to a Submit. `version` is the asker's view after its effect; `token` proves it later."""

    id: str
    outcome: Literal["accepted", "refused", "too_late", "unknown"]
    version: int = 0
    token: str = ""
    code: str = ""
    text: str = ""


class Proof(ServerMessage, frozen=True, tag="proof"):
    """The answer to a Hello's receipt: what it acknowledges is lost; or it proves nothing here, whatever it is."""

    outcome: Literal["lost", "refused"]
    text: str


class Denied(ServerMessage, frozen=True, tag="denied"):
    """An Open that this seat may not have, or a stream that does not exist: the same words for both."""

    stream: str
    text: str


class Freeze(ServerMessage, frozen=True, tag="freeze"):
    """STOP, shown at once and before the journal has it."""

    stopped: bool


class Echo(ServerMessage, frozen=True, tag="echo"):
    """The answer to a Beat, with play time now: a client's clock goes on from here."""

    at_s: int = 0
    digests: dict[str, Digested] = {}
    """Stream -> what it is at its head, where the Beat has asked; a client that holds something else reads it afresh."""


class Goodbye(ServerMessage, frozen=True, tag="goodbye"):
    """Said before the server closes: a stable code of `closing.py` and why, in words."""

    code: str
    text: str


FromClient = Hello | Submit | Open | Close | Speak | Beat
FromServer = Welcome | Snapshot | Packed | Frame | Receipt | Proof | Denied | Freeze | Echo | Goodbye
