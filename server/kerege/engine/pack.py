"""The compiled pack: what entry 0 of every log holds, and all that the engine knows of a story.

Plain data only (msgspec structs): conditions stand as source text and are compiled by `rules.build`. The author's
form is YAML and is turned into this by `kerege.scenario`; this form has no sugar, no defaults left to guess and every
reference resolved or checked. Ids are the pack's own and never leave the room; clients see codes and handles.

Expressions: `view` scope reads the asker's records, `truth` scope reads the world (design.md section 3).
A *subject* is the name before the dot of `thing.field`: a thing's id, a parameter's name, `unit`, or `person`-like names
bound by a trigger.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Value = bool | int | str | None
"""A field's value: tick, number, choice id, thing id (for `thing` fields), text key (for `text` fields), or unknown."""

How = Literal["seen", "told", "read", "found", "checked", "heard", "filed", "watched", "known"]
Certainty = Literal["certain", "likely", "claimed"]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of everything in a pack."""


class Field(Part, frozen=True, forbid_unknown_fields=True):
    """One property of a kind. `perceivable`: watchers at the same place see it. `protected`: never to observers."""

    id: str
    type: Literal["tick", "number", "choice", "thing", "text"]
    choices: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    minimum: int = 0
    maximum: int = 1_000_000
    perceivable: bool = False
    protected: bool = False
    naming: bool = False
    hearable: bool = True


class Kind(Part, frozen=True, forbid_unknown_fields=True):
    """A kind of thing. Every kind that is `placed` has a `location` field (type thing, kind place)."""

    id: str
    fields: tuple[Field, ...]


class Thing(Part, frozen=True, forbid_unknown_fields=True):
    """One thing of the story. `faces`: its appearances, the first is the one shown by default. `place` = start."""

    id: str
    kind: str
    values: dict[str, Value] = {}
    faces: tuple[str, ...] = ("self",)
    protected: bool = False
    """Nothing about it, and nothing that names it, ever reaches observers: a shelter, a child."""


class Effect(Part, frozen=True, tag_field="effect"):
    """Base of everything an outcome, rule, inject, cue or line can do."""


class Learn(Effect, frozen=True, forbid_unknown_fields=True, tag="learn"):
    """`who` learns `subject.field`; `value` (truth-scope expression) overrides the truth: lies and old news."""

    who: str
    subject: str
    field: str
    how: How
    value: str | None = None
    source: str | None = None
    certainty: Certainty = "certain"
    face: str | None = None
    value_face: str | None = None
    """Which appearance the learner is given of a thing that is the value; a thing without it shows its default."""


class Retract(Effect, frozen=True, forbid_unknown_fields=True, tag="retract"):
    """`who` learns that what it holds of `subject.field` no longer stands."""

    who: str
    subject: str
    field: str


class Same(Effect, frozen=True, forbid_unknown_fields=True, tag="same"):
    """`who` learns that two faces (`thing` or `thing/face`) are one."""

    who: str
    first: str
    second: str
    how: How = "checked"


class Tell(Effect, frozen=True, forbid_unknown_fields=True, tag="tell"):
    """A text reaches `who`, and teaches what it marks. `source`: who is shown as the sender (thing or viewer)."""

    who: str
    text: str
    source: str | None = None
    how: How = "told"
    certainty: Certainty = "certain"
    notice: bool = False


class Say(Effect, frozen=True, forbid_unknown_fields=True, tag="say"):
    """A character's line reaches `who`: its text, what it marks (told, claimed, by the character), and its effects."""

    line: str
    who: str


class Between(Part, frozen=True, forbid_unknown_fields=True):
    """A whole number that is drawn, both bounds included: seconds of play, or a number of the truth."""

    least: int
    most: int


class Set(Effect, frozen=True, forbid_unknown_fields=True, tag="set"):
    """The truth changes: `subject.field` becomes `value` (truth-scope expression), or what is drawn."""

    subject: str
    field: str
    value: str | None
    drawn: Between | None = None


class Add(Effect, frozen=True, forbid_unknown_fields=True, tag="add"):
    """A number changes by `amount` (truth-scope expression), or by what is drawn, kept within the field's bounds."""

    subject: str
    field: str
    amount: str | None
    drawn: Between | None = None


