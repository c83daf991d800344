"""One nursery of servers for each process of the test run."""

import pytest

from tests.system.server import Nursery


@pytest.fixture(scope="session")
def nursery():
    started = Nursery()
    yield started
    started.close()
