"""How a story hangs together: which act, rule or inject teaches which key fact to whom, and what waits for what.

Read from the compiled pack, for pictures. It errs towards drawing a road: conditions are not weighed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from kerege.engine.bindings import Names, action_names, form_names, trigger_names
from kerege.engine.conditions import Condition, compile_condition
from kerege.engine.conditions.exprtype import TICK
from kerege.engine.conditions.vocabulary import Types
from kerege.engine.marks import MARK, marks_in
from kerege.engine.pack import Add, AnyEffect, Cue, Fact, Fire, Learn, Pack, Say, Set, Tell, Trigger

Sort = Literal["team", "action", "form", "rule", "inject", "fact", "ending"]
START = "from the start"
WATCHING = "by watching"


@dataclass(frozen=True)
class Node:
    """One box: `title` in a reader's words, `name` as the pack calls it."""

    sort: Sort
    name: str
    title: str

    @property
    def id(self) -> str:
        return f"{self.sort}:{self.name}"


@dataclass
class StoryGraph:
    """Boxes, arrows between them (from, to), and who learns which fact through what: (fact, team) -> ids or words."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: set[tuple[str, str]] = field(default_factory=set)
    reveals: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def around(self, middle: Iterable[str], before: int, after: int) -> dict[str, int]:
        """The boxes so many arrows away from some in the middle: id -> its layer, the middle being 0."""
        layers = dict.fromkeys(middle, 0)
        for step, count in ((-1, before), (1, after)):
            rim = set(layers) if step < 0 else {name for name, layer in layers.items() if layer == 0}
            for n in range(1, count + 1):
                near = {
                    (a if step < 0 else b) for a, b in self.edges if (b if step < 0 else a) in rim
                } - set(layers)  # fmt: skip
                layers.update(dict.fromkeys(near, n * step))
                rim = near
        return layers

    def without_teams(self, but: str) -> StoryGraph:
        """The same without the other teams' boxes."""
        kept = {name: node for name, node in self.nodes.items() if node.sort != "team" or node.name == but}
        edges = {edge for edge in self.edges if edge[0] in kept and edge[1] in kept}
        return StoryGraph(kept, edges, self.reveals)


def read_graph(pack: Pack, language: str) -> StoryGraph:
    """The graph of a whole pack, titled in a language."""
    return _Reading(pack, language).graph


