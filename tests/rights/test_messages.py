"""G7 on a link: every message of the wire, from everybody who may not say it, and about everything that is another's.

The room is real, the network is not: `test_live.py` says what only a socket can show.
"""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from kerege.engine.commands import bodies as b
from kerege.gateway.connection import Connection
from kerege.gateway.desk import Admitted, Desk
from kerege.gateway.tickets import Tickets
from kerege.room.answers import Answers
from kerege.room.reader import Reader
from kerege.wire.messages import Beat, Close, FromClient, Goodbye, Hello, Open, Place, Receipt, Speak, Submit
from kerege.wire.session import NEXT
from tests.rights.house import House, Line, open_house
from tests.rights.identities import VIEWERS, take_away

SAY = msgspec.Raw(msgspec.msgpack.encode({"do": "stop"}))
"""Of all acts the one that most seats may do: a right that is missing is not hidden by a rule."""


def submit(command_id: str, command: object = None) -> Submit:
    return Submit(command_id, 0, SAY if command is None else msgspec.Raw(msgspec.msgpack.encode(command)))


MESSAGES: dict[str, tuple[Any, str]] = {
    "Hello": (lambda code: Hello("x" * 32, cursors={code: Place("e", 0)}), "hello_twice"),
    "Submit": (lambda _: submit("of-nobody-1"), ""),
    "Open": (Open, ""),
    "Close": (Close, ""),
    "Speak": (lambda _: Speak("ru"), ""),
    "Beat": (lambda _: Beat(), ""),
}
"""Message -> how one about a stream is made, and what it costs whoever has greeted to say it."""


def test_every_message_has_a_row():
    """Whoever adds a message says here who may say it."""
    named = {getattr(message, "__name__", message) for message in FromClient.__args__}
    assert named == set(MESSAGES) == {kind.__name__ for _, kind in NEXT}


async def other_exercise(_: House, folder: Any) -> str:
    async with open_house(folder, "other", seed=8) as other:
        return other.ticket(other.sit("control"))


async def expired(house: House, _: Any) -> str:
    ticket = house.ticket(house.sit("control"))
    house.clock.at_s += house.desk.bounds.ticket_s_max + 0.01
    return ticket


async def revoked(house: House, _: Any) -> str:
    joined = house.sit("control")
    ticket = house.ticket(joined)
    take_away(house, joined)
    house.clock.at_s += 1
    return ticket


async def revoked_unvoided(house: House, _: Any) -> str:
    """The seat table has dropped the device, and nobody has told the tickets yet."""
    joined = house.sit("control")
    ticket = house.ticket(joined)
    house.seats.revoke(joined.seat.id)
    return ticket


async def replayed(house: House, _: Any) -> str:
    ticket = house.ticket(house.sit("control"))
    assert house.desk.admit(ticket) is not None
    return ticket


async def forged(house: House, _: Any) -> str:
    ticket = house.ticket(house.sit("control"))
    return ("B" if ticket[0] != "B" else "C") + ticket[1:]


async def cookie(house: House, _: Any) -> str:
    return str(house.sit("control").token)


async def device(house: House, _: Any) -> str:
    return house.sit("control").device


async def stand_in(_: House, __: Any) -> str:
    return "in-process"


async def made_up(_: House, __: Any) -> str:
    return "x" * 32


TICKETS = {
    each.__name__: each
    for each in (
        made_up, forged, expired, revoked, revoked_unvoided, replayed, other_exercise, cookie, device, stand_in,
    )
}  # fmt: skip


