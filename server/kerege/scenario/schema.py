"""The author's form: what may stand in each file of a pack, as strict pydantic models.

The words here are the language (docs/scenario-language.md); `compile` turns them into the plain data of the engine.
Nothing refers to anything yet: ids, conditions and durations are strings, and every unknown key is refused.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag

ID_PATTERN = r"^[a-z][a-z0-9_]{0,59}$"
PACK_ID_PATTERN = r"^[a-z][a-z0-9-]{0,59}$"
REF_PATTERN = r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$"
TEXT_KEY_PATTERN = r"^[a-z][a-z0-9_-]{0,119}$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
TextKey = Annotated[str, StringConstraints(pattern=TEXT_KEY_PATTERN)]
FieldRef = Annotated[str, StringConstraints(pattern=REF_PATTERN)]
"""`thing.field`."""
Expression = str | int | bool
"""A condition or value: Python text; a bare number or true/false may stand unquoted."""
Duration = str | int
"""`90s`, `20m`, `1h30m`; the only number allowed is 0."""
PAIR = 2
"""A drawn number lies between so many bounds."""
Plain = bool | int | str | None
"""A field's value as written."""
Certainty = Literal["certain", "likely", "claimed"]
How = Literal["seen", "told", "read", "found", "checked", "heard", "watched", "known"]


class Model(BaseModel):
    """Base of the author's form: closed and strict."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=False)


# ------------------------------------------------------------------------------------------------ pack, kinds, things


class PackForm(Model):
    """A pack's head: what it is called, its languages, when it begins and ends, what it uses of the library."""

    id: Annotated[str, StringConstraints(pattern=PACK_ID_PATTERN)]
    """The pack's name: its folder, in small letters with hyphens."""
    version: str
    """Any text in quotes; raise it when the story changes."""
    languages: Annotated[list[str], Field(min_length=1)]
    """The languages that every text stands in; the first is the one to fall back on."""
    starts_at: Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    """The wall clock of the story at STARTEX, in quotes."""
    ends_after: Duration
    """Play time from STARTEX to ENDEX."""
    use: list[str | dict[str, list[Id]]] = []
    """Lists of the library: whole (`actions`), or only some entries (`actions: [move, show_badge]`)."""
    reviewed: list[str] = []
    """Who has read it (survivor adviser, practitioner, native reader), with the date; empty says "not reviewed"."""


class FieldForm(Model):
    """One property of a kind: one thing that somebody may or may not know."""

    id: Id
    """Its name; its title is the text field-<kind>-<id> or field-<id>."""
    type: Literal["tick", "number", "choice", "thing", "text"]
    """tick: yes or no. number. choice: one of `choices`. thing: another thing. text: a text's key."""
    choices: list[Id] = []
    """Of a choice: what it may be; the texts are choice-<kind>-<field>-<value> or choice-<value>."""
    kinds: list[Id] = []
    """Of a thing: which kinds of things it may be."""
    minimum: int = 0
    """Of a number: the least; what would go below stays there."""
    maximum: int = 1_000_000
    """Of a number: the most; what would go above stays there."""
    perceivable: bool = False
    """Whoever has a unit at the place of the thing sees it."""
    protected: bool = False
    """Never given to observers."""
    naming: bool = False
    """Shown as the thing's title to those who know it; in texts it stands in marks only."""
    hearable: bool = True
    """Whether a team may note it as heard in the room; false for inner states."""


class KindForm(Model):
    """A kind of thing, with what can be known about it. Text: kind-<id>."""

    id: Id
    """Its name."""
    fields: list[FieldForm] = []
    """What can be known about a thing of this kind."""
    excludable: bool = False
    """Things of it can be excluded from the case (`exclude`)."""


