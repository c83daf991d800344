"""A tiny stand-in for the server: the built client, canned views, and receipts. For looking at screens and for tests.

It speaks the real wire (`kerege.wire`), so a change of the structs breaks it at once. It decides nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import threading
from pathlib import Path
from typing import Any, Literal, Self

import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from kerege.gateway.qr import qr_svg
from kerege.gateway.shield import SECURITY_HEADERS
from kerege.wire import messages as m
from kerege.wire.codec import decode, encode
from kerege.wire.digest import Digest
from tests.browser.fixtures import silver_reed as story

DIST = Path(__file__).resolve().parents[2] / "client_web" / "dist"
CODES = {"PATROL": "player", "AIDA22": "actor", "WATCH2": "observer", "CNTRL2": "control"}
LANGUAGES = ["en", "ru", "kk", "ky", "tg", "uz", "tk"]
CSP = SECURITY_HEADERS["content-security-policy"]
WHY = {
    "refused": ("requires", "Somebody else is at this door now. Ask them."),
    "too_late": ("ended", "Too late: the exercise has ended."),
}
"""Outcome -> its code and its reason."""
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html; charset=utf-8"}


class FixtureServer:
    """One canned exercise on a port of its own. `links` are the open sockets; tests may cut or freeze them."""

    def __init__(self, dist: Path = DIST) -> None:
        self.dist = dist
        self.links: list[tuple[WebSocket, str]] = []
        self.submits: list[m.Submit] = []
        self.answers: Literal["accepted", "refused", "too_late", "silent"] = "accepted"
        """What becomes of an act that comes in; silent: nothing is said."""
        self.digest_off = 0
        """What is added to every digest: a phone that is told another than its view's holds something wrong."""
        self.opens = 0
        self.version = 7
        self.phase = "running"
        self.stopped = False
        self.room_down = False
        self.bytes_sent = 0
        self.paths: list[str] = []
        routes: list[Any] = [
            Route("/api/invitation", self.invitation, methods=["POST"]),
            Route("/api/join", self.join, methods=["POST"]),
            Route("/api/me", self.me),
            Route("/api/ticket", self.ticket, methods=["POST"]),
            Route("/api/leave", self.leave, methods=["POST"]),
            Route("/api/room", self.room),
            Route("/api/control/lobby", self.lobby),
            Route("/{path:path}", self.file),
            WebSocketRoute("/ws", self.socket),
        ]
        config = uvicorn.Config(
            Starlette(routes=routes),
            host="127.0.0.1",
            port=0,
            log_level="warning",
            lifespan="off",
            ws="websockets-sansio",
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        while not self.server.started:
            threading.Event().wait(0.02)
        port = self.server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.loop: asyncio.AbstractEventLoop | None = None
        return self

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.server.force_exit = True
        self.thread.join(5)

    # -- HTTP ------------------------------------------------------------------------------------------------------

    async def file(self, request: Request) -> Response:
        """A file of the built client, compressed as a good server would."""
        path = request.path_params["path"] or "index.html"
        found = self.dist / (path if "." in path else "index.html")
        if not found.is_file():
            return Response("", 404)
        body = gzip.compress(found.read_bytes(), 9)
        self.bytes_sent += len(body)
        self.paths.append(path)
        kind = TYPES.get(found.suffix, "application/octet-stream")
        return Response(
            body, headers={"content-type": kind, "content-encoding": "gzip", "content-security-policy": CSP}
        )

    async def invitation(self, request: Request) -> Response:
        """Where a code leads."""
        body = await request.json()
        sort = CODES.get(body["code"])
        if sort is None:
            return JSONResponse({"code": "no_such_code", "text": "This code opens nothing."}, 404)
        n = 1 if body.get("language") == "ru" else 0
        terms = [
            ("This is a simulation", "Это симуляция", "Everything here is invented. Never type the data of a real victim, suspect or case.", "Всё здесь вымышлено. Не вводите данных настоящих пострадавших, подозреваемых или дел."),
            ("Red lines and STOP", "Красные линии и СТОП", "For a real danger say STOP aloud and hold the STOP button. CURTAIN ends one scene, without reasons.", "При настоящей опасности скажите СТОП вслух и держите кнопку СТОП. ЗАНАВЕС прекращает одну сцену, без объяснений."),
            ("What is recorded", "Что записывается", "What your team asked, wrote, shared, filed and learnt, with the time. No sound, no picture.", "Что ваша группа спросила, написала, передала, подала и узнала, и когда. Ни звука, ни изображений."),
            ("Who sees it", "Кто это видит", "During play: your team and exercise control. Afterwards: the participants, by team and not by person.", "Во время упражнения: ваша группа и руководство. Потом: участники, по группам, а не по людям."),
            ("How long it is kept", "Сколько это хранится", "Names and texts typed by people are deleted on 31 December 2026.", "Имена и тексты людей удаляются 31 декабря 2026 года."),
        ]  # fmt: skip
        return JSONResponse({
            "ok": True, "title": self.title(sort, n), "role": sort, "team_title": self.title(sort, n),
            "exercise": ("Silver Reed", "Серебряный тростник")[n], "languages": LANGUAGES, "mark": m.MARK,
            "terms": [{"title": (one, two)[n], "text": (three, four)[n]} for one, two, three, four in terms],
        })  # fmt: skip

    @staticmethod
    def title(sort: str, n: int) -> str:
        """What a seat is called."""
        return {
            "player": ("Patrol 12, Merona", "Патруль 12, Мерона"), "actor": ("Aida Semra", "Аида Семра"),
            "control": ("Exercise control", "Руководство упражнением"), "observer": ("Observers: Patrol 12", "Наблюдатели: Патруль 12"),
        }[sort][n]  # fmt: skip

    async def join(self, request: Request) -> Response:
        """Give a seat: the cookie simply says which."""
        body = await request.json()
        response = JSONResponse(self.seat(CODES[body["code"]], body["language"]))
        response.set_cookie("seat", f"{CODES[body['code']]}.{body['language']}", httponly=True, samesite="strict")
        return response

    def seat(self, sort: str, language: str) -> dict[str, object]:
        """The facts of a seat."""
        title = self.title(sort, int(language == "ru"))
        return {"id": f"SEAT-{sort[:3].upper()}", "sort": sort, "title": title, "language": language, "stream": sort}

    async def me(self, request: Request) -> Response:
        """Which seat this browser holds."""
        seat = request.cookies.get("seat")
        if seat is None:
            return JSONResponse({"code": "not_joined", "text": "This device holds no seat."}, 401)
        sort, language = seat.split(".")
        return JSONResponse({"seat": self.seat(sort, language)})

    async def ticket(self, request: Request) -> Response:
        """The ticket is the cookie."""
        seat = request.cookies.get("seat")
        if seat is None:
            return JSONResponse({"code": "not_joined", "text": "This device holds no seat."}, 401)
        return JSONResponse({"ticket": seat.ljust(8, "_"), "valid_s": 30})

    async def leave(self, _: Request) -> Response:
        """Out."""
        response = JSONResponse({"ok": True})
        response.delete_cookie("seat")
        return response

    async def room(self, request: Request) -> Response:
        """The projector's facts."""
        n = int(request.query_params.get("language") == "ru")
        return JSONResponse({
            "exercise": ("Silver Reed", "Серебряный тростник")[n], "mark": m.MARK, "phase": self.phase, "at_s": story.NOW_S,
            "speed": 1, "story_starts_at": "21:40", "stopped": self.stopped, "join_url": "http://192.168.8.10:8000/",
            "qr_svg": qr_svg("http://192.168.8.10:8000/"),
        })  # fmt: skip

    async def lobby(self, request: Request) -> Response:
        """Who is here."""
        n = int(request.cookies.get("seat", "").endswith("ru"))
        views = story.control(n)["teams"]
        rows: list[dict[str, object]] = []
        for number, (viewer, team) in enumerate(views.items()):
            assert hasattr(team, "title")
            code = f"K7Q2M{number + 2}"
            link = f"http://192.168.8.10:8000/#code={code}"
            seats = [
                {
                    "id": f"SEAT{viewer}{k}",
                    "label": f"SEAT{viewer.upper()}{k}",
                    "connected": k == 0,
                    "devices": 1 + k,
                    "language": ("ru", "ky")[k],
                    "answered_s": (4, None)[k],
                }
                for k in range(2 - min(2, number))
            ]
            rows.append({"viewer": viewer, "title": team.title, "role": "player", "code": code, "link": link, "qr_svg": qr_svg(link),
                         "seats": seats, "seats_max": 6, "stand_in": None, "stand_in_allowed": True})  # fmt: skip
        return JSONResponse(
            {
                "join_url": "http://192.168.8.10:8000/",
                "teams": rows,
                "reached_by_phone": True,
                "reviewed": [],
                "flags": {},
                "trouble": "",
                "looks_real": [],
            }
        )

    # -- the link --------------------------------------------------------------------------------------------------

    async def socket(self, link: WebSocket) -> None:
        """One link."""
        self.loop = asyncio.get_running_loop()
        await link.accept("kerege.1.msgpack")
        hello = decode(await link.receive_bytes(), "msgpack")
        assert isinstance(hello, m.Hello)
        sort, language = hello.ticket.rstrip("_").split(".")
        language = hello.language
        await self.say(
            link,
            m.Welcome(
                1,
                sort,
                sort,
                self.title(sort, int(language == "ru")),
                ("Silver Reed", "Серебряный тростник")[language == "ru"],
                m.MARK,
                language,
                LANGUAGES,
                delay_s=story.DELAY_S if sort == "observer" else 0,
            ),
        )  # type: ignore[arg-type]
        await self.say(link, self.snapshot(sort, sort, language))
        self.links.append((link, sort))
        try:
            while True:
                message = decode(await link.receive_bytes(), "msgpack")
                match message:
                    case m.Beat():
                        digest = Digest(self.snapshot(sort, sort, language).items).number + self.digest_off
                        await self.say(link, m.Echo(story.NOW_S, {sort: m.Digested(self.version, digest)}))
                    case m.Open(stream=stream):
                        self.opens += 1
                        await self.say(link, self.snapshot(stream, "player" if stream != sort else sort, language))
                    case m.Speak(language=language):
                        await self.say(link, self.snapshot(sort, sort, language))
                    case m.Submit():
                        await self.answer(link, message)
                    case _:
                        pass
        except WebSocketDisconnect:
            pass
        finally:
            with contextlib.suppress(ValueError):
                self.links.remove((link, sort))

    async def answer(self, link: WebSocket, submit: m.Submit) -> None:
        """What this server is told to say of every act."""
        self.submits.append(submit)
        command = msgspec.msgpack.decode(submit.command)
        if command["do"] == "stop":
            self.stopped = True
            for each, _ in list(self.links):
                await self.say(each, m.Freeze(True))
        match self.answers:
            case "accepted":
                await self.say(link, m.Receipt(submit.id, "accepted", self.version, "token"))
            case "refused" | "too_late" as outcome:
                code, text = WHY[outcome]
                await self.say(link, m.Receipt(submit.id, outcome, code=code, text=text))

    def snapshot(self, stream: str, viewer: str, language: str) -> m.Snapshot:
        """The whole view."""
        items = story.items(viewer, language)
        items["clock"] = {"clock": story.clock(self.phase, stopped=self.stopped)}
        return m.Snapshot(stream, "e1", self.version, items, Digest(items).number + self.digest_off)

    @staticmethod
    async def say(link: WebSocket, message: m.ServerMessage) -> None:
        """One message."""
        await link.send_bytes(encode(message, "msgpack"))

    def push(self, message: m.ServerMessage) -> None:
        """Say something to every link, from the test's thread."""
        self._in_loop(self._push(message))

    def cut(self) -> None:
        """Every link breaks."""
        self._in_loop(self._cut())

    async def _push(self, message: m.ServerMessage) -> None:
        for link, _ in list(self.links):
            await self.say(link, message)

    async def _cut(self) -> None:
        for link, _ in list(self.links):
            await link.close(1011)

    def _in_loop(self, what: Any) -> None:
        assert self.loop is not None
        asyncio.run_coroutine_threadsafe(what, self.loop).result(5)
