"""What a view holds, as a client sees it: collections of keyed items, all text rendered in one language.

A view is `{collection: {key: item}}`. Every item is one of the structs below, tagged by `sort`. Codes and handles are
opaque: a client may compare them and send them back, nothing else. Times are whole seconds of play since STARTEX.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Part = tuple[str, str | None]
"""A run of text and, where it speaks of a thing, that thing's handle."""


class Item(msgspec.Struct, frozen=True, tag_field="sort"):
    """Base of everything a view holds."""


class Me(Item, frozen=True, tag="me"):
    """Collection `me`, key `me`: who I am."""

    title: str
    role: Literal["player", "actor", "control", "safety", "observer", "mentor", "evaluator"]
    agency: str
    brief: list[Part]
    units: list[str]
    shift: Shift | None = None
    """Where my team has shifts."""


class Shift(msgspec.Struct, frozen=True):
    """
    Of a team that has shifts: `state` of mine (`before`: it has not come on; `over`: I have gone), since when, whose case I took
    over and whether that one handed over, who takes over from me, and whether I can hand over to it now.
    """

    state: Literal["before", "on", "over"]
    since_s: int | None
    before_title: str
    handed: Literal["", "handed", "nothing"]
    next_title: str
    ready: bool


class Clock(Item, frozen=True, tag="clock"):
    """Collection `clock`, key `clock`: the play clock. A client counts on from `at_s` at `speed` while running."""

    phase: Literal["ready", "running", "paused", "ended"]
    at_s: int
    speed: int
    stopped: bool
    ends_at_s: int
    story_starts_at: str
    why: str = ""
    ending: str = ""
    lost: bool = False
    """The record has lost its end: nothing is taken until control acknowledges it."""
    thinking: bool = False
    """My team is to stop and think: it begins nothing until its mentor, or control, lets it go on."""


class Face(Item, frozen=True, tag="face"):
    """Collection `faces`, key handle. `met` is false where only handle and kind are known (a bare reference)."""

    kind: str
    kind_title: str
    label: str
    met: bool
    same_as: list[str]
    stand_in: bool = False
    document: bool = False
    """A form that was filed in play: it is shown and shared whole."""


class Record(Item, frozen=True, tag="record"):
    """Collection `records`: one thing known about one face. `state`: live (being watched), known, retracted, disputed.

    Where the value is a thing, `value_text` is empty and `value_face` is its handle: name it by its face in this view.
    A source that is a face has an empty `source_title` and its handle as `source`.
    """

    face: str
    field: str
    field_title: str
    value: bool | int | str | None
    value_text: str
    value_face: str | None
    learnt_at_s: int
    how: str
    how_title: str
    source: str
    source_title: str
    certainty: str
    certainty_title: str
    state: Literal["live", "known", "retracted", "disputed"]
    chain: list[str]
    naming: bool = False
    protected: bool = False
    as_of_s: int | None = None
    """Of a copy: when the one who shared it had learnt it."""
    handed_by: str = ""
    """The team that handed it over, where it is a copy that keeps how and from whom it was learnt."""


class Message(Item, frozen=True, tag="message"):
    """Collection `messages`: what was told, said, or brought by an inject."""

    about: Literal["told", "said", "inject", "notice", "heard", "mentor"]
    sender: str
    sender_title: str
    parts: list[Part]
    at_s: int
    disputable: bool = False


class Task(Item, frozen=True, tag="task"):
    """Collection `tasks`: an act of mine, from asking to its outcome."""

    offer: str
    title: str
    unit: str
    faces: list[str]
    started_s: int
    due_s: int
    state: Literal["running", "done", "cancelled", "talking"]
    result: str


class Choice(msgspec.Struct, frozen=True):
    """One thing that can be picked: a code and its words."""

    code: str
    title: str


class Ask(msgspec.Struct, frozen=True):
    """One parameter of an offer. For `face`: any face of `kinds` in my view, or just `faces` where that is not null."""

    name: str
    title: str
    takes: Literal["face", "choice", "team", "words", "number"]
    kinds: list[str]
    choices: list[Choice]
    faces: list[str] | None
    many: bool = False
    optional: bool = False


class Offer(Item, frozen=True, tag="offer"):
    """Collection `offers`, key action code: what I can do now. `open` false: not now, and `why_not` says the reason."""

    title: str
    hint: str
    group: str
    live: bool
    takes_s: int
    asks: list[Ask]
    open: bool
    why_not: str


