"""A ticket opens one link, once, soon, for the device that asked."""

import pytest

from kerege.gateway.chance import SeededChance
from kerege.gateway.limits import Bounds, Buckets, Rate
from kerege.gateway.tickets import Tickets
from tests.gateway.fakes import ManualClock


@pytest.fixture
def clock():
    return ManualClock()


@pytest.fixture
def tickets(clock):
    return Tickets(SeededChance("t"), Bounds(tickets_max=6), clock)


def test_a_ticket_opens_once(tickets):
    """The second time it opens nothing."""
    ticket = tickets.issue("device")
    assert tickets.redeem(ticket) == "device"
    assert tickets.redeem(ticket) is None


def test_a_ticket_dies_after_its_time(tickets, clock):
    """At 30 s it opens, after 30 s it does not."""
    first, second = tickets.issue("device"), tickets.issue("device")
    clock.at_s += 30
    assert tickets.redeem(first) == "device"
    clock.at_s += 0.001
    assert tickets.redeem(second) is None


def test_a_ticket_dies_with_its_device(tickets):
    """A device that is signed out has none left; others keep theirs."""
    mine, other = tickets.issue("device"), tickets.issue("another")
    tickets.void("device")
    assert tickets.redeem(mine) is None
    assert tickets.redeem(other) == "another"


def test_a_device_has_a_bound_of_tickets(tickets):
    """One more kills its oldest."""
    issued = [tickets.issue("device") for _ in range(Bounds().tickets_per_device_max + 1)]
    assert [tickets.redeem(ticket) for ticket in issued] == [None, "device", "device", "device", "device"]


def test_there_is_a_bound_of_all_tickets(tickets, clock):
    """One more kills the oldest of all; those that are too old make room by themselves."""
    issued = [tickets.issue(f"device-{number}") for number in range(7)]
    assert tickets.redeem(issued[0]) is None
    assert tickets.redeem(issued[1]) == "device-1"
    clock.at_s += 31
    tickets.issue("late")
    assert len(tickets._held) == 1


@pytest.mark.parametrize("ticket", ["", "x", "é" * 64])
def test_what_is_no_ticket_opens_nothing(tickets, ticket):
    """Any text."""
    assert tickets.redeem(ticket) is None


def test_a_bucket_gives_its_burst_and_then_its_rate(clock):
    """At the burst the last is given, past it none; after a second at one a second, one."""
    bucket = Buckets(Rate(per_s=1, burst=3), 10, clock)
    assert [bucket.take("a") for _ in range(4)] == [True, True, True, False]
    assert not bucket.has("a")
    clock.at_s += 1
    assert bucket.has("a") and bucket.take("a") and not bucket.take("a")
    clock.at_s += 1000
    assert [bucket.take("a") for _ in range(4)] == [True, True, True, False]


def test_buckets_are_forgotten_past_their_bound(clock):
    """Keys cannot fill the memory; one key's rate is not another's."""
    buckets = Buckets(Rate(per_s=0, burst=1), 2, clock)
    assert all(buckets.take(key) for key in "abc")
    assert len(buckets._held) == 2
    assert not buckets.take("c")
