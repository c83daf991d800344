"""What happened: the closed family of events, and to whom each is addressed. Older versions of them: room.upcast.

Rule (law 3a): an event is addressed to one viewer, to everybody, or to nobody (the truth). A viewer's bytes are a
function of the events addressed to it; `addressee` is the one place that says which these are.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from kerege.engine.held import Bound, Seat, Source, Text
from kerege.engine.marks import Mark
from kerege.engine.pack import Certainty, How, Value

EVERYBODY = "*"
NOBODY = ""


class Event(msgspec.Struct, frozen=True, gc=False, tag_field="event"):
    """Base of all events."""


class FieldSet(Event, frozen=True, gc=False, tag="field_set"):
    """The truth of one field is now `value`."""

    thing: str
    field: str
    value: Value


class Learnt(Event, frozen=True, gc=False, tag="learnt"):
    """A viewer knows something. Replaces its record of the same face, field, source and how."""

    viewer: str
    face: str
    field: str
    value: Value
    how: How
    source: Source | None = None
    certainty: Certainty = "certain"
    live: bool = False
    chain: tuple[Source, ...] = ()
    as_of_ms: int | None = None
    referred: bool = False
    """True where a thing value is only passed on: the reader gets a bare reference to it, if it has not met it."""
    handed: str = ""
    """The viewer that handed it over, of a copy that keeps how and from whom it was learnt."""


class Referred(Event, frozen=True, gc=False, tag="referred"):
    """A viewer has a bare reference to a face, or has now met it."""

    viewer: str
    face: str
    met: bool


class Staled(Event, frozen=True, gc=False, tag="staled"):
    """A viewer no longer watches a face: its live records become last known."""

    viewer: str
    face: str


class Retracted(Event, frozen=True, gc=False, tag="retracted"):
    """Records of a viewer no longer stand."""

    viewer: str
    records: tuple[int, ...]


class Disputed(Event, frozen=True, gc=False, tag="disputed"):
    """The person named as its source says it did not say this."""

    viewer: str
    record: int


class WatchSet(Event, frozen=True, gc=False, tag="watch_set"):
    """A viewer has one watch more, or one less, on a place."""

    viewer: str
    place: str
    on: bool


class Told(Event, frozen=True, gc=False, tag="told"):
    """A message reached a viewer."""

    viewer: str
    about: Literal["told", "said", "inject", "notice", "heard", "mentor"]
    text: Text
    source: Source | None = None
    record: tuple[str, int] | None = None


class MessageDisputed(Event, frozen=True, gc=False, tag="message_disputed"):
    """A teller has disputed what it is said to have told."""

    viewer: str
    message: int


class TaskStarted(Event, frozen=True, gc=False, tag="task_started"):
    """A viewer's unit does something until `due_ms`."""

    viewer: str
    action: str
    unit: str | None
    bindings: dict[str, Bound]
    due_ms: int
    command: str
    state: Literal["running", "talking"] = "running"


class TaskDone(Event, frozen=True, gc=False, tag="task_done"):
    """A task is over: which outcome it had."""

    viewer: str
    task: int
    outcome: str


class TaskCancelled(Event, frozen=True, gc=False, tag="task_cancelled"):
    """A task was stopped; its unit is free."""

    viewer: str
    task: int


class Counted(Event, frozen=True, gc=False, tag="counted"):
    """An outcome has happened, for conditions to count."""

    action: str
    agency: str
    outcome: str


class Filed(Event, frozen=True, gc=False, tag="filed"):
    """A form was filed; `document` is the new thing."""

    viewer: str
    form: str
    agency: str
    document: str


class Owed(Event, frozen=True, gc=False, tag="owed"):
    """A viewer knows that `debtor` is to file a form by `due_ms`; ends with the first such document it is given."""

    viewer: str
    form: str
    debtor: str
    due_ms: int


class Requested(Event, frozen=True, gc=False, tag="requested"):
    """A viewer has asked for information (`mine`), or is asked for it; see held.Request."""

    viewer: str
    mine: bool
    other: str
    peer: int
    about: str
    field: str
    form: str
    word: str
    wanted_ms: int | None
    hands: int = 0
    via: str = ""


