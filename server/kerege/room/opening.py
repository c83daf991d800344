"""Beginning an exercise from a pack, and going on with one from its log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.journal.port import Committed, StoreDown
from kerege.room.exercise import Exercise
from kerege.room.log import RULES_VERSION, Genesis, Sealer
from kerege.room.room import Room

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from kerege.engine.pack import Pack
    from kerege.journal.entry import Sealed
    from kerege.journal.port import Journal
    from kerege.room.ports import Chance, Clock

KEY_BYTES = 32


async def open_room(
    pack: Pack | None,
    open_journal: Callable[[], Awaitable[Journal]],
    clock: Clock,
    chance: Chance,
    *,
    exercise: str = "",
    observer_delay_ms: int = 0,
) -> Room:
    """
    Open a room on a journal: go on with what it holds, else begin `pack` with a first entry.

    Args:
        pack: The story to begin; not needed (and not looked at) where the journal already holds an exercise.
        open_journal: Opens the store; called again after a failed write.
        exercise: The id of a new exercise.

    Raises:
        StoreDown: The first entry could not be made durable, or there is neither log nor pack.
        Broken: The log does not hold; it names the entry.
        WrongLog: The log is of a newer version.
    """
    journal = await open_journal()
    entries = await journal.read()
    if not entries:
        if pack is None:
            raise StoreDown("there is no exercise in this journal, and no pack to begin one with")
        genesis = Genesis(exercise, chance.secret(KEY_BYTES), RULES_VERSION, pack)
        first = Sealer(chance).genesis(genesis, clock.wall_ms())
        if not isinstance(await journal.append([first]), Committed):
            raise StoreDown("the first entry could not be made durable")
        entries = [first]

    def committed_ms(entry: Sealed) -> int:
        """When an entry of an earlier run was committed, by this run's clock; never in its future."""
        return clock.now_ms() - max(0, clock.wall_ms() - entry.wall_ms)

    story = Exercise.of(entries, observer_delay_ms, committed_ms)

    async def reopen() -> tuple[Journal, Exercise]:
        await room._journal.close()  # noqa: SLF001  the room's own way back
        again = await open_journal()
        return again, Exercise.of(await again.read(), observer_delay_ms, committed_ms)

    room = Room(story, journal, reopen, clock, chance, entries[-1].header.epoch)
    return room
