"""Running tests.journal.worker, alone or under strace."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import kerege

ROOT = Path(__file__).parents[2]
WORKER_S_MAX = 60
"""strace makes a worker about ten times slower; a worker takes half a second."""


def command(mode: str, path: Path, count: int = 0) -> list[str]:
    return [sys.executable, "-m", "tests.journal.worker", mode, str(path), str(count)]


def environment() -> dict[str, str]:
    paths = [str(Path(kerege.__file__).parents[1]), str(ROOT)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1"}


def run(arguments: list[str]) -> list[str]:
    """Run to the end, or to its death; the lines it said."""
    done = subprocess.run(
        arguments, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, timeout=WORKER_S_MAX, check=False
    )
    return done.stdout.decode().splitlines()


def acked(lines: list[str]) -> int:
    """The last acknowledged entry; -1 for none."""
    return max((int(line.split()[1]) for line in lines if line.startswith("ACK ")), default=-1)


def strace() -> str:
    """The program; a machine without it, or where it may not trace, cannot prove anything: the test fails."""
    program = shutil.which("strace")
    if program is None:
        pytest.fail("strace is not installed; type: scripts/need_debian.sh (as root), or sudo apt-get install strace")
    tried = subprocess.run([program, "-o", os.devnull, "true"], capture_output=True, check=False)
    if tried.returncode != 0:
        pytest.fail("strace may not trace here; in a container type: docker run --cap-add=SYS_PTRACE …")
    return program
