"""Servers that are wrong on purpose. The simulation has to find each by itself, by its judge, from some seed.

Each takes a monkeypatch and the disk's faults, and says by which words of the judge it is expected to be found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from kerege.engine.events import Unplanned
from kerege.journal.port import Committed, Fenced, Full, Unknown
from kerege.room import exercise as exercises
from kerege.room import ports
from kerege.room.exercise import Exercise
from kerege.room.playclock import PlayClock
from kerege.room.reader import Reader
from kerege.room.room import Room
from kerege.wire.messages import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tests.simulation.disk import Faults

    Mutant = Callable[[pytest.MonkeyPatch, Faults], None]


def acknowledges_first(_patch: pytest.MonkeyPatch, faults: Faults) -> None:
    """The journal says "committed" and writes a little later."""
    faults.answers_before_the_disk = True


def dedupe_in_memory(patch: pytest.MonkeyPatch, faults: Faults) -> None:
    """A restart forgets which acts were answered."""
    faults.no_index = True
    replay = Exercise.replay

    def forgetful(self: Exercise, *parts: Any) -> Any:
        body = replay(self, *parts)
        self.answers._kept.clear()
        return body

    patch.setattr(Exercise, "replay", forgetful)


def no_dedupe(patch: pytest.MonkeyPatch, faults: Faults) -> None:
    """Every act that comes is a new one."""
    submit = Room.submit
    count = [0]

    async def anew(self: Room, seat: str, viewer: str, message: Any, language: str = "en") -> Any:
        count[0] += 1
        fresh = msgspec.structs.replace(message, id=f"{message.id}~{count[0]}")
        return msgspec.structs.replace(await submit(self, seat, viewer, fresh, language), id=message.id)

    patch.setattr(Room, "submit", anew)


def publishes_before_commit(patch: pytest.MonkeyPatch, _faults: Faults) -> None:
    """Views show what the journal does not have yet."""

    async def early(self: Room, turn: Any, answers: list[Any]) -> bool:
        shown: list[Any] = []
        self._publish(turn.played, shown)
        outcome = await self._journal.append([each.entry for each in turn.played])
        if isinstance(outcome, Committed):
            answers += shown
            return True
        self._failed = "not kept"
        answers += [(each.waiting, self._unknown_to(each.waiting)) for each in turn.played if each.waiting is not None]
        return False

    patch.setattr(Room, "_commit", early)


def resume_skips_a_frame(patch: pytest.MonkeyPatch, _faults: Faults) -> None:
    """Who comes back begins one frame too late."""
    begin = Reader.open

    def skipping(self: Reader, stream: str, place: Place | None) -> bool:
        found = self._streams.get(stream)
        if place is not None and found is not None and place.version < found.version:
            place = Place(place.epoch, place.version + 1)
        return begin(self, stream, place)

    patch.setattr(Reader, "open", skipping)


def due_again_after_a_restart(patch: pytest.MonkeyPatch, _faults: Faults) -> None:
    """A log that is read again leaves in the list what has fallen due already."""
    replay, evolve = Exercise.replay, exercises.evolve

    def again(self: Exercise, *parts: Any) -> Any:
        with patch.context() as here:
            here.setattr(
                exercises,
                "evolve",
                lambda overlay, event, at_ms: isinstance(event, Unplanned) or evolve(overlay, event, at_ms),
            )
            return replay(self, *parts)

    patch.setattr(Exercise, "replay", again)


def unknown_is_no(patch: pytest.MonkeyPatch, _faults: Faults) -> None:
    """What nobody can know is answered with a refusal."""

    def refused(self: Room, command_id: str, language: str) -> Any:
        return self._refusal(command_id, "not_possible_now", None, language)

    patch.setattr(Room, "_unknown", refused)


def unknown_is_yes(patch: pytest.MonkeyPatch, _faults: Faults) -> None:
    """An append without a known end is taken for kept, and the room plays on."""
    commit = Room._commit

    async def hopeful(self: Room, turn: Any, answers: list[Any]) -> bool:
        journal = self._journal
        real = journal.append

        async def append(batch: Any) -> Any:
            outcome = await real(batch)
            return Committed() if isinstance(outcome, Unknown | Full | Fenced) else outcome

        with patch.context() as here:
            here.setattr(journal, "append", append)
            return await commit(self, turn, answers)

    patch.setattr(Room, "_commit", hopeful)


def reads_what_is_not_synced(_patch: pytest.MonkeyPatch, faults: Faults) -> None:
    """A restart tells of entries that only the cache holds."""
    faults.no_settling = True


def keeps_half_a_batch(_patch: pytest.MonkeyPatch, faults: Faults) -> None:
    """A torn record is read as far as it goes."""
    faults.half_a_record = True


def counts_time_asleep(patch: pytest.MonkeyPatch, _faults: Faults) -> None:
    """A laptop that is opened again plays hours in one moment."""
    patch.setattr(ports, "ASLEEP_MS", 10**12)


def plays_by_the_wall(patch: pytest.MonkeyPatch, _faults: Faults) -> None:
    """Play time follows the wall clock."""
    init = PlayClock.__init__

    class Wall:
        def __init__(self, clock: Any) -> None:
            self.now_ms = clock.wall_ms

    patch.setattr(PlayClock, "__init__", lambda self, clock: init(self, Wall(clock)))


def forgets_who_is_a_little_behind(patch: pytest.MonkeyPatch, _faults: Faults) -> None:
    """Three frames that are due are passed over."""
    due = Reader._due

    def late(self: Reader) -> Any:
        for name, at in self._at.items():
            head = self._streams[name].version
            if at is not None and head - at == 3:
                self._at[name] = head
        return due(self)

    patch.setattr(Reader, "_due", late)


def says_nothing_of_a_loss(patch: pytest.MonkeyPatch, _faults: Faults) -> None:
    """Whoever shows a receipt of a lost part is told that all is well."""
    patch.setattr(Room, "prove", lambda self, token: "")


def resumes_over_a_loss(patch: pytest.MonkeyPatch, _faults: Faults) -> None:
    """Who has seen what is lost is sent what has happened since, on top of it, and is never told how a view should be."""
    patch.setattr(Exercise, "_begin_epoch", lambda self, epoch: None)
    patch.setattr(Reader, "digests", lambda self: {})


ALARM = "told of a loss, and there was none|found a loss, and there was none"
"""The room's own alarm, where nobody has taken anything from the log."""
GONE = rf"G1: acknowledged and lost|two histories|view went back|has drifted|{ALARM}"

MUTANTS: dict[str, tuple[Mutant, str]] = {
    mutant.__name__: (mutant, told)
    for mutant, told in (
        (acknowledges_first, GONE),
        (dedupe_in_memory, "G2: counted twice|G1: kept and not acknowledged"),
        (no_dedupe, "G2: counted twice"),
        (publishes_before_commit, GONE),
        (resume_skips_a_frame, r"frame \d+ after"),
        (due_again_after_a_restart, "G15: bell"),
        (unknown_is_no, "G1: kept and not acknowledged"),
        (unknown_is_yes, GONE),
        (reads_what_is_not_synced, GONE),
        (keeps_half_a_batch, "G3"),
        (counts_time_asleep, "G15: entry"),
        (plays_by_the_wall, "G15"),
        (forgets_who_is_a_little_behind, r"frame \d+ after|G4"),
    )
}
LOSING: dict[str, tuple[Mutant, str]] = {
    mutant.__name__: (mutant, told)
    for mutant, told in ((says_nothing_of_a_loss, "G5: never told"), (resumes_over_a_loss, "G4|frame of another epoch"))
}
"""Those that only a log that goes back in time shows."""
