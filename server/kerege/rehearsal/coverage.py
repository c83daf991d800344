"""What of a pack a rehearsal has reached: found in the log alone, compared with what the pack holds and excuses.

Ids are those of `unreached.yaml`: `action:x`, `action:x/outcome`, `form:x`, `rule:x`, `line:x`, `cue:x` (its text),
`inject:x`, `text:x` (its key), `ending:x`, and `talk:x` for what people do with one another, where a plan has such steps. Forms count among the actions, lines among the cues. A text is excused when
everything that could say it is.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kerege.engine import events as e
from kerege.engine import pack as p
from kerege.engine.faces import thing_of
from kerege.room.log import read_step
from kerege.scenario.plans import talks_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kerege.journal.entry import Sealed

SORTS = ("actions", "rules", "cues", "injects", "texts", "endings", "talks")


class Reachable:
    """All that could be reached in a pack: sort -> id -> who can bring it about (empty: it stands for itself)."""

    def __init__(self, pack: p.Pack) -> None:
        self.pack = pack
        self.of: dict[str, dict[str, set[str]]] = {sort: defaultdict(set) for sort in SORTS}
        self.lines_of_text: dict[str, list[str]] = defaultdict(list)
        self._line_text = {line.id: line.text for line in pack.lines}
        for action in pack.actions:
            self._alone("actions", f"action:{action.id}")
            for outcome in action.outcomes:
                owner = f"action:{action.id}/{outcome.id}"
                self._alone("actions", owner)
                self._by(owner, outcome.effects, outcome.cause)
        for form in pack.forms:
            self._alone("actions", f"form:{form.id}")
            self._by(f"form:{form.id}", form.effects, None)
        for rule in pack.rules:
            self._alone("rules", f"rule:{rule.id}")
            self._by(f"rule:{rule.id}", rule.effects, rule.cause)
        for inject in pack.injects:
            self._alone("injects", f"inject:{inject.id}")
            self._by(f"inject:{inject.id}", inject.effects, None)
        for line in pack.lines:
            self._alone("cues", f"line:{line.id}")
            self.lines_of_text[kebab(line.text)].append(line.id)
            self.of["texts"][f"text:{kebab(line.text)}"].add(f"line:{line.id}")
            self._by(f"line:{line.id}", line.effects, None)
        for ending in pack.endings:
            self._alone("endings", f"ending:{ending.id}")
        for talk in talks_of(pack.plans):
            self._alone("talks", talk)

    def _alone(self, sort: str, name: str) -> None:
        self.of[sort][name] = set()

    def _by(self, owner: str, effects: Iterable[p.AnyEffect], cause: str | None) -> None:
        if cause:
            self.of["texts"][f"text:{kebab(cause)}"].add(owner)
        for effect in effects:
            if isinstance(effect, p.Tell | p.Cue):
                self.of["texts"][f"text:{kebab(effect.text)}"].add(owner)
            if isinstance(effect, p.Cue):
                self.of["cues"][f"cue:{kebab(effect.text)}"].add(owner)


def reached_in(pack: p.Pack, entries: list[Sealed]) -> frozenset[str]:
    """All that a log has reached of a pack, key facts too."""
    events: list[e.AnyEvent] = [event for entry in entries[1:] for event in read_step(entry).events]
    return frozenset(reached(Reachable(pack), events) | facts_learnt(pack, events))


def reached(reachable: Reachable, events: Iterable[e.AnyEvent]) -> set[str]:
    """The ids that a log has reached."""
    return set(_reached(reachable, events))


def _reached(reachable: Reachable, events: Iterable[e.AnyEvent]) -> Iterator[str]:
    injects = {inject.id for inject in reachable.pack.injects}
    for event in events:
        match event:
            case e.TaskStarted(action=action):
                yield f"action:{action}"
            case e.Counted(action=action, outcome=outcome):
                yield f"action:{action}/{outcome}"
            case e.Filed(form=form):
                yield f"form:{form}"
            case e.RuleFired(rule=rule):
                yield f"inject:{rule}" if rule in injects else f"rule:{rule}"
            case e.EndingJudged(ending=ending) if ending:
                yield f"ending:{ending}"
            case (
                e.Requested() | e.RequestSet() | e.Convened() | e.Tabled() | e.Decided() | e.Adjourned() | e.ShiftOver()
            ):
                yield from _talked(event)
            case e.CueGiven(text=text):
                yield f"cue:{text.key}"
                yield f"text:{text.key}"
            case e.Told(text=text) if text.key:
                yield f"text:{text.key}"
                yield from (f"line:{line}" for line in reachable.lines_of_text.get(text.key, ()))
            case e.Happened(title=title, cause=cause):
                yield f"text:{title}"
                yield f"text:{cause}"
            case _:
                pass


def _talked(event: e.AnyEvent) -> Iterator[str]:
    match event:
        case e.Requested():
            yield "talk:request"
        case e.RequestSet(state=("answered" | "declined") as state):
            yield f"talk:{state}"
        case e.Convened():
            yield "talk:convene"
        case e.Tabled():
            yield "talk:table"
        case e.Decided():
            yield "talk:decide"
        case e.Adjourned(minutes=minutes) if minutes:
            yield "talk:minutes"
        case e.ShiftOver(briefed=True):
            yield "talk:hand_over"
        case _:
            pass


def facts_learnt(pack: p.Pack, events: Iterable[e.AnyEvent]) -> set[str]:
    """`fact:x` for each key fact that some team came to hold, whether or not it kept it."""
    teams = {viewer.id for viewer in pack.viewers if viewer.sort == "team"}
    found: set[str] = set()
    for event in events:
        if isinstance(event, e.Learnt) and event.viewer in teams:
            said = (thing_of(event.face), event.field)
            value = str(event.value).partition("/")[0]  # a thing is learnt as one of its faces
            for fact in pack.facts:
                if any(said == each[:2] and each[2] in {None, value} for each in fact.any_of):
                    found.add(f"fact:{fact.id}")
    return found


def compare(reachable: Reachable, found: Collection[str], reasons: Collection[str]) -> dict[str, dict[str, object]]:
    """
    What was reached of each sort.

    Returns:
        sort -> reached, total, missed (all ids that were not reached), unexplained (those without a written reason).
    """
    table: dict[str, dict[str, object]] = {}
    for sort, names in reachable.of.items():
        missed = sorted(name for name in names if name not in found)
        unexplained = [name for name in missed if not _excused(name, names[name], reasons)]
        table[sort] = {
            "reached": len(names) - len(missed),
            "total": len(names),
            "missed": missed,
            "unexplained": unexplained,
        }
    return table


def _excused(name: str, owners: set[str], reasons: Collection[str]) -> bool:
    if _has_reason(name, reasons):
        return True
    return bool(owners) and all(_has_reason(owner, reasons) for owner in owners)


def _has_reason(name: str, reasons: Collection[str]) -> bool:
    """A reason for an action is one for all its outcomes."""
    return name in reasons or name.partition("/")[0] in reasons


def kebab(key: str) -> str:
    """A text key as it stands in files."""
    return key.replace("_", "-")
