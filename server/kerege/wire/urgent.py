"""Which acts may never be told to wait: the room freezes, a scene ends, the danger is over."""

from __future__ import annotations

import msgspec

from kerege.wire.messages import Submit

URGENT = frozenset({"stop", "clear", "curtain"})
"""Tags of commands that pass every quota of acts. What a link may say at all in a second still bounds them."""


class _Tag(msgspec.Struct):
    do: str = ""


_tag = msgspec.msgpack.Decoder(_Tag)


def is_urgent(submit: Submit) -> bool:
    """Whether this asks for one of them; nothing else of the command is looked at."""
    try:
        return _tag.decode(submit.command).do in URGENT
    except msgspec.DecodeError:  # no map, or no text in it: the room will say so
        return False
