from __future__ import annotations

import asyncio
import contextlib
import random
import shutil
import sqlite3
import subprocess
import threading
from itertools import islice
from pathlib import Path

import pytest

from kerege.journal import sqlite as module
from kerege.journal.chain import Broken
from kerege.journal.entry import word
from kerege.journal.export import verify_file
from kerege.journal.port import CannotOpen, Committed, Full, StoreDown, Unknown
from kerege.journal.sqlite import GROUP_ENTRIES_MAX, SqliteJournal
from kerege.journal.sqlite_file import SLICE_ENTRIES, SqliteFile, connect, refuse_network
from tests.journal.conformance import Conformance, Store
from tests.journal.logs import entry_after, log, rebuilt, resealed, salt
from tests.journal.processes import ROOT, acked, command, environment, run, strace
from tests.journal.worker import UNKNOWN_MAX


class SqliteStore(Store):
    def __init__(self, path: Path) -> None:
        self.path = path

    async def open(self) -> SqliteJournal:
        return await (SqliteJournal.open if self.path.exists() else SqliteJournal.create)(self.path)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "silver-reed.journal"


class TestSqliteJournal(Conformance):
    @pytest.fixture
    def store(self, path):
        return SqliteStore(path)


class Seam:
    """A connection factory that keeps the connection, and can make it fail."""

    def __init__(self, factory: type[sqlite3.Connection] = sqlite3.Connection) -> None:
        self.factory = factory
        self.connections: list[sqlite3.Connection] = []

    def __call__(self, path: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            path, timeout=0, isolation_level=None, check_same_thread=False, factory=self.factory
        )
        self.connections.append(connection)
        return connection

    def ask(self, sql: str):
        return self.connections[-1].execute(sql).fetchone()[0]


def error(code: int, text: str) -> sqlite3.OperationalError:
    failure = sqlite3.OperationalError(text)
    failure.sqlite_errorcode = code
    return failure


def journal_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "journal"]


async def rows_of(path: Path, sql: str):
    connection = sqlite3.connect(path, timeout=0)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


# ------------------------------------------------------------------ settings and opening


async def test_settings_are_what_is_promised(path):
    """What SQLite says about the open connection."""
    for start in (SqliteJournal.create, SqliteJournal.open):
        seam = Seam()
        journal = await start(path, connect=seam)
        assert seam.ask("PRAGMA synchronous") == 2
        assert seam.ask("PRAGMA journal_mode") == "wal"
        assert seam.ask("PRAGMA locking_mode") == "exclusive"
        assert seam.ask("PRAGMA secure_delete") == 1
        assert seam.ask("PRAGMA application_id") == 0x4B524745
        assert seam.ask("PRAGMA user_version") == 1
        assert not path.with_name(path.name + "-shm").exists()
        await journal.close()


@pytest.mark.parametrize(
    ("setting", "answer"), [("synchronous", 1), ("journal_mode", "delete"), ("locking_mode", "normal")]
)
async def test_a_setting_that_is_not_kept_is_refused(path, setting, answer):
    """No silent downgrade: the journal does not open, and no thread, file or lock is left behind."""

    class Lying(sqlite3.Connection):
        def execute(self, sql, *parameters):
            return super().execute(f"SELECT '{answer}'" if sql == f"PRAGMA {setting}" else sql, *parameters)

    with pytest.raises(CannotOpen, match=setting):
        await SqliteJournal.create(path, connect=Seam(Lying))
    assert not path.exists()
    await (await SqliteJournal.create(path)).close()
    with pytest.raises(CannotOpen, match=setting):
        await SqliteJournal.open(path, connect=Seam(Lying))
    await (await SqliteJournal.open(path)).close()


