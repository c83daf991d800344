"""What fails beside a server is told with what the server said last: a symptom and its cause stand together."""

import pytest

from tests.system.server import SAID_CHARS_MAX, Server


@pytest.mark.parametrize("failed", [AssertionError("nobody comes back"), TimeoutError("nobody comes back")])
def test_a_failure_is_told_with_the_end_of_the_log(nursery, tmp_path, failed):
    """A check that fails and patience that ends alike; of a long log its end."""
    server = Server(nursery, tmp_path, "")
    said = "the cause".rjust(SAID_CHARS_MAX)
    (tmp_path / "server.log").write_text(f"!{said}")
    with pytest.raises(AssertionError) as told, server.heard_out():
        raise failed
    assert str(told.value) == f"nobody comes back\nThe server said:\n{said}"
    assert told.value.__cause__ is failed


def test_what_is_no_failed_check_passes_as_it_is(nursery, tmp_path):
    """An error of the test itself is not dressed up."""
    with pytest.raises(KeyError, match="mistyped"), Server(nursery, tmp_path, "").heard_out():
        raise KeyError("mistyped")
