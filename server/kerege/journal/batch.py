"""What every store checks before it keeps a batch, so that all of them refuse the same things.

Store-independent and without I/O: `check` looks at the batch alone, `follow` at the batch and the store's tail.
"""

from __future__ import annotations

from collections.abc import Sequence

from kerege.journal.chain import EMPTY, Tail, fault_of, tail_of
from kerege.journal.entry import Sealed
from kerege.journal.port import BATCH_ENTRIES_MAX, BadBatch, Fenced


def check(batch: Sequence[Sealed]) -> None:
    """Refuse a batch that no log could take, whatever it holds: too long, not linked, a command id twice.

    Raises:
        BadBatch: Names the entry.
    """
    if len(batch) > BATCH_ENTRIES_MAX:
        raise BadBatch(f"{len(batch)} entries in one append; at most {BATCH_ENTRIES_MAX}")
    if not batch:
        return
    first = batch[0]
    # The first entry's place can only be judged by the store; only entry 0 is known to follow nothing.
    tail = EMPTY if first.header.n <= 0 else Tail(first.header.n - 1, first.previous, first.header.epoch)
    asked: set[tuple[str, str]] = set()
    for entry in batch:
        fault = fault_of(entry, tail)
        if fault is not None:
            raise BadBatch(fault.text)
        if entry.seat:
            key = (entry.seat, entry.command_id)
            if key in asked:
                raise BadBatch(f"entry {entry.header.n} repeats a command id of its seat")
            asked.add(key)
        tail = tail_of(entry)


def follow(tail: Tail, batch: Sequence[Sealed]) -> Tail | Fenced:
    """The tail after a checked, non-empty batch; Fenced if the store holds entries that this owner never saw.

    Raises:
        BadBatch: There would be a gap.
    """
    first = batch[0]
    if first.header.n > tail.n + 1:
        raise BadBatch(f"entry {first.header.n} would leave a gap: the log ends at entry {tail.n}")
    if first.header.n <= tail.n or first.header.epoch < tail.epoch or first.previous != tail.hash:
        return Fenced()
    return tail_of(batch[-1])
