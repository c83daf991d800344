"""G7 as only sockets can show it: pages of other origins, revocation of what is open now, and what every answer carries."""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.datastructures import MutableHeaders
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosedError

from kerege.engine.commands import bodies as b
from kerege.gateway import origin, shield, socket
from kerege.gateway.attendance import Attendance
from kerege.gateway.limits import Rate
from kerege.wire.codec import decode_server, encode_client
from kerege.wire.messages import Hello
from tests.rights.live import PATIENCE_S, PROTOCOL, Live, Raw, live_house

ROOT = Path(__file__).parents[2]
REVOKED_S_MAX = 1.0


@pytest.fixture
async def live(tmp_path):
    async with live_house(tmp_path) as live:
        yield live


ORIGINS = {
    "http://127.0.0.1:{port}": 101,
    "http://127.0.0.1": 403,
    "http://127.0.0.1:{other}": 403,
    "https://127.0.0.1:{port}": 403,
    "ws://127.0.0.1:{port}": 403,
    "http://localhost:{port}": 403,
    "http://127.0.0.2:{port}": 403,
    "http://127.0.0.1:{port}.evil.example": 403,
    "http://127.0.0.1:{port}@evil.example": 403,
    "http://evil.example/127.0.0.1:{port}": 403,
    "http://evil.example#http://127.0.0.1:{port}": 403,
    "http://evil.example": 403,
    "http://evil.example:{port}": 403,
    "null": 403,
    "": 403,
    "file://": 403,
    "chrome-extension://abc": 403,
    "data:": 403,
    "http://[::1": 403,
    "http://127.0.0.1:{port} http://evil.example": 403,
    "http://127.0.0.1:99999": 403,
}
"""Origin of a page -> the handshake's answer. Scheme, host and port all count; `null` is nobody's page."""


async def knock(live: Live, monkeypatch: Any) -> tuple[int, list[str]]:
    """Every origin at the socket and at every POST. Returns how many were tried, and what went wrong."""
    accepted = []
    build = socket._Conversation
    monkeypatch.setattr(socket, "_Conversation", lambda *parts: accepted.append(parts) or build(*parts))
    wrong = []
    before = await live.house.mark()
    for text, expected in ORIGINS.items():
        said = text.format(port=live.port, other=live.port + 1)
        line = await Raw.to(live.port)
        answer = await line.shake(origin=said)
        line.hang_up()
        if int(answer[9:12] or b"0") != expected:
            wrong.append(f"socket, {text!r}: {answer[:12]!r}")
        if expected == 403 and accepted:
            wrong.append(f"socket, {text!r}: refused only after it was accepted")
        accepted.clear()
        async with httpx2.AsyncClient(base_url=live.url) as page:
            answer = await page.post("/api/invitation", json={"code": "AAAAAA"}, headers={"origin": said})
            code = answer.json()["code"]
        if code != ("no_such_code" if expected == 101 else "bad_origin"):
            wrong.append(f"POST, {text!r}: {code}")
    if await live.house.mark() != before:
        wrong.append("something changed")
    return 2 * len(ORIGINS), wrong


@pytest.mark.proof("G7", "pages of other origins, by socket before it is accepted, and by POST")
async def test_pages_of_other_origins_are_refused(live, proof, monkeypatch):
    """403 before the handshake; the room, and what makes a conversation, never hear of it."""
    tried, wrong = await knock(live, monkeypatch)
    assert not wrong, "\n".join(wrong)
    proof.tried(tried)


def no_check(monkeypatch: Any) -> None:
    monkeypatch.setattr(socket, "origin_is_ours", lambda *_: True)


def host_only(monkeypatch: Any) -> None:
    def split(text: str) -> Any:
        found = re.match(r"https?://([^:/]+)", text)
        return found and ("http", found[1], 80)

    monkeypatch.setattr(origin, "_split", split)


def null_is_ours(monkeypatch: Any) -> None:
    ours = origin.origin_is_ours
    monkeypatch.setattr(socket, "origin_is_ours", lambda said, *more: said == "null" or ours(said, *more))


def accepts_first(monkeypatch: Any) -> None:
    serve = socket.serve_socket

    async def late(websocket: Any, desk: Any) -> None:
        socket._Conversation(websocket, desk, PROTOCOL)
        await serve(websocket, desk)

    monkeypatch.setattr("kerege.gateway.application.serve_socket", late)


@pytest.mark.proof("G7", "pages of other origins, by socket before it is accepted, and by POST", mutant=True)
@pytest.mark.parametrize("mutant", [no_check, host_only, null_is_ours, accepts_first], ids=lambda each: each.__name__)
async def test_a_lax_check_of_origins_is_noticed(tmp_path, proof, monkeypatch, mutant):
    """Each of these servers is wrong in one place."""
    mutant(monkeypatch)
    async with live_house(tmp_path) as live:
        tried, wrong = await knock(live, monkeypatch)
    assert wrong
    proof.tried(tried, faults=1)


