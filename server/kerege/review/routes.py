"""The last page by HTTP: GET /last-page, after ENDEX, for whoever may. Before that, and for others, there is nothing here."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, get_args

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from kerege.journal.entry import Sealed
from kerege.review.knowing import Knowing, read_knowing
from kerege.review.lastpage import last_page
from kerege.review.sheet import Sheet
from kerege.review.texts import spoken
from kerege.room.exercise import Exercise
from kerege.wire.messages import Language

GetExercise = Callable[[], Exercise]
GetLog = Callable[[], Awaitable[Sequence[Sealed]]]
WhoMay = Callable[[Request], bool]

HEADER_CHARS_MAX = 200
"""Of a language list: no browser's own is longer."""


def routes(get_exercise: GetExercise, get_log: GetLog, who_may: WhoMay) -> APIRouter:
    """
    The debrief's routes.

    Args:
        get_exercise: The exercise as it stands.
        get_log: Its whole log.
        who_may: Whether the seat behind a request may read the page once play has ended.
    """
    router = APIRouter()
    desk = _Desk(get_exercise, get_log)

    @router.get("/last-page", response_class=HTMLResponse, include_in_schema=False)
    async def show(request: Request, language: Annotated[Language | None, Query()] = None) -> HTMLResponse:
        if not desk.ended or not who_may(request):
            raise HTTPException(404)
        return answer(await desk.page(spoken(language or of_browser(request))))

    return router


def answer(page: Sheet) -> HTMLResponse:
    """A page under its own policy, and not kept."""
    headers = {
        "content-security-policy": page.csp,
        "cache-control": "no-store, private",
        "content-language": page.lang,
    }
    return HTMLResponse(page.html, headers=headers)


def of_browser(request: Request) -> str:
    """The first language of a browser's list that this product speaks, else English."""
    for entry in request.headers.get("accept-language", "")[:HEADER_CHARS_MAX].split(","):
        code = entry.split(";")[0].strip().lower()[:2]
        if code in get_args(Language):
            return code
    return "en"


class _Desk:
    """The page in each language, made once for a log as it is, erased words left out: a hall full of phones asks for it in the same minute."""

    def __init__(self, get_exercise: GetExercise, get_log: GetLog) -> None:
        self._get_exercise = get_exercise
        self._get_log = get_log
        self._making = asyncio.Lock()
        self._edition: tuple[int, bytes, int] | None = None
        self._knowing: Knowing | None = None
        self._pages: dict[str, Sheet] = {}

    @property
    def ended(self) -> bool:
        """Whether ENDEX was."""
        return bool(self._get_exercise().state.get("clock", "clock").phase == "ended")

    async def page(self, language: str) -> Sheet:
        """The page of the log as it is now."""
        async with self._making:
            edition = self._get_exercise().edition
            if self._knowing is None or edition != self._edition:
                entries = await self._get_log()
                self._knowing = await asyncio.to_thread(read_knowing, entries)
                self._edition = edition
                self._pages.clear()
            page = self._pages.get(language)
            if page is None:
                page = self._pages[language] = await asyncio.to_thread(last_page, self._knowing, language)
            return page