class ThingForm(Model):
    """One thing of the story as it is at STARTEX; nobody knows of it yet. Text: thing-<id>, what it looks like to a stranger."""

    id: Id
    """Its name; it never leaves the server."""
    kind: Id
    """Which kind it is of."""
    values: dict[str, Plain] = {}
    """What is true of it: field to value. `location` is a field like any other; a text field takes a text's key."""
    faces: Annotated[list[Id], Field(min_length=1)] = ["self"]
    """Its appearances; the first is shown by default. Texts: thing-<id>--<face>. That two are one is learnt by `same`."""
    protected: bool = False
    """Nothing about it, and nothing that names it, ever reaches observers: a shelter, a child."""


# ------------------------------------------------------------------------------------------------------------- effects


class BetweenForm(Model):
    """A number, or a delay, that is drawn: both bounds included."""

    between: Annotated[list[Duration], Field(min_length=PAIR, max_length=PAIR)]
    """The least and the most."""


def _sort(written: Any) -> str:
    return "between" if isinstance(written, dict | BetweenForm) else "plain"


Drawn = Annotated[BetweenForm, Tag("between")]
DrawnValue = Annotated[Annotated[Expression | None, Tag("plain")] | Drawn, Discriminator(_sort)]
DrawnAmount = Annotated[Annotated[Expression, Tag("plain")] | Drawn, Discriminator(_sort)]
DrawnDuration = Annotated[Annotated[Duration, Tag("plain")] | Drawn, Discriminator(_sort)]
"""Told apart by its shape, so that only what was meant is complained of."""


class LearnForm(Model):
    """Somebody learns what a field is now, or `value`."""

    who: str
    """asker, a viewer, an agency (all its teams), present, everyone, control, or actor: with a thing or parameter."""
    fact: FieldRef
    """thing.field; the thing may be a parameter of the act, `unit` or `document`."""
    how: How
    """How it is known; shown with the record."""
    value: Expression | None = None
    """What they are told instead of the truth: old news, a lie. A truth-scope expression."""
    source: str | None = None
    """From whom: a thing, a parameter, a viewer; absent for nobody."""
    certainty: Certainty = "certain"
    """How sure it is for the one who learns it."""
    face: Id | None = None
    """Which appearance of the thing it is about."""
    value_face: Id | None = None
    """In which appearance a thing that is the value is given: a register answers with its own man."""


class RetractForm(Model):
    """Somebody learns that what it holds of a field no longer stands."""

    who: str
    """As in learn."""
    fact: FieldRef
    """thing.field."""


class SameForm(Model):
    """Somebody learns that two appearances are one thing."""

    who: str
    """As in learn."""
    first: str
    """A thing, or thing/face."""
    second: str
    """A thing, or thing/face."""
    how: How = "checked"
    """How it is known."""


class TellForm(Model):
    """A text reaches somebody, and teaches what it marks."""

    who: str
    """As in learn."""
    text: TextKey
    """The text's key."""
    source: str | None = None
    """Who is shown as the sender: a thing, a parameter, a viewer."""
    how: How = "told"
    """How what it marks is known."""
    certainty: Certainty = "certain"
    """How sure what it marks is."""
    notice: bool = False
    """Shown as a notice across the screen."""


class SayForm(Model):
    """A character's line reaches somebody, where nobody plays the character."""

    line: str
    """The line's id."""
    who: str
    """As in learn."""


class WatchForm(Model):
    """Somebody begins, or ceases, to see what is perceivable at a place, without a unit there."""

    who: str
    """As in learn."""
    place: str
    """A place, or a parameter."""


class CueForm(Model):
    """The actor of a character is given a cue."""

    character: str
    """The character's thing."""
    text: TextKey
    """The cue's text."""
    after: Duration = 0
    """So much later it is to be played."""


class ExcludeForm(Model):
    """A document, or a thing of a kind that is `excludable`, no longer counts in the case; that must be learnt."""

    thing: str
    """A thing, a parameter, or `document`."""
    cause: TextKey
    """The text that tells control and the debrief why."""


