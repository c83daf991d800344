"""A pack is somebody else's file: before it is served it is compiled in a child process with little time and memory.

    parent   starts `python -m kerege.compiling FOLDER …`, waits, and reads the compiled pack (or the problems) as typed bytes
    child    takes its limits first, then reads the YAML: processor time, memory, no file written, no network

A child that breaks a limit is a problem of the pack like any other, with a place. Which limits a machine can set differs
(`unlimited`): where one cannot be had, the pack is compiled all the same, and `kerege doctor` says so.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from kerege.engine.pack import Pack
    from kerege.scenario.problems import Problem

CPU_S = 5
"""Of processor time for any pack, the interpreter's own start included."""
CPU_S_PER_MIB = 10
"""More for each MiB of YAML and texts, the library's too: Silver Reed (0.8 MiB) takes 2.7 s of its 12 s on two busy cores."""
CPU_S_MAX = 30
"""However big the pack is."""
MEMORY_BYTES_MAX = 256 * 1024 * 1024
"""Of address space: Silver Reed takes 68 MiB."""
WALL_S_MAX = 120.0
"""Until an answer, on a machine that has much else to do."""
SAID_CHARS_MAX = 2000
"""Of a child that died without an answer, for the log."""
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000

log = structlog.get_logger("kerege.compiling")


@dataclass(frozen=True)
class Limits:
    """What a child may use."""

    cpu_s: int
    memory_bytes: int = MEMORY_BYTES_MAX


def limits_for(folder: Path) -> Limits:
    """The limits for a pack, by its size and its library's."""
    return Limits(min(CPU_S_MAX, CPU_S + CPU_S_PER_MIB * _size(folder) // (1024 * 1024)))


def compile_apart(folder: Path, limits: Limits | None = None) -> Pack:
    """
    Compile a pack in a child process with limits; the same pack and the same problems as `load_pack`.

    Raises:
        PackProblems: It cannot be played, or not be compiled within the limits.
    """
    from kerege.scenario import PackProblems, errors

    limits = limits or limits_for(folder)
    try:
        done = _child(str(folder.resolve()), str(limits.cpu_s), str(limits.memory_bytes))
    except subprocess.TimeoutExpired:
        raise PackProblems([_whole(folder, f"it could not be compiled within {WALL_S_MAX:.0f} s")]) from None
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace")
        log.error("the compiler's child died", pack=folder.name, status=done.returncode, said=said[-SAID_CHARS_MAX:])
        raise PackProblems([_whole(folder, _why(done.returncode, said, limits))])
    pack, problems, missing = _read(done.stdout)
    if missing:
        log.info("the pack was compiled without a limit of", what=missing)
    if pack is None or errors(problems):
        raise PackProblems(problems)
    return pack


def unlimited() -> tuple[str, ...]:
    """Which limits this machine cannot set, found out by a child that tries: `time`, `memory`, `files`, `network`."""
    try:
        done = _child()
    except subprocess.TimeoutExpired:
        return ("time",)
    return tuple(done.stdout.decode().split())


def _child(*said: str) -> subprocess.CompletedProcess[bytes]:
    """Run this file in a process of its own: our packages first, nothing of the folder that one stands in (-P)."""
    ours = str(Path(__file__).parents[1])
    path = os.pathsep.join(filter(None, (ours, os.environ.get("PYTHONPATH"))))
    return subprocess.run(  # noqa: S603  this very interpreter
        [sys.executable, "-P", "-B", "-m", "kerege.compiling", *said],
        env={**os.environ, "PYTHONPATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=WALL_S_MAX,
        check=False,
    )


def _why(status: int, said: str, limits: Limits) -> str:
    if os.name != "nt" and -status in {signal.SIGXCPU, signal.SIGKILL}:
        return f"it could not be compiled within {limits.cpu_s} s of processor time"
    if "MemoryError" in said or "memory" in said.lower():
        return f"it could not be compiled within {limits.memory_bytes // (1024 * 1024)} MiB of memory"
    return "it could not be compiled: the compiler died"


def _whole(folder: Path, message: str) -> Problem:
    from kerege.scenario.library import file_name
    from kerege.scenario.problems import Problem

    return Problem(file_name(folder, "pack.yaml"), 1, 1, message)


def _read(answer: bytes) -> tuple[Pack | None, list[Problem], tuple[str, ...]]:
    import msgspec

    from kerege.engine.pack import Pack
    from kerege.scenario.problems import Problem

    return msgspec.msgpack.decode(answer, type=tuple[Pack | None, list[Problem], tuple[str, ...]], strict=True)


def _size(folder: Path) -> int:
    """Bytes of a pack and its library, as far as they would be read."""
    from kerege.scenario.library import LIBRARY
    from kerege.scenario.reading import FILE_BYTES_MAX, PACK_FILES_MAX

    folder = folder.resolve()
    there = chain.from_iterable(
        (Path(place, name) for name in names)
        for part in (folder, folder.parent / LIBRARY)
        for place, _, names in os.walk(part)
    )
    found = (path for path in there if path.suffix in {".yaml", ".ftl"})
    return sum(min(path.lstat().st_size, FILE_BYTES_MAX) for path in islice(found, 2 * PACK_FILES_MAX))


# ------------------------------------------------------------------------------------------------ in the child


def main(said: list[str]) -> None:
    """The child: limits, then the pack, then the answer. Without a pack: which limits could not be had."""
    folder, cpu_s, memory_bytes = said or ("", str(CPU_S), str(MEMORY_BYTES_MAX))
    missing = _take_limits(int(cpu_s), int(memory_bytes))
    if not folder:
        sys.stdout.write(" ".join(missing))
        return
    import msgspec

    from kerege.scenario.compile import compile_folder
    from kerege.scenario.problems import errors

    compiled, problems = compile_folder(Path(folder))
    pack = None if compiled is None or errors(problems) else compiled.pack
    sys.stdout.buffer.write(msgspec.msgpack.encode((pack, problems, missing)))


def _take_limits(cpu_s: int, memory_bytes: int) -> tuple[str, ...]:
    """Give this process its limits, for good. Returns those that the machine does not keep."""
    missing = [] if _leave_network() else ["network"]
    try:
        import resource
    except ImportError:  # Windows
        return ("time", "memory", "files", *missing)
    for name, what, most in (
        ("time", resource.RLIMIT_CPU, (cpu_s, cpu_s + 1)),
        ("memory", resource.RLIMIT_AS, (memory_bytes, memory_bytes)),
        ("files", resource.RLIMIT_FSIZE, (0, 0)),
        ("files", resource.RLIMIT_CORE, (0, 0)),
    ):
        try:
            resource.setrlimit(what, most)
        except (ValueError, OSError):
            missing.append(name)
    if sys.platform == "darwin":  # it takes the number and does not look at it
        missing.append("memory")
    return tuple(sorted(set(missing)))


def _leave_network() -> bool:
    """Go where there is no network: a network namespace of Linux, with one of users where this is not root."""
    if sys.platform != "linux":
        return False
    import ctypes

    flags = CLONE_NEWNET if os.geteuid() == 0 else CLONE_NEWUSER | CLONE_NEWNET
    try:
        return bool(ctypes.CDLL(None).unshare(flags) == 0)
    except (OSError, AttributeError):  # no such library, no such call
        return False


if __name__ == "__main__":
    main(sys.argv[1:])
