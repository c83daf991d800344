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
    id: Annotated[str, StringConstraints(pattern=PACK_ID_PATTERN)]
    version: str
    languages: Annotated[list[str], Field(min_length=1)]
    starts_at: Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    ends_after: Duration
    use: list[str | dict[str, list[Id]]] = []
    """Lists of the library: whole (`actions`), or only some entries (`actions: [move, show_badge]`)."""
    reviewed: list[str] = []


class FieldForm(Model):
    id: Id
    type: Literal["tick", "number", "choice", "thing", "text"]
    choices: list[Id] = []
    kinds: list[Id] = []
    minimum: int = 0
    maximum: int = 1_000_000
    perceivable: bool = False
    protected: bool = False
    naming: bool = False
    hearable: bool = True


class KindForm(Model):
    id: Id
    fields: list[FieldForm] = []


class ThingForm(Model):
    id: Id
    kind: Id
    values: dict[str, Plain] = {}
    faces: Annotated[list[Id], Field(min_length=1)] = ["self"]
    protected: bool = False


# ------------------------------------------------------------------------------------------------------------- effects


class BetweenForm(Model):
    """A number, or a delay, that is drawn: both bounds included."""

    between: Annotated[list[Duration], Field(min_length=PAIR, max_length=PAIR)]


def _sort(written: Any) -> str:
    return "between" if isinstance(written, dict | BetweenForm) else "plain"


Drawn = Annotated[BetweenForm, Tag("between")]
DrawnValue = Annotated[Annotated[Expression | None, Tag("plain")] | Drawn, Discriminator(_sort)]
DrawnAmount = Annotated[Annotated[Expression, Tag("plain")] | Drawn, Discriminator(_sort)]
DrawnDuration = Annotated[Annotated[Duration, Tag("plain")] | Drawn, Discriminator(_sort)]
"""Told apart by its shape, so that only what was meant is complained of."""


class LearnForm(Model):
    who: str
    fact: FieldRef
    how: How
    value: Expression | None = None
    source: str | None = None
    certainty: Certainty = "certain"
    face: Id | None = None
    value_face: Id | None = None


class RetractForm(Model):
    who: str
    fact: FieldRef


class SameForm(Model):
    who: str
    first: str
    second: str
    how: How = "checked"


class TellForm(Model):
    who: str
    text: TextKey
    source: str | None = None
    how: How = "told"
    certainty: Certainty = "certain"
    notice: bool = False


class SayForm(Model):
    line: str
    who: str


class WatchForm(Model):
    who: str
    place: str


class CueForm(Model):
    character: str
    text: TextKey
    after: Duration = 0


class EffectForm(Model):
    """One effect: exactly one of these keys (the compiler says so in its own words)."""

    learn: LearnForm | None = None
    retract: RetractForm | None = None
    same: SameForm | None = None
    tell: TellForm | None = None
    say: SayForm | None = None
    set: dict[FieldRef, DrawnValue] | None = None
    add: dict[FieldRef, DrawnAmount] | None = None
    watch: WatchForm | None = None
    unwatch: WatchForm | None = None
    fire: str | None = None
    cue: CueForm | None = None
    end: Literal[True] | None = None


# ------------------------------------------------------------------------------------------------------------ triggers


class LearntForm(Model):
    by: str | None = None
    fact: FieldRef
    value: Plain = None


class DidForm(Model):
    action: str
    by: str | None = None
    outcome: str | None = None


class FiledForm(Model):
    form: str
    by: str | None = None


class SharedForm(Model):
    fact: FieldRef
    by: str | None = None
    to: str | None = None


class TreatedForm(Model):
    character: str


class WhenForm(Model):
    """A trigger: exactly one of these keys."""

    start: Literal[True] | None = None
    at: Duration | None = None
    learnt: LearntForm | None = None
    did: DidForm | None = None
    becomes: Expression | None = None
    filed: FiledForm | None = None
    shared: SharedForm | None = None
    treated: TreatedForm | None = None


# -------------------------------------------------------------------------------------------- what can be done, and so on


class ParamForm(Model):
    name: Id
    takes: Literal["face", "choice", "team", "words", "number"]
    kinds: list[Id] = []
    choices: list[Id] = []
    maximum: Annotated[int, Field(ge=1, le=1_000_000)] = 500
    optional: bool = False
    many: bool = False


class OutcomeForm(Model):
    id: Id
    if_: Expression | None = Field(default=None, alias="if")
    do: list[EffectForm] = []
    cause: TextKey | None = None


class ActionForm(Model):
    id: Id
    by: Annotated[list[Id], Field(min_length=1)]
    group: Id
    params: list[ParamForm] = []
    requires: Expression | None = None
    refusal: TextKey | None = None
    takes: Duration = 0
    live: bool = False
    once: bool = False
    travel: Id | None = None
    scene: Id | None = None
    needs_unit: bool = True
    observed: bool = False
    outcomes: list[OutcomeForm] = []


class RuleForm(Model):
    id: Id
    when: WhenForm
    if_: Expression | None = Field(default=None, alias="if")
    delay: DrawnDuration = 0
    then: Annotated[list[EffectForm], Field(min_length=1)]
    once: bool = True
    cause: TextKey | None = None


