"""Say, Share, Heard, Dispute: what people pass on to one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from kerege.engine.commands.answers import (
    only,
    read_face,
    read_field,
    read_key,
    read_record,
    read_value,
    read_viewer,
)
from kerege.engine.events import MessageDisputed, Told
from kerege.engine.faces import thing_of
from kerege.engine.happenings import happen
from kerege.engine.held import Source, Text
from kerege.engine.knowledge import dispute, learn, refer
from kerege.engine.papers import is_document, records_of
from kerege.engine.parts import contacts
from kerege.engine.refusals import Refused

if TYPE_CHECKING:
    from kerege.engine.commands.bodies import Dispute, Heard, Say, Share
    from kerege.engine.held import Clock, Message, Record
    from kerege.engine.play import Play

CHAIN_MAX = 8
"""Earlier sources that go along with a shared record, nearest first: what is passed in a ring does not grow for ever."""


def in_play(play: Play) -> None:
    """Refuse before STARTEX, after ENDEX and while everything is stopped; a pause lets people write."""
    clock: Clock = play.state.get("clock", "clock")
    if clock.phase == "ready":
        raise Refused("not_started")
    if clock.phase == "ended":
        raise Refused("ended")
    if clock.stopped:
        raise Refused("stopped")


def decide_say(play: Play, by: str, command: Say) -> None:
    """Write to other teams."""
    only(play, by, "team", "actor", "control", "safety", "mentor")
    if play.rules.viewers[by].sort not in {"control", "safety"}:
        in_play(play)
    to = tuple(dict.fromkeys(read_viewer(play, by, code) for code in command.to))
    if not to or not command.text.strip():
        raise Refused("nothing_to_send")
    word = play.word(command.text)
    mentored = play.rules.viewers[by].follows if play.rules.viewers[by].sort == "mentor" else None
    for viewer in to:
        about: Literal["said", "mentor"] = "mentor" if viewer == mentored else "said"
        play.emit(Told(viewer, about, Text(word=word), Source("viewer", by)))
    happen(play, "happening-said", by, observed=True, to=to, word=word)


def decide_share(play: Play, by: str, command: Share) -> None:
    """Give copies of own records to others; never the truth."""
    only(play, by, "team")
    in_play(play)
    to = tuple(dict.fromkeys(read_viewer(play, by, code) for code in command.to))
    ticked = dict(read_record(play, by, key) for key in dict.fromkeys(command.records))
    if not to or any(record.retracted for record in ticked.values()):
        raise Refused("nothing_to_send")
    whole = read_documents(play, by, command.documents)
    give(play, by, to, ticked, whole, with_chain=command.with_chain)


def read_documents(play: Play, by: str, handles: tuple[str, ...]) -> tuple[str, ...]:
    """The faces of documents that are to go along whole."""
    faces = tuple(read_face(play, by, handle) for handle in dict.fromkeys(handles))
    if not all(is_document(face) for face in faces):
        raise Refused("bad_answer")
    return faces


def give(
    play: Play,
    by: str,
    to: tuple[str, ...],
    ticked: dict[int, Record],
    whole: tuple[str, ...],
    *,
    with_chain: bool = False,
    title: str = "happening-shared",
) -> None:
    """
    Give copies of own records (by number), and all that is held of some documents, to others.

    Raises:
        Refused: There is nothing to give.
    """
    records = list((ticked | dict(each for face in whole for each in records_of(play.state, by, face))).values())
    if not records:
        raise Refused("nothing_to_send")
    me = Source("viewer", by)
    for viewer in to:
        for face in whole:
            refer(play, viewer, face, met=True)
        for record in records:
            chain: tuple[Source, ...] = ()
            if with_chain:
                chain = (record.source or me, *record.chain)[:CHAIN_MAX]
                for source in chain:
                    if source.sort == "face":
                        refer(play, viewer, source.id, met=False)
            learn(
                play, viewer, record.face, record.field, record.value, "told", me, record.certainty,
                chain=chain, as_of_ms=record.at_ms if record.as_of_ms is None else record.as_of_ms, referred=True,
            )  # fmt: skip
        if play.rules.viewers[viewer].sort == "persona":  # control reads what comes to it as letters
            play.emit(Told(viewer, "notice", Text("notice-shared-here"), me))
    about = tuple((record.face, record.field) for record in records)
    happen(play, title, by, observed=True, to=to, about=about)


def decide_heard(play: Play, by: str, command: Heard) -> None:
    """Note what was told face to face; never checked against the truth. The teller hears of it and may dispute it."""
    only(play, by, "team")
    in_play(play)
    face = read_face(play, by, command.face)
    field = read_field(play, face, command.field)
    if not field.hearable:
        raise Refused("unknown")
    value = read_value(play, by, field, command.value)
    teller, source = _teller(play, by, command.source)
    learn(play, by, face, field.id, value, "heard", source, "claimed")
    happen(play, "happening-heard", by, about=((face, field.id),))
    if teller is None:
        return
    n = next(
        n
        for n in play.state.get("slot", (by, face, field.id))
        if (held := play.state.get("record", (by, n))).how == "heard" and held.source == source
    )
    refer(play, teller, face, met=False)
    if field.type == "thing" and value is not None:
        refer(play, teller, value, met=False)
    text = Text("heard-notice", {"face": face}, said=(face, field.id, value))
    play.emit(Told(teller, "heard", text, Source("viewer", by), (by, n)))


def _teller(play: Play, by: str, code: str) -> tuple[str | None, Source]:
    """Who is named as the teller: another team, or a face in the asker's view (its actor may dispute)."""
    named = play.rules.viewer_codes.id.get(code)
    if named is not None:
        if named not in contacts(play.rules, play.state, by):
            raise Refused("unknown")
        return named, Source("viewer", named)
    face = read_face(play, by, code)
    return play.rules.actor_of.get(thing_of(face)), Source("face", face)


def decide_dispute(play: Play, by: str, command: Dispute) -> None:
    """Say that one did not say this."""
    n = read_key(command.message, "m")
    message: Message | None = play.state.get("message", (by, n))
    if message is None or message.record is None:
        raise Refused("unknown")
    if message.disputed:
        raise Refused("already_done")
    play.emit(MessageDisputed(by, n))
    viewer, record = message.record
    held: Record = play.state.get("record", message.record)
    if message.text.said == (
        held.face,
        held.field,
        held.value,
    ):  # else it was noted anew since, with a notice of its own
        dispute(play, viewer, record)
