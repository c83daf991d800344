"""G7 by HTTP: every route of the application itself, tried by everybody who may not; and by who may, lest all be refused.

A refused request changes nothing (log, state, streams, seats, codes, links, tickets, lines), and its answer is, byte for
byte, that of a thing which does not exist: for seats' routes that of a browser without a cookie, for others' routes that
of an address nobody has.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from kerege.engine.commands import bodies as b
from kerege.gateway import cookies, lobby
from kerege.gateway.desk import Desk
from kerege.gateway.limits import Bounds, Rate
from kerege.gateway.seats import Seats
from tests.rights.house import House, open_house, routes_of
from tests.rights.identities import STRANGERS, VIEWERS
from tests.rights.wrong import tells_forbidden_from_missing

if TYPE_CHECKING:
    import httpx2

EVERYBODY = frozenset(VIEWERS)
IN_PLAY = EVERYBODY - {"observer"}
ROUTES: dict[tuple[str, str], tuple[str, frozenset[str]]] = {
    ("POST", "/api/invitation"): ("open", frozenset()),
    ("POST", "/api/join"): ("open", frozenset()),
    ("GET", "/api/room"): ("open", frozenset()),
    ("GET", "/api/messages.json"): ("open", frozenset()),
    ("GET", "/api/openapi.json"): ("open", frozenset()),
    ("GET", "/healthz"): ("open", frozenset()),
    ("GET", "/readyz"): ("open", frozenset()),
    ("GET", "/{path:path}"): ("open", frozenset()),
    ("HEAD", "/{path:path}"): ("open", frozenset()),
    ("WS", "/ws"): ("ticket", frozenset()),  # test_messages.py
    ("GET", "/api/me"): ("seat", EVERYBODY),
    ("POST", "/api/ticket"): ("seat", EVERYBODY),
    ("POST", "/api/leave"): ("seat", EVERYBODY),
    ("GET", "/api/stream"): ("seat", EVERYBODY),
    ("POST", "/api/submit"): ("seat", EVERYBODY),
    ("GET", "/api/control/lobby"): ("hidden", frozenset({"control"})),
    ("POST", "/api/control/seats/{seat_id}/revoke"): ("hidden", frozenset({"control"})),
    ("POST", "/api/control/seats/{seat_id}/erase"): ("hidden", frozenset({"control"})),
    ("POST", "/api/control/flags/{flag}/acknowledge"): ("hidden", frozenset({"control"})),
    ("POST", "/api/control/codes/{viewer}"): ("hidden", frozenset({"control"})),
    ("GET", "/last-page"): ("hidden", IN_PLAY),
    ("GET", "/notes"): ("hidden", frozenset({"control"})),
    ("GET", "/known"): ("hidden", frozenset({"control", "evaluator"})),
}
"""Route -> how it refuses, and who may. open: anybody; seat: 401 as without a cookie; hidden: 404 as of no such address."""
GUARDED = sorted(route for route, (how, _) in ROUTES.items() if how in {"seat", "hidden"})
AFTER_ENDEX = ("/last-page", "/notes", "/known")
TRY_S_MAX = 1.0
"""A stream that was opened answers for as long as one listens."""


def test_every_route_has_a_row(house):
    """Whoever adds a route, to the gateway or beside it, says here who may use it."""
    assert routes_of(house.app._app) == set(ROUTES)


def address(path: str, victim: str, code: str) -> str:
    path = path.replace("{seat_id}", victim).replace("{viewer}", code).replace("{flag}", "clock")
    return {"/api/submit": "/api/submit?link=none", "/known": "/known?note=1"}.get(path, path)


def shown(response: httpx2.Response) -> tuple[object, ...]:
    """All that a reader of the answer can tell it by."""
    return response.status_code, sorted(response.headers.multi_items()), response.content


async def ask(page: httpx2.AsyncClient, method: str, path: str) -> httpx2.Response:
    return await page.request(method, path, **({"json": {}} if method == "POST" else {}))


async def refusal(house: House, method: str, how: str) -> tuple[object, ...]:
    """What a thing that does not exist answers."""
    async with house.browser() as page:
        if how == "seat":
            return shown(await ask(page, "GET", "/api/me"))
        return shown(await ask(page, "GET", "/api/control/nothing"))


async def try_all(house: House, tmp_path: Any) -> tuple[int, list[str]]:
    """Every guarded route by every identity that may not. Returns how many cells, and those that are wrong."""
    victim = house.sit("patrol").seat.id
    code = house.room.viewers["patrol"].code
    wrong: list[str] = []
    cells = 0
    holders = {name: house.sit(viewer).token for name, viewer in VIEWERS.items()}
    strangers = {name: await make(house, tmp_path) for name, make in STRANGERS.items()}
    if house.seats.find(strangers["revoked"]) is not None:
        wrong.append("a revoked token still opens")
    for method, path in GUARDED:
        how, may = ROUTES[method, path]
        expected = await refusal(house, method, how)
        barred = strangers | {name: token for name, token in holders.items() if name not in may}
        for name, token in barred.items():
            async with house.browser(token) as page:
                before = await house.mark()
                try:
                    async with asyncio.timeout(TRY_S_MAX):
                        answer: tuple[object, ...] = shown(await ask(page, method, address(path, victim, code)))
                except TimeoutError:
                    answer = ("a stream was opened",)
            cells += 1
            if answer != expected:
                wrong.append(f"{method} {path} by {name}: {answer[0]}, {answer[-1]!r}")
            if await house.mark() != before:
                wrong.append(f"{method} {path} by {name}: something changed")
    return cells, wrong


@pytest.mark.proof("G7", "every HTTP route by everybody who may not: refused, nothing changed, nothing shown")
@pytest.mark.parametrize("phase", ["ready", "running", "ended"])
async def test_no_route_serves_whom_it_should_not(house, proof, tmp_path, phase):
    """Before STARTEX, during play and after ENDEX."""
    for n, command in enumerate({"ready": [], "running": [b.Start()], "ended": [b.Start(), b.Finish()]}[phase]):
        assert (await house.act("control", command, f"command-{n}")).outcome == "accepted"
    cells, wrong = await try_all(house, tmp_path)
    assert not wrong, "\n".join(wrong)
    assert cells > 150
    proof.tried(cells)


@pytest.mark.parametrize(("method", "path"), [route for route in GUARDED if route[1] != "/api/stream"])
async def test_who_may_gets_through(house, method, path):
    """Else a server that refuses everything would pass. A link that is not there, and a note, are not found for anybody."""
    await house.act("control", b.Start(), "command-1")
    await house.act("evaluators", b.Observe((house.room.viewers["patrol"].code,), text="A note."), "command-2")
    during = {}
    for name in sorted(ROUTES[method, path][1]):
        token = house.sit(VIEWERS[name]).token
        victim = house.sit("border").seat.id
        where = address(path, victim, house.room.viewers["fiu"].code)
        if path in AFTER_ENDEX:
            async with house.browser(token) as page:
                during[name] = (await ask(page, method, where)).status_code
            continue
        async with house.browser(token) as page:
            assert (await ask(page, method, where)).status_code == (404 if path == "/api/submit" else 200), name
    if path in AFTER_ENDEX:
        assert set(during.values()) == {404}
        await house.act("control", b.Finish(), "command-3")
        for name in ROUTES[method, path][1]:
            async with house.browser(house.sit(VIEWERS[name]).token) as page:
                answer = await ask(page, method, address(path, "", ""))
                assert answer.status_code == 200, (name, answer.text)


SAYS_WHO = ("seat", "viewer", "device", "team", "role", "sort", "token", "as")


@pytest.mark.proof("G7", "a seat named in a body, an address or a header instead of the cookie's")
async def test_no_request_says_whose_it_is(house, proof):
    """In a body it is refused; in an address or a header it is not looked at."""
    mine, other = house.sit("patrol"), house.sit("control")
    tried = 0
    for name in SAYS_WHO:
        for value in (other.seat.id, "control", other.device, house.room.viewers["control"].code):
            async with house.browser(mine.token, **{f"x-{name}": value, "x-forwarded-user": value}) as page:
                before = await house.mark()
                for path in ("/api/ticket", "/api/leave"):
                    answer = await page.post(path, json={name: value})
                    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
                assert await house.mark() == before
                assert (await page.get("/api/me", params={name: value})).json()["seat"]["id"] == mine.seat.id
                assert (await page.get("/api/control/lobby", params={name: value})).status_code == 404
                tried += 4
    proof.tried(tried)


@pytest.mark.proof("G7", "a seat named in a body, an address or a header instead of the cookie's", mutant=True)
async def test_a_server_that_believes_an_address_is_noticed(house, proof, monkeypatch):
    """A seat from the query, for convenience."""
    found = cookies.seat_of

    def believing(request: Any, desk: Desk) -> Any:
        named = desk.seats.seat(request.query_params.get("seat", ""))
        return (named, "device") if named else found(request, desk)

    monkeypatch.setattr("kerege.gateway.joining.seat_of", believing)
    with pytest.raises(AssertionError):
        await test_no_request_says_whose_it_is(house, proof)


def forgets_revocation(monkeypatch: Any) -> None:
    """The seat is marked as free, its devices stay."""
    revoke = Seats.revoke

    def keeping(self: Seats, seat_id: str) -> Any:
        held = dict(self._devices)
        devices = revoke(self, seat_id)
        self._devices.update(held)
        return devices

    monkeypatch.setattr(Seats, "revoke", keeping)


def forgets_age(monkeypatch: Any) -> None:
    """Only the browser is told how long the cookie is good for."""
    monkeypatch.setattr(Seats, "_is_over", lambda self, held: False)


def lobby_for_any_seat(monkeypatch: Any) -> None:
    """Control's routes ask for a seat, not for control's."""
    monkeypatch.setattr(lobby, "need_control", lambda request, desk: cookies.seat_of(request, desk)[0])


def digest_is_enough(monkeypatch: Any) -> None:
    """A device's name opens as its token does."""
    find = Seats.find

    def lax(self: Seats, token: str | None) -> Any:
        seat = self.seat_of_device(token or "")
        return find(self, token) if seat is None else (seat, token)

    monkeypatch.setattr(Seats, "find", lax)


