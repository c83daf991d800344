"""Acts that the pack does not know, once control has ruled: what comes at their end, and taking one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine.events import Happened, ProposalOver, Told, Unplanned
from kerege.engine.faces import thing_of
from kerege.engine.held import Source, Text
from kerege.engine.knowledge import as_record_value, learn
from kerege.engine.places import CONTROL, set_field
from kerege.engine.refusals import Refused

if TYPE_CHECKING:
    from kerege.engine.held import Proposal, Ruling
    from kerege.engine.pack import Certainty, How
    from kerege.engine.play import Play

Given = tuple[tuple[str, str, "How", "Certainty"], ...]
"""What control picks for somebody to learn: (face, field, how, certainty)."""


def give(play: Play, viewer: str, picks: Given, source: Source | None) -> None:
    """Let a viewer learn picked fields as they truly are now."""
    for face, field, how, certainty in picks:
        is_thing = play.rules.field_of_face(face, field).type == "thing"
        value = as_record_value(play, play.truth(thing_of(face), field), is_thing=is_thing)
        learn(play, viewer, face, field, value, how, source, certainty)


def finish_proposal(play: Play, viewer: str, n: int) -> None:
    """A proposed act is over: what control ruled happens now."""
    proposal: Proposal = play.state.get("proposal", (viewer, n))
    ruling: Ruling | None = play.state.get("ruling", (viewer, n))
    if proposal.state != "running" or ruling is None:
        return
    play.emit(ProposalOver(viewer, n, "done", ruling.word))
    for thing, field, value in ruling.changes:
        set_field(play, thing, field, value)
    give(play, viewer, ruling.learns, None)
    play.emit(Told(viewer, "notice", Text("notice-ruling-done", word=ruling.word), Source("viewer", CONTROL)))
    about = tuple((face, field) for face, field, *_ in ruling.learns)
    play.emit(Happened("happening-proposal-done", "cause-ruled", viewer, about=about, word=ruling.word))


def withdraw(play: Play, viewer: str, n: int) -> None:
    """A team takes its proposal back, ruled or not."""
    proposal: Proposal | None = play.state.get("proposal", (viewer, n))
    if proposal is None:
        raise Refused("unknown")
    if proposal.state not in {"waiting", "running"}:
        raise Refused("over")
    if proposal.due_ms is not None:
        play.emit(Unplanned(proposal.due_ms, "proposal", viewer, n))
    play.emit(ProposalOver(viewer, n, "withdrawn"))
    play.emit(Happened("happening-proposal-withdrawn", who=viewer))