async def without_a_right(house: House, folder: Any) -> tuple[int, list[str]]:
    """Each message from each who was not let in, or is no more. Returns how many cells, and those that are wrong."""
    wrong: list[str] = []
    cells = 0
    codes = [facts.code for facts in house.room.viewers.values()]
    refusals = set()
    for name, make in TICKETS.items():
        for message, (build, _) in MESSAGES.items():
            ticket = await make(house, folder)
            before = await house.mark()
            line = Line(house)
            said = await line.greet(ticket[:64])
            refusals.add(tuple(line.heard))
            after = await line.say(build(codes[0]))
            line.close()
            cells += 1
            if [getattr(each, "code", "") for each in said] != ["ticket_refused"]:
                wrong.append(f"a ticket that is {name}: {said}")
            if after:
                wrong.append(f"{message} after a ticket that is {name}: {after}")
            if _but_tickets(await house.mark()) != _but_tickets(before):
                wrong.append(f"{message} after a ticket that is {name}: something changed")
        house.empty("control")
    if len(refusals) != 1:
        wrong.append(f"tickets that open nothing are told apart: {refusals}")
    for message, (build, _) in MESSAGES.items():
        before = await house.mark()
        line = Line(house)
        said = await line.say(build(codes[0]))
        line.close()
        cells += 1
        expected = "ticket_refused" if message == "Hello" else "hello_first"
        if [getattr(each, "code", "") for each in said] != [expected] or await house.mark() != before:
            wrong.append(f"{message} of somebody who did not greet: {said}")
    for message, (build, _) in MESSAGES.items():
        joined = house.sit("control")
        line = Line(house)
        await line.greet(house.ticket(joined))
        take_away(house, joined)
        goodbye = line.connection.outgoing()
        before = await house.mark()
        said = await line.say(build(codes[1]))
        changed = await house.mark() != before
        line.close()
        house.empty("control")
        cells += 1
        if not any(b"revoked" in payload for payload in goodbye) or said or changed:
            wrong.append(f"{message} on a line whose seat was taken away: {said}")
    return cells, wrong


def _but_tickets(mark: tuple[object, ...]) -> tuple[object, ...]:
    """A ticket that was tried is used up, whoever tried it."""
    *rest, _, lines = mark
    return (*rest, lines)


@pytest.mark.proof(
    "G7", "every message by tickets forged, expired, revoked, replayed, of another exercise, and by none"
)
@pytest.mark.parametrize("started", [False, True])
async def test_no_message_without_a_right(house, proof, tmp_path, started):
    """One goodbye for all of them, in the same bytes; nothing is answered after it, nothing changed."""
    if started:
        await house.start()
    cells, wrong = await without_a_right(house, tmp_path)
    assert not wrong, "\n".join(wrong)
    proof.tried(cells)


async def about_others(house: House) -> tuple[int, list[str]]:
    """Each seat that can be held says each message about each stream that is not its own, and sends others' acts again."""
    wrong: list[str] = []
    cells = 0
    streams = {viewer: facts.code for viewer, facts in house.room.viewers.items()}
    texts = {}
    for name, viewer in VIEWERS.items():
        followed = house.room.viewers[viewer].follows
        if name == "control":
            continue
        mine = {streams[viewer], followed}
        line = Line(house)
        await line.greet(house.ticket(house.sit(viewer)), cursors={code: Place("e1", 0) for code in streams.values()})
        denied = {message.stream for message in _read(line.heard) if type(message).__name__ == "Denied"}
        shown = {message.stream for message in _read(line.heard) if type(message).__name__ in {"Snapshot", "Frame"}}
        await house.settle()
        await line.say(Beat())
        cells += len(streams)
        if denied != set(streams.values()) - mine or not shown <= mine:
            wrong.append(f"{name}: a hello with every stream's cursor shows {shown}, denies {denied}")
        for other, code in [*streams.items(), ("nothing", "zzzzzzzz")]:
            if code in mine:
                continue
            before = await house.mark()
            said = await line.say(Open(code))
            payload = line.heard[-1].replace(code.encode(), b"?" * len(code))
            texts.setdefault(name, set()).add(payload)
            quiet = [*await line.say(Close(code)), *await line.say(Speak("en"))]
            told = {each.stream for each in quiet if hasattr(each, "stream")}
            cells += 3
            if [type(each).__name__ for each in said] != ["Denied"] or not told <= mine:
                wrong.append(f"{name}: opens {other}: {said}, then {told}")
            if await house.mark() != before:
                wrong.append(f"{name}: {other}'s stream: something changed")
        line.close()
    wrong += [
        f"{name}: streams of others and one that is not are told apart" for name, each in texts.items() if len(each) > 1
    ]
    return cells, wrong


