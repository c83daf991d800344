"""A seat can only act as itself: every route and every message has its row here, and a new one without a row fails."""

import re

import pytest
from fastapi import FastAPI

from kerege.gateway.application import build_gateway
from kerege.gateway.connection import Connection
from kerege.gateway.limits import Bounds
from kerege.wire.messages import Beat, Close, FromClient, Hello, Open, Place, Speak
from kerege.wire.session import NEXT
from tests.gateway.fakes import build_house, kinds, read, submit, write
from tests.gateway.test_http import browser

ROUTES = {
    ("POST", "/api/invitation"): "anybody",
    ("POST", "/api/join"): "anybody",
    ("GET", "/api/room"): "anybody",
    ("GET", "/api/messages.json"): "anybody",
    ("GET", "/api/openapi.json"): "anybody",
    ("GET", "/healthz"): "anybody",
    ("GET", "/readyz"): "anybody",
    ("GET", "/{path:path}"): "anybody",
    ("HEAD", "/{path:path}"): "anybody",
    ("GET", "/api/me"): "seat",
    ("POST", "/api/ticket"): "seat",
    ("POST", "/api/leave"): "seat",
    ("GET", "/api/stream"): "seat",
    ("POST", "/api/submit"): "seat",
    ("GET", "/api/control/lobby"): "control",
    ("POST", "/api/control/seats/{seat_id}/revoke"): "control",
    ("POST", "/api/control/seats/{seat_id}/erase"): "control",
    ("POST", "/api/control/codes/{viewer}"): "control",
    ("WS", "/ws"): "ticket",
}
MESSAGES = {Hello: "ticket", **dict.fromkeys(("Submit", Open, Close, Speak, Beat), "greeted")}


def routes_of(app: FastAPI) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    waiting = list(app.routes)
    while waiting:
        route = waiting.pop()
        inner = getattr(route, "original_router", None) or getattr(route, "router", None)
        if inner is not None:
            waiting.extend(inner.routes)
            continue
        methods = getattr(route, "methods", None) or {"WS"}
        found |= {(method, route.path) for method in methods}
    return {(method, path) for method, path in found if (method, path) != ("HEAD", "/api/openapi.json")}


def test_every_route_has_a_row():
    """Whoever adds a route says here who may use it."""
    house = build_house()
    assert routes_of(build_gateway(house.desk)._app) == set(ROUTES)
    house.seats.close()


def test_every_message_has_a_row():
    """Whoever adds a message says here when it may come."""
    named = {getattr(message, "__name__", message) for message in MESSAGES}
    assert named == {message.__name__ for message in FromClient.__args__} == {kind.__name__ for _, kind in NEXT}


IDENTITIES = ["nobody", "made up", "revoked", "another exercise's", "player", "actor", "observer", "mentor", "control"]
VIEWERS = {
    "player": "patrol",
    "actor": "actor_aida",
    "observer": "observer_patrol",
    "mentor": "mentor_patrol",
    "control": "control",
}
CELLS = [
    (method, path, who, identity)
    for (method, path), who in ROUTES.items()
    for identity in IDENTITIES
    # a stream answers for as long as one listens: those who may are in test_socket
    if who in {"seat", "control"} and (path != "/api/stream" or identity not in VIEWERS)
]


@pytest.mark.parametrize(("method", "path", "who", "identity"), CELLS)
async def test_each_identity_at_each_route(house, method, path, who, identity):
    """Seats' routes answer seats, control's answer control; for all others there is one answer and nothing happens."""
    victim = house.sit("social")
    token = None
    if identity in VIEWERS:
        token = house.sit(VIEWERS[identity]).token
    elif identity == "revoked":
        joined = house.sit("patrol")
        token = joined.token
        house.seats.revoke(joined.seat.id)
    elif identity == "another exercise's":
        other = build_house()
        other.desk.chance._key = other.seats._chance._key = b"another"
        token = other.sit("control").token
        other.seats.close()
    elif identity == "made up":
        token = "A" * 43
    before = house.seats.code_of("patrol")
    async with browser(house) as page:
        if token:
            page.cookies.set("kerege", token)
        url = re.sub(r"\{seat_id\}", victim.seat.id, path).replace("{viewer}", "k1")
        if path == "/api/submit":
            url += "?link=none"
        response = await page.request(method, url, **({"json": {}} if method == "POST" else {}))
    allowed = identity == "control" or (who == "seat" and identity in VIEWERS)
    if allowed:
        assert response.status_code == (404 if path == "/api/submit" else 200)  # a link that is not mine is not there
        return
    assert response.status_code == (401 if who == "seat" else 404)
    assert set(response.json()) == {"code", "text"}
    assert house.seats.find(victim.token) is not None
    assert house.seats.code_of("patrol") == before


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


def test_bounds_are_named_and_positive():
    """None is switched off by default."""
    for name, value in vars(Bounds()).items():
        assert "_max" in name or name.endswith(("_rate", "_s", "_bytes")), name
        assert (value.burst > 0 and value.per_s > 0) if name.endswith("_rate") else value > 0, name
