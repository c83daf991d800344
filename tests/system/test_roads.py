"""No address of the server is left out of the proofs of law 3: all routes are read from the application itself."""

from __future__ import annotations

import re

from kerege.app import build_app, open_parts
from kerege.settings import Settings
from tests.laws.packs import real_pack
from tests.rights.house import routes_of
from tests.system import two_runs
from tests.system.roads import ACTS, LOOKS, POSTS, told_after_the_end
from tests.system.subject import Subject

FILES = "/{path:path}"
"""Of the client: the last route, which takes every path that is left."""


def goes_to(road: str, path: str) -> bool:
    """Whether a path is one of a route's."""
    return re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", road), path.partition("?")[0]) is not None


async def all_routes(tmp_path) -> set[tuple[str, str]]:
    """Method and path of each route of the whole server."""
    parts = await open_parts(Settings(data_dir=tmp_path), real_pack("first-steps"), "roads", "http://kerege.test")
    routes = routes_of(build_app(parts)._app)
    await parts.room.close()
    parts.desk.seats.close()
    return routes


async def test_every_route_is_a_road_of_the_proofs(tmp_path):
    """Each is looked at, posted to, or gone by an act; what is looked at and is no route is a file or is not there."""
    routes = await all_routes(tmp_path)
    assert ("GET", "/notes") in routes and ("GET", "/known") in routes and len(routes) > 18
    gone = {
        (method, road)
        for method, road in routes
        if (method, road) in ACTS
        or any(goes_to(road, path) for path in (LOOKS if method in {"GET", "HEAD"} else POSTS))
        or road == FILES
    }
    assert routes - gone == set()
    assert set(ACTS) <= routes


def test_a_route_without_a_row_is_noticed():
    """The same question about an address that nobody has thought of."""
    assert not any(goes_to("/api/everything", path) for path in (*LOOKS, *POSTS))
    assert goes_to("/api/control/codes/{viewer}", "/api/control/codes/k1")


def test_what_is_meant_to_tell_is_the_only_exception():
    """The last page for whoever was in the play, an evaluator's sheets for evaluators; nothing for a visitor."""
    told = {(path.partition("?")[0], role) for path in LOOKS for role in ("player", "evaluator", "nobody", "observer")
            if told_after_the_end(path, role)}  # fmt: skip
    assert told == {
        ("/last-page", "player"),
        ("/last-page", "evaluator"),
        ("/notes", "evaluator"),
        ("/known", "evaluator"),
    }


def test_both_proofs_go_every_road():
    """The verbs of the puppet's people are real, and two runs look at the same addresses."""
    verbs = Subject.perform.__code__.co_consts
    assert all(verb in verbs for verb in ACTS.values())
    assert two_runs.LOOKS is LOOKS
