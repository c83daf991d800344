"""What the state holds, as frozen structs: records, messages, tasks, scenes, cues, the clock, what is due."""

from __future__ import annotations

from typing import Literal

import msgspec

from kerege.engine.marks import Mark
from kerege.engine.pack import Certainty, How, Value

Seat = Literal["invited", "here", "declined", "left"]

Bound = bool | int | str | tuple[str, ...] | None
"""What a parameter stands for: a face id, choice, viewer, number or word, or a tuple of them; None where unanswered."""


class Held(msgspec.Struct, frozen=True, gc=False):
    """Base of everything that the state holds."""


class Source(Held, frozen=True, gc=False):
    """From whom: a face (`face` id), a viewer (`viewer` id), or nobody (own eyes)."""

    sort: Literal["face", "viewer"]
    id: str


class Record(Held, frozen=True, gc=False):
    """One thing that a viewer knows about one face.

    `value`: a face id where the field's type is thing. `live`: a unit is watching it now. `chain`: earlier sources,
    nearest first. `teller`: (viewer, message n) of the notice to the teller of what was heard.
    """

    face: str
    field: str
    value: Value
    at_ms: int
    how: How
    source: Source | None
    certainty: Certainty
    live: bool = False
    retracted: bool = False
    disputed: bool = False
    chain: tuple[Source, ...] = ()
    as_of_ms: int | None = None
    """Of a copy: when the one who shared it had learnt it."""
    handed: str = ""
    """Of what another team handed over: that viewer."""

    @property
    def news_ms(self) -> int:
        """How new it is: what was handed over is as old as it was for the team that learnt it."""
        return self.as_of_ms if self.handed and self.as_of_ms is not None else self.at_ms


class Part(Held, frozen=True, gc=False):
    """A team that was opened or closed in play. `title`: id of the words that control called it; `into`: where it went."""

    open: bool
    title: str = ""
    into: str = ""


class Shift(Held, frozen=True, gc=False):
    """
    A shift that has come on or gone in play. `since_ms`: when it did so; `next`: of one that has gone, who has the case now;
    `briefed`: whether something was handed over.
    """

    on: bool
    since_ms: int
    next: str = ""
    briefed: bool = False


class Met(Held, frozen=True, gc=False):
    """That a viewer has a face in its view. `met` false: a bare reference (handle and kind only)."""

    n: int
    met: bool


class Text(Held, frozen=True, gc=False):
    """Words to be rendered per language: a text key with arguments, or a word typed by a person (its id).

    `faces`: name -> face, for marks and `{ $name }`. `said`: (face, field, value) of a notice about what was heard.
    """

    key: str = ""
    faces: dict[str, str] = {}
    word: str = ""
    said: tuple[str, str, Value] | None = None
    written: tuple[tuple[str, str], ...] = ()
    """Language -> the id of words with marks that control has written."""
    spoken: tuple[tuple[str, int], ...] = ()
    """(question, mark) of an actor's form: what the character says of how it was treated, after the key's words."""


class Message(Held, frozen=True, gc=False):
    """What reached a viewer's inbox. `record`: of the hearer's (viewer, n), for what one is said to have told."""

    about: Literal["told", "said", "inject", "notice", "heard", "mentor"]
    text: Text
    source: Source | None
    at_ms: int
    record: tuple[str, int] | None = None
    disputed: bool = False


class Task(Held, frozen=True, gc=False):
    """An act from asking to outcome. `bindings`: by parameter."""

    action: str
    unit: str | None
    bindings: dict[str, Bound]
    at_ms: int
    due_ms: int
    state: Literal["running", "done", "cancelled", "talking"] = "running"
    done_at_ms: int | None = None
    outcome: str = ""
    command: str = ""


class Duty(Held, frozen=True, gc=False):
    """A form that is owed: by whom, since when, until when; the face of the document that ended it, or ""."""

    form: str
    debtor: str
    at_ms: int
    due_ms: int
    document: str = ""


class Request(Held, frozen=True, gc=False):
    """
    A request for information in one viewer's hands: `mine`, or put to it by `other`.

    `holder`, `peer`: who answers it now, and its number there; of one put to me: the asker, and its number there. `hands`:
    how often it was handed on. `via`: who handed it on to me. `handed_to`: to whom it was handed on, where that is known.
    """

    mine: bool
    other: str
    holder: str
    peer: int
    about: str
    field: str
    form: str
    word: str
    at_ms: int
    wanted_ms: int | None
    hands: int = 0
    via: str = ""
    state: Literal["open", "answered", "declined", "handed_on"] = "open"
    reason: str = ""
    handed_to: str = ""


class Tabled(Held, frozen=True, gc=False):
    """What one team put on the table of a consultation: the faces that it was about, and who was there."""

    by: str
    at_ms: int
    faces: tuple[str, ...]
    there: tuple[str, ...]