async def test_a_second_opening_is_refused(path):
    """In this process and in another, while it is open, also before the first entry."""
    journal = await SqliteJournal.create(path)
    for _ in range(2):
        with pytest.raises(CannotOpen, match="in use"):
            await SqliteJournal.open(path)
        assert run(command("read", path)) == ["REFUSED"]
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            await rows_of(path, "SELECT count(*) FROM entry")
        await journal.append(log(1))
    await journal.close()
    assert run(command("read", path)) == ["OPEN", "ACK 0"]


async def test_a_missing_journal_is_no_new_exercise(path):
    """Opening makes nothing; making writes over nothing."""
    with pytest.raises(FileNotFoundError):
        await SqliteJournal.open(path)
    assert not path.exists()
    await (await SqliteJournal.create(path)).close()
    with pytest.raises(FileExistsError):
        await SqliteJournal.create(path)
    await (await SqliteJournal.open(path)).close()


async def test_only_its_owner_may_read_it(path):
    """The journal holds every secret of the exercise; so does its write-ahead log."""
    journal = await SqliteJournal.create(path)
    await journal.append(log(1))
    assert [file.stat().st_mode & 0o077 for file in path.parent.iterdir()] == [0, 0]
    await journal.close()


@pytest.mark.parametrize("content", [b"", b"x" * 5000, b"SQLite format 3\0" + bytes(4080)])
async def test_what_is_no_journal_is_refused(path, content):
    """Another file is refused and stays as it was."""
    path.write_bytes(content)
    with pytest.raises(CannotOpen):
        await SqliteJournal.open(path)
    assert path.read_bytes() == content


async def test_another_database_is_refused(path):
    """A database that is not ours is not even turned to WAL; nor is a journal of another version."""
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE other (x)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(CannotOpen, match="no Kerege journal"):
        await SqliteJournal.open(path)
    assert path.read_bytes() == before
    path.unlink()
    await (await SqliteJournal.create(path)).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=2")
    connection.close()
    with pytest.raises(CannotOpen, match="version 2"):
        await SqliteJournal.open(path)


def test_a_network_file_system_is_refused(tmp_path):
    """By the kind that the innermost mount has; elsewhere than on Linux nothing is checked."""
    mounts = tmp_path / "mounts"
    place = str(tmp_path).replace(" ", "\\040")
    mounts.write_text(f"disk / ext4 rw 0 0\nserver:/x {place} nfs4 rw 0 0\n")
    with pytest.raises(CannotOpen, match="network file system"):
        refuse_network(tmp_path / "a.journal", mounts)
    mounts.write_text(f"server:/ / nfs4 rw 0 0\ndisk {place} ext4 rw 0 0\n")
    refuse_network(tmp_path / "a.journal", mounts)
    refuse_network(tmp_path / "a.journal", tmp_path / "no mounts")


# ------------------------------------------------------------------ threads and closing


async def test_closing_leaves_no_thread(path):
    """The thread ends with close, with a failed opening and with an error."""
    assert journal_threads() == []
    for start in (SqliteJournal.create, SqliteJournal.open):
        journal = await start(path)
        assert len(journal_threads()) == 1
        await journal.close()
        assert journal_threads() == []
    journal = await SqliteJournal.open(path)
    with pytest.raises(CannotOpen):
        await SqliteJournal.open(path)
    await journal.close()
    await asyncio.to_thread(wait_for_threads)


def wait_for_threads() -> None:
    for thread in journal_threads():
        thread.join(timeout=5)
        assert not thread.is_alive()


async def test_a_cancelled_opening_lets_go(path):
    """Who gives up while the file is being opened leaves no thread and no lock."""
    await (await SqliteJournal.create(path)).close()
    opening = asyncio.ensure_future(SqliteJournal.open(path))
    await asyncio.sleep(0)
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    await asyncio.to_thread(wait_for_threads)
    await (await SqliteJournal.open(path)).close()