class Watch(Effect, frozen=True, forbid_unknown_fields=True, tag="watch"):
    """`who` begins (or stops) to watch `place` without a unit there."""

    who: str
    place: str
    on: bool = True


class Fire(Effect, frozen=True, forbid_unknown_fields=True, tag="fire"):
    """An inject fires now, unless control holds or skipped it."""

    inject: str


class Cue(Effect, frozen=True, forbid_unknown_fields=True, tag="cue"):
    """The actor of `character` is cued: `text`, to be played `after_ms` from now."""

    character: str
    text: str
    after_ms: int = 0


class Exclude(Effect, frozen=True, forbid_unknown_fields=True, tag="exclude"):
    """A document or an item no longer counts in the case; that it does not must be learnt. `cause`: text key, why."""

    subject: str
    cause: str


class End(Effect, frozen=True, forbid_unknown_fields=True, tag="end"):
    """The exercise ends now; the endings are judged in order."""


AnyEffect = Learn | Retract | Same | Tell | Say | Set | Add | Watch | Fire | Cue | End | Exclude


class Param(Part, frozen=True, forbid_unknown_fields=True):
    """One parameter of an action."""

    name: str
    takes: Literal["face", "choice", "team", "words", "number"]
    kinds: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    maximum: int = 500
    optional: bool = False
    many: bool = False


class Outcome(Part, frozen=True, forbid_unknown_fields=True):
    """One way an action can end; the first whose `condition` (truth scope) holds is taken."""

    id: str
    effects: tuple[AnyEffect, ...]
    condition: str | None = None
    cause: str | None = None
    """Text key printed to control and in the debrief: why this happened."""


class Action(Part, frozen=True, forbid_unknown_fields=True):
    """Something an agency kind can do. `scene` names the face parameter whose character, when played, takes over."""

    id: str
    by: tuple[str, ...]
    group: str
    params: tuple[Param, ...] = ()
    requires: str | None = None
    refusal: str | None = None
    """Text key that teaches why `requires` failed."""
    takes_ms: int = 0
    live: bool = False
    once: bool = False
    travel: str | None = None
    """Name of the place parameter to which the unit moves at the end."""
    scene: str | None = None
    needs_unit: bool = True
    outcomes: tuple[Outcome, ...] = ()
    observed: bool = False
    """Observers of an opened team may read that it was done."""


class Trigger(Part, frozen=True, forbid_unknown_fields=True):
    """
    When a rule is looked at. Exactly one of: start, at (play time), learnt, did, becomes, filed, shared, treated,
    convened (all of `teams` are at one consultation), decided (a consultation gave a task to `by`), shift_on (the shift `by`
    has come on), shift_over (the shift `by` has gone; `briefed`: with or without handing over, None for either).

    `by` and `to` are viewers or agencies; `value` is written bare (`organiser`, `raisa`, `3`, `True`), None for any;
    `did` binds `asker`, `unit` and the action's parameters, `filed` binds `asker` and `document`.
    """

    sort: Literal[
        "start", "at", "learnt", "did", "becomes", "filed", "shared", "treated", "convened", "decided",
        "shift_on", "shift_over",
    ]  # fmt: skip
    at_ms: int = 0
    by: str | None = None
    subject: str | None = None
    field: str | None = None
    value: str | None = None
    action: str | None = None
    form: str | None = None
    condition: str | None = None
    outcome: str | None = None
    to: str | None = None
    character: str | None = None
    teams: tuple[str, ...] = ()
    briefed: bool | None = None


class Rule(Part, frozen=True, forbid_unknown_fields=True):
    """
    A consequence. `once` rules fire at most once.

    `delay_ms` counts play time from the trigger; `delay_drawn` (seconds) is drawn then, and added to it.
    """

    id: str
    trigger: Trigger
    effects: tuple[AnyEffect, ...]
    condition: str | None = None
    delay_ms: int = 0
    once: bool = True
    cause: str | None = None
    delay_drawn: Between | None = None


class Inject(Part, frozen=True, forbid_unknown_fields=True):
    """A line of the MSEL: a rule that control can hold, fire, skip or repeat. `trigger` None: only by hand or `fire`."""

    id: str
    sort: Literal["contextual", "expected_action", "contingency"]
    to: tuple[str, ...]
    effects: tuple[AnyEffect, ...]
    trigger: Trigger | None = None
    condition: str | None = None
    held: bool = False
    storyline: str = ""


