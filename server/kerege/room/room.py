"""One running exercise: the only one who stamps, steps, appends, publishes and answers.

    stamp -> step -> append (durable) -> publish to views -> answer

Rules: acknowledged means durable; `Unknown` never becomes yes or no; a batch that was not committed leaves no trace;
between the check and the append of one room nothing else runs. STOP is shown at once, before the journal has it.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Literal

import msgspec
import structlog

from kerege.engine.commands.bodies import AnyCommand, Clear, Curtain, Lose, Staff, StandIn, Stop, Write
from kerege.engine.due import next_due_ms
from kerege.engine.refusals import TOO_LATE, Refused
from kerege.journal.port import Appended, Committed, Fenced, Full, StoreDown, Unknown
from kerege.room.erasing import typed_words
from kerege.room.exercise import Exercise
from kerege.room.inbox import Inbox, Waiting
from kerege.room.log import Sealer, fingerprint
from kerege.room.playclock import PlayClock
from kerege.room.reader import Reader
from kerege.room.turn import BATCH_MAX, Turn
from kerege.room.viewers import ViewerInfo, viewers_of
from kerege.scenario.written import compile_written
from kerege.wire.messages import Receipt
from kerege.wire.typed import cleaned

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Sequence
    from pathlib import Path
    from typing import Any

    from kerege.journal.chain import Head
    from kerege.journal.entry import Sealed
    from kerege.journal.port import Journal
    from kerege.room.answers import Answer
    from kerege.room.ports import Chance, Clock
    from kerege.room.stream import Encoding, Stream
    from kerege.room.turn import Played

PROBLEMS_SAID_MAX = 5
"""Of what is wrong with a text that control wrote: more is not read at once."""
FAULT = "fault"
"""Why a room stands that failed by a fault of ours, and the code of a command that did."""
RELOAD_WAIT_MS = 2000
"""How long a room whose store failed waits before it tries to read it again."""

FULL_WAIT_MS = 2000
"""How long a room whose store was full waits before it tries again what nobody has asked for."""

log = structlog.get_logger("kerege.room")
_commands: msgspec.msgpack.Decoder[AnyCommand] = msgspec.msgpack.Decoder(AnyCommand)


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
        self._full = False
        """The last write found no room; nothing of it was kept."""
        self._closed = False
        self._halted = False
        self._losing = False
        """A loss has been found, and the log does not hold that yet."""
        self._taken: list[Waiting] = []
        self.viewers: dict[str, ViewerInfo] = viewers_of(exercise.rules, exercise.state)
        """One and the same table for as long as the room lives: who holds it sees teams come and go."""
        self._hold_back()

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
    def trouble(self) -> Literal["", "full", "failed", "closed"]:
        """Why nothing can be made durable now: no room on the disk, a store that is read again, or the room is closed."""
        if self._closed:
            return "closed"
        return "failed" if self._failed else "full" if self._full else ""

    def title(self, language: str) -> str:
        """The story's title."""
        return self._exercise.texts.words("pack-title", language)

    def seat_title(self, viewer: str, language: str) -> str:
        """A viewer's title."""
        return self._exercise.renderer.names.viewer(viewer, language)

    def clock_public(self) -> dict[str, Any]:
        """What the projector page shows: nothing but the clock."""
        play = self._exercise.state.get("clock", "clock")
        return {
            "phase": play.phase,
            "at_s": self.play_ms // 1000,
            "speed": play.speed,
            "story_starts_at": self._exercise.genesis.pack.starts_at,
            "stopped": play.stopped or self._halted,
        }

    @property
    def play_ms(self) -> int:
        """Play time now."""
        if self._halted:
            return self._play_clock.anchored_ms
        return self._play_clock.now_ms(self._exercise.state)

    @property
    def next_due_ms(self) -> int | None:
        """The play time at which something falls due next; None while the clock stands."""
        return None if self._halted else next_due_ms(self._exercise.state)

    # -- coming in -----------------------------------------------------------------------------------------------

    async def submit(self, seat: str, viewer: str, message: Any, language: str = "en") -> Receipt:
        """
        Ask for one command (a `wire.Submit`) on behalf of a seat, and wait for its one receipt.

        Returns:
            accepted (durable), refused (nothing happened), too_late (nothing happened: what it was for is
            over), or unknown (send it again with the same id). Never raises for a client's fault.
        """
        if viewer not in self.viewers:
            return self._refusal(message.id, "not_yours", None, language)
        try:
            command = cleaned(_commands.decode(message.command))
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            return self._refusal(message.id, "unreadable", None, language)
        if isinstance(command, Write) and viewer == "control":
            marks, problems = compile_written(self._exercise.genesis.pack, command.texts) if command.texts else ((), [])
            if problems:
                words = self._exercise.texts.words("refusal-inject-broken", language)
                text = "\n".join((words, *map(str, problems[:PROBLEMS_SAID_MAX])))
                return Receipt(message.id, "refused", code="bad_answer", text=text)
            stated = tuple(
                msgspec.structs.replace(mark, words="") for mark in marks
            )  # the words are typed: see `texts`
            command = msgspec.structs.replace(command, marks=stated)
        known = self._exercise.answers.get(seat, message.id)
        if isinstance(command, Stop) and self.viewers[viewer].sort != "observer" and known is None:
            self._halt()  # not for one that comes again: its danger may be over
        body = bytes(message.command)
        return await self._put(
            Waiting(viewer, seat, message.id, command, body, message.done_at_ms, language, message.seen)
        )

    def prove(self, token: str) -> Literal["", "lost", "refused"]:
        """
        Whether the log still holds what a receipt's token acknowledges.

        Returns:
            "" it does; "lost" it does not, and unless control has acknowledged this loss, play stops until it does;
            "refused" for all that this exercise has not sealed, whatever it is.
        """
        receipt = self._exercise.opened(token)
        if receipt is None:
            return "refused"
        if self._exercise.holds(receipt.n, receipt.hash):
            return ""
        log.error(
            "the log has lost what was acknowledged", exercise=self.exercise, entry=receipt.n, head=self._sealer.n
        )
        if receipt.epoch >= self._sealer.epoch:  # what was lost before has an older epoch: see `_lose`
            self._lose(receipt.epoch)
        return "lost"

    def _lose(self, epoch: int) -> None:
        """Stop play until control has seen that the log lost entries of this epoch; what is kept from now on has a later one."""
        self._sealer.epoch = epoch + 1
        self._losing = True
        self._inbox.put(_loss(), urgent=True)

    async def command(self, command: AnyCommand) -> Receipt:
        """Let the room itself do something (as nobody's seat)."""
        return await self._put(Waiting("", "", "", command, b"", None, "en"))

    async def _put(self, waiting: Waiting) -> Receipt:
        if self._closed or self._failed:
            return self._unknown(waiting.command_id, waiting.language)
        if not self._inbox.put(waiting, urgent=isinstance(waiting.command, Stop | Clear | Curtain)):
            return self._refusal(waiting.command_id, "busy", None, waiting.language)
        return await waiting.answer

    async def person_took(self, viewer: str) -> None:
        """A person has come to a chair. Its stand-in goes; an actor's: acts about the character open a talk."""
        facts = self.viewers[viewer]
        if self._exercise.state.get("stand_in", viewer, ""):
            await self._put(Waiting("control", "", "", StandIn(facts.code, None), b"", None, "en"))
        if facts.sort == "actor":
            await self.command(Staff(facts.code, played=True))

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
            wake: Called from the event loop when there may be something to read; of what streams show only once until it is
                read or passed over (`Reader.pass_over`): whoever does neither hears no more.
            inflate: The client unpacks zlib; snapshots come packed.
        """
        own = self.viewers[viewer].code
        sees_all = self.viewers[viewer].sort == "control"
        follows = self.viewers[viewer].follows

        safety = self.viewers["safety"].code  # who drew a curtain is known there alone, not to control

        def may_open(stream: str) -> bool:
            return stream in {own, follows} or (sees_all and stream != safety and stream in self._codes())

        def detach(reader: Reader) -> None:
            self._readers.pop(id(reader), None)

        reader = Reader(self._exercise.streams, may_open, language, encoding, wake, detach, inflate=inflate)
        self._readers[id(reader)] = reader
        return reader

    def _codes(self) -> set[str]:
        return {facts.code for facts in self.viewers.values()}

    def _halt(self) -> None:
        """STOP, before and whether or not the journal has it: every screen at once, and play time stands still."""
        self._play_clock.anchor(self.play_ms)
        self._halted = True
        self._freeze(stopped=True)

    def _lift(self) -> None:
        """The danger is over, or the log has the stop now and holds the clock itself."""
        if self._halted:
            self._play_clock.anchor(self._play_clock.anchored_ms)
            self._halted = False

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
            if self._full and not self._inbox:
                await self._await_space()
                continue
            due = self.next_due_ms
            until = None if due is None else self._play_clock.real_ms_of(self._exercise.state, due)
            if not self._inbox and (until is None or until > self._clock.now_ms()):
                self._inbox.wake.clear()
                await self._clock.wait(self._inbox.wake, until)
                self._inbox.wake.clear()
            if not self._closed:
                await self._guarded_turn()

    async def _await_space(self) -> None:
        """What people ask for is tried at once; what falls due by itself, when a write is kept again."""
        self._inbox.wake.clear()
        await self._clock.wait(self._inbox.wake, self._clock.now_ms() + FULL_WAIT_MS)
        if not self._inbox and not self._closed:
            self._heed(await self._journal.try_write())

    def _heed(self, outcome: Appended) -> None:
        """What a write's outcome says about the next one."""
        self._full = isinstance(outcome, Full)
        if isinstance(outcome, Fenced):
            self._failed = "fenced"
        elif isinstance(outcome, Unknown):
            self._failed = outcome.why

    async def _guarded_turn(self) -> None:
        """One turn. A fault of ours stops the room, is said to all who wait, and leads back to the log."""
        try:
            await self._turn()
        except Exception:
            log.exception("a turn failed", exercise=self.exercise, entry=self._sealer.n)
            self._failed = FAULT
            for waiting in self._taken:
                _answer(waiting, self._unknown_to(waiting))

    async def _turn(self) -> None:
        """Drain the inbox up to a batch, step each command on the overlay of the last, append, publish, answer."""
        self._taken = []
        turn = Turn(self._exercise, self._sealer, self.play_ms, self._clock.wall_ms())
        if turn.fall_due():  # else commands wait until all that was due before them has happened
            self._taken = self._inbox.take(BATCH_MAX)
        if self._losing and self._taken:  # before anything else, however often the store does not keep it
            self._taken.insert(0, _loss())
        answers: list[tuple[Waiting, Receipt]] = []
        repeats: list[Waiting] = []
        seen: set[tuple[str, str]] = set()
        for waiting in self._taken:
            key = (waiting.seat, waiting.command_id)
            known = self._exercise.answers.get(*key) if waiting.seat else None
            if known is not None:
                answers.append((waiting, self._again(waiting, known)))
            elif waiting.seat and key in seen:
                repeats.append(waiting)
            else:
                refusal = self._play(turn, waiting)
                if refusal is None:
                    seen.add(key)
                else:
                    answers.append((waiting, refusal))
        kept = not turn.played or await self._commit(turn, answers)
        for waiting in repeats:
            answers.append((waiting, self._repeat(waiting) if kept else self._unknown_to(waiting)))
        for waiting, receipt in answers:
            _answer(waiting, receipt)

    def _play(self, turn: Turn, waiting: Waiting) -> Receipt | None:
        """Step one command of a batch; returns the refusal, if it was refused."""
        try:
            turn.play(waiting)
        except Refused as refused:
            if isinstance(waiting.command, Lose) and self._exercise.state.get("clock", "clock").lost:
                self._losing = False  # the log says so already
            if refused.code == "not_stopped" and self._halted:  # a stop that the log never got is over all the same
                self._lift()
                self._freeze(stopped=False)
            return self._refusal(waiting.command_id, refused.code, refused.text, waiting.language)
        except Exception:  # ours, not the player's: its overlay is dropped, and the others play on
            log.exception("a command failed", do=type(waiting.command).__name__, by=waiting.by)
            return self._refusal(waiting.command_id, FAULT, None, waiting.language)
        return None

    async def _commit(self, turn: Turn, answers: list[tuple[Waiting, Receipt]]) -> bool:
        """Make the batch durable, publish it, and gather its receipts. False: nothing of it was kept, or nobody knows."""
        outcome = await self._journal.append([each.entry for each in turn.played])
        self._heed(outcome)
        if isinstance(outcome, Committed):
            self._publish(turn.played, answers)
            return True
        self._sealer.back_to(*turn.before)
        log.error("the journal did not keep a batch", outcome=type(outcome).__name__, entries=len(turn.played))
        for each in turn.played:
            if each.waiting is not None:
                answers.append((each.waiting, self._unknown_to(each.waiting)))
        return False

    def _publish(self, played: list[Played], answers: list[tuple[Waiting, Receipt]]) -> None:
        now_ms = self._clock.now_ms()
        changed: set[Stream] = set()
        for each in played:
            news = self._exercise.join(each.entry, each.body, each.changes, each.at_ms, now_ms)
            changed |= news
            if Exercise.sets_teams(each.body):
                changed |= self._lay_out_viewers()
            if Exercise.sets_clock(each.body):
                self._play_clock.anchor(each.at_ms)
            if isinstance(each.body.command, Stop | Clear):
                self._lift()
            if isinstance(each.body.command, Lose):
                self._losing = False
            if isinstance(each.body.command, Clear):
                self._freeze(stopped=False)
            if each.waiting is not None:
                answers.append((each.waiting, self._receipt(each.waiting)))
        for stream in sorted(changed, key=lambda each: each.code):  # in an order that is the same everywhere
            stream.wake()
            if stream.delay_ms:
                self._clock.call_at(now_ms + stream.delay_ms, lambda stream=stream: self._release(stream))  # type: ignore[misc]

    def _lay_out_viewers(self) -> set[Stream]:
        """Teams were opened or closed. Returns the streams whose readers are to look where they sit now."""
        now = viewers_of(self._exercise.rules, self._exercise.state)
        moved = [viewer for viewer, facts in now.items() if facts.into and not self.viewers[viewer].into]
        self.viewers.clear()
        self.viewers.update(now)
        return {self._exercise.stream_of[viewer] for viewer in moved}

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

    def _repeat(self, waiting: Waiting) -> Receipt:
        """The answer to the same id later in one batch."""
        known = self._exercise.answers.get(waiting.seat, waiting.command_id)
        assert known is not None
        return self._again(waiting, known)

    def _again(self, waiting: Waiting, known: Answer) -> Receipt:
        if known.salt is not None and known.fingerprint != fingerprint(waiting.body, known.salt):
            return self._refusal(waiting.command_id, "other_body", None, waiting.language)
        return Receipt(waiting.command_id, "accepted", known.version, known.token)

    def _refusal(self, command_id: str, code: str, text: str | None, language: str) -> Receipt:
        key = (text or f"refusal_{code}").replace("_", "-")
        words = self._exercise.texts.words(key, language)
        return Receipt(command_id, "too_late" if code in TOO_LATE else "refused", code=code, text=words)

    def _unknown(self, command_id: str, language: str) -> Receipt:
        words = self._exercise.texts.words("refusal-not-committing", language)
        return Receipt(command_id, "unknown", code="not_committing", text=words)

    def _unknown_to(self, waiting: Waiting) -> Receipt:
        return self._unknown(waiting.command_id, waiting.language)

    # -- when the store fails, and the end -----------------------------------------------------------------------

    async def _recover(self) -> None:
        """Read the store again; what it then holds is what happened. Streams go on where they were."""
        if self._reopen is None:
            self._turn_away()
            await self._inbox.wake.wait()
            return
        if self._failed == FAULT:  # the log may hold what fails again: do not spin
            await self._clock.wait(asyncio.Event(), self._clock.now_ms() + RELOAD_WAIT_MS)
        try:
            journal, exercise = await self._reopen()
            tried = await journal.try_write()
            if not isinstance(tried, Committed | Full):
                raise StoreDown(f"it can be read, and takes no writes: {tried}")
        except Exception:
            log.exception("the store cannot be read again")
            self._turn_away()
            await self._clock.wait(asyncio.Event(), self._clock.now_ms() + RELOAD_WAIT_MS)
            return
        before = self._exercise.head
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
        self._full = isinstance(tried, Full)
        if self._losing or not exercise.holds(*before):  # all that stood here was durable once
            self._lose(self._sealer.epoch)
        self._lay_out_viewers()
        self._hold_back()
        for stream in exercise.streams.values():
            stream.wake()

    def _turn_away(self) -> None:
        """Whoever waits is told that nobody knows when: the same act is sent again later."""
        for waiting in self._inbox.take(len(self._inbox)):
            _answer(waiting, self._unknown_to(waiting))

    def _hold_back(self) -> None:
        """After a log was read: observers' desks see what they saw before, and the rest comes at its time."""
        for stream in self._exercise.streams.values():
            stream.release(self._clock.now_ms())
            for due_ms in stream.held_until_ms():
                self._clock.call_at(due_ms, lambda stream=stream: self._release(stream))  # type: ignore[misc]

    async def erase(self, word_ids: Sequence[str]) -> int:
        """Remove words typed by people from the log, and from every screen: each is filled anew. Returns how many."""
        erased = await self._journal.erase(word_ids)
        self._exercise.forget_words(word_ids)
        for reader in tuple(self._readers.values()):
            reader.afresh()
        return erased

    async def erase_typed(
        self, seats: Collection[str] = (), holding: Collection[str] = (), *, all_words: bool = False
    ) -> int:
        """Erase what these seats typed, and whatever holds one of these texts; or all words. Returns how many."""
        return await self.erase(typed_words(await self.read_log(), seats, holding, all_words=all_words))

    @property
    def personal(self) -> list[str]:
        """The kinds of real numbers that typed words seem to hold; neither where nor by whom."""
        return sorted({kind for kinds in self._exercise.personal.values() for kind in kinds})

    async def read_log(self) -> list[Sealed]:
        """The whole log so far, for review."""
        return await self._journal.read()

    async def export_to(self, path: Path) -> Head | None:
        """Write the whole log so far into one new portable file, while play goes on."""
        return await self._journal.export_to(path)

    async def close(self) -> None:
        """Stop playing. Nothing is lost: what was acknowledged is durable."""
        self._closed = True
        self._turn_away()
        self._inbox.wake.set()  # after the inbox, which clears it when empty
        await self._journal.close()


def _loss() -> Waiting:
    return Waiting("", "", "", Lose(), b"", None, "en")


def _answer(waiting: Waiting, receipt: Receipt) -> None:
    if not waiting.answer.done():  # whoever asked may have gone
        waiting.answer.set_result(receipt)