async def test_a_disk_that_hangs_does_not_hold_close(path, monkeypatch):
    """Close gives up after its bound, says so, and everybody who waits hears Unknown."""
    monkeypatch.setattr(module, "CLOSE_S_MAX", 0.1)
    hanging, go_on = threading.Event(), threading.Event()

    class Hanging(sqlite3.Connection):
        def execute(self, sql, *parameters):
            if sql == "COMMIT":
                hanging.set()
                go_on.wait(10)
            return super().execute(sql, *parameters)

    journal = await SqliteJournal.create(path, connect=Seam(Hanging))
    entries = log(2)
    waiting = [asyncio.ensure_future(journal.append([entry])) for entry in entries]
    await asyncio.to_thread(hanging.wait, 5)
    reading = asyncio.ensure_future(journal.read())
    await asyncio.sleep(0)
    with pytest.raises(StoreDown):
        await journal.close()
    assert [type(answer) for answer in await asyncio.gather(*waiting)] == [Unknown, Unknown]
    with pytest.raises(StoreDown):
        await reading
    go_on.set()
    await journal.close()
    assert journal_threads() == []


async def test_a_cancelled_append_may_still_be_kept(path):
    """The asker is gone, the entry is on its way; the journal goes on."""
    journal = await SqliteJournal.create(path)
    entries = log(2)
    append = asyncio.ensure_future(journal.append(entries[:1]))
    await asyncio.sleep(0)
    append.cancel()
    assert await journal.append(entries[1:]) == Committed()
    assert await journal.read() == entries
    await journal.close()


# ------------------------------------------------------------------ group commit


async def test_appends_that_wait_share_a_commit(path):
    """Two hundred appends made at once take few transactions, none above its bound."""
    groups: list[int] = []

    class Counting(sqlite3.Connection):
        def execute(self, sql, *parameters):
            if sql.startswith("BEGIN"):
                groups.append(0)
            elif sql.startswith("INSERT INTO entry"):
                groups[-1] += 1
            return super().execute(sql, *parameters)

    journal = await SqliteJournal.create(path, connect=Seam(Counting))
    entries = log(600)
    await asyncio.gather(*(journal.append(entries[n : n + 3]) for n in range(0, 600, 3)))
    await journal.close()
    assert sum(groups) == 600
    assert len(groups) < 20
    assert max(groups) <= GROUP_ENTRIES_MAX


async def test_too_many_appends_are_refused_cleanly(path, monkeypatch):
    """What waits is bounded; past the bound the answer is Full, and nothing of it is kept."""
    monkeypatch.setattr(module, "WAITING_MAX", 3)
    journal = await SqliteJournal.create(path)
    entries = log(5)
    answers = await asyncio.gather(*(journal.append([entry]) for entry in entries))
    assert [type(answer) for answer in answers] == [Committed, Committed, Committed, Full, Full]
    assert await journal.append(entries[3:]) == Committed()
    await journal.close()


async def test_reading_lets_appends_through(path, monkeypatch):
    """A long read is done in slices; an append made meanwhile is answered before it ends."""
    journal = await SqliteJournal.create(path)
    entries = log(4 * SLICE_ENTRIES + 1, words=0)
    for start in range(0, 4 * SLICE_ENTRIES, 256):
        await journal.append(entries[start : start + 256])
    order: list[str] = []
    reading = asyncio.ensure_future(journal.read())
    reading.add_done_callback(lambda _: order.append("read"))
    await asyncio.sleep(0)
    append = asyncio.ensure_future(journal.append(entries[-1:]))
    append.add_done_callback(lambda _: order.append("appended"))
    assert await reading == entries[:-1]
    assert await append == Committed()
    assert order == ["appended", "read"]
    await journal.close()


async def test_an_idle_journal_settles(path, monkeypatch):
    """After a while without work the write-ahead log has been copied into the database."""
    monkeypatch.setattr(module, "IDLE_S", 0.01)
    checkpoints = threading.Semaphore(0)

    class Counting(sqlite3.Connection):
        def execute(self, sql, *parameters):
            cursor = super().execute(sql, *parameters)
            if sql == "PRAGMA wal_checkpoint(PASSIVE)":
                checkpoints.release()
            return cursor

    journal = await SqliteJournal.create(path, connect=Seam(Counting))
    await journal.append(log(1))
    assert await asyncio.to_thread(checkpoints.acquire, timeout=5)
    await journal.close()


