"""The accepted answers of a whole exercise: a command that is sent again gets its first answer, and no second effect."""

from __future__ import annotations

import msgspec


class Answer(msgspec.Struct, frozen=True):
    """
    What was answered to an accepted command, and what tells its body from another's.

    `salt`: of the fingerprint; b"" for a command without typed words, None where its words have been erased.
    """

    fingerprint: bytes
    salt: bytes | None
    version: int
    token: str


class Answers:
    """(seat, command id) -> Answer. Rebuilt from the log at every start."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Answer] = {}

    def get(self, seat: str, command_id: str) -> Answer | None:
        """The first answer, if there was one."""
        return self._kept.get((seat, command_id))

    def keep(self, seat: str, command_id: str, answer: Answer) -> None:
        """Remember an answer."""
        self._kept[seat, command_id] = answer

    def forget_salt(self, word_id: str) -> None:
        """A word was erased: with its command's salt, what was typed could still be guessed at from the fingerprint."""
        seat, _, rest = word_id.partition(".")
        command_id = rest.partition(".")[0]
        known = self._kept.get((seat, command_id))
        if known is not None:
            self._kept[seat, command_id] = msgspec.structs.replace(known, salt=None)

    def __len__(self) -> int:
        return len(self._kept)
