"""One client's conversation with the room, without a socket: WebSockets, event streams and stand-ins all use this.

    bytes in  -> Session (a message or a fault) -> the room -> answers
    bytes out <- first what is due at once (welcome, denied, echo), then all streams from their place to the head,
                 then receipts (so that a receipt comes after its effect), then a goodbye

It holds cursors, no queue of frames: while its owner does not ask for `outgoing`, frames stay in the room's streams.
Identity comes from the ticket in the Hello and never from another message.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import structlog

from kerege.gateway.desk import Admitted, Desk
from kerege.gateway.ports import StreamReader
from kerege.gateway.texts import say
from kerege.wire.closing import GOODBYES
from kerege.wire.codec import Encoding, encode
from kerege.wire.framing import server_frame
from kerege.wire.limits import STREAMS_OPEN_MAX
from kerege.wire.messages import (
    MARK,
    PROTOCOL_VERSION,
    Beat,
    Close,
    Denied,
    Echo,
    FromClient,
    Goodbye,
    Hello,
    Open,
    Place,
    Proof,
    Receipt,
    ServerMessage,
    Speak,
    Submit,
    Welcome,
)
from kerege.wire.session import Phase, Session
from kerege.wire.urgent import is_urgent

log = structlog.get_logger("kerege.gateway")

Admit = Callable[[str], Admitted | None]


class Connection:
    """One client. `wake` is called, from the event loop, when `outgoing` may have something; not again for each change until that is asked."""

    def __init__(self, desk: Desk, encoding: Encoding, wake: Callable[[], None], admit: Admit | None = None) -> None:
        self._desk = desk
        self._session = Session(encoding)
        self._encoding: Encoding = encoding
        self._wake = wake
        self._admit = admit or desk.admit
        self._admitted: Admitted | None = None
        self._reader: StreamReader | None = None
        self._language = "en"
        self._streams: set[str] = set()
        self.observes = False
        """Whether an observer sits here: served after everybody in the play."""
        self._in_flight = 0
        self._first: list[bytes] = []
        self._last: list[bytes] = []

    # ------------------------------------------------------------------------------------------------ coming in

    async def receive(self, data: bytes) -> None:
        """Take one message and see it through. What there is to answer is in `outgoing` when this returns."""
        submit = self.accept(data)
        if submit is not None:
            await self.play(submit)

    def accept(self, data: bytes) -> Submit | None:
        """Take one message and do at once what needs no waiting; a Submit is handed back, to be played."""
        if self.over:
            return None
        message = self._session.receive(data)
        if message is None:
            self._say_goodbye()
            return None
        if isinstance(message, Hello):
            self._greet(message)
            return None
        assert self._admitted is not None  # the session lets nothing else come before a Hello
        if not self._desk.messages.take(self._admitted.seat.id):
            self.end("too_fast")
            return None
        return self._handle(message, self._admitted)

    async def play(self, submit: Submit) -> None:
        """Ask the room, and answer with exactly one receipt."""
        assert self._admitted is not None
        seat = self._admitted.seat
        self._in_flight += 1
        try:
            receipt = await self._desk.room.submit(seat.id, seat.viewer, submit, self._language)
        except Exception:  # the room's edge: its failure is ours, and nobody knows what was kept
            log.exception("the room failed on a command", seat=seat.id, command=submit.id)
            receipt = self._receipt(submit, "unknown", "unsure")
        finally:
            self._in_flight -= 1
        if receipt.outcome == "refused" and receipt.code == "not_yours":
            self._desk.note_refusal("not_yours", seat=seat.id, command=submit.id)
        self._answer_last(receipt)

    def _handle(self, message: FromClient, admitted: Admitted) -> Submit | None:
        assert self._reader is not None
        match message:
            case Submit():
                if is_urgent(message):  # no haste of this seat's may hold up a STOP
                    return message
                if not self._desk.submits.take(admitted.seat.id):
                    self._answer_last(self._receipt(message, "refused", "too_fast"))
                elif self._in_flight >= self._desk.bounds.submits_in_flight_max:
                    self._answer_last(self._receipt(message, "refused", "busy"))
                else:
                    return message
            case Open(stream, place):
                self._open(stream, place)
            case Close(stream):
                self._streams.discard(stream)
                self._reader.shut(stream)
            case Speak(language):
                self._language = language
                self._reader.speak(language)
            case Beat(digests=digests):
                self._desk.attendance.answer(admitted.seat)
                if not digests:
                    self._answer_first(Echo(self._play_s()))
                else:
                    self._answer_last(Echo(self._play_s(), self._reader.digests()))
        return None

    def _greet(self, hello: Hello) -> None:
        self._language = hello.language
        admitted = self._admit(hello.ticket)
        facts = None if admitted is None else self._desk.room.viewers.get(admitted.seat.viewer)
        if admitted is None or facts is None:
            self._desk.note_refusal("ticket_refused")
            self.end("ticket_refused")
            return
        self._admitted = admitted
        self.observes = facts.sort == "observer"
        room = self._desk.room
        self._reader = room.reader(
            admitted.seat.viewer, hello.language, self._encoding, self._wake, inflate=hello.inflate
        )
        welcome = Welcome(
            protocol=PROTOCOL_VERSION,
            sort=facts.sort,
            stream=facts.code,
            title=room.seat_title(admitted.seat.viewer, hello.language),
            exercise=room.title(hello.language),
            mark=MARK,
            language=hello.language,
            languages=list(self._desk.facts.languages),
            at_s=self._play_s(),
            delay_s=self._desk.facts.observer_delay_s if self.observes else 0,
            page=self._desk.facts.page,
        )
        self._answer_first(welcome)
        cursors = hello.cursors if self._proves(hello.receipt) else dict.fromkeys(hello.cursors)
        self._open(facts.code, cursors.get(facts.code))
        for stream, place in cursors.items():
            if stream != facts.code:
                self._open(stream, place)
        self._desk.attendance.enter(admitted.seat, admitted.device, self)

    def _proves(self, receipt: str) -> bool:
        """Whether the log holds what this client was told; where it does not, what it has read is not to be built on."""
        outcome = self._desk.room.prove(receipt) if receipt else ""
        if outcome == "":
            return True
        self._answer_first(Proof(outcome, say(f"proof-{outcome}", self._language)))
        return outcome == "refused"

    def _open(self, stream: str, place: Place | None) -> None:
        assert self._reader is not None
        fits = stream in self._streams or len(self._streams) < STREAMS_OPEN_MAX
        if fits and self._reader.open(stream, place):
            self._streams.add(stream)
        else:
            self._desk.note_refusal("stream_denied", seat=self.seat_id)
            self._answer_first(Denied(stream, say("denied", self._language)))

    # ------------------------------------------------------------------------------------------------ going out

    def outgoing(self) -> list[bytes]:
        """Everything that is due, oldest first; empty when there is nothing."""
        self._look_where_i_sit()
        streams = () if self._reader is None or self.over else self._reader.payloads()
        return self._collect(streams, self._first, self._last)

    def framed(self) -> list[bytes]:
        """The same, each message with its WebSocket header; what streams hold is framed once for all who read it."""
        self._look_where_i_sit()
        streams = () if self._reader is None or self.over else self._reader.framed()
        text = self._encoding == "json"
        first = [server_frame(payload, text=text) for payload in self._first]
        last = [server_frame(payload, text=text) for payload in self._last]
        return self._collect(streams, first, last)

    def _collect(self, streams: Sequence[bytes], first: list[bytes], last: list[bytes]) -> list[bytes]:
        due = [*first, *streams, *last]
        self._first.clear()
        self._last.clear()
        return due

    def _look_where_i_sit(self) -> None:
        """A seat whose team was merged into another comes back to that one."""
        if self._admitted is not None and not self.over:
            facts = self._desk.room.viewers.get(self._admitted.seat.viewer)
            if facts is not None and facts.into:
                self.end("moved")

    def _play_s(self) -> int:
        return self._desk.room.play_ms // 1000

    def _answer_first(self, message: ServerMessage) -> None:
        self._first.append(encode(message, self._encoding))
        self._wake()

    def _answer_last(self, message: ServerMessage) -> None:
        if not self.over:
            self._last.append(encode(message, self._encoding))
            self._wake()

    def _receipt(self, submit: Submit, outcome: str, code: str) -> Receipt:
        assert outcome in {"refused", "unknown"}
        text = say(f"refusal-{code}", self._language)
        return Receipt(submit.id, "refused" if outcome == "refused" else "unknown", code=code, text=text)

    # ------------------------------------------------------------------------------------------------ ending

    @property
    def greeted(self) -> bool:
        """Whether the Hello was heard and let in."""
        return self._admitted is not None

    @property
    def over(self) -> bool:
        """Whether the conversation has ended; then send what is `outgoing` and close."""
        return self._session.phase is Phase.OVER

    @property
    def fault(self) -> str:
        """Why it ended: a goodbye code."""
        return self._session.fault

    @property
    def close_number(self) -> int:
        """The number for the WebSocket close frame."""
        return GOODBYES[self.fault].number

    @property
    def seat_id(self) -> str:
        """For the log; empty before the Hello."""
        return self._admitted.seat.id if self._admitted else ""

    def end(self, code: str) -> None:
        """Say goodbye with this code; the first reason stands."""
        if not self.over:
            self._session.end(code)
            self._say_goodbye()

    def detach(self) -> None:
        """Let go of the room; called once, by whoever owns the line, when it is gone."""
        if self._reader is not None:
            self._reader.detach()
            self._reader = None
        if self._admitted is not None:
            self._desk.attendance.leave(self._admitted.seat, self)

    def _say_goodbye(self) -> None:
        code = self._session.fault
        self._last.append(encode(Goodbye(code, say(f"goodbye-{code}", self._language)), self._encoding))
        self._wake()