def notes_for_everybody(monkeypatch: Any) -> None:
    """The evaluators' notes are given to every seat."""
    monkeypatch.setattr("kerege.review.noted_routes.CONTROL", _Everybody())


class _Everybody(str):
    __slots__ = ()

    def __ne__(self, _: object) -> bool:
        return False

    def __eq__(self, _: object) -> bool:
        return True

    __hash__ = str.__hash__


def refused_but_signed_out(monkeypatch: Any) -> None:
    """A refused request for the lobby renews a code all the same."""
    need = lobby.need_control

    def busy(request: Any, desk: Desk) -> Any:
        if request.method == "POST":
            desk.seats.renew_code("patrol")
        return need(request, desk)

    monkeypatch.setattr(lobby, "need_control", busy)


MUTANTS = [
    forgets_revocation, forgets_age, lobby_for_any_seat, tells_forbidden_from_missing, digest_is_enough,
    notes_for_everybody, refused_but_signed_out,
]  # fmt: skip


@pytest.mark.proof(
    "G7", "every HTTP route by everybody who may not: refused, nothing changed, nothing shown", mutant=True
)
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
async def test_wrong_routes_are_noticed(tmp_path, proof, monkeypatch, mutant):
    """Each of these servers is wrong in one place."""
    mutant(monkeypatch)
    async with open_house(tmp_path) as house:
        for n, command in enumerate([b.Start(), b.Finish()]):
            await house.act("control", command, f"command-{n}")
        cells, wrong = await try_all(house, tmp_path)
    assert wrong
    proof.tried(cells, faults=1)


async def test_rates_are_an_addresses_own(tmp_path):
    """Past the burst an address waits; another one, and the play, go on."""
    async with open_house(tmp_path, bounds=Bounds(api_rate=Rate(1.0, 3))) as house:
        async with house.browser(house.sit("patrol").token) as page:
            codes = [(await page.get("/api/me")).status_code for _ in range(4)]
        assert codes == [200, 200, 200, 429]
        house.clock.at_s += 1
        async with house.browser(house.sit("patrol").token) as page:
            assert [(await page.get("/api/me")).status_code for _ in range(2)] == [200, 429]
