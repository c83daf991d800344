"""Every route by the ladder: not joined, malformed, impossible, not permitted, allowed; and what every answer carries."""

import asyncio
import json
import re

import httpx2
import pytest

from kerege.gateway.application import build_gateway
from kerege.gateway.errors import STATUS
from kerege.gateway.limits import Bounds, Rate
from kerege.gateway.shield import SECURITY_HEADERS
from kerege.gateway.texts import LANGUAGES, TERMS, best_language, say, terms
from kerege.wire.closing import DENIED_TEXT, GOODBYES, REFUSALS
from kerege.wire.messages import MARK
from tests.gateway.fakes import PUBLIC_URL, VIEWERS, build_house

BASE = "http://192.0.2.10:8000"


def browser(house, client=("198.51.100.7", 4000), base=BASE, **headers):
    """A browser of its own: its own cookies, one address."""
    transport = httpx2.ASGITransport(build_gateway(house.desk), raise_app_exceptions=False, client=client)
    return httpx2.AsyncClient(transport=transport, base_url=base, headers={"accept-language": "en", **headers})


@pytest.fixture
async def page(house):
    async with browser(house) as page:
        yield page


async def join(page, house, viewer="patrol", **fields):
    code = house.seats.new_link(viewer) if viewer == "control" else house.seats.code_of(viewer)
    return await page.post("/api/join", json={"code": code, "language": "en", "accepted": True} | fields)


def code_of(response) -> str:
    assert response.headers["content-type"] == "application/json"
    answer = response.json()
    assert set(answer) == {"code", "text"}
    assert response.status_code == STATUS[answer["code"]]
    return answer["code"]


# ---------------------------------------------------------------------------------------------------- invitation


async def test_a_code_says_where_it_leads(page, house):
    """Before joining: the seat, the exercise, the mark and every term, in the language asked for."""
    for typed in (house.seats.code_of("patrol"), house.seats.code_of("patrol").lower()):
        answer = (await page.post("/api/invitation", json={"code": typed, "language": "ru"})).json()
        assert answer["ok"] is True
        assert (answer["role"], answer["title"], answer["team_title"]) == ("player", "patrol (ru)", "patrol (ru)")
        assert (answer["exercise"], answer["mark"]) == ("Учебный случай", MARK)
        assert len(answer["terms"]) == len(TERMS)
    assert house.seats.seats_of("patrol") == []


async def test_the_language_of_the_browser_is_used(page, house):
    """Where the client names none."""
    body = {"code": house.seats.code_of("patrol")}
    answer = (await page.post("/api/invitation", json=body, headers={"accept-language": "kk-KZ, ru;q=0.8"})).json()
    assert answer["title"] == "patrol (kk)"
    assert answer["terms"][0]["title"] == say("term-play-title", "ru")  # Kazakh words fall back to Russian
    answer = (await page.post("/api/invitation", json=body, headers={"accept-language": "ky-KG, ru;q=0.8"})).json()
    assert answer["terms"][0]["title"] == "Бул — окуу машыгуусу"


async def test_an_invitation_uses_nothing_up(page, house):
    """Control's link is still good after it was looked at."""
    link = house.seats.new_link("control")
    assert (await page.post("/api/invitation", json={"code": link})).json()["role"] == "control"
    assert (await page.post("/api/join", json={"code": link, "language": "en", "accepted": True})).status_code == 200


