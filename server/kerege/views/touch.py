"""Which keys of which views an event touches. Remembers what each view has, for that is a function of its events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerege.engine import events as e
from kerege.engine.evolve import number_of
from kerege.engine.papers import FILED_BY
from kerege.engine.same import SAME_AS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kerege.engine.held import Record
    from kerege.engine.rules import Rules
    from kerege.engine.state import AnyState
    from kerege.views.offers import Offers

CONTROL = "control"

Touched = dict[tuple[str, str, Any], "Record | None"]
"""(viewer, collection, reference within the collection), in the order in which they were touched; of records, which are
most of what a step touches, the one that stands there."""
Looks = dict[tuple[str, str], None]
"""(viewer, action) whose offer is to be judged again."""


class Touch:
    """One step's touched keys, gathered event by event."""

    def __init__(self, rules: Rules, offers: Offers, contacts: dict[str, tuple[str, ...]]) -> None:
        self._rules = rules
        self._offers = offers
        self._contacts = contacts
        self.kinds: dict[str, set[str]] = {viewer: set() for viewer in rules.viewers}
        self._met: dict[str, dict[str, bool]] = {viewer: {} for viewer in rules.viewers}
        self._counts: dict[tuple[str, str], int] = {}
        self.touched: Touched = {}
        self.looks: Looks = {}

    def begin(self) -> None:
        """Forget the last step's keys."""
        self.touched, self.looks = {}, {}

    def note(self, state: AnyState, event: e.AnyEvent) -> None:
        """Note what one event touches. `state` is the one after the whole step."""
        touch = _TOUCH.get(type(event))
        if touch is not None:
            touch(self, state, event)

    def fields_of(self, kind: str) -> Iterator[str]:
        """The fields of a kind that can be heard of, as references."""
        for field in self._rules.fields_of_kind[kind]:
            if field.hearable:
                yield f"{kind}.{field.id}"

    def _put(self, viewer: str, collection: str, reference: Any) -> None:
        self.touched[viewer, collection, reference] = None

    def _next(self, collection: str, viewer: str) -> None:
        """A numbered item was added to a view."""
        n = self._counts.get((collection, viewer), 0) + 1
        self._counts[collection, viewer] = n
        self._put(viewer, collection, n)

    def _meet(self, state: AnyState, viewer: str, face: str) -> None:
        """A face came into a view, or is met now where it was only a reference; nothing where neither is so."""
        met = state.get("met", (viewer, face)).met
        before = self._met[viewer].get(face)
        if before is met:
            return
        self._met[viewer][face] = met
        self._put(viewer, "faces", face)
        if before is not None:
            return
        kind = self._rules.kind_of_face(face)
        self._offers.meet(viewer, kind, face)
        if kind not in self.kinds[viewer]:
            self.kinds[viewer].add(kind)
            for reference in self.fields_of(kind):
                self._put(viewer, "fields", reference)
        for action in self._offers.by_kind.get(viewer, {}).get(kind, ()):
            self.looks[viewer, action.id] = None

    def _record(self, viewer: str, n: int, record: Record) -> None:
        self.touched[viewer, "records", n] = record
        if viewer != CONTROL:
            self.touched[CONTROL, "knowledge", (viewer, n)] = record

    def _look(self, viewer: str, field: str) -> None:
        for action in self._offers.by_field.get(viewer, {}).get(field, ()):
            self.looks[viewer, action.id] = None

    def _look_at_all(self, viewer: str) -> None:
        for action in self._offers.of.get(viewer, ()):
            self.looks[viewer, action.id] = None

    def learnt(self, state: AnyState, event: e.Learnt) -> None:
        """A record, and maybe a face."""
        viewer, face = event.viewer, event.face
        for n in state.get("slot", (viewer, face, event.field)):
            record = state.get("record", (viewer, n))
            if record.how == event.how and record.source == event.source:
                self._record(viewer, n, record)
        self._meet(state, viewer, face)
        self._look(viewer, event.field)
        if event.field == SAME_AS:
            self._same(viewer, face)
        if event.field == FILED_BY:
            for n in range(1, self._counts.get(("duties", viewer), 0) + 1):
                if state.get("duty", (viewer, n)).document == face:
                    self._put(viewer, "duties", n)

    def referred(self, state: AnyState, event: e.Referred) -> None:
        """A face."""
        self._meet(state, event.viewer, event.face)

    def staled(self, state: AnyState, event: e.Staled) -> None:
        """All that was watched of a face."""
        viewer, face = event.viewer, event.face
        for field in state.get("slot", (viewer, face, ""), ()):
            for n in state.get("slot", (viewer, face, field), ()):
                record = state.get("record", (viewer, n))
                if record.how in {"seen", "watched"}:
                    self._record(viewer, n, record)
            self._look(viewer, field)

    def retracted(self, state: AnyState, event: e.Retracted) -> None:
        """Records."""
        for n in event.records:
            record: Record = state.get("record", (event.viewer, n))
            self._record(event.viewer, n, record)
            self._look(event.viewer, record.field)
            if record.field == SAME_AS:
                self._same(event.viewer, record.face)

    def disputed(self, state: AnyState, event: e.Disputed) -> None:
        """A record."""
        record: Record = state.get("record", (event.viewer, event.record))
        self._record(event.viewer, event.record, record)
        self._look(event.viewer, record.field)

    def _same(self, viewer: str, face: str) -> None:
        """Faces were tied together or let go: all of that kind may show it, and every condition may read through it."""
        kind = self._rules.kind_of_face(face)
        for each in self._met[viewer]:
            if self._rules.kind_of_face(each) == kind:
                self._put(viewer, "faces", each)
        self._look_at_all(viewer)

    def told(self, state: AnyState, event: e.Told) -> None:
        """A message."""
        del state
        self._next("messages", event.viewer)
        if event.viewer in self._rules.persona_of:
            self._put(CONTROL, "letters", (event.viewer, self._counts["messages", event.viewer]))

    def message_disputed(self, state: AnyState, event: e.MessageDisputed) -> None:
        """A message."""
        del state
        self._put(event.viewer, "messages", event.message)
        if event.viewer in self._rules.persona_of:
            self._put(CONTROL, "letters", (event.viewer, event.message))

    def task_started(self, state: AnyState, event: e.TaskStarted) -> None:
        """A task, and what its unit leaves possible."""
        del state
        self._next("tasks", event.viewer)
        if event.unit is not None:
            self._look_at_all(event.viewer)

    def task_over(self, state: AnyState, event: e.TaskDone | e.TaskCancelled) -> None:
        """A task, and what its unit makes possible again."""
        self._put(event.viewer, "tasks", event.task)
        if state.get("task", (event.viewer, event.task)).unit is not None:
            self._look_at_all(event.viewer)

    def used(self, state: AnyState, event: e.Used) -> None:
        """What cannot be done again."""
        del state
        self.looks[event.viewer, event.action] = None

    def scene_opened(self, state: AnyState, event: e.SceneOpened) -> None:
        """A scene of an actor."""
        del state
        self._next("scenes", event.viewer)

    def scene(self, state: AnyState, event: e.SceneSet | e.Advised | e.Treated | e.Debriefed) -> None:
        """A scene of an actor."""
        del state
        self._put(event.viewer, "scenes", event.scene)

    def debrief_awaited(self, state: AnyState, event: e.DebriefAwaited) -> None:
        """A scene to be debriefed."""
        del state
        self._next("debriefs", event.viewer)

    def debrief_set(self, state: AnyState, event: e.DebriefSet) -> None:
        """A scene to be debriefed."""
        del state
        self._put(event.viewer, "debriefs", event.debrief)

    def cue_given(self, state: AnyState, event: e.CueGiven) -> None:
        """A cue."""
        del state
        self._next("cues", event.viewer)

    def cue_set(self, state: AnyState, event: e.CueSet) -> None:
        """A cue."""
        del state
        self._put(event.viewer, "cues", event.cue)

    def clock(self, state: AnyState, event: e.ClockSet) -> None:
        """Everybody's clock, and what everybody can do while it stands or runs."""
        del state, event
        for viewer in self._rules.viewers:
            self._put(viewer, "clock", viewer)
            self._look_at_all(viewer)

    def ending(self, state: AnyState, event: e.EndingJudged) -> None:
        """Control's clock."""
        del state, event
        self._put(CONTROL, "clock", CONTROL)

    def stand_in(self, state: AnyState, event: e.StandInSet) -> None:
        """The contact in every view that has it, control's team, and how a character looks in person."""
        for viewer, contacts in self._contacts.items():
            if event.viewer in contacts:
                self._put(viewer, "contacts", event.viewer)
        self._put(CONTROL, "teams", event.viewer)
        character = self._rules.viewers[event.viewer].character
        if character is not None:
            face = self._rules.faces_of(character)[0]
            for viewer in self._rules.viewers:
                if state.get("met", (viewer, face)) is not None:
                    self._put(viewer, "faces", face)

    def team(self, state: AnyState, event: e.PlayedSet | e.OpenedSet) -> None:
        """Control's team."""
        del state
        self._put(CONTROL, "teams", event.viewer)

    def part(self, state: AnyState, event: e.PartOpened | e.PartClosed) -> None:
        """A team that is there from now on, or is no more: the contact in every view that has it, and control's team."""
        del state
        for viewer, contacts in self._contacts.items():
            if event.viewer in contacts:
                self._put(viewer, "contacts", event.viewer)
        self._put(CONTROL, "teams", event.viewer)
        self._put(event.viewer, "me", event.viewer)  # its name has come

    def shift(self, state: AnyState, event: e.ShiftOn | e.ShiftOver) -> None:
        """Who has a case now: contacts of all who may reach a shift or the one before, who these are, and what they can do."""
        del state
        rules = self._rules
        me = event.viewer
        near = {me, rules.viewers[me].takes_over, rules.shift_after.get(me, "")} - {""}
        for each in near:
            for viewer, contacts in self._contacts.items():
                if each in contacts:
                    self._put(viewer, "contacts", each)
            for contact in self._contacts[each]:
                self._put(each, "contacts", contact)
            self._put(each, "me", each)
            self._put(CONTROL, "teams", each)
            self._look_at_all(each)

    def units(self, state: AnyState, event: e.UnitsSet) -> None:
        """Who I am, and what my units can do."""
        del state
        self._put(event.viewer, "me", event.viewer)
        self._put(CONTROL, "teams", event.viewer)
        self._look_at_all(event.viewer)

    def inject(self, state: AnyState, event: e.InjectSet | e.Wrote | e.Tried) -> None:
        """A line of control's MSEL."""
        del state
        self._put(CONTROL, "injects", event.inject)

    def happened(self, state: AnyState, event: e.Happened) -> None:
        """A line of a list of what was done."""
        del state
        self._next("happenings", event.viewer)

    def owed(self, state: AnyState, event: e.Owed) -> None:
        """A form that is owed."""
        del state
        self._next("duties", event.viewer)

    def requested(self, state: AnyState, event: e.Requested) -> None:
        """A request."""
        del state
        self._next("requests", event.viewer)

    def request_set(self, state: AnyState, event: e.RequestSet) -> None:
        """A request."""
        del state
        self._put(event.viewer, "requests", event.request)

    def convened(self, state: AnyState, event: e.Convened) -> None:
        """A consultation."""
        del state
        self._next("consultations", event.viewer)

    def consultation(self, state: AnyState, event: e.Seated | e.Tabled | e.Decided | e.Fulfilled | e.Adjourned) -> None:
        """A consultation."""
        self._put(event.viewer, "consultations", number_of(state, event.viewer, event.consultation))

    def proposed(self, state: AnyState, event: e.Proposed) -> None:
        """A proposal, at its team's and at control's."""
        del state
        self._next("proposals", event.viewer)
        self._put(CONTROL, "proposals", (event.viewer, self._counts["proposals", event.viewer]))

    def proposal(self, state: AnyState, event: e.Ruled | e.ProposalOver) -> None:
        """A proposal, and what its unit leaves possible."""
        self._put(event.viewer, "proposals", event.proposal)
        self._put(CONTROL, "proposals", (event.viewer, event.proposal))
        if state.get("proposal", (event.viewer, event.proposal)).unit is not None:
            self._look_at_all(event.viewer)

    def thinking(self, state: AnyState, event: e.Thinking) -> None:
        """The team's clock and what it can do; control's team."""
        del state
        self._put(event.viewer, "clock", event.viewer)
        self._look_at_all(event.viewer)
        self._put(CONTROL, "teams", event.viewer)

    def letter(self, state: AnyState, event: e.LetterSet) -> None:
        """A message to a body nobody plays."""
        del state
        self._put(CONTROL, "letters", (event.persona, event.message))

    def happening(self, state: AnyState, event: e.Traced | e.Overruled) -> None:
        """A line of control's list."""
        del state
        self._put(CONTROL, "happenings", event.happening)

    def noted(self, state: AnyState, event: e.Noted) -> None:
        """A note of the evaluators."""
        del state
        self._next("notes", event.viewer)


