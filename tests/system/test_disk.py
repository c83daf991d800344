"""G19 and G1 over the real server: its disk is full, its syncs fail, it is killed in the middle of a system call.

`strace` takes hold of the running server and lets its calls fail; let go again, the disk is well. What was promised: nothing
is accepted meanwhile, views go on, nothing that was accepted is lost, and the room resumes by itself.
"""

from __future__ import annotations

import asyncio
import signal
import subprocess
from collections import Counter
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from kerege.engine.commands import bodies as b
from tests.journal.processes import strace
from tests.laws.size import TIMES
from tests.system.person import Company, Person
from tests.system.server import PATIENCE_S, Server, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.system.server import Nursery

SEED = 19
ACTS = 12
RESUMES_S_MAX = 15.0
SAID_MAX = 200
"""Acts within which the call that kills has come."""
FULL = ("G19", "the real server's disk is full (ENOSPC from every write), then there is space")
FAILS = ("G19", "the real server's syncs fail (EIO), then the disk is well")
KILLED = ("G1", "the real server killed at its N-th sync or write, in the call")
TROUBLES = {"full": "pwrite64:error=ENOSPC", "fails": "fdatasync:error=EIO", "fails once": "fdatasync:error=EIO:when=1"}


class Refused(Exception):  # noqa: N818
    """This machine does not let one process look into another."""


@asynccontextmanager
async def trouble(pid: int, inject: str) -> AsyncIterator[None]:
    """
    Let calls of a running process fail. Raises Refused where that is not allowed.

    `when=N` counts the calls of each thread apart: threads that the server starts later are let alone then.
    """
    call = inject.partition(":")[0]
    threads = list(Path(f"/proc/{pid}/task").iterdir())
    held_by = [f"--attach={each.name}" for each in threads] if "when=" in inject else ["-f", f"--attach={pid}"]
    process = subprocess.Popen(
        [strace(), *held_by, "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={inject}"], stderr=subprocess.PIPE
    )

    def held() -> bool:
        if process.poll() is not None:
            raise Refused(process.stderr.read().decode() if process.stderr else "")
        return all(map(_is_held, threads))

    try:
        await until(held, "strace holds the server")
        yield
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:  # strace waits for a thread that was killed while it looked away
            process.kill()
            process.wait(PATIENCE_S)
        if process.stderr is not None:
            process.stderr.close()


def _is_held(thread: Path) -> bool:
    """Whether somebody holds it, or nobody can any more."""
    try:
        return "TracerPid:\t0\n" not in (thread / "status").read_text()
    except OSError:  # it has ended
        return True


class Ordeal:
    """One server and one person who writes down what she was told."""

    def __init__(self, nursery: Nursery, folder: Path, fault: str = "") -> None:
        self.server = Server(nursery, folder, "first-steps", leak=fault)
        self.company = Company(self.server)
        self.person: Person
        self.acts: dict[str, b.AnyCommand] = {}

    async def begin(self) -> None:
        await self.server.start()
        await self.company.open()
        self.person = await self.company.come(next(iter(self.company.codes)), "person")

    async def say(self, count: int) -> list[str]:
        """Say something so many times at once; returns the ids."""
        ids = []
        for _ in range(count):
            command = b.Say((self.company.control.stream,), f"word {len(self.acts)}")
            command_id, data = self.person.act(command)
            self.acts[command_id] = command
            ids.append(command_id)
            await self.person.send(data)
        return ids

    async def answers(self, ids: list[str]) -> Counter[str]:
        """What became of them."""
        receipts = self.person.receipts
        await until(lambda: all(id_ in receipts for id_ in ids), "every act is answered")
        return Counter(receipts[id_][-1].outcome for id_ in ids)

    async def ready(self) -> tuple[int, object]:
        """What whoever watches over servers is told."""
        answer = await self.person.page.get(f"{self.server.url}/readyz")
        return answer.status_code, answer.json()

    async def until_ready(self) -> None:
        """The disk is well: nobody has to ask for anything, and the server says that it can write."""
        async with asyncio.timeout(RESUMES_S_MAX):
            while await self.ready() != (200, {"ok": True, "why": ""}):
                await asyncio.sleep(0.1)

    async def again(self) -> None:
        """As a phone does: all that has no yes or no goes again, with its id, until it has one."""
        loop = asyncio.get_running_loop()
        patience = loop.time() + RESUMES_S_MAX
        while True:
            receipts = self.person.receipts
            open_ = [id_ for id_ in self.acts if id_ not in receipts or receipts[id_][-1].outcome == "unknown"]
            if not open_:
                return
            assert loop.time() < patience, f"the room does not resume: {len(open_)} acts have no answer"
            if not self.person.connected:
                await self.person.connect()
            for id_ in open_:
                await self.person.do(self.acts[id_], id_)
            await asyncio.sleep(0.1)

    async def check(self) -> int:
        """What was accepted stands in the log once, and nothing else; how much that was."""
        if self.server.pid:
            self.server.kill()
        logged = Counter(step.command_id for step in await self.server.steps() if step.command_id.startswith("person-"))
        accepted = {
            id_ for id_, each in self.person.receipts.items() if any(receipt.outcome == "accepted" for receipt in each)
        }
        assert set(logged) == accepted, f"lost {accepted - set(logged)}, kept unasked {set(logged) - accepted}"
        assert set(logged.values()) <= {1}
        return len(accepted)

    async def end(self) -> None:
        if self.server.pid:
            self.server.kill(checked=False)
        await self.company.close()


