"""One person's phone as the web client behaves (client_web/src/wire/outbox.ts, link.ts): acts are written down before they
are sent, keep their id, go out again after every reconnect until they are answered; the link opens itself again.

What a phone sees with its own eyes is checked here: frames without a gap, no version twice with other bytes, no view that
goes back in time unless a loss is said.
"""

from __future__ import annotations

import hashlib
from contextvars import copy_context
from typing import TYPE_CHECKING, Any

import msgspec

from kerege.engine.commands import bodies as b
from kerege.wire.codec import decode_server, encode_client
from kerege.wire.digest import Digest
from kerege.wire.messages import (
    Beat,
    Echo,
    Frame,
    Freeze,
    Goodbye,
    Hello,
    Open,
    Place,
    Proof,
    Receipt,
    Snapshot,
    Submit,
    Welcome,
)
from tests.laws.player import choose
from tests.simulation.line import Line
from tests.stage import Items, read

if TYPE_CHECKING:
    from random import Random

    from tests.simulation.world import World

IN_FLIGHT_MAX = 8
BUSY = {"busy", "too_fast", "unsure", "lost"}
BEAT_S = 10.0
SILENCE_S = 8.0
WAIT_FIRST_S, WAIT_MAX_S = 0.5, 30.0
SENT_TWICE = 0.05
URGENT = (b.Stop, b.Clear, b.Curtain, b.Acknowledge)
SPARED = (b.Finish,)
"""An exercise that has ended has nothing more to lose."""


class Act:
    """One act in the outbox. `state`: kept, sent, or the answer."""

    def __init__(self, id_: str, seen: int, command: b.AnyCommand) -> None:
        self.id = id_
        self.command = command
        self.data = encode_client(Submit(id_, seen, msgspec.Raw(msgspec.msgpack.encode(command))), "msgpack")
        self.state = "kept"

    @property
    def open(self) -> bool:
        return self.state in {"kept", "sent"}


