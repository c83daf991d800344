"""One conversation without a socket: who may say what, in which order answers come, and what it costs to be slow."""

import asyncio

import msgspec
import pytest

from kerege.gateway.connection import Connection
from kerege.gateway.in_process import TICKET, InProcessLink
from kerege.gateway.limits import Bounds, Rate
from kerege.wire.limits import STREAMS_OPEN_MAX
from kerege.wire.messages import (
    MARK,
    RECEIPT_CHARS_MAX,
    Beat,
    Close,
    Denied,
    Echo,
    Goodbye,
    Hello,
    Open,
    Place,
    Receipt,
    Speak,
    Submit,
    Welcome,
)
from tests.gateway.fakes import build_house, kinds, read, submit, write


class Caller:
    """A client without a network."""

    def __init__(self, house, encoding="msgpack") -> None:
        self.house, self.encoding, self.woken = house, encoding, 0
        self.connection = Connection(house.desk, encoding, self.wake)

    def wake(self) -> None:
        self.woken += 1

    async def say(self, message) -> list:
        await self.connection.receive(write(message, self.encoding))
        return self.hear()

    def hear(self) -> list:
        return read(self.connection.outgoing(), self.encoding)

    async def greet(self, joined, **fields) -> list:
        return await self.say(Hello(self.house.desk.tickets.issue(joined.device), **fields))


@pytest.fixture(params=["msgpack", "json"])
def caller(house, request):
    return Caller(house, request.param)


async def test_a_hello_is_answered_by_who_i_am_and_my_view(caller, house):
    """Welcome, then the snapshot of my own stream."""
    welcome, snapshot = await caller.greet(house.sit("patrol"), language="ru")
    assert isinstance(welcome, Welcome)
    assert (welcome.sort, welcome.stream, welcome.title) == ("player", "k1", "patrol (ru)")
    assert (welcome.exercise, welcome.mark, welcome.language) == ("Учебный случай", MARK, "ru")
    assert (snapshot.stream, snapshot.version, welcome.at_s) == ("k1", 0, 60)


async def test_a_client_that_unpacks_is_believed(caller, house):
    """The reader is told; by default it is not."""
    joined = house.sit("patrol")
    await caller.greet(joined, inflate=True)
    await Caller(house).greet(joined)
    assert [reader.inflate for reader in house.room.readers] == [True, False]


async def test_who_has_not_greeted_is_sent_away(caller, house):
    """Not joined: the room never hears of it."""
    (goodbye,) = await caller.say(submit())
    assert (goodbye.code, caller.connection.fault) == ("hello_first", "hello_first")
    assert not house.room.submitted


@pytest.mark.parametrize("bad", ["unknown", "used", "old", "revoked"])
async def test_tickets_that_open_nothing_get_one_answer(caller, house, bad):
    """Unknown, used, too old, of a revoked device: the same words."""
    joined = house.sit("patrol")
    ticket = house.desk.tickets.issue(joined.device)
    if bad == "unknown":
        ticket = "x" * 32
    elif bad == "used":
        house.desk.tickets.redeem(ticket)
    elif bad == "old":
        house.clock.at_s += 31
    else:
        house.seats.revoke(joined.seat.id)
    (goodbye,) = await caller.say(Hello(ticket))
    assert goodbye.code == "ticket_refused"
    assert house.room.readers == []


async def test_bytes_that_are_no_message_end_it_once(caller):
    """One goodbye; what comes after is not looked at."""
    await caller.connection.receive(b"\xc1")
    assert kinds(caller.hear()) == ["Goodbye"]
    await caller.connection.receive(b"\xc1")
    assert caller.hear() == []


async def test_a_submit_gets_one_receipt_after_its_effect(caller, house):
    """First the frame, then the receipt; the room hears the seat of the ticket."""
    joined = house.sit("patrol")
    await caller.greet(joined)
    frame, receipt = await caller.say(submit())
    assert (frame.version, receipt.id, receipt.outcome, receipt.version) == (1, "command-1", "accepted", 1)
    seat, viewer, message = house.room.submitted[0]
    assert (seat, viewer, message) == (joined.seat.id, "patrol", submit())


async def test_a_failure_of_the_room_is_unknown_and_tells_nothing(caller, house):
    """Neither yes nor no, and none of the room's words."""
    await caller.greet(house.sit("patrol"))
    house.room.failing = True
    (receipt,) = await caller.say(submit())
    assert (receipt.outcome, receipt.code) == ("unknown", "unsure")
    assert "raisa" not in receipt.text


