"""G7: what a peer says of whom it speaks for is believed from the named proxy alone, on the real server.

The server listens on 127.0.0.1. The proxy is 127.0.0.1, a stranger who says the same is 127.0.0.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx2
import pytest
from pydantic import ValidationError

from kerege.settings import Settings
from tests.rights.live import Raw, live_house

if TYPE_CHECKING:
    from pathlib import Path

ROW = "X-Forwarded-For and -Proto from the named proxy, from others, in a chain, and with no proxy named"
PROXY, OTHER, PHONE, MADE_UP = "127.0.0.1", "127.0.0.2", "203.0.113.9", "198.51.100.66"
SAID = {"x-forwarded-for": PHONE, "x-forwarded-proto": "https"}
CASES: dict[str, tuple[str, str, dict[str, str], str, bool]] = {
    "the proxy": (PROXY, PROXY, SAID, PHONE, True),
    "the proxy, for one who made up more": (
        PROXY, PROXY, {**SAID, "x-forwarded-for": f"{MADE_UP}, {PHONE}"}, PHONE, True,
    ),
    "the proxy, for plain http": (PROXY, PROXY, {**SAID, "x-forwarded-proto": "http"}, PHONE, False),
    "the proxy, with a scheme that is none": (PROXY, PROXY, {**SAID, "x-forwarded-proto": "https, http"}, PHONE, False),
    "the proxy, saying nothing": (PROXY, PROXY, {}, PROXY, False),
    "a stranger": (PROXY, OTHER, SAID, OTHER, False),
    "a stranger who names the proxy": (PROXY, OTHER, {**SAID, "x-forwarded-for": PROXY}, OTHER, False),
    "a stranger in other words": (
        PROXY, OTHER, {"forwarded": f"for={PHONE};proto=https", "x-real-ip": PHONE, "x-forwarded-ssl": "on"}, OTHER, False,
    ),
    "nobody is named, and one is near": ("", PROXY, SAID, PROXY, False),
    "nobody is named, and one is a stranger": ("", OTHER, SAID, OTHER, False),
}  # fmt: skip
"""Who is named, who connects, what it says -> whose address counts, and whether the road is https."""


async def faults(folder: Path, named: str, peer: str, said: dict[str, str], address: str, *, secure: bool) -> list[str]:
    """What is wrong with how one join and one socket are taken."""
    async with live_house(folder, trusted_proxy=named) as live:
        desk = live.house.desk
        transport = httpx2.AsyncHTTPTransport(local_address=peer)
        async with httpx2.AsyncClient(transport=transport, base_url=live.url, headers=said) as page:
            body = {"code": live.house.seats.code_of("patrol"), "language": "en", "accepted": True}
            answer = await page.post("/api/join", json=body)
            await page.post("/api/invitation", json={"code": "QQQQQQ"})
        cookie = answer.headers.get("set-cookie", "")
        line = await Raw.to(live.port, peer)
        shaken = await line.shake(**{name.replace("-", "_"): value for name, value in said.items()})
        counted = {
            "requests": set(desk.api._held),
            "wrong codes": set(desk.wrong_codes._held),
            "sockets": set(desk.lines_by_address),
        }
        line.hang_up()
        wrong = [f"{what} count for {found}" for what, found in counted.items() if found != {address}]
        if (cookie.startswith("__Host-kerege=") and "; Secure" in cookie) is not secure:
            wrong.append(f"the cookie: {cookie[:14]}")
        if ("strict-transport-security" in answer.headers) is not secure:
            wrong.append("HSTS")
        if not shaken.startswith(b"HTTP/1.1 101"):
            wrong.append(f"the socket: {shaken[:12]!r}")
    return wrong


@pytest.mark.proof("G7", ROW)
@pytest.mark.parametrize("case", CASES)
async def test_only_the_named_proxy_is_believed(tmp_path, proof, case):
    """By rates, by wrong codes, by sockets, and by what makes a cookie Secure."""
    named, peer, said, address, secure = CASES[case]
    assert await faults(tmp_path, named, peer, said, address, secure=secure) == []
    proof.tried(5)


@pytest.mark.proof("G7", ROW, mutant=True)
@pytest.mark.parametrize(
    ("case", "instead"),
    [("a stranger", "*"), ("a stranger", OTHER), ("the proxy, for one who made up more", "*"), ("the proxy", "")],
)
async def test_a_server_that_believes_others_is_noticed(tmp_path, proof, case, instead):
    """Everybody, the wrong one, the far end of the chain, nobody."""
    _, peer, said, address, secure = CASES[case]
    assert await faults(tmp_path, instead, peer, said, address, secure=secure)
    proof.tried(5, faults=1)


@pytest.mark.parametrize("said", ["*", "10.0.0.0/8", "proxy.local", "127.0.0.1,10.0.0.1", "127.0.0.1:80", "/run/proxy"])
def test_a_proxy_is_named_by_one_address(said):
    """A star would believe everybody, and a name would never match."""
    with pytest.raises(ValidationError):
        Settings(trusted_proxy=said)
    assert [Settings(trusted_proxy=one).trusted_proxy for one in ("", "10.0.0.7", "FE80::1")] == [
        "",
        "10.0.0.7",
        "fe80::1",
    ]
