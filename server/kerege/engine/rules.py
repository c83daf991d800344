"""The compiled pack made ready to run: every reference looked up, every expression compiled, every name made opaque.

Built once per exercise from the pack of entry 0 and the exercise's key. Nothing here changes during play.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from kerege.engine.bindings import action_names, form_names, trigger_names
from kerege.engine.conditions.vocabulary import Types
from kerege.engine.evolve import OFF_LIST
from kerege.engine.faces import DOCUMENTS_MAX, document_id, document_parts, thing_of
from kerege.engine.handles import Handles, code
from kerege.engine.listeners import Listeners
from kerege.engine.pack import Character, Field, Guide, Inject, Pack, Viewer
from kerege.engine.prepared import Preparer
from kerege.engine.same import SAME_AS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kerege.engine.conditions import Condition
    from kerege.engine.pack import Action, Rule, Trigger, Value
    from kerege.engine.prepared import Ready

OFF_LIST_MAX = 64
"""How many lines control may add to the MSEL; a further one is refused (`too_many`)."""
CONTROL = "control"
SAFETY = "safety"
_FILE_NOTHING = {"mentor", "evaluator"}
"""Sorts of viewers that no handle is kept for: seats that were added later leave the handles of older logs as they are."""
OWED = "owed:"
"""How the name of a form's deadline begins among what listens; ids have no colon."""


class Codes:
    """One sort's ids and their opaque codes, both ways."""

    def __init__(self, key: bytes, sort: str, ids: Iterable[str]) -> None:
        self.of: dict[str, str] = {name: code(key, sort, name) for name in ids}
        self.id: dict[str, str] = {opaque: name for name, opaque in self.of.items()}
        assert len(self.id) == len(self.of), f"two {sort} codes are the same: take another key"


def _same_field(kind: str) -> Field:
    return Field(SAME_AS, "thing", kinds=(kind,))