class Line(Part, frozen=True, forbid_unknown_fields=True):
    """Something a character may say. `advice` (truth scope) says when the card lets it out; it never gates."""

    id: str
    character: str
    text: str
    advice: str | None = None
    certainty: Certainty = "claimed"
    effects: tuple[AnyEffect, ...] = ()


class Character(Part, frozen=True, forbid_unknown_fields=True):
    """A person of the story that an actor may play; the viewer `actor_<thing>` is made for it.

    `treatment`: question -> (field, worst, best): an actor's answer 0..4 moves the field between the two amounts.
    """

    thing: str
    card: str
    lines: tuple[str, ...] = ()
    treatment: tuple[tuple[str, str, int, int], ...] = ()
    stand_in: bool = True
    """False for presumed victims and children: no stand-in may play them in a live exercise."""


class FormField(Part, frozen=True, forbid_unknown_fields=True):
    """One field of a form; `field` names the field of the form's kind where the value is kept."""

    field: str
    required: bool = False


class Deadline(Part, frozen=True, forbid_unknown_fields=True):
    """
    By when a form is owed: `within_ms` after what `trigger` waits for has happened to or by the team that is to file it.

    The trigger binds an `asker`, and that team owes it. `known_to`: viewers or agencies that know it is owed to them.
    """

    trigger: Trigger
    within_ms: int
    known_to: tuple[str, ...] = ()


class Form(Part, frozen=True, forbid_unknown_fields=True):
    """A document. Filing makes a thing of `kind`; the filer learns it, and `effects` happen (subject `document`)."""

    id: str
    kind: str
    by: tuple[str, ...]
    fields: tuple[FormField, ...]
    about: str | None = None
    """The `thing` field that says whom the document is about."""
    effects: tuple[AnyEffect, ...] = ()
    due: Deadline | None = None


class Viewer(Part, frozen=True, forbid_unknown_fields=True):
    """
    A unit of secrecy: a team, an actor's role, control, safety, an observers' desk, a side nobody plays (`hidden`), a
    body that control speaks for (`persona`), a team's mentor, the
    evaluators.
    """

    id: str
    sort: Literal["team", "actor", "control", "safety", "observer", "hidden", "persona", "mentor", "evaluator"]
    agency: str = ""
    units: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    character: str | None = None
    follows: str | None = None
    """For an observer viewer: the team whose learning it is fed with. For a mentor: the team that it sits with."""
    seats_max: int = 8
    client: str = ""
    """Of a lawyer: the one person whom this team speaks for."""
    part_of: str = ""
    """Of a shift: the team that it is a shift of."""
    closed_first: bool = False
    """It is not there before something opens it."""
    takes_over: str = ""
    """Of a shift: the team, or the shift, whose case it takes over."""
    comes_on_ms: int | None = None
    """Of a shift: the play time at which it comes on; None: when the earlier one hands over."""
    overlap_ms: int = 0
    """Of a shift that comes on at a play time: so long the earlier one is still there to hand over."""


class Persona(Part, frozen=True, forbid_unknown_fields=True):
    """
    A body or person that nobody plays and control speaks for; the viewer `persona_<thing>` is made for it.

    `card`: what it knows and how it speaks, for control alone. `open_to`: viewers and agencies that may write to it.
    """

    thing: str
    card: str
    open_to: tuple[str, ...] = ()


class Redaction(Part, frozen=True, forbid_unknown_fields=True):
    """What observers may get of one field: as it is, nothing, or a pseudonym for a naming field. Default: omit."""

    kind: str
    field: str
    give: Literal["same", "omit", "pseudonym"]


class Fact(Part, frozen=True, forbid_unknown_fields=True):
    """
    A key fact of the story for the last page: known to a viewer that holds any of `any_of`.

    Each is (thing, field, value); the value is written bare (`organiser`, `raisa`, `3`, `True`), None for any value.
    """

    id: str
    any_of: tuple[tuple[str, str, str | None], ...]
    element: str = ""


class Share(Part, frozen=True, forbid_unknown_fields=True):
    """A must-share: once `from_` holds the fact, `to` should have it within the time."""

    fact: str
    from_: str
    to: str
    within_ms: int


