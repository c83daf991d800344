"""G7: whoever tries what is not theirs leaves a line in the server's log, with seat and what was refused, and nothing more.

No body, code, token, ticket or address line that somebody typed stands in it: a log is read by more people than control.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import structlog

from kerege.engine.commands import bodies as b
from kerege.gateway.desk import Desk
from kerege.gateway.limits import Bounds, Rate
from kerege.wire.messages import Open, Submit
from tests.rights.house import House, Line, open_house

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping

ROW = "what was refused for want of a right stands in the server's log: seat and what, nothing that anybody typed or holds"
TYPED = "QQQQQQ"
"""A code, and whatever else somebody types."""


async def trespass(house: House) -> tuple[list[tuple[str, str]], list[str]]:
    """Try everything once that nobody there may. Returns what has to be noted, as (what, seat), and what may not."""
    joined = house.sit("patrol")
    mine, secrets = joined.seat.id, [TYPED, str(joined.token), joined.device]
    wanted = []
    async with house.browser() as page:
        await page.get("/api/me", params={"typed": TYPED})
        await page.post("/api/ticket", json={}, headers={"origin": f"https://{TYPED.lower()}.example"})
        await page.post("/api/invitation", json={"code": TYPED})
        await page.get(f"/{TYPED}")  # no such page: nobody's business
        wanted += [("not_joined", ""), ("bad_origin", ""), ("no_such_code", "")]
    async with house.browser("B" * 43) as page:
        await page.get("/api/control/lobby")
        wanted += [("not_found", "")]
    async with house.browser(joined.token) as page:
        await page.get("/api/control/lobby")
        await page.post(f"/api/control/codes/{TYPED}", json={})
        await page.post("/api/submit", params={"link": TYPED}, json={})
        await page.get("/notes", params={"typed": TYPED})
        wanted += [("not_found", mine)] * 4
    stranger, line = Line(house), Line(house)
    await stranger.greet(TYPED * 6)
    ticket = house.ticket(joined)
    secrets.append(ticket)
    await line.greet(ticket)
    await line.say(Open(TYPED, None))
    await line.say(Submit("command-1", 0, msgspec.Raw(msgspec.msgpack.encode(b.Start()))))
    wanted += [("ticket_refused", ""), ("stream_denied", mine), ("not_yours", mine)]
    line.close()
    return wanted, secrets


async def faults(house: House) -> list[str]:
    """What is wrong with the log after all that."""
    with structlog.testing.capture_logs() as lines:
        wanted, secrets = await trespass(house)
    noted = [line for line in lines if line["event"] == "refused"]
    found = [(line["what"], line["seat"]) for line in noted]
    wrong = [] if found == wanted else [f"noted {noted}, wanted {wanted}"]
    said = [json.dumps(line, default=repr).lower() for line in lines]
    return wrong + [f"the log says {secret}" for secret in secrets if any(secret.lower() in line for line in said)]


@pytest.mark.proof("G7", ROW)
async def test_each_trespass_leaves_a_line(house, proof):
    """Over HTTP and over a link."""
    assert await faults(house) == []
    proof.tried(11)


def silent(monkeypatch: Any) -> None:
    """Nothing is noted."""
    monkeypatch.setattr(Desk, "note_refusal", lambda *_, **__: None)


def talkative(monkeypatch: Any) -> None:
    """The whole address stands in the line."""
    monkeypatch.setattr(
        "kerege.gateway.application._note",
        lambda desk, request, code: desk.note_refusal(code, address="x", url=str(request.url)),
    )


def nameless(monkeypatch: Any) -> None:
    """That there was something, and not whose it was."""
    note = Desk.note_refusal
    monkeypatch.setattr(Desk, "note_refusal", lambda self, what, **_: note(self, what))


@pytest.mark.proof("G7", ROW, mutant=True)
@pytest.mark.parametrize("mutant", [silent, talkative, nameless], ids=lambda mutant: mutant.__name__)
async def test_logs_that_say_too_little_or_too_much_are_noticed(tmp_path, proof, monkeypatch, mutant):
    """Each of these servers is wrong in one place."""
    mutant(monkeypatch)
    async with open_house(tmp_path) as house:
        assert await faults(house)
    proof.tried(11, faults=1)


def lines_of(noted: list[MutableMapping[str, Any]]) -> Iterator[str]:
    return (line["seat"] or line["address"] for line in noted if line["event"] == "refused")


async def test_nobody_fills_the_log(tmp_path):
    """At the burst a line, past it none; another's are not lost by it, and with time there is room again."""
    async with open_house(tmp_path, bounds=Bounds(refusal_lines_rate=Rate(1.0, 3))) as house:
        house.desk.refusal_lines._now = house.clock
        house.desk.refusal_lines._rate = Rate(1.0, 3)
        with structlog.testing.capture_logs() as noted:
            for who in ("one", "one", "one", "one", "two"):
                house.desk.note_refusal("x", seat=who)
            house.clock.at_s += 1
            house.desk.note_refusal("x", seat="one")
            house.desk.note_refusal("x", seat="one")
        assert list(lines_of(noted)) == ["one", "one", "one", "two", "one"]