MALFORMED = {
    "no JSON": b"{",
    "nothing": b"",
    "a list": b"[]",
    "no code": b"{}",
    "a number for a code": b'{"code": 123456}',
    "an empty code": b'{"code": ""}',
    "a code too long": json.dumps({"code": "A" * 65}).encode(),
    "an unknown field": b'{"code": "ABCDEF", "seat": "S1", "viewer": "control"}',
    "an unknown language": b'{"code": "ABCDEF", "language": "xx"}',
    "a lone surrogate": b'{"code": "\\ud800BCDEF"}',
    "bad UTF-8": b'{"code": "\xff\xfe"}',
    "a tower": b'{"code": ' + b"[" * 15_000 + b"}",
    "not a number": b'{"code": NaN}',
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
@pytest.mark.parametrize("path", ["/api/invitation", "/api/join"])
async def test_a_malformed_body_is_refused_without_echo(page, path, body):
    """One code, none of the input, none of our internals."""
    response = await page.post(path, content=body, headers={"content-type": "application/json"})
    assert code_of(response) in {"bad_request", "no_such_code"}
    assert "ABCDEF" not in response.text and "AAAA" not in response.text


@pytest.mark.parametrize("path", ["/api/invitation", "/api/join"])
async def test_a_wrong_code_opens_nothing(page, path):
    """Not known: one answer."""
    body = {"code": "ABCDEF"} | ({"language": "en", "accepted": True} if path == "/api/join" else {})
    assert code_of(await page.post(path, json=body)) == "no_such_code"


async def test_codes_cannot_be_guessed_for_long():
    """After the burst even a right code is not told apart, from this address; others may still join. Right ones cost nothing."""
    house = build_house(Bounds(wrong_codes_rate=Rate(0.1, 3)))
    async with browser(house) as page, browser(house, client=("198.51.100.8", 1)) as other:
        for _ in range(3):
            assert (await page.post("/api/invitation", json={"code": house.seats.code_of("patrol")})).status_code == 200
            assert code_of(await page.post("/api/invitation", json={"code": "ABCDEF"})) == "no_such_code"
        response = await page.post("/api/invitation", json={"code": house.seats.code_of("patrol")})
        assert code_of(response) == "too_fast"
        assert response.headers["retry-after"]
        assert (await join(other, house)).status_code == 200
        house.clock.at_s += 10
        assert (await join(page, house)).status_code == 200
    house.seats.close()


async def test_guessing_everywhere_keeps_no_right_code_out():
    """Past the bound over all addresses wrong codes are told to wait; right ones open, also for one who has mistyped."""
    house = build_house(Bounds(wrong_codes_everywhere_rate=Rate(0.1, 2)))
    codes = []
    for number in range(3):
        async with browser(house, client=(f"198.51.100.{number}", 1)) as page:
            codes.append(code_of(await page.post("/api/invitation", json={"code": "ABCDEF"})))
            if number == 2:
                assert (await join(page, house)).status_code == 200
    assert codes == ["no_such_code", "no_such_code", "too_fast"]
    house.seats.close()


# ---------------------------------------------------------------------------------------------------- join, me, leave


async def test_joining_gives_a_seat_and_a_cookie(page, house):
    """The cookie is for this server's requests only, and no script can read it."""
    response = await join(page, house, name="Aigul")
    answer = response.json()
    assert (answer["sort"], answer["title"], answer["stream"], answer["name"]) == (
        "player",
        "patrol (en)",
        "k1",
        "Aigul",
    )
    cookie = response.headers["set-cookie"]
    assert re.match(r"kerege=[\w-]{43}; HttpOnly; Max-Age=1209600; Path=/; SameSite=strict$", cookie), cookie
    assert (await page.get("/api/me")).json()["seat"]["id"] == answer["id"]


async def test_over_https_the_cookie_is_secure(house):
    """And bound to the host; over http browsers would drop such a cookie."""
    async with browser(house, base="https://exercise.example") as page:
        response = await join(page, house)
        assert response.headers["set-cookie"].startswith("__Host-kerege=")
        assert "; Secure" in response.headers["set-cookie"]
        assert response.headers["strict-transport-security"]
        assert (await page.get("/api/me")).status_code == 200


@pytest.mark.parametrize("accepted", [False, None])
async def test_nobody_joins_without_the_terms(page, house, accepted):
    """They are accepted, or nobody is let in."""
    response = await join(page, house, accepted=accepted)
    assert code_of(response) == ("terms_not_accepted" if accepted is False else "bad_request")
    assert house.seats.seats_of("patrol") == []


async def test_a_full_team_says_so(house):
    """At seats_max one is let in, past it none."""
    answers = []
    for _ in range(4):
        async with browser(house) as page:
            answers.append(await join(page, house))
    assert [answer.status_code for answer in answers] == [200, 200, 200, 409]
    assert code_of(answers[3]) == "team_full"


async def test_a_returning_device_keeps_its_seat(page, house):
    """The same code on the same phone: the same seat, no second one."""
    first, again = await join(page, house), await join(page, house, language="ru")
    assert first.json()["id"] == again.json()["id"]
    assert "set-cookie" not in again.headers
    assert len(house.seats.seats_of("patrol")) == 1


async def test_a_device_that_joins_elsewhere_leaves_its_old_seat(page, house):
    """One browser holds one seat."""
    await join(page, house)
    assert (await join(page, house, "social")).json()["stream"] == "k2"
    assert house.seats.seats_of("patrol") == []


async def test_leaving_frees_the_seat(page, house):
    """The cookie is gone and would open nothing."""
    await join(page, house)
    token = page.cookies["kerege"]
    response = await page.post("/api/leave", json={})
    assert response.json() == {"ok": True}
    assert 'kerege=""' in response.headers["set-cookie"]
    assert house.seats.find(token) is None


NEEDS_SEAT = [
    ("GET", "/api/me"),
    ("POST", "/api/ticket"),
    ("POST", "/api/leave"),
    ("GET", "/api/stream"),
    ("POST", "/api/submit?link=x"),
]


@pytest.mark.parametrize("cookie", [None, "wrong", "revoked"])
@pytest.mark.parametrize(("method", "path"), NEEDS_SEAT, ids=lambda part: part)
async def test_without_a_seat_there_is_one_answer(page, house, method, path, cookie):
    """No cookie, a made-up one, a revoked one: join with a code."""
    if cookie == "revoked":
        house.seats.revoke((await join(page, house)).json()["id"])
    elif cookie:
        page.cookies.set("kerege", cookie)
    response = await page.request(method, path, **({"json": {}} if method == "POST" else {}))
    assert code_of(response) == "not_joined"


async def test_a_ticket_is_for_this_device(page, house):
    """It opens a link as this seat."""
    joined = (await join(page, house)).json()
    ticket = (await page.post("/api/ticket", json={})).json()
    assert ticket["valid_s"] == 30
    assert house.desk.admit(ticket["ticket"]).seat.id == joined["id"]


async def test_posts_that_carry_too_much_are_refused(page, house):
    """Strict and empty means empty."""
    await join(page, house)
    assert code_of(await page.post("/api/ticket", json={"seat": "S1"})) == "bad_request"


# ---------------------------------------------------------------------------------------------------- control

CONTROL = [
    ("GET", "/api/control/lobby"),
    ("POST", "/api/control/seats/{seat}/revoke"),
    ("POST", "/api/control/codes/k1"),
]


@pytest.mark.parametrize("viewer", [None, "patrol", "actor_aida", "observer_patrol"])
@pytest.mark.parametrize(("method", "path"), CONTROL, ids=lambda part: part)
async def test_for_others_there_is_no_control(page, house, method, path, viewer):
    """The same answer as for a path that does not exist; nothing happens."""
    other = house.sit("social")
    before = house.seats.code_of("patrol")
    if viewer:
        await join(page, house, viewer)
    body = {"json": {}} if method == "POST" else {}
    response = await page.request(method, path.format(seat=other.seat.id), **body)
    nowhere = await page.request("GET", "/api/control/nothing")
    assert code_of(response) == "not_found"
    assert response.json() == nowhere.json()
    assert house.seats.find(other.token) and house.seats.code_of("patrol") == before


async def test_the_lobby_shows_every_team(page, house):
    """Codes, links and seats for control, and no code for control itself."""
    joined = house.sit("patrol")
    await join(page, house, "control")
    lobby = (await page.get("/api/control/lobby")).json()
    assert (lobby["join_url"], lobby["reviewed"]) == (f"{PUBLIC_URL}/", [])
    teams = {team["viewer"]: team for team in lobby["teams"]}
    assert teams["k1"]["link"] == f"{PUBLIC_URL}/#code={house.seats.code_of('patrol')}"
    assert teams["k1"]["qr_svg"].startswith("<svg")
    assert teams["k1"]["seats"] == [
        {
            "id": joined.seat.id,
            "label": joined.seat.id,
            "connected": False,
            "devices": 1,
            "language": "en",
            "answered_s": None,
        }
    ]
    assert (teams["k1"]["stand_in"], teams["k3"]["stand_in_allowed"]) == (None, False)
    assert (teams["k0"]["code"], teams["k0"]["link"]) == ("", "")


async def test_control_takes_a_seat_away(page, house):
    """It opens nothing from then on; twice, or unknown, is not found."""
    joined = house.sit("patrol")
    await join(page, house, "control")
    path = f"/api/control/seats/{joined.seat.id}/revoke"
    assert (await page.post(path, json={})).json() == {"ok": True}
    assert house.seats.find(joined.token) is None
    assert code_of(await page.post(path, json={})) == "not_found"
    assert code_of(await page.post("/api/control/seats/ZZZZ/revoke", json={})) == "not_found"
    assert code_of(await page.post(f"/api/control/seats/{'Z' * 41}/revoke", json={})) == "bad_request"


async def test_control_gives_a_team_a_new_code(page, house):
    """The old one opens nothing; for control itself there is a link that opens once."""
    await join(page, house, "control")
    before = house.seats.code_of("patrol")
    answer = (await page.post("/api/control/codes/k1", json={})).json()
    assert answer["code"] == house.seats.code_of("patrol") != before
    answer = (await page.post("/api/control/codes/k0", json={})).json()
    assert answer["code"] == ""
    assert house.seats.viewer_of(answer["link"].split("#code=")[1]) == "control"
    assert code_of(await page.post("/api/control/codes/k9", json={})) == "not_found"


async def test_a_phone_that_got_through_is_noticed(house):
    """This machine's own browser does not count; pages from another machine do."""
    async with browser(house, client=("127.0.0.1", 1)) as page:
        await page.get("/api/room")
        assert not house.desk.reached_by_phone
    async with browser(house) as page:
        await page.get("/api/room")
        assert house.desk.reached_by_phone


# ---------------------------------------------------------------------------------------------------- the rest


async def test_the_projector_shows_clock_and_way_in(page, house):
    """Anybody may read it; no team's code is on it."""
    room = (await page.get("/api/room?language=ru")).json()
    assert (room["exercise"], room["phase"], room["at_s"]) == ("Учебный случай", "running", 60)
    assert (room["join_url"], room["mark"]) == (f"{PUBLIC_URL}/", MARK)
    shown = str({**room, "qr_svg": ""})
    assert not [viewer.id for viewer in VIEWERS if house.seats.code_of(viewer.id) in shown]
    assert room["qr_svg"].startswith("<svg")
    assert code_of(await page.get("/api/room?language=xx")) == "bad_request"


async def test_ready_means_it_can_commit(page, house):
    """Alive is not ready."""
    assert ((await page.get("/healthz")).status_code, (await page.get("/readyz")).status_code) == (200, 200)
    assert (await page.get("/readyz")).json() == {"ok": True, "why": ""}
    for why in ("full", "failed", "closed"):
        house.room.trouble = why
        assert (await page.get("/healthz")).status_code == 200
        assert ((await page.get("/readyz")).status_code, (await page.get("/readyz")).json()) == (
            503,
            {"ok": False, "why": why},
        )


async def test_control_reads_why_nothing_is_written(page, house):
    """In words, with no path in them; while all is well, nothing."""
    await join(page, house, "control")
    assert (await page.get("/api/control/lobby")).json()["trouble"] == ""
    for why in ("full", "failed", "closed"):
        house.room.trouble = why
        words = (await page.get("/api/control/lobby")).json()["trouble"]
        assert words in {say(f"trouble-{why}", language) for language in LANGUAGES}
        assert "/" not in words and not words.startswith("trouble")


async def test_everything_describes_itself(page):
    """HTTP and messages; no interactive pages."""
    assert "/api/join" in (await page.get("/api/openapi.json")).json()["paths"]
    assert "Submit" in (await page.get("/api/messages.json")).json()["$defs"]
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert code_of(await page.get(path)) == "not_found"


@pytest.fixture
def client_folder(tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / ".vite").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>Kerege</title>")
    (tmp_path / "assets/index-Ab12.js").write_text("export {}")
    (tmp_path / ".vite/manifest.json").write_text("{}")
    return tmp_path


async def test_the_client_is_served_with_its_types_and_caches(client_folder):
    """The page is asked for anew each time, what has a hash in its name never again."""
    house = build_house(client_folder=client_folder)
    async with browser(house) as page:
        for path in ("/", "/room"):
            response = await page.get(path)
            assert response.text.startswith("<!doctype html>")
            assert (response.headers["content-type"], response.headers["cache-control"]) == (
                "text/html; charset=utf-8",
                "no-cache",
            )
        response = await page.get("/assets/index-Ab12.js")
        assert response.headers["content-type"] == "text/javascript; charset=utf-8"
        assert "immutable" in response.headers["cache-control"]
        assert (await page.head("/")).status_code == 200
        for path in ("/.vite/manifest.json", "/assets", "/assets/../../etc/passwd", "/%2e%2e/x", "/nothing"):
            assert code_of(await page.get(path)) == "not_found"
    house.seats.close()


async def test_without_a_client_the_page_says_how_to_build_it(page):
    """Not a blank screen."""
    response = await page.get("/")
    assert response.status_code == 503
    assert "make run" in response.text


@pytest.mark.parametrize("path", ["/", "/api/room", "/api/me", "/nothing", "/healthz", "/api/openapi.json"])
async def test_every_answer_carries_the_security_headers(page, path):
    """Also refusals; nothing that would lock phones out of plain http; what is personal is not kept."""
    response = await page.get(path)
    for name, value in SECURITY_HEADERS.items():
        assert response.headers[name] == value
    policy = response.headers["content-security-policy"]
    assert "unsafe" not in policy and "upgrade-insecure-requests" not in policy
    assert "strict-transport-security" not in response.headers
    if path.startswith("/api"):
        assert response.headers["cache-control"] == "no-store, private"


ORIGINS = {
    "http://192.0.2.10:8000": True,
    "http://192.0.2.10": False,
    "https://192.0.2.10:8000": False,
    "http://evil.example": False,
    "http://192.0.2.10:8000.evil.example": False,
    "http://192.0.2.10:8000@evil.example": False,
    "null": False,
    "": False,
    "file://": False,
    "https://proxy.example": True,
    "https://proxy.example:443": True,
    "http://[::1": False,
}


@pytest.mark.parametrize(("origin", "allowed"), ORIGINS.items())
async def test_posts_come_from_our_own_pages(origin, allowed):
    """The host they came to, or a listed origin; nobody else's, and not null."""
    house = build_house(origins=("https://proxy.example",))
    async with browser(house) as page:
        response = await page.post("/api/invitation", json={"code": "ABCDEF"}, headers={"origin": origin})
        assert code_of(response) == ("no_such_code" if allowed else "bad_origin")
    house.seats.close()


async def test_posts_of_other_sites_without_origin_are_refused(page):
    """A browser that says cross-site is believed."""
    headers = {"sec-fetch-site": "cross-site"}
    assert code_of(await page.post("/api/invitation", json={"code": "ABCDEF"}, headers=headers)) == "bad_origin"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
async def test_posts_are_json(page, kind):
    """What a form of another site could send is not read."""
    response = await page.post("/api/invitation", content=b'{"code":"ABCDEF"}', headers={"content-type": kind})
    assert code_of(response) == "not_json"


async def test_bodies_are_bounded(page, house):
    """At the bound a body is read (and is nonsense), past it it is not."""
    limit = house.desk.bounds.body_bytes_max
    for size, code in ((limit, "bad_request"), (limit + 1, "too_big")):
        body = b'{"code":"' + b"A" * (size - 11) + b'"}'
        assert len(body) == size
        response = await page.post("/api/invitation", content=body, headers={"content-type": "application/json"})
        assert code_of(response) == code


async def test_bodies_arrive_in_time():
    """Who sends a byte now and then is sent away."""
    house = build_house(Bounds(request_body_s_max=0.05))

    async def trickle():
        while True:
            yield b" "
            await asyncio.sleep(0.02)

    async with browser(house) as page:
        response = await page.post("/api/join", content=trickle(), headers={"content-type": "application/json"})
        assert code_of(response) == "too_slow"
    house.seats.close()


async def test_a_body_that_has_not_come_when_the_server_stops_is_refused():
    """The server waits for it no longer: an answer, and nothing in the log that looks like a fault."""
    house = build_house()
    stopping = asyncio.current_task()
    assert stopping is not None

    async def begin():
        yield b" "
        stopping.cancel("timeout graceful shutdown exceeded")
        await asyncio.Event().wait()

    async with browser(house) as page:
        response = await page.post("/api/join", content=begin(), headers={"content-type": "application/json"})
        assert code_of(response) == "too_slow"
    assert not stopping.cancelling()
    house.seats.close()


async def test_the_api_has_a_rate_per_address():
    """Past the burst: wait; pages still load, and other addresses are not touched."""
    house = build_house(Bounds(api_rate=Rate(1, 2)))
    async with browser(house) as page, browser(house, client=("198.51.100.8", 1)) as other:
        assert [(await page.get("/api/room")).status_code for _ in range(3)] == [200, 200, 429]
        assert (await page.get("/healthz")).status_code == 200
        assert (await other.get("/api/room")).status_code == 200
    house.seats.close()


async def test_a_failure_tells_nothing(page, house, monkeypatch):
    """Our mistake: a code, no traceback, no secret."""
    monkeypatch.setattr(house.room, "clock_public", lambda: 1 // 0)
    response = await page.get("/api/room")
    assert code_of(response) == "internal"
    assert "Zero" not in response.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
async def test_other_methods_are_refused(page, method):
    """With the same shape of answer."""
    response = await page.request(method, "/api/room", json={})
    assert code_of(response) == "method_not_allowed"


def test_every_code_has_words_of_its_own_in_every_language_that_has_a_file():
    """No code without words, and the English of the link is that of the table of codes' meaning."""
    for language in ("en", "ru", "ky"):
        for key in (
            *(f"error-{code}" for code in STATUS),
            *(f"goodbye-{code}" for code in GOODBYES),
            *(f"refusal-{code}" for code in REFUSALS),
            "denied",
        ):
            assert say(key, language)
    assert say("denied", "en") == DENIED_TEXT
    with pytest.raises(KeyError):
        say("nothing", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_terms_say_when_and_whom(language):
    """The date and the contact stand in them; where they are not settled, the terms say who settles them."""
    settled = " ".join(term.text for term in terms(language, "2026-12-31", "Aigul B."))
    assert "2026-12-31" in settled and "Aigul B." in settled
    open_ = " ".join(term.text for term in terms(language, "", ""))
    assert "unset" not in open_ and "{" not in open_


@pytest.mark.parametrize(
    ("accept", "language"),
    [("ru-RU,ru;q=0.9", "ru"), ("de, tg;q=0.5", "tg"), ("", "en"), ("*", "en"), ("xx" * 5000, "en")],
)
def test_a_browsers_languages_are_read_in_order(accept, language):
    """The first that there is; else English."""
    assert best_language(accept) == language