class EffectForm(Model):
    """One effect: exactly one of these keys (the compiler says so in its own words)."""

    learn: LearnForm | None = None
    """Somebody learns a field."""
    retract: RetractForm | None = None
    """What somebody holds of a field no longer stands."""
    same: SameForm | None = None
    """Two appearances are one."""
    tell: TellForm | None = None
    """A text reaches somebody and teaches what it marks."""
    say: SayForm | None = None
    """A character's line reaches somebody."""
    set: dict[FieldRef, DrawnValue] | None = None
    """The truth changes: thing.field to an expression, or to a number between two; several pairs allowed."""
    add: dict[FieldRef, DrawnAmount] | None = None
    """A number changes by so much, within its bounds; several pairs allowed."""
    watch: WatchForm | None = None
    """Somebody begins to see a place."""
    unwatch: WatchForm | None = None
    """Somebody ceases to see a place."""
    fire: str | None = None
    """An inject fires now, unless control holds it."""
    cue: CueForm | None = None
    """An actor is given a cue."""
    end: Literal[True] | None = None
    """The exercise ends now; the endings are judged in order."""
    exclude: ExcludeForm | None = None
    """A document or an item no longer counts in the case."""


# ------------------------------------------------------------------------------------------------------------ triggers


class LearntForm(Model):
    """Somebody has learnt a field; binds the learner as `asker`."""

    by: str | None = None
    """A viewer or an agency; absent: anybody."""
    fact: FieldRef
    """thing.field."""
    value: Plain = None
    """Only this value; absent: any."""


class DidForm(Model):
    """An act has come out; binds its parameters, `asker` and `unit`."""

    action: str
    """The act."""
    by: str | None = None
    """A viewer or an agency; absent: anybody."""
    outcome: str | None = None
    """Only this outcome; absent: any."""


class FiledForm(Model):
    """A form was filed; binds `document` and `asker`."""

    form: str
    """The form."""
    by: str | None = None
    """A viewer or an agency; absent: anybody."""


class SharedForm(Model):
    """A record was shared; binds the sharer as `asker`."""

    fact: FieldRef
    """thing.field."""
    by: str | None = None
    """Who shared it; absent: anybody."""
    to: str | None = None
    """With whom; absent: anybody."""


class ConvenedForm(Model):
    """All of these are at the table of one consultation."""

    teams: Annotated[list[str], Field(min_length=1)]
    """Teams or agencies."""


class DecidedForm(Model):
    """A consultation has given a task."""

    owner: str | None = None
    """The team or agency whose task it is; absent: anybody."""


class TreatedForm(Model):
    """An actor has answered how the character was treated."""

    character: str
    """The character's thing."""


class ShiftOnForm(Model):
    """A shift has come on."""

    team: str
    """The shift."""


class ShiftOverForm(Model):
    """A shift has gone, and its case is the next one's."""

    team: str
    """Who has gone."""
    briefed: bool | None = None
    """true: it has handed over. false: it went without a word. Absent: either."""


class WhenForm(Model):
    """A trigger: exactly one of these keys."""

    start: Literal[True] | None = None
    """At STARTEX."""
    at: Duration | None = None
    """At this play time."""
    learnt: LearntForm | None = None
    """When somebody has learnt something."""
    did: DidForm | None = None
    """When an act has come out."""
    becomes: Expression | None = None
    """When a condition begins to hold; truth scope, without now()."""
    filed: FiledForm | None = None
    """When a form was filed."""
    shared: SharedForm | None = None
    """When something was shared."""
    treated: TreatedForm | None = None
    """When an actor has answered how its character was treated."""
    convened: ConvenedForm | None = None
    """Teams have come together in a consultation; `asker` is who convened it."""
    decided: DecidedForm | None = None
    """A consultation has decided something; `asker` is whose task it is."""
    shift_on: ShiftOnForm | None = None
    """A shift has come on; it is the `asker`."""
    shift_over: ShiftOverForm | None = None
    """A shift has gone; `asker` is the one that has its case now."""


