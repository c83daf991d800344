"""Consultations: convene, come, put records on the table, decide, close with minutes.

The convener's copy is whole; every other team's holds what it was shown while it was there. A refusal reads the asker's own
copy alone. Where a place is named, who has units is there only with one of them at that place; whoever convened it is always
there, for it keeps the minutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerege.engine import events as e
from kerege.engine.commands.answers import only, read_face, read_key, read_record, read_viewer
from kerege.engine.commands.talk import give, in_play, read_documents
from kerege.engine.evolve import number_of
from kerege.engine.faces import default_face, document_id, thing_of
from kerege.engine.happenings import happen
from kerege.engine.held import Source
from kerege.engine.knowledge import learn, refer
from kerege.engine.papers import FILED_BY, MINUTES, naming_decisions, naming_faces, naming_viewers
from kerege.engine.parts import on_duty, units_of
from kerege.engine.places import set_field
from kerege.engine.refusals import Refused

if TYPE_CHECKING:
    from kerege.engine.commands import bodies as b
    from kerege.engine.held import Consultation, Seat
    from kerege.engine.play import Play

CONSULTATIONS_MAX = 100
"""How many one team may convene."""
TABLED_MAX = 40
"""How often one team may put something on the table of one consultation."""
DECISIONS_MAX = 40
"""How many decisions one team may write down in one consultation."""


def decide_convene(play: Play, by: str, command: b.Convene) -> None:
    """Call other teams together; whoever calls is there."""
    only(play, by, "team")
    in_play(play)
    if MINUTES not in play.rules.forms:
        raise Refused("not_offered")
    teams = tuple(dict.fromkeys(read_viewer(play, by, code) for code in command.teams))
    if any(play.rules.viewers[team].sort != "team" for team in teams):
        raise Refused("unknown")
    if not teams or not command.title.strip():
        raise Refused("nothing_to_send")
    place = "" if command.place is None else read_face(play, by, command.place, ("place",))
    mine = [
        play.state.get("consultation", (by, n)) for n in range(1, play.state.get("count", ("consultation", by), 0) + 1)
    ]
    if sum(each.convener == by for each in mine) >= CONSULTATIONS_MAX:
        raise Refused("too_many")
    name = f"{by}~{len(mine) + 1}"
    title = play.word(command.title)
    seats: tuple[tuple[str, Seat], ...] = ((by, "here"), *((team, "invited") for team in teams))
    for viewer, _ in seats:
        if place:
            refer(play, viewer, place, met=False)
        play.emit(e.Convened(viewer, name, by, title, place, seats))
    happen(play, "happening-convened", by, observed=True, to=teams, word=title)


def decide_attend(play: Play, by: str, command: b.Attend) -> None:
    """Come, decline or leave."""
    only(play, by, "team")
    in_play(play)
    held = _open(play, by, command.consultation)
    if held.convener == by:
        raise Refused("not_possible_now")
    now = dict(held.seats)[by]
    if (command.come and now == "here") or (not command.come and now in {"declined", "left"}):
        raise Refused("already_done")
    seat: Seat = "here" if command.come else "declined" if now == "invited" else "left"
    whole = _whole(play, held)
    seats = tuple((viewer, seat if viewer == by else state) for viewer, state in whole.seats)
    for viewer, state in seats:
        if state == "here":
            play.emit(e.Seated(viewer, held.id, seats))
    if seat != "here":  # who goes is shown nothing more of the others
        play.emit(
            e.Seated(by, held.id, tuple((viewer, seat if viewer == by else state) for viewer, state in held.seats))
        )
    happen(play, f"happening-seat-{seat}", by, observed=True, word=held.title)


def decide_table(play: Play, by: str, command: b.Table) -> None:
    """Put records on the table: copies for everybody there, as told by this team."""
    only(play, by, "team")
    in_play(play)
    held = _attended(play, by, command.consultation)
    ticked = dict(read_record(play, by, key) for key in dict.fromkeys(command.records))
    if any(record.retracted for record in ticked.values()):
        raise Refused("nothing_to_send")
    whole = read_documents(play, by, command.documents)
    if sum(each.by == by for each in held.tabled) >= TABLED_MAX:
        raise Refused("too_many")
    there = _there(play, held)
    give(play, by, tuple(viewer for viewer in there if viewer != by), ticked, whole, title="happening-tabled")
    faces = tuple(dict.fromkeys((*(record.face for record in ticked.values()), *whole)))
    for viewer in there:
        play.emit(e.Tabled(viewer, held.id, by, faces, there))


def decide_decide(play: Play, by: str, command: b.Decide) -> None:
    """Write down a decision: a task of a team that is there."""
    only(play, by, "team")
    in_play(play)
    held = _attended(play, by, command.consultation)
    owner = play.rules.viewer_codes.id.get(command.owner, "")
    if dict(held.seats).get(owner) != "here":
        raise Refused("unknown")
    due_ms = command.due_s * 1000
    if due_ms <= play.at_ms:
        raise Refused("over", "refusal_time_passed")
    if not command.words.strip():
        raise Refused("nothing_to_send")
    if sum(each.by == by for each in held.decisions) >= DECISIONS_MAX:
        raise Refused("too_many")
    word = play.word(command.words)
    there = tuple(dict.fromkeys((*_there(play, held), owner)))
    n = len(_whole(play, held).decisions) + 1
    for viewer in there:
        play.emit(e.Decided(viewer, held.id, n, by, word, owner, due_ms, there))
    happen(play, "happening-decided", by, observed=True, to=(owner,), word=word)


def decide_fulfil(play: Play, by: str, command: b.Fulfil) -> None:
    """The owner has done what was decided; also after the consultation is closed."""
    only(play, by, "team")
    in_play(play)
    held = _read(play, by, command.consultation)
    n = read_key(command.decision, "d")
    if not 1 <= n <= len(held.decisions):
        raise Refused("unknown")
    decision = held.decisions[n - 1]
    if decision.owner != by:
        raise Refused("not_yours")
    if decision.done:
        raise Refused("already_done")
    for viewer in decision.there:
        play.emit(e.Fulfilled(viewer, held.id, decision.n))
    happen(play, "happening-fulfilled", by, observed=True, word=decision.word)


def decide_adjourn(play: Play, by: str, command: b.Adjourn) -> None:
    """Close it: everybody there is given minutes of what it was shown itself."""
    only(play, by, "team")
    in_play(play)
    held = _open(play, by, command.consultation)
    if held.convener != by:
        raise Refused("not_yours")
    n = play.state.get("count", (f"document:{MINUTES}", by), 0) + 1
    face = default_face(document_id(MINUTES, by, n))
    there = _there(play, held)
    for name, value in _minutes(held).items():
        is_thing = name == "place"
        set_field(play, thing_of(face), name, thing_of(str(value)) if is_thing else value)
    for viewer in there:
        refer(play, viewer, face, met=True)
        copy = play.state.get("consultation", (viewer, number_of(play.state, viewer, held.id)))
        source = None if viewer == by else Source("viewer", by)
        for name, value in _minutes(copy).items():
            learn(play, viewer, face, name, value, "filed" if viewer == by else "told", source)
    play.emit(e.Filed(by, MINUTES, play.rules.viewers[by].agency, thing_of(face)))
    for viewer, seat in held.seats:
        if viewer in there:
            play.emit(e.Adjourned(viewer, held.id, face))
        elif seat in {"invited", "here"}:
            play.emit(e.Adjourned(viewer, held.id))
    happen(play, "happening-adjourned", by, observed=True, to=there, word=held.title)


def _minutes(copy: Consultation) -> dict[str, Any]:
    """The fields of the minutes as one team's copy has them: what stood before one came is not in one's minutes."""
    faces = dict.fromkeys(face for each in copy.tabled for face in each.faces)
    present = [viewer for viewer, seat in copy.seats if seat in {"here", "left"}]
    fields: dict[str, Any] = {
        "subject": f"word:{copy.title}",
        "present": naming_viewers(present),
        FILED_BY: naming_viewers((copy.convener,)),
    }
    if copy.place:
        fields["place"] = copy.place
    if faces:
        fields["tabled"] = naming_faces(faces)
    if copy.decisions:
        fields["decisions"] = naming_decisions((each.word, each.owner, each.due_ms) for each in copy.decisions)
    return fields


# -- who is there --------------------------------------------------------------------------------------------------------


def _read(play: Play, by: str, key: str) -> Consultation:
    held: Consultation | None = play.state.get("consultation", (by, read_key(key, "g")))
    if held is None:
        raise Refused("unknown")
    return held


def _open(play: Play, by: str, key: str) -> Consultation:
    held = _read(play, by, key)
    if not held.open:
        raise Refused("over", "refusal_consultation_over")
    return held


def _attended(play: Play, by: str, key: str) -> Consultation:
    """One that the asker is at, by its own seat and its own units."""
    held = _open(play, by, key)
    if dict(held.seats)[by] != "here" or not _is_at(play, by, held):
        raise Refused("not_possible_now")
    return held


def _whole(play: Play, held: Consultation) -> Consultation:
    """The convener's copy."""
    convener, _, n = held.id.rpartition("~")
    whole: Consultation = play.state.get("consultation", (convener, int(n)))
    return whole


def _there(play: Play, held: Consultation) -> tuple[str, ...]:
    """Who is there now, in truth."""
    seats = _whole(play, held).seats
    return tuple(viewer for viewer, seat in seats if seat == "here" and _is_at(play, viewer, held))


def _is_at(play: Play, viewer: str, held: Consultation) -> bool:
    units = units_of(play.rules, play.state, viewer)
    if not on_duty(play.rules, play.state, viewer):  # whoever has gone home hears nothing of it
        return False
    if not held.place or not units or viewer == held.convener:
        return True
    return any(play.truth(unit, "location") == thing_of(held.place) for unit in units)
