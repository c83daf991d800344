"""What evaluators noted, by HTTP after ENDEX: GET /notes for control, GET /known for control and the note's evaluators."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from kerege.engine.commands.evaluation import NOTES_MAX
from kerege.engine.rules import CONTROL
from kerege.review.noted import known_sheet, notes_of, notes_sheet
from kerege.review.routes import GetExercise, GetLog, answer, of_browser
from kerege.review.texts import spoken
from kerege.review.views_at import exercise_at
from kerege.wire.messages import Language

WhoReads = Callable[[Request], str | None]
"""The viewer of the seat behind a request; None for nobody."""
People = Callable[[], Mapping[str, int] | None]


def noted_routes(get_exercise: GetExercise, get_log: GetLog, who_reads: WhoReads, people: People) -> APIRouter:
    """
    The evaluators' routes.

    Args:
        get_exercise: The exercise as it stands.
        get_log: Its whole log.
        who_reads: The viewer behind a request.
        people: How many persons sit at each team; None where that is not known.
    """
    router = APIRouter()
    reading = asyncio.Lock()

    def reader(request: Request) -> str:
        """The viewer that asks. During play nobody reads: the answer is that of a wrong address."""
        viewer = who_reads(request)
        if viewer is None or get_exercise().state.get("clock", "clock").phase != "ended":
            raise HTTPException(404)
        return viewer

    @router.get("/notes", response_class=HTMLResponse, include_in_schema=False)
    async def notes(request: Request, language: Annotated[Language | None, Query()] = None) -> HTMLResponse:
        if reader(request) != CONTROL:
            raise HTTPException(404)
        return answer(notes_sheet(get_exercise(), people(), spoken(language or of_browser(request))))

    @router.get("/known", response_class=HTMLResponse, include_in_schema=False)
    async def known(
        request: Request,
        note: Annotated[int, Query(ge=1, le=NOTES_MAX)],
        team: Annotated[int, Query(ge=1, le=100)] = 1,
        language: Annotated[Language | None, Query()] = None,
    ) -> HTMLResponse:
        """`team`: which of the note's teams, from 1."""
        viewer = reader(request)
        exercise = get_exercise()
        chairs = exercise.rules.evaluators
        chair = viewer if viewer in chairs else next(iter(chairs), "") if viewer == CONTROL else ""
        written = notes_of(exercise, chair)
        if note > len(written) or team > len(written[note - 1].teams):
            raise HTTPException(404)
        found = written[note - 1]
        async with reading:  # one at a time: a whole log is played again
            then = await asyncio.to_thread(exercise_at, await get_log(), found.at_ms)
        return answer(known_sheet(then, found.teams[team - 1], found.at_ms, spoken(language or of_browser(request))))

    return router
