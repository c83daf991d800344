"""Frames that are built by hand are what an independent WebSocket implementation reads."""

import pytest
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from kerege.wire.framing import server_frame


@pytest.mark.parametrize("text", [True, False])
@pytest.mark.parametrize("length", [0, 1, 125, 126, 127, 65_535, 65_536, 70_000])
def test_a_frame_is_read_by_others(length, text):
    """Header, opcode and payload, at every bound of the length field."""
    payload = b"x" * length
    reader = StreamReader()
    reader.feed_data(server_frame(payload, text=text))
    reader.feed_eof()
    parsing = Frame.parse(reader.read_exact, mask=False, max_size=None)
    with pytest.raises(StopIteration) as parsed:
        next(parsing)
    frame = parsed.value.value
    assert frame.opcode is (Opcode.TEXT if text else Opcode.BINARY)
    assert frame.fin
    assert bytes(frame.data) == payload
    assert server_frame(payload, text=text) == frame.serialize(mask=False)