class RequestSet(Event, frozen=True, gc=False, tag="request_set"):
    """A request has moved on. `holder`, `peer`: who has it now, where it was handed on; `handed_to`: as far as is shown."""

    viewer: str
    request: int
    state: Literal["open", "answered", "declined", "handed_on"]
    reason: str = ""
    handed_to: str = ""
    holder: str = ""
    peer: int = 0


class Convened(Event, frozen=True, gc=False, tag="convened"):
    """A viewer has called a consultation, or is invited to one."""

    viewer: str
    consultation: str
    convener: str
    title: str
    place: str
    seats: tuple[tuple[str, Seat], ...]


class Seated(Event, frozen=True, gc=False, tag="seated"):
    """Who comes to a consultation, as a viewer is now shown it."""

    viewer: str
    consultation: str
    seats: tuple[tuple[str, Seat], ...]


class Tabled(Event, frozen=True, gc=False, tag="tabled"):
    """Something was put on the table; who was there learns it by events of its own."""

    viewer: str
    consultation: str
    by: str
    faces: tuple[str, ...]
    there: tuple[str, ...]


class Decided(Event, frozen=True, gc=False, tag="decided"):
    """A consultation has decided something."""

    viewer: str
    consultation: str
    n: int
    by: str
    word: str
    owner: str
    due_ms: int
    there: tuple[str, ...]


class Fulfilled(Event, frozen=True, gc=False, tag="fulfilled"):
    """The owner of a decision has done it."""

    viewer: str
    consultation: str
    n: int


class Adjourned(Event, frozen=True, gc=False, tag="adjourned"):
    """A consultation is closed; `minutes`: the face of its minutes, for those who were there."""

    viewer: str
    consultation: str
    minutes: str = ""


class RuleFired(Event, frozen=True, gc=False, tag="rule_fired"):
    """A rule or inject has done what it does."""

    rule: str


class Drawn(Event, frozen=True, gc=False, tag="drawn"):
    """A number was left to chance: where in the pack, in whose act (or ""), and what came."""

    road: str
    asker: str
    value: int


class EdgeSet(Event, frozen=True, gc=False, tag="edge_set"):
    """The condition of a `becomes` rule holds now, or no longer."""

    rule: str
    holds: bool


class InjectSet(Event, frozen=True, gc=False, tag="inject_set"):
    """A line of the MSEL changed its state."""

    inject: str
    state: Literal["waiting", "held", "fired", "skipped", "passed"]
    due_ms: int | None
    why: str = ""


class Planned(Event, frozen=True, gc=False, tag="planned"):
    """Something will fall due."""

    at_ms: int
    sort: Literal["task", "rule", "inject", "cue", "end", "proposal", "shift_on", "shift_over"]
    key: str
    n: int = 0
    bindings: tuple[tuple[str, Bound], ...] = ()


class Unplanned(Event, frozen=True, gc=False, tag="unplanned"):
    """What was due is done or called off: the entry of the same time, sort, key and number."""

    at_ms: int
    sort: Literal["task", "rule", "inject", "cue", "end", "proposal", "shift_on", "shift_over"]
    key: str
    n: int = 0


class SceneOpened(Event, frozen=True, gc=False, tag="scene_opened"):
    """A team's act has opened a talk or search with a played character."""

    viewer: str
    team: str
    task: int
    action: str
    advised: tuple[tuple[str, bool], ...]


class SceneSet(Event, frozen=True, gc=False, tag="scene_set"):
    """A scene has moved on; `said`: the lines that were tapped now."""

    viewer: str
    scene: int
    state: Literal["open", "said", "closed"]
    said: tuple[str, ...] = ()


class Advised(Event, frozen=True, gc=False, tag="advised"):
    """What the card would let out now, line by line."""

    viewer: str
    scene: int
    advised: tuple[tuple[str, bool], ...]


class Treated(Event, frozen=True, gc=False, tag="treated"):
    """An actor says how the character was treated; replaces this scene's earlier form."""

    viewer: str
    scene: int
    answers: tuple[tuple[str, int], ...]
    moved: tuple[tuple[str, int, int], ...] = ()
    """(field, value before this scene's form, value after it)."""


class DebriefAwaited(Event, frozen=True, gc=False, tag="debrief_awaited"):
    """Control or safety (`viewer`) is shown a scene that has opened, whose debrief it may say is done."""

    viewer: str
    actor: str
    scene: int
    team: str
    action: str


