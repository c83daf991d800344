"""One connection's places in streams. It holds cursors, no queue: a slow phone costs nothing and catches up in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.room.stream import FRAMES_BEHIND_MAX, Bytes, Encoding, Stream
from kerege.wire.codec import encode
from kerege.wire.framing import server_frame
from kerege.wire.messages import Freeze

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kerege.wire.messages import Digested, Place

STREAMS_MAX = 24
"""How many streams one connection may hold open: control sees as every team at once."""


class Reader:
    """Cursors into streams, each at a version; None: a snapshot is due."""

    def __init__(
        self,
        streams: Mapping[str, Stream],
        may_open: Callable[[str], bool],
        language: str,
        encoding: Encoding,
        wake: Callable[[], None],
        detach: Callable[[Reader], None],
        *,
        inflate: bool = False,
    ) -> None:
        self._streams = streams
        self._may_open = may_open
        self._language = language
        self._encoding = encoding
        self._wake = wake
        self._inflate = inflate
        self._detach = detach
        self._at: dict[str, int | None] = {}
        self._epoch: dict[str, str] = {}
        self._freeze: bool | None = None

    def open(self, stream: str, place: Place | None) -> bool:
        """Begin to read a stream from a place, or from a snapshot. False: not for this seat, or no such stream."""
        found = self._streams.get(stream)
        if found is None or not self._may_open(stream) or (stream not in self._at and len(self._at) >= STREAMS_MAX):
            return False
        resumes = (
            place is not None
            and place.epoch == found.epoch
            and found.version - FRAMES_BEHIND_MAX <= place.version <= found.version
        )
        self._at[stream] = place.version if place is not None and resumes else None
        self._epoch[stream] = found.epoch
        found.wakes[id(self)] = self._wake
        self._wake()
        return True

    def shut(self, stream: str) -> None:
        """Stop reading a stream."""
        if self._at.pop(stream, self) is not self:
            self._streams[stream].wakes.pop(id(self), None)
            self._streams[stream].woken.discard(id(self))

    def speak(self, language: str) -> None:
        """Read everything again in another language."""
        self._language = language
        for stream in self._at:
            self._at[stream] = None
        self._wake()

    def afresh(self) -> None:
        """Read everything again: what was shown before is not to be kept."""
        self.speak(self._language)

    def freeze(self, *, stopped: bool) -> None:
        """STOP, or its end: shown before anything else."""
        self._freeze = stopped
        self._wake()

    def digests(self) -> dict[str, Digested]:
        """What each stream that is read is at its head."""
        return {name: self._streams[name].digest(self._language) for name in self._at}

    def payloads(self) -> list[bytes]:
        """All that is due, oldest first."""
        return [payload for payload, _ in self._due()]

    def framed(self) -> list[bytes]:
        """All that is due, each with its WebSocket header."""
        return [framed for _, framed in self._due()]

    def _due(self) -> list[Bytes]:
        due: list[Bytes] = []
        if self._freeze is not None:
            payload = encode(Freeze(self._freeze), self._encoding)
            due.append((payload, server_frame(payload, text=self._encoding == "json")))
            self._freeze = None
        for name, at in self._at.items():
            stream = self._streams[name]
            stream.woken.discard(id(self))
            head = stream.version
            if at is None or at > head or head - at > FRAMES_BEHIND_MAX or self._epoch[name] != stream.epoch:
                self._epoch[name] = stream.epoch
                due.append(stream.snapshot(self._language, self._encoding, packed=self._inflate))
            elif at < head:
                due.extend(stream.frame(v, self._language, self._encoding) for v in range(at + 1, head + 1))
            self._at[name] = head
        return due

    def pass_over(self) -> None:
        """Read nothing, and be told of what comes next all the same: for who only wants to know that something happened."""
        for stream in self._at:
            self._streams[stream].woken.discard(id(self))

    def detach(self) -> None:
        """The connection is gone."""
        for stream in tuple(self._at):
            self.shut(stream)
        self._detach(self)
