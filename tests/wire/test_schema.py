"""The schema that clients generate from describes what the codec reads and writes."""

import json

import msgspec
import pytest
from jsonschema import Draft202012Validator

from kerege.engine.commands.bodies import AnyCommand
from kerege.wire.codec import encode, encode_client
from kerege.wire.messages import Frame, Goodbye, Hello, Receipt, Submit
from kerege.wire.schema import describe_messages


@pytest.fixture(scope="module")
def schema():
    return describe_messages(AnyCommand)


def test_the_schema_is_a_schema(schema):
    """It keeps to the draft it names, and every reference leads somewhere."""
    Draft202012Validator.check_schema(schema)
    text = json.dumps(schema)
    for name in {part.split('"')[0] for part in text.split("#/$defs/")[1:]}:
        assert name in schema["$defs"], name


def test_names_are_short(schema):
    """No module path reaches a client; what clashes is told apart."""
    assert not [name for name in schema["$defs"] if "." in name]
    assert {"Speak", "SpeakCommand", "Ask", "AskCommand"} <= schema["$defs"].keys()


@pytest.mark.parametrize(
    "message",
    [
        Hello("t" * 24),
        Submit("12345678", 0, msgspec.Raw(msgspec.msgpack.encode({"do": "say", "to": ["k2"], "text": "x"}))),
    ],
)
def test_client_messages_fit(schema, message):
    """What the codec writes for a client is allowed."""
    Draft202012Validator(schema).validate(json.loads(encode_client(message, "json")))


@pytest.mark.parametrize("message", [Receipt("12345678", "accepted"), Goodbye("revoked", "x"), Frame("k", "e", 1)])
def test_server_messages_fit(schema, message):
    """What the codec writes for the server is allowed."""
    Draft202012Validator(schema).validate(json.loads(encode(message, "json")))


@pytest.mark.parametrize("changes", [{"seat": "S2"}, {"command": {"do": "fly"}}, {"id": "short"}])
def test_what_the_codec_or_room_refuses_does_not_fit(schema, changes):
    """Unknown fields, commands and short ids are refused by the schema too."""
    message = {"type": "submit", "id": "12345678", "seen": 0, "command": {"do": "stop"}} | changes
    assert list(Draft202012Validator(schema).iter_errors(message))


def test_the_schema_does_without_commands():
    """A gateway that is told no commands still describes its messages."""
    assert "Command" not in describe_messages()["$defs"]
