"""Why a command was refused: a closed list of codes, each with a text `refusal-<code>` in the base texts.

A refusal depends only on what the asker's view holds and on its own parameters, never on the truth.
"""

from __future__ import annotations

from typing import Literal, get_args

RefusalCode = Literal[
    "not_started",
    "already_started",
    "paused",
    "not_paused",
    "stopped",
    "not_stopped",
    "ended",
    "over",
    "not_yours",
    "unknown",
    "not_offered",
    "unit_busy",
    "unit_needed",
    "missing_answer",
    "bad_answer",
    "requires",
    "once_only",
    "nothing_to_send",
    "too_many",
    "already_done",
    "not_possible_now",
    "lost",
    "thinking",
    "off_duty",
]
REFUSAL_CODES: tuple[str, ...] = get_args(RefusalCode)
TOO_LATE: frozenset[str] = frozenset({"ended", "over"})
"""Codes for what was right once: its moment has passed (play, a consultation, a request, a task), and trying again will not help."""


class Refused(Exception):  # noqa: N818  a refusal is a normal answer, not an error
    """The rules do not allow this now; nothing happened. `text` is a text key that teaches why, when a pack gives one."""

    def __init__(self, code: RefusalCode, text: str | None = None) -> None:
        super().__init__(code)
        self.code: RefusalCode = code
        self.text = text
