"""How viewers come to know: learning, sharing, hearing, retracting. All knowledge passes through here.

Rules: a viewer learns only through `learn`; a thing value becomes a face of it; what a reader is only referred to shows
handle and kind; an opened team's learning feeds its observers through the redaction table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine.events import Learnt, Referred, Retracted, SameKnown
from kerege.engine.faces import default_face, thing_of

if TYPE_CHECKING:
    from kerege.engine.held import Met, Record, Source
    from kerege.engine.pack import Certainty, How, Value
    from kerege.engine.play import Play
    from kerege.engine.rules import Rules
    from kerege.engine.state import AnyState


def learn(  # noqa: PLR0913  a record has this many parts
    play: Play,
    viewer: str,
    face: str,
    field: str,
    value: Value,
    how: How,
    source: Source | None = None,
    certainty: Certainty = "certain",
    *,
    live: bool = False,
    chain: tuple[Source, ...] = (),
    referred: bool = False,
) -> None:
    """
    Let a viewer know one thing.

    Args:
        value: As a record holds it: a face id where the field's type is thing (see `as_record_value`).
        referred: The value (and the face) were only passed on: unmet faces stay bare references.
    """
    play.emit(Learnt(viewer, face, field, value, how, source, certainty, live, chain, referred))
    if value is not None and play.rules.field_of_face(face, field).type == "thing":
        refer(play, viewer, str(value), met=not referred)
    desk = play.rules.desk_of.get(viewer)
    if desk is not None and play.state.get("opened", viewer):
        _feed(play, desk, play.events, face, field, value, how, source, certainty, live=live)


def refer(play: Play, viewer: str, face: str, *, met: bool) -> None:
    """Give a viewer a face as a bare reference, or as one that it has now met; nothing if it is there already."""
    known: Met | None = play.state.get("met", (viewer, face))
    if known is None or (met and not known.met):
        play.emit(Referred(viewer, face, met))


def _feed(  # noqa: PLR0913
    play: Play,
    desk: str,
    _events: object,
    face: str,
    field: str,
    value: Value,
    how: How,
    source: Source | None,
    certainty: Certainty,
    *,
    live: bool,
) -> None:
    """Pass a team's learning on to its observers' desk as the redaction table allows."""
    give = play.rules.redaction(face, field)
    if give == "omit":
        return
    if source is not None and source.sort == "face" and play.state.get("met", (desk, source.id)) is None:
        source = None
    if give == "pseudonym":
        value = f"pseudonym:{play.rules.handle(face)}"
    play.emit(Learnt(desk, face, field, value, how, source, certainty, live))
    if value is not None and play.rules.field_of_face(face, field).type == "thing":
        refer(play, desk, str(value), met=True)


def open_to_desk(play: Play, team: str) -> None:
    """Feed an observers' desk with what its team knows at the moment of opening."""
    desk = play.rules.desk_of.get(team)
    if desk is None:
        return
    for n in range(1, play.state.get("count", ("record", team), 0) + 1):
        record: Record | None = play.state.get("record", (team, n))
        if record is not None and not record.retracted:
            _feed(
                play, desk, None, record.face, record.field, record.value, record.how, record.source,
                record.certainty, live=record.live,
            )  # fmt: skip


def as_record_value(play: Play, viewer: str, thing_field: bool, value: Value) -> Value:  # noqa: FBT001
    """A true value as a record of this viewer holds it: a thing becomes a face that the viewer has met, or the default."""
    if not thing_field or value is None:
        return value
    return face_for(play, viewer, str(value))


def face_for(play: Play, viewer: str, thing: str) -> str:
    """The face of a thing that a viewer knows it by: the first it has met, else the thing's default face."""
    faces = play.rules.faces_of(thing)
    if len(faces) > 1:
        for face in faces:
            known = play.state.get("met", (viewer, face))
            if known is not None and known.met:
                return face
    return faces[0]


def know_same(play: Play, viewer: str, first: str, second: str, how: How, source: Source | None = None) -> None:
    """Let a viewer know that two faces are one."""
    if second not in play.state.get("same", (viewer, first), ()):
        play.emit(SameKnown(viewer, first, second, how, source))


def retract(play: Play, viewer: str, numbers: tuple[int, ...]) -> None:
    """Let records of a viewer stand no longer."""
    standing = tuple(n for n in numbers if not play.state.get("record", (viewer, n)).retracted)
    if standing:
        play.emit(Retracted(viewer, standing))


def known_faces(state: AnyState, viewer: str, face: str) -> tuple[str, ...]:
    """A face and all that the viewer knows to be the same."""
    same: tuple[str, ...] = state.get("same", (viewer, face), ())
    return same or (face,)


def standing(state: AnyState, viewer: str, face: str, field: str) -> list[Record]:
    """The records that stand (not retracted) about a face, or one known to be the same, newest last."""
    found: list[Record] = []
    for each in known_faces(state, viewer, face):
        for n in state.get("slot", (viewer, each, field), ()):
            record = state.get("record", (viewer, n))
            if not record.retracted:
                found.append(record)
    if len(found) > 1:
        found.sort(key=lambda record: record.at_ms)
    return found


def knows_about(state: AnyState, rules: Rules, viewer: str, thing: str, field: str) -> list[Record]:
    """What a viewer holds of a thing's field through any of the thing's faces, newest last."""
    found: list[Record] = []
    for face in rules.faces_of(thing):
        for n in state.get("slot", (viewer, face, field), ()):
            record = state.get("record", (viewer, n))
            if not record.retracted:
                found.append(record)
    if len(found) > 1:
        found.sort(key=lambda record: record.at_ms)
    return found


def same_value(rules: Rules, held: Value, thing_field: bool, value: Value) -> bool:  # noqa: FBT001
    """Whether a record's value is a given true-scope value (a thing is met through any of its faces)."""
    del rules
    if thing_field and held is not None:
        return thing_of(str(held)) == value
    return held == value


__all__ = [
    "as_record_value", "default_face", "face_for", "know_same", "known_faces", "knows_about", "learn", "open_to_desk",
    "refer", "retract", "same_value", "standing",
]  # fmt: skip