class Ending(Part, frozen=True, forbid_unknown_fields=True):
    """How a story can end: the first whose condition (truth scope) holds at ENDEX. `early`: ENDEX as soon as it holds."""

    id: str
    condition: str
    early: bool = False


class Measure(Part, frozen=True, forbid_unknown_fields=True):
    """A number for the debrief, as a truth-scope expression; `bands`: the bounds of P, S and M, rising or falling."""

    id: str
    value: str
    bands: tuple[int, ...] = ()
    seconds: bool = False


class Consequence(Part, frozen=True, forbid_unknown_fields=True):
    """A sentence of the debrief about what the exercise meant for one person of the story, where the condition holds."""

    id: str
    of: str
    condition: str


class Step(Part, frozen=True, forbid_unknown_fields=True):
    """One intention of a stand-in's plan: do `action` with `asks` when `when` (view scope) holds, after a pause."""

    id: str
    profiles: tuple[str, ...]
    do: Literal[
        "ask", "share", "file", "say", "answers", "request", "convene", "table", "decide", "adjourn",
        "hand_over",
    ]  # fmt: skip
    when: str | None = None
    after_ms: int = 0
    action: str | None = None
    asks: dict[str, str] = {}
    subject: str | None = None
    field: str | None = None
    to: tuple[str, ...] = ()
    form: str | None = None
    text: str | None = None
    values: dict[str, Value] = {}
    again_ms: int = 0
    how: Literal["share", "decline"] = "share"
    """Of `answers`: what becomes of other teams' requests and invitations; `text` is the reason where one is declined."""
    about: str | None = None
    """Of `request`: a thing, where nothing stands in `field`."""
    owner: str | None = None
    within_ms: int = 0
    """Of `request` and `decide`: so soon it is wanted."""
    incomplete: bool = False
    """Of `file`: although a mandatory field is empty."""
    things: tuple[str, ...] = ()
    """Of `hand_over`: all that is held of these goes to the next shift."""
    everything: bool = False
    """Of `hand_over`: all that is held."""


class Plan(Part, frozen=True, forbid_unknown_fields=True):
    """What a stand-in on `viewer` does, in order of the list; each step at most once unless `again_ms`."""

    viewer: str
    steps: tuple[Step, ...]


class Guide(Part, frozen=True, forbid_unknown_fields=True):
    """
    What a mentor may ask its teams, or evaluators look for, between two play times. Texts: guide-<id>, guide-<id>-<point>
    for each point; for evaluators these are critical tasks.
    """

    id: str
    reader: Literal["mentors", "evaluators"]
    teams: tuple[str, ...]
    from_ms: int
    to_ms: int
    points: tuple[str, ...] = ()
    place: str | None = None
    """Of evaluators: where to stand."""
    acts: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    """Of evaluators: the acts and forms that show whether it was done."""


class Pack(Part, frozen=True, forbid_unknown_fields=True):
    """One compiled story, whole."""

    id: str
    version: str
    language_default: str
    languages: tuple[str, ...]
    starts_at: str
    """Wall-clock label in the story, "HH:MM"."""
    ends_after_ms: int
    kinds: tuple[Kind, ...]
    things: tuple[Thing, ...]
    viewers: tuple[Viewer, ...]
    starts_with: tuple[AnyEffect, ...]
    """What everybody knows at STARTEX: only learn, tell, same, watch."""
    actions: tuple[Action, ...] = ()
    rules: tuple[Rule, ...] = ()
    injects: tuple[Inject, ...] = ()
    characters: tuple[Character, ...] = ()
    lines: tuple[Line, ...] = ()
    forms: tuple[Form, ...] = ()
    facts: tuple[Fact, ...] = ()
    must_share: tuple[Share, ...] = ()
    endings: tuple[Ending, ...] = ()
    measures: tuple[Measure, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    redactions: tuple[Redaction, ...] = ()
    plans: tuple[Plan, ...] = ()
    texts: dict[str, dict[str, str]] = {}
    """language -> key -> Fluent pattern source (with marks). Keys without a pack's own text fall back to the library."""
    reviewed: tuple[str, ...] = ()
    parts_max: int = 1
    """Into how many parts control can split each team in play, itself included."""
    guides: tuple[Guide, ...] = ()
    personas: tuple[Persona, ...] = ()