# -------------------------------------------------------------------------------------------- what can be done, and so on


class ParamForm(Model):
    """One thing that the asker chooses. Text: param-<action>-<name> or param-<name>."""

    name: Id
    """Its name in conditions, effects and marks."""
    takes: Literal["face", "choice", "team", "words", "number"]
    """face: somebody or something that the asker has met. choice. team. words. number."""
    kinds: list[Id] = []
    """Of a face: which kinds are offered."""
    choices: list[Id] = []
    """Of a choice: what is offered; texts option-<action>-<name>-<choice> or option-<choice>."""
    maximum: Annotated[int, Field(ge=1, le=1_000_000)] = 500
    """The longest words, in characters, or the largest number."""
    optional: bool = False
    """It may stay empty."""
    many: bool = False
    """Several may be chosen."""


class OutcomeForm(Model):
    """One way an act can come out; the first whose `if` holds is taken, the last has none."""

    id: Id
    """Its name; result-<action>-<id> is an optional text for the asker."""
    if_: Expression | None = Field(default=None, alias="if")
    """A truth-scope condition; absent: always."""
    do: list[EffectForm] = []
    """What happens."""
    cause: TextKey | None = None
    """A text for control and the debrief: why it came out so, blaming nobody."""


class ActionForm(Model):
    """Something that agencies can do. Texts: action-<id>, hint-<id>, group-<group>."""

    id: Id
    """Its name."""
    by: Annotated[list[Id], Field(min_length=1)]
    """The agencies that may do it."""
    group: Id
    """The heading under which it is offered."""
    params: list[ParamForm] = []
    """What the asker chooses."""
    requires: Expression | None = None
    """What the asker must know: a view-scope condition, so that a refusal gives nothing away."""
    refusal: TextKey | None = None
    """The text that says what to do instead."""
    takes: Duration = 0
    """Play time; absent: at once."""
    live: bool = False
    """Done in the room, noted here: never refused as late."""
    once: bool = False
    """A team can do it once."""
    travel: Id | None = None
    """The place parameter to which the unit moves at the end."""
    scene: Id | None = None
    """The person parameter: if that character is played, a talk opens."""
    needs_unit: bool = True
    """Whether a unit is busy with it."""
    observed: bool = False
    """Observers of an opened team may read that it was done."""
    outcomes: list[OutcomeForm] = []
    """How it can come out, in order."""


class RuleForm(Model):
    """A consequence: when something happens, and a condition holds, then these effects."""

    id: Id
    """Its name."""
    when: WhenForm
    """What it waits for: exactly one trigger."""
    if_: Expression | None = Field(default=None, alias="if")
    """A truth-scope condition, looked at when its time has come."""
    delay: DrawnDuration = 0
    """Play time between trigger and effects; may be drawn between two."""
    then: Annotated[list[EffectForm], Field(min_length=1)]
    """What happens."""
    once: bool = True
    """It takes place once at most."""
    cause: TextKey | None = None
    """A text for control and the debrief: why it happened, blaming nobody."""


class InjectForm(Model):
    """A line of the MSEL, which control can hold, fire, skip or repeat. Texts: inject-<id>, expected-<id>, storyline-<storyline>."""

    id: Id
    """Its name."""
    sort: Literal["contextual", "expected_action", "contingency"]
    """contextual: the world goes on. expected_action: teams should do something. contingency: only if needed."""
    to: list[str] = []
    """Whom it is for, as control reads it."""
    when: WhenForm | None = None
    """What it waits for; absent: control's hand, or `fire`."""
    if_: Expression | None = Field(default=None, alias="if")
    """Judged at that time, once; where it does not hold, control sees "passed"."""
    then: Annotated[list[EffectForm], Field(min_length=1)]
    """What happens."""
    held: bool = False
    """It waits for control to release it."""
    storyline: Id | None = None
    """Under which heading control sees it."""


