"""One nursery of servers for each process of the test run; and folders in memory."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.system.server import Nursery

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMORY = Path("/dev/shm")
"""A disk that forgets is as good as any here, and quicker."""


@pytest.fixture(scope="session")
def nursery():
    started = Nursery()
    yield started
    started.close()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where exercises are kept, in memory where there is such a place."""
    if not MEMORY.is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=MEMORY) as found:
        yield Path(found)
