"""A room that remembers what it is told and says what a test wants; a clock that stands still; ways to speak to both."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import msgspec

from kerege.gateway.chance import SeededChance
from kerege.gateway.desk import Desk, Facts
from kerege.gateway.limits import Bounds
from kerege.gateway.ports import LINKED
from kerege.gateway.seats import Seats
from kerege.wire.codec import decode_server, encode, encode_client
from kerege.wire.framing import server_frame
from kerege.wire.messages import Digested, Echo, Frame, Place, Receipt, Snapshot, Submit

COMMAND = msgspec.Raw(msgspec.msgpack.encode({"do": "say", "to": ["k2"], "text": "hello"}, order="deterministic"))
PUBLIC_URL = "http://192.0.2.10:8000"


@dataclass(frozen=True)
class FakeViewer:
    id: str
    sort: str
    code: str
    agency: str = ""
    seats_max: int = 3
    stand_in_allowed: bool = True
    into: str = ""
    follows: str | None = None


VIEWERS = (
    FakeViewer("control", "control", "k0", seats_max=2),
    FakeViewer("patrol", "player", "k1"),
    FakeViewer("social", "player", "k2"),
    FakeViewer("actor_aida", "actor", "k3", seats_max=2, stand_in_allowed=False),
    FakeViewer("observer_patrol", "observer", "k4"),
    FakeViewer("mentor_patrol", "mentor", "k5", follows="k1"),
)


class ManualClock:
    """Time that moves when it is told to."""

    def __init__(self) -> None:
        self.at_s = 1000.0

    def __call__(self) -> float:
        return self.at_s


class FakeReader:
    """Cursors into the fake room's streams."""

    def __init__(self, room: FakeRoom, viewer: str, encoding: str, wake) -> None:
        self.room, self.viewer, self.encoding, self.wake = room, viewer, encoding, wake
        self.places: dict[str, int] = {}
        self.language = "en"
        self.reads = 0

    def open(self, stream: str, place: Place | None) -> bool:
        facts = self.room.viewers[self.viewer]
        if stream not in self.room.streams or (stream not in {facts.code, facts.follows} and facts.sort != "control"):
            return False
        known = place is not None and place.epoch == "e1" and place.version <= len(self.room.streams[stream])
        self.places[stream] = place.version if known else -1
        self.wake()
        return True

    def shut(self, stream: str) -> None:
        self.places.pop(stream, None)

    def speak(self, language: str) -> None:
        self.language = language
        self.places = dict.fromkeys(self.places, -1)
        self.wake()

    def digests(self) -> dict[str, Digested]:
        return {stream: Digested(len(self.room.streams[stream]), 7) for stream in self.places}

    def payloads(self) -> list[bytes]:
        self.reads += 1
        due: list[bytes] = []
        for stream, place in self.places.items():
            frames = self.room.streams[stream]
            if place < 0:
                due.append(encode(Snapshot(stream, "e1", len(frames), {}), self.encoding))
            else:
                due.extend(self.room.encoded(frame, self.encoding) for frame in frames[place:])
            self.places[stream] = len(frames)
        return due

    def framed(self) -> list[bytes]:
        return [server_frame(payload, text=self.encoding == "json") for payload in self.payloads()]

    def detach(self) -> None:
        self.room.readers.remove(self)


class FakeRoom:
    """One running exercise, as the gateway sees it."""

    exercise = "training-1"

    def __init__(self) -> None:
        self.viewers = {viewer.id: viewer for viewer in VIEWERS}
        self.streams: dict[str, list[Frame]] = {viewer.code: [] for viewer in VIEWERS}
        self.readers: list[FakeReader] = []
        self.submitted: list[tuple[str, str, Submit]] = []
        self.told: list[tuple[str, str]] = []
        self.erased: list[str] = []
        self.personal: list[str] = []
        self.trouble = ""
        self.gate = asyncio.Event()
        self.gate.set()
        self.failing = False
        self._encoded: dict[tuple[int, str], bytes] = {}

    def title(self, language: str) -> str:
        return {"ru": "Учебный случай"}.get(language, "Training case")

    def seat_title(self, viewer: str, language: str) -> str:
        return f"{viewer} ({language})"

    def clock_public(self) -> dict:
        return {"phase": "running", "at_s": 60, "speed": 1, "story_starts_at": "21:40", "stopped": False}

    def prove(self, token: str) -> str:
        return {"held": "", "gone": "lost"}.get(token, "refused")

    async def submit(self, seat: str, viewer: str, message: Submit, language: str) -> Receipt:
        self.submitted.append((seat, viewer, message))
        await self.gate.wait()
        if self.failing:
            raise AssertionError("secret: raisa.role == organiser")
        self.publish(viewer)
        return Receipt(message.id, "accepted", len(self.streams[self.viewers[viewer].code]), "token")

    play_ms = 60_999

    def reader(self, viewer: str, language: str, encoding: str, wake, *, inflate: bool = False) -> FakeReader:
        reader = FakeReader(self, viewer, encoding, wake)
        reader.language, reader.inflate = language, inflate
        self.readers.append(reader)
        return reader

    async def person_took(self, viewer: str) -> None:
        self.told.append(("took", viewer))

    async def person_left(self, viewer: str) -> None:
        self.told.append(("left", viewer))

    async def erase_typed(self, seats) -> int:
        if self.failing:
            raise AssertionError("secret: raisa.role == organiser")
        self.erased.extend(seats)
        return 3

    def publish(self, viewer: str, words: str = "") -> None:
        """One more frame on this viewer's stream; everybody who reads it is woken."""
        code = self.viewers[viewer].code
        frames = self.streams[code]
        frames.append(Frame(code, "e1", len(frames) + 1, drop={"x": [words]} if words else {}))
        for reader in list(self.readers):
            if code in reader.places:
                reader.wake()

    def encoded(self, frame: Frame, encoding: str) -> bytes:
        return self._encoded.setdefault((id(frame), encoding), encode(frame, encoding))


@dataclass
class House:
    """A desk with its fake room and clock."""

    room: FakeRoom
    clock: ManualClock
    seats: Seats
    desk: Desk
    numbers: dict[str, int] = field(default_factory=dict)

    def sit(self, viewer: str, token: str | None = None):
        """Somebody joins; returns what joining returned."""
        typed = self.seats.new_link(viewer) if self.room.viewers[viewer].sort in LINKED else self.seats.code_of(viewer)
        return self.seats.join(typed, "en", "", None, token)


def build_house(bounds: Bounds | None = None, path=None, **facts) -> House:
    """Everything behind the gateway's doors."""
    bounds = bounds or Bounds()
    room, clock, chance = FakeRoom(), ManualClock(), SeededChance("tests")
    seats = Seats(path, room.exercise, b"k" * 32, room.viewers, chance, bounds, lambda: 0)
    desk = Desk(room, seats, Facts(public_url=PUBLIC_URL, **facts), bounds, clock, chance)
    return House(room, clock, seats, desk)


def submit(number: int = 1) -> Submit:
    return Submit(f"command-{number}", 0, COMMAND)


def write(message, encoding: str = "msgpack") -> bytes:
    return encode_client(message, encoding)


def read(payloads, encoding: str = "msgpack") -> list:
    return [decode_server(payload, encoding) for payload in payloads]


def kinds(messages) -> list[str]:
    return [type(message).__name__ for message in messages]


__all__ = ["Echo", "House", "build_house", "kinds", "read", "submit", "write"]