class FormFieldForm(Model):
    """One field of a form."""

    field: Id
    """A field of the form's kind."""
    required: bool = False
    """It may not stay empty."""


class DueForm(Model):
    """When a form is owed: a later filing is marked late, never refused."""

    after: WhenForm
    """What the form is owed after: did, filed, learnt or shared; the team bound as `asker` owes it."""
    within: Duration
    """So long after it."""
    known_to: list[str] = []
    """Teams or agencies that know it is owed to them."""


class FormForm(Model):
    """A document: filing it makes a thing of a kind, and the filer learns its fields. Texts: form-<id>, form-hint-<id>."""

    id: Id
    """Its name."""
    kind: Id
    """The kind of thing that filing makes."""
    by: Annotated[list[Id], Field(min_length=1)]
    """The agencies that may file it."""
    fields: list[FormFieldForm]
    """What it asks for, in order."""
    about: Id | None = None
    """The `thing` field that says whom it is about."""
    then: list[EffectForm] = []
    """What happens when it is filed; `document` and `asker` are bound."""
    due: DueForm | None = None
    """By when it is owed."""


# ------------------------------------------------------------------------------------------------------ teams, characters


class TeamForm(Model):
    """A viewer: a team, a side that nobody plays, an observers' desk, a mentor. Texts: team-<id>, agency-<agency>, brief-<id>."""

    id: Id
    """Its name."""
    sort: Literal["team", "hidden", "observer", "mentor", "evaluator"]
    """team: people play it. hidden: a side that only learns. observer: follows a team. mentor: sits with a team. evaluator: watches all."""
    agency: Id | None = None
    """What it may do: acts and forms name agencies."""
    units: list[Id] = []
    """Its units, things of kind unit."""
    contacts: list[str] = []
    """The teams it can write to and share with."""
    follows: str | None = None
    """Of observers and mentors: the team they follow."""
    seats_max: Annotated[int, Field(ge=1, le=200)] = 8
    """So many people may join."""
    client: str | None = None
    """Of a lawyer: the person whom this team speaks for; effects reach it by `who: lawyer:person`."""
    shift_of: str | None = None
    """Of a shift: the team, or the shift, whose case it takes over. It knows only what is handed over to it."""
    comes_on: Duration | None = None
    """Of a shift: the play time at which it comes on; absent: when the earlier one hands over."""
    overlap: Duration | None = None
    """Of a shift that comes on at a play time: so long the earlier one is still there to hand over; absent: 30m."""


class TreatmentForm(Model):
    """A question to the actor after a talk, answered 0 to 4; it moves a number. Text: treatment-<id>."""

    id: Id
    """Its name."""
    field: Id
    """The number of the character that it moves."""
    worst: int
    """The change at 0."""
    best: int
    """The change at 4."""


class LineForm(Model):
    """Something the character may say."""

    id: Id
    """Its name."""
    text: TextKey
    """The words, with their marks."""
    advice: Expression | None = None
    """When the actor's card lets it out: a truth-scope condition; it advises and never forbids."""
    certainty: Certainty = "claimed"
    """How sure it is for those who hear it."""
    effects: list[EffectForm] = []
    """What happens when it was said."""


class CharacterForm(Model):
    """A person of the story whom an actor may play."""

    thing: Id
    """The person."""
    card: TextKey
    """The actor's card: a text; it teaches the actor what it marks."""
    stand_in: bool = True
    """False for presumed victims and children: no stand-in plays them in a live exercise."""
    treatment: list[TreatmentForm] = []
    """What the actor is asked after a talk."""
    lines: list[LineForm] = []
    """What the character may say."""


