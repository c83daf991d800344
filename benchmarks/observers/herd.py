"""Peers that are of no use to anybody, and the process that they live in: what they cost is the server's, not the participants'."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import math
import socket
import subprocess
import sys
from typing import Literal, cast

from benchmarks.observers.caller import PROTOCOL, Caller
from benchmarks.observers.exercise import HERD_MAX, PER_SEAT
from kerege.wire.codec import encode_client
from kerege.wire.messages import Beat, Hello

READ_EVERY_S = 0.02
AT_ONCE = 20
"""Peers that read or send one after another: a long run of them would keep who measures, on the same machine, from its own processor."""
ADDRESSES = 4
"""Of this machine's own, from which the herd comes: one address may have 600 links."""
HEAD = (
    "GET /ws HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: " + PROTOCOL + "\r\n\r\n"
)

Kind = Literal["deaf", "nibbler", "dripper", "silent", "half"]
KINDS: tuple[Kind, ...] = ("deaf", "nibbler", "dripper", "silent", "half")
BUSY: tuple[Kind, ...] = ("nibbler", "dripper")
"""Those whose own process has something to do all the time."""
MORSELS = bytes(4096)
"""What a nibbler has to read where nobody serves it: more than it reads in a window."""


class Herd:
    """Peers that are of no use to anybody, of some kinds in turn."""

    def __init__(self, seats: list[Caller], size: int, kinds: tuple[Kind, ...] = KINDS) -> None:
        self._seats = seats
        self._size = size
        self._kinds = kinds
        self._sockets: list[tuple[Kind, socket.socket]] = []
        self._unserved: list[socket.socket] = []
        self._busy: asyncio.Task[None] | None = None

    async def come(self) -> None:
        """All of them open a line; those at the desk say hello. Seats come side by side: a small window makes a kernel wait at each."""
        await asyncio.gather(*(self._come(n) for n in range(len(self._seats))))
        self._busy = asyncio.create_task(self._be_slow())

    async def stay_away(self) -> None:
        """The busy ones do what they always do, on lines that nobody serves: what a herd's process takes from the others of this machine."""
        with socket.create_server(("127.0.0.1", 0)) as nobody:
            for n in range(self._size):
                kind = self._kinds[n % len(self._kinds)]
                if kind in BUSY:
                    here = socket.create_connection(nobody.getsockname())
                    there, _ = nobody.accept()
                    here.setblocking(False)
                    there.send(MORSELS)
                    self._sockets.append((kind, here))
                    self._unserved.append(there)
        self._busy = asyncio.create_task(self._be_slow())

    async def _come(self, place: int) -> None:
        seat = self._seats[place]
        for n in range(self._size):
            if n // PER_SEAT % len(self._seats) != place:
                continue
            kind, address = self._kinds[n % len(self._kinds)], f"127.0.0.{2 + n % ADDRESSES}"
            if kind in {"silent", "half"}:
                self._sockets.append((kind, await _line(seat, HEAD[:60] if kind == "half" else "", address)))
            else:
                self._sockets.append((kind, await _deaf(seat, await seat.ticket(), address)))

    async def _be_slow(self) -> None:
        beat = encode_client(Beat(), "msgpack")
        frame = bytes((0x82, 0x80 | len(beat))) + b"\0\0\0\0" + beat
        busy = [(kind, each) for kind, each in self._sockets if kind in BUSY]
        some = [busy[n : n + AT_ONCE] for n in range(0, len(busy), AT_ONCE)] or [[]]
        for turn in itertools.count():
            for few in some:
                for kind, each in few:
                    with contextlib.suppress(OSError):
                        if kind == "nibbler":
                            each.recv(1)
                        else:
                            each.send(frame[turn % len(frame) :][:1])
                await asyncio.sleep(READ_EVERY_S / len(some))

    async def go(self) -> None:
        """All of them hang up."""
        if self._busy is not None:
            self._busy.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._busy
        for each in (*self._unserved, *(each for _, each in self._sockets)):
            each.close()
        self._unserved.clear()
        self._sockets.clear()


async def _line(seat: Caller, said: str, address: str) -> socket.socket:
    """A line on which so much is said, and no more."""
    loop = asyncio.get_running_loop()
    found = socket.socket()
    found.bind((address, 0))
    found.setblocking(False)
    url = seat.page.base_url
    await loop.sock_connect(found, (url.host, url.port))
    if said:
        await loop.sock_sendall(found, said.format(host=f"{url.host}:{url.port}").encode())
    return found


async def _deaf(seat: Caller, ticket: str, address: str) -> socket.socket:
    """A link whose socket has a small window, once it has been let in; it reads no more than that."""
    loop = asyncio.get_running_loop()
    found = socket.socket()
    found.bind((address, 0))
    found.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    found.setblocking(False)
    url = seat.page.base_url
    await loop.sock_connect(found, (url.host, url.port))
    await loop.sock_sendall(found, HEAD.format(host=f"{url.host}:{url.port}").encode())
    answer = await loop.sock_recv(found, 1000)
    assert b" 101 " in answer, answer
    hello = encode_client(Hello(ticket), "msgpack")
    await loop.sock_sendall(found, bytes((0x82, 0x80 | len(hello))) + b"\0\0\0\0" + hello)  # a mask of zeros
    answer = await loop.sock_recv(found, 40)
    assert b"welcome" in answer, answer
    return found


class HerdProcess:
    """A herd in a process of its own; the file descriptors of a thousand lines are its, too."""

    def __init__(self, url: str, code: str, size: int, kinds: tuple[Kind, ...] = KINDS) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.observers.herd", url, code, str(size), *kinds],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    async def ask(self, word: Literal["come", "stay away", "go"]) -> None:
        """Say the word; returns when it is done."""
        stdin, stdout = self._child.stdin, self._child.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(word + "\n")
        stdin.flush()
        line = await asyncio.get_running_loop().run_in_executor(None, stdout.readline)
        assert line == word + "\n", "the herd has ended"

    def close(self) -> None:
        """End it."""
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.close()
        self._child.wait(30)
        self._child.stdout.close()


async def _obey(url: str, code: str, size: int, kinds: tuple[Kind, ...]) -> None:
    seats = [await Caller(url).join(code) for _ in range(math.ceil(min(size, HERD_MAX) / PER_SEAT))]
    herd = Herd(seats, size, kinds)
    loop = asyncio.get_running_loop()
    while word := (await loop.run_in_executor(None, sys.stdin.readline)).strip():
        await {"come": herd.come, "stay away": herd.stay_away, "go": herd.go}[word]()
        print(word, flush=True)
    await herd.go()
    for seat in seats:
        await seat.close()


if __name__ == "__main__":
    asyncio.run(_obey(sys.argv[1], sys.argv[2], int(sys.argv[3]), cast("tuple[Kind, ...]", tuple(sys.argv[4:]))))
