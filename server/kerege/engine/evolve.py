"""How each event changes the state: one small function for each, written out in one table.

Rule: `evolve` decides nothing and never fails on an event that a step produced. Nothing here reads another viewer's
part of the state, so that a viewer's part can be rebuilt from the events addressed to it alone (law 3a).
"""

from __future__ import annotations

from bisect import insort
from typing import TYPE_CHECKING, Any

import msgspec

from kerege.engine import events as e
from kerege.engine.faces import document_parts, thing_of
from kerege.engine.held import (
    Clock,
    Consultation,
    Cue,
    Debrief,
    Decision,
    Due,
    Duty,
    Happening,
    InjectState,
    Letter,
    Message,
    Met,
    Note,
    Part,
    Proposal,
    Record,
    Request,
    Ruling,
    Scene,
    Shift,
    Tabled,
    Task,
    Trace,
    Written,
)
from kerege.engine.papers import FILED_BY
from kerege.engine.same import SAME_AS, tie, untie

if TYPE_CHECKING:
    from collections.abc import Callable

    from kerege.engine.state import AnyState, Overlay

replace = msgspec.structs.replace
OFF_LIST = "off_list_"
"""How the ids of lines begin that control has added to the MSEL."""


def evolve(state: Overlay, event: e.AnyEvent, at_ms: int) -> None:
    """Write one event's effect into the overlay. `at_ms`: the play time of the step it belongs to."""
    _EVOLVE[type(event)](state, event, at_ms)


def _count(state: Overlay, what: str, viewer: str) -> int:
    """The next number of `what` for a viewer, counted from 1."""
    n: int = state.get("count", (what, viewer), 0) + 1
    state.put("count", (what, viewer), n)
    return n


def _meet(state: Overlay, viewer: str, face: str, *, met: bool) -> None:
    known: Met | None = state.get("met", (viewer, face))
    if known is None:
        n = _count(state, "face", viewer)
        state.put("met", (viewer, face), Met(n, met))
        state.put("face_at", (viewer, n), face)
    elif met and not known.met:
        state.put("met", (viewer, face), Met(known.n, met=True))


def _field_set(state: Overlay, event: e.FieldSet, at_ms: int) -> None:
    del at_ms
    if event.field == "location":
        old = state.get("truth", (event.thing, "location"))
        if old is not None:
            state.put("here", old, tuple(x for x in state.get("here", old, ()) if x != event.thing))
        if event.value is not None:
            there = [x for x in state.get("here", event.value, ()) if x != event.thing]
            insort(there, event.thing)
            state.put("here", event.value, tuple(there))
    state.put("truth", (event.thing, event.field), event.value)


def _learnt(state: Overlay, event: e.Learnt, at_ms: int) -> None:
    viewer, face = event.viewer, event.face
    known: Met | None = state.get("met", (viewer, face))
    if known is None or not known.met:
        _meet(state, viewer, face, met=not event.referred)
    slot = (viewer, face, event.field)
    numbers: tuple[int, ...] = state.get("slot", slot, ())
    record = Record(
        face, event.field, event.value, at_ms, event.how, event.source, event.certainty, event.live,
        False, False, event.chain, event.as_of_ms, event.handed,
    )  # fmt: skip
    for n in numbers:
        old: Record = state.get("record", (viewer, n))
        if old.how == event.how and old.source == event.source:
            state.put("record", (viewer, n), record)
            break
    else:
        n = _count(state, "record", viewer)
        state.put("record", (viewer, n), record)
        state.put("slot", slot, (*numbers, n))
        if not numbers:
            fields = (viewer, face, "")
            state.put("slot", fields, (*state.get("slot", fields, ()), event.field))
    if event.field == SAME_AS:
        untie(state, viewer, face)  # what this record said before
        tie(state, viewer, face, event.value)
    if event.field == FILED_BY:
        _given(state, viewer, face)