async def suffer(nursery: Nursery, folder: Path, what: str, fault: str = "") -> int:
    """The whole ordeal; returns how many acts were accepted."""
    ordeal = Ordeal(nursery, folder, fault)
    await ordeal.begin()
    try:
        assert await ordeal.answers(await ordeal.say(ACTS)) == {"accepted": ACTS}
        async with trouble(ordeal.server.pid, TROUBLES[what]):
            ids = await ordeal.say(ACTS)
            told = await ordeal.answers(ids)
            if what == "fails once":
                assert told["unknown"] > 0, f"a failed sync is neither yes nor no: {told}"
            else:
                assert told == {"unknown": ACTS}, f"nothing is accepted, and nothing is refused for good: {told}"
            words = ordeal.person.receipts[ids[0]][-1].text
            assert "not" in words.lower(), f"it is said in words: {words!r}"
            if what != "fails once":
                assert await ordeal.ready() == (503, {"ok": False, "why": "full" if what == "full" else "failed"})
            await ordeal.person.beat()
            fresh = Person(ordeal.server, "fresh")
            fresh.page.cookies, fresh.stream = ordeal.person.page.cookies, ordeal.person.stream
            await fresh.connect()
            await fresh.beat()
            assert fresh.items, "views go on"
            await fresh.close()
            if what == "full":
                assert await ordeal.ready() == (503, {"ok": False, "why": "full"})
        await ordeal.until_ready()
        await ordeal.again()
        assert await ordeal.answers(await ordeal.say(ACTS)) == {"accepted": ACTS}
        return await ordeal.check()
    finally:
        await ordeal.end()


@pytest.mark.parametrize(
    "what",
    [
        pytest.param("full", marks=pytest.mark.proof(*FULL)),
        pytest.param("fails", marks=pytest.mark.proof(*FAILS)),
        pytest.param("fails once", marks=pytest.mark.proof(*FAILS)),
    ],
)
async def test_an_ill_disk_loses_nothing_and_the_room_resumes_by_itself(nursery, tmp_path, proof, what):
    """Acts are answered "not yet", screens go on, and once the disk is well the same acts are taken."""
    try:
        accepted = await suffer(nursery, tmp_path, what)
    except Refused as refused:
        proof.not_run(f"strace -p: {refused}")
        return
    assert accepted == 3 * ACTS
    proof.tried(accepted, faults=ACTS)


@pytest.mark.parametrize(
    "what",
    [
        pytest.param("full", marks=pytest.mark.proof(*FULL, mutant=True)),
        pytest.param("fails", marks=pytest.mark.proof(*FAILS, mutant=True)),
    ],
)
async def test_a_server_that_says_yes_all_the_same_is_caught(nursery, tmp_path, proof, what):
    """The same ordeal for one that takes every append for kept."""
    try:
        with pytest.raises(AssertionError, match="nothing is accepted"):
            await suffer(nursery, tmp_path, what, "accepts_what_is_not_kept")
    except Refused as refused:
        proof.not_run(f"strace -p: {refused}")


async def die(nursery: Nursery, folder: Path, kills: int, fault: str = "") -> int:
    """Killed in the N-th call, started again, everything unanswered sent again; so many times."""
    random = Random(SEED)
    ordeal = Ordeal(nursery, folder, fault)
    await ordeal.begin()
    try:
        for n in range(kills):
            await ordeal.say(1)
            call = ("fdatasync", "pwrite64")[n % 2]
            when = random.randint(1, 4 if call == "fdatasync" else 12)
            async with trouble(ordeal.server.pid, f"{call}:signal=SIGKILL:when={when}"):
                for _ in range(SAID_MAX):
                    await ordeal.say(random.randint(1, 4))
                    await asyncio.sleep(random.uniform(0, 0.02))
                    if not ordeal.person.connected:
                        break
            ordeal.server.kill(checked=False)
            await ordeal.server.start()
            await ordeal.again()
        return await ordeal.check()
    finally:
        await ordeal.end()


@pytest.mark.proof(*KILLED)
@pytest.mark.timeout(60 * TIMES + 60)
async def test_a_kill_in_a_system_call_loses_nothing(nursery, tmp_path, proof):
    """At a sync and at a write, in turn."""
    kills = 4 * TIMES
    try:
        accepted = await die(nursery, tmp_path, kills)
    except Refused as refused:
        proof.not_run(f"strace -p: {refused}")
        return
    proof.tried(accepted, faults=kills, seed=SEED)


@pytest.mark.proof(*KILLED, mutant=True)
async def test_a_server_that_answers_too_soon_is_caught(nursery, tmp_path, proof):
    """It has said yes to what the killed call did not write."""
    try:
        with pytest.raises(AssertionError, match="lost"):
            await die(nursery, tmp_path, 4, "answers_before_the_disk")
    except Refused as refused:
        proof.not_run(f"strace -p: {refused}")