class Rules:
    """Everything fixed about one exercise."""

    def __init__(self, pack: Pack, key: bytes) -> None:
        """`key`: 16 to 64 secret bytes of this exercise; handles and codes come from it."""
        self.pack = pack
        self.key = key
        self._lay_out_viewers()
        self._lay_out_things()
        self._lay_out_names()
        self._prepare()

    # -- viewers -------------------------------------------------------------------------------------------------

    def _lay_out_viewers(self) -> None:
        pack = self.pack
        self.characters: dict[str, Character] = {each.thing: each for each in pack.characters}
        self.viewers: dict[str, Viewer] = {
            CONTROL: Viewer(CONTROL, "control"),
            SAFETY: Viewer(SAFETY, "safety", seats_max=3),
        }
        self.viewers |= {viewer.id: viewer for viewer in pack.viewers}
        for character in pack.characters:
            actor = f"actor_{character.thing}"
            self.viewers.setdefault(actor, Viewer(actor, "actor", character=character.thing, seats_max=3))
        self.persona_of = {f"persona_{each.thing}": each for each in pack.personas}
        for persona in self.persona_of:
            self.viewers.setdefault(persona, Viewer(persona, "persona"))
        self.teams = tuple(viewer.id for viewer in self.viewers.values() if viewer.sort == "team")
        self._lay_out_parts()
        self.actor_of = {
            viewer.character: viewer.id
            for viewer in self.viewers.values()
            if viewer.sort == "actor" and viewer.character
        }
        self.desk_of = {v.follows: v.id for v in self.viewers.values() if v.sort == "observer" and v.follows}
        self.evaluators = tuple(viewer.id for viewer in self.viewers.values() if viewer.sort == "evaluator")
        self.guides_of = {viewer.id: self._guides_of(viewer) for viewer in self.viewers.values()}
        self.viewer_of_unit = {unit: viewer.id for viewer in self.viewers.values() for unit in viewer.units}
        self.units_in_order = tuple(self.viewer_of_unit)
        self.agency_viewers: dict[str, tuple[str, ...]] = {}
        for viewer in self.viewers.values():
            if viewer.agency:
                self.agency_viewers[viewer.agency] = (*self.agency_viewers.get(viewer.agency, ()), viewer.id)

    def _lay_out_parts(self) -> None:
        """Beside each team stand reserves, closed until control splits it: `team.2`, `team.3` … up to the pack's bound."""
        self.lawyers_of: dict[str, tuple[str, ...]] = {}
        """By person: the teams that speak for that person."""
        for viewer in self.viewers.values():
            if viewer.client:
                self.lawyers_of[viewer.client] = (*self.lawyers_of.get(viewer.client, ()), viewer.id)
        self.shifts_in_order = tuple(viewer.id for viewer in self.viewers.values() if viewer.takes_over)
        self.shifts = frozenset(self.shifts_in_order)
        self.shift_after = {viewer.takes_over: viewer.id for viewer in self.viewers.values() if viewer.takes_over}
        """By team: the shift that takes over its case."""
        self._reserves: dict[str, tuple[str, ...]] = {}
        self._base = {viewer.id: viewer.part_of for viewer in self.viewers.values() if viewer.part_of}
        for team in self.teams:
            if self.viewers[team].part_of:
                continue
            first = self.viewers[team]
            names = tuple(f"{team}.{n}" for n in range(2, self.pack.parts_max + 1))
            self._reserves[team] = names
            for name in names:
                self._base[name] = team
                self.viewers[name] = Viewer(
                    name, "team", first.agency, (), first.contacts, seats_max=first.seats_max, part_of=team,
                    closed_first=True,
                )  # fmt: skip
        self.closed_first = frozenset(viewer.id for viewer in self.viewers.values() if viewer.closed_first)
        self.all_teams = tuple(viewer.id for viewer in self.viewers.values() if viewer.sort == "team")
        self._parts: dict[str, tuple[str, ...]] = {}
        for part, team in self._base.items():
            self._parts[team] = (*self._parts.get(team, ()), part)

    def base_of(self, viewer: str) -> str:
        """The team of the pack that a viewer is a part of; itself for every other."""
        return self._base.get(viewer, viewer)

    def reserves_of(self, team: str) -> tuple[str, ...]:
        """The parts that a team can be split into, beside itself."""
        return self._reserves.get(team, ())

    def _guides_of(self, viewer: Viewer) -> tuple[Guide, ...]:
        """The guides that a seat reads, in the order of their times."""
        found = [
            each
            for each in self.pack.guides
            if (viewer.sort == "mentor" and each.reader == "mentors" and viewer.follows in each.teams)
            or (viewer.sort == "evaluator" and each.reader == "evaluators")
        ]
        return tuple(sorted(found, key=lambda guide: (guide.from_ms, guide.to_ms)))

    def contacts_of(self, viewer: str) -> tuple[str, ...]:
        """Whom a viewer can ever write to, share with, or name as a teller; who is there now: `parts.contacts`."""
        me = self.viewers[viewer]
        if me.sort == "control":
            return (*self.all_teams, *self.actor_of.values(), SAFETY)
        if me.sort == "mentor" and me.follows is not None:
            return (me.follows, CONTROL)
        if me.sort == "evaluator":  # to name in a note; it writes to nobody
            return self.teams
        if me.sort in {"actor", "safety"}:
            return (CONTROL,)
        if me.sort != "team":
            return ()
        base = self.base_of(viewer)
        named = (base, *(me.contacts or self.all_teams))
        known = (each for team in named for each in (team, *self._parts.get(team, ())))
        return (*dict.fromkeys(each for each in known if each != viewer), *self.personas_for(viewer), CONTROL)

    def personas_for(self, viewer: str) -> tuple[str, ...]:
        """The bodies nobody plays that a team may write to: those that the pack opens to it."""
        me = {viewer, self.base_of(viewer), self.viewers[viewer].agency, "everyone"}
        return tuple(name for name, each in self.persona_of.items() if me & set(each.open_to))

    def viewers_called(self, who: str) -> tuple[str, ...]:
        """The viewers that a viewer's or an agency's id can stand for, with the parts that may be split off them."""
        return (who, *self._parts.get(who, ())) if who in self.viewers else self.agency_viewers.get(who, ())

    def teams_named(self, who: str) -> tuple[str, ...]:
        """The viewers of the pack that a viewer's or an agency's id stands for: how it is called in words."""
        return (who,) if who in self.viewers else tuple(v for v in self.viewers_called(who) if v not in self._base)

    # -- things, faces, fields -----------------------------------------------------------------------------------

    def _lay_out_things(self) -> None:
        pack = self.pack
        self.fields: dict[tuple[str, str], Field] = {
            (kind.id, field.id): field for kind in pack.kinds for field in kind.fields
        }
        self.fields_of_kind = {kind.id: (*kind.fields, _same_field(kind.id)) for kind in pack.kinds}
        self.fields |= {(kind.id, SAME_AS): _same_field(kind.id) for kind in pack.kinds}
        self._perceivable = {
            kind.id: tuple(field.id for field in kind.fields if field.perceivable) for kind in pack.kinds
        }
        self._kind_of = {thing.id: thing.kind for thing in pack.things}
        self._faces = {thing.id: tuple(f"{thing.id}/{face}" for face in thing.faces) for thing in pack.things}
        self._kind_of_face = {face: self._kind_of[thing] for thing, faces in self._faces.items() for face in faces}
        self.things_of_kind: dict[str, tuple[str, ...]] = {kind.id: () for kind in pack.kinds}
        for thing in pack.things:
            self.things_of_kind[thing.kind] = (*self.things_of_kind[thing.kind], thing.id)
        self._form_kind = {form.id: form.kind for form in pack.forms}
        self._protected = frozenset(thing.id for thing in pack.things if thing.protected)
        self._redactions = {(each.kind, each.field): each.give for each in pack.redactions}

    def kind_of(self, thing: str) -> str:
        """The kind of a thing of the pack, or of a document made in play."""
        kind = self._kind_of.get(thing)
        if kind is None:
            parts = document_parts(thing)
            assert parts is not None, f"no such thing: {thing}"
            kind = self._form_kind[parts[0]]
        return kind

    def faces_of(self, thing: str) -> tuple[str, ...]:
        """All faces of a thing, the default first."""
        return self._faces.get(thing) or (f"{thing}/self",)

    def field_of_thing(self, thing: str, field: str) -> Field:
        """A thing's field."""
        return self.fields[self.kind_of(thing), field]

    def field_of_face(self, face: str, field: str) -> Field:
        """A face's field."""
        return self.fields[self.kind_of_face(face), field]

    def kind_of_face(self, face: str) -> str:
        """The kind of the thing behind a face."""
        return self._kind_of_face.get(face) or self.kind_of(thing_of(face))

    def perceivable_of(self, thing: str) -> tuple[str, ...]:
        """The fields of a thing that watchers at its place see."""
        return self._perceivable[self.kind_of(thing)]

    def is_perceivable(self, thing: str, field: str) -> bool:
        """Whether watchers at its place see this field of a thing."""
        return self.fields[self.kind_of(thing), field].perceivable

    def redaction(self, face: str, field: str, value: Value) -> Literal["same", "omit", "pseudonym"]:
        """What observers may get of a field of a face; never anything of a protected field or thing, nor its name."""
        if thing_of(face) in self._protected:
            return "omit"
        if isinstance(value, str) and "/" in value and thing_of(value) in self._protected:
            return "omit"
        kind = self.kind_of(thing_of(face))
        declared = self.fields[kind, field]
        if declared.protected:
            return "omit"
        give = self._redactions.get((kind, field), "omit")
        return "omit" if declared.naming and give == "same" else give

    # -- opaque names --------------------------------------------------------------------------------------------

    def _lay_out_names(self) -> None:
        pack, key = self.pack, self.key
        self.action_codes = Codes(key, "action", (action.id for action in pack.actions))
        self.viewer_codes = Codes(key, "viewer", self.viewers)
        self.form_codes = Codes(key, "form", (form.id for form in pack.forms))
        self.line_codes = Codes(key, "line", (line.id for line in pack.lines))
        self.guides = {guide.id: guide for guide in pack.guides}
        self.guide_codes = Codes(key, "guide", self.guides)
        self.inject_codes = Codes(
            key,
            "inject",
            (*(inject.id for inject in pack.injects), *(f"{OFF_LIST}{n}" for n in range(1, OFF_LIST_MAX + 1))),
        )
        self.field_codes = Codes(key, "field", (f"{kind}.{field}" for kind, field in self.fields))
        names = {param.name for action in pack.actions for param in action.params}
        names |= {field.id for kind in pack.kinds for field in kind.fields}
        self.name_codes = Codes(key, "name", sorted(names))
        words = {choice for kind in pack.kinds for field in kind.fields for choice in field.choices}
        words |= {choice for action in pack.actions for param in action.params for choice in param.choices}
        words |= {question for each in pack.characters for question, *_ in each.treatment}
        self.choice_codes = Codes(key, "choice", sorted(words))
        self._number_of_face: dict[str, int] = {}
        for thing in pack.things:
            for face in self._faces[thing.id]:
                self._number_of_face[face] = len(self._number_of_face)
        self._face_of_number = list(self._number_of_face)
        self._forms = [form.id for form in pack.forms]
        self._filers = [viewer.id for viewer in self.viewers.values() if viewer.sort not in _FILE_NOTHING]
        documents = len(self._forms) * len(self._filers) * DOCUMENTS_MAX
        self._handles = Handles(key, len(self._face_of_number) + documents)

    def handle(self, face: str) -> str:
        """The short handle of a face, the same for everyone who knows it."""
        number = self._number_of_face.get(face)
        if number is None:
            parts = document_parts(thing_of(face))
            assert parts is not None, f"no such face: {face}"
            form, viewer, n = parts
            place = self._forms.index(form) * len(self._filers) + self._filers.index(viewer)
            number = len(self._face_of_number) + place * DOCUMENTS_MAX + n - 1
        return self._handles.of(number)

    def face(self, handle: str) -> str | None:
        """The face that a handle would be of; whether the asker has it in its view is another question."""
        number = self._handles.number(handle)
        if number is None:
            return None
        if number < len(self._face_of_number):
            return self._face_of_number[number]
        place, n = divmod(number - len(self._face_of_number), DOCUMENTS_MAX)
        form, filer = divmod(place, len(self._filers))
        if form >= len(self._forms):
            return None
        return f"{document_id(self._forms[form], self._filers[filer], n + 1)}/self"

    # -- what can happen -----------------------------------------------------------------------------------------

    def _prepare(self) -> None:
        pack = self.pack
        self.types = Types.of(pack)
        prepare = Preparer(pack, self.types)
        self.marks = prepare.marks
        self.actions: dict[str, Action] = {action.id: action for action in pack.actions}
        self.forms = {form.id: form for form in pack.forms}
        self.lines = {line.id: line for line in pack.lines}
        self.injects: dict[str, Inject] = {inject.id: inject for inject in pack.injects}
        self.rules: dict[str, Rule | Inject] = {rule.id: rule for rule in pack.rules} | self.injects
        self.requires: dict[str, Condition] = {}
        self.outcomes = {}
        for action in pack.actions:
            names = action_names(action)
            requires = prepare.view(action.requires, names)
            if requires is not None:
                self.requires[action.id] = requires
            self.outcomes[action.id] = tuple(prepare.outcome(outcome, names, action.id) for outcome in action.outcomes)
        self.form_effects = {
            form.id: prepare.effects(form.effects, form_names(form), f"form:{form.id}") for form in pack.forms
        }
        self.line_effects = {line.id: prepare.effects(line.effects, {}, f"line:{line.id}") for line in pack.lines}
        self.line_advice = {line.id: prepare.tick(line.advice, {}) for line in pack.lines}
        self.starts_with = prepare.effects(pack.starts_with, {}, "start")
        self.rule_effects: dict[str, tuple[Ready, ...]] = {}
        self.rule_condition: dict[str, Condition | None] = {}
        self.becomes: dict[str, Condition] = {}
        self.deadlines = {f"{OWED}{form.id}": form for form in pack.forms if form.due is not None}
        self.triggers: dict[str, Trigger] = {
            name: form.due.trigger for name, form in self.deadlines.items() if form.due is not None
        }
        """By rule, inject, or form that may be owed: what it waits for."""
        for rule in self.rules.values():
            if rule.trigger is not None:
                self.triggers[rule.id] = rule.trigger
            by_hand = isinstance(rule, Inject)  # and so never within an act whose names it could use
            names = {} if by_hand else trigger_names(rule.trigger, self.actions, self.forms)
            self.rule_effects[rule.id] = prepare.effects(rule.effects, names, f"rule:{rule.id}")
            self.rule_condition[rule.id] = prepare.tick(rule.condition, names)
            if rule.trigger is not None and rule.trigger.sort == "becomes":
                condition = prepare.tick(rule.trigger.condition, {})
                assert condition is not None, "a `becomes` trigger has a condition"
                self.becomes[rule.id] = condition
        self.endings = tuple((ending, prepare.tick(ending.condition, {})) for ending in pack.endings)
        for ending, holds in self.endings:
            if ending.early and holds is not None:
                self.becomes[f"ending:{ending.id}"] = holds
        self.measures = tuple((measure.id, prepare.number(measure.value, {})) for measure in pack.measures)
        self.listeners = Listeners(self)
        self.advised_lines = {
            each.thing: tuple(line for line in each.lines if line in self.lines) for each in pack.characters
        }

    def actions_for(self, viewer: str) -> tuple[Action, ...]:
        """The actions that a viewer's agency can do, in the pack's order."""
        agency = self.viewers[viewer].agency
        return tuple(action for action in self.pack.actions if agency in action.by) if agency else ()