def _given(state: Overlay, viewer: str, face: str) -> None:
    """A document has come into a viewer's hands: the oldest duty that waits for one of this form and filer is met."""
    parts = document_parts(thing_of(face))
    duties = [(n, state.get("duty", (viewer, n))) for n in range(1, state.get("count", ("duty", viewer), 0) + 1)]
    if parts is None or any(duty.document == face for _, duty in duties):
        return
    for n, duty in duties:
        if not duty.document and (duty.form, duty.debtor) == parts[:2]:
            state.put("duty", (viewer, n), replace(duty, document=face))
            return


def _owed(state: Overlay, event: e.Owed, at_ms: int) -> None:
    n = _count(state, "duty", event.viewer)
    state.put("duty", (event.viewer, n), Duty(event.form, event.debtor, at_ms, event.due_ms))


def _referred(state: Overlay, event: e.Referred, at_ms: int) -> None:
    del at_ms
    _meet(state, event.viewer, event.face, met=event.met)


def _staled(state: Overlay, event: e.Staled, at_ms: int) -> None:
    del at_ms
    for key, record in live_records(state, event.viewer, event.face):
        state.put("record", key, replace(record, live=False))


def live_records(state: Overlay, viewer: str, face: str) -> list[tuple[tuple[str, int], Record]]:
    """The records of a viewer about one face that are being watched now, oldest number first."""
    found = []
    fields: tuple[str, ...] = state.get("slot", (viewer, face, ""), ())
    for field in fields:
        for n in state.get("slot", (viewer, face, field), ()):
            record = state.get("record", (viewer, n))
            if record.live:
                found.append(((viewer, n), record))
    return found


def _retracted(state: Overlay, event: e.Retracted, at_ms: int) -> None:
    del at_ms
    for n in event.records:
        record = state.get("record", (event.viewer, n))
        state.put("record", (event.viewer, n), replace(record, retracted=True, live=False))
        if record.field == SAME_AS:
            untie(state, event.viewer, record.face)


def _disputed(state: Overlay, event: e.Disputed, at_ms: int) -> None:
    del at_ms
    record = state.get("record", (event.viewer, event.record))
    state.put("record", (event.viewer, event.record), replace(record, disputed=True))


def _watch_set(state: Overlay, event: e.WatchSet, at_ms: int) -> None:
    del at_ms
    watchers = list(state.get("watch", event.place, ()))
    if event.on:
        insort(watchers, event.viewer)
    elif event.viewer in watchers:
        watchers.remove(event.viewer)
    state.put("watch", event.place, tuple(watchers))


def _told(state: Overlay, event: e.Told, at_ms: int) -> None:
    n = _count(state, "message", event.viewer)
    message = Message(event.about, event.text, event.source, at_ms, event.record)
    state.put("message", (event.viewer, n), message)


def _message_disputed(state: Overlay, event: e.MessageDisputed, at_ms: int) -> None:
    del at_ms
    message = state.get("message", (event.viewer, event.message))
    state.put("message", (event.viewer, event.message), replace(message, disputed=True))


def _task_started(state: Overlay, event: e.TaskStarted, at_ms: int) -> None:
    n = _count(state, "task", event.viewer)
    task = Task(event.action, event.unit, event.bindings, at_ms, event.due_ms, event.state, command=event.command)
    state.put("task", (event.viewer, n), task)
    if event.unit is not None and event.due_ms > at_ms:  # what takes no time holds no unit, and frees none
        state.put("busy", event.unit, (event.viewer, n))


def _task_over(state: Overlay, viewer: str, n: int, how: str, at_ms: int, outcome: str = "") -> None:
    task: Task = state.get("task", (viewer, n))
    state.put("task", (viewer, n), replace(task, state=how, done_at_ms=at_ms, outcome=outcome))
    if task.unit is not None and state.get("busy", task.unit) == (viewer, n):
        state.drop("busy", task.unit)


def _task_done(state: Overlay, event: e.TaskDone, at_ms: int) -> None:
    _task_over(state, event.viewer, event.task, "done", at_ms, event.outcome)


