"""The one port behind which every store stands: append a batch, read it back, fence a second owner.

`append` answers one of three things and never a boolean: `Committed`, `Fenced`, `Unknown`. `Unknown` is never turned
into yes or no by anybody: the room stops and reloads from what the store then says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerege.journal.entry import Sealed


class Committed(msgspec.Struct, frozen=True):
    """Every entry of the batch is durable."""


class Fenced(msgspec.Struct, frozen=True):
    """Another owner has the exercise; nothing of the batch was kept. Drop the state, never retry."""


class Unknown(msgspec.Struct, frozen=True):
    """Nobody can say whether the batch was kept. Stop, reopen, reload; clients retry with the same ids."""

    why: str


class Full(msgspec.Struct, frozen=True):
    """A clean refusal (disk full, busy): nothing of the batch was kept, the store goes on working later."""

    why: str


Appended = Committed | Fenced | Unknown | Full


class Journal(Protocol):
    """One exercise's ordered log. Entry numbers start at 0 and have no gap."""

    async def append(self, batch: Sequence[Sealed]) -> Appended:
        """Make all entries durable, or none."""
        ...

    async def read(self, first: int = 0) -> list[Sealed]:
        """All entries from `first` on, in order. Raises Broken when the chain does not hold, naming the entry."""
        ...

    async def erase(self, word_ids: Sequence[str]) -> int:
        """Remove the bodies of words typed by people; commitments stay, the chain still verifies. Returns how many."""
        ...

    async def close(self) -> None:
        """Release the file; afterwards every append answers Unknown."""
        ...
