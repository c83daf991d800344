"""Law 8: what a herd of slow and hostile peers costs a participant, in paired windows against a real server.

    python -m benchmarks.observers                     a hundred peers
    python -m benchmarks.observers --herd 1000         as many as that
    python -m benchmarks.observers --proofs FILE       add the row to a table of proofs

The server is a process of its own. Four teams act, each waiting for its receipt before it thinks and acts again. In every
pair one window has nobody else there, the other has a herd: observers who never read a byte, observers who read one at a time, observers who send
one at a time, lines that say nothing, and requests that stop in the middle. Which comes first alternates. Two figures, each the difference
between the windows with a 95 % bootstrap interval over pairs: of medians, and of the 99th percentile of all acts. The bound of
both is the larger of a tenth of the latency and half a millisecond; a figure whose interval reaches past it is not shown.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import contextlib
import itertools
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
from typing import TYPE_CHECKING, Any, Literal

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
from kerege.wire.messages import Beat, Hello, Receipt, Submit

if TYPE_CHECKING:
    from collections.abc import Callable

    from kerege.engine.pack import Pack

THINGS = 300
HERD = 100
HERD_MAX = 1000
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
    desk = Viewer(DESK, "observer", follows="team_0", seats_max=math.ceil(HERD_MAX / PER_SEAT))
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


Kind = Literal["deaf", "nibbler", "dripper", "silent", "half"]
KINDS: tuple[Kind, ...] = ("deaf", "nibbler", "dripper", "silent", "half")


class Herd:
    """Peers that are of no use to anybody, of some kinds in turn."""

    def __init__(self, seats: list[Caller], size: int = HERD, kinds: tuple[Kind, ...] = KINDS) -> None:
        self._seats = seats
        self._size = size
        self._kinds = kinds
        self._sockets: list[tuple[Kind, socket.socket]] = []
        self._busy: asyncio.Task[None] | None = None

    async def come(self) -> None:
        """All of them open a line; those at the desk say hello."""
        for n in range(self._size):
            kind, seat = self._kinds[n % len(self._kinds)], self._seats[n // PER_SEAT]
            if kind in {"silent", "half"}:
                self._sockets.append((kind, await _line(seat, HEAD[:60] if kind == "half" else "")))
            else:
                self._sockets.append((kind, await _deaf(seat, await seat.ticket())))
        self._busy = asyncio.create_task(self._be_slow())

    async def _be_slow(self) -> None:
        beat = encode_client(Beat(), "msgpack")
        frame = bytes((0x82, 0x80 | len(beat))) + b"\0\0\0\0" + beat
        for turn in itertools.count():
            for kind, each in self._sockets:
                with contextlib.suppress(OSError):
                    if kind == "nibbler":
                        each.recv(1)
                    elif kind == "dripper":
                        each.send(frame[turn % len(frame) :][:1])
            await asyncio.sleep(READ_EVERY_S)

    async def go(self) -> None:
        """All of them hang up."""
        if self._busy is not None:
            self._busy.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._busy
        for _, each in self._sockets:
            each.close()
        self._sockets.clear()


async def _line(seat: Caller, said: str) -> socket.socket:
    """A line on which so much is said, and no more."""
    loop = asyncio.get_running_loop()
    found = socket.socket()
    found.setblocking(False)
    url = seat.page.base_url
    await loop.sock_connect(found, (url.host, url.port))
    if said:
        await loop.sock_sendall(found, said.format(host=f"{url.host}:{url.port}").encode())
    return found


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
class Difference:
    """How much later something came with the herd than without, in milliseconds, and its 95 % interval."""

    name: str
    alone_ms: float
    found_ms: float
    low_ms: float
    high_ms: float

    @property
    def bound_ms(self) -> float:
        """The law's."""
        return max(SHARE_MAX * self.alone_ms, DIFFERENCE_MS_MAX)

    @property
    def verdict(self) -> Literal["ok", "OVER", "NOT SHOWN"]:
        """OVER: later for sure than the law allows; NOT SHOWN: the interval reaches past it, and this run says nothing."""
        if self.high_ms <= self.bound_ms:
            return "ok"
        return "OVER" if self.low_ms > self.bound_ms else "NOT SHOWN"

    def __str__(self) -> str:
        return (
            f"{self.name} {self.found_ms:+.2f} ms [{self.low_ms:+.2f}, {self.high_ms:+.2f}] on {self.alone_ms:.2f} ms, "
            f"of at most {self.bound_ms:.2f}: {self.verdict}"
        )