def _read(payloads: list[bytes]) -> list[Any]:
    from kerege.wire.codec import decode_server

    return [decode_server(payload, "msgpack") for payload in payloads]


@pytest.mark.proof("G7", "every message about every stream that is another's")
async def test_no_message_reaches_anothers_stream(house, proof):
    """By a Hello's cursors, by Open, Close and Speak: denied in the bytes of a stream that does not exist."""
    await house.start()
    cells, wrong = await about_others(house)
    assert not wrong, "\n".join(wrong)
    proof.tried(cells)


async def acts_of_others(house: House) -> tuple[int, list[str]]:
    """An act whose id another seat has used is a new act: no seat gets, or stops, another's answer."""
    wrong = []
    theirs = Line(house)
    await theirs.greet(house.ticket(house.sit("social")))
    to = house.room.viewers["patrol"].code
    spoken = submit("their-act-1", b.Say((to,), "Ours."))
    (receipt,) = [each for each in await theirs.say(spoken) if isinstance(each, Receipt)]
    assert receipt.outcome == "accepted"
    cells = 0
    for name, viewer in VIEWERS.items():
        line = Line(house)
        await line.greet(house.ticket(house.sit(viewer)))
        (mine,) = [each for each in await line.say(spoken) if isinstance(each, Receipt)]
        cells += 1
        if mine.token == receipt.token or mine.code == "other_body":
            wrong.append(f"{name} was answered for another seat: {mine}")
        line.close()
    (again,) = [each for each in await theirs.say(spoken) if isinstance(each, Receipt)]
    if again != receipt:
        wrong.append("the seat's own answer has changed")
    theirs.close()
    return cells, wrong


@pytest.mark.proof("G7", "an act's id that another seat has used")
async def test_no_seat_is_answered_for_another(house, proof):
    """Ids are a seat's own: another's id gives neither its receipt nor a word that it was used."""
    await house.start()
    cells, wrong = await acts_of_others(house)
    assert not wrong, "\n".join(wrong)
    proof.tried(cells)


@pytest.mark.proof("G7", "an act's id that another seat has used", mutant=True)
async def test_answers_by_id_alone_are_noticed(house, proof, monkeypatch):
    """One memory of answers for all seats."""
    get, keep = Answers.get, Answers.keep
    monkeypatch.setattr(Answers, "get", lambda self, _, command_id: get(self, "all", command_id))
    monkeypatch.setattr(Answers, "keep", lambda self, _, command_id, answer: keep(self, "all", command_id, answer))
    await house.start()
    cells, wrong = await acts_of_others(house)
    assert wrong
    proof.tried(cells, faults=1)


# ---------------------------------------------------------------------------------------------------- wrong on purpose


def tickets_open_twice(monkeypatch: Any) -> None:
    """A ticket stays good until its time is over."""

    def redeem(self: Tickets, ticket: str) -> str | None:
        from kerege.gateway.tickets import _digest

        held = self._held.get(_digest(ticket))
        return held[0] if held is not None and held[1] >= self._now() else None

    monkeypatch.setattr(Tickets, "redeem", redeem)


def tickets_never_expire(monkeypatch: Any) -> None:
    """Nobody looks at the clock."""

    def redeem(self: Tickets, ticket: str) -> str | None:
        from kerege.gateway.tickets import _digest

        held = self._held.pop(_digest(ticket), None)
        return held[0] if held is not None else None

    monkeypatch.setattr(Tickets, "redeem", redeem)


