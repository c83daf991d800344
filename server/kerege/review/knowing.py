"""Who knew what when, and what was not recorded as shared: read from the log, for every team of the story.

Rules: teams are told of, never persons. Nothing is judged: what nobody wrote down is "not recorded as shared", and what
differs from how it was is "recorded otherwise". What a protected field holds is never repeated, only that it was known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from kerege.engine.events import AnyEvent, ClockSet, Disputed, FieldSet, Learnt, Retracted, StandInSet, Thinking
from kerege.engine.faces import thing_of
from kerege.engine.held import Record, Source
from kerege.engine.pack import Certainty, Fact, How, Share, Value
from kerege.engine.rules import Rules
from kerege.journal.entry import Sealed
from kerege.review.story import Story
from kerege.room.exercise import Exercise

GapState = Literal["never", "late", "time_not_up"]


@dataclass(frozen=True)
class Holding:
    """When a team first held a key fact, how, from whom and how sure. `lost_ms`: since when no record of it stood."""

    fact: str
    team: str
    at_ms: int
    how: How
    source: Source | None
    certainty: Certainty
    lost_ms: int | None = None


@dataclass(frozen=True)
class Passing:
    """A team first had a key fact from another: by a share, or noted as heard from it."""

    fact: str
    source: str
    team: str
    at_ms: int
    how: How


@dataclass(frozen=True)
class Gap:
    """A must-share that the log does not show in time: `team` held the fact, `to` has it late or not at all."""

    fact: str
    team: str
    to: str
    held_ms: int
    within_ms: int
    got_ms: int | None
    state: GapState


@dataclass(frozen=True)
class TakenBack:
    """A record of a team that was retracted, or that the person named as its source disputed."""

    team: str
    face: str
    field: str
    at_ms: int
    state: Literal["retracted", "disputed"]


@dataclass(frozen=True)
class Thought:
    """A team was let stop and think; `until_ms` None: it still is."""

    team: str
    from_ms: int
    until_ms: int | None = None


@dataclass(frozen=True)
class Otherwise:
    """A claimed or heard record that differs from how it was at that moment. `value` is None for a protected field."""

    team: str
    face: str
    field: str
    value: Value
    at_ms: int
    how: How
    source: Source | None
    certainty: Certainty
    protected: bool
    key: bool
    """Whether a key fact of the story is about this field."""


@dataclass(frozen=True)
class Knowing:
    """What the log tells of knowledge. `exercise` stands at the end of the log, `end_ms` at the end of play."""

    exercise: Exercise
    holdings: tuple[Holding, ...]
    passings: tuple[Passing, ...]
    gaps: tuple[Gap, ...]
    taken_back: tuple[TakenBack, ...]
    otherwise: tuple[Otherwise, ...]
    stood_in: frozenset[str]
    """Viewers that a stand-in played for some of the time."""
    end_ms: int
    thought: tuple[Thought, ...] = ()

    def holding(self, fact: str, team: str) -> Holding | None:
        """When a team first held a fact."""
        return next((each for each in self.holdings if (each.fact, each.team) == (fact, team)), None)


def read_knowing(entries: Iterable[Sealed]) -> Knowing:
    """
    Walk a log and note who knew what when.

    Raises:
        NoStory, WrongLog: As for `Story`.
        Broken: The entries are of a file that does not hold.
    """
    story = Story(entries)
    notes = _Notes(story.exercise)
    for stretch in story.walk():
        notes.begin(stretch.events)
        for event in stretch.events:
            notes.take(event, stretch.at_ms)
    return notes.knowing()


def is_fact(fact: Fact, thing: str, field_id: str, value: Value) -> bool:
    """Whether a record of this thing and field, with this value, makes a key fact known."""
    return any(
        thing == wanted_thing and field_id == wanted_field and _is_value(value, wanted)
        for wanted_thing, wanted_field, wanted in fact.any_of
    )


def _is_value(value: Value, wanted: str | None) -> bool:
    """Whether a record's value is one that a pack writes bare; a thing is known by any of its faces. None: any value."""
    if value is None:
        return False
    return wanted is None or wanted in {str(value), thing_of(str(value))}


@dataclass
class _Held:
    """A team's holding as it builds up: the first, and the slots of the records that stand."""

    first: Holding
    standing: set[tuple[str, str, How, Source | None]] = field(default_factory=set)
    lost_ms: int | None = None