class Contact(Item, frozen=True, tag="contact"):
    """Collection `contacts`, key viewer code: whom I can call, share with, or name as a source."""

    title: str
    role: str
    stand_in: bool
    forms: list[Choice] = []
    """What it can file, and so can be asked for."""


class FormField(msgspec.Struct, frozen=True):
    """One field of a form."""

    name: str
    title: str
    takes: Literal["tick", "words", "choice", "face", "number"]
    choices: list[Choice]
    kinds: list[str]
    required: bool


class Form(Item, frozen=True, tag="form"):
    """Collection `forms`, key form code: a document I may fill and file."""

    title: str
    hint: str
    fields: list[FormField]


class FieldChoice(Item, frozen=True, tag="field"):
    """
    Collection `fields`, key field code: what can be said about a kind, for "heard in the room".

    `sameness`: that it is the same as another face; never a gap in what is known of a thing.
    """

    kind: str
    title: str
    takes: Literal["tick", "choice", "face", "number", "words"]
    choices: list[Choice]
    kinds: list[str]
    sameness: bool = False


class Duty(Item, frozen=True, tag="duty"):
    """
    Collection `duties`: a form that is owed, by me or (`debtor` is not me) to me.

    `document` is the handle of the one that met it, "" as long as none did. It is late when play time is past `due_s`.
    """

    form: str
    title: str
    debtor: str
    debtor_title: str
    since_s: int
    due_s: int
    document: str


class Request(Item, frozen=True, tag="request"):
    """
    Collection `requests`, key `q<n>`: what I asked of `other`, or (`mine` false) what it asks of me.

    About a face (a handle) and a field (its title), for a form (code and title), or in words. `reason`: why it was declined.
    It is overdue when play time is past `wanted_s` and nothing has come.
    """

    mine: bool
    other: str
    other_title: str
    about: str
    field_title: str
    form: str
    form_title: str
    words: str
    at_s: int
    wanted_s: int | None
    state: Literal["open", "answered", "declined", "handed_on"]
    reason: str
    via_title: str
    handed_to_title: str


class Seat(msgspec.Struct, frozen=True):
    """A team at a consultation."""

    team: str
    title: str
    state: Literal["invited", "here", "declined", "left"]


class Tabled(msgspec.Struct, frozen=True):
    """What one team put on the table: the handles that it was about."""

    by_title: str
    at_s: int
    faces: list[str]


class Decision(msgspec.Struct, frozen=True):
    """A decision: `mine`, if its owner is me; overdue when play time is past `due_s` and it is not done."""

    key: str
    words: str
    owner_title: str
    mine: bool
    due_s: int
    done: bool


class Consultation(Item, frozen=True, tag="consultation"):
    """Collection `consultations`, key `g<n>`: as far as I was there. `minutes`: the handle of its minutes, or ""."""

    title: str
    convener: str
    mine: bool
    place: str
    at_s: int
    open: bool
    seat: Literal["invited", "here", "declined", "left"]
    seats: list[Seat]
    tabled: list[Tabled]
    decisions: list[Decision]
    minutes: str


class Cue(Item, frozen=True, tag="cue"):
    """Collection `cues` of an actor: when and where to play what."""

    parts: list[Part]
    at_s: int
    state: Literal["waiting", "now", "ready", "done"]


class Line(msgspec.Struct, frozen=True):
    """Something a character may say; `advised`: the card would let it out now; `said`: it was noted as said."""

    code: str
    parts: list[Part]
    advised: bool
    advice: str
    said: bool = False


class Scene(Item, frozen=True, tag="scene"):
    """Collection `scenes` of an actor: a talk or search that a team has opened with my character."""

    team: str
    team_title: str
    action_title: str
    opened_s: int
    state: Literal["open", "said", "closed"]
    lines: list[Line]
    treated: bool
    questions: list[Choice]
    answers: dict[str, int] = {}
    """Of the form as it stands, whoever filled it in: question code -> 0 .. 4."""
    debriefed: bool = False


class Treatment(msgspec.Struct, frozen=True):
    """One answer of an actor's form, 0 (badly) .. 4 (well)."""

    title: str
    mark: int


class Debrief(Item, frozen=True, tag="debrief"):
    """
    Collection `debriefs` of control and safety, key `b<n>`: a scene of an actor, until its debrief is done and after.

    `answers`: of the actor's form, for control alone; the team reads them as words of the character once it is `done`.
    """

    actor_title: str
    team_title: str
    action_title: str
    opened_s: int
    done: bool
    answers: list[Treatment]


