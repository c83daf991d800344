"""What conditions read: the truth as a step sees it, and one viewer's records.

Rule: the view never touches the truth; it answers from the records that stand in one viewer's part of the state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine.faces import document_id, thing_of
from kerege.engine.knowledge import known_faces, knows_about, standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerege.engine.held import Consultation, Record
    from kerege.engine.pack import Value
    from kerege.engine.rules import Rules
    from kerege.engine.state import AnyState

MS = 1000


class TruthWorld:
    """The truth and everybody's knowledge at one moment; implements `conditions.world.Truth`."""

    __slots__ = ("at_ms", "rules", "state")

    def __init__(self, rules: Rules, state: AnyState, at_ms: int) -> None:
        self.rules = rules
        self.state = state
        self.at_ms = at_ms

    def value(self, thing: str, field: str) -> Value:
        """The true value."""
        value: Value = self.state.get("truth", (thing, field))
        return value

    def knows(self, who: str, thing: str, field: str) -> bool:
        """Whether any of these viewers holds a standing record of it."""
        return any(
            knows_about(self.state, self.rules, viewer, thing, field) for viewer in self.rules.viewers_called(who)
        )

    def knows_value(self, who: str, thing: str, field: str, value: Value) -> bool:
        """Whether any of these viewers holds a standing record with this value."""
        declared = self.rules.fields.get((self.rules.kind_of(thing), field))
        is_thing = declared is not None and declared.type == "thing"
        return any(
            (thing_of(str(record.value)) if is_thing and record.value is not None else record.value) == value
            for viewer in self.rules.viewers_called(who)
            for record in knows_about(self.state, self.rules, viewer, thing, field)
        )

    def learnt_at_s(self, who: str, thing: str, field: str) -> int | None:
        """When the first of these viewers learnt what it still holds."""
        times = [
            record.at_ms // MS
            for viewer in self.rules.viewers_called(who)
            for record in knows_about(self.state, self.rules, viewer, thing, field)
        ]
        return min(times) if times else None

    def times(self, action: str, agency: str | None, outcome: str | None) -> int:
        """How often an action has come to an outcome."""
        count: int = self.state.get("did", (action, agency or "", outcome or ""), 0)
        return count

    def filed(self, form: str, agency: str | None) -> bool:
        """Whether a form has been filed."""
        return bool(self.state.get("filed", (form, agency or ""), 0))

    def convened(self, *teams: str) -> bool:
        """Whether all of these (viewers or agencies) have been at the table of one consultation."""
        wanted = [self.rules.viewers_called(team) for team in teams]
        seats = ({viewer for viewer, seat in held.seats if seat in {"here", "left"}} for held in self._consultations())
        return any(all(here.intersection(each) for each in wanted) for here in seats)

    def decided(self, owner: str | None) -> int:
        """How many decisions consultations have made, or given to this viewer or agency."""
        owners = self.rules.all_teams if owner is None else self.rules.viewers_called(owner)
        return sum(each.owner in owners for held in self._consultations() for each in held.decisions)

    def _consultations(self) -> Iterator[Consultation]:
        """Each consultation once, as its convener knows it: whole."""
        for viewer in self.rules.all_teams:
            for n in range(1, self.state.get("count", ("consultation", viewer), 0) + 1):
                held: Consultation = self.state.get("consultation", (viewer, n))
                if held.convener == viewer:
                    yield held

    def played(self, thing: str) -> bool:
        """Whether a person plays this character."""
        actor = self.rules.actor_of.get(thing)
        return bool(actor is not None and self.state.get("played", actor))

    def speaks_for(self, team: str, person: str) -> bool:
        """Whether a team is this person's own lawyer, or a shift or part of it."""
        return self.rules.base_of(team) in self.rules.lawyers_of.get(person, ())

    def fired(self, id_: str) -> bool:
        """Whether a rule or inject has fired."""
        return bool(self.state.get("fired", id_, 0))

    def now_s(self) -> int:
        """Play time in whole seconds."""
        return self.at_ms // MS

    def things(self, kind: str) -> tuple[str, ...]:
        """The things of a kind: the pack's in its order, then the documents filed in play."""
        return (*self.rules.things_of_kind.get(kind, ()), *self._documents(kind))

    def _documents(self, kind: str) -> Iterator[str]:
        for form in self.rules.pack.forms:
            if form.kind == kind:
                for viewer in self.rules.viewers:
                    for n in range(1, self.state.get("count", (f"document:{form.id}", viewer), 0) + 1):
                        yield document_id(form.id, viewer, n)


class ViewWorld:
    """One viewer's records at one moment; implements `conditions.world.View`."""

    __slots__ = ("at_ms", "rules", "state", "viewer")

    def __init__(self, rules: Rules, state: AnyState, viewer: str, at_ms: int) -> None:
        self.rules = rules
        self.state = state
        self.viewer = viewer
        self.at_ms = at_ms

    def known(self, face: str, field: str) -> bool:
        """Whether a record with a value stands."""
        return any(record.value is not None for record in self._standing(face, field))

    def latest(self, face: str, field: str) -> Value:
        """The value of the newest standing record."""
        records = self._standing(face, field)
        return records[-1].value if records else None

    def some(self, face: str, field: str, value: Value) -> bool:
        """Whether a standing record has this value."""
        return any(record.value == value or self.same(record.value, value) for record in self._standing(face, field))

    def disputed(self, face: str, field: str) -> bool:
        """Whether the newest standing record is disputed, or two standing records differ."""
        records = self._standing(face, field)
        return any(record.disputed for record in records) or len({repr(record.value) for record in records}) > 1

    def age_s(self, face: str, field: str) -> int | None:
        """Seconds of play since the newest standing record was learnt; none while it is being watched."""
        records = self._standing(face, field)
        if not records:
            return None
        return 0 if records[-1].live else (self.at_ms - records[-1].news_ms) // MS

    def same(self, first: Value, second: Value) -> bool:
        """Whether two faces (or `thing:<id>`) are one for this viewer."""
        if first is None or second is None:
            return first is second
        if first == second:
            return True
        return bool(set(self._faces(str(first))) & set(self._faces(str(second))))

    def _faces(self, subject: str) -> tuple[str, ...]:
        if not subject.startswith("thing:"):
            return known_faces(self.state, self.viewer, subject)
        faces: list[str] = []
        for face in self.rules.faces_of(subject.removeprefix("thing:")):
            if self.state.get("met", (self.viewer, face)) is not None:
                faces.extend(known_faces(self.state, self.viewer, face))
        return tuple(dict.fromkeys(faces))

    def _standing(self, subject: str, field: str) -> list[Record]:
        if not subject.startswith("thing:"):
            return standing(self.state, self.viewer, subject, field)
        found: dict[int, Record] = {}
        for face in self._faces(subject):
            for record in standing(self.state, self.viewer, face, field):
                found[id(record)] = record
        return sorted(found.values(), key=lambda record: record.news_ms)
