"""Which acts pass every quota."""

import msgspec
import pytest

from kerege.engine.commands import bodies as b
from kerege.wire.codec import decode, encode_client
from kerege.wire.messages import Submit
from kerege.wire.urgent import is_urgent


def submit(command):
    return Submit("command-1", 0, msgspec.Raw(msgspec.msgpack.encode(command)))


@pytest.mark.parametrize("encoding", ["msgpack", "json"])
@pytest.mark.parametrize("command", [b.Stop(), b.Clear(), b.Curtain(), b.Curtain("s1")])
def test_what_keeps_people_safe_is_urgent(command, encoding):
    """The rules' own commands, as they come over either encoding."""
    assert is_urgent(decode(encode_client(submit(command), encoding), encoding))


@pytest.mark.parametrize("command", [b.Start(), b.Pause("x"), {}, {"do": "stop "}, {"do": 7}, {"to": "stop"}, [], 1, "stop", None])  # fmt: skip
def test_nothing_else_is(command):
    """No other command, and nothing that is no command."""
    assert not is_urgent(submit(command))