async def test_acts_come_no_faster_than_their_rate():
    """At the burst the last is taken, past it each is refused with its own receipt, and the link stays."""
    house = build_house(Bounds(submits_rate=Rate(1, 2)))
    caller = Caller(house)
    await caller.greet(house.sit("patrol"))
    receipts = [(await caller.say(submit(number)))[-1] for number in range(3)]
    assert [receipt.outcome for receipt in receipts] == ["accepted", "accepted", "refused"]
    assert receipts[2].code == "too_fast"
    assert len(house.room.submitted) == 2
    house.clock.at_s += 1
    assert (await caller.say(submit(4)))[-1].outcome == "accepted"
    house.seats.close()


async def test_rates_are_a_seats_own(house):
    """One seat's haste is not felt by another, nor shown to it."""
    hasty, calm = Caller(house), Caller(house)
    await hasty.greet(house.sit("patrol"))
    await calm.greet(house.sit("patrol"))
    for number in range(house.desk.bounds.submits_rate.burst + 1):
        last = (await hasty.say(submit(number)))[-1]
    assert last.outcome == "refused"
    assert (await calm.say(submit(99)))[-1].outcome == "accepted"


@pytest.mark.parametrize("digests", [False, True])
async def test_control_can_see_which_phones_have_answered(caller, house, digests):
    """A greeting alone is no answer, a beat over the greeted link is; another seat's beat says nothing of this one."""
    joined, other = house.sit("patrol"), house.sit("patrol")
    answered = house.desk.attendance.answered_s
    await caller.greet(joined)
    assert answered(joined.seat.id) is None
    await caller.say(Beat(digests=digests))
    assert (answered(joined.seat.id), answered(other.seat.id)) == (0, None)
    house.clock.at_s += 7
    assert answered(joined.seat.id) == 7
    caller.connection.detach()
    assert answered(joined.seat.id) == 7  # it did, and is gone


async def test_a_beat_before_the_greeting_is_no_answer(caller, house):
    """Who says nothing of itself answers for nobody."""
    joined = house.sit("patrol")
    await caller.say(Beat())
    assert house.desk.attendance.answered_s(joined.seat.id) is None


async def test_messages_come_no_faster_than_their_rate():
    """At the burst the last is answered, past it the link ends."""
    house = build_house(Bounds(messages_rate=Rate(1, 3)))
    caller = Caller(house)
    await caller.greet(house.sit("patrol"))
    answers = [await caller.say(Beat()) for _ in range(4)]
    assert answers == [[Echo(60)]] * 3 + [answers[3]]
    assert answers[3][0].code == "too_fast"
    house.seats.close()


async def test_acts_in_flight_are_bounded():
    """While the room is busy with the bound, one more is refused at once and the others get their answers."""
    house = build_house(Bounds(submits_in_flight_max=2))
    caller = Caller(house)
    await caller.greet(house.sit("patrol"))
    house.room.gate.clear()
    waiting = [asyncio.create_task(caller.connection.receive(write(submit(number)))) for number in (1, 2)]
    await asyncio.sleep(0)
    (receipt,) = await caller.say(submit(3))
    assert (receipt.id, receipt.outcome, receipt.code) == ("command-3", "refused", "busy")
    house.room.gate.set()
    await asyncio.gather(*waiting)
    assert sorted(message.id for message in caller.hear() if isinstance(message, Receipt)) == ["command-1", "command-2"]
    house.seats.close()


def urgent(number: int, do: str) -> Submit:
    return Submit(f"urgent-{number}", 0, msgspec.Raw(msgspec.msgpack.encode({"do": do})))


@pytest.mark.parametrize("do", ["stop", "clear", "curtain"])
async def test_no_haste_holds_up_what_keeps_people_safe(do):
    """At the bounds of acts and past them these go to the room, again and again; only the link's own bound ends it."""
    house = build_house(Bounds(submits_rate=Rate(1, 1), submits_in_flight_max=1, messages_rate=Rate(1, 9)))
    caller = Caller(house)
    await caller.greet(house.sit("patrol"))
    house.room.gate.clear()
    waiting = [asyncio.create_task(caller.connection.receive(write(submit(1))))]
    await asyncio.sleep(0)
    assert [answer.code for answer in await caller.say(submit(2))] == ["too_fast"]
    waiting += [asyncio.create_task(caller.connection.receive(write(urgent(number, do)))) for number in range(7)]
    await asyncio.sleep(0)
    house.room.gate.set()
    await asyncio.gather(*waiting)
    receipts = [message for message in caller.hear() if isinstance(message, Receipt)]
    assert [receipt.outcome for receipt in receipts] == ["accepted"] * 8
    (goodbye,) = await caller.say(urgent(9, do))
    assert (goodbye.code, len(house.room.submitted)) == ("too_fast", 8)
    house.seats.close()


