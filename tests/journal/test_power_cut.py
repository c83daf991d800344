"""No power cut takes an acknowledged entry: every prefix of a real run's system calls, every loss a disk may show.

A kill cannot prove this: the system's cache survives the process. The mutants prove that the test can see a loss.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from kerege.journal.chain import Broken
from kerege.journal.port import CannotOpen
from kerege.journal.sqlite_file import SqliteFile
from tests.journal.disk import TRACE, Disk
from tests.journal.logs import log
from tests.journal.processes import command, run, strace
from tests.journal.worker import BATCH

COUNT = 46
TORN = 2
SEED = 31
EXPECTED = log(COUNT)
ROWS = (
    ("G1", "a power cut at every system call of the journal, with torn sectors"),
    ("G3", "whole batches after a power cut at every system call"),
)

RESTART = "a kill between write and sync, a restart, a power cut"


def rows(*, mutant: bool = False):
    """The marks of both rows."""

    def marked(test):
        for row in ROWS if not mutant else ROWS[:1]:
            test = pytest.mark.proof(*row, mutant=mutant)(test)
        return test

    return marked


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


def traced(folder: Path, mode: str, inject: str = "") -> Path:
    """Run a worker on the folder's journal; the record of its system calls."""
    record = folder.parent / "calls"
    options = ["-e", f"inject={inject}"] if inject else []
    run([strace(), *TRACE, "-o", str(record), *options, *command(mode, folder / "a.journal", COUNT)])
    return record


def replay(disk: Disk, record: Path, *, acked: int | None = None) -> Counter[str]:
    """Cut the power after every call, in every way; count the images and what is wrong with them.

    `acked` is the last entry that the worker has acknowledged, None before it said that the journal is open.
    """
    found: Counter[str] = Counter()
    chance = random.Random(SEED)
    place = record.parent / "image"
    for said in disk.feed(record):
        if said.startswith("ACK "):
            acked = int(said.removeprefix("ACK "))
        elif said == "OPEN" and acked is None:
            acked = -1
        for image in disk.images(chance, TORN):
            found["images"] += 1
            found[judged(place, image, acked)] += 1
    return found


def judged(place: Path, image: dict[str, bytes], acked: int | None) -> str:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for name, content in image.items():
        (place / name).write_bytes(content)
    try:
        file = SqliteFile.open(place / "a.journal")
    except (FileNotFoundError, CannotOpen, Broken):
        return "good" if acked is None else "unreadable"
    tail = file.tail
    file.close()
    if tail.n > 0 and tail.n % BATCH:
        return "half a batch"
    if tail.n >= 0 and tail.hash != EXPECTED[tail.n].hash:
        return "another entry"
    return "good" if tail.n >= (-1 if acked is None else acked) else "acknowledged and lost"


@rows()
def test_no_power_cut_takes_an_acknowledged_entry(folder, proof):
    """Making a journal, commits, checkpoints and closing: every image opens, with all that was acknowledged."""
    found = replay(Disk(folder), traced(folder, "append"))
    assert found["images"] > 500
    assert found == {"images": found["images"], "good": found["images"]}, f"seed {SEED}"
    proof.tried(found["images"], faults=found["images"], seed=SEED)


@pytest.mark.proof(*ROWS[1], mutant=True)
def test_half_a_batch_is_found(folder, tmp_path):
    """A journal whose last batch is there in part only: the same judge names it."""
    file = SqliteFile.create(tmp_path / "half.journal")
    file.begin()
    file.insert(EXPECTED[:BATCH])
    file.commit(file.tail)
    file.close()
    image = {"a.journal": (tmp_path / "half.journal").read_bytes()}
    assert judged(folder.parent / "image", image, acked=None) == "half a batch"


@rows(mutant=True)
@pytest.mark.parametrize(("mode", "loss"), [("off", "unreadable"), ("normal", "acknowledged and lost")])
def test_without_full_sync_losses_are_found(folder, mode, loss):
    """The mutants: a weaker `synchronous` behind the journal's back. The same test must see it lose."""
    assert replay(Disk(folder), traced(folder, mode))[loss] > 100


@pytest.mark.parametrize(
    "mode",
    [
        pytest.param("read", marks=pytest.mark.proof("G1", RESTART)),
        pytest.param("unsettled", marks=pytest.mark.proof("G1", RESTART, mutant=True)),
    ],
)
def test_what_a_restart_finds_is_on_the_disk(folder, mode, proof):
    """A worker killed between write and sync leaves a commit in the cache; the next one may only tell of it once it is
    on the disk. The mutant, which does not settle the file at opening, must be seen to lose it.
    """
    disk = Disk(folder)
    record = traced(folder, "append", inject="fdatasync:signal=SIGKILL:when=15")
    *_, last = [int(said.removeprefix("ACK ")) for said in disk.feed(record) if said.startswith("ACK ")]
    found = replay(disk, traced(folder, mode), acked=last)
    if mode == "read":
        assert found == {"images": found["images"], "good": found["images"]}, f"seed {SEED}"
        proof.tried(found["images"], faults=found["images"], seed=SEED)
    else:
        assert found["acknowledged and lost"] > 0