class _Notes:
    """What is noted on the way."""

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._rules: Rules = exercise.rules
        self._teams = frozenset(self._rules.all_teams)
        self._truth: dict[tuple[str, str], Value] = dict(exercise.state.tables["truth"])
        self._soon: dict[tuple[str, str], Value] = {}
        self._facts: dict[tuple[str, str], list[Fact]] = {}
        for fact in self._rules.pack.facts:
            for thing, field_id in dict.fromkeys((thing, field_id) for thing, field_id, _ in fact.any_of):
                self._facts.setdefault((thing, field_id), []).append(fact)
        self._held: dict[tuple[str, str], _Held] = {}
        self._passed: dict[tuple[str, str, str], Passing] = {}
        self._taken_back: list[TakenBack] = []
        self._otherwise: dict[tuple[str, str, str, Value], Otherwise] = {}
        self._stood_in: set[str] = set()
        self._thought: list[Thought] = []
        self._end_ms: int | None = None

    def begin(self, events: Iterable[AnyEvent]) -> None:
        """Look ahead over one step: a choice is told and becomes true in the same breath."""
        self._soon = {(event.thing, event.field): event.value for event in events if isinstance(event, FieldSet)}

    def take(self, event: AnyEvent, at_ms: int) -> None:
        """Note one event. The exercise stands after the whole entry that it is of."""
        if isinstance(event, FieldSet):
            self._truth[event.thing, event.field] = event.value
        elif isinstance(event, Learnt):
            if event.viewer in self._teams:
                self._learnt(event, at_ms)
        elif isinstance(event, Retracted):
            for n in event.records:
                self._withdrawn(event.viewer, n, at_ms, "retracted")
        elif isinstance(event, Disputed):
            self._withdrawn(event.viewer, event.record, at_ms, "disputed")
        elif isinstance(event, StandInSet):
            if event.profile:
                self._stood_in.add(event.viewer)
        elif isinstance(event, Thinking):
            self._think(event, at_ms)
        elif isinstance(event, ClockSet) and event.phase == "ended" and self._end_ms is None:
            self._end_ms = event.at_ms

    def _think(self, event: Thinking, at_ms: int) -> None:
        if event.on:
            self._thought.append(Thought(event.viewer, at_ms))
            return
        for place, thought in enumerate(self._thought):
            if thought.team == event.viewer and thought.until_ms is None:
                self._thought[place] = Thought(thought.team, thought.from_ms, at_ms)

    def _learnt(self, event: Learnt, at_ms: int) -> None:
        thing = thing_of(event.face)
        slot = (event.face, event.field, event.how, event.source)
        for fact in self._facts.get((thing, event.field), ()):
            if is_fact(fact, thing, event.field, event.value):
                self._holds(fact, event, slot, at_ms)
        if event.certainty == "claimed" or event.how == "heard":
            self._compare(event, thing, at_ms)

    def _holds(self, fact: Fact, event: Learnt, slot: tuple[str, str, How, Source | None], at_ms: int) -> None:
        team = event.viewer
        held = self._held.get((fact.id, team))
        if held is None:
            first = Holding(fact.id, team, at_ms, event.how, event.source, event.certainty)
            held = self._held[fact.id, team] = _Held(first)
        held.standing.add(slot)
        held.lost_ms = None
        source = Source("viewer", event.handed) if event.handed else event.source
        if source is not None and source.sort == "viewer" and source.id in self._teams:
            key = (fact.id, source.id, team)
            self._passed.setdefault(key, Passing(fact.id, source.id, team, at_ms, event.how))

    def _compare(self, event: Learnt, thing: str, at_ms: int) -> None:
        """Note a claimed or heard value that differs from the truth of this moment; typed words cannot be compared."""
        declared = self._rules.field_of_face(event.face, event.field)
        value = event.value
        if declared.type == "thing" and value is not None:
            value = thing_of(str(value))
        typed = declared.type == "text" and str(value).startswith("word:")
        true = (self._truth.get((thing, event.field)), self._soon.get((thing, event.field)))
        if value is None or typed or value in true:
            return
        key = (thing, event.field) in self._facts
        shown = None if declared.protected else event.value
        self._otherwise.setdefault(
            (event.viewer, event.face, event.field, event.value),
            Otherwise(
                event.viewer, event.face, event.field, shown, at_ms, event.how, event.source, event.certainty,
                declared.protected, key,
            ),
        )  # fmt: skip

    def _withdrawn(self, viewer: str, n: int, at_ms: int, state: Literal["retracted", "disputed"]) -> None:
        if viewer not in self._teams:
            return
        record: Record = self._exercise.state.get("record", (viewer, n))
        self._taken_back.append(TakenBack(viewer, record.face, record.field, at_ms, state))
        if state == "disputed":
            return
        slot = (record.face, record.field, record.how, record.source)
        for fact in self._facts.get((thing_of(record.face), record.field), ()):
            held = self._held.get((fact.id, viewer))
            if held is not None:
                held.standing.discard(slot)
                if not held.standing:
                    held.lost_ms = at_ms

    def knowing(self) -> Knowing:
        """All that was noted."""
        end_ms = self._exercise.at_ms if self._end_ms is None else self._end_ms
        order = {fact.id: n for n, fact in enumerate(self._rules.pack.facts)}
        holdings = [
            Holding(first.fact, first.team, first.at_ms, first.how, first.source, first.certainty, held.lost_ms)
            for held in self._held.values()
            for first in (held.first,)
        ]
        holdings.sort(key=lambda each: (order[each.fact], each.at_ms, self._rules.all_teams.index(each.team)))
        gaps = [gap for share in self._rules.pack.must_share if (gap := self._gap(share, end_ms)) is not None]
        return Knowing(
            self._exercise,
            tuple(holdings),
            tuple(self._passed.values()),
            tuple(gaps),
            tuple(self._taken_back),
            tuple(self._otherwise.values()),
            frozenset(self._stood_in),
            end_ms,
            tuple(self._thought),
        )

    def _gap(self, share: Share, end_ms: int) -> Gap | None:
        """What is not recorded of a must-share; None where it is, or where there was nothing (left) to share."""
        held = self._first(share.fact, share.from_)
        got = self._first(share.fact, share.to)
        if held is None:
            return None
        due_ms = held.first.at_ms + share.within_ms
        got_ms = None if got is None else got.first.at_ms
        if got_ms is not None and got_ms <= due_ms:
            return None
        if held.lost_ms is not None and held.lost_ms <= due_ms:
            return None
        state: GapState = "late" if got_ms is not None else "never" if due_ms <= end_ms else "time_not_up"
        return Gap(share.fact, share.from_, share.to, held.first.at_ms, share.within_ms, got_ms, state)

    def _first(self, fact: str, who: str) -> _Held | None:
        """The first holding among the teams that a team's or agency's id stands for."""
        found = [held for team in self._rules.viewers_called(who) if (held := self._held.get((fact, team))) is not None]
        return min(found, key=lambda held: held.first.at_ms) if found else None