@pytest.mark.parametrize("stream", ["k2", "k9", "control"])
async def test_a_stream_of_others_and_one_that_is_not_get_one_answer(caller, house, stream):
    """Not permitted and not existing differ in nothing but the name that was asked for."""
    await caller.greet(house.sit("patrol"))
    assert await caller.say(Open(stream)) == [Denied(stream, "There is no such view for you.")]


async def test_control_sees_as_a_team_and_stops(caller, house):
    """Open gives the snapshot, then frames; Close ends them."""
    await caller.greet(house.sit("control"))
    (snapshot,) = await caller.say(Open("k1"))
    assert snapshot.stream == "k1"
    house.room.publish("patrol")
    assert [frame.stream for frame in caller.hear()] == ["k1"]
    await caller.say(Close("k1"))
    house.room.publish("patrol")
    assert caller.hear() == []


async def test_a_hello_resumes_streams_from_their_places(caller, house):
    """The missing frames come, not a snapshot; streams that are not mine are denied."""
    for _ in range(3):
        house.room.publish("patrol")
    cursors = {"k1": Place("e1", 1), "k2": Place("e1", 0)}
    welcome, denied, *frames = await caller.greet(house.sit("patrol"), cursors=cursors)
    assert (welcome.stream, denied.stream) == ("k1", "k2")
    assert [frame.version for frame in frames] == [2, 3]


async def test_streams_are_bounded():
    """At the bound one opens, past it it is denied."""
    house = build_house()
    for number in range(STREAMS_OPEN_MAX):
        house.room.streams[f"s{number}"] = []
    caller = Caller(house)
    await caller.greet(house.sit("control"))
    answers = [(await caller.say(Open(f"s{number}")))[0] for number in range(STREAMS_OPEN_MAX)]
    assert kinds(answers) == ["Snapshot"] * (STREAMS_OPEN_MAX - 1) + ["Denied"]
    assert kinds(await caller.say(Open("s0"))) == ["Snapshot"]
    house.seats.close()


async def test_a_change_of_language_sends_the_view_again(caller, house):
    """Every open stream as a snapshot."""
    await caller.greet(house.sit("patrol"))
    assert kinds(await caller.say(Speak("ky"))) == ["Snapshot"]
    assert house.room.readers[0].language == "ky"


async def test_who_does_not_listen_costs_nothing(caller, house):
    """A connection that is not asked for its outgoing never touches the streams, however much is said."""
    await caller.greet(house.sit("patrol"))
    reads = house.room.readers[0].reads
    for _ in range(1000):
        house.room.publish("patrol")
    assert house.room.readers[0].reads == reads
    assert (caller.connection._first, caller.connection._last) == ([], [])
    assert [frame.version for frame in caller.hear()] == list(range(1, 1001))


async def test_framed_is_the_same_with_headers(house):
    """What goes to the transport holds the same messages in the same order."""
    one, two = Caller(house), Caller(house)
    for caller in (one, two):
        ticket = house.desk.tickets.issue(house.sit("patrol").device)
        await caller.connection.receive(write(Hello(ticket)))
    for framed, payload in zip(one.connection.framed(), two.connection.outgoing(), strict=True):
        assert framed.endswith(payload)
        assert framed[0] == 0x82


async def test_a_revoked_seat_is_silent_at_once(caller, house):
    """Goodbye, and not one frame more, even if it is not read for a while."""
    joined = house.sit("patrol")
    await caller.greet(joined)
    house.desk.sign_out(joined.seat, house.seats.revoke(joined.seat.id))
    house.room.publish("patrol")
    assert [(type(message), message.code) for message in caller.hear()] == [(Goodbye, "revoked")]
    assert await caller.say(submit()) == []
    assert not house.room.submitted


async def test_one_devices_leaving_leaves_the_others(house):
    """Two devices at one seat: the one that signs out goes, the other stays."""
    first = house.sit("patrol")
    second = house.seats.join(house.seats.code_of("patrol"), "en", "", first.seat.id, None)
    one, two = Caller(house), Caller(house)
    await one.greet(first)
    await two.greet(second)
    house.seats.sign_out(second.device)
    house.desk.sign_out(second.seat, [second.device])
    assert two.connection.over and not one.connection.over


