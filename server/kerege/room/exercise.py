"""One exercise as it stands: rules, durable state, views and streams, words and answers, and how an entry joins them.

`join` is the only way in: for an entry that has just been made durable, and for every entry of a log that is read
again. So a restart rebuilds exactly what was there.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kerege.engine.events import ClockSet, PartClosed, PartOpened, TimePassed
from kerege.engine.evolve import evolve
from kerege.engine.rules import Rules
from kerege.engine.start import first_state
from kerege.engine.state import Overlay
from kerege.journal.entry import HASH_BYTES
from kerege.journal.receipt import open_token, seal_token
from kerege.room.answers import Answer, Answers
from kerege.room.log import RULES_VERSION, Genesis, StepBody, read_genesis, read_step, salt_of
from kerege.room.stream import Stream
from kerege.room.upcast import WrongLog
from kerege.scenario.personal import personal_in
from kerege.views.projector import Projector
from kerege.views.render import Renderer
from kerege.views.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from kerege.engine.state import State
    from kerege.journal.entry import Sealed
    from kerege.journal.receipt import Receipt


class Exercise:
    """Everything that follows from the log so far."""

    def __init__(self, genesis: Genesis, first_hash: bytes, observer_delay_ms: int = 0) -> None:
        if genesis.rules_version > RULES_VERSION:
            raise WrongLog(f"this log was made under rules version {genesis.rules_version}, newer than {RULES_VERSION}")
        self.genesis = genesis
        self.rules = Rules(genesis.pack, genesis.key)
        self.texts = Texts(genesis.pack.texts)
        self.words: dict[str, str] = {}
        self.personal: dict[str, list[str]] = {}
        """Words that seem to hold a real person's number, and of which kind; never who typed them."""
        self.answers = Answers()
        self.state: State = first_state(self.rules)
        self.projector = Projector(self.rules)
        self.renderer = Renderer(self.rules, self.texts, self.words)
        self.at_ms = 0
        self.head = (0, first_hash)
        self._hashes = bytearray(first_hash)
        self._receipt_key = hashlib.blake2b(b"receipts", key=genesis.key, digest_size=32).digest()
        self._first_hash = first_hash
        self._words_erased = 0
        self._epoch = 1
        epoch = self._stream_epoch()
        self.streams: dict[str, Stream] = {}
        self.stream_of: dict[str, Stream] = {}
        for viewer in self.rules.viewers.values():
            if viewer.sort in {"hidden", "persona"}:
                continue
            delay_ms = observer_delay_ms if viewer.sort == "observer" else 0
            code = self.rules.viewer_codes.of[viewer.id]
            stream = Stream(code, epoch, self.renderer, self.projector.fresh(self.state, viewer.id), delay_ms)
            self.streams[code] = self.stream_of[viewer.id] = stream

    @classmethod
    def of(
        cls, entries: list[Sealed], observer_delay_ms: int = 0, committed_ms: Callable[[Sealed], int] = lambda _: 0
    ) -> Exercise:
        """The exercise that a whole log tells. `committed_ms`: real time of an entry's commit. Raises WrongLog."""
        exercise = cls(read_genesis(entries[0]), entries[0].hash, observer_delay_ms)
        for entry in entries[1:]:
            exercise.replay(entry, committed_ms(entry))
        exercise._name_streams()
        return exercise

    def replay(self, entry: Sealed, now_ms: int = 0) -> StepBody:
        """Let an entry that was made before have happened again."""
        body = read_step(entry)
        overlay = Overlay(self.state)
        at_ms = entry.header.at_ms
        for event in body.events:
            if type(event) is TimePassed:
                at_ms = event.at_ms
            evolve(overlay, event, at_ms)
        self.join(entry, body, overlay.changes, at_ms, now_ms)
        return body

    def join(
        self, entry: Sealed, body: StepBody, changes: dict[str, dict[Any, Any]], at_ms: int, now_ms: int
    ) -> set[Stream]:
        """
        Take over a durable entry.

        Args:
            changes: The overlay's changes that its events made.
            at_ms: The play time at its end.
            now_ms: Real time of the commit, for the delay of observers' desks.

        Returns:
            The streams that have something new.
        """
        self.state.absorb(changes)
        self.at_ms = max(self.at_ms, at_ms)
        self.head = (entry.header.n, entry.hash)
        self._hashes += entry.hash
        if entry.header.epoch > self._epoch:
            self._begin_epoch(entry.header.epoch)
        for word in entry.words:
            if word.text is None:
                self._words_erased += 1
            else:
                self.words[word.id] = word.text
                if kinds := personal_in(word.text):
                    self.personal[word.id] = kinds
        changed: set[Stream] = set()
        for viewer, news in self.projector.project(self.state, body.events, at_ms).items():
            stream = self.stream_of.get(viewer)
            if stream is not None:
                stream.publish(news, now_ms)
                changed.add(stream)
        if body.seat:
            stream = self.stream_of[body.by]
            if stream.release(now_ms):
                changed.add(stream)
            token = seal_token(self._receipt_key, self.genesis.exercise, entry)
            answer = Answer(body.fingerprint, salt_of(entry.words), stream.version, token)
            self.answers.keep(body.seat, body.command_id, answer)
        return changed

    def _begin_epoch(self, epoch: int) -> None:
        """The log had lost its end: who has seen more than it holds has to see everything anew."""
        self._epoch = epoch
        for stream in self.streams.values():
            stream.forget_words()
        self._name_streams()

    def forget_words(self, word_ids: Sequence[str]) -> None:
        """The store has erased these. No screen is built upon frames from before: streams begin anew, as after a restart."""
        for word_id in word_ids:
            self.personal.pop(word_id, None)
            if self.words.pop(word_id, None) is not None:
                self._words_erased += 1
                self.answers.forget_salt(word_id)
        self.renderer.forget_words()
        for stream in self.streams.values():
            stream.forget_words()
        self._name_streams()

    @property
    def edition(self) -> tuple[int, bytes, int]:
        """What a page made from the log stands for: with each entry, and when words were erased, it has to be made anew."""
        return (*self.head, self._words_erased)

    def _name_streams(self) -> None:
        epoch = self._stream_epoch()
        for stream in self.streams.values():
            stream.epoch = epoch

    def _stream_epoch(self) -> str:
        """Of all streams: another exercise has another, and so has this one once words were erased or its end was lost."""
        later = (self._words_erased, self._epoch - 1)
        told = b"" if later == (0, 0) else b"".join(n.to_bytes(8, "big") for n in later)
        return hashlib.blake2b(self._first_hash + told, key=self.genesis.key, digest_size=6).hexdigest()

    def opened(self, token: str) -> Receipt | None:
        """What a receipt's token says; None for everything that this exercise has not sealed."""
        return open_token(self._receipt_key, token)

    def holds(self, n: int, chain_hash: bytes) -> bool:
        """Whether the log's entry `n` is the one with this hash."""
        return self._hashes[n * HASH_BYTES : (n + 1) * HASH_BYTES] == chain_hash

    @staticmethod
    def sets_teams(body: StepBody) -> bool:
        """Whether an entry has opened or closed a team."""
        return any(type(event) in {PartOpened, PartClosed} for event in body.events)

    @staticmethod
    def sets_clock(body: StepBody) -> bool:
        """Whether an entry has set the play clock."""
        return any(type(event) is ClockSet for event in body.events)
