"""What a room writes into its log: the body of entry 0, and the body of every step.

Entry 0 holds the whole compiled pack with its texts, the rules' version and the exercise's key, so that a log can be
played again by anybody who may read it, with nothing beside it. A step's body holds the command without the words that
people typed: those stand beside it, erasable.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeVar

import msgspec

from kerege.engine.commands.bodies import Amend, AnyCommand, Ask, File, Heard, Rule, Write
from kerege.engine.events import AnyEvent
from kerege.engine.pack import Pack
from kerege.journal.entry import SALT_BYTES, Header, Sealed, Word, seal, word
from kerege.room.upcast import WrongLog, genesis_upcast, step_upcast
from kerege.wire.messages import MARK

if TYPE_CHECKING:
    from kerege.engine.rules import Rules
    from kerege.room.ports import Chance
    from kerege.room.upcast import Plain

RULES_VERSION = 1
BODY_VERSION = 1
ZERO_HASH = bytes(32)

T = TypeVar("T")


class Genesis(msgspec.Struct, frozen=True):
    """Entry 0."""

    exercise: str
    key: bytes
    rules_version: int
    pack: Pack
    mark: str = MARK
    version: int = BODY_VERSION


class StepBody(msgspec.Struct, frozen=True):
    """
    Every other entry: who asked what, and what happened.

    `fingerprint`: of the command's bytes as they came, keyed with the salt of the words typed in it, if there are any:
    when the words are erased, nothing is left to try guesses on.
    `done_at_ms`, `seen`: what the device said: when it was done there, and the version of the view it was done in. Labels
    for the debrief; nothing is decided by them.
    """

    by: str
    seat: str
    command_id: str
    fingerprint: bytes
    command: AnyCommand
    events: tuple[AnyEvent, ...]
    done_at_ms: int | None = None
    seen: int | None = None
    version: int = BODY_VERSION


_encoder = msgspec.msgpack.Encoder()
_genesis = msgspec.msgpack.Decoder(Genesis, strict=True)
_step = msgspec.msgpack.Decoder(StepBody, strict=True)


def fingerprint(command: bytes, salt: bytes = b"") -> bytes:
    """What tells one command's bytes from another's."""
    return hashlib.blake2b(command, key=salt, digest_size=16).digest()


def without_words(rules: Rules, command: AnyCommand) -> AnyCommand:
    """A command as it may stand in a body: everything that a person typed is taken out."""
    changed: dict[str, object] = {
        name: "" for name in ("text", "why", "title") if isinstance(getattr(command, name, None), str)
    }
    if isinstance(command, Ask):
        action = rules.actions.get(rules.action_codes.id.get(command.action, ""))
        typed = {rules.name_codes.of[p.name] for p in action.params if p.takes == "words"} if action else set()
        changed["asks"] = {name: "" if name in typed else answer for name, answer in command.asks.items()}
    elif isinstance(command, File):
        typed = _text_fields(rules)
        changed["fields"] = {name: "" if name in typed else answer for name, answer in command.fields.items()}
    elif isinstance(command, Write):
        changed |= {"title": "", "texts": dict.fromkeys(command.texts, "")}
    elif isinstance(command, Rule):
        typed = _text_fields(rules)
        changed["changes"] = tuple(
            msgspec.structs.replace(each, value="") if each.field in typed else each for each in command.changes
        )
    elif isinstance(command, Heard | Amend) and command.field in _text_fields(rules):
        changed["value"] = ""
    return msgspec.structs.replace(command, **changed) if changed else command


def _text_fields(rules: Rules) -> set[str]:
    """The codes of all fields that hold words."""
    return {
        rules.field_codes.of[f"{kind}.{name}"] for (kind, name), field in rules.fields.items() if field.type == "text"
    }


class Sealer:
    """Makes entries, each bound to the one before."""

    def __init__(self, chance: Chance, epoch: int = 1, n: int = -1, last: bytes = ZERO_HASH) -> None:
        self._chance = chance
        self.epoch = epoch
        self.n = n
        self.last = last

    def genesis(self, body: Genesis, wall_ms: int) -> Sealed:
        """Entry 0."""
        return self._seal("genesis", 0, _encoder.encode(body), (), wall_ms, "", "")

    def words(self, typed: tuple[tuple[str, str], ...]) -> tuple[Word, ...]:
        """Words typed by people, as they stand beside a body."""
        return tuple(word(word_id, text, self._chance.secret(SALT_BYTES)) for word_id, text in typed)

    def step(self, body: StepBody, at_ms: int, words: tuple[Word, ...], wall_ms: int) -> Sealed:
        """The next entry."""
        return self._seal("step", at_ms, _encoder.encode(body), words, wall_ms, body.seat, body.command_id)

    def _seal(
        self, kind: str, at_ms: int, body: bytes, words: tuple[Word, ...], wall_ms: int, seat: str, command_id: str
    ) -> Sealed:
        header = Header(self.n + 1, self.epoch, at_ms, "genesis" if kind == "genesis" else "step")
        entry = seal(header, body, self._chance.secret(SALT_BYTES), words, self.last, wall_ms, seat, command_id)
        self.n, self.last = header.n, entry.hash
        return entry

    def back_to(self, n: int, last: bytes) -> None:
        """Forget entries that were not kept."""
        self.n, self.last = n, last


def salt_of(words: tuple[Word, ...]) -> bytes | None:
    """The salt of an entry's fingerprint; None where its words have been erased."""
    return words[0].salt if words else b""


def read_genesis(entry: Sealed) -> Genesis:
    """The body of entry 0, brought to the present version. Raises WrongLog."""
    try:
        body = _genesis.decode(entry.body)
    except msgspec.DecodeError:
        return _older_genesis(entry)
    return body if body.version == BODY_VERSION else _older_genesis(entry)


def _older_genesis(entry: Sealed) -> Genesis:
    return _converted(genesis_upcast(entry.body, BODY_VERSION), Genesis, 0)


def read_step(entry: Sealed) -> StepBody:
    """The body of a step, brought to the present version. Raises WrongLog."""
    try:
        body = _step.decode(entry.body)
    except msgspec.DecodeError:
        return _older_step(entry)
    return body if body.version == BODY_VERSION else _older_step(entry)


def _older_step(entry: Sealed) -> StepBody:
    return _converted(step_upcast(entry.body, BODY_VERSION, entry.header.n), StepBody, entry.header.n)


def _converted(plain: Plain, kind: type[T], n: int) -> T:
    try:
        return msgspec.convert(plain, kind)
    except msgspec.ValidationError as error:
        raise WrongLog(f"entry {n} is of another product: {error}") from error