async def test_too_many_screens_at_a_seat_close_the_oldest():
    """At the bound all stay; one more, and the first goes."""
    house = build_house(Bounds(connections_per_seat_max=2))
    joined = house.sit("patrol")
    callers = [Caller(house) for _ in range(3)]
    for caller in callers[:2]:
        await caller.greet(joined)
    assert not callers[0].connection.over
    await callers[2].greet(joined)
    assert [caller.connection.fault for caller in callers] == ["replaced", "", ""]
    house.seats.close()


async def test_the_room_hears_who_plays_an_actors_part(house):
    """Told once when the first person connects, and when the last has left for good; sleep is not leaving."""
    first, second = house.sit("actor_aida"), house.sit("actor_aida")
    callers = [Caller(house), Caller(house)]
    await callers[0].greet(first)
    await callers[1].greet(second)
    for caller in callers:
        caller.connection.detach()
    await house.desk.attendance.settle()
    assert house.room.told == [("took", "actor_aida")]
    for joined in (first, second):
        house.desk.sign_out(joined.seat, house.seats.revoke(joined.seat.id))
    await house.desk.attendance.settle()
    assert house.room.told == [("took", "actor_aida"), ("left", "actor_aida")]


async def test_a_gone_connection_leaves_nothing_behind(caller, house):
    """Reader and attendance are free."""
    joined = house.sit("patrol")
    await caller.greet(joined)
    assert house.desk.attendance.connected(joined.seat.id) == 1
    caller.connection.detach()
    assert house.room.readers == []
    assert house.desk.attendance.connected(joined.seat.id) == 0


@pytest.mark.parametrize("encoding", ["msgpack", "json"])
async def test_a_stand_in_is_an_ordinary_client(house, encoding):
    """The same bytes and the same room; the room is not told of a person."""
    link = InProcessLink(house.desk, "actor_aida", encoding)
    await link.send(write(Hello(TICKET), encoding))
    heard = [await link.receive(), await link.receive()]
    await link.send(write(submit(), encoding))
    heard += [await link.receive(), await link.receive()]
    assert kinds(read(heard, encoding)) == ["Welcome", "Snapshot", "Frame", "Receipt"]
    waiting = asyncio.create_task(link.receive())
    await asyncio.sleep(0)
    house.room.publish("actor_aida")
    assert kinds(read([await waiting], encoding)) == ["Frame"]
    house.desk.attendance.end_all("restarting")
    assert kinds(read([await link.receive()], encoding)) == ["Goodbye"]
    assert await link.receive() is None
    link.close()
    assert house.room.told == []
    assert house.room.readers == []


async def test_a_stand_ins_ticket_opens_nothing_elsewhere(caller):
    """It is no ticket on any other link."""
    (goodbye,) = await caller.say(Hello(TICKET))
    assert goodbye.code == "ticket_refused"


async def test_a_receipt_that_the_log_holds_is_not_spoken_of(caller, house):
    """The view goes on from its place, as without one."""
    joined = house.sit("patrol")
    house.room.publish("patrol")
    answers = await caller.greet(joined, receipt="held", cursors={"k1": Place("e1", 0)})
    assert kinds(answers) == ["Welcome", "Frame"]


async def test_a_receipt_of_what_is_lost_is_said_plainly_and_its_view_begins_anew(caller, house):
    """In the client's language, before its view; what it has read before is not built on."""
    joined = house.sit("patrol")
    house.room.publish("patrol")
    answers = await caller.greet(joined, language="ru", receipt="gone", cursors={"k1": Place("e1", 0)})
    assert kinds(answers) == ["Welcome", "Proof", "Snapshot"]
    assert answers[1].outcome == "lost"
    assert "записи сервера больше нет" in answers[1].text


async def test_a_receipt_that_proves_nothing_here_is_refused_in_the_same_words_whatever_it_is(caller, house):
    """Made up or of another exercise; the link stays, and the view goes on."""
    answers = []
    for receipt in ("x", "of another exercise", "x" * RECEIPT_CHARS_MAX):
        again = Caller(house, caller.encoding)
        answers.append(await again.greet(house.sit("patrol"), receipt=receipt, cursors={"k1": Place("e1", 0)}))
    assert [kinds(each) for each in answers] == [["Welcome", "Proof"]] * 3
    assert {(each[1].outcome, each[1].text) for each in answers} == {("refused", "This receipt proves nothing here.")}


async def test_a_receipt_past_its_bound_is_no_hello(caller, house):
    """One sign more than the bound."""
    (goodbye,) = await caller.greet(house.sit("patrol"), receipt="x" * (RECEIPT_CHARS_MAX + 1))
    assert goodbye.code == "bad_message"
