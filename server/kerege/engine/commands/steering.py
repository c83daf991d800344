"""Steer, Amend, Recall, StandIn, Staff, OpenTeam: what exercise control does, each with a reason that is kept."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kerege.engine import events as e
from kerege.engine.commands.answers import only, read_face, read_field, read_key, read_value
from kerege.engine.commands.stage import close_scenes
from kerege.engine.faces import thing_of
from kerege.engine.held import Source, Text
from kerege.engine.injects import inject_of
from kerege.engine.knowledge import close_to_desk, open_to_desk, retract
from kerege.engine.parts import is_open
from kerege.engine.places import set_field
from kerege.engine.profiles import profiles_of
from kerege.engine.react import fire_inject, is_timed
from kerege.engine.refusals import Refused
from kerege.engine.rules import CONTROL
from kerege.engine.same import SAME_AS
from kerege.engine.state import Overlay

if TYPE_CHECKING:
    from kerege.engine.commands.bodies import Amend, OpenTeam, Recall, Staff, StandIn, Steer
    from kerege.engine.held import Clock, InjectState
    from kerege.engine.pack import Inject
    from kerege.engine.play import Play


def decide_steer(play: Play, by: str, command: Steer) -> None:
    """Fire, hold, release or skip a line of the MSEL; all but a release and a trial need a reason. A fired one may be fired again."""
    only(play, by, "control")
    running(play)
    rules = play.rules
    inject = inject_of(play, rules.inject_codes.id.get(command.inject, ""))
    if inject is None:
        raise Refused("unknown")
    if command.act == "try":
        _try(play, inject)
        return
    now: InjectState = play.state.get("inject", inject.id)
    if command.act != "release":  # which only lets the story have its own way again
        with_reason(command.why)
    why = play.word(command.why)
    if command.act == "fire":
        fire_inject(play, inject, checked=False, why=why)
    elif command.act == "hold" and now.state == "waiting":
        play.emit(e.InjectSet(inject.id, "held", now.due_ms, why))
    elif command.act == "release" and now.state == "held":
        overdue = now.due_ms is not None and now.due_ms <= play.at_ms
        if not (overdue and fire_inject(play, inject, checked=True, why=why)):
            passed = overdue and is_timed(inject)
            play.emit(e.InjectSet(inject.id, "passed" if passed else "waiting", now.due_ms, why))
    elif command.act == "skip" and now.state in {"waiting", "held"}:
        play.emit(e.InjectSet(inject.id, "skipped", now.due_ms, why))
    elif command.act == "release" or now.state in {"held", "skipped"}:
        raise Refused("already_done")
    else:
        raise Refused("over", "refusal_line_over")


def _try(play: Play, inject: Inject) -> None:
    """Let a line happen in a sandbox, and keep for control what each receiver would read there. Nothing else remains."""
    sandbox = type(play)(play.rules, Overlay(play.state), play.at_ms)
    fire_inject(sandbox, inject, checked=False)
    learnt = Counter(event.viewer for event in sandbox.events if isinstance(event, e.Learnt))
    readings = [
        (event.viewer, event.text, learnt.pop(event.viewer, 0))
        for event in sandbox.events
        if isinstance(event, e.Told | e.CueGiven)
    ]
    readings += [(viewer, Text(), n) for viewer, n in learnt.items() if viewer != "control"]
    play.emit(e.Tried(inject.id, tuple(readings)))


def with_reason(why: str) -> None:
    """What control changes with its own hand stands in the record with a reason."""
    if not why.strip():
        raise Refused("missing_answer", "refusal_reason_needed")


def running(play: Play) -> None:
    clock: Clock = play.state.get("clock", "clock")
    if clock.phase == "ready":
        raise Refused("not_started")
    if clock.phase == "ended":
        raise Refused("ended")


def decide_amend(play: Play, by: str, command: Amend) -> None:
    """Change the truth, openly and with a reason; who watches it sees it."""
    only(play, by, "control")
    running(play)
    face = read_face(play, by, command.face)
    field = read_field(play, face, command.field)
    if field.id == SAME_AS:  # a truth has no faces
        raise Refused("unknown")
    value = read_value(play, by, field, command.value)
    with_reason(command.why)
    word = play.word(command.why)
    set_field(play, thing_of(face), field.id, thing_of(value) if field.type == "thing" and value is not None else value)
    play.emit(e.Happened("happening-amended", who=by, about=((face, field.id),), word=word))


def decide_recall(play: Play, by: str, command: Recall) -> None:
    """Retract a record of a viewer; its team is told that control has done so."""
    only(play, by, "control")
    running(play)
    viewer = play.rules.viewer_codes.id.get(command.viewer)
    n = read_key(command.record, "r")
    if viewer is None or play.state.get("record", (viewer, n)) is None:
        raise Refused("unknown")
    if play.state.get("record", (viewer, n)).retracted:
        raise Refused("already_done")
    with_reason(command.why)
    retract(play, viewer, (n,))
    word = play.word(command.why)
    play.emit(e.Told(viewer, "notice", Text("notice-recalled", word=word), Source("viewer", by)))
    held = play.state.get("record", (viewer, n))
    play.emit(e.Happened("happening-recalled", who=by, to=(viewer,), about=((held.face, held.field),), word=word))


def decide_stand_in(play: Play, by: str, command: StandIn) -> None:
    """Start or stop a stand-in; never for a character that no stand-in may play."""
    only(play, by, "control")
    rules = play.rules
    viewer = rules.viewer_codes.id.get(command.viewer)
    if viewer is None or rules.viewers[viewer].sort not in {"team", "actor"} or not is_open(rules, play.state, viewer):
        raise Refused("unknown")
    character = rules.viewers[viewer].character
    if command.profile is not None:
        if character is not None and not rules.characters[character].stand_in:
            raise Refused("not_possible_now")
        if command.profile not in profiles_of(rules, viewer):
            raise Refused("bad_answer")
    if play.state.get("stand_in", viewer, "") == (command.profile or ""):
        raise Refused("already_done")
    if character is not None and command.profile and play.state.get("played", viewer):
        raise Refused("not_possible_now")  # somebody plays it, or a stand-in does in another way: stop that one first
    play.emit(e.StandInSet(viewer, command.profile or ""))
    if character is not None:
        _set_played(play, viewer, played=command.profile is not None)


def decide_staff(play: Play, by: str, command: Staff) -> None:
    """
    A person took or left a character's part. Only the room may.

    Who leaves gives no reason: its scenes are over, and control alone is told that the part is free.
    """
    if by:
        raise Refused("not_yours")
    viewer = play.rules.viewer_codes.id.get(command.viewer)
    if viewer is None:
        raise Refused("unknown")
    if bool(play.state.get("played", viewer)) == command.played:
        raise Refused("already_done")
    _set_played(play, viewer, played=command.played)
    if not command.played and play.rules.viewers[viewer].sort == "actor":
        play.emit(e.Told(CONTROL, "notice", Text("notice-part-free"), Source("viewer", viewer)))


def _set_played(play: Play, viewer: str, *, played: bool) -> None:
    """Somebody plays a character from now on, or nobody does; then its scenes are over."""
    play.emit(e.PlayedSet(viewer, played))
    if not played and play.rules.viewers[viewer].sort == "actor":
        close_scenes(play, viewer)


def decide_open_team(play: Play, by: str, command: OpenTeam) -> None:
    """Open a team to the observers' desk, or close it; what was shown stays."""
    only(play, by, "control")
    team = play.rules.viewer_codes.id.get(command.viewer)
    if team is None or team not in play.rules.desk_of:
        raise Refused("unknown")
    if bool(play.state.get("opened", team)) == command.open:
        raise Refused("already_done")
    play.emit(e.OpenedSet(team, command.open))
    if command.open:
        open_to_desk(play, team)
    else:
        close_to_desk(play, team)
