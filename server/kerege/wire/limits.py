"""Every bound of the wire, named once, each with its reason. Bounds of single fields stand beside them in `messages.py`."""

from __future__ import annotations

FRAME_BYTES_MAX = 16 * 1024
"""One message from a client. The longest honest one (a filed form in Cyrillic) is under 6 KiB; 16 KiB of nested
arrays still costs under a millisecond to refuse."""

DEPTH_MAX = 8
"""Nesting of a client's message. The deepest honest one is 4: message, command, answers, a list of codes."""

INTEGER_MAX = 2**53 - 1
"""What JavaScript can count to; nothing on this wire is larger, in either direction."""

STREAMS_OPEN_MAX = 24
"""Streams one connection may hold: control watching every team of a large exercise."""