# ------------------------------------------------------------------ what the disk does


async def test_a_full_disk_is_a_clean_refusal(path):
    """Full keeps nothing; once there is room the same batch goes, and all that was committed is there."""
    seam = Seam()
    journal = await SqliteJournal.create(path, connect=seam)
    seam.ask(f"PRAGMA max_page_count={seam.ask('PRAGMA page_count') + 10}")
    entries, kept = log(200), 0
    while isinstance(answer := await journal.append(entries[kept : kept + 5]), Committed):
        kept += 5
    assert isinstance(answer, Full)
    assert 0 < kept < 200
    assert isinstance(await journal.append(entries[kept : kept + 5]), Full)
    assert await journal.read() == entries[:kept]
    seam.ask("PRAGMA max_page_count=100000")
    assert await journal.append(entries[kept:]) == Committed()
    await journal.close()
    journal = await SqliteJournal.open(path)
    assert await journal.read() == entries
    await journal.close()


def failing_once(where, code):
    """A switch, and connections of which, once it is on, the next call that begins so finds no room."""
    failing = [False]

    class Failing(sqlite3.Connection):
        def execute(self, sql, *parameters):
            if failing[0] and sql.startswith(where):
                failing[0] = False
                raise error(code, "no room")
            return super().execute(sql, *parameters)

    return failing, Failing


async def test_a_tried_write_goes_to_the_disk(path):
    """A page more in the write-ahead log each time, though nothing has changed."""
    journal = await SqliteJournal.create(path)
    await journal.append(log(1))
    sizes = [path.with_name(path.name + "-wal").stat().st_size]
    for _ in range(2):
        assert await journal.try_write() == Committed()
        sizes.append(path.with_name(path.name + "-wal").stat().st_size)
    assert sizes[0] < sizes[1] < sizes[2]
    await journal.close()


@pytest.mark.parametrize(
    ("code", "answer"),
    [(sqlite3.SQLITE_FULL, Full), (sqlite3.SQLITE_BUSY, Full), (sqlite3.SQLITE_IOERR, Unknown)],
)
@pytest.mark.parametrize("where", ["BEGIN IMMEDIATE", "COMMIT"])
async def test_a_tried_write_says_what_an_append_would_be_told(path, code, answer, where):
    """A full disk leaves the journal open, an ill one closes it."""
    failing, connection = failing_once(where, code)
    journal = await SqliteJournal.create(path, connect=Seam(connection))
    failing[0] = True
    assert isinstance(await journal.try_write(), answer)
    assert isinstance(await journal.append(log(1)), Committed if answer is Full else Unknown)
    await journal.close()


