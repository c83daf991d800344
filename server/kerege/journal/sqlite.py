"""The journal of one box: one SQLite file per exercise, one connection, one writer thread, group commit.

    append --SimpleQueue--> thread: take all that waits, up to GROUP_ENTRIES_MAX --one transaction, one fsync--> disk
       ^------------------- one call_soon_threadsafe answers all of them ----------------------------------------'

Three rules:

- An answer is given after the fsync, never before.
- SQLITE_FULL and SQLITE_BUSY are clean: the transaction is rolled back, the answer is Full, the next append may work.
- Any other error leaves open what is on the disk (a failed fsync keeps the written frame: a ghost that a restart finds).
  Everything that waits is answered Unknown, and the journal is closed for good: connection shut, thread ended. Open
  the file again to learn what it holds.

The thread is a daemon, so that a disk that hangs cannot keep the process from ending; `close` waits CLOSE_S_MAX for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from kerege.journal import batch as batches
from kerege.journal.chain import EMPTY, Broken, Head, Tail, fault_of, tail_of
from kerege.journal.entry import Sealed
from kerege.journal.export import Writer, new_file, read_file, sync_folder, verify_file
from kerege.journal.port import (
    BATCH_ENTRIES_MAX,
    Appended,
    BadBatch,
    Committed,
    Full,
    StoreDown,
    Unknown,
)
from kerege.journal.sqlite_file import SLICE_ENTRIES, Connect, SqliteFile, connect, primary_code, remove

T = TypeVar("T")

GROUP_ENTRIES_MAX = 256
"""Entries per transaction. At 64 the fsync is a tenth of the cost already; at 256 the oldest waits a few ms more."""
WAITING_MAX = 1024
"""Appends and other work not yet answered. The room has one append in flight; this bounds a mistake."""
CHECKPOINT_ENTRIES = 2048
"""Entries between two checkpoints: a write-ahead log of some MiB, copied in a few ms."""
IDLE_S = 2.0
"""After so long without work the write-ahead log is copied into the database."""
CLOSE_S_MAX = 5.0
"""How long `close` waits for the disk."""


class _Append(msgspec.Struct, frozen=True, eq=False):
    batch: Sequence[Sealed]
    answer: asyncio.Future[Appended]


class _Ask(msgspec.Struct, frozen=True, eq=False):
    """Any other work on the file, done between two transactions."""

    work: Callable[[SqliteFile], Any]
    answer: asyncio.Future[Any]


class _Stop(msgspec.Struct, frozen=True, eq=False):
    pass


_Job = _Append | _Ask | _Stop
_Outcome = tuple[asyncio.Future[Any], Any]


class SqliteJournal:
    """The port over a file. Made by `create` and `open`; belongs to the event loop it was made in."""

    def __init__(self, checkpoint_entries: int = CHECKPOINT_ENTRIES) -> None:
        self._loop = asyncio.get_running_loop()
        self._jobs: queue.SimpleQueue[_Job] = queue.SimpleQueue()
        self._waiting: dict[asyncio.Future[Any], type[_Job]] = {}
        self._thread: threading.Thread | None = None
        self._ended = self._loop.create_future()
        self._why = ""  # not open, and why; "" while open
        self._checkpoint_entries = checkpoint_entries
        self._erasures = 0

    @classmethod
    async def create(
        cls, path: Path, *, connect: Connect = connect, checkpoint_entries: int = CHECKPOINT_ENTRIES
    ) -> SqliteJournal:
        """Make a new journal file. Raises FileExistsError, CannotOpen."""
        return await cls._started(partial(SqliteFile.create, path, connect), checkpoint_entries)

    @classmethod
    async def open(
        cls, path: Path, *, connect: Connect = connect, checkpoint_entries: int = CHECKPOINT_ENTRIES
    ) -> SqliteJournal:
        """Open an existing journal file and verify it. Raises FileNotFoundError, CannotOpen, Broken."""
        return await cls._started(partial(SqliteFile.open, path, connect), checkpoint_entries)

    @classmethod
    async def restore(cls, export: Path, path: Path) -> Head | None:
        """Make a journal file from an export, never over an existing file. Raises FileExistsError, Broken, CannotOpen.

        A name is taken first and the finished file put there last, so that a crash on the way leaves an empty file,
        which is refused at opening, and never a journal that is good but too short.
        """
        verdict = await asyncio.to_thread(verify_file, export)
        if verdict.fault is not None:
            raise Broken(verdict.fault)
        new_file(path).close()
        part = path.with_name(path.name + ".restoring")
        try:
            remove(part)  # of an earlier crash: nobody else may take our name
            await cls._fill(part, export)
            os.replace(part, path)  # noqa: PTH105  os.replace is the one that promises to be atomic
        except BaseException:
            remove(part)
            remove(path)
            raise
        sync_folder(path.parent)
        return verdict.head

    async def append(self, batch: Sequence[Sealed]) -> Appended:
        """Queue the batch for the next transaction and wait for its fsync."""
        if self._why:
            return Unknown(self._why)
        batches.check(batch)
        if not batch:
            return Committed()
        if len(self._waiting) >= WAITING_MAX:
            return Full(f"{WAITING_MAX} appends are waiting for the disk")
        answer: asyncio.Future[Appended] = self._loop.create_future()
        self._put(_Append(tuple(batch), answer))
        return await answer

    async def try_write(self) -> Appended:
        """One page, written and synced between two transactions."""
        try:
            await self._ask(SqliteFile.touch)
        except StoreDown as down:
            return Unknown(self._why) if self._why else Full(str(down))
        return Committed()

    async def read(self, first: int = 0) -> list[Sealed]:
        """All entries from `first` on, read slice by slice so that appends go on in between."""
        end = (await self._ask(lambda file: file.tail)).n + 1
        tail = await self._ask(lambda file: file.tail_at(first - 1)) if first > 0 else EMPTY
        entries: list[Sealed] = []
        for start in range(first, end, SLICE_ENTRIES):
            part, tail = await self._ask(partial(_checked_slice, tail=tail, first=start, end=end))
            entries.extend(part)
        return entries

    async def erase(self, word_ids: Sequence[str]) -> int:
        """Erase the words in the database and empty the write-ahead log, which still holds them."""
        self._erasures += 1
        return await self._ask(partial(_erase, word_ids=tuple(word_ids)))

    async def export_to(self, path: Path) -> Head | None:
        """Write the export slice by slice in the thread; anew if words were erased meanwhile."""
        while True:
            erasures = self._erasures
            head = await self._export_once(path)
            if erasures == self._erasures:
                return head
            await asyncio.to_thread(path.unlink)

    async def close(self) -> None:
        """Let what was appended finish, then release the file. Raises StoreDown if the disk does not answer."""
        if not self._why:
            self._why = "the journal is closed"
            self._jobs.put(_Stop())
        await asyncio.wait({self._ended}, timeout=CLOSE_S_MAX)
        if not self._ended.done():
            self._give_up()
            raise StoreDown(f"the disk did not answer for {CLOSE_S_MAX:.0f} s: the file is still held")
        assert self._thread is not None
        self._thread.join()  # it has done its last work: this is a moment

    # ------------------------------------------------------------------ the loop's side

    @classmethod
    async def _started(cls, opening: Callable[[], SqliteFile], checkpoint_entries: int) -> SqliteJournal:
        journal = cls(checkpoint_entries)
        opened: asyncio.Future[None] = journal._loop.create_future()
        thread = threading.Thread(target=journal._run, args=(opening, opened), name="journal", daemon=True)
        journal._thread = thread
        thread.start()
        try:
            await opened
        except asyncio.CancelledError:
            journal._jobs.put(_Stop())
            raise
        except BaseException:
            thread.join()  # it has said its last word: this is a moment
            raise
        return journal

    @classmethod
    async def _fill(cls, part: Path, export: Path) -> None:
        journal = await cls.create(part)
        try:
            batch: list[Sealed] = []
            for entry in read_file(export):
                batch.append(entry)
                if len(batch) == BATCH_ENTRIES_MAX:
                    await _append_or_raise(journal, batch)
                    batch = []
            await _append_or_raise(journal, batch)
        finally:
            await journal.close()

    async def _ask(self, work: Callable[[SqliteFile], T]) -> T:
        if self._why:
            raise StoreDown(self._why)
        if len(self._waiting) >= WAITING_MAX:
            raise StoreDown("too much is waiting for the disk")
        answer: asyncio.Future[T] = self._loop.create_future()
        self._put(_Ask(work, answer))
        return await answer

    async def _export_once(self, path: Path) -> Head | None:
        end = (await self._ask(lambda file: file.tail)).n + 1
        writer = Writer(path, end)
        try:
            for start in range(0, end, SLICE_ENTRIES):
                part = await self._ask(partial(SqliteFile.slice, first=start, end=end))
                await asyncio.to_thread(writer.add, part)
            return await asyncio.to_thread(writer.finish)
        finally:
            writer.drop()

    def _put(self, job: _Append | _Ask) -> None:
        self._waiting[job.answer] = type(job)
        job.answer.add_done_callback(self._waiting.pop)
        self._jobs.put(job)

    def _died(self, why: str) -> None:
        """The thread has ended, of itself or by an error. From here on nothing reaches it, so nothing may wait."""
        self._why = self._why or why
        self._give_up()
        if not self._ended.done():
            self._ended.set_result(None)

    def _give_up(self) -> None:
        lost, down = Unknown(self._why), StoreDown(self._why)
        _resolve([(answer, lost if kind is _Append else down) for answer, kind in self._waiting.items()])

    # ------------------------------------------------------------------ the thread's side

    def _run(self, opening: Callable[[], SqliteFile], opened: asyncio.Future[None]) -> None:
        try:
            file = opening()
        except BaseException as error:  # noqa: BLE001  whoever waits for the opening is told, whatever it was
            self._tell([(opened, error)])
            return
        self._tell([(opened, None)])
        why = "the journal is closed"
        try:
            self._serve(file)
        except Exception as error:  # noqa: BLE001  nobody knows what is on the disk; all who wait are told so
            why = f"the disk failed, what was being written may or may not be kept: {error}"
        finally:
            with contextlib.suppress(sqlite3.Error):
                file.close()
            with contextlib.suppress(RuntimeError):  # the loop is gone, and with it everybody who waits
                self._loop.call_soon_threadsafe(self._died, why)

    def _serve(self, file: SqliteFile) -> None:
        """Do the work in order until told to stop. An error that leaves it ends the journal."""
        unsettled = 0
        job: _Job | None = None
        while True:
            job = job or self._next(IDLE_S if unsettled else None)
            match job:
                case _Stop():
                    return
                case _Ask():
                    self._do(file, job)
                    job = None
                case _Append():
                    group, job = self._gather(job)
                    self._commit(file, group)
                    unsettled += sum(len(append.batch) for append in group)
                    if unsettled >= self._checkpoint_entries:
                        unsettled = _settle(file, unsettled)
                case None:  # idle
                    unsettled = _settle(file, 0)

    def _next(self, timeout_s: float | None) -> _Job | None:
        try:
            return self._jobs.get(timeout=timeout_s)
        except queue.Empty:
            return None

    def _gather(self, first: _Append) -> tuple[list[_Append], _Job | None]:
        """All appends that wait already, and the job after them that cannot go along."""
        group, entries = [first], len(first.batch)
        while True:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return group, None
            if not isinstance(job, _Append) or entries + len(job.batch) > GROUP_ENTRIES_MAX:
                return group, job
            group.append(job)
            entries += len(job.batch)

    def _commit(self, file: SqliteFile, group: list[_Append]) -> None:
        try:
            answers = _transaction(file, [append.batch for append in group])
        except sqlite3.IntegrityError:
            file.rollback()
            if len(group) > 1:  # rare, and somebody's mistake: find out whose
                for append in group:
                    self._commit(file, [append])
                return
            answers = [BadBatch("a command id of its seat is already in the log")]
        except sqlite3.Error as error:
            if not _clean(error):
                raise
            file.rollback()
            answers = [Full(str(error))] * len(group)
        self._tell([(append.answer, answer) for append, answer in zip(group, answers, strict=True)])

    def _do(self, file: SqliteFile, job: _Ask) -> None:
        try:
            self._tell([(job.answer, job.work(file))])
        except Broken as broken:
            self._tell([(job.answer, broken)])
        except sqlite3.Error as error:
            if not _clean(error):
                raise
            file.rollback()
            self._tell([(job.answer, StoreDown(str(error)))])

    def _tell(self, outcomes: list[_Outcome]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is gone, and with it everybody who waits
            self._loop.call_soon_threadsafe(_resolve, outcomes)


async def _append_or_raise(journal: SqliteJournal, batch: Sequence[Sealed]) -> None:
    answer = await journal.append(batch)
    if not isinstance(answer, Committed):
        raise StoreDown(f"the journal could not be restored: {answer}")


def _transaction(file: SqliteFile, group: list[Sequence[Sealed]]) -> list[Any]:
    """Write all batches that follow in one transaction; the answers in order. An error means none is kept, or unknown."""
    answers: list[Any] = []
    tail = file.tail
    file.begin()
    for batch in group:
        try:
            following = batches.follow(tail, batch)
        except BadBatch as bad:
            answers.append(bad)
            continue
        if isinstance(following, Tail):
            file.insert(batch)
            tail = following
        answers.append(Committed() if isinstance(following, Tail) else following)
    file.commit(tail)
    return answers


def _settle(file: SqliteFile, unsettled: int) -> int:
    """Copy the write-ahead log into the database; on a full disk leave it for later."""
    try:
        file.checkpoint()
    except sqlite3.Error as error:
        if not _clean(error):
            raise
        return unsettled
    return 0


def _checked_slice(file: SqliteFile, tail: Tail, first: int, end: int) -> tuple[list[Sealed], Tail]:
    entries = file.slice(first, end)
    for entry in entries:
        fault = fault_of(entry, tail)
        if fault is not None:
            raise Broken(fault)
        tail = tail_of(entry)
    return entries, tail


def _erase(file: SqliteFile, word_ids: Sequence[str]) -> int:
    erased = file.erase(word_ids)
    file.forget()
    return erased


def _clean(error: sqlite3.Error) -> bool:
    """True for the errors after which SQLite rolls back and nothing is left behind."""
    return primary_code(error) in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY}


def _resolve(outcomes: Sequence[_Outcome]) -> None:
    for answer, outcome in outcomes:
        if answer.done():  # its asker was cancelled
            continue
        if isinstance(outcome, BaseException):
            answer.set_exception(outcome)
        else:
            answer.set_result(outcome)
