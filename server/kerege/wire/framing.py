"""The header of a WebSocket frame from the server, so that one framed message can be written to many sockets.

Server frames are never masked, never fragmented here and never compressed (RFC 6455, section 5.2).
"""

from __future__ import annotations

FINAL_TEXT = 0x81
FINAL_BINARY = 0x82


def server_frame(payload: bytes, *, text: bool) -> bytes:
    """Put the header of one whole text or binary frame before `payload`."""
    first = FINAL_TEXT if text else FINAL_BINARY
    length = len(payload)
    if length < 126:
        return bytes((first, length)) + payload
    if length < 1 << 16:
        return bytes((first, 126)) + length.to_bytes(2, "big") + payload
    return bytes((first, 127)) + length.to_bytes(8, "big") + payload
