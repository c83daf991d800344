"""The real server as a process of its own: started, asked whether it is there, killed and started again on its data."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2

from kerege.journal.sqlite import SqliteJournal
from kerege.room.log import StepBody, read_step
from tests.system.socket_line import SocketLine

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from kerege.journal.entry import Sealed

ROOT = Path(__file__).parents[2]
PATIENCE_S = 30.0
"""For anything that should take a moment: the machine may be busy with other tests."""
LOOK_S = 0.005
SAID_CHARS_MAX = 6000
"""Of what the server said last, in the message of a failure: a traceback or two."""
TURNS_FIRST = 40
"""Of the event loop, before the first pause: in the same process most answers are there by then."""


async def until(true: Callable[[], Any], what: str, s_max: float = PATIENCE_S) -> None:
    """Wait for a condition, with a bound."""
    loop = asyncio.get_running_loop()
    patience = loop.time() + s_max
    turns = 0
    while not true():
        assert loop.time() < patience, f"not within {s_max} s: {what}"
        turns += 1
        await asyncio.sleep(0 if turns < TURNS_FIRST else LOOK_S)


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


async def entries_of(log_path: Path) -> list[Sealed]:
    """The whole log, from its file, while nobody serves it."""
    journal = await SqliteJournal.open(log_path)
    try:
        return await journal.read()
    finally:
        await journal.close()


class Nursery:
    """The process that forks servers; see nursery.py."""

    def __init__(self) -> None:
        env = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "server"), str(ROOT)))}
        env = {name: value for name, value in env.items() if not name.startswith("KEREGE_") and name != "PORT"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.system.nursery"],
            cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ask(self, **asked: Any) -> Any:
        """One question, one answer."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        assert line, "the nursery is gone"
        return json.loads(line)

    def close(self) -> None:
        """End it and all it has started."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE_S)
        self._process.stdout.close()


class Server:
    """One exercise on one port with its own data folder."""

    def __init__(
        self,
        nursery: Nursery,
        folder: Path,
        pack: str,
        *,
        leak: str = "",
        sideline: bool = False,
        puppet: str = "",
        **settings: Any,
    ) -> None:
        """`sideline`: a test may ask where the log stands; `puppet`: the file of an empty world's script."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.exercise = "played"
        self.pid = 0
        self.url = ""
        self._nursery = nursery
        self._pack = pack
        self._beside: dict[str, Any] = {"leak": leak, "sideline": sideline or bool(puppet), "puppet": puppet}
        self._settings: dict[str, Any] = {
            "data_dir": str(folder / "data"), "host": "127.0.0.1", "port": free_port(), "rate_factor": 1000.0, **settings,
        }  # fmt: skip
        self.control_links: list[str] = []

    @property
    def port(self) -> int:
        """The same over all restarts."""
        port: int = self._settings["port"]
        return port

    @property
    def log_path(self) -> Path:
        """The exercise's file."""
        return self.folder / "data" / "exercises" / f"{self.exercise}.sqlite3"

    @property
    def said(self) -> str:
        """What the server has said so far."""
        return (self.folder / "server.log").read_text()

    @contextmanager
    def heard_out(self) -> Iterator[None]:
        """What fails in here is told with the last words of the server: who waits in vain for an answer is not the cause."""
        try:
            yield
        except (AssertionError, TimeoutError) as failed:
            raise AssertionError(f"{failed}\nThe server said:\n{self.said[-SAID_CHARS_MAX:]}") from failed

    @property
    def control_code(self) -> str:
        """What the newest one-time link carries."""
        return self.control_links[-1].partition("#code=")[2]

    async def start(self) -> None:
        """Start, on what is there; return when it answers."""
        ready = self.folder / "ready.json"
        ready.unlink(missing_ok=True)
        self.pid = self._nursery.ask(
            serve=self._settings, pack=self._pack, exercise=self.exercise, folder=str(self.folder), **self._beside
        )["pid"]
        await until(lambda: ready.exists() or self._has_ended(), "the server listens")
        found = json.loads(ready.read_text())
        self.url = found["url"]
        self.control_links.append(found["control"])
        async with httpx2.AsyncClient(base_url=self.url, verify=False) as page:
            patience = asyncio.get_running_loop().time() + PATIENCE_S
            while True:
                try:
                    if (await page.get("/healthz")).status_code == 200:
                        return
                except httpx2.TransportError:
                    pass
                assert asyncio.get_running_loop().time() < patience, self.said
                await asyncio.sleep(LOOK_S)

    def _has_ended(self) -> bool:
        status = self._nursery.ask(wait=self.pid, s_max=0)["status"]
        if status is not None:
            self.pid = 0
            raise AssertionError(f"the server ended at its start: {status}\n{self.said[-SAID_CHARS_MAX:]}")
        return False

    def kill(self, *, checked: bool = True) -> None:
        """kill -9. It must have been alive until then, unless not `checked`."""
        pid, self.pid = self.pid, 0
        os.kill(pid, signal.SIGKILL)
        status = self._nursery.ask(wait=pid, s_max=PATIENCE_S)["status"]
        assert status == -signal.SIGKILL or not checked, (
            f"it had ended by itself: {status}\n{self.said[-SAID_CHARS_MAX:]}"
        )

    def stop(self) -> None:
        """End it in order; nothing may have gone wrong on the way."""
        if self.pid:
            pid, self.pid = self.pid, 0
            os.kill(pid, signal.SIGTERM)
            status = self._nursery.ask(wait=pid, s_max=PATIENCE_S)["status"]
            if status is None:
                os.kill(pid, signal.SIGKILL)
                self._nursery.ask(wait=pid, s_max=PATIENCE_S)
            assert status is not None, f"the server did not end\n{self.said[-SAID_CHARS_MAX:]}"
            assert "Traceback" not in self.said, self.said[-SAID_CHARS_MAX:]

    def transport(self, address: str) -> httpx2.AsyncBaseTransport:
        """How a device at this address of this machine reaches the server by HTTP."""
        return httpx2.AsyncHTTPTransport(local_address=address, verify=False)

    async def dial(self, address: str) -> SocketLine:
        """A WebSocket from there."""
        return await SocketLine.open(self.url, address)

    async def entries(self) -> list[Sealed]:
        """The whole log, from the file, while the server does not run."""
        assert not self.pid
        return await entries_of(self.log_path)

    async def steps(self) -> list[StepBody]:
        """What was done, from the file."""
        return [read_step(entry) for entry in (await self.entries())[1:]]


@asynccontextmanager
async def serving(nursery: Nursery, folder: Path, pack: str, **more: Any) -> AsyncIterator[Server]:
    """A server that runs, and has ended in order afterwards."""
    server = Server(nursery, folder, pack, **more)
    await server.start()
    try:
        with server.heard_out():
            yield server
    except BaseException:
        if server.pid:
            server.kill(checked=False)
        raise
    server.stop()