class PersonaForm(Model):
    """A body or person that nobody plays and control speaks for: a bank's desk, a hotline. Text: persona-<thing>."""

    thing: Id
    """The body or person, a thing."""
    card: TextKey
    """What it knows and how it speaks: a text for control alone."""
    open_to: list[str] = []
    """The teams and agencies that may write to it, or everyone; absent: none."""


# --------------------------------------------------------------------------------------------- facts, endings, plans, plays


class FactValueForm(Model):
    """A field with a value."""

    fact: FieldRef
    """thing.field."""
    value: Plain = None
    """The value that counts; absent: any."""


class MustShareForm(Model):
    """Who should pass a key fact on, once it is held."""

    from_: str = Field(alias="from")
    """The team or agency that holds it."""
    to: str
    """Who should have it."""
    within: Duration
    """In what play time."""


class FactForm(Model):
    """A key fact of the story, for the map of the last page. Text: fact-<id>."""

    id: Id
    """Its name."""
    any_of: Annotated[list[str | FactValueForm], Field(min_length=1)]
    """Whoever holds one of these holds the fact: thing.field, or with a value."""
    element: str = ""
    """The element of the offence that it speaks to: act, means, purpose."""
    must_share: list[MustShareForm] = []
    """Who should pass it on to whom."""


class EndingForm(Model):
    """How it can end; the first that holds at ENDEX. Texts: ending-<id>, ending-text-<id>."""

    id: Id
    """Its name."""
    if_: Expression = Field(alias="if")
    """A truth-scope condition; the last is true."""
    early: bool = False
    """ENDEX comes as soon as it holds."""


BANDS = 3
"""The bounds of P, S and M; whatever lies beyond is U."""


class MeasureForm(Model):
    """A number for the debrief. Text: measure-<id>."""

    id: Id
    """Its name."""
    value: Expression
    """A truth-scope expression that gives a number."""
    bands: Annotated[list[Duration], Field(min_length=BANDS, max_length=BANDS)] | None = None
    """How soon is P, S and M: durations in rising order; beyond the last is U."""


class ConsequenceForm(Model):
    """What became of one person of the story, in words, where a condition holds at ENDEX."""

    id: Id
    """Its name."""
    of: str
    """The person."""
    if_: Expression = Field(alias="if")
    """A truth-scope condition."""


POINTS_MAX = 6
"""What can be read while looking at a room."""


class GuideForm(Model):
    """What mentors may ask, or evaluators look for, in a part of the play. Texts: guide-<id>, guide-<id>-<point>."""

    id: Id
    """Its name."""
    reader: Literal["mentors", "evaluators"]
    """Who reads it."""
    teams: Annotated[list[str], Field(min_length=1)]
    """The teams, or agencies, that it is about."""
    from_: Duration = Field(alias="from", default=0)
    """From which play time on."""
    to: Duration
    """Until which play time."""
    points: Annotated[list[Id], Field(min_length=1, max_length=POINTS_MAX)]
    """The questions, or the critical tasks, in order."""
    place: str | None = None
    """Of evaluators: the place where it can be seen."""
    acts: list[str] = []
    """Of evaluators: the acts that show it."""
    forms: list[str] = []
    """Of evaluators: the forms that show it."""


class RedactionForm(Model):
    """What observers may get of a field; what is not listed they do not get."""

    kind: Id
    """A kind."""
    field: Id
    """A field of it."""
    give: Literal["same", "omit", "pseudonym"]
    """same: as it is. omit: nothing. pseudonym: of a naming field."""