def _task_cancelled(state: Overlay, event: e.TaskCancelled, at_ms: int) -> None:
    _task_over(state, event.viewer, event.task, "cancelled", at_ms)


def _counted(state: Overlay, event: e.Counted, at_ms: int) -> None:
    del at_ms
    for key in {
        (event.action, "", ""),
        (event.action, event.agency, ""),
        (event.action, event.agency, event.outcome),
        (event.action, "", event.outcome),
    }:
        state.put("did", key, state.get("did", key, 0) + 1)


def _filed(state: Overlay, event: e.Filed, at_ms: int) -> None:
    del at_ms
    _count(state, f"document:{event.form}", event.viewer)
    for agency in {"", event.agency}:
        key = (event.form, agency)
        state.put("filed", key, state.get("filed", key, 0) + 1)


def _requested(state: Overlay, event: e.Requested, at_ms: int) -> None:
    n = _count(state, "request", event.viewer)
    if event.mine:
        _count(state, "asked", event.viewer)
    request = Request(
        event.mine, event.other, event.other, event.peer, event.about, event.field, event.form, event.word, at_ms,
        event.wanted_ms, event.hands, event.via,
    )  # fmt: skip
    state.put("request", (event.viewer, n), request)


def _request_set(state: Overlay, event: e.RequestSet, at_ms: int) -> None:
    del at_ms
    key = (event.viewer, event.request)
    old: Request = state.get("request", key)
    request = replace(old, state=event.state, reason=event.reason, handed_to=event.handed_to)
    if event.holder:
        request = replace(request, holder=event.holder, peer=event.peer)
    state.put("request", key, request)


def _convened(state: Overlay, event: e.Convened, at_ms: int) -> None:
    n = _count(state, "consultation", event.viewer)
    held = Consultation(event.consultation, event.convener, event.title, event.place, at_ms, event.seats)
    state.put("consultation", (event.viewer, n), held)


def _at_table(state: Overlay, viewer: str, consultation: str) -> tuple[tuple[str, int], Consultation]:
    """A viewer's copy of a consultation, and its key."""
    n = number_of(state, viewer, consultation)
    assert n is not None, "events of a consultation come only to those who were invited"
    return (viewer, n), state.get("consultation", (viewer, n))


def number_of(state: AnyState, viewer: str, consultation: str) -> int | None:
    """A viewer's own number of a consultation; None where it was never invited."""
    for n in range(state.get("count", ("consultation", viewer), 0), 0, -1):
        if state.get("consultation", (viewer, n)).id == consultation:
            return n
    return None


def _seated(state: Overlay, event: e.Seated, at_ms: int) -> None:
    del at_ms
    key, held = _at_table(state, event.viewer, event.consultation)
    state.put("consultation", key, replace(held, seats=event.seats))


def _tabled(state: Overlay, event: e.Tabled, at_ms: int) -> None:
    key, held = _at_table(state, event.viewer, event.consultation)
    tabled = (*held.tabled, Tabled(event.by, at_ms, event.faces, event.there))
    state.put("consultation", key, replace(held, tabled=tabled))


def _decided(state: Overlay, event: e.Decided, at_ms: int) -> None:
    key, held = _at_table(state, event.viewer, event.consultation)
    new = Decision(event.n, event.by, event.word, event.owner, event.due_ms, at_ms, event.there)
    state.put("consultation", key, replace(held, decisions=(*held.decisions, new)))


def _fulfilled(state: Overlay, event: e.Fulfilled, at_ms: int) -> None:
    del at_ms
    key, held = _at_table(state, event.viewer, event.consultation)
    decisions = tuple(replace(each, done=True) if each.n == event.n else each for each in held.decisions)
    state.put("consultation", key, replace(held, decisions=decisions))


def _adjourned(state: Overlay, event: e.Adjourned, at_ms: int) -> None:
    del at_ms
    key, held = _at_table(state, event.viewer, event.consultation)
    state.put("consultation", key, replace(held, open=False, minutes=event.minutes))