class Phone:
    """One device of one viewer."""

    def __init__(self, world: World, viewer: str, random: Random) -> None:
        self.world = world
        self.viewer = viewer
        self.random = random
        self.context = copy_context()
        self.acts: list[Act] = []
        self.receipts: dict[str, list[Receipt]] = {}
        self.receipt = ""
        self.proofs: list[str] = []
        self.items: Items = {}
        self.place: Place | None = None
        self.stream = ""
        self.sort = ""
        self.welcomed = False
        self.snapshots = 0
        self.acting = True
        self._line: Line | None = None
        self._tries = 0
        self._resumed = False
        self._beats = 0
        self._connect()
        self._later(random.uniform(0.5, 3.0), self._think)
        self._later(random.uniform(1, BEAT_S), self._beat)

    # -- the link --------------------------------------------------------------------------------------------------

    @property
    def line(self) -> Line | None:
        return self._line

    def _connect(self) -> None:
        if self._line is None:
            self.welcomed = False
            self._line = Line(self.world.loop, self.world.machine, self, self.random, self.world.seen)
            self._line.calm = self.world.calm
            self._owe(self._line, 12.0)

    def opened(self) -> None:
        """The line is up: say hello, with all that is held."""
        assert self._line is not None
        cursors = {self.stream: self.place} if self.place is not None else {}
        self._resumed = bool(cursors)
        hello = Hello(f"ticket-{self.viewer}", cursors=cursors, receipt=self.receipt)
        self._line.send(encode_client(hello, "msgpack"), first=True)

    def lost(self, line: Line) -> None:
        """The line is down: what was sent may or may not have arrived."""
        if line is not self._line:
            return
        self._line = None
        for act in self.acts:
            if act.state == "sent":
                act.state = "kept"
        self._tries = 0 if self.welcomed else self._tries + 1
        self.welcomed = False
        most_s = min(WAIT_MAX_S if not self.world.calm else 2.0, WAIT_FIRST_S * 2 ** min(self._tries, 10))
        self._later(self.random.uniform(0, most_s), self._connect)

    def reload(self) -> None:
        """The page is opened anew: what was written down is there, the view is not."""
        self.items, self.place = {}, None
        if self._line is not None:
            self._line.cut()

    def _beat(self) -> None:
        self._later(BEAT_S if not self.world.calm else 2.0, self._beat)
        if self._line is not None and self.welcomed and self._line.send(encode_client(Beat(digests=True), "msgpack")):
            self._owe(self._line, SILENCE_S)

    def _owe(self, line: Line, within_s: float) -> None:
        heard = self._beats

        def look() -> None:
            if line is self._line and self._beats == heard:
                line.cut()

        self._later(within_s, look)

    # -- hearing ---------------------------------------------------------------------------------------------------

    def hear(self, data: bytes) -> None:
        """One message."""
        self._beats += 1
        message = decode_server(data, "msgpack")
        match message:
            case Welcome():
                self.welcomed, self._tries = True, 0
                self.stream, self.sort = message.stream, message.sort
                self._resend()
            case Snapshot() | Frame():
                self._view(message, data)
            case Receipt():
                self._answered(message)
            case Proof():
                self.proofs.append(message.outcome)
                self.world.judge.told(self, message.outcome)
            case Echo():
                self._compare(message)
            case Goodbye():
                self.world.seen[f"goodbye {message.code}"] += 1
            case Freeze() | _:
                pass

    def _view(self, message: Snapshot | Frame, data: bytes) -> None:
        if message.stream != self.stream:
            return
        place, judge = self.place, self.world.judge
        if isinstance(message, Frame):
            judge.hold(place is not None and message.epoch == place.epoch, f"{self.viewer}: a frame of another epoch")
            assert place is not None
            judge.hold(
                message.version == place.version + 1, f"{self.viewer}: frame {message.version} after {place.version}"
            )
            judge.frame(self.viewer, message.version, hashlib.sha256(data).digest())
        else:
            self.snapshots += 1
            back = place is not None and place.epoch == message.epoch and message.version < place.version
            judge.hold(not back or judge.may_go_back(self), f"{self.viewer}: the view went back to {message.version}")
        read(self.items, data)
        self.place = Place(message.epoch, message.version)
        self.world.told()

    def _compare(self, echo: Echo) -> None:
        """A view that is not what the server says it should be is read afresh."""
        told = echo.digests.get(self.stream)
        if told is None or self.place is None or told.version != self.place.version:
            return
        if Digest(self.items).number != told.digest and self._line is not None:  # type: ignore[arg-type]  # plain values
            self.world.judge.hold(self.world.judge.losses > 0, f"G4: the view of {self.viewer} has drifted")
            self.world.seen["drifted"] += 1
            self._line.send(encode_client(Open(self.stream), "msgpack"))

    def _answered(self, receipt: Receipt) -> None:
        self.receipts.setdefault(receipt.id, []).append(receipt)
        self.world.loop.note(f"{self.viewer} {receipt.id} {receipt.outcome} {receipt.code}")
        if receipt.token:
            self.receipt = receipt.token
        act = next((each for each in self.acts if each.id == receipt.id), None)
        if act is None or not act.open:
            return
        if receipt.outcome == "unknown" or (receipt.outcome == "refused" and receipt.code in BUSY):
            act.state = "kept"
            self._later(self.random.uniform(2, 6), self._submit, act)
            return
        act.state = receipt.outcome
        self._resend()

    # -- acting ----------------------------------------------------------------------------------------------------

    def do(self, command: b.AnyCommand) -> Act:
        """Write an act down and send it."""
        act = Act(f"{self.viewer}-{len(self.acts):06}", 0 if self.place is None else self.place.version, command)
        self.acts.append(act)
        self._submit(act)
        return act

    def _think(self) -> None:
        if not self.acting:
            return
        self._later(self.random.expovariate(1 / self.world.think_s), self._think)
        if self.items and len([act for act in self.acts if act.open]) < 40:
            command = self._chosen()
            if command is not None:
                self.do(command)

    def _chosen(self) -> b.AnyCommand | None:
        clock = self.items.get("clock", {}).get("clock")
        if clock is None:
            return None
        if self.sort == "control" and (clock["lost"] or clock["stopped"] or clock["phase"] in {"ready", "paused"}):
            return b.Acknowledge() if clock["lost"] else b.Start() if clock["phase"] == "ready" else b.Resume()
        command = choose(self.random, self.sort, self.items)
        return None if isinstance(command, SPARED) else command

    def _resend(self) -> None:
        for act in self.acts:
            if act.state == "kept":
                self._submit(act)

    def _submit(self, act: Act) -> None:
        line = self._line
        if act.state != "kept" or line is None or not self.welcomed:
            return
        urgent = isinstance(act.command, URGENT)
        if not urgent and sum(each.state == "sent" for each in self.acts) >= IN_FLIGHT_MAX:
            return
        if line.send(act.data):
            act.state = "sent"
            if not self.world.calm and self.random.random() < SENT_TWICE:
                self.world.seen["sent twice"] += 1
                line.send(act.data)

    def _later(self, delay_s: float, call: Any, *args: Any) -> None:
        self.world.loop.call_later(delay_s, call, *args, context=self.context)