class _Reading:
    def __init__(self, pack: Pack, language: str) -> None:
        self.pack = pack
        self.graph = StoryGraph()
        self._texts = pack.texts.get(language, pack.texts.get(pack.language_default, {}))
        self._types = Types.of(pack)
        self._kinds = {thing.id: thing.kind for thing in pack.things}
        self._actions = {action.id: action for action in pack.actions}
        self._forms = {form.id: form for form in pack.forms}
        self._lines = {line.id: line for line in pack.lines}
        self._teams = [viewer for viewer in pack.viewers if viewer.sort == "team"]
        self._sets: list[tuple[str, str, str]] = []
        """(box, thing or kind, field): what changes the truth."""
        self._reads: list[tuple[str, str, str]] = []
        """(box, thing or kind:…, field): what looks at the truth."""
        self._boxes()
        self._known_from_the_start()
        self._acts()
        self._followers()
        self._truth()

    # -- boxes -------------------------------------------------------------------------------------------------------

    def _boxes(self) -> None:
        pack = self.pack
        for team in self._teams:
            self._box("team", team.id)
        for action in pack.actions:
            self._box("action", action.id)
        for form in pack.forms:
            self._box("form", form.id)
        for rule in pack.rules:
            self._box("rule", rule.id, rule.cause)
        for inject in pack.injects:
            self._box("inject", inject.id)
        for fact in pack.facts:
            self._box("fact", fact.id)
        for ending in pack.endings:
            self._box("ending", ending.id)

    def _box(self, sort: Sort, name: str, key: str | None = None) -> None:
        text = self._texts.get((key or f"{sort}-{name}").replace("_", "-"), name.replace("_", " "))
        node = Node(sort, name, " ".join(MARK.sub(lambda found: found[1], text).split()))
        self.graph.nodes[node.id] = node

    # -- who learns what through what --------------------------------------------------------------------------------

    def _known_from_the_start(self) -> None:
        self._effects(START, self.pack.starts_with, {}, ())
        for team in self._teams:
            self._text(START, f"brief-{team.id}".replace("_", "-"), {}, [team.id])
            if team.units:
                seen = {(kind.id, each.id) for kind in self.pack.kinds for each in kind.fields if each.perceivable}
                for subject, name in seen:
                    self._teach(WATCHING, [subject], name, None, [team.id])

    def _acts(self) -> None:
        for action in self.pack.actions:
            box, names, teams = f"action:{action.id}", action_names(action), self._viewers(action.by)
            self.graph.edges |= {(f"team:{team}", box) for team in teams}
            for outcome in action.outcomes:
                self._effects(box, outcome.effects, names, teams)
                self._look(box, outcome.condition, names, "truth")
            self._look(box, action.requires, names, "view")
        for form in self.pack.forms:
            box, teams = f"form:{form.id}", self._viewers(form.by)
            self.graph.edges |= {(f"team:{team}", box) for team in teams}
            self._effects(box, form.effects, form_names(form), teams)

    def _followers(self) -> None:
        for rule in self.pack.rules:
            box, names = f"rule:{rule.id}", trigger_names(rule.trigger, self._actions, self._forms)
            self._effects(box, rule.effects, names, self._askers(rule.trigger))
            self._look(box, rule.condition, names, "truth")
            self._trigger(box, rule.trigger)
        for inject in self.pack.injects:
            box = f"inject:{inject.id}"
            self._effects(box, inject.effects, {}, ())
            self._look(box, inject.condition, {}, "truth")
            if inject.trigger is not None:
                self._trigger(box, inject.trigger)
        for ending in self.pack.endings:
            self._look(f"ending:{ending.id}", ending.condition, {}, "truth")

    def _trigger(self, box: str, trigger: Trigger) -> None:
        match trigger.sort:
            case "learnt" | "shared":
                for fact in self._facts(trigger.subject or "", trigger.field or "", trigger.value):
                    self.graph.edges.add((f"fact:{fact}", box))
            case "did":
                self.graph.edges.add((f"action:{trigger.action}", box))
            case "filed":
                self.graph.edges.add((f"form:{trigger.form}", box))
            case "becomes":
                self._look(box, trigger.condition, {}, "truth")

    def _look(self, box: str, source: str | None, names: Names, scope: Literal["view", "truth"]) -> None:
        """A condition waits for facts that it asks whether somebody knows, and for truth that others change."""
        if source is None:
            return
        condition: Condition = compile_condition(source, self._types, scope, names, TICK)
        asked = {(ask[1], ask[2]) for ask in condition.asks if ask[0] == "knows"}
        for key, name in asked | (set(condition.reads) if scope == "view" else set()):
            for fact in self._facts(key.removeprefix("kind:"), name, None):
                self.graph.edges.add((f"fact:{fact}", box))
        if scope == "truth":
            self._reads += [(box, key.removeprefix("kind:"), name) for key, name in condition.reads]

    def _truth(self) -> None:
        """Who changes what somebody else looks at; a thing and its kind meet."""
        for setter, subject, name in self._sets:
            for reader, key, wanted in self._reads:
                same = subject == key or self._kinds.get(subject) == key or self._kinds.get(key) == subject
                if name == wanted and same and setter != reader and not reader.startswith("action:"):
                    self.graph.edges.add((setter, reader))

    def _effects(self, box: str, effects: Iterable[AnyEffect], names: Names, askers: Iterable[str]) -> None:
        askers = tuple(askers)
        for effect in effects:
            match effect:
                case Learn():
                    subjects = self._subjects(effect.subject, names)
                    self._teach(box, subjects, effect.field, effect.value, self._who(effect.who, askers))
                case Tell():
                    self._text(box, effect.text, names, self._who(effect.who, askers))
                case Say(line=name, who=who) if name in self._lines:
                    self._text(box, self._lines[name].text, names, self._who(who, askers))
                    self._effects(box, self._lines[name].effects, {}, askers)
                case Fire(inject=inject):
                    self.graph.edges.add((box, f"inject:{inject}"))
                case Set() | Add():
                    self._sets += [(box, subject, effect.field) for subject in self._subjects(effect.subject, names)]
                case Cue():
                    pass  # an actor's road is a line, and lines go to whomever they are said

    def _text(self, box: str, key: str, names: Names, who: Iterable[str]) -> None:
        for mark in marks_in(self._texts.get(key, "")):
            if mark.field is not None:
                self._teach(box, self._subjects(mark.subject, names), mark.field, mark.value, who)

    def _teach(self, box: str, subjects: Iterable[str], name: str, value: str | None, who: Iterable[str]) -> None:
        who = tuple(who)
        for fact in {fact for subject in subjects for fact in self._facts(subject, name, value)}:
            for team in who:
                roads = self.graph.reveals.setdefault((fact, team), [])
                if box not in roads:
                    roads.append(box)
            if who and box in self.graph.nodes:
                self.graph.edges.add((box, f"fact:{fact}"))

    # -- names -------------------------------------------------------------------------------------------------------

    def _facts(self, subject: str, name: str, value: str | None) -> Iterator[str]:
        """Key facts that are about a field of a thing, or of any thing of a kind; a lie is about none."""
        for fact in self.pack.facts:
            if any(self._is_about(each, subject, name, value) for each in _parts(fact)):
                yield fact.id

    def _is_about(self, part: tuple[str, str, str | None], subject: str, name: str, value: str | None) -> bool:
        thing, wanted, its = part
        return name == wanted and subject in {thing, self._kinds.get(thing)} and (value is None or its in {None, value})

    def _subjects(self, subject: str, names: Names) -> list[str]:
        return sorted(names[subject].kinds) if subject in names else [subject]

    def _askers(self, trigger: Trigger) -> list[str]:
        action, form = self._actions.get(trigger.action or ""), self._forms.get(trigger.form or "")
        by = (trigger.by,) if trigger.by else action.by if action else form.by if form else ("everyone",)
        return self._viewers(by)

    def _who(self, who: str, askers: tuple[str, ...]) -> list[str]:
        if who == "asker":
            return list(askers)
        if who == "present":
            return [team.id for team in self._teams if team.units]
        return self._viewers((who,))

    def _viewers(self, by: Iterable[str]) -> list[str]:
        by = set(by)
        return [team.id for team in self._teams if "everyone" in by or {team.id, team.agency} & by]


def _parts(fact: Fact) -> tuple[tuple[str, str, str | None], ...]:
    return fact.any_of