class StepForm(Model):
    """One intention of a stand-in."""

    id: Id
    """Its name."""
    profiles: list[Literal["careful", "hurried", "territorial", "careless"]] = [
        "careful",
        "hurried",
        "territorial",
        "careless",
    ]
    """The habits that have it; absent: all."""
    do: Literal[
        "ask", "share", "file", "say", "answers", "request", "convene", "table", "decide", "adjourn",
        "hand_over",
    ]  # fmt: skip
    """ask: an act. share: a record. file: a form. say: words. answers: other teams' requests and invitations. request: ask
    other teams. convene: call them together. table: put a record on the table. decide: a task for a team at the table.
    adjourn: close one's consultation, with minutes. hand_over: brief the next shift and go."""
    when: Expression | None = None
    """A view-scope condition; absent: from STARTEX."""
    after: Duration = 0
    """So long the condition must have held."""
    again: Duration = 0
    """Done again after this time; absent: once."""
    action: str | None = None
    """Of ask: the act."""
    asks: dict[str, Plain] = {}
    """Of ask: parameter to thing, choice, team, words or number."""
    fact: FieldRef | None = None
    """Of share and table: thing.field; the newest standing record. Of request: what is asked."""
    about: Id | None = None
    """Of request: the thing it is about, where no `fact` says it."""
    to: list[str] = []
    """Of share, say, request and convene: the teams."""
    form: str | None = None
    """Of file: the form. Of request: the form that is asked for."""
    text: TextKey | None = None
    """The text's key: of say the words, of answers the reason, of request the question, of convene the title, of decide the task, of hand_over what is said."""
    owner: str | None = None
    """Of decide: the team whose task it is; it must be at the table."""
    within: Duration = 0
    """Of decide: in what play time it is to be done. Of request: by when an answer is wanted."""
    values: dict[str, Plain] = {}
    """Of file: field to value."""
    incomplete: bool = False
    """Of file: it is filed although a mandatory field is empty."""
    things: list[Id] = []
    """Of hand_over: all that is held of these goes to the next shift; what is unknown is left out."""
    everything: bool = False
    """Of hand_over: all that is held goes to it."""
    how: Literal["share", "decline"] | None = None
    """With answers: give what is held of what other teams ask for and come when invited, or decline."""


class PlanForm(Model):
    """What a stand-in does on an empty chair, by what its team knows."""

    viewer: str
    """The team."""
    steps: list[StepForm]
    """In the order in which they are looked at."""


class UnreachedForm(Model):
    """A written reason for what rehearsal never reaches."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]+:[a-z0-9_./-]+$")]
    """action:x, action:x/outcome, rule:, inject:, line:, form: or ending: with the id."""
    why: Annotated[str, StringConstraints(min_length=1)]
    """The reason, as a sentence."""


class GivenForm(Model):
    """How a play begins."""

    seed: int = 0
    """All chance follows from it."""
    at: Duration = 0
    """Jump there first, with stand-ins off."""


class PlayHeardForm(Model):
    """Something noted as heard in the room."""

    from_: str = Field(alias="from")
    """Who said it: a viewer or a thing."""
    fact: FieldRef
    """thing.field."""
    value: Plain = None
    """What was said."""


class PlaySteerForm(Model):
    """Control's hand on an inject."""

    inject: str
    """The inject."""
    act: Literal["fire", "hold", "release", "skip"]
    """What control does."""


class PlayRequestForm(Model):
    """What one team asks another for; the team stands in `to`."""

    fact: FieldRef | None = None
    """thing.field."""
    about: Id | None = None
    """Or a thing."""
    form: Id | None = None
    """Or a form that the other can file."""
    words: str = ""
    """The question, as it is typed."""
    within: Duration = 0
    """By when an answer is wanted, from now."""


class PlayRespondForm(Model):
    """What becomes of the newest open request to this team."""

    how: Literal["share", "decline"]
    """share: all that is held of what was asked for. decline: with a reason."""
    words: str = ""
    """The reason, as it is typed."""


class PlayDecideForm(Model):
    """A decision of the consultation that the team is at."""

    words: str
    """The task, as it is typed."""
    owner: str
    """Whose task it is."""
    within: Duration
    """In what play time it is to be done."""