# ---------------------------------------------------------------------------------------------------- revocation


class Screen:
    """A seat's open line, by WebSocket or by events."""

    def __init__(self, live: Live, road: str, viewer: str = "patrol") -> None:
        self.live, self.road = live, road
        self.joined = live.house.sit(viewer)
        self.page = httpx2.AsyncClient(base_url=live.url, timeout=PATIENCE_S)
        self.page.cookies.set("kerege", self.joined.token)
        self.opened = asyncio.Event()
        self.words = b""

    async def listen(self) -> float:
        """Until the line ends; returns when that was."""
        ticket = self.live.house.ticket(self.joined)
        if self.road == "socket":
            url = self.live.url.replace("http", "ws") + "/ws"
            async with connect(url, subprotocols=[PROTOCOL], compression=None, proxy=None) as link:
                await link.send(encode_client(Hello(ticket), "msgpack"))
                with contextlib.suppress(ConnectionClosedError):  # its number is not 1000
                    async for payload in link:
                        self.opened.set()
                        self.words = payload
        else:
            async with self.page.stream("GET", "/api/stream") as answer:
                async for line in answer.aiter_lines():
                    if line.startswith("data:") and not self.opened.is_set():
                        self.opened.set()
                        link_id = line[5:].strip()
                        async with httpx2.AsyncClient(base_url=self.live.url) as other:
                            other.cookies.set("kerege", self.joined.token)
                            hello = encode_client(Hello(ticket), "json")
                            headers = {"content-type": "application/json"}
                            done = await other.post(f"/api/submit?link={link_id}", content=hello, headers=headers)
                            assert done.status_code == 200
                    elif line.startswith("data:"):
                        self.words = line[5:].strip().encode()
        return time.monotonic()

    @property
    def goodbye(self) -> str:
        return getattr(decode_server(self.words, "msgpack" if self.road == "socket" else "json"), "code", "")


async def by_control(live: Live, screen: Screen) -> None:
    async with httpx2.AsyncClient(base_url=live.url) as control:
        control.cookies.set("kerege", live.house.sit("control").token)
        answer = await control.post(f"/api/control/seats/{screen.joined.seat.id}/revoke", json={})
        assert answer.status_code == 200


async def by_itself(_: Live, screen: Screen) -> None:
    assert (await screen.page.post("/api/leave", json={})).status_code == 200


async def by_joining_elsewhere(live: Live, screen: Screen) -> None:
    body = {"code": live.house.seats.code_of("social"), "language": "en", "accepted": True}
    assert (await screen.page.post("/api/join", json=body)).status_code == 200


async def revoke_live(live: Live) -> tuple[int, float]:
    """Every road by which a right ends, at every road by which a screen hangs on. Returns how many, and the longest time."""
    slowest, tried = 0.0, 0
    for how in (by_control, by_itself, by_joining_elsewhere):
        for road in ("socket", "events"):
            screen = Screen(live, road)
            listening = asyncio.create_task(screen.listen())
            async with asyncio.timeout(PATIENCE_S):
                await screen.opened.wait()
                while not live.house.desk.attendance.connected(screen.joined.seat.id):
                    await asyncio.sleep(0.001)
            before = time.monotonic()
            await how(live, screen)
            try:
                async with asyncio.timeout(2 * REVOKED_S_MAX):
                    slowest = max(slowest, await listening - before)
            except TimeoutError as late:
                raise AssertionError(f"{road}: still open {2 * REVOKED_S_MAX} s after {how.__name__}") from late
            assert screen.goodbye == "revoked"
            tried += 1
            await screen.page.aclose()
    return tried, slowest


@pytest.mark.proof("G7", "a right that was taken away reaches live sockets and event streams in less than a second")
async def test_revocation_reaches_live_screens(live, proof):
    """By control, by leaving, by joining elsewhere."""
    tried, slowest = await revoke_live(live)
    print(f"the slowest of {tried} screens was closed after {slowest * 1000:.0f} ms")
    assert slowest < REVOKED_S_MAX
    proof.tried(tried)


@pytest.mark.proof(
    "G7", "a right that was taken away reaches live sockets and event streams in less than a second", mutant=True
)
async def test_screens_that_nobody_tells_are_noticed(live, proof, monkeypatch):
    """The seat table knows, the lines do not."""
    monkeypatch.setattr(Attendance, "sign_out", lambda *_: None)
    with pytest.raises(AssertionError, match="still open"):
        await revoke_live(live)
    proof.tried(1, faults=1)


# ---------------------------------------------------------------------------------------------------- what answers carry

