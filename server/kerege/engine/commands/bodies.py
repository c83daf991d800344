"""The bodies of all commands, as they come from a client or from the room itself. Codes and handles only."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from kerege.engine.marks import Mark

CODE_CHARS_MAX = 16
"""Of a code or handle; none is longer than 8."""
WORDS_CHARS_MAX = 1000
"""Of anything that a person types: a screen full on a phone."""
LIST_LENGTH_MAX = 40
"""Of codes that one act names, and of answers on one form."""
PLAY_MS_MAX = 30 * 24 * 3600 * 1000
"""A month of play: no exercise is longer than a week."""
PICKS_MAX = 12
"""How many things control's hand gives to learn, or changes, in one ruling, answer or inject."""
TITLE_CHARS_MAX = 120
"""Of a line of the MSEL that control writes."""
LANGUAGES_MAX = 7
"""Of the wire."""
TAKER_CHARS_MAX = 40
"""Of the name or letters by which one at control says "mine"."""
PROPOSAL_MS_MAX = 24 * 3600 * 1000
"""The longest play time that a proposed act may want or take."""

TEAM_TITLE_CHARS_MAX = 60
"""The longest name of a team that control splits off."""

Code = Annotated[str, msgspec.Meta(min_length=1, max_length=CODE_CHARS_MAX)]
Words = Annotated[str, msgspec.Meta(max_length=WORDS_CHARS_MAX)]
Codes = Annotated[tuple[Code, ...], msgspec.Meta(max_length=LIST_LENGTH_MAX)]
Number = Annotated[int, msgspec.Meta(ge=-(2**53) + 1, le=2**53 - 1)]
PlaySeconds = Annotated[int, msgspec.Meta(ge=0, le=PLAY_MS_MAX // 1000)]
Answer = bool | Number | Words | Codes | None
Answers = Annotated[dict[Code, Answer], msgspec.Meta(max_length=LIST_LENGTH_MAX)]


class Command(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do"):
    """Base of all commands."""


class Ask(Command, frozen=True, forbid_unknown_fields=True, tag="ask"):
    """Do an offered action. `asks`: parameter name of the offer -> code, handle, words or list of them."""

    action: Code
    unit: Code | None = None
    asks: Answers = {}


class Cancel(Command, frozen=True, forbid_unknown_fields=True, tag="cancel"):
    """Stop a running task, or take back a proposal (key `p<n>`); its unit is free again."""

    task: Code


class Say(Command, frozen=True, forbid_unknown_fields=True, tag="say"):
    """Write to other teams (codes of contacts)."""

    to: Codes
    text: Words


class Share(Command, frozen=True, forbid_unknown_fields=True, tag="share"):
    """Give copies of own records to others; the earlier chain of sources goes along only with `with_chain`."""

    records: Codes
    to: Codes
    with_chain: bool = False
    documents: Codes = ()
    """Handles of documents that go along whole: all that is held of them."""


class Heard(Command, frozen=True, forbid_unknown_fields=True, tag="heard"):
    """Note what was told face to face: by whom (contact code or face handle), about which face and field."""

    source: Code
    face: Code
    field: Code
    value: Answer


class Dispute(Command, frozen=True, forbid_unknown_fields=True, tag="dispute"):
    """The teller says: I did not say this. Marks the hearer's record as disputed."""

    message: Code


class File(Command, frozen=True, forbid_unknown_fields=True, tag="file"):
    """
    File a form; `fields`: field code -> value.

    `incomplete`: file it although a mandatory field is empty. `replaces`: an own document of the same form (its handle)
    that this is the new version of.
    """

    form: Code
    fields: Answers = {}
    incomplete: bool = False
    replaces: Code | None = None
    answers: Code | None = None
    """The key of an open request to me: the document goes to whoever asked, and the request is answered."""


class Speak(Command, frozen=True, forbid_unknown_fields=True, tag="speak"):
    """An actor's tap: these lines were said, to these teams (empty: the team of the scene)."""

    scene: Code
    lines: Codes
    to: Codes = ()


class Treat(Command, frozen=True, forbid_unknown_fields=True, tag="treat"):
    """An actor's form after a scene: question code -> 0 (badly) .. 4 (well). Replaces this scene's earlier form."""

    scene: Code
    answers: Annotated[dict[Code, Annotated[int, msgspec.Meta(ge=0, le=4)]], msgspec.Meta(max_length=LIST_LENGTH_MAX)]


class Debrief(Command, frozen=True, forbid_unknown_fields=True, tag="debrief"):
    """Control or safety: the debrief of this scene (an own key, `b<n>`) is done; the team may read the actor's form."""

    debrief: Code


class Ready(Command, frozen=True, forbid_unknown_fields=True, tag="ready"):
    """An actor answers a cue: I am ready, or I have played it."""

    cue: Code
    state: Literal["ready", "done"]


class Curtain(Command, frozen=True, forbid_unknown_fields=True, tag="curtain"):
    """End one scene, without reasons. Who pressed goes to the safety seat only."""

    scene: Code | None = None


class Stop(Command, frozen=True, forbid_unknown_fields=True, tag="stop"):
    """Real danger: everything freezes."""


class Clear(Command, frozen=True, forbid_unknown_fields=True, tag="clear"):
    """Safety: the danger is over; control may resume."""


class Start(Command, frozen=True, forbid_unknown_fields=True, tag="start"):
    """STARTEX."""


class Pause(Command, frozen=True, forbid_unknown_fields=True, tag="pause"):
    """PAUSEX, with a reason shown to all."""

    why: Words = ""


class Resume(Command, frozen=True, forbid_unknown_fields=True, tag="resume"):
    """Play goes on."""


class Finish(Command, frozen=True, forbid_unknown_fields=True, tag="finish"):
    """ENDEX."""


class Speed(Command, frozen=True, forbid_unknown_fields=True, tag="speed"):
    """How many play seconds pass in one real second."""

    speed: Annotated[int, msgspec.Meta(ge=1, le=60)]


class Jump(Command, frozen=True, forbid_unknown_fields=True, tag="jump"):
    """Move the play clock forward to `to_ms`; what falls due on the way happens in order."""

    to_ms: Annotated[int, msgspec.Meta(ge=0, le=PLAY_MS_MAX)]


class Steer(Command, frozen=True, forbid_unknown_fields=True, tag="steer"):
    """Control and the MSEL: fire, hold, release or skip an inject, with a reason; or try it in a sandbox, without one."""

    inject: Code
    act: Literal["fire", "hold", "release", "skip", "try"]
    why: Words = ""


class Amend(Command, frozen=True, forbid_unknown_fields=True, tag="amend"):
    """Control changes the truth, with a reason."""

    face: Code
    field: Code
    value: Answer
    why: Words


class Recall(Command, frozen=True, forbid_unknown_fields=True, tag="recall"):
    """Control retracts a record of a viewer openly, with a reason."""

    viewer: Code
    record: Code
    why: Words


class StandIn(Command, frozen=True, forbid_unknown_fields=True, tag="stand_in"):
    """Control starts (profile) or stops (None) a stand-in for a viewer."""

    viewer: Code
    profile: Annotated[str, msgspec.Meta(max_length=CODE_CHARS_MAX)] | None


class Staff(Command, frozen=True, forbid_unknown_fields=True, tag="staff"):
    """The room notes that a person took (or left) a character's part. Only the room may."""

    viewer: Code
    played: bool


class OpenTeam(Command, frozen=True, forbid_unknown_fields=True, tag="open_team"):
    """Control opens (or closes) one team to the observers' desk."""

    viewer: Code
    open: bool


class Request(Command, frozen=True, forbid_unknown_fields=True, tag="request"):
    """
    Ask another team for information: about a face (and a field of it), for a form that it can file, or in words.

    `wanted_by_s`: play time in seconds by which an answer is wanted.
    """

    to: Code
    about: Code | None = None
    field: Code | None = None
    form: Code | None = None
    words: Words = ""
    wanted_by_s: PlaySeconds | None = None


class Respond(Command, frozen=True, forbid_unknown_fields=True, tag="respond"):
    """Answer a request: share (nothing named: all that is held of what was asked), decline with a reason, or hand on."""

    request: Code
    how: Literal["share", "decline", "hand_on"]
    records: Codes = ()
    documents: Codes = ()
    to: Code | None = None
    words: Words = ""


class Convene(Command, frozen=True, forbid_unknown_fields=True, tag="convene"):
    """Call other teams to a consultation; at a place, or wherever they are."""

    teams: Codes
    title: Words
    place: Code | None = None


class Attend(Command, frozen=True, forbid_unknown_fields=True, tag="attend"):
    """Come to a consultation that one is invited to, or decline or leave it."""

    consultation: Code
    come: bool


class Table(Command, frozen=True, forbid_unknown_fields=True, tag="table"):
    """Put own records, or documents whole, on the table: everybody who is there learns them."""

    consultation: Code
    records: Codes = ()
    documents: Codes = ()


class Decide(Command, frozen=True, forbid_unknown_fields=True, tag="decide"):
    """A decision of a consultation: what, whose task it is (a team there), and by when (play seconds)."""

    consultation: Code
    words: Words
    owner: Code
    due_s: PlaySeconds


class Fulfil(Command, frozen=True, forbid_unknown_fields=True, tag="fulfil"):
    """The owner of a decision has done it. `decision`: its key within the consultation."""

    consultation: Code
    decision: Code


class Adjourn(Command, frozen=True, forbid_unknown_fields=True, tag="adjourn"):
    """Whoever convened it closes a consultation; everybody there is given the minutes."""

    consultation: Code


class Lose(Command, frozen=True, forbid_unknown_fields=True, tag="lose"):
    """A phone has proved that the record has lost its end. Only the room may."""


class Acknowledge(Command, frozen=True, forbid_unknown_fields=True, tag="acknowledge"):
    """Control has read that the record lost its end: acts are taken again."""


class Pick(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field of a face as it truly is, for somebody to learn: how, and how sure it is."""

    face: Code
    field: Code
    how: Literal["seen", "told", "read", "found", "checked"]
    certainty: Literal["certain", "likely", "claimed"]


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field of the truth and its new value, as in Amend."""

    face: Code
    field: Code
    value: Answer


Picks = Annotated[tuple[Pick, ...], msgspec.Meta(max_length=PICKS_MAX)]
Changes = Annotated[tuple[Change, ...], msgspec.Meta(max_length=PICKS_MAX)]


class Propose(Command, frozen=True, forbid_unknown_fields=True, tag="propose"):
    """Ask control for an act that the pack does not know: in words, maybe with a unit and faces; `wants_ms` of play."""

    text: Words
    unit: Code | None = None
    faces: Codes = ()
    wants_ms: Annotated[int, msgspec.Meta(ge=0, le=PROPOSAL_MS_MAX)] = 0


class Rule(Command, frozen=True, forbid_unknown_fields=True, tag="rule"):
    """
    Control rules on a team's proposal. `why` stays in the record; `text` is what the team reads: at once where it is not
    possible, else after `takes_ms`, when it also learns what `learns` picks and the truth `changes`.
    """

    team: Code
    proposal: Code
    verdict: Literal["happens", "not_possible"]
    why: Words
    text: Words = ""
    takes_ms: Annotated[int, msgspec.Meta(ge=0, le=PROPOSAL_MS_MAX)] = 0
    learns: Picks = ()
    changes: Changes = ()


class Split(Command, frozen=True, forbid_unknown_fields=True, tag="split"):
    """
    Control makes a second team of one: what it is called, which units (handles) go to it, and whether it begins with a copy
    of what the first one knows (`records`) or with nothing.
    """

    viewer: Code
    title: Annotated[str, msgspec.Meta(max_length=TEAM_TITLE_CHARS_MAX)]
    units: Codes = ()
    records: bool = True


class HandOver(Command, frozen=True, forbid_unknown_fields=True, tag="hand_over"):
    """
    A team briefs the shift that takes over its case and goes off duty: all that it holds of the faces (handles) in `about`,
    or all that it holds, and what it says about it.
    """

    about: Codes = ()
    everything: bool = False
    words: Words = ""


class Merge(Command, frozen=True, forbid_unknown_fields=True, tag="merge"):
    """Control closes a team: what it knows, its units and its people go to another of the same agency."""

    viewer: Code
    into: Code


class Think(Command, frozen=True, forbid_unknown_fields=True, tag="think"):
    """Stop and think: a mentor lets its team begin nothing for a while (`on`), or go on. Control names the `team`."""

    on: bool
    why: Words = ""
    team: Code | None = None


class Take(Command, frozen=True, forbid_unknown_fields=True, tag="take"):
    """One of several at control takes a message to a body nobody plays (`text`: who, in words), or gives it back ("")."""

    persona: Code
    message: Code
    text: Annotated[str, msgspec.Meta(max_length=TAKER_CHARS_MAX)]


class SayAs(Command, frozen=True, forbid_unknown_fields=True, tag="say_as"):
    """Control speaks for a body nobody plays: words to viewers, maybe things to learn, maybe as the answer to a message."""

    persona: Code
    to: Codes
    text: Words
    learns: Picks = ()
    message: Code | None = None


class Write(Command, frozen=True, forbid_unknown_fields=True, tag="write"):
    """
    Control rewrites a waiting line of the MSEL (`inject`), or adds one (None), with a reason.

    `texts`: language -> words with marks, in every language of the exercise; none: they stay. `to`: teams that read it,
    actors who are cued by it. `at_ms`: its play time; None: it stays, or comes by hand. `marks`: what the texts state;
    the room compiles it, whatever a client sends.
    """

    inject: Code | None
    why: Words
    title: Annotated[str, msgspec.Meta(max_length=TITLE_CHARS_MAX)] = ""
    texts: Annotated[dict[Code, Words], msgspec.Meta(max_length=LANGUAGES_MAX)] = {}
    to: Codes = ()
    at_ms: Annotated[int, msgspec.Meta(ge=0, le=PLAY_MS_MAX)] | None = None
    held: bool = False
    learns: Picks = ()
    marks: tuple[Mark, ...] = ()


class Overrule(Command, frozen=True, forbid_unknown_fields=True, tag="overrule"):
    """Control takes back what a line of what was done (`h<n>`) has brought, as far as it still stands, with a reason."""

    happening: Code
    why: Words


class Observe(Command, frozen=True, forbid_unknown_fields=True, tag="observe"):
    """
    An evaluator's note about teams: words, the happenings that show it (keys `h<n>`), the guide that it is about, and
    maybe a rating: P, S, M, U of the exercise's words, or N: not observed. Never about a person.
    """

    teams: Codes
    guide: Code | None = None
    rating: Literal["P", "S", "M", "U", "N"] | None = None
    text: Words = ""
    evidence: Codes = ()


class Tick(Command, frozen=True, forbid_unknown_fields=True, tag="tick"):
    """Something has fallen due. Only the room may."""


AnyCommand = (
    Ask
    | Cancel
    | Say
    | Share
    | Heard
    | Dispute
    | File
    | Speak
    | Treat
    | Ready
    | Curtain
    | Stop
    | Clear
    | Start
    | Pause
    | Resume
    | Finish
    | Speed
    | Jump
    | Steer
    | Amend
    | Recall
    | StandIn
    | Staff
    | OpenTeam
    | Lose
    | Acknowledge
    | Tick
    | Request
    | Respond
    | Convene
    | Attend
    | Table
    | Decide
    | Fulfil
    | Adjourn
    | Propose
    | Rule
    | Split
    | Merge
    | HandOver
    | Think
    | Debrief
    | Observe
    | Take
    | SayAs
    | Write
    | Overrule
)