class PlayStepForm(Model):
    """
    One step of a play: a wait, or `by` somebody exactly one of do, share, heard, says, file, steer, treats, request,
    respond, convene, attend, table, decide, adjourn, hands_over.
    """

    wait: Duration | None = None
    """Let play time pass."""
    at: Duration | None = None
    """Not before this play time."""
    by: str | None = None
    """Who does it: a viewer."""
    unit: str | None = None
    """With which unit."""
    do: str | None = None
    """An act."""
    asks: dict[str, Plain | list[str]] = {}
    """Its parameters."""
    share: FieldRef | None = None
    """The record to share: thing.field."""
    heard: PlayHeardForm | None = None
    """What is noted as heard."""
    says: list[str] | None = None
    """Lines that the actor taps."""
    file: str | None = None
    """A form."""
    values: dict[str, Plain] = {}
    """Its fields."""
    incomplete: bool = False
    """It is filed although a mandatory field is empty."""
    request: PlayRequestForm | None = None
    """Another team is asked for information."""
    respond: PlayRespondForm | None = None
    """A request is answered."""
    convene: str | None = None
    """A consultation is called, with this title, of the teams in `to`."""
    attend: bool | None = None
    """One comes to the newest consultation, or declines or leaves it."""
    table: FieldRef | None = None
    """A record is put on its table: thing.field."""
    decide: PlayDecideForm | None = None
    """It decides something."""
    adjourn: Literal[True] | None = None
    """Whoever called it closes it."""
    hands_over: list[str] | Literal["everything"] | None = None
    """The next shift is briefed: all that is held of these things, or everything; the team goes."""
    steer: PlaySteerForm | None = None
    """An inject that control steers."""
    treats: dict[str, Annotated[int, Field(ge=0, le=4)]] | None = None
    """An actor's answers, 0 to 4."""
    to: list[str] = []
    """With whom, or to whom."""
    expect: str | dict[str, str] = "accepted"
    """accepted, refused, or {refused: code}."""


class KnowsForm(Model):
    """What a viewer knows and does not know at the end."""

    knows: list[str | FactValueForm] = []
    """thing.field, or with a value."""
    knows_not: list[str | FactValueForm] = []
    """thing.field, or with a value."""


class PlayForm(Model):
    """A play; `then` holds truth, happened, not_happened, ending and, by viewer, what is known and what is not."""

    play: Annotated[str, StringConstraints(min_length=1)]
    """What it proves, as a sentence."""
    given: GivenForm = GivenForm()
    """How it begins."""
    when: list[PlayStepForm]
    """What is done, in order."""
    then: dict[str, Any]
    """What is known, true and has happened at the end."""


class OutlookForm(Model):
    """The parts of a play's `then` that are not about one viewer."""

    truth: dict[FieldRef, Plain] = {}
    """thing.field to the value that is true at the end."""
    happened: list[str] = []
    """Rules and injects that took place."""
    not_happened: list[str] = []
    """Rules and injects that did not."""
    ending: str | None = None
    """How it ends; the play then presses ENDEX."""


# ------------------------------------------------------------------------------------------------------- the list of files

LISTS: dict[str, type[Model]] = {
    "kinds": KindForm,
    "things": ThingForm,
    "teams": TeamForm,
    "characters": CharacterForm,
    "personas": PersonaForm,
    "actions": ActionForm,
    "rules": RuleForm,
    "injects": InjectForm,
    "forms": FormForm,
    "starts_with": EffectForm,
    "facts": FactForm,
    "endings": EndingForm,
    "measures": MeasureForm,
    "consequences": ConsequenceForm,
    "redactions": RedactionForm,
    "guides": GuideForm,
    "plans": PlanForm,
    "unreached": UnreachedForm,
}
"""File stem -> the model of each entry of that file's list."""

IDENTITY: dict[str, tuple[str, ...]] = {
    "characters": ("thing",),
    "personas": ("thing",),
    "redactions": ("kind", "field"),
    "plans": ("viewer",),
    "starts_with": (),
}
"""What tells entries of a list apart, where it is not `id`."""
