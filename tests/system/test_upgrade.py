"""G12 over the real server: a log that an older version has written is opened by this one and played on; the server is
ended in order and started again, at any moment, while everybody acts, loses links and comes back by itself.
"""

from __future__ import annotations

import asyncio
import lzma
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from kerege.engine.commands import bodies as b
from kerege.journal.export import read_file, write_file
from kerege.journal.sqlite import SqliteJournal
from tests.laws.size import TIMES
from tests.system.person import Company
from tests.system.server import Server, until
from tests.system.test_kill import NOTICED, TEAMS, Play, compare, play_on

ROW = ("G12", "a recorded log played on by this server; restarts under load, everybody comes back by itself")
OLDER = Path(__file__).parents[1] / "recorded" / "v1-silver-reed.kerege.xz"
SEED = 12
RESTARTS = 3 * TIMES
BACK_S_MAX = 10.0
"""The machine may be busy with other tests; on a free one it is some tenths of a second."""


async def lay_out(server: Server, folder: Path) -> int:
    """The first half of a recorded log as the server's own file; how many entries that is."""
    plain, half = folder / "older.kerege", folder / "half.kerege"
    plain.write_bytes(lzma.decompress(OLDER.read_bytes()))
    entries = list(read_file(plain))
    entries = entries[: len(entries) // 2]
    write_file(half, len(entries), entries)
    server.log_path.parent.mkdir(parents=True)
    await SqliteJournal.restore(half, server.log_path)
    return len(entries)


async def restarts(nursery, folder: Path, count: int, fault: str = "") -> tuple[int, Counter[str], float]:
    """Play on, restart, hold the log and the views against what everybody was told; acts, faults, longest time away."""
    random, loop = Random(SEED), asyncio.get_running_loop()
    folder.mkdir(exist_ok=True)
    server = Server(nursery, folder, "", leak=fault)
    older = await lay_out(server, folder)
    company = Company(server)
    tasks: list[asyncio.Task[None]] = []
    longest_s = 0.0
    try:
        with server.heard_out():
            await server.start()
            await company.open(start=False)
            assert (await company.control.do(b.Speed(30))).outcome == "accepted"
            plays = [Play(await company.come(title, f"seat-{n}")) for n, title in enumerate(TEAMS)]
            tasks += [asyncio.create_task(play.run()) for play in plays]
            for _ in range(count):
                await play_on(plays, tasks, random.randrange(15, 50))
                server.stop()
                began_s = loop.time()
                await server.start()
                await until(lambda: all(play.person.connected for play in plays), "everybody comes back", BACK_S_MAX)
                longest_s = max(longest_s, loop.time() - began_s)
            await play_on(plays, tasks, 30)
            for play in plays:
                play.over = True
            async with asyncio.timeout(30):
                await asyncio.gather(*tasks)
            await compare(server, plays)
            accepted = sum(each[-1].outcome == "accepted" for play in plays for each in play.person.receipts.values())
            server.stop()
            assert len(await server.entries()) >= older + accepted
        return accepted, sum((play.faults for play in plays), Counter()), longest_s
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await company.close()
        if server.pid:
            server.kill(checked=False)


@pytest.mark.proof(*ROW)
@pytest.mark.timeout(60 * TIMES + 60)
async def test_an_older_log_is_played_on_over_restarts_under_load(nursery, tmp_path, proof):
    """No act is lost or doubled, no frame is missing, and nobody has to do anything."""
    accepted, faults, longest_s = await restarts(nursery, tmp_path / "played", RESTARTS)
    print(f"seed {SEED}: {accepted} acts, {dict(faults)}; all were back within {longest_s:.2f} s")
    assert accepted > 50
    proof.tried(accepted, faults=RESTARTS + faults.total(), seed=SEED)


@pytest.mark.proof(*ROW, mutant=True)
async def test_a_server_that_forgets_its_answers_is_caught(nursery, tmp_path):
    """The same over restarts of one that keeps answers in memory only."""
    with pytest.raises(AssertionError, match=NOTICED["answers_in_memory_only"][2]):
        await restarts(nursery, tmp_path / "played", 3, "answers_in_memory_only")