def _rule_fired(state: Overlay, event: e.RuleFired, at_ms: int) -> None:
    del at_ms
    state.put("fired", event.rule, state.get("fired", event.rule, 0) + 1)


def _drawn(state: Overlay, event: e.Drawn, at_ms: int) -> None:
    del at_ms
    key = (event.road, event.asker)
    state.put("drawn", key, state.get("drawn", key, 0) + 1)


def _edge_set(state: Overlay, event: e.EdgeSet, at_ms: int) -> None:
    del at_ms
    state.put("edge", event.rule, event.holds)


def _inject_set(state: Overlay, event: e.InjectSet, at_ms: int) -> None:
    del at_ms
    state.put("inject", event.inject, InjectState(event.state, event.due_ms, event.why))


def _planned(state: Overlay, event: e.Planned, at_ms: int) -> None:
    del at_ms
    due = list(state.get("due", "due", ()))
    insort(due, Due(event.at_ms, event.sort, event.key, event.n, event.bindings), key=_due_order)
    state.put("due", "due", tuple(due))


def _due_order(due: Due) -> tuple[int, str, str, int]:
    return due.at_ms, due.sort, due.key, due.n


def _unplanned(state: Overlay, event: e.Unplanned, at_ms: int) -> None:
    del at_ms
    gone = (event.at_ms, event.sort, event.key, event.n)
    due = list(state.get("due", "due", ()))
    for place, entry in enumerate(due):
        if _due_order(entry) == gone:
            del due[place]
            break
    state.put("due", "due", tuple(due))


def _scene_opened(state: Overlay, event: e.SceneOpened, at_ms: int) -> None:
    n = _count(state, "scene", event.viewer)
    state.put("scene", (event.viewer, n), Scene(event.team, event.task, event.action, at_ms, event.advised))


def _scene_set(state: Overlay, event: e.SceneSet, at_ms: int) -> None:
    del at_ms
    scene = state.get("scene", (event.viewer, event.scene))
    said = tuple(dict.fromkeys((*scene.said, *event.said)))
    state.put("scene", (event.viewer, event.scene), replace(scene, state=event.state, said=said))


def _advised(state: Overlay, event: e.Advised, at_ms: int) -> None:
    del at_ms
    scene = state.get("scene", (event.viewer, event.scene))
    state.put("scene", (event.viewer, event.scene), replace(scene, advised=event.advised))


def _treated(state: Overlay, event: e.Treated, at_ms: int) -> None:
    del at_ms
    scene = state.get("scene", (event.viewer, event.scene))
    state.put("scene", (event.viewer, event.scene), replace(scene, treated=event.answers, moved=event.moved))


def _debrief_awaited(state: Overlay, event: e.DebriefAwaited, at_ms: int) -> None:
    n = _count(state, "debrief", event.viewer)
    state.put("debrief", (event.viewer, n), Debrief(event.actor, event.scene, event.team, event.action, at_ms))


def _debrief_set(state: Overlay, event: e.DebriefSet, at_ms: int) -> None:
    del at_ms
    debrief = state.get("debrief", (event.viewer, event.debrief))
    state.put("debrief", (event.viewer, event.debrief), replace(debrief, done=event.done, answers=event.answers))


def _debriefed(state: Overlay, event: e.Debriefed, at_ms: int) -> None:
    del at_ms
    scene = state.get("scene", (event.viewer, event.scene))
    state.put("scene", (event.viewer, event.scene), replace(scene, debriefed=True))


def _cue_given(state: Overlay, event: e.CueGiven, at_ms: int) -> None:
    n = _count(state, "cue", event.viewer)
    state.put("cue", (event.viewer, n), Cue(event.text, event.at_ms, "now" if event.at_ms <= at_ms else "waiting"))


def _cue_set(state: Overlay, event: e.CueSet, at_ms: int) -> None:
    del at_ms
    cue = state.get("cue", (event.viewer, event.cue))
    state.put("cue", (event.viewer, event.cue), replace(cue, state=event.state))


