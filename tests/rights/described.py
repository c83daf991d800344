"""Every operation of the API description, asked as it describes itself and as it does not (schemathesis), of a whole house.

Cases are drawn in a thread of their own; each is asked in the house's event loop, through the application itself. A
stream that was opened is left after its first piece.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import load_all_checks
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks as openapi_checks

from tests.rights.house import BASE, House

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from schemathesis import APIOperation, BaseSchema, Case

MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
CHECKS = [
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_headers_conformance,
    openapi_checks.response_schema_conformance,
    openapi_checks.negative_data_rejection,
    openapi_checks.positive_data_acceptance,
]
LEAVING = "/api/leave"
"""Asked last: after it, a player is nobody."""
ASK_S_MAX = 20.0
DRAW = settings(
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@dataclass
class Found:
    """How many requests were answered, by path, mode and status, and what was wrong."""

    answers: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


async def ask_app(house: House, request: requests.PreparedRequest) -> tuple[int, dict[str, list[str]], bytes]:
    """Ask the application; a stream is left after its first piece."""
    parts = urlsplit(str(request.url))
    body = request.body.encode() if isinstance(request.body, str) else request.body or b""
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in request.headers.items()]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": parts.scheme,
        "path": unquote(parts.path),
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "headers": [(b"host", parts.netloc.encode()), *headers],
        "client": ("198.51.100.7", 4000),
        "server": ("192.0.2.10", 8000),
    }
    said, enough = [{"type": "http.request", "body": body, "more_body": False}], asyncio.Event()
    start: dict[str, Any] = {}
    pieces: list[bytes] = []

    async def receive() -> Any:
        if said:
            return said.pop()
        await enough.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            pieces.append(message["body"])
            enough.set()

    try:
        async with asyncio.timeout(ASK_S_MAX):
            await house.app(scope, receive, send)
    except Exception:
        if not start:  # else it has been answered: the framework hands a fault on to the server
            raise
    found: dict[str, list[str]] = {}
    for name, value in start["headers"]:
        found.setdefault(name.decode("latin-1"), []).append(value.decode("latin-1"))
    return start["status"], found, b"".join(pieces)


class Asker:
    """Asks one house, as somebody; notes what is wrong."""

    def __init__(self, house: House, token: str | None, caplog: Any, known: Mapping[str, str]) -> None:
        self.found = Found()
        self._house = house
        self._caplog = caplog
        self._known = known
        self._loop = asyncio.get_running_loop()
        self._headers = {"accept-language": "en"} | ({"cookie": f"kerege={token}"} if token else {})
        self._bodies: dict[str, Any] = {"/api/invitation": {"code": known["code"], "language": "ky"}}
        if token is None:  # somebody with a seat would lose it by taking another
            self._bodies["/api/join"] = {"code": known["code"], "language": "en", "accepted": True, "name": "A. B."}
        load_all_checks()
        self._schema: BaseSchema = schemathesis.openapi.from_dict(house.app._app.openapi())

    def ask_all(self, count: int) -> None:
        """Each operation: the bounds of what it describes, one by one, and `count` drawn cases of each mode, some of them
        with what is known. To be called in a thread of its own."""
        operations = [result.ok() for result in self._schema.get_all_operations()]
        for operation in sorted(operations, key=lambda each: each.path == LEAVING):
            for case in self._bounds(operation):
                self._ask(case)
            for mode in MODES:
                self._draw(operation.as_strategy(generation_mode=mode), count)
                leads = {each.name: self._known[each.name] for each in operation.path_parameters}
                if leads:
                    self._draw(operation.as_strategy(generation_mode=mode, path_parameters=leads), count)
            if operation.path in self._bodies:
                self._draw(operation.as_strategy(body=self._bodies[operation.path]), 1)

    def _bounds(self, operation: APIOperation[Any, Any, Any, Any]) -> Iterator[Case]:
        config = self._schema.config.generation_for(operation=operation, phase="coverage")
        for case in self._schema.iter_coverage_cases(operation, generation_modes=list(MODES), generation_config=config):
            if case.method == operation.method.upper():  # other methods are other routes' affair: test_routes.py
                yield case

    def _draw(self, strategy: Any, count: int) -> None:
        @settings(DRAW, max_examples=count)
        @given(case=strategy)
        def ask(case: Case) -> None:
            self._ask(case)

        with suppress(Unsatisfiable):  # what takes nothing cannot be asked wrongly
            ask()

    def _ask(self, case: Case) -> None:
        request = requests.Request(**case.as_transport_kwargs(base_url=BASE, headers=self._headers)).prepare()
        self._caplog.clear()
        asked = asyncio.run_coroutine_threadsafe(ask_app(self._house, request), self._loop)
        status, headers, content = asked.result()
        found = self.found
        mode = case.meta.generation.mode.value if case.meta else ""
        found.answers[case.path, mode, status] += 1
        where = f"{request.method} {request.url} {str(request.body)[:200]}: {status}"
        if any(record.exc_info for record in self._caplog.records) or b"Traceback" in content:
            found.wrong.append(f"{where}: a traceback")
        if status >= 500:  # schemathesis' own check would ask again, by a network that is not there
            found.wrong.append(f"{where}: a server error")
            return
        try:
            case.validate_response(schemathesis.Response(status, headers, content, request, 0.0, verify=False), CHECKS)
        except FailureGroup as failures:
            found.wrong += [f"{where}: {each.title}: {each.message}" for each in failures.exceptions]


async def ask_described(house: House, token: str | None, caplog: Any, count: int, known: Mapping[str, str]) -> Found:
    """Ask every operation, as the owner of this token; `known` are things that are there, for a path or a body to name."""
    caplog.set_level(logging.WARNING)
    asker = Asker(house, token, caplog, known)
    await asyncio.to_thread(asker.ask_all, count)
    return asker.found
