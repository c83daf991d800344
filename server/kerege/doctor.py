"""What this configuration can keep of what the product promises: asked by `kerege doctor`, and at every start.

    refused   a promise that cannot be kept here: the server does not start
    flagged   it starts, and control's console says it until control has acknowledged it
    said      nobody's fault and no secret: how this way of serving is, for whoever asks

Each finding has a code; its words are `promise-<code>` of the gateway's texts. Nothing here changes anything, but for one
small file that is made in the data folder and removed again.
"""

from __future__ import annotations

import ipaddress
import os
import shutil
import sqlite3
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from kerege.gateway.limits import WALL_S_MIN
from kerege.gateway.texts import LANGUAGES, own_languages, say
from kerege.journal.port import CannotOpen
from kerege.journal.sqlite_file import Connect, SqliteFile, connect, file_system, is_network, remove
from kerege.retention import is_date_due

if TYPE_CHECKING:
    from kerege.engine.pack import Pack
    from kerege.settings import Settings

Level = Literal["refused", "flagged", "said"]

DISK_BYTES_MIN = 100 * 1024 * 1024
"""Below it no exercise is begun: the log of a week is some tens of MiB, and VACUUM needs it twice."""
DISK_BYTES_LOW = 1024 * 1024 * 1024
OPEN_FILES_MIN = 256
OPEN_FILES_LOW = 1024
"""A phone holds one, two while it comes back; 170 phones, staff, observers and the journal."""
AHEAD_S_MAX = 24 * 3600
"""A file of ours from so far in the future: the clock was put back."""
MEMORY_FILE_SYSTEMS = frozenset({"tmpfs", "ramfs"})
WAL_RESET_FIXED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
"""SQLite's WAL-reset fault is in 3.7.0 to 3.51.2 but for these back-ports; it needs two connections, and we hold one."""


@dataclass(frozen=True)
class Finding:
    """One thing that this configuration does not keep, or that is to be known of it."""

    level: Level
    code: str
    details: dict[str, str] = field(default_factory=dict)

    def words(self, language: str = "en") -> str:
        """In words."""
        return say(f"promise-{self.code}", language, **self.details)


@dataclass(frozen=True)
class Machine:
    """What is asked of the machine; a test says something else instead."""

    connect: Connect = connect
    free_bytes: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free
    wall_s: Callable[[], float] = time.time
    sqlite_version: tuple[int, ...] = sqlite3.sqlite_version_info
    mounts: Path = Path("/proc/self/mounts")
    open_files: Callable[[], int] | None = None
    fonts: Callable[[], str | None] | None = None
    unlimited: Callable[[], tuple[str, ...]] = tuple
    """Limits that packs are compiled without; asking takes a process, so a start does not."""


def examine(
    settings: Settings, exercise: str = "", pack: Pack | None = None, machine: Machine | None = None
) -> list[Finding]:
    """All findings, what is refused first. `exercise` and `pack`: what is about to be served, if that is known."""
    machine = machine or Machine()
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = [
        *_journal(settings.data_dir, machine),
        *_exercise(settings.data_dir, exercise, machine),
        *_disk(settings.data_dir, machine),
        *_private(settings.data_dir),
        *_clock(settings.data_dir, machine),
        *_open_files(machine),
        *_network(settings),
        *_people(settings, machine),
        *_languages(pack),
        *(Finding("said", f"no-limit-{name}") for name in machine.unlimited()),
        *_fonts(machine),
    ]
    order: dict[Level, int] = {"refused": 0, "flagged": 1, "said": 2}
    return sorted(found, key=lambda finding: order[finding.level])


# ------------------------------------------------------------------------------------------------ the record


def _journal(folder: Path, machine: Machine) -> Iterator[Finding]:
    """Whether a journal made here keeps what is promised: read back, not believed."""
    kind = file_system(folder, machine.mounts)
    if is_network(kind):
        yield Finding("refused", "network-disk", {"kind": kind})
        return
    if kind in MEMORY_FILE_SYSTEMS:
        yield Finding("flagged", "memory-disk", {"kind": kind})
    trial = folder / f".doctor-{os.getpid()}"
    remove(trial)
    try:
        SqliteFile.create(trial, machine.connect).close()
    except (CannotOpen, OSError) as error:
        yield Finding("refused", "journal", {"why": str(error)})
    finally:
        remove(trial)
    if machine.sqlite_version >= (3, 7, 0) and not _has_wal_fix(machine.sqlite_version):
        yield Finding("said", "wal-reset", {"version": ".".join(map(str, machine.sqlite_version))})


def _has_wal_fix(version: tuple[int, ...]) -> bool:
    newest = WAL_RESET_FIXED[0]
    return version >= newest or any(version[:2] == fixed[:2] and version >= fixed for fixed in WAL_RESET_FIXED)


