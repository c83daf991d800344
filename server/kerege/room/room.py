"""One running exercise: the only one who stamps, steps, appends, publishes and answers.

    stamp -> step -> append (durable) -> publish to views -> answer

Rules: acknowledged means durable; `Unknown` never becomes yes or no; a batch that was not committed leaves no trace;
between the check and the append of one room nothing else runs. STOP is shown at once, before the journal has it.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec
import structlog

from kerege.engine.commands.bodies import AnyCommand, Clear, Staff, StandIn, Stop, Tick
from kerege.engine.due import next_due_ms
from kerege.engine.refusals import Refused
from kerege.engine.state import Overlay
from kerege.engine.step import step
from kerege.journal.port import Committed, Fenced, Full
from kerege.room.exercise import Exercise
from kerege.room.inbox import Inbox, Waiting
from kerege.room.log import Sealer, StepBody, fingerprint, without_words
from kerege.room.playclock import PlayClock
from kerege.room.reader import Reader
from kerege.room.viewers import ViewerInfo, viewers_of
from kerege.wire.messages import Receipt

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path
    from typing import Any

    from kerege.journal.chain import Head
    from kerege.journal.entry import Sealed
    from kerege.journal.port import Journal
    from kerege.room.ports import Chance, Clock
    from kerege.room.stream import Encoding, Stream

BATCH_MAX = 64
"""Commands that share one append: one fsync for what has come in while the last one was written."""
RELOAD_WAIT_MS = 2000
"""How long a room whose store failed waits before it tries to read it again."""

log = structlog.get_logger("kerege.room")
_commands: msgspec.msgpack.Decoder[AnyCommand] = msgspec.msgpack.Decoder(AnyCommand)


class _Played:
    """One command of a batch that has been stepped and waits to be durable."""

    __slots__ = ("at_ms", "body", "changes", "entry", "waiting")

    def __init__(
        self, waiting: Waiting | None, entry: Sealed, body: StepBody, changes: dict[str, dict[Any, Any]], at_ms: int
    ) -> None:
        self.waiting = waiting
        self.entry = entry
        self.body = body
        self.changes = changes
        self.at_ms = at_ms


class Room:
    """The one owner of one exercise. Build it with `opening.open_room`; run it with `run()` as a task."""

    def __init__(
        self,
        exercise: Exercise,
        journal: Journal,
        reopen: Callable[[], Awaitable[tuple[Journal, Exercise]]] | None,
        clock: Clock,
        chance: Chance,
        epoch: int = 1,
    ) -> None:
        """`reopen`: opens the store again after a failed write and reads the exercise it then holds."""
        self._exercise = exercise
        self._journal = journal
        self._reopen = reopen
        self._clock = clock
        self._inbox = Inbox()
        self._play_clock = PlayClock(clock)
        self._play_clock.anchor(exercise.at_ms)
        self._sealer = Sealer(chance, epoch, *exercise.head)
        self._readers: dict[int, Reader] = {}
        self._failed = ""
        self._closed = False
        self.viewers: dict[str, ViewerInfo] = viewers_of(exercise.rules)

    # -- what it is ----------------------------------------------------------------------------------------------

    @property
    def exercise(self) -> str:
        """The exercise's id."""
        return self._exercise.genesis.exercise

    @property
    def story(self) -> Exercise:
        """The exercise as it stands, for review, prints and tests; read only."""
        return self._exercise

    @property
    def can_commit(self) -> bool:
        """Whether a command could be made durable now."""
        return not self._failed and not self._closed

    def title(self, language: str) -> str:
        """The story's title."""
        return self._exercise.texts.words("pack-title", language)

    def seat_title(self, viewer: str, language: str) -> str:
        """A viewer's title."""
        return self._exercise.renderer.viewer(viewer, language)

    def clock_public(self) -> dict[str, Any]:
        """What the projector page shows: nothing but the clock."""
        play = self._exercise.state.get("clock", "clock")
        return {
            "phase": play.phase,
            "at_s": self.play_ms // 1000,
            "speed": play.speed,
            "story_starts_at": self._exercise.genesis.pack.starts_at,
            "stopped": play.stopped,
        }

    @property
    def play_ms(self) -> int:
        """Play time now."""
        return self._play_clock.now_ms(self._exercise.state)

    @property
    def next_due_ms(self) -> int | None:
        """The play time at which something falls due next; None while the clock stands."""
        return next_due_ms(self._exercise.state)

    # -- coming in -----------------------------------------------------------------------------------------------

    async def submit(self, seat: str, viewer: str, message: Any, language: str = "en") -> Receipt:
        """
        Ask for one command (a `wire.Submit`) on behalf of a seat, and wait for its one receipt.

        Returns:
            accepted (durable), refused (nothing happened), too_late (the exercise has ended), or unknown (send it
            again with the same id). Never raises for a client's fault.
        """
        if viewer not in self.viewers:
            return self._refusal(message.id, "not_yours", None, language)
        try:
            command = _commands.decode(message.command)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            return self._refusal(message.id, "unreadable", None, language)
        if isinstance(command, Stop) and self.viewers[viewer].sort != "observer":
            self._freeze(stopped=True)
        mark = fingerprint(bytes(message.command))
        waiting = Waiting(viewer, seat, message.id, command, mark, message.done_at_ms, language)
        return await self._put(waiting)

    async def command(self, command: AnyCommand) -> Receipt:
        """Let the room itself do something (as nobody's seat)."""
        return await self._put(Waiting("", "", "", command, b"", None, "en"))

    async def _put(self, waiting: Waiting) -> Receipt:
        if self._closed or self._failed:
            return self._unknown(waiting.command_id, waiting.language)
        if not self._inbox.put(waiting):
            return self._refusal(waiting.command_id, "busy", None, waiting.language)
        return await waiting.answer

    async def person_took(self, viewer: str) -> None:
        """A person has come to a chair. An actor's: acts about the character open a talk. A team's: its stand-in goes."""
        facts = self.viewers[viewer]
        if facts.sort == "actor":
            await self.command(Staff(facts.code, played=True))
        elif self._exercise.state.get("stand_in", viewer, ""):
            await self._put(Waiting("control", "", "", StandIn(facts.code, None), b"", None, "en"))

    async def person_left(self, viewer: str) -> None:
        """Nobody plays a character any more."""
        if self.viewers[viewer].sort == "actor":
            await self.command(Staff(self.viewers[viewer].code, played=False))

    # -- reading -------------------------------------------------------------------------------------------------

    def reader(
        self, viewer: str, language: str, encoding: Encoding, wake: Callable[[], None], *, inflate: bool = False
    ) -> Reader:
        """
        A connection's reader.

        Args:
            wake: Called from the event loop whenever there may be something to read.
            inflate: The client unpacks zlib; snapshots come packed.
        """
        own = self.viewers[viewer].code
        sees_all = self.viewers[viewer].sort == "control"

        def may_open(stream: str) -> bool:
            return sees_all or stream == own

        def detach(reader: Reader) -> None:
            self._readers.pop(id(reader), None)

        reader = Reader(self._exercise.streams, may_open, language, encoding, wake, detach, inflate=inflate)
        self._readers[id(reader)] = reader
        return reader

    def _freeze(self, *, stopped: bool) -> None:
        for reader in tuple(self._readers.values()):
            reader.freeze(stopped=stopped)

    # -- the loop ------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Play until closed. Sleeps until something is asked for or falls due."""
        while not self._closed:
            if self._failed:
                await self._recover()
                continue
            due = self.next_due_ms
            until = None if due is None else self._play_clock.real_ms_of(self._exercise.state, due)
            if not self._inbox and (until is None or until > self._clock.now_ms()):
                self._inbox.wake.clear()
                await self._clock.wait(self._inbox.wake, until)
                self._inbox.wake.clear()
            if not self._closed:
                await self._turn()

    async def _turn(self) -> None:
        """Drain the inbox up to a batch, step each command on the overlay of the last, append, publish, answer."""
        batch = self._inbox.take(BATCH_MAX)
        overlay = Overlay(self._exercise.state)
        played: list[_Played] = []
        answers: list[tuple[Waiting, Receipt]] = []
        repeats: list[Waiting] = []
        before = (self._sealer.n, self._sealer.last)
        last_ms = self._exercise.at_ms
        now_ms = max(last_ms, self._play_clock.now_ms(overlay))
        last_ms = self._fall_due(overlay, played, now_ms, last_ms)
        seen: set[tuple[str, str]] = set()
        for waiting in batch:
            known = self._exercise.answers.get(waiting.seat, waiting.command_id) if waiting.seat else None
            if known is not None:
                answers.append((waiting, self._again(waiting, known.fingerprint, known.version, known.token)))
                continue
            if waiting.seat and (waiting.seat, waiting.command_id) in seen:
                repeats.append(waiting)
                continue
            try:
                done = self._step(overlay, waiting, max(last_ms, now_ms))
            except Refused as refused:
                answers.append(
                    (waiting, self._refusal(waiting.command_id, refused.code, refused.text, waiting.language))
                )
                continue
            seen.add((waiting.seat, waiting.command_id))
            played.append(done)
            last_ms = max(last_ms, done.at_ms)
        if played and not await self._commit(played, before, answers):
            for waiting in repeats:
                answers.append((waiting, self._unknown(waiting.command_id, waiting.language)))
            repeats = []
        for waiting in repeats:
            known = self._exercise.answers.get(waiting.seat, waiting.command_id)
            assert known is not None
            answers.append((waiting, self._again(waiting, known.fingerprint, known.version, known.token)))
        for waiting, receipt in answers:
            if not waiting.answer.done():
                waiting.answer.set_result(receipt)

    def _fall_due(self, overlay: Overlay, played: list[_Played], now_ms: int, last_ms: int) -> int:
        """Let everything that is due by now happen first, each at its own play time."""
        while len(played) < BATCH_MAX:
            due = next_due_ms(overlay)
            if due is None or due > now_ms:
                break
            tick = Waiting("", "", "", Tick(), b"", None, "en")
            done = self._step(overlay, tick, max(last_ms, due))
            done.waiting = None
            played.append(done)
            last_ms = max(last_ms, done.at_ms)
        return last_ms

    def _step(self, overlay: Overlay, waiting: Waiting, at_ms: int) -> _Played:
        """One command on an overlay of its own, kept in the batch's overlay if it is not refused."""
        trial = Overlay(overlay)
        name = f"{waiting.seat}.{waiting.command_id}" if waiting.seat else f"room.{self._sealer.n + 1}"
        done = step(self._exercise.rules, trial, waiting.command, waiting.by, at_ms, name)
        body = StepBody(
            waiting.by, waiting.seat, waiting.command_id, waiting.fingerprint,
            without_words(self._exercise.rules, waiting.command), done.events, waiting.done_at_ms,
        )  # fmt: skip
        entry = self._sealer.step(body, at_ms, done.words, self._clock.wall_ms())
        overlay.absorb(trial.changes)
        return _Played(waiting, entry, body, trial.changes, done.at_ms)

    async def _commit(
        self, played: list[_Played], before: tuple[int, bytes], answers: list[tuple[Waiting, Receipt]]
    ) -> bool:
        """Make the batch durable, publish it, and gather its receipts. False: nothing of it was kept, or nobody knows."""
        outcome = await self._journal.append([each.entry for each in played])
        if not isinstance(outcome, Committed):
            self._sealer.back_to(*before)
            if not isinstance(outcome, Full):
                self._failed = "fenced" if isinstance(outcome, Fenced) else outcome.why
            log.error("the journal did not keep a batch", outcome=type(outcome).__name__, entries=len(played))
            for each in played:
                if each.waiting is not None:
                    answers.append((each.waiting, self._unknown(each.waiting.command_id, each.waiting.language)))
            return False
        self._publish(played, answers)
        return True

    def _publish(self, played: list[_Played], answers: list[tuple[Waiting, Receipt]]) -> None:
        now_ms = self._clock.now_ms()
        changed: set[Stream] = set()
        for each in played:
            news = self._exercise.join(each.entry, each.body, each.changes, each.at_ms, now_ms)
            changed |= news
            if Exercise.sets_clock(each.body):
                self._play_clock.anchor(each.at_ms)
            if isinstance(each.body.command, Clear):
                self._freeze(stopped=False)
            if each.waiting is not None:
                answers.append((each.waiting, self._receipt(each.waiting)))
        for stream in changed:
            if stream.delay_ms:
                self._clock.call_at(now_ms + stream.delay_ms, lambda stream=stream: self._release(stream))  # type: ignore[misc]
            else:
                stream.wake()

    def _release(self, stream: Stream) -> None:
        if stream.release(self._clock.now_ms()):
            stream.wake()

    # -- answers -------------------------------------------------------------------------------------------------

    def _receipt(self, waiting: Waiting) -> Receipt:
        if not waiting.seat:
            return Receipt("", "accepted")
        answer = self._exercise.answers.get(waiting.seat, waiting.command_id)
        assert answer is not None
        return Receipt(waiting.command_id, "accepted", answer.version, answer.token)

    def _again(self, waiting: Waiting, mark: bytes, version: int, token: str) -> Receipt:
        if mark != waiting.fingerprint:
            return self._refusal(waiting.command_id, "other_body", None, waiting.language)
        return Receipt(waiting.command_id, "accepted", version, token)

    def _refusal(self, command_id: str, code: str, text: str | None, language: str) -> Receipt:
        key = (text or f"refusal_{code}").replace("_", "-")
        words = self._exercise.texts.words(key, language)
        return Receipt(command_id, "too_late" if code == "ended" else "refused", code=code, text=words)

    def _unknown(self, command_id: str, language: str) -> Receipt:
        words = self._exercise.texts.words("refusal-not-committing", language)
        return Receipt(command_id, "unknown", code="not_committing", text=words)

    # -- when the store fails, and the end -----------------------------------------------------------------------

    async def _recover(self) -> None:
        """Read the store again; what it then holds is what happened. Streams go on where they were."""
        if self._reopen is None:
            self._inbox.wake.clear()
            await self._inbox.wake.wait()
            return
        try:
            journal, exercise = await self._reopen()
        except Exception:
            log.exception("the store cannot be read again")
            await self._clock.wait(asyncio.Event(), self._clock.now_ms() + RELOAD_WAIT_MS)
            return
        self._journal = journal
        for code, stream in exercise.streams.items():
            old = self._exercise.streams[code]
            stream.wakes.update(old.wakes)
        self._exercise.streams.clear()
        self._exercise.streams.update(exercise.streams)
        exercise.streams = self._exercise.streams
        self._exercise = exercise
        self._sealer.back_to(*exercise.head)
        self._play_clock.anchor(exercise.at_ms)
        self._failed = ""
        for stream in exercise.streams.values():
            stream.wake()

    async def read_log(self) -> list[Sealed]:
        """The whole log so far, for review."""
        return await self._journal.read()

    async def export_to(self, path: Path) -> Head | None:
        """Write the whole log so far into one new portable file, while play goes on."""
        return await self._journal.export_to(path)

    async def close(self) -> None:
        """Stop playing. Nothing is lost: what was acknowledged is durable."""
        self._closed = True
        self._inbox.wake.set()
        for waiting in self._inbox.take(len(self._inbox)):
            if not waiting.answer.done():
                waiting.answer.set_result(self._unknown(waiting.command_id, waiting.language))
        await self._journal.close()
