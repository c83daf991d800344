"""How viewers come to know: learning, sharing, hearing, retracting. All knowledge passes through here.

Rules: a viewer learns only through `learn`; a thing value becomes a face of it; what a reader is only referred to shows
handle and kind; an opened team's learning feeds its observers through the redaction table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine.events import Disputed, Learnt, Referred, Retracted, Staled
from kerege.engine.evolve import live_records
from kerege.engine.held import Source
from kerege.engine.same import SAME_AS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kerege.engine.held import Met, Record
    from kerege.engine.pack import Certainty, How, Value
    from kerege.engine.play import Play
    from kerege.engine.rules import Rules
    from kerege.engine.state import AnyState

TYPED = "word:"
"""How a value begins that stands for words typed by a person."""


def learn(
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
    as_of_ms: int | None = None,
    referred: bool = False,
    handed: str = "",
) -> None:
    """
    Let a viewer know one thing.

    A thing value is held as a face id (see `as_record_value`). What is only `referred` to was passed on: faces that the
    viewer has not met stay bare references.
    """
    learnt = Learnt(viewer, face, field, value, how, source, certainty, live, chain, as_of_ms, referred, handed)
    play.emit(learnt)
    if value is not None and play.rules.field_of_face(face, field).type == "thing":
        refer(play, viewer, str(value), met=not referred)
    desk = open_desk(play, viewer)
    if desk is not None:
        _feed(play, desk, learnt)


def refer(play: Play, viewer: str, face: str, *, met: bool) -> None:
    """Give a viewer a face as a bare reference, or as one that it has now met; nothing if it is there already."""
    known: Met | None = play.state.get("met", (viewer, face))
    if known is None or (met and not known.met):
        play.emit(Referred(viewer, face, met))


def open_desk(play: Play, team: str) -> str | None:
    """The observers' desk that a team is open to now."""
    desk = play.rules.desk_of.get(team)
    return desk if desk is not None and play.state.get("opened", team) else None


def _feed(play: Play, desk: str, learnt: Learnt) -> None:
    """Pass what a team has learnt on to its observers' desk as the redaction table allows."""
    face, field, value = learnt.face, learnt.field, learnt.value
    give = play.rules.redaction(face, field, value)
    if give == "omit" or (isinstance(value, str) and value.startswith(TYPED)):
        return
    if give == "pseudonym":
        value = f"pseudonym:{play.rules.handle(face)}"
    source = _source_at_desk(play, desk, learnt.source)
    as_of_ms = learnt.as_of_ms
    play.emit(Learnt(desk, face, field, value, learnt.how, source, learnt.certainty, learnt.live, as_of_ms=as_of_ms))
    if value is not None and play.rules.field_of_face(face, field).type == "thing":
        refer(play, desk, str(value), met=True)


def _source_at_desk(play: Play, desk: str, source: Source | None) -> Source | None:
    """A source as a desk may know it: a face only where the desk has it already; no part's name, which control typed."""
    if source is not None and source.sort == "viewer":
        return _of_the_pack(play, source)
    if source is not None and source.sort == "face" and play.state.get("met", (desk, source.id)) is None:
        return None
    return source


def _of_the_pack(play: Play, source: Source | None) -> Source | None:
    """A source that is a part of a team as the team that the pack knows."""
    if source is None or source.sort == "face" or play.rules.base_of(source.id) == source.id:
        return source
    return Source("viewer", play.rules.base_of(source.id))


def open_to_desk(play: Play, team: str) -> None:
    """Feed an observers' desk with what its team knows at the moment of opening."""
    desk = open_desk(play, team)
    assert desk is not None, "only a team that is open has a desk to feed"
    for n in range(1, play.state.get("count", ("record", team), 0) + 1):
        record: Record | None = play.state.get("record", (team, n))
        if record is not None and not record.retracted:
            _feed(
                play, desk,
                Learnt(
                    team, record.face, record.field, record.value, record.how, record.source, record.certainty,
                    record.live, as_of_ms=record.at_ms if record.as_of_ms is None else record.as_of_ms,
                ),
            )  # fmt: skip


def close_to_desk(play: Play, team: str) -> None:
    """What was shown stays, but nothing is watched any more."""
    desk = play.rules.desk_of[team]
    for n in range(1, play.state.get("count", ("face", desk), 0) + 1):
        _stale(play, desk, play.state.get("face_at", (desk, n)))


def stale(play: Play, viewer: str, face: str) -> None:
    """A viewer no longer watches a face: what it saw there is last known from now on, for its observers too."""
    _stale(play, viewer, face)
    desk = open_desk(play, viewer)
    if desk is not None:
        _stale(play, desk, face)


def _stale(play: Play, viewer: str, face: str) -> None:
    if live_records(play.state, viewer, face):
        play.emit(Staled(viewer, face))


def as_record_value(play: Play, value: Value, *, is_thing: bool, appearance: str | None = None) -> Value:
    """
    A true value as a record holds it: a thing becomes one of its faces.

    Never the face that a viewer happens to have met: that two faces are one would then be known without a record.
    """
    if not is_thing or value is None:
        return value
    faces = play.rules.faces_of(str(value))
    named = f"{value}/{appearance}"
    return named if named in faces else faces[0]


def know_same(
    play: Play,
    viewer: str,
    first: str,
    second: str,
    how: How,
    source: Source | None = None,
    certainty: Certainty = "certain",
) -> None:
    """Let a viewer know that two faces are one: a record like any other."""
    if first != second:
        learn(play, viewer, first, SAME_AS, second, how, source, certainty)


def retract(play: Play, viewer: str, numbers: tuple[int, ...]) -> None:
    """Let records of a viewer stand no longer."""
    standing = tuple(n for n in numbers if not play.state.get("record", (viewer, n)).retracted)
    if not standing:
        return
    desk = open_desk(play, viewer)
    shown = () if desk is None else tuple(_shown_at_desk(play, desk, viewer, standing))
    play.emit(Retracted(viewer, standing))
    if desk is not None and shown:
        play.emit(Retracted(desk, shown))


def dispute(play: Play, viewer: str, n: int) -> None:
    """Mark a record of a viewer as disputed by the one who is named as its source."""
    play.emit(Disputed(viewer, n))
    desk = open_desk(play, viewer)
    if desk is not None:
        for shown in _shown_at_desk(play, desk, viewer, (n,)):
            play.emit(Disputed(desk, shown))


def _shown_at_desk(play: Play, desk: str, team: str, numbers: Iterable[int]) -> Iterator[int]:
    """The numbers that records of a team have at its observers' desk, of those that reached it and stand there."""
    for n in numbers:
        record: Record = play.state.get("record", (team, n))
        for shown in play.state.get("slot", (desk, record.face, record.field), ()):
            copy: Record = play.state.get("record", (desk, shown))
            same = (
                copy.how == record.how
                and copy.source in {record.source, _of_the_pack(play, record.source), None}
                and copy.at_ms >= record.at_ms
            )
            if same and not copy.retracted:
                yield shown


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
        found.sort(key=lambda record: record.news_ms)
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
        found.sort(key=lambda record: record.news_ms)
    return found
