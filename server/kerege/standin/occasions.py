"""What a stand-in was asked, since it sat down: in a live exercise it answers, and does not take the initiative.

Something *addresses* the chair when it came in after the stand-in's first view, from somebody it can write to: a
message, or records that were shared. A step is an answer

- if it shares or says something, to those who have addressed the chair, and only to them;
- if it acts or files, when it speaks of a thing that an addressing message named or a shared record is about.

Calls of the story (a neighbour, a bank) and what the chair's own units see address nobody.
Source: docs/decisions/0007-what-a-stand-in-answers.md
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.wire.items import Item, Message, Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kerege.standin.plan import PlannedStep
    from kerege.standin.view import HeldView


class Occasions:
    """Who has addressed this chair, and about what."""

    def __init__(self) -> None:
        self.callers: set[str] = set()
        self.named: set[str] = set()

    def note(self, put: Mapping[str, Mapping[str, Item]], view: HeldView) -> None:
        """Look at what one frame has brought."""
        for message in put.get("messages", {}).values():
            if isinstance(message, Message) and view.is_contact(message.sender):
                self.callers.add(message.sender)
                self.named.update(handle for _, handle in message.parts if handle is not None)
        for record in put.get("records", {}).values():
            if isinstance(record, Record) and view.is_contact(record.source):
                self.callers.add(record.source)
                self.named.add(record.face)
                if record.value_face is not None:
                    self.named.add(record.value_face)

    def answers(self, step: PlannedStep) -> bool:
        """Whether doing this is an answer to somebody."""
        if step.do in {"share", "say"}:
            return any(to in self.callers for to in step.to)
        return not self.named.isdisjoint(step.about)