class InjectForm(Model):
    id: Id
    sort: Literal["contextual", "expected_action", "contingency"]
    to: list[str] = []
    when: WhenForm | None = None
    if_: Expression | None = Field(default=None, alias="if")
    then: Annotated[list[EffectForm], Field(min_length=1)]
    held: bool = False
    storyline: Id | None = None


class FormFieldForm(Model):
    field: Id
    required: bool = False


class FormForm(Model):
    id: Id
    kind: Id
    by: Annotated[list[Id], Field(min_length=1)]
    fields: list[FormFieldForm]
    about: Id | None = None
    then: list[EffectForm] = []


# ------------------------------------------------------------------------------------------------------ teams, characters


class TeamForm(Model):
    id: Id
    sort: Literal["team", "hidden", "observer"]
    agency: Id | None = None
    units: list[Id] = []
    contacts: list[str] = []
    follows: str | None = None
    seats_max: Annotated[int, Field(ge=1, le=200)] = 8


class TreatmentForm(Model):
    id: Id
    field: Id
    worst: int
    best: int


class LineForm(Model):
    id: Id
    text: TextKey
    advice: Expression | None = None
    certainty: Certainty = "claimed"
    effects: list[EffectForm] = []


class CharacterForm(Model):
    thing: Id
    card: TextKey
    stand_in: bool = True
    treatment: list[TreatmentForm] = []
    lines: list[LineForm] = []


# --------------------------------------------------------------------------------------------- facts, endings, plans, plays


class FactValueForm(Model):
    fact: FieldRef
    value: Plain = None


class MustShareForm(Model):
    from_: str = Field(alias="from")
    to: str
    within: Duration


class FactForm(Model):
    id: Id
    any_of: Annotated[list[str | FactValueForm], Field(min_length=1)]
    element: str = ""
    must_share: list[MustShareForm] = []


class EndingForm(Model):
    id: Id
    if_: Expression = Field(alias="if")
    early: bool = False


BANDS = 3
"""The bounds of P, S and M; whatever lies beyond is U."""


class MeasureForm(Model):
    id: Id
    value: Expression
    bands: Annotated[list[Duration], Field(min_length=BANDS, max_length=BANDS)] | None = None


class ConsequenceForm(Model):
    id: Id
    of: str
    if_: Expression = Field(alias="if")


class RedactionForm(Model):
    kind: Id
    field: Id
    give: Literal["same", "omit", "pseudonym"]


class StepForm(Model):
    id: Id
    profiles: list[Literal["careful", "hurried", "territorial", "careless"]] = [
        "careful",
        "hurried",
        "territorial",
        "careless",
    ]
    do: Literal["ask", "share", "file", "say"]
    when: Expression | None = None
    after: Duration = 0
    again: Duration = 0
    action: str | None = None
    asks: dict[str, Plain] = {}
    fact: FieldRef | None = None
    to: list[str] = []
    form: str | None = None
    text: TextKey | None = None
    values: dict[str, Plain] = {}


class PlanForm(Model):
    viewer: str
    steps: list[StepForm]


class UnreachedForm(Model):
    id: Annotated[str, StringConstraints(pattern=r"^[a-z]+:[a-z0-9_./-]+$")]
    why: Annotated[str, StringConstraints(min_length=1)]


class GivenForm(Model):
    seed: int = 0
    at: Duration = 0


class PlayHeardForm(Model):
    from_: str = Field(alias="from")
    fact: FieldRef
    value: Plain = None


class PlaySteerForm(Model):
    inject: str
    act: Literal["fire", "hold", "release", "skip"]


class PlayStepForm(Model):
    """One step of a play: a wait, or `by` somebody exactly one of do, share, heard, says, file, steer, treats."""

    wait: Duration | None = None
    at: Duration | None = None
    by: str | None = None
    unit: str | None = None
    do: str | None = None
    asks: dict[str, Plain | list[str]] = {}
    share: FieldRef | None = None
    heard: PlayHeardForm | None = None
    says: list[str] | None = None
    file: str | None = None
    values: dict[str, Plain] = {}
    steer: PlaySteerForm | None = None
    treats: dict[str, Annotated[int, Field(ge=0, le=4)]] | None = None
    to: list[str] = []
    expect: str | dict[str, str] = "accepted"


class KnowsForm(Model):
    knows: list[str | FactValueForm] = []
    knows_not: list[str | FactValueForm] = []


class PlayForm(Model):
    """A play; `then` holds truth, happened, not_happened, ending and, by viewer, what is known and what is not."""

    play: Annotated[str, StringConstraints(min_length=1)]
    given: GivenForm = GivenForm()
    when: list[PlayStepForm]
    then: dict[str, Any]


class OutlookForm(Model):
    """The parts of a play's `then` that are not about one viewer."""

    truth: dict[FieldRef, Plain] = {}
    happened: list[str] = []
    not_happened: list[str] = []
    ending: str | None = None


# ------------------------------------------------------------------------------------------------------- the list of files

LISTS: dict[str, type[Model]] = {
    "kinds": KindForm,
    "things": ThingForm,
    "teams": TeamForm,
    "characters": CharacterForm,
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
    "plans": PlanForm,
    "unreached": UnreachedForm,
}
"""File stem -> the model of each entry of that file's list."""

IDENTITY: dict[str, tuple[str, ...]] = {
    "characters": ("thing",),
    "redactions": ("kind", "field"),
    "plans": ("viewer",),
    "starts_with": (),
}
"""What tells entries of a list apart, where it is not `id`."""