def _clock_set(state: Overlay, event: e.ClockSet, at_ms: int) -> None:
    del at_ms
    state.put("clock", "clock", Clock(event.phase, event.at_ms, event.speed, event.stopped, event.why, event.lost))


def _ending_judged(state: Overlay, event: e.EndingJudged, at_ms: int) -> None:
    del at_ms
    state.put("clock", "ending", event.ending)


def _time_passed(state: Overlay, event: e.TimePassed, at_ms: int) -> None:
    """Nothing but the time of what follows, which whoever folds the log keeps."""


def _stand_in_set(state: Overlay, event: e.StandInSet, at_ms: int) -> None:
    del at_ms
    state.put("stand_in", event.viewer, event.profile)


def _played_set(state: Overlay, event: e.PlayedSet, at_ms: int) -> None:
    del at_ms
    state.put("played", event.viewer, event.played)


def _opened_set(state: Overlay, event: e.OpenedSet, at_ms: int) -> None:
    del at_ms
    state.put("opened", event.viewer, event.open)


def _used(state: Overlay, event: e.Used, at_ms: int) -> None:
    del at_ms
    state.put("used", (event.viewer, event.action), True)


def _happened(state: Overlay, event: e.Happened, at_ms: int) -> None:
    n = _count(state, "happening", event.viewer)
    happening = Happening(event.title, event.cause, event.who, at_ms, event.to, event.about, event.word)
    state.put("happening", (event.viewer, n), happening)


def _proposed(state: Overlay, event: e.Proposed, at_ms: int) -> None:
    n = _count(state, "proposal", event.viewer)
    proposal = Proposal(event.word, event.unit, event.faces, event.wants_ms, at_ms)
    state.put("proposal", (event.viewer, n), proposal)


def _ruled(state: Overlay, event: e.Ruled, at_ms: int) -> None:
    key = (event.viewer, event.proposal)
    proposal: Proposal = state.get("proposal", key)
    if not event.happens:
        state.put("proposal", key, replace(proposal, state="refused", answer=event.word))
        return
    state.put("proposal", key, replace(proposal, state="running", due_ms=event.due_ms))
    unit = proposal.unit
    if unit is not None and event.due_ms > at_ms and state.get("busy", unit) is None:
        state.put("busy", unit, (event.viewer, -event.proposal))


def _ruling_kept(state: Overlay, event: e.RulingKept, at_ms: int) -> None:
    del at_ms
    state.put("ruling", (event.team, event.proposal), Ruling(event.word, event.learns, event.changes))


def _proposal_over(state: Overlay, event: e.ProposalOver, at_ms: int) -> None:
    del at_ms
    key = (event.viewer, event.proposal)
    proposal: Proposal = state.get("proposal", key)
    state.put("proposal", key, replace(proposal, state=event.state, answer=event.word))
    if state.get("ruling", key) is not None:
        state.drop("ruling", key)
    if proposal.unit is not None and state.get("busy", proposal.unit) == (event.viewer, -event.proposal):
        state.drop("busy", proposal.unit)


def _part_opened(state: Overlay, event: e.PartOpened, at_ms: int) -> None:
    del at_ms
    state.put("part", event.viewer, Part(open=True, title=event.title))


def _part_closed(state: Overlay, event: e.PartClosed, at_ms: int) -> None:
    del at_ms
    before: Part | None = state.get("part", event.viewer)
    state.put("part", event.viewer, Part(open=False, title=before.title if before else "", into=event.into))


def _shift_on(state: Overlay, event: e.ShiftOn, at_ms: int) -> None:
    state.put("shift", event.viewer, Shift(on=True, since_ms=at_ms))


def _shift_over(state: Overlay, event: e.ShiftOver, at_ms: int) -> None:
    state.put("shift", event.viewer, Shift(on=False, since_ms=at_ms, next=event.next, briefed=event.briefed))


def _units_set(state: Overlay, event: e.UnitsSet, at_ms: int) -> None:
    del at_ms
    state.put("units", event.viewer, event.units)