POLICY = "content-security-policy"
HSTS = "max-age=2592000"
CARRIED = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "x-robots-tag": "noindex, nofollow",
}
"""Written out here, so that a header that goes missing there is missed."""
ANSWERS = {
    ("GET", "/api/me"): "no-store, private",
    ("GET", "/api/room"): "no-store, private",
    ("GET", "/api/control/lobby"): "no-store, private",
    ("GET", "/api/nothing"): "no-store, private",
    ("POST", "/api/ticket"): "no-store, private",
    ("POST", "/api/join"): "no-store, private",
    ("PUT", "/api/room"): "no-store, private",
    ("GET", "/nothing"): "no-store, private",
    ("GET", "/last-page"): "no-store, private",
    ("GET", "/healthz"): "no-store, private",
}


HEADERS = "every header of the checklist on every sort of answer"
OWN_POLICY = {"/last-page", "/notes", "/known?note=1"}
"""Pages whole in themselves: a narrower policy, with their own style and nothing else."""
KEPT = {"/": "no-cache", "/favicon.svg": "no-cache", "/assets/": "public, max-age=31536000, immutable"}
"""What is the same for everybody, and how long a browser keeps it."""


def missing(
    answer: httpx2.Response, *, cache: str = "no-store, private", own: bool = False, https: bool = False
) -> list[str]:
    """Which headers this answer should have and has not, or should not have and has."""
    found = answer.headers
    wrong = [name for name, value in CARRIED.items() if found.get(name) != value and not (own and name == POLICY)]
    if own:
        said = found.get(POLICY, "")
        if not said.startswith("default-src 'none'; ") or "script" in said or "connect" in said:
            wrong.append(f"its own policy: {said}")
    wrong += [] if found.get("cache-control") == cache else [f"cache-control: {found.get('cache-control')}"]
    if cache == "no-store, private" and found.get("vary") != "Cookie, Accept-Language":
        wrong.append(f"vary: {found.get('vary')}")
    if found.get("strict-transport-security") != (HSTS if https else None):
        wrong.append("strict-transport-security")
    wrong += sorted({"server", "x-powered-by", "access-control-allow-origin"} & set(found))
    return [f"{answer.request.method} {answer.request.url.path} {answer.status_code}: {each}" for each in wrong]


async def walk(live: Live, client: Path) -> tuple[int, list[str]]:
    """Answers of every further sort: streams, files, sheets, bounds, https. Returns how many, and what is wrong."""
    house, wrong = live.house, []
    secure = {"x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.9"}
    roads = {False: ("kerege", {}), True: ("__Host-kerege", secure)}
    answers = 0
    await house.act("control", b.Start(), "command-1")
    await house.act("evaluators", b.Observe((house.room.viewers["patrol"].code,), text="A note."), "command-2")
    await house.act("control", b.Finish(), "command-3")
    token = house.sit("control").token
    for https, (cookie, headers) in roads.items():
        async with httpx2.AsyncClient(base_url=live.url, headers={**headers, "cookie": f"{cookie}={token}"}) as page:
            async with page.stream("GET", "/api/stream") as stream:
                assert stream.status_code == 200
                wrong += missing(stream, https=https)
            for path in sorted(OWN_POLICY):
                answer = await page.get(path)
                assert answer.status_code == 200, (path, answer.text)
                wrong += missing(answer, own=True, https=https)
            asset = next((client / "assets").glob("*.js")).name
            for path, cache in KEPT.items():
                for method in ("GET", "HEAD"):
                    answer = await page.request(method, path + asset if path.endswith("s/") else path)
                    assert answer.status_code == 200, path
                    wrong += missing(answer, cache=cache, https=https)
            large = await page.post("/api/join", json={"code": "A" * house.desk.bounds.body_bytes_max})
            plain = await page.post("/api/join", content=b"{}", headers={"content-type": "text/plain"})
            foreign = await page.post("/api/join", json={}, headers={"origin": "http://evil.example"})
            invalid = await page.post("/api/join", json={"x": 1})
            house.desk.api._rate = Rate(0.0, 1)
            house.desk.api._held.clear()
            fine, fast = [await page.get("/api/me") for _ in range(2)]
            house.desk.api._rate = house.desk.bounds.api_rate
            house.desk.api._held.clear()
            some = [large, plain, foreign, invalid, fine, fast]
            assert [each.status_code for each in some] == [413, 415, 403, 400, 200, 429]
            for answer in some:
                wrong += missing(answer, https=https)
            answers += 1 + len(OWN_POLICY) + 2 * len(KEPT) + len(some)
    return answers * (len(CARRIED) + 4), wrong


@pytest.mark.proof("G7", HEADERS)
async def test_further_sorts_of_answers_carry_them(tmp_path, proof):
    """Event streams, the client's files, sheets after ENDEX, refusals by bounds; over plain http and over https."""
    async with live_house(tmp_path, trusted_proxy="127.0.0.1") as live:
        tried, wrong = await walk(live, ROOT / "client_web/dist")
    assert not wrong, "\n".join(wrong)
    proof.tried(tried)


