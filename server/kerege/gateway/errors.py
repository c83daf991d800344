"""The one shape of every refusal by HTTP: {code, text}, in the reader's language, never with input or internals.

"Does not exist" and "not yours" are the same answer.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from kerege.gateway.texts import best_language, say

log = structlog.get_logger("kerege.gateway")

STATUS = {
    "bad_request": 400,
    "not_joined": 401,
    "bad_origin": 403,
    "not_found": 404,
    "no_such_code": 404,
    "method_not_allowed": 405,
    "too_slow": 408,
    "terms_not_accepted": 409,
    "team_full": 409,
    "too_many_devices": 409,
    "no_more_seats": 409,
    "too_big": 413,
    "not_json": 415,
    "too_fast": 429,
    "internal": 500,
    "not_erased": 503,
}
"""Error code -> HTTP status; the words are `error-<code>` in texts/."""

NO_RIGHT = frozenset({"not_joined", "not_found", "no_such_code", "too_fast"})
"""What an application's route answers to whoever has no right there; `too_fast`: past the patience for wrong codes."""

_BY_STATUS = {404: "not_found", 405: "method_not_allowed"}


ANY = ("internal",)
READS = (*ANY, "too_fast")
"""What any GET under /api/ may be answered with, whatever its route."""
POSTS = (*READS, "bad_request", "bad_origin", "too_slow", "too_big", "not_json")
"""The same for a POST."""


def refuses(*codes: str) -> dict[int | str, dict[str, Any]]:
    """For the description of the API: the refusals that a route may answer with, and no others."""
    by_status: dict[int | str, list[str]] = {}
    for code in codes:
        by_status.setdefault(STATUS[code], []).append(code)
    return {
        status: {
            "description": HTTPStatus(int(status)).phrase,
            "content": {"application/json": {"schema": _problem_schema(of_status)}},
        }
        for status, of_status in sorted(by_status.items())
    }


def _problem_schema(codes: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"code": {"enum": codes}, "text": {"type": "string"}},
        "required": ["code", "text"],
        "additionalProperties": False,
    }


class Refusal(Exception):  # noqa: N818  a refusal is normal
    """Answer this request with one of the codes above."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def problem_response(code: str, accept_language: str) -> JSONResponse:
    """The answer for this code."""
    text = say(f"error-{code}", best_language(accept_language))
    headers = {"retry-after": "10"} if code == "too_fast" else None
    return JSONResponse({"code": code, "text": text}, STATUS[code], headers)


def handle_errors(app: FastAPI, note: Callable[[Request, str], None]) -> None:
    """Give every error of the application that shape. `note` is told of each that may be for want of a right."""

    def answer(request: Request, code: str) -> JSONResponse:
        return problem_response(code, request.headers.get("accept-language", ""))

    async def refused(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, Refusal)
        if error.code in NO_RIGHT:
            note(request, error.code)
        return answer(request, error.code)

    async def invalid(request: Request, _: Exception) -> JSONResponse:
        return answer(request, "bad_request")

    async def http(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        code = _BY_STATUS.get(error.status_code, "bad_request")
        if code in NO_RIGHT:
            note(request, code)
        return answer(request, code)

    async def failed(request: Request, error: Exception) -> JSONResponse:
        log.error("a request failed", path=request.url.path, exc_info=error)
        return answer(request, "internal")

    app.add_exception_handler(Refusal, refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(Exception, failed)