class Decision(Held, frozen=True, gc=False):
    """A decision of a consultation. `n`: its number among all; a viewer is shown its own count. `there`: who heard it."""

    n: int
    by: str
    word: str
    owner: str
    due_ms: int
    at_ms: int
    there: tuple[str, ...]
    done: bool = False


class Consultation(Held, frozen=True, gc=False):
    """
    A consultation as one viewer knows it; as its convener knows it, it is whole.

    `seats`: (viewer, state) as last shown. `id`: the convener and its own number of it. `minutes`: face, or "".
    """

    id: str
    convener: str
    title: str
    place: str
    at_ms: int
    seats: tuple[tuple[str, Seat], ...]
    tabled: tuple[Tabled, ...] = ()
    decisions: tuple[Decision, ...] = ()
    open: bool = True
    minutes: str = ""


class Scene(Held, frozen=True, gc=False):
    """A talk or search opened with a played character. `advised`: line -> would the card let it out now; `said`: lines."""

    team: str
    task: int
    action: str
    at_ms: int
    advised: tuple[tuple[str, bool], ...]
    state: Literal["open", "said", "closed"] = "open"
    treated: tuple[tuple[str, int], ...] = ()
    moved: tuple[tuple[str, int, int], ...] = ()
    said: tuple[str, ...] = ()
    debriefed: bool = False
    """Its debrief is done: what the form says has reached the team, or does at once."""


class Debrief(Held, frozen=True, gc=False):
    """A scene of an actor as control and safety have it, to say when its debrief is done. `answers`: control's alone."""

    actor: str
    scene: int
    team: str
    action: str
    at_ms: int
    done: bool = False
    answers: tuple[tuple[str, int], ...] = ()


class Cue(Held, frozen=True, gc=False):
    """When an actor plays what."""

    text: Text
    at_ms: int
    state: Literal["waiting", "now", "ready", "done"] = "waiting"


class InjectState(Held, frozen=True, gc=False):
    """One line of the MSEL as it stands. `passed`: its time came, and its condition did not hold then."""

    state: Literal["waiting", "held", "fired", "skipped", "passed"]
    due_ms: int | None
    why: str = ""


class Happening(Held, frozen=True, gc=False):
    """
    What was done, for control: a title (text key), its cause, and the viewer that did it (or ""). Where it was passed on:
    to which viewers, about which (face, field), and the id of the words that were typed.
    """

    title: str
    cause: str
    who: str
    at_ms: int
    to: tuple[str, ...] = ()
    about: tuple[tuple[str, str], ...] = ()
    word: str = ""
    undo: Literal["", "can", "done"] = ""
    """Whether control can overrule it, or has."""


class Proposal(Held, frozen=True, gc=False):
    """An act that a team has asked control for. `answer`: the id of control's words, once the team may read them."""

    word: str
    unit: str | None
    faces: tuple[str, ...]
    wants_ms: int
    at_ms: int
    state: Literal["waiting", "running", "done", "refused", "withdrawn"] = "waiting"
    due_ms: int | None = None
    answer: str = ""


class Ruling(Held, frozen=True, gc=False):
    """What a running proposal will bring (see events.RulingKept)."""

    word: str
    learns: tuple[tuple[str, str, How, Certainty], ...]
    changes: tuple[tuple[str, str, Value], ...]


class Letter(Held, frozen=True, gc=False):
    """What control has done about a message to a body nobody plays. `word`: the id of who has taken it."""

    state: Literal["waiting", "taken", "answered"] = "waiting"
    word: str = ""


class Written(Held, frozen=True, gc=False):
    """What control has written for a line of the MSEL (see events.Wrote)."""

    title: str
    to: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]
    marks: tuple[Mark, ...]
    learns: tuple[tuple[str, str, How, Certainty], ...]


class Trace(Held, frozen=True, gc=False):
    """What a happening did (see events.Traced)."""

    fields: tuple[tuple[str, str, Value, Value], ...]
    records: tuple[tuple[str, int], ...]
    told: tuple[str, ...]


class Note(Held, frozen=True, gc=False):
    """What evaluators have noted about teams: see events.Noted."""

    teams: tuple[str, ...]
    guide: str
    rating: str
    word: str
    evidence: tuple[int, ...]
    at_ms: int


class Clock(Held, frozen=True, gc=False):
    """The play clock as last changed; while running, play time goes on from `at_ms` at `speed`."""

    phase: Literal["ready", "running", "paused", "ended"] = "ready"
    at_ms: int = 0
    speed: int = 1
    stopped: bool = False
    why: str = ""
    lost: bool = False


class Due(Held, frozen=True, gc=False, order=True):
    """Something that falls due at a play time: a task's end, a delayed rule, a timed rule, inject or cue, ENDEX."""

    at_ms: int
    sort: Literal["task", "rule", "inject", "cue", "end", "proposal", "shift_on", "shift_over"]
    key: str
    n: int = 0
    bindings: tuple[tuple[str, Bound], ...] = ()