def hsts_for_all(monkeypatch: Any) -> None:
    """Phones on a LAN would be locked out."""
    guard = shield._with_headers
    monkeypatch.setattr(shield, "_with_headers", lambda send, *, secure, api: guard(send, secure=True, api=api))


def never_hsts(monkeypatch: Any) -> None:
    guard = shield._with_headers
    monkeypatch.setattr(shield, "_with_headers", lambda send, *, secure, api: guard(send, secure=False, api=api))


def only_the_api(monkeypatch: Any) -> None:
    """Sheets and files go out bare."""
    guard = shield._with_headers
    monkeypatch.setattr(
        shield, "_with_headers", lambda send, *, secure, api: guard(send, secure=secure, api=api) if api else send
    )


def sheets_do_not_vary(monkeypatch: Any) -> None:
    """As it was: a page that says for itself that it is not to be kept did not say for whom it is."""
    guard = shield._with_headers

    def forgetting(send: Any, **how: bool) -> Any:
        async def bare(message: Any) -> None:
            headers = MutableHeaders(raw=message.get("headers", []))
            if headers.get(POLICY) != CARRIED[POLICY]:
                del headers["vary"]
            await send(message)

        return guard(bare, **how)

    monkeypatch.setattr(shield, "_with_headers", forgetting)


@pytest.mark.proof("G7", HEADERS, mutant=True)
@pytest.mark.parametrize(
    "mutant", [hsts_for_all, never_hsts, only_the_api, sheets_do_not_vary], ids=lambda each: each.__name__
)
async def test_answers_that_miss_some_are_noticed(tmp_path, proof, monkeypatch, mutant):
    """Each of these servers is wrong in one place."""
    mutant(monkeypatch)
    async with live_house(tmp_path, trusted_proxy="127.0.0.1") as live:
        tried, wrong = await walk(live, ROOT / "client_web/dist")
    assert wrong
    proof.tried(tried, faults=1)


@pytest.mark.proof("G7", HEADERS)
async def test_every_answer_carries_its_headers(live, proof):
    """Also refusals. Nothing names the software; what is personal is kept nowhere."""
    async with httpx2.AsyncClient(base_url=live.url) as page:
        page.cookies.set("kerege", live.house.sit("control").token)
        for (method, path), cache in ANSWERS.items():
            answer = await page.request(method, path, **({"json": {}} if method == "POST" else {}))
            for name, value in CARRIED.items():
                assert answer.headers[name] == value, (path, name)
            assert answer.headers["cache-control"] == cache, path
            assert answer.headers["vary"] == "Cookie, Accept-Language", path
            assert not {"server", "x-powered-by", "access-control-allow-origin"} & set(answer.headers), path
            proof.tried(len(CARRIED) + 3)


@pytest.mark.proof("G7", HEADERS, mutant=True)
@pytest.mark.parametrize("name", sorted(CARRIED))
async def test_a_header_that_is_missing_is_missed(live, proof, monkeypatch, name):
    """Each of them."""
    monkeypatch.delitem(__import__("kerege.gateway.shield", fromlist=["x"]).SECURITY_HEADERS, name)
    with pytest.raises((AssertionError, KeyError)):
        await test_every_answer_carries_its_headers(live, proof)


async def test_the_cookie_is_the_servers_own(live):
    """No script reads it, no other site's request carries it, and it names no domain."""
    async with httpx2.AsyncClient(base_url=live.url) as page:
        body = {"code": live.house.seats.code_of("patrol"), "language": "en", "accepted": True}
        cookie = (await page.post("/api/join", json=body)).headers["set-cookie"]
    name, *attributes = [part.strip().lower() for part in cookie.split(";")]
    assert name.startswith("kerege=")
    assert sorted(attributes) == ["httponly", "max-age=1209600", "path=/", "samesite=strict"]


async def test_no_token_stands_in_an_address(live):
    """A ticket in the address opens nothing, and the client never builds such an address."""
    ticket = live.house.ticket(live.house.sit("patrol"))
    async with connect(
        f"{live.url.replace('http', 'ws')}/ws?ticket={ticket}&token={ticket}",
        subprotocols=[PROTOCOL], compression=None, proxy=None,
    ) as link:  # fmt: skip
        await link.send(encode_client(Hello("x" * 32), "msgpack"))
        assert decode_server(await link.recv(), "msgpack").code == "ticket_refused"
    sources = [path for path in (ROOT / "client_web/src").rglob("*") if path.suffix in {".ts", ".svelte"}]
    assert len(sources) > 20
    for path in sources:
        assert not re.search(r"[?&](ticket|token|cookie)=", path.read_text()), path
        assert "{@html" not in path.read_text(), f"{path}: words become markup"