Pairs = list[tuple[list[float], list[float]]]


@dataclass(frozen=True)
class Figure:
    """What was measured, and against how many."""

    herd: int
    acts: int
    middle: Difference
    tail: Difference

    @property
    def verdict(self) -> str:
        """The worse of both."""
        found = {self.middle.verdict, self.tail.verdict}
        return next(verdict for verdict in ("OVER", "NOT SHOWN", "ok") if verdict in found)

    def __str__(self) -> str:
        return f"{self.herd} slow and hostile peers, {self.acts} acts in {PAIRS} pairs of windows: {self.middle}; {self.tail}"


def percentile_99(values: list[float]) -> float:
    """Of all acts together."""
    return statistics.quantiles(values, n=100)[-1]


def difference(name: str, pairs: Pairs, of: Callable[[list[float]], float]) -> Difference:
    """Of one figure of all acts with the herd and of all without; whole pairs are drawn again for the interval."""

    def later(drawn: Pairs) -> float:
        alone, watched = ([each for pair in drawn for each in pair[side]] for side in (0, 1))
        return of(watched) - of(alone)

    chance = random.Random(8)
    found = sorted(later(chance.choices(pairs, k=len(pairs))) for _ in range(RESAMPLES))
    edge = RESAMPLES // 40
    alone_ms = of([each for without, _ in pairs for each in without])
    return Difference(name, alone_ms, later(pairs), found[edge], found[-edge - 1])


def figure(herd: int, pairs: Pairs) -> Figure:
    """From the latencies of each pair of windows: without, with."""
    return Figure(
        herd,
        sum(len(window) for pair in pairs for window in pair),
        difference("median", pairs, statistics.median),
        difference("99th percentile", pairs, percentile_99),
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


async def _measure(url: str, facts: dict[str, Any], size: int) -> Figure:
    control = await Caller(url).join(facts["control"])
    await control.open()
    for command in (Start(), OpenTeam(facts["opened"], open=True)):
        await control.act(msgspec.msgpack.encode(command))
    actors = [await Caller(url).join(facts["codes"][f"team_{n}"]) for n in range(ACTORS)]
    for actor in actors:
        await actor.open()
    seats = [await Caller(url).join(facts["codes"][DESK]) for _ in range(math.ceil(size / PER_SEAT))]
    acts = [[base64.b64decode(act) for act in mine] for mine in facts["acts"]]
    herd = Herd(seats, size)
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
    return figure(size, pairs)


def measure(size: int = HERD) -> Figure:
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
            return asyncio.run(_measure(told["url"], told["facts"], size))
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
    """Print the figure; the exit status says whether a participant waited longer for sure than the law allows."""
    if sys.argv[1:2] == ["serve"]:
        asyncio.run(_serve(Path(sys.argv[2])))
        return 0
    asked = argparse.ArgumentParser(description="What slow and hostile peers cost a participant.")
    asked.add_argument("--herd", type=int, default=HERD, choices=range(1, HERD_MAX + 1), metavar="N")
    asked.add_argument("--proofs", type=Path, metavar="FILE")
    options = asked.parse_args()
    found = measure(options.herd)
    print(f"{found.verdict:9} {found}")
    if options.proofs is not None:
        missed = "NOT RUN: the machine is too busy to tell" if found.verdict == "NOT SHOWN" else f"{found.acts:,}"
        failed = int(found.verdict == "OVER")
        with options.proofs.open("a", encoding="utf-8") as table:
            table.write(f"| G9 | {found} | {missed} | {found.herd:,} | {failed} | see the row of calls | 8 |\n")
    return int(found.verdict == "OVER")


if __name__ == "__main__":
    sys.exit(main())
