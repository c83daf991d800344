"""Law 8: what a hundred observers who hardly read cost a participant, in paired windows against a real server.

The server is a process of its own. Four teams act, each waiting for its receipt before it thinks and acts again. In every
pair one window has nobody at the observers' desk, the other has HERD links there: half never read a byte, half read one at
a time. Which comes first alternates. The figure is the median over pairs of the difference between the two windows'
medians, with a bootstrap interval; the bound is the larger of a tenth of the latency and half a millisecond.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import math
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import msgspec
import uvicorn
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.workload import ATTRIBUTES, NUMBERS, masks, workload
from kerege.app import Parts, build_app, listen, open_parts
from kerege.engine.commands.bodies import Ask, OpenTeam, Start
from kerege.engine.pack import Redaction, Viewer
from kerege.gateway.serving import uvicorn_config
from kerege.settings import Settings
from kerege.wire.codec import decode_server, encode_client
from kerege.wire.messages import Hello, Receipt, Submit

if TYPE_CHECKING:
    from kerege.engine.pack import Pack

THINGS = 300
HERD = 100
PER_SEAT = 8
"""Links that one seat may have."""
ACTORS = 4
ACTS = 25
"""Of each actor in one window."""
PAIRS = 16
THINK_S = 0.004
READ_EVERY_S = 0.02
RESAMPLES = 2000
SHARE_MAX, DIFFERENCE_MS_MAX = 0.1, 0.5
PROTOCOL = "kerege.1.msgpack"
DESK = "desk"
HEAD = (
    "GET /ws HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: " + PROTOCOL + "\r\n\r\n"
)


def watched_workload(things: int = THINGS) -> Pack:
    """The workload's pack with an observers' desk that is shown all that the first team learns of things."""
    pack = workload(things)
    desk = Viewer(DESK, "observer", follows="team_0", seats_max=math.ceil(HERD / PER_SEAT))
    redactions = tuple(Redaction("entity", name, "same") for name in NUMBERS)
    return msgspec.structs.replace(pack, viewers=(*pack.viewers, desk), redactions=redactions)


def acts_of(parts: Parts, team: int, many: int) -> list[bytes]:
    """Acts of one team as a client sends them."""
    rules, chance = parts.room.story.rules, random.Random(team)
    names = rules.name_codes.of
    seen = [n for n, mask in enumerate(masks(THINGS)) if mask >> team & 1]
    found = []
    for n in range(many):
        first, second = chance.sample(seen, 2)
        asks = {
            names["first"]: rules.handle(f"e{first}/self"),
            names["second"]: rules.handle(f"e{second}/self"),
            names["attribute"]: rules.choice_codes.of[chance.choice(ATTRIBUTES)],
            names["value"]: 100 + n % 800,
            names["words"]: f"words of act {n}",
        }
        found.append(msgspec.msgpack.encode(Ask(rules.action_codes.of["act"], None, asks)))
    return found


def facts_of(parts: Parts) -> dict[str, Any]:
    """What a client of this bench has to be told: codes to come in by, and acts."""
    teams = [f"team_{n}" for n in range(ACTORS)]
    seats = parts.desk.seats
    many = ACTS * PAIRS * 2
    return {
        "control": seats.new_link("control"),
        "codes": {viewer: seats.code_of(viewer) for viewer in (*teams, DESK)},
        "opened": parts.room.story.rules.viewer_codes.of["team_0"],
        "acts": [[base64.b64encode(act).decode() for act in acts_of(parts, n, many)] for n in range(ACTORS)],
    }


class Caller:
    """One device of somebody: comes in by HTTP, and talks over a WebSocket."""

    def __init__(self, url: str) -> None:
        self.page = httpx2.AsyncClient(base_url=url)
        self._acts = 0
        self._link: ClientConnection | None = None

    async def join(self, code: str) -> Caller:
        """Come in."""
        answer = await self.page.post("/api/join", json={"code": code, "language": "en", "accepted": True})
        assert answer.status_code == 200, answer.text
        return self

    async def ticket(self) -> str:
        """A ticket for one link."""
        ticket: str = (await self.page.post("/api/ticket", json={})).json()["ticket"]
        return ticket

    async def open(self) -> None:
        """Open a link that reads all it is sent."""
        url = str(self.page.base_url).replace("http", "ws").rstrip("/") + "/ws"
        self._link = await connect(url, subprotocols=[PROTOCOL], compression=None, max_size=None, proxy=None)  # type: ignore[list-item]
        await self._link.send(encode_client(Hello(await self.ticket()), "msgpack"))

    async def act(self, command: bytes) -> float:
        """Ask for something that is accepted; milliseconds from asking to its receipt."""
        assert self._link is not None
        self._acts += 1
        name = f"act-{self._acts:08}"
        data = encode_client(Submit(name, 0, msgspec.Raw(command)), "msgpack")
        began = time.perf_counter()
        await self._link.send(data)
        while True:
            payload = await self._link.recv()
            assert isinstance(payload, bytes)
            if name.encode() in payload:  # only a receipt names the act
                took_ms = (time.perf_counter() - began) * 1000
                receipt = decode_server(payload, "msgpack")
                assert isinstance(receipt, Receipt)
                assert receipt.outcome == "accepted", receipt
                return took_ms

    async def close(self) -> None:
        """Gone."""
        if self._link is not None:
            await self._link.close()
        await self.page.aclose()


class Herd:
    """Links at the observers' desk that greet and then never read, or read a byte at a time."""

    def __init__(self, seats: list[Caller], size: int = HERD) -> None:
        self._seats = seats
        self._size = size
        self._sockets: list[socket.socket] = []
        self._nibbling: asyncio.Task[None] | None = None

    async def come(self) -> None:
        """All of them open a link and say hello."""
        for n in range(self._size):
            seat = self._seats[n // PER_SEAT]
            self._sockets.append(await _deaf(seat, await seat.ticket()))
        self._nibbling = asyncio.create_task(self._nibble())

    async def _nibble(self) -> None:
        while True:
            for each in self._sockets[::2]:
                with contextlib.suppress(OSError):
                    each.recv(1)
            await asyncio.sleep(READ_EVERY_S)

    async def go(self) -> None:
        """All of them hang up."""
        if self._nibbling is not None:
            self._nibbling.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._nibbling
        for each in self._sockets:
            each.close()
        self._sockets.clear()


async def _deaf(seat: Caller, ticket: str) -> socket.socket:
    """A link whose socket has a small window, after its hello."""
    loop = asyncio.get_running_loop()
    found = socket.socket()
    found.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    found.setblocking(False)
    url = seat.page.base_url
    await loop.sock_connect(found, (url.host, url.port))
    await loop.sock_sendall(found, HEAD.format(host=f"{url.host}:{url.port}").encode())
    answer = await loop.sock_recv(found, 1000)
    assert b" 101 " in answer, answer
    hello = encode_client(Hello(ticket), "msgpack")
    await loop.sock_sendall(found, bytes((0x82, 0x80 | len(hello))) + b"\0\0\0\0" + hello)  # a mask of zeros
    return found


@dataclass(frozen=True)
class Figure:
    """What was measured, in milliseconds: latencies without observers, and the paired differences with them."""

    alone_ms: float
    difference_ms: float
    low_ms: float
    high_ms: float
    ratio: float
    ratio_low: float
    ratio_high: float
    tail_alone_ms: float
    tail_difference_ms: float

    @property
    def bound_ms(self) -> float:
        """The law's."""
        return max(SHARE_MAX * self.alone_ms, DIFFERENCE_MS_MAX)

    def __str__(self) -> str:
        return (
            f"{HERD} slow observers: {self.difference_ms:+.3f} ms [{self.low_ms:+.3f}, {self.high_ms:+.3f}] on "
            f"{self.alone_ms:.2f} ms, ratio {self.ratio:.3f} [{self.ratio_low:.3f}, {self.ratio_high:.3f}]; "
            f"95th percentile {self.tail_difference_ms:+.2f} ms on {self.tail_alone_ms:.2f} ms "
            f"(medians of {PAIRS} paired windows, 95 % intervals)"
        )


def interval(values: list[float]) -> tuple[float, float, float]:
    """The median of some values and its 95 % bootstrap interval; the same values give the same interval."""
    chance = random.Random(8)
    medians = sorted(statistics.median(chance.choices(values, k=len(values))) for _ in range(RESAMPLES))
    edge = RESAMPLES // 40
    return statistics.median(values), medians[edge], medians[-edge - 1]


def figure(pairs: list[tuple[list[float], list[float]]]) -> Figure:
    """From the latencies of each pair of windows: without, with."""
    alone = [statistics.median(without) for without, _ in pairs]
    watched = [statistics.median(with_) for _, with_ in pairs]
    tails = [tuple(statistics.quantiles(window, n=20)[-1] for window in pair) for pair in pairs]
    return Figure(
        statistics.median(alone),
        *interval([later - first for first, later in zip(alone, watched, strict=True)]),
        *interval([later / first for first, later in zip(alone, watched, strict=True)]),
        statistics.median(first for first, _ in tails),
        statistics.median(later - first for first, later in tails),
    )


async def _window(actors: list[Caller], acts: list[list[bytes]], n: int) -> list[float]:
    async def play(actor: Caller, mine: list[bytes]) -> list[float]:
        took = []
        for act in mine:
            took.append(await actor.act(act))
            await asyncio.sleep(THINK_S)
        return took

    windows = [play(actor, mine[n * ACTS : (n + 1) * ACTS]) for actor, mine in zip(actors, acts, strict=True)]
    return [each for window in await asyncio.gather(*windows) for each in window]


async def _measure(url: str, facts: dict[str, Any]) -> Figure:
    control = await Caller(url).join(facts["control"])
    await control.open()
    for command in (Start(), OpenTeam(facts["opened"], open=True)):
        await control.act(msgspec.msgpack.encode(command))
    actors = [await Caller(url).join(facts["codes"][f"team_{n}"]) for n in range(ACTORS)]
    for actor in actors:
        await actor.open()
    seats = [await Caller(url).join(facts["codes"][DESK]) for _ in range(math.ceil(HERD / PER_SEAT))]
    acts = [[base64.b64decode(act) for act in mine] for mine in facts["acts"]]
    herd = Herd(seats)
    pairs = []
    for n in range(PAIRS):
        found: dict[bool, list[float]] = {}
        for turn, watched in enumerate((n % 2 == 0, n % 2 == 1)):
            if watched:
                await herd.come()
            found[watched] = await _window(actors, acts, 2 * n + turn)
            await herd.go()
        pairs.append((found[False], found[True]))
    for each in (control, *actors, *seats):
        await each.close()
    return figure(pairs)


def measure() -> Figure:
    """Start a server, measure, and end it."""
    with tempfile.TemporaryDirectory() as folder:
        child = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.observers", "serve", folder],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=dict(os.environ),
        )  # fmt: skip
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            told = json.loads(child.stdout.readline())
            return asyncio.run(_measure(told["url"], told["facts"]))
        finally:
            child.stdin.close()
            child.wait(30)
            child.stdout.close()


async def _serve(folder: Path) -> None:
    """The server of this bench; it ends when its input does."""
    settings = Settings(data_dir=folder, host="127.0.0.1", port=0, rate_factor=1000.0, observer_delay_s=0)
    with listen("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        parts = await open_parts(settings, watched_workload(), "bench", url)
        server = uvicorn.Server(uvicorn_config(build_app(parts), "127.0.0.1", port))
        serving = asyncio.create_task(server._serve([listening]))
        while not server.started:  # noqa: ASYNC110  uvicorn has no event for this
            await asyncio.sleep(0.01)
        print(json.dumps({"url": url, "facts": facts_of(parts)}), flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
        server.should_exit = True
        await serving


def main() -> int:
    """Print the figure; the exit status says whether its whole interval is within the law's bound."""
    if sys.argv[1:2] == ["serve"]:
        asyncio.run(_serve(Path(sys.argv[2])))
        return 0
    found = measure()
    kept = found.high_ms <= found.bound_ms
    print(f"{'ok' if kept else 'OVER':5} {found} of at most {found.bound_ms:.2f} ms")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
