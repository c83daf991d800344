"""A server that is stopped in order says goodbye on both roads and ends at once, whoever is listening."""

import pytest

from tests.system.person import Company
from tests.system.server import Nursery, serving, until


@pytest.fixture
def nursery():
    started = Nursery()
    yield started
    started.close()


async def test_open_links_do_not_hold_up_the_end(nursery, tmp_path):
    """A socket and an event stream are open; both hear why they end, and nothing went wrong in the log."""
    async with serving(nursery, tmp_path, "first-steps") as server:
        company = Company(server)
        try:
            await company.open()
            person = await company.come("Patrol", "listener")
            stream = await person.event_link()
            server.stop()
            await until(lambda: stream.over and not person.connected, "both links end")
            assert "restarting" in "".join(stream.lines)
        finally:
            await company.close()
