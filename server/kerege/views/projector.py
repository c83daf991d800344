"""From events to what each viewer sees: which keys an event touches, and what stands under a key.

Law 2: for every viewer, old view + changes == fresh view, after every step. Both come from the one function `_shown`.
Law 3: for any viewer but control, `_shown` reads only that viewer's part of the state, the clock, and who has a stand-in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerege.engine.faces import thing_of
from kerege.engine.parts import is_contact, is_open, on_duty
from kerege.views import shown as s
from kerege.views.offers import NOT_STARTED, Offers, Seen
from kerege.views.touch import CONTROL, Touch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kerege.engine.events import AnyEvent
    from kerege.engine.held import Shift
    from kerege.engine.rules import Rules
    from kerege.engine.state import AnyState


class Projector:
    """The views of one exercise. Holds how every action was last offered, for that is a function of what was seen."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._offers = Offers(rules)
        self._offered: dict[str, dict[str, s.OfferShown]] = {viewer: {} for viewer in rules.viewers}
        self._contacts = {viewer: rules.contacts_of(viewer) for viewer in rules.viewers}
        self._touch = Touch(rules, self._offers, self._contacts)
        for viewer, actions in self._offers.of.items():
            for action in actions:
                self._offered[viewer][action.id] = s.OfferShown(action.id, False, "", None, NOT_STARTED)

    # -- after a step --------------------------------------------------------------------------------------------

    def project(self, state: AnyState, events: Iterable[AnyEvent], at_ms: int) -> dict[str, s.Changes]:
        """
        What a step changes in each view.

        Args:
            state: The state after the step.
            events: Its events, in order.

        Returns:
            Viewer -> changes, only for viewers whose view changed.
        """
        touch = self._touch
        touch.begin()
        for event in events:
            touch.note(state, event)
        found: dict[str, list[s.Change]] = {}
        codes = self._rules.viewer_codes.of
        for (viewer, collection, reference), record in touch.touched.items():
            if record is None:
                item = self._shown(state, viewer, collection, reference)
                change = s.Change(collection, self._key(collection, reference), item)
            elif collection == "records":
                change = s.Change(collection, f"r{reference}", record)
            else:
                owner, n = reference
                change = s.Change(collection, f"{codes[owner]}:r{n}", s.KnowledgeShown(owner, record))
            found.setdefault(viewer, []).append(change)
        seen: Seen = {}
        for viewer, action_id in touch.looks:
            offer = self._offers.judge(state, viewer, self._rules.actions[action_id], at_ms, seen)
            if offer != self._offered[viewer].get(action_id):
                self._offered[viewer][action_id] = offer
                code = self._rules.action_codes.of[action_id]
                found.setdefault(viewer, []).append(s.Change("offers", code, offer))
        return {viewer: tuple(changes) for viewer, changes in found.items()}

    # -- a whole view --------------------------------------------------------------------------------------------

    def fresh(self, state: AnyState, viewer: str) -> s.View:
        """The whole view of a viewer as it stands."""
        view: s.View = {}
        for collection, reference in self._all(state, viewer):
            view[collection, self._key(collection, reference)] = self._shown(state, viewer, collection, reference)
        for action_id, offer in self._offered[viewer].items():
            view["offers", self._rules.action_codes.of[action_id]] = offer
        return view

    def _all(self, state: AnyState, viewer: str) -> Iterator[tuple[str, Any]]:
        rules = self._rules
        yield "me", viewer
        yield "clock", viewer
        for contact in self._contacts[viewer]:
            if is_contact(rules, state, viewer, contact):
                yield "contacts", contact
        me = rules.viewers[viewer]
        for form in rules.pack.forms:
            if me.agency in form.by:
                yield "forms", form.id
        for guide in rules.guides_of[viewer]:
            yield "guides", guide.id
        for what, collection in _COUNTED.items():
            for n in range(1, state.get("count", (what, viewer), 0) + 1):
                reference = state.get("face_at", (viewer, n)) if what == "face" else n
                yield collection, reference
        for kind in sorted(self._touch.kinds[viewer]):
            for reference in self._touch.fields_of(kind):
                yield "fields", reference
        if viewer == CONTROL:
            yield from self._all_of_control(state)

    def _all_of_control(self, state: AnyState) -> Iterator[tuple[str, Any]]:
        rules = self._rules
        for inject in rules.inject_codes.of:
            if state.get("inject", inject) is not None:
                yield "injects", inject
        for persona in rules.persona_of:
            yield "personas", persona
            for n in range(1, state.get("count", ("message", persona), 0) + 1):
                yield "letters", (persona, n)
        for viewer in rules.viewers.values():
            for n in range(1, state.get("count", ("proposal", viewer.id), 0) + 1):
                yield "proposals", (viewer.id, n)
            if viewer.sort in {"team", "actor"} and is_open(rules, state, viewer.id):
                yield "teams", viewer.id
            if viewer.id != CONTROL:
                for n in range(1, state.get("count", ("record", viewer.id), 0) + 1):
                    yield "knowledge", (viewer.id, n)

    # -- one key -------------------------------------------------------------------------------------------------

    def _key(self, collection: str, reference: Any) -> str:
        rules = self._rules
        if collection in _OF_OTHERS and isinstance(reference, tuple):
            return f"{rules.viewer_codes.of[reference[0]]}:{_OF_OTHERS[collection]}{reference[1]}"
        letter = _LETTERS.get(collection)
        if letter is not None:
            return f"{letter}{reference}"
        if collection == "faces":
            return rules.handle(reference)
        if collection in {"contacts", "teams", "personas"}:
            return rules.viewer_codes.of[reference]
        if collection == "forms":
            return rules.form_codes.of[reference]
        if collection == "fields":
            return rules.field_codes.of[reference]
        if collection == "injects":
            return rules.inject_codes.of[reference]
        if collection == "guides":
            return rules.guide_codes.of[reference]
        return collection

    def _shown(self, state: AnyState, viewer: str, collection: str, reference: Any) -> Any:
        table = _TABLES.get(collection)
        if table is not None:
            return state.get(table, (viewer, reference))
        if collection == "faces":
            return self._face(state, viewer, reference)
        if collection == "clock":
            ending = state.get("clock", "ending", "") if viewer == CONTROL else ""
            return s.ClockShown(state.get("clock", "clock"), ending, bool(state.get("thinking", viewer)))
        if collection == "me":
            return s.MeShown(viewer, state.get("units", viewer), self._shift(state, viewer))
        if collection == "contacts" and not is_contact(self._rules, state, viewer, reference):
            return None
        if collection == "teams" and not is_open(self._rules, state, reference):
            return None
        if collection == "consultations":
            return s.ConsultationShown(viewer, state.get("consultation", (viewer, reference)))
        if collection == "contacts":
            return s.ContactShown(reference, bool(state.get("stand_in", reference)))
        if collection == "knowledge":
            return s.KnowledgeShown(reference[0], state.get("record", reference))
        if collection == "teams":
            return s.TeamShown(
                reference,
                state.get("stand_in", reference, ""),
                bool(state.get("played", reference)),
                bool(state.get("opened", reference)),
                bool(state.get("thinking", reference)),
                state.get("units", reference),
                on_duty(self._rules, state, reference),
            )
        if collection == "injects":
            now, own = state.get("inject", reference), state.get("written", reference)
            tried = state.get("tried", reference, ())
            if own is None and not tried:  # as logs of before control could write hold it
                return reference, now
            return s.InjectShown(reference, now, own, tried)
        if collection == "letters":
            return s.LetterShown(reference[0], state.get("message", reference), state.get("letter", reference))
        if collection == "proposals":
            team, n = reference if isinstance(reference, tuple) else (viewer, reference)
            return s.ProposalShown(team, state.get("proposal", (team, n)))
        if collection == "scenes":
            character = self._rules.viewers[viewer].character
            assert character is not None
            return s.SceneShown(state.get("scene", (viewer, reference)), character)
        return s.FixedShown(reference)

    def _shift(self, state: AnyState, viewer: str) -> s.ShiftShown | None:
        """The shift of a team that has a next or an earlier one: public to it, and to nobody's secrets tied."""
        rules = self._rules
        if viewer not in rules.shifts and viewer not in rules.shift_after:
            return None
        before, after = rules.viewers[viewer].takes_over, rules.shift_after.get(viewer, "")
        mine: Shift | None = state.get("shift", viewer)
        earlier: Shift | None = state.get("shift", before) if before else None
        duty = on_duty(rules, state, viewer)
        waits = rules.viewers[after].comes_on_ms is not None if after else False
        ready = bool(after) and duty and (not waits or on_duty(rules, state, after))
        return s.ShiftShown(duty, mine, before, earlier, after, ready)

    def _face(self, state: AnyState, viewer: str, face: str) -> s.FaceShown:
        thing = thing_of(face)
        actor = self._rules.actor_of.get(thing)
        met = state.get("met", (viewer, face)).met
        same = tuple(other for other in state.get("same", (viewer, face), ()) if other != face)
        # Only who stands there is marked: marks on other faces, set at the same time, would tell that they are one.
        in_person = met and actor is not None and face == self._rules.faces_of(thing)[0]
        return s.FaceShown(face, met, same, in_person and bool(state.get("stand_in", actor)))


_COUNTED = {
    "face": "faces", "record": "records", "message": "messages", "task": "tasks", "scene": "scenes", "cue": "cues",
    "happening": "happenings", "proposal": "proposals", "note": "notes", "duty": "duties", "request": "requests",
    "consultation": "consultations", "debrief": "debriefs",
}  # fmt: skip
_LETTERS = {
    "records": "r",
    "messages": "m",
    "tasks": "t",
    "scenes": "s",
    "cues": "c",
    "happenings": "h",
    "proposals": "p",
    "notes": "n",
    "duties": "d",
    "requests": "q",
    "consultations": "g",
    "debriefs": "b",
}
_OF_OTHERS = {"knowledge": "r", "proposals": "p", "letters": "m"}
"""What control sees of each viewer: (viewer, n) becomes `<viewer's code>:<letter><n>`."""
_TABLES = {
    "records": "record",
    "messages": "message",
    "tasks": "task",
    "cues": "cue",
    "happenings": "happening",
    "notes": "note",
    "debriefs": "debrief",
    "duties": "duty",
    "requests": "request",
}
