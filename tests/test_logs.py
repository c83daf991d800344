"""What may not be logged is not, whoever tries; and a line is a line."""

import json
import logging

import pytest
import structlog

from kerege.logs import LINE_CHARS_MAX, set_up_logs


@pytest.fixture(autouse=True)
def restore():
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(capsys) -> list[str]:
    return capsys.readouterr().err.splitlines()


def test_a_line_is_json_with_its_fields(capsys):
    """Ours and libraries' alike."""
    set_up_logs(as_json=True)
    structlog.get_logger("kerege.x").info("joined", seat="S1")
    logging.getLogger("other").warning("hello %s", "there")
    ours, theirs = (json.loads(line) for line in lines(capsys))
    assert (ours["event"], ours["seat"], ours["level"]) == ("joined", "S1", "info")
    assert theirs["event"] == "hello there"


@pytest.mark.parametrize("as_json", [True, False])
def test_what_is_promised_away_is_withheld(capsys, as_json):
    """Tokens, tickets, names and texts, even if a line names them."""
    set_up_logs(as_json=as_json)
    structlog.get_logger().info("x", token="secret-1", name="secret-2", text="secret-3", ticket="secret-4")
    (line,) = lines(capsys)
    assert "secret" not in line and "(withheld)" in line


@pytest.mark.parametrize("as_json", [True, False])
def test_a_traceback_has_no_local_variables(capsys, as_json):
    """They would hold what people typed."""
    set_up_logs(as_json=as_json)

    def fail():
        typed = "what a person typed"
        raise ValueError(len(typed))

    try:
        fail()
    except ValueError:
        structlog.get_logger().exception("it failed")
    shown = "\n".join(lines(capsys))
    assert "ValueError: 19" in shown
    assert "what a person typed" not in shown


@pytest.mark.parametrize("as_json", [True, False])
def test_a_value_cannot_forge_a_line(capsys, as_json):
    """Line breaks stay within it, and it is not endless."""
    set_up_logs(as_json=as_json)
    structlog.get_logger().info("x", seat="a\n2026 [critical] forged", path="y" * 10_000)
    (line,) = lines(capsys)
    assert len(line) < LINE_CHARS_MAX + 500
