"""Forms that are owed: by when, and who knows it.

A team owes a form because of what happened to or by itself, so that it always knows. Whoever else knows it is named in
the pack; for them a duty ends when the document comes into their hands, and not when it is filed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine.events import Owed
from kerege.engine.parts import called, has_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerege.engine.context import Context
    from kerege.engine.held import Duty
    from kerege.engine.pack import Form
    from kerege.engine.play import Play


def owe(play: Play, form: Form, context: Context) -> None:
    """What the form's deadline waits for has happened: the asker owes it, unless it does so already."""
    debtor = has_case(play.state, context.things.get("asker", ""))
    rules = play.rules
    assert form.due is not None, "a form without a deadline is never owed"
    if debtor not in rules.viewers or rules.viewers[debtor].agency not in form.by:
        return
    if next(_open(play, debtor, form.id), None) is not None:
        return
    due_ms = play.at_ms + form.due.within_ms
    knowing = (viewer for who in form.due.known_to for viewer in called(rules, play.state, who))
    for viewer in dict.fromkeys((debtor, *knowing)):
        play.emit(Owed(viewer, form.id, debtor, due_ms))


def hand_over_duties(play: Play, giver: str, taker: str) -> None:
    """What a shift still owes, the next one owes; told to it alone, for the others it is the same duty."""
    for n in range(1, play.state.get("count", ("duty", giver), 0) + 1):
        duty: Duty = play.state.get("duty", (giver, n))
        if duty.debtor == giver and not duty.document:
            play.emit(Owed(taker, duty.form, taker, duty.due_ms))


def is_late(play: Play, by: str, form: str) -> bool:
    """Whether a document of this form that a viewer files now is later than it is owed."""
    duty = next(_open(play, by, form), None)
    return duty is not None and play.at_ms > duty.due_ms


def _open(play: Play, viewer: str, form: str) -> Iterator[Duty]:
    """A viewer's own duties to file this form that are not met yet, oldest first."""
    for n in range(1, play.state.get("count", ("duty", viewer), 0) + 1):
        duty: Duty = play.state.get("duty", (viewer, n))
        if duty.form == form and duty.debtor == viewer and not duty.document:
            yield duty
