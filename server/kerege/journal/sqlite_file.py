"""One journal file and the one connection to it: opening it with all that is promised, rows in, rows out.

Synchronous, and used from one thread only. What is promised, and refused at opening if it cannot be had:

    locking_mode=EXCLUSIVE  one connection in one process. A second server on the file is refused, and so is the only
                            road to SQLite's WAL-reset bug (3.7.0 to 3.51.2), which needs two connections.
    journal_mode=WAL        one fsync per commit
    synchronous=FULL        that fsync happens before COMMIT returns. With NORMAL half of all power cuts lose
                            acknowledged entries; so it is read back.
    secure_delete=ON        an erased word's bytes are overwritten (and `forget` sees to copies that a split page left)

Opening also *settles* the file: it copies the write-ahead log into the database and syncs that. A commit that was
written but not synced (kill -9 at that moment, a failed fsync) may be read back from the system's cache although it is
not on the disk; whoever read it would answer "accepted" for something the next power cut takes away.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from kerege.journal.chain import EMPTY, Broken, Fault, Tail, fault_of, tail_of
from kerege.journal.entry import Header, Sealed, Word
from kerege.journal.export import new_file, sync_folder
from kerege.journal.port import CannotOpen

APPLICATION_ID = 0x4B524745  # "KRGE", in the file's header: `file` and we know it by that
USER_VERSION = 1
SQLITE_VERSION_MIN = (3, 37, 0)  # STRICT tables
SYNCHRONOUS_FULL = 2
SLICE_ENTRIES = 1024
"""Entries read in one go: about 10 ms, the longest that an append has to wait for a reader."""

NETWORK_FILE_SYSTEMS = frozenset(
    {"9p", "afs", "ceph", "cifs", "fuse.glusterfs", "fuse.sshfs", "lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs"}
)
"""Their locks and syncs are not to be trusted with a journal."""

Connect = Callable[[str], sqlite3.Connection]

_SCHEMA = """
BEGIN IMMEDIATE;
CREATE TABLE entry (
    n INTEGER PRIMARY KEY,
    epoch INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    body BLOB NOT NULL,
    salt BLOB NOT NULL,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL,
    wall_ms INTEGER NOT NULL,
    seat TEXT NOT NULL,
    command_id TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX asked ON entry (seat, command_id) WHERE seat <> '';
CREATE TABLE word (
    n INTEGER NOT NULL,
    place INTEGER NOT NULL,
    id TEXT NOT NULL,
    commitment BLOB NOT NULL,
    salt BLOB,
    text TEXT,
    PRIMARY KEY (n, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX word_id ON word (id);
"""

_ENTRY = "n, epoch, at_ms, kind, version, body, salt, previous, hash, wall_ms, seat, command_id"
_INSERT_ENTRY = f"INSERT INTO entry ({_ENTRY}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608  ours
_INSERT_WORD = "INSERT INTO word (n, place, id, commitment, salt, text) VALUES (?, ?, ?, ?, ?, ?)"
_SELECT_ENTRIES = f"SELECT {_ENTRY} FROM entry WHERE n >= ? AND n < ? ORDER BY n"  # noqa: S608  ours
_SELECT_WORDS = "SELECT n, id, commitment, salt, text FROM word WHERE n >= ? AND n < ? ORDER BY n, place"
_SELECT_TAIL = "SELECT n, hash, epoch FROM entry WHERE n = ?"
_ERASE = "UPDATE word SET salt = NULL, text = NULL WHERE id = ? AND text IS NOT NULL"


def connect(path: str) -> sqlite3.Connection:
    """A plain connection: no waiting for locks (a second owner is to be refused, not queued), no hidden transactions."""
    return sqlite3.connect(path, timeout=0, isolation_level=None)


class SqliteFile:
    """An open journal file. `tail` is what is on the disk."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.tail = EMPTY

    @classmethod
    def create(cls, path: Path, connect: Connect = connect) -> SqliteFile:
        """Make a new, empty journal.

        Raises:
            FileExistsError: Nothing is written over.
            CannotOpen: See the module's first lines.
        """
        refuse_network(path)
        new_file(path).close()
        try:
            with _explained(path):
                connection = connect(str(path))
                with _closed_on_error(connection):
                    _settings(connection)
                    connection.executescript(
                        f"{_SCHEMA} PRAGMA application_id={APPLICATION_ID}; PRAGMA user_version={USER_VERSION}; COMMIT;"
                    )
                    _checkpoint(connection, "TRUNCATE")
            sync_folder(path.parent)
        except BaseException:
            remove(path)
            raise
        return cls(connection)

    @classmethod
    def open(cls, path: Path, connect: Connect = connect) -> SqliteFile:
        """Open an existing journal, settle it, and check every byte of it.

        Raises:
            FileNotFoundError: A missing journal is a loss, never a new exercise.
            CannotOpen: See the module's first lines.
            Broken: An entry does not hold.
        """
        if not path.exists():
            raise FileNotFoundError(f"there is no journal {path}")
        refuse_network(path)
        with _explained(path):
            connection = connect(str(path))
            with _closed_on_error(connection):
                connection.execute("PRAGMA locking_mode=EXCLUSIVE").fetchall()
                _known(connection, path)  # before any setting that would change a file that is not ours
                _settings(connection)
                _checkpoint(connection, "TRUNCATE")
                journal = cls(connection)
                journal.verify()
        return journal

    def insert(self, batch: Iterable[Sealed]) -> None:
        """Write entries inside the transaction that is open."""
        for entry in batch:
            header = entry.header
            self._connection.execute(
                _INSERT_ENTRY,
                (
                    header.n,
                    header.epoch,
                    header.at_ms,
                    header.kind,
                    header.version,
                    entry.body,
                    entry.salt,
                    entry.previous,
                    entry.hash,
                    entry.wall_ms,
                    entry.seat,
                    entry.command_id,
                ),
            )
            for place, word in enumerate(entry.words):
                row = (header.n, place, word.id, word.commitment, word.salt, word.text)
                self._connection.execute(_INSERT_WORD, row)

    def begin(self) -> None:
        """Open a transaction for writing."""
        self._connection.execute("BEGIN IMMEDIATE")

    def commit(self, tail: Tail) -> None:
        """Make the transaction durable. An error here leaves open whether it is on the disk."""
        self._connection.execute("COMMIT")
        self.tail = tail

    def touch(self) -> None:
        """Write the version that is there already: a page goes to the disk and is synced, and nothing has changed."""
        self.begin()
        self._connection.execute(f"PRAGMA user_version={USER_VERSION}")
        self._connection.execute("COMMIT")

    def rollback(self) -> None:
        """Drop the transaction that is open, if SQLite has not done so by itself."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def slice(self, first: int, end: int) -> list[Sealed]:
        """The entries from `first` to below `end`, at most SLICE_ENTRIES, as they are stored: nothing is checked."""
        end = min(end, first + SLICE_ENTRIES)
        try:
            return self._rows(first, end)
        except sqlite3.DatabaseError as error:
            if not _damaged(error):
                raise
            if end - first == 1:
                raise Broken(Fault(first, "file", f"entry {first} cannot be read: {error}")) from error
        return [entry for n in range(first, end) for entry in self.slice(n, n + 1)]  # raises at the one it cannot read

    def tail_at(self, n: int) -> Tail:
        """What entry `n + 1` has to follow."""
        row = self._connection.execute(_SELECT_TAIL, (n,)).fetchone()
        return EMPTY if row is None else Tail(*row)

    def erase(self, word_ids: Sequence[str]) -> int:
        """Erase words in one transaction of its own; return how many there were."""
        self.begin()
        erased = sum(self._connection.execute(_ERASE, (word_id,)).rowcount for word_id in word_ids)
        self.commit(self.tail)
        return erased

    def checkpoint(self) -> None:
        """Copy the write-ahead log into the database; the next commit starts it anew."""
        _checkpoint(self._connection, "PASSIVE")

    def forget(self) -> None:
        """
        Write the whole file anew and empty the write-ahead log: until then they hold what was before an erasure.

        `secure_delete` alone does not do it: when a page of the tree is split, a copy of what moved away may stay in the
        gap that it left. (VACUUM's own scratch is in memory: `temp_store`.)
        """
        self._connection.execute("VACUUM")
        _checkpoint(self._connection, "TRUNCATE")

    def close(self) -> None:
        """Let go of the file. SQLite settles it when it can."""
        self._connection.close()

    def verify(self) -> None:
        """Check pages, indexes and chain, and learn the tail.

        Raises:
            CannotOpen: The file is damaged below the level of entries.
            Broken: An entry does not hold.
        """
        problems = [row[0] for row in self._connection.execute("PRAGMA integrity_check(5)")]
        try:
            tail = self._walk()
        except (TypeError, ValueError, AttributeError) as error:  # a value of a kind that STRICT would not have let in
            raise CannotOpen("the journal's file is damaged: " + "; ".join(problems)) from error
        # The chain is walked first although the pages are known to be bad: it can name the entry.
        if problems != ["ok"]:
            raise CannotOpen("the journal's file is damaged: " + "; ".join(problems))
        stray = self._connection.execute("SELECT min(n) FROM word WHERE n NOT IN (SELECT n FROM entry)").fetchone()[0]
        if stray is not None:
            raise Broken(Fault(stray, "word", f"a word belongs to entry {stray}, which is not there"))
        self.tail = tail

    def _walk(self) -> Tail:
        low, high = self._connection.execute("SELECT min(n), max(n) FROM entry").fetchone()
        tail = EMPTY
        if low is not None and low < 0:
            raise Broken(Fault(low, "order", f"entry {low} comes before entry 0"))
        while high is not None and tail.n < high:
            entries = self.slice(tail.n + 1, high + 1)
            if not entries:
                raise Broken(Fault(tail.n + 1, "hole", f"entry {tail.n + 1} is missing"))
            for entry in entries:
                fault = fault_of(entry, tail)
                if fault is not None:
                    raise Broken(fault)
                tail = tail_of(entry)
        return tail

    def _rows(self, first: int, end: int) -> list[Sealed]:
        words: dict[int, list[Word]] = {}
        for n, *word in self._connection.execute(_SELECT_WORDS, (first, end)):
            words.setdefault(n, []).append(Word(*word))
        return [
            Sealed(Header(n, epoch, at_ms, kind, version), body, salt, tuple(words.get(n, ())), *rest)
            for n, epoch, at_ms, kind, version, body, salt, *rest in self._connection.execute(
                _SELECT_ENTRIES, (first, end)
            )
        ]


def remove(path: Path) -> None:
    """Remove a journal that was never finished, with its write-ahead log."""
    for name in (path, path.with_name(path.name + "-wal")):
        name.unlink(missing_ok=True)


def refuse_network(path: Path, mounts: Path = Path("/proc/self/mounts")) -> None:
    """Refuse a file system behind a network. Linux only: elsewhere nothing says so simply, and nothing is checked."""
    folder = path.resolve().parent
    kind = file_system(folder, mounts)
    if is_network(kind):
        raise CannotOpen(f"{folder} is on a network file system ({kind}); a journal needs a disk of this machine")


def file_system(folder: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """The kind of file system on which a folder stands, as Linux names it; "" where nobody says."""
    if not mounts.exists():
        return ""
    folder = folder.resolve()
    best, kind = Path("/"), ""
    for line in mounts.read_text(errors="replace").splitlines():
        _, point, name, *_ = line.split(" ")
        mount = Path(point.replace("\\040", " "))
        if folder.is_relative_to(mount) and len(mount.parts) >= len(best.parts):
            best, kind = mount, name
    return kind


def is_network(kind: str) -> bool:
    """Whether a file system of this kind is behind a network."""
    return kind in NETWORK_FILE_SYSTEMS


def _settings(connection: sqlite3.Connection) -> None:
    """Set what is promised and read it back. EXCLUSIVE comes first, so that the WAL never has a shared index."""
    if sqlite3.sqlite_version_info < SQLITE_VERSION_MIN:
        raise CannotOpen(f"SQLite {sqlite3.sqlite_version} is too old")
    for name, value, promised in (
        ("locking_mode", "EXCLUSIVE", "exclusive"),
        ("journal_mode", "WAL", "wal"),
        ("synchronous", "FULL", SYNCHRONOUS_FULL),
        ("secure_delete", "ON", 1),
        ("wal_autocheckpoint", "0", 0),  # ours: its errors are not swallowed
    ):
        connection.execute(f"PRAGMA {name}={value}").fetchall()
        got = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if got != promised:
            raise CannotOpen(f"SQLite does not keep {name}={value}: it says {got}")
    for setting in ("trusted_schema=OFF", "cell_size_check=ON", "temp_store=MEMORY", "mmap_size=0"):
        connection.execute(f"PRAGMA {setting}").fetchall()


def _known(connection: sqlite3.Connection, path: Path) -> None:
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    if application_id != APPLICATION_ID:
        raise CannotOpen(f"{path} is no Kerege journal")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != USER_VERSION:
        raise CannotOpen(f"{path} is a journal of version {version}; this is version {USER_VERSION}")


def _checkpoint(connection: sqlite3.Connection, mode: str) -> None:
    busy, in_log, copied = connection.execute(f"PRAGMA wal_checkpoint({mode})").fetchone()
    if busy or in_log != copied:
        raise sqlite3.OperationalError(f"checkpoint not done: {busy}, {copied} of {in_log} pages")


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors at opening into words for the person who starts the server."""
    try:
        yield
    except sqlite3.Error as error:
        match primary_code(error):
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
                raise CannotOpen(f"{path} is in use: another server, or this one, has it open") from error
            case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
                raise CannotOpen(f"{path} is damaged or no journal: {error}") from error
            case _:
                raise CannotOpen(f"{path} cannot be opened: {error}") from error


@contextlib.contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _damaged(error: sqlite3.DatabaseError) -> bool:
    """True if a row cannot be read. Text that is no UTF-8 is found by Python, which gives no code."""
    return not hasattr(error, "sqlite_errorcode") or primary_code(error) == sqlite3.SQLITE_CORRUPT


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's error code without its extension: SQLITE_IOERR_FSYNC is an SQLITE_IOERR."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