def _exercise(folder: Path, exercise: str, machine: Machine) -> Iterator[Finding]:
    path = folder / "exercises" / f"{exercise}.sqlite3"
    if not exercise or not path.exists():
        return
    held = machine.connect(str(path))
    try:
        held.execute("PRAGMA locking_mode=EXCLUSIVE").fetchall()
        held.execute("BEGIN IMMEDIATE")
        held.execute("ROLLBACK")
    except sqlite3.OperationalError:
        yield Finding("refused", "in-use", {"exercise": exercise})
    except sqlite3.DatabaseError as error:
        yield Finding("refused", "journal", {"why": str(error)})
    finally:
        held.close()


def _disk(folder: Path, machine: Machine) -> Iterator[Finding]:
    free = machine.free_bytes(folder)
    if free < DISK_BYTES_LOW:
        level: Level = "refused" if free < DISK_BYTES_MIN else "flagged"
        yield Finding(level, "disk-low", {"free": str(free // (1024 * 1024))})


def _private(folder: Path) -> Iterator[Finding]:
    """Nobody else on this machine may read names or keys. Windows has no such modes: nothing is looked at there."""
    if os.name == "nt":
        return
    inside = [folder, folder / "seats.key", folder / "exercises", *sorted((folder / "exercises").glob("*.sqlite3*"))]
    opened = [path for path in inside if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077]
    if folder in opened:  # what stands in a closed folder is closed
        yield Finding("flagged", "open-to-others", {"files": ", ".join(path.name for path in opened[:5])})


def _clock(folder: Path, machine: Machine) -> Iterator[Finding]:
    now_s = machine.wall_s()
    newest_s = max((path.stat().st_mtime for path in folder.glob("exercises/*")), default=0.0)
    if now_s < WALL_S_MIN or newest_s - now_s > AHEAD_S_MAX:
        yield Finding("flagged", "clock", {"now": time.strftime("%Y-%m-%d %H:%M", time.gmtime(now_s))})


def _open_files(machine: Machine) -> Iterator[Finding]:
    most = (machine.open_files or _open_files_max)()
    if most < OPEN_FILES_LOW:
        level: Level = "refused" if most < OPEN_FILES_MIN else "flagged"
        yield Finding(level, "open-files", {"most": str(most)})


def _open_files_max() -> int:
    try:
        import resource
    except ImportError:  # Windows
        return OPEN_FILES_LOW
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


# ------------------------------------------------------------------------------------------------ the people


def _network(settings: Settings) -> Iterator[Finding]:
    secure = settings.secure or settings.public_url.startswith("https://")
    if not secure:
        public = _is_public(settings.listen_host) or _is_public(urlsplit(settings.public_url).hostname or "")
        yield Finding("flagged", "public-plain") if public else Finding("said", "plain-http")
    elif settings.public_url.startswith("https://") and not settings.secure and not settings.trusted_proxy:
        yield Finding("flagged", "no-proxy")
    if settings.deterministic is not None:
        yield Finding("flagged", "deterministic")


def _is_public(host: str) -> bool:
    """Whether this is an address that the whole world reaches, or a name that may be one."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." in host and not host.endswith((".local", ".lan", ".internal", ".home.arpa"))
    return address.is_global


def _people(settings: Settings, machine: Machine) -> Iterator[Finding]:
    if settings.deletion_date is None:
        yield Finding("flagged", "no-deletion-date", {"days": str(settings.persons_days)})
    elif is_date_due(settings.deletion_date.isoformat(), int(machine.wall_s() * 1000)):
        yield Finding("flagged", "deletion-date-past", {"date": settings.deletion_date.isoformat()})
    if not settings.contact:
        yield Finding("flagged", "no-contact")


def _languages(pack: Pack | None) -> Iterator[Finding]:
    own = own_languages()
    yield Finding("said", "languages", {"without": ", ".join(each for each in LANGUAGES if each not in own)})
    if pack is not None:
        whole = max((len(texts) for texts in pack.texts.values()), default=0)
        short = [each for each in pack.languages if len(pack.texts.get(each, {})) < whole]
        if short:
            yield Finding("flagged", "pack-languages", {"languages": ", ".join(short)})


def _fonts(machine: Machine) -> Iterator[Finding]:
    """Prints are the browser's: its machine's fonts have to have our letters. None: nobody here can say."""
    listed = (machine.fonts or _fonts_listed)()
    if listed is not None and not listed.strip():
        yield Finding("flagged", "no-font")


def _fonts_listed() -> str | None:
    tool = shutil.which("fc-list")
    if tool is None:
        return None
    try:
        return subprocess.run(  # noqa: S603  the system's own tool, by its full path
            [tool, ":lang=ky", "family"], capture_output=True, text=True, timeout=10, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