class Reading(msgspec.Struct, frozen=True):
    """What one receiver would read of an inject, in one language, and how many things it would learn by it."""

    to: str
    language: str
    parts: list[Part]
    learns: int


class Inject(Item, frozen=True, tag="inject"):
    """
    Collection `injects` of control: one line of the MSEL. `does`: what it brings to whom, in the order of its effects.

    `texts`: language -> its text with marks, as control would write it anew. `written`: control has rewritten it;
    `off_list`: control has added it, and the flow list does not know it. `tried`: what came of it in the sandbox.
    """

    title: str
    kind: str
    to: list[str]
    state: Literal["waiting", "held", "fired", "skipped", "passed"]
    due_s: int | None
    expected: str
    why: str
    does: list[str] = []
    receivers: list[str] = []
    """Viewer codes."""
    texts: dict[str, str] = {}
    written: bool = False
    off_list: bool = False
    tried: list[Reading] = []


class Knowledge(Item, frozen=True, tag="knowledge"):
    """Collection `knowledge` of control: one record of one viewer."""

    viewer: str
    record: Record


class Team(Item, frozen=True, tag="team"):
    """Collection `teams` of control: a viewer that can be staffed, seen as, or given a stand-in."""

    title: str
    role: str
    stand_in: str
    profiles: list[str]
    played: bool
    observed: bool
    curtain: bool = False
    thinking: bool = False
    units: list[str] = []
    """Handles of its units."""
    kin: str = ""
    """The same for all teams of one agency: they can be merged. "" for an actor."""
    on_duty: bool = True
    """False for a shift that has not come on, or has gone."""


class Happening(Item, frozen=True, tag="happening"):
    """
    Collection `happenings` of control (and, redacted, of observers): what was just done, with its cause. For control
    also: `to` whom (titles), `about` what (a thing and what of it), and the `words` that were typed.
    """

    title: str
    cause: str
    who: str
    at_s: int
    to: list[str] = []
    about: list[Part] = []
    words: str = ""
    undo: Literal["", "can", "done"] = ""
    """Whether control can overrule it, or has."""


class Proposal(Item, frozen=True, tag="proposal"):
    """
    Collection `proposals` of a team (its own, key `p<n>`) and of control (all, key `<team>:p<n>`): an act that the pack
    does not know. `answer`: control's words, once the team may read them.
    """

    team: str
    team_title: str
    words: str
    unit: str
    faces: list[str]
    at_s: int
    wants_s: int
    state: Literal["waiting", "running", "done", "refused", "withdrawn"]
    due_s: int | None
    answer: str


class Guide(Item, frozen=True, tag="guide"):
    """
    Collection `guides` of a mentor: what to ask its team from `from_s` to `to_s`; `teams`: codes. Of evaluators: the
    critical tasks of these minutes, where to stand, and which acts and papers (titles, as in `happenings`) show them.
    """

    title: str
    from_s: int
    to_s: int
    teams: list[str]
    points: list[Choice]
    place: str = ""
    evidence: list[str] = []


class Note(Item, frozen=True, tag="note"):
    """
    Collection `notes` of evaluators (and of control's look at them): about which teams, to which guide, with which rating
    ("": none, N: not observed), in which words, shown by which happenings (keys).
    """

    teams: list[str]
    guide_title: str
    guide: str
    rating: Literal["", "P", "S", "M", "U", "N"]
    words: str
    evidence: list[str]
    at_s: int


class Persona(Item, frozen=True, tag="persona"):
    """Collection `personas` of control, key viewer code: a body nobody plays, what it knows and how it speaks."""

    title: str
    card: list[Part]
    open_to: list[str]
    """Codes of the teams that may write to it."""


class Letter(Item, frozen=True, tag="letter"):
    """Collection `letters` of control, key `<persona>:m<n>`: what came to a body nobody plays, and who has taken it."""

    persona: str
    message: Message
    state: Literal["waiting", "taken", "answered"]
    taken_by: str


AnyItem = (
    Me
    | Clock
    | Face
    | Record
    | Message
    | Task
    | Offer
    | Contact
    | Form
    | FieldChoice
    | Cue
    | Scene
    | Inject
    | Knowledge
    | Team
    | Happening
    | Duty
    | Request
    | Consultation
    | Proposal
    | Guide
    | Note
    | Persona
    | Letter
    | Debrief
)