def revocation_is_forgotten(monkeypatch: Any) -> None:
    """The seat table knows; screens that are open stay open."""
    monkeypatch.setattr(Desk, "sign_out", lambda *_: None)


def the_hello_says_who(monkeypatch: Any) -> None:
    """A cookie's digest or a ticket: whatever leads to a device."""
    admit = Desk.admit

    def lax(self: Desk, ticket: str) -> Admitted | None:
        seat = self.seats.seat_of_device(ticket)
        return admit(self, ticket) if seat is None else Admitted(seat, ticket)

    monkeypatch.setattr(Desk, "admit", lax)


def old_tickets_are_said_so(monkeypatch: Any) -> None:
    """A ticket that was used gets words of its own."""
    greet = Connection._greet
    used: set[str] = set()

    def telling(self: Connection, hello: Hello) -> None:
        greet(self, hello)
        if self.over and not hello.ticket.startswith("x"):
            used.add(hello.ticket)
            self._last[:] = [payload.replace(b"ticket", b"TICKET") for payload in self._last]

    monkeypatch.setattr(Connection, "_greet", telling)


def over_is_not_over(monkeypatch: Any) -> None:
    """What comes after a goodbye is still seen through."""
    monkeypatch.setattr(Connection, "over", property(lambda _: False))


@pytest.mark.proof(
    "G7", "every message by tickets forged, expired, revoked, replayed, of another exercise, and by none", mutant=True
)
@pytest.mark.parametrize(
    "mutant",
    [
        tickets_open_twice,
        tickets_never_expire,
        revocation_is_forgotten,
        the_hello_says_who,
        old_tickets_are_said_so,
        over_is_not_over,
    ],
    ids=lambda mutant: mutant.__name__,
)
async def test_wrong_tickets_are_noticed(house, proof, tmp_path, monkeypatch, mutant):
    """Each of these servers is wrong in one place."""
    mutant(monkeypatch)
    cells, wrong = await without_a_right(house, tmp_path)
    assert wrong
    proof.tried(cells, faults=1)


def streams_for_everybody(monkeypatch: Any) -> None:
    """Whoever asks for a stream that exists is given it."""
    opened = Reader.open

    def lax(self: Reader, stream: str, place: Place | None) -> bool:
        self._may_open = lambda _: True
        return opened(self, stream, place) if stream in self._streams else False

    monkeypatch.setattr(Reader, "open", lax)


def denial_says_what_is(monkeypatch: Any) -> None:
    """Another's stream is refused in other words than one that is not."""
    opened = Connection._open

    def telling(self: Connection, stream: str, place: Place | None) -> None:
        before = len(self._first)
        opened(self, stream, place)
        if len(self._first) > before and stream not in self._desk.room._codes():
            self._first[-1] = self._first[-1].replace(b"There is", b"There IS")

    monkeypatch.setattr(Connection, "_open", telling)


@pytest.mark.proof("G7", "every message about every stream that is another's", mutant=True)
@pytest.mark.parametrize("mutant", [streams_for_everybody, denial_says_what_is], ids=lambda mutant: mutant.__name__)
async def test_wrong_streams_are_noticed(house, proof, monkeypatch, mutant):
    """Each of these servers is wrong in one place."""
    mutant(monkeypatch)
    await house.start()
    cells, wrong = await about_others(house)
    assert wrong
    proof.tried(cells, faults=1)


async def test_a_goodbye_is_the_last_word(house):
    """After its own seat was taken away a line hears nothing, whatever happens at its team."""
    await house.start()
    joined = house.sit("patrol")
    line = Line(house)
    await line.greet(house.ticket(joined))
    take_away(house, joined)
    assert [type(message) for message in _read(line.connection.outgoing())] == [Goodbye]
    await house.act("social", b.Say((house.room.viewers["patrol"].code,), "Are you there?"), "command-1")
    assert line.connection.outgoing() == []
    line.close()
