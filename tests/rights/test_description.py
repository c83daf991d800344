"""G10 by HTTP: every operation of the application's own description, asked as it describes itself and as it does not.

No 5xx, no traceback; every status, content type and body is one that this very operation describes; what does not fit the
description is refused, and what fits it is not refused for its form.
"""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.responses import JSONResponse, PlainTextResponse

from kerege.gateway import cookies, errors
from kerege.gateway.errors import STATUS
from tests.laws.size import TIMES
from tests.rights.described import Found, ask_described
from tests.rights.house import House, open_house
from tests.rights.wrong import tells_forbidden_from_missing

ROW = ("G10", "schemathesis: every operation of the API description, by nobody, a player and control")
DRAWN = 4
"""Cases of each operation, identity and mode, besides the bounds of what is described."""
WHO = ("nobody", "patrol", "control")
NEVER_DONE = {"/api/submit"}
"""Takes the id of a stream that is open: tests/system/test_roads.py."""


async def ask_everybody(house: House, caplog: Any, drawn: int, who: tuple[str, ...] = WHO) -> Found:
    """Everybody asks for everything, on a house to throw away."""
    await house.start()
    everything = Found()
    for name in who:
        token = None if name == "nobody" else house.sit(name).token
        known = {
            "seat_id": house.sit("border").seat.id,
            "flag": "clock",
            "viewer": house.room.viewers["fiu"].code,
            "code": house.seats.new_link("social"),
        }
        found = await ask_described(house, token, caplog, drawn, known)
        everything.answers += found.answers
        everything.wrong += [f"{name}: {each}" for each in found.wrong]
    return everything


@pytest.mark.proof(*ROW)
async def test_every_operation_keeps_its_description(house, proof, caplog):
    """Each of them has also been done by somebody: refusals alone would prove little."""
    found = await ask_everybody(house, caplog, DRAWN * TIMES)
    by_status = Counter[int]()
    for (_, _, status), count in found.answers.items():
        by_status[status] += count
    print(f"{found.answers.total()} requests: {dict(sorted(by_status.items()))}")
    assert not found.wrong, "\n".join(found.wrong[:20])
    paths = house.app._app.openapi()["paths"]
    assert {path for path, _, _ in found.answers} == set(paths)
    assert {path for path, _, status in found.answers if status == 200} == set(paths) - NEVER_DONE
    proof.tried(found.answers.total(), seed="derandomized")


def test_every_refusal_is_described_somewhere_and_no_other(house):
    """A code that no operation names cannot come, and the framework's own 422 never does."""
    described = house.app._app.openapi()
    codes = set()
    for methods in described["paths"].values():
        for operation in methods.values():
            assert "422" not in operation["responses"]
            for status, answer in operation["responses"].items():
                properties = answer["content"].get("application/json", {}).get("schema", {}).get("properties", {})
                named = properties.get("code", {}).get("enum", [])
                assert all(STATUS[code] == int(status) for code in named)
                codes.update(named)
    assert codes == set(STATUS) - {"method_not_allowed"}
    assert "HTTPValidationError" not in described["components"]["schemas"]


def fails(monkeypatch: Any) -> None:
    """A fault of ours in one route."""
    monkeypatch.setattr(errors, "log", SimpleNamespace(error=lambda *_, **__: None))
    monkeypatch.setattr("kerege.gateway.projector.qr_svg", lambda _: {}["no such"])


def says_more_than_described(monkeypatch: Any) -> None:
    """A refusal with a field of its own."""
    monkeypatch.setattr(
        errors,
        "problem_response",
        lambda code, _: JSONResponse({"code": code, "text": "No.", "detail": "a"}, STATUS[code]),
    )


def says_it_plainly(monkeypatch: Any) -> None:
    """A refusal that is no JSON."""
    monkeypatch.setattr(errors, "problem_response", lambda code, _: PlainTextResponse("No.", STATUS[code]))


def names_another_reason(monkeypatch: Any) -> None:
    """A status that is described, with a code that is not."""
    monkeypatch.setattr(cookies, "Refusal", lambda _: errors.Refusal("no_such_code"))


def takes_anything(monkeypatch: Any) -> None:
    """A body that does not fit is put right rather than refused."""
    real = errors.handle_errors

    def lax(app: Any, *more: Any) -> None:
        real(app, *more)

        async def fine(*_: Any) -> JSONResponse:
            return JSONResponse({"ok": True})

        app.add_exception_handler(errors.RequestValidationError, fine)

    monkeypatch.setattr("kerege.gateway.application.handle_errors", lax)


MUTANTS = [
    fails, tells_forbidden_from_missing, says_more_than_described, says_it_plainly, names_another_reason, takes_anything,
]  # fmt: skip


@pytest.mark.proof(*ROW, mutant=True)
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda each: each.__name__)
async def test_a_server_that_breaks_its_description_is_noticed(tmp_path, proof, caplog, monkeypatch, mutant):
    """Each of these servers is wrong in one place."""
    mutant(monkeypatch)
    async with open_house(tmp_path) as house:
        found = await ask_everybody(house, caplog, 1, ("nobody",))
    assert found.wrong
    proof.tried(found.answers.total(), faults=1)