class DebriefSet(Event, frozen=True, gc=False, tag="debrief_set"):
    """What control or safety is shown of a scene's debrief has changed."""

    viewer: str
    debrief: int
    done: bool
    answers: tuple[tuple[str, int], ...] = ()


class Debriefed(Event, frozen=True, gc=False, tag="debriefed"):
    """The debrief of an actor's scene is done."""

    viewer: str
    scene: int


class CueGiven(Event, frozen=True, gc=False, tag="cue_given"):
    """An actor is cued for a play time."""

    viewer: str
    text: Text
    at_ms: int


class CueSet(Event, frozen=True, gc=False, tag="cue_set"):
    """A cue moved on."""

    viewer: str
    cue: int
    state: Literal["waiting", "now", "ready", "done"]


class ClockSet(Event, frozen=True, gc=False, tag="clock_set"):
    """The play clock changed."""

    phase: Literal["ready", "running", "paused", "ended"]
    at_ms: int
    speed: int
    stopped: bool
    why: str = ""
    lost: bool = False
    """The record has lost its end, and control has not acknowledged it yet."""


class EndingJudged(Event, frozen=True, gc=False, tag="ending_judged"):
    """How the story has ended, or "" where none of the pack's endings holds. Control's to reveal."""

    ending: str


class TimePassed(Event, frozen=True, gc=False, tag="time_passed"):
    """Within one step, play time has come to `at_ms`; what follows happens then."""

    at_ms: int


class StandInSet(Event, frozen=True, gc=False, tag="stand_in_set"):
    """Control started (profile) or stopped ("") a stand-in for a viewer."""

    viewer: str
    profile: str


class PlayedSet(Event, frozen=True, gc=False, tag="played_set"):
    """A person took or left a character's part."""

    viewer: str
    played: bool


class OpenedSet(Event, frozen=True, gc=False, tag="opened_set"):
    """Control opened or closed a team to the observers' desk."""

    viewer: str
    open: bool


class Used(Event, frozen=True, gc=False, tag="used"):
    """A viewer has done an act that can be done only once."""

    viewer: str
    action: str


class Happened(Event, frozen=True, gc=False, tag="happened"):
    """
    A line for a list of what was done: control's, with its cause and what was passed on to whom (`to`: viewers, `about`:
    face and field, `word`: the id of what was typed); or an observers' desk's, without any of these.
    """

    title: str
    cause: str = ""
    who: str = ""
    viewer: str = "control"
    to: tuple[str, ...] = ()
    about: tuple[tuple[str, str], ...] = ()
    word: str = ""


class Proposed(Event, frozen=True, gc=False, tag="proposed"):
    """A team asks control for an act that the pack does not know. `word`: the id of what it wrote."""

    viewer: str
    word: str
    unit: str | None
    faces: tuple[str, ...]
    wants_ms: int


class Ruled(Event, frozen=True, gc=False, tag="ruled"):
    """Control has ruled: it is not possible (`word`: control's words), or goes on until `due_ms`."""

    viewer: str
    proposal: int
    happens: bool
    due_ms: int
    word: str = ""


class RulingKept(Event, frozen=True, gc=False, tag="ruling_kept"):
    """What a ruling will bring at the end of its time; until then nobody but control knows."""

    team: str
    proposal: int
    word: str
    learns: tuple[tuple[str, str, How, Certainty], ...]
    """(face, field, how, certainty); the value is the truth as it is then."""
    changes: tuple[tuple[str, str, Value], ...]
    """(thing, field, true value)."""


class ProposalOver(Event, frozen=True, gc=False, tag="proposal_over"):
    """A proposed act has come to its end (`word`: what control says came of it), or its team has taken it back."""

    viewer: str
    proposal: int
    state: Literal["done", "withdrawn"]
    word: str = ""


class PartOpened(Event, frozen=True, gc=False, tag="part_opened"):
    """A team is there from now on: a part split off another (`title`: id of what control called it), or a shift."""

    viewer: str
    title: str = ""


class PartClosed(Event, frozen=True, gc=False, tag="part_closed"):
    """A team is no more: it was merged into another."""

    viewer: str
    into: str