def _thinking(state: Overlay, event: e.Thinking, at_ms: int) -> None:
    del at_ms
    state.put("thinking", event.viewer, event.on)


def _letter_set(state: Overlay, event: e.LetterSet, at_ms: int) -> None:
    del at_ms
    state.put("letter", (event.persona, event.message), Letter(event.state, event.word))


def _wrote(state: Overlay, event: e.Wrote, at_ms: int) -> None:
    del at_ms
    if event.inject.startswith(OFF_LIST) and state.get("written", event.inject) is None:
        _count(state, "off_list", "control")
    own = Written(event.title, event.to, event.texts, event.marks, event.learns)
    state.put("written", event.inject, own)


def _tried(state: Overlay, event: e.Tried, at_ms: int) -> None:
    del at_ms
    state.put("tried", event.inject, event.readings)


def _traced(state: Overlay, event: e.Traced, at_ms: int) -> None:
    del at_ms
    state.put("trace", event.happening, Trace(event.fields, event.records, event.told))
    _undo_set(state, event.happening, "can")


def _overruled(state: Overlay, event: e.Overruled, at_ms: int) -> None:
    del at_ms
    _undo_set(state, event.happening, "done")


def _undo_set(state: Overlay, n: int, undo: str) -> None:
    key = ("control", n)
    state.put("happening", key, replace(state.get("happening", key), undo=undo))


def _noted(state: Overlay, event: e.Noted, at_ms: int) -> None:
    n = _count(state, "note", event.viewer)
    note = Note(event.teams, event.guide, event.rating, event.word, event.evidence, at_ms)
    state.put("note", (event.viewer, n), note)


_EVOLVE: dict[type, Callable[[Overlay, Any, int], None]] = {
    e.FieldSet: _field_set,
    e.Learnt: _learnt,
    e.Referred: _referred,
    e.Staled: _staled,
    e.Retracted: _retracted,
    e.Disputed: _disputed,
    e.WatchSet: _watch_set,
    e.Told: _told,
    e.MessageDisputed: _message_disputed,
    e.TaskStarted: _task_started,
    e.TaskDone: _task_done,
    e.TaskCancelled: _task_cancelled,
    e.Counted: _counted,
    e.Filed: _filed,
    e.RuleFired: _rule_fired,
    e.Drawn: _drawn,
    e.EdgeSet: _edge_set,
    e.InjectSet: _inject_set,
    e.Planned: _planned,
    e.Unplanned: _unplanned,
    e.SceneOpened: _scene_opened,
    e.SceneSet: _scene_set,
    e.Advised: _advised,
    e.Treated: _treated,
    e.DebriefAwaited: _debrief_awaited,
    e.DebriefSet: _debrief_set,
    e.Debriefed: _debriefed,
    e.CueGiven: _cue_given,
    e.CueSet: _cue_set,
    e.ClockSet: _clock_set,
    e.EndingJudged: _ending_judged,
    e.TimePassed: _time_passed,
    e.StandInSet: _stand_in_set,
    e.PlayedSet: _played_set,
    e.OpenedSet: _opened_set,
    e.Used: _used,
    e.Happened: _happened,
    e.Owed: _owed,
    e.Requested: _requested,
    e.RequestSet: _request_set,
    e.Convened: _convened,
    e.Seated: _seated,
    e.Tabled: _tabled,
    e.Decided: _decided,
    e.Fulfilled: _fulfilled,
    e.Adjourned: _adjourned,
    e.Proposed: _proposed,
    e.Ruled: _ruled,
    e.RulingKept: _ruling_kept,
    e.ProposalOver: _proposal_over,
    e.PartOpened: _part_opened,
    e.PartClosed: _part_closed,
    e.ShiftOn: _shift_on,
    e.ShiftOver: _shift_over,
    e.UnitsSet: _units_set,
    e.Thinking: _thinking,
    e.Noted: _noted,
    e.LetterSet: _letter_set,
    e.Wrote: _wrote,
    e.Tried: _tried,
    e.Traced: _traced,
    e.Overruled: _overruled,
}
