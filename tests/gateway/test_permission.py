"""A seat can only act as itself, seen from the gateway's side of a room. The whole matrix is in tests/rights."""

import pytest

from kerege.gateway.connection import Connection
from kerege.wire.messages import Close, Hello, Open, Place
from tests.gateway.fakes import kinds, read, submit, write


@pytest.mark.parametrize("viewer", ["patrol", "actor_aida", "observer_patrol"])
async def test_no_message_reaches_another_view(house, viewer):
    """By Open, by cursors in a Hello, by Close: nothing of another stream ever comes."""
    connection = Connection(house.desk, "msgpack", lambda: None)
    mine = house.room.viewers[viewer].code
    ticket = house.desk.tickets.issue(house.sit(viewer).device)
    others = {facts.code for facts in house.room.viewers.values()} - {mine}
    await connection.receive(write(Hello(ticket, cursors={code: Place("e1", 0) for code in others})))
    for code in others:
        await connection.receive(write(Open(code)))
        await connection.receive(write(Close(code)))
    for facts in house.room.viewers.values():
        house.room.publish(facts.id, "secret" if facts.code != mine else "")
    payloads = connection.outgoing()
    assert not [payload for payload in payloads if b"secret" in payload]
    heard = read(payloads)
    assert {message.stream for message in heard if hasattr(message, "stream")} - {mine} == others  # all of them denied
    assert set(kinds(message for message in heard if getattr(message, "stream", mine) != mine)) == {"Denied"}


async def test_identity_comes_from_the_ticket_alone(house):
    """What a command says of itself does not matter: the room hears the seat of the link."""
    joined = house.sit("patrol")
    connection = Connection(house.desk, "msgpack", lambda: None)
    await connection.receive(write(Hello(house.desk.tickets.issue(joined.device))))
    await connection.receive(write(submit()))
    assert house.room.submitted[0][:2] == (joined.seat.id, "patrol")