_TOUCH: dict[type, Callable[[Touch, AnyState, Any], None]] = {
    e.Learnt: Touch.learnt,
    e.Referred: Touch.referred,
    e.Staled: Touch.staled,
    e.Retracted: Touch.retracted,
    e.Disputed: Touch.disputed,
    e.Told: Touch.told,
    e.MessageDisputed: Touch.message_disputed,
    e.TaskStarted: Touch.task_started,
    e.TaskDone: Touch.task_over,
    e.TaskCancelled: Touch.task_over,
    e.Used: Touch.used,
    e.SceneOpened: Touch.scene_opened,
    e.SceneSet: Touch.scene,
    e.Advised: Touch.scene,
    e.Treated: Touch.scene,
    e.Debriefed: Touch.scene,
    e.DebriefAwaited: Touch.debrief_awaited,
    e.DebriefSet: Touch.debrief_set,
    e.CueGiven: Touch.cue_given,
    e.CueSet: Touch.cue_set,
    e.ClockSet: Touch.clock,
    e.EndingJudged: Touch.ending,
    e.StandInSet: Touch.stand_in,
    e.PlayedSet: Touch.team,
    e.OpenedSet: Touch.team,
    e.InjectSet: Touch.inject,
    e.Happened: Touch.happened,
    e.Owed: Touch.owed,
    e.Requested: Touch.requested,
    e.RequestSet: Touch.request_set,
    e.Convened: Touch.convened,
    e.Seated: Touch.consultation,
    e.Tabled: Touch.consultation,
    e.Decided: Touch.consultation,
    e.Fulfilled: Touch.consultation,
    e.Adjourned: Touch.consultation,
    e.Proposed: Touch.proposed,
    e.Ruled: Touch.proposal,
    e.ProposalOver: Touch.proposal,
    e.PartOpened: Touch.part,
    e.PartClosed: Touch.part,
    e.ShiftOn: Touch.shift,
    e.ShiftOver: Touch.shift,
    e.UnitsSet: Touch.units,
    e.Thinking: Touch.thinking,
    e.Noted: Touch.noted,
    e.LetterSet: Touch.letter,
    e.Wrote: Touch.inject,
    e.Tried: Touch.inject,
    e.Traced: Touch.happening,
    e.Overruled: Touch.happening,
}