class ShiftOn(Event, frozen=True, gc=False, tag="shift_on"):
    """A shift has come on: its people can act from now on."""

    viewer: str


class ShiftOver(Event, frozen=True, gc=False, tag="shift_over"):
    """A shift has gone: `next` has the case from now on. `briefed`: something was handed over."""

    viewer: str
    next: str
    briefed: bool


class UnitsSet(Event, frozen=True, gc=False, tag="units_set"):
    """A viewer has these units from now on."""

    viewer: str
    units: tuple[str, ...]


class Thinking(Event, frozen=True, gc=False, tag="thinking"):
    """A team is to stop and think (begin nothing), or may go on."""

    viewer: str
    on: bool


class LetterSet(Event, frozen=True, gc=False, tag="letter_set"):
    """What control has done about a message to a body nobody plays. `word`: the id of who has taken it."""

    persona: str
    message: int
    state: Literal["waiting", "taken", "answered"]
    word: str = ""


class Wrote(Event, frozen=True, gc=False, tag="wrote"):
    """Control has rewritten or added a line of the MSEL. Ids of words: `title`, and of each language's text."""

    inject: str
    title: str
    to: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]
    marks: tuple[Mark, ...]
    learns: tuple[tuple[str, str, How, Certainty], ...]


class Tried(Event, frozen=True, gc=False, tag="tried"):
    """A line of the MSEL was tried in a sandbox: what each would read (cues too), and how many things each would learn."""

    inject: str
    readings: tuple[tuple[str, Text, int], ...]


class Traced(Event, frozen=True, gc=False, tag="traced"):
    """What the effects of one of control's happenings did, so that control can overrule it."""

    happening: int
    fields: tuple[tuple[str, str, Value, Value], ...]
    """(thing, field, truth before, truth after)."""
    records: tuple[tuple[str, int], ...]
    """(viewer, number of its record) of what was taught; not what is being watched."""
    told: tuple[str, ...]
    """The viewers that were told something."""


class Overruled(Event, frozen=True, gc=False, tag="overruled"):
    """Control has overruled what happened."""

    happening: int


class Noted(Event, frozen=True, gc=False, tag="noted"):
    """Evaluators have noted something about teams. `rating` "": none; `evidence`: numbers of their happenings."""

    viewer: str
    teams: tuple[str, ...]
    guide: str
    rating: str
    word: str
    evidence: tuple[int, ...]


AnyEvent = (
    FieldSet | Learnt | Referred | Staled | Retracted | Disputed | WatchSet | Told | MessageDisputed
    | TaskStarted | TaskDone | TaskCancelled | Counted | Filed | RuleFired | Drawn | EdgeSet | InjectSet | Planned | Unplanned
    | SceneOpened | SceneSet | Advised | Treated | CueGiven | CueSet | ClockSet | EndingJudged | TimePassed | StandInSet | PlayedSet | OpenedSet
    | Used | Happened | Proposed | Ruled | RulingKept | ProposalOver | LetterSet | PartOpened | PartClosed | UnitsSet
    | ShiftOn | ShiftOver
    | Wrote | Tried | Traced | Overruled | Thinking | Noted | DebriefAwaited | DebriefSet | Debriefed
    | Owed | Requested | RequestSet | Convened | Seated | Tabled | Decided | Fulfilled | Adjourned
)  # fmt: skip

_TO_NOBODY = (
    FieldSet,
    TimePassed,
    WatchSet,
    Counted,
    RuleFired,
    Drawn,
    EdgeSet,
    Planned,
    Unplanned,
    PlayedSet,
    OpenedSet,
    RulingKept,
    Traced,
)
_TO_CONTROL = (InjectSet, EndingJudged, LetterSet, Wrote, Tried, Overruled)
_TO_EVERYBODY = (ClockSet, StandInSet, PartOpened, PartClosed, ShiftOn, ShiftOver)


def addressee(event: AnyEvent) -> str:
    """The viewer an event is addressed to, EVERYBODY, or NOBODY. Control is also shown every viewer's learning."""
    if isinstance(event, _TO_NOBODY):
        return NOBODY
    if isinstance(event, _TO_CONTROL):
        return "control"
    if isinstance(event, _TO_EVERYBODY):
        return EVERYBODY
    return event.viewer  # every other event has one
