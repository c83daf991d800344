"""The JSON Schema of everything that is said, for clients that generate their types from it."""

from __future__ import annotations

from typing import Any

import msgspec

from kerege.wire import limits
from kerege.wire.closing import GOODBYES, REFUSALS
from kerege.wire.messages import PROTOCOL_VERSION, FromClient, FromServer

REFERENCE = "#/$defs/{name}"


def describe_messages(commands: Any = None) -> dict[str, Any]:
    """Describe both sides and, if given, `commands`: the union of command bodies that a Submit may carry.

    Returns:
        A JSON Schema (2020-12) of any message, with every message, item and command under `$defs`; beside it, what a
        schema cannot say: protocol version, bounds, goodbye and refusal codes.
    """
    families = [FromClient, FromServer] if commands is None else [FromClient, FromServer, commands]
    roots, definitions = msgspec.json.schema_components(families, ref_template=REFERENCE)
    if commands is not None:
        definitions["Command"] = roots[2]
        definitions["Submit"]["properties"]["command"] = {"$ref": REFERENCE.format(name="Command")}
    definitions["FromClient"], definitions["FromServer"] = roots[0], roots[1]
    definitions = _with_short_names(definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Kerege messages",
        "oneOf": [{"$ref": REFERENCE.format(name=name)} for name in ("FromClient", "FromServer")],
        "protocol": PROTOCOL_VERSION,
        "bounds": {name.lower(): value for name, value in vars(limits).items() if name.endswith("_MAX")},
        "goodbyes": {code: closing._asdict() for code, closing in GOODBYES.items()},
        "refusals": dict(REFUSALS),
        "$defs": definitions,
    }


def _with_short_names(definitions: dict[str, Any]) -> dict[str, Any]:
    """Give definitions that share a name (msgspec then writes the module before it) names that a client can use.

    The wire's own keep the short name; a command that clashes with one is called `…Command`.
    """
    text = msgspec.json.encode(definitions).decode()
    for name in definitions:
        module, _, short = name.rpartition(".")
        if module:
            plain = short if module.startswith("kerege.wire") else short + "Command"
            for before in ('"', "$defs/"):
                text = text.replace(f'{before}{name}"', f'{before}{plain}"')
    renamed: dict[str, Any] = msgspec.json.decode(text)
    return renamed