@pytest.mark.parametrize("code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY])
@pytest.mark.parametrize("where", ["BEGIN IMMEDIATE", "INSERT INTO entry", "COMMIT"])
async def test_full_and_busy_are_clean_wherever_they_come(path, code, where):
    """The journal goes on with the same batch."""
    failing, connection = failing_once(where, code)
    journal = await SqliteJournal.create(path, connect=Seam(connection))
    entries = log(4)
    await journal.append(entries[:2])
    failing[0] = True
    assert await journal.append(entries[2:]) == Full("no room")
    assert await journal.append(entries[2:]) == Committed()
    assert await journal.read() == entries
    await journal.close()


@pytest.mark.parametrize("code", [sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOMEM])
@pytest.mark.parametrize("where", ["BEGIN IMMEDIATE", "INSERT INTO entry", "COMMIT", "ROLLBACK"])
async def test_any_other_error_closes_the_journal_for_good(path, code, where):
    """The append and all that wait behind it hear Unknown; the file is let go, and opening it tells what is there."""
    failing = [False]

    class Failing(sqlite3.Connection):
        def execute(self, sql, *parameters):
            if failing[0] and where == "ROLLBACK" and sql == "COMMIT":
                raise error(sqlite3.SQLITE_FULL, "no room")
            if failing[0] and sql.startswith(where):
                raise error(code, "the disk is ill")
            return super().execute(sql, *parameters)

    journal = await SqliteJournal.create(path, connect=Seam(Failing))
    entries = log(6)
    await journal.append(entries[:2])
    failing[0] = True
    answers = await asyncio.gather(journal.append(entries[2:4]), journal.append(entries[4:5]))
    assert [type(answer) for answer in answers] == [Unknown, Unknown]
    failing[0] = False
    assert isinstance(await journal.append(entries[2:4]), Unknown)
    with pytest.raises(StoreDown):
        await journal.read()
    again = await SqliteJournal.open(path)  # although the first was never closed
    assert await again.read() == entries[:2]
    assert await again.append(entries[2:]) == Committed()
    await again.close()
    await journal.close()
    assert journal_threads() == []


async def test_a_failing_checkpoint(path):
    """A full disk at a checkpoint waits for better times; an ill disk closes the journal, after its answer was given."""
    failing: list[sqlite3.OperationalError | None] = [None]

    class Failing(sqlite3.Connection):
        def execute(self, sql, *parameters):
            if failing[0] and "wal_checkpoint(PASSIVE)" in sql:
                raise failing[0]
            return super().execute(sql, *parameters)

    journal = await SqliteJournal.create(path, connect=Seam(Failing), checkpoint_entries=1)
    entries = log(4)
    failing[0] = error(sqlite3.SQLITE_FULL, "no room")
    assert await journal.append(entries[:1]) == Committed()
    assert await journal.append(entries[1:2]) == Committed()
    await journal.read()  # when it is answered, the checkpoint before it is over
    failing[0] = error(sqlite3.SQLITE_IOERR_FSYNC, "the disk is ill")
    assert await journal.append(entries[2:3]) == Committed()
    assert isinstance(await journal.append(entries[3:]), Unknown)
    await journal.close()
    journal = await SqliteJournal.open(path)
    assert await journal.read() == entries[:3]
    await journal.close()


def killed_after(arguments: list[str], acks: int) -> list[str]:
    """Run the worker until it has said so many lines, kill it; all that it said."""
    with subprocess.Popen(arguments, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        lines = list(islice(process.stdout, acks))
        process.kill()
        return [line.strip() for line in (*lines, *process.stdout)]


async def test_kill_loses_nothing_that_was_acknowledged(path):
    """A process killed at any moment, five times over: every acknowledged entry is there, in whole batches."""
    chance = random.Random(5)
    count, last = 3000, -1
    expected = log(count)
    for kill in range(5):
        mode = "together" if kill % 2 else "append"
        last = max(last, acked(killed_after(command(mode, path, count), chance.randint(5, 60))))
        file = SqliteFile.open(path)
        there = file.tail.n
        assert there >= last
        assert there % 3 == 0  # the genesis alone, then batches of three
        assert file.tail.hash == expected[there].hash
        file.close()
        last = there
    assert last > 50


def failing_syncs(when: str) -> list[str]:
    """strace counts the calls of each thread by itself, and every opening has a new thread."""
    return [
        strace(),
        *("-f", "-o", "/dev/null", "-e", "trace=fdatasync"),
        *("-e", f"inject=fdatasync:error=EIO:when={when}"),
    ]


@pytest.mark.parametrize("nth", [11, 14, 20])
def test_a_failed_sync_is_unknown_and_nothing_is_lost(path, nth):
    """EIO from the disk at one sync: the worker hears Unknown, opens again, and goes on to the end."""
    lines = run([*failing_syncs(str(nth)), *command("append", path, 60)])
    assert "UNKNOWN" in lines
    assert lines[-1] == "DONE"
    file = SqliteFile.open(path)
    assert file.tail.n == 59
    file.close()


@pytest.mark.parametrize("nth", range(1, 9))
def test_a_sync_that_fails_while_a_journal_is_made_leaves_no_journal(path, nth):
    """A journal is there and whole, or it was never made."""
    lines = run([*failing_syncs(str(nth)), *command("append", path, 4)])
    if lines == ["REFUSED"]:
        assert list(path.parent.iterdir()) == []
    else:
        assert lines[-1] == "DONE"
        file = SqliteFile.open(path)
        assert file.tail.n == 3
        file.close()


def test_a_disk_that_stays_ill_keeps_nothing(path):
    """EIO from every sync: nothing is acknowledged, however often the journal is opened again, and nothing is lost."""
    assert acked(run(command("append", path, 31))) == 30
    assert run([*failing_syncs("1+"), *command("append", path, 60)]) == ["OPEN", "UNKNOWN"] * UNKNOWN_MAX + ["GIVEN UP"]
    file = SqliteFile.open(path)
    assert file.tail.n in {30, 33}
    assert file.tail.hash == log(60)[file.tail.n].hash
    file.close()


def test_what_cannot_be_synced_is_not_read(path):
    """After a kill the last commits may be in the system's cache only. A disk that cannot sync them opens no journal."""
    lines = killed_after(command("append", path, 3000), 20)
    assert run([*failing_syncs("1+"), *command("read", path)]) == ["REFUSED"]
    assert acked(run(command("read", path))) >= acked(lines)


def test_no_space_left_is_full_and_goes_on(path):
    """ENOSPC from one write: Full, and the same batch goes the next time."""
    inject = ["-f", "-o", "/dev/null", "-e", "trace=pwrite64", "-e", "inject=pwrite64:error=ENOSPC:when=60"]
    lines = run([strace(), *inject, *command("append", path, 60)])
    assert "FULL" in lines
    assert "UNKNOWN" not in lines
    assert lines[-1] == "DONE"
    file = SqliteFile.open(path)
    assert file.tail.n == 59
    file.close()


# ------------------------------------------------------------------ what others do to the file


COUNT = 6
CHANGES = {
    "body": "UPDATE entry SET body = x'00' WHERE n = ?",
    "salt": "UPDATE entry SET salt = zeroblob(32) WHERE n = ?",
    "hash": "UPDATE entry SET hash = zeroblob(32) WHERE n = ?",
    "previous": "UPDATE entry SET previous = CAST(x'11' || substr(previous, 2) AS BLOB) WHERE n = ?",
    "epoch": "UPDATE entry SET epoch = epoch + 1 WHERE n = ?",
    "at_ms": "UPDATE entry SET at_ms = at_ms + 1 WHERE n = ?",
    "kind": "UPDATE entry SET kind = 'other' WHERE n = ?",
    "seat": "UPDATE entry SET seat = 'seat-b' WHERE n = ?",
    "command id": "UPDATE entry SET command_id = 'other' WHERE n = ?",
    "text": "UPDATE word SET text = 'other' WHERE n = ?",
    "no UTF-8": "UPDATE word SET text = CAST(x'ff' AS TEXT) WHERE n = ?",
    "word salt": "UPDATE word SET salt = NULL WHERE n = ?",
    "commitment": "UPDATE word SET commitment = zeroblob(32) WHERE n = ?",
    "word": "DELETE FROM word WHERE n = ?",
    "dropped": "DELETE FROM entry WHERE n = ?",
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("at", range(COUNT))
async def test_a_changed_row_is_named_at_opening(path, change, at):
    """The room does not start on a changed record, and hears which entry it is."""
    journal = await SqliteJournal.create(path)
    await journal.append(log(COUNT))
    await journal.close()
    connection = sqlite3.connect(path)
    with connection:
        assert connection.execute(CHANGES[change], (at,)).rowcount == 1
    connection.close()
    before = path.read_bytes()
    with pytest.raises(Broken) as broken:
        await SqliteJournal.open(path)
    assert broken.value.fault.entry == at
    assert path.read_bytes() == before


@pytest.mark.parametrize("at", range(COUNT - 1))
async def test_swapped_rows_are_named(path, at):
    """Two entries that exchanged their numbers."""
    journal = await SqliteJournal.create(path)
    await journal.append(log(COUNT))
    await journal.close()
    connection = sqlite3.connect(path)
    with connection:
        for table in ("entry", "word"):
            for old, new in ((at, 99), (at + 1, at), (99, at + 1)):
                connection.execute(f"UPDATE {table} SET n = ? WHERE n = ?", (new, old))
    connection.close()
    with pytest.raises(Broken) as broken:
        await SqliteJournal.open(path)
    assert broken.value.fault.entry == at


FLIPPED = ("G5", "a bit flipped anywhere in the journal's file: it is refused, or lies where nothing of the log is")
FLIPS = 300
FLIP_SEED = 8


async def flips(path: Path) -> tuple[int, int]:
    """Change one bit of a file at a time and open it: how often that was refused, and how often another log was read."""
    journal = await SqliteJournal.create(path)
    entries = log(COUNT)
    await journal.append(entries)
    await journal.close()
    data = path.read_bytes()
    other = path.with_name("flipped.journal")
    chance = random.Random(FLIP_SEED)
    refused = changed = 0
    for at in chance.sample(range(len(data)), FLIPS):
        other.write_bytes(data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :])
        try:
            file = SqliteFile.open(other)
            with contextlib.closing(file):
                found = file.slice(0, 100)
        except (CannotOpen, Broken):
            refused += 1
            continue
        changed += [(e.header, e.body, e.words, e.hash) for e in found] != [
            (e.header, e.body, e.words, e.hash) for e in entries
        ]
    return refused, changed


@pytest.mark.proof(*FLIPPED)
async def test_a_flipped_byte_changes_nothing_unnoticed(path, proof):
    """No other log is ever read."""
    refused, changed = await flips(path)
    assert not changed
    assert refused > 10  # most of a small file is empty pages
    proof.tried(FLIPS, faults=FLIPS, seed=FLIP_SEED)


@pytest.mark.proof(*FLIPPED, mutant=True)
async def test_a_file_that_is_not_checked_is_found(path, monkeypatch):
    """It reads another log, and says nothing."""
    monkeypatch.setattr(SqliteFile, "verify", lambda _self: None)
    assert (await flips(path))[1]


async def test_read_names_what_broke_while_running(path):
    """A row changed behind the running journal's back, as a failing disk would."""
    seam = Seam()
    journal = await SqliteJournal.create(path, connect=seam)
    await journal.append(log(COUNT))
    seam.connections[-1].execute("UPDATE entry SET body = x'00' WHERE n = 4")
    with pytest.raises(Broken) as broken:
        await journal.read(2)
    assert broken.value.fault.entry == 4
    with pytest.raises(Broken):
        await journal.export_to(path.with_name("export.kerege"))
    assert not path.with_name("export.kerege").exists()
    await journal.close()


# ------------------------------------------------------------------ erasing, exporting, restoring


async def test_an_erased_word_is_in_no_file(path):
    """The bytes of an erased text are neither in the database nor in its write-ahead log, while it runs and after."""
    canary = "Виктор Санд лично"
    journal = await SqliteJournal.create(path)
    first = entry_after(None, words=1)
    await journal.append([first])
    long = word("long", canary * 1000, salt("long"))  # on overflow pages
    second = resealed(entry_after(first), words=(word("short", canary, salt("short")), long))
    await journal.append([second])

    def holding() -> list[str]:
        return [file.name for file in path.parent.iterdir() if canary.encode() in file.read_bytes()]

    assert holding() == [path.name + "-wal"]
    assert await journal.erase(["short", "long"]) == 2
    assert holding() == []
    await journal.append([entry_after(second)])
    await journal.close()
    assert holding() == []


async def test_a_word_erased_during_an_export_is_not_in_it(path):
    """The export starts again rather than carry a word that was erased while it was written."""
    journal = await SqliteJournal.create(path)
    entries = log(3 * SLICE_ENTRIES)
    for start in range(0, len(entries), 256):
        await journal.append(entries[start : start + 256])
    export = path.with_name("export.kerege")
    exporting = asyncio.ensure_future(journal.export_to(export))
    while not export.exists() or export.stat().st_size < 1000:
        await asyncio.sleep(0)
    assert await journal.erase(["w0.0"]) == 1
    await exporting
    assert verify_file(export).count == len(entries)
    assert "сказано 0.0".encode() not in export.read_bytes()
    await journal.close()


async def test_an_export_goes_on_while_the_exercise_does(path):
    """Entries appended meanwhile are kept in the journal and are not in the export."""
    journal = await SqliteJournal.create(path)
    entries = log(2 * SLICE_ENTRIES + 50)
    for start in range(0, 2 * SLICE_ENTRIES, 256):
        await journal.append(entries[start : start + 256])
    exporting = asyncio.ensure_future(journal.export_to(path.with_name("export.kerege")))
    await asyncio.sleep(0)
    for entry in entries[2 * SLICE_ENTRIES :]:
        assert await journal.append([entry]) == Committed()
    head = await exporting
    assert head.n == 2 * SLICE_ENTRIES - 1
    assert await journal.read() == entries
    await journal.close()


async def test_an_export_becomes_a_journal_again(path, tmp_path):
    """Restored, it has every entry, its erased words erased, and goes on."""
    journal = await SqliteJournal.create(path)
    entries = log(600)
    for start in range(0, 600, 200):
        await journal.append(entries[start : start + 200])
    await journal.erase(["w5.0"])
    kept = await journal.read()
    export, target = tmp_path / "export.kerege", tmp_path / "restored.journal"
    head = await journal.export_to(export)
    await journal.close()
    assert await SqliteJournal.restore(export, target) == head
    again = await SqliteJournal.open(target)
    assert await again.read() == kept
    assert await again.append([entry_after(entries[-1])]) == Committed()
    await again.close()
    with pytest.raises(FileExistsError):
        await SqliteJournal.restore(export, target)
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "export.kerege",
        "restored.journal",
        "silver-reed.journal",
    ]


async def test_a_damaged_export_becomes_nothing(path, tmp_path):
    """A truncated or flipped export is refused with the entry, and leaves no file."""
    journal = await SqliteJournal.create(path)
    await journal.append(log(5))
    export, target = tmp_path / "export.kerege", tmp_path / "restored.journal"
    await journal.export_to(export)
    await journal.close()
    data = export.read_bytes()
    at = data.index(b"body of entry 3")
    for damaged in (data[:at], data[:at] + b"B" + data[at + 1 :]):
        export.write_bytes(damaged)
        with pytest.raises(Broken) as broken:
            await SqliteJournal.restore(export, target)
        assert broken.value.fault.entry == 3
        assert not target.exists()


async def test_a_rebuilt_journal_opens(path):
    """Who can write the file and rebuild the chain makes a good journal: only a head kept outside tells (chain)."""
    journal = await SqliteJournal.create(path)
    forged = rebuilt(log(COUNT), 2, body=b"forged")
    await journal.append(forged)
    await journal.close()
    journal = await SqliteJournal.open(path)
    assert await journal.read() == forged
    await journal.close()


def test_the_plain_connection_waits_for_nobody(path):
    """A second owner is refused at once."""
    connection = connect(str(path))
    assert connection.execute("PRAGMA busy_timeout").fetchone()[0] == 0
    assert connection.isolation_level is None
    connection.close()
    shutil.rmtree(path.parent)
