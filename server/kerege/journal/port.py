"""The one port behind which every store stands: append a batch, read it back, fence a second owner.

`append` answers one of four things and never a boolean: `Committed`, `Fenced`, `Unknown`, `Full`. `Unknown` is never
turned into yes or no by anybody: the room stops and reloads from what the store then says.

Errors are raised, and say whose fault it is:

    BadBatch    ours: the batch is no continuation of any log (a gap, a used command id, past a bound); nothing was kept
    CannotOpen  the file or the machine: somebody else holds it, it is no journal, the promised settings cannot be had
    StoreDown   the world: read, erase or export asked of a store that is closed or cannot serve
    Broken      the record: an entry does not hold (kerege.journal.chain); it names the entry
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from kerege.journal.chain import Head
from kerege.journal.entry import Sealed

BATCH_ENTRIES_MAX = 256
"""Entries of one append. The room's own batch is smaller; 256 entries share one fsync at 27,000 entries/s and more."""


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


class BadBatch(AssertionError):  # noqa: N818  the sentence reads better without Error
    """The caller's mistake: the batch can follow no log. Nothing of it was kept."""


class CannotOpen(Exception):  # noqa: N818  as above
    """The store cannot be opened with everything it promises; the text says why, for the person who starts the server."""


class StoreDown(Exception):  # noqa: N818  as above
    """The store cannot serve this now: it is closed, or its disk is full or failing."""


class Journal(Protocol):
    """One exercise's ordered log. Entry numbers start at 0 and have no gap."""

    async def append(self, batch: Sequence[Sealed]) -> Appended:
        """Make all entries durable, or none.

        At most BATCH_ENTRIES_MAX entries; an empty batch is Committed. Appends made without waiting are committed in
        the order they were made. An append that is cancelled while waiting counts as Unknown.

        Raises:
            BadBatch: Our own mistake; nothing was kept.
        """
        ...

    async def try_write(self) -> Appended:
        """Write, as durably as an append, nothing that anybody reads: Committed says that the store takes writes now."""
        ...

    async def read(self, first: int = 0) -> list[Sealed]:
        """All entries from `first` on, in order. Raises Broken when the chain does not hold, naming the entry."""
        ...

    async def erase(self, word_ids: Sequence[str]) -> int:
        """Remove the bodies of words typed by people; commitments stay, the chain still verifies. Returns how many."""
        ...

    async def export_to(self, path: Path) -> Head | None:
        """Write the whole log into one new portable file (kerege.journal.export), while the exercise goes on.

        Returns the last entry written, which a facilitator can print and sign; None for an empty log.

        Raises:
            FileExistsError: Nothing is ever written over.
        """
        ...

    async def close(self) -> None:
        """Release the file; afterwards every append answers Unknown."""
        ...
