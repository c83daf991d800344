"""Consequences: which rules and injects an event sets off, and firing them.

Rules re-run only when what they read has changed: an index from events to the rules that listen. Rounds are bounded;
a pack that runs into the bound is told to control, and the step stands as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerege.engine import events as e
from kerege.engine.context import NO_CONTEXT, Context, context_of
from kerege.engine.draws import draw
from kerege.engine.duties import owe
from kerege.engine.effects import run_effects
from kerege.engine.faces import thing_of
from kerege.engine.injects import is_off_list, run_inject, written
from kerege.engine.pack import Inject
from kerege.engine.trace import traced
from kerege.engine.worlds import TruthWorld

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kerege.engine.held import InjectState, Record, Task
    from kerege.engine.pack import Rule, Trigger
    from kerege.engine.play import Play

ROUNDS_MAX = 16
"""Rounds of consequences of consequences; a pack that needs more turns in a circle."""

Edges = dict[str, None]
"""Rules and early endings whose `becomes` condition is to be looked at, each once, in order."""


def react(play: Play) -> None:
    """Let everything happen that follows from the events so far, round by round."""
    for _ in range(ROUNDS_MAX):
        news = play.events[play.reacted :]
        play.reacted = len(play.events)
        if not news:
            return
        _round(play, news)
    play.emit(e.Happened("happening-rules-bounded"))


def _round(play: Play, news: list[e.AnyEvent]) -> None:
    edges: Edges = dict.fromkeys(play.rules.listeners.always)
    for event in news:
        follow = _FOLLOW.get(type(event))
        if follow is not None:
            follow(play, edges, event)
    for name in play.rules.becomes if edges else ():  # in the pack's order: who has caused a look must not show
        if name in edges:
            _if_becomes(play, name)


def _heard(play: Play, edges: Edges, *listener: Any) -> None:
    """Note the conditions that read this."""
    for name in play.rules.listeners.by_event.get(listener, ()):
        edges[name] = None


def _known(play: Play, edges: Edges, thing: str, field: str) -> None:
    _heard(play, edges, "know", thing, field)
    _heard(play, edges, "know", f"kind:{play.rules.kind_of(thing)}", field)


def _learnt(play: Play, edges: Edges, event: e.Learnt) -> None:
    if event.field not in play.rules.listeners.fields:
        return
    by_event = play.rules.listeners.by_event
    thing = thing_of(event.face)
    if event.handed:  # its team learnt it once, and what follows from that has followed
        _known(play, edges, thing, event.field)
        return
    for rule in by_event.get(("learnt", thing, event.field), ()):
        _if_learnt(play, rule, event)
    if event.source is not None and event.source.sort == "viewer" and event.source.id != event.viewer:
        for rule in by_event.get(("shared", thing, event.field), ()):
            _if_shared(play, rule, event)
    _known(play, edges, thing, event.field)


def _retracted(play: Play, edges: Edges, event: e.Retracted) -> None:
    for n in event.records:
        record: Record = play.state.get("record", (event.viewer, n))
        _known(play, edges, thing_of(record.face), record.field)


def _field_set(play: Play, edges: Edges, event: e.FieldSet) -> None:
    if event.field not in play.rules.listeners.fields:
        return
    _heard(play, edges, "set", event.thing, event.field)
    _heard(play, edges, "set", f"kind:{play.rules.kind_of(event.thing)}", event.field)


def _counted(play: Play, edges: Edges, event: e.Counted) -> None:
    _heard(play, edges, "times", event.action)


def _filed(play: Play, edges: Edges, event: e.Filed) -> None:
    _heard(play, edges, "filed", event.form)
    _heard(play, edges, "things", play.rules.kind_of(event.document))
    for rule in play.rules.listeners.by_event.get(("filed", event.form), ()):
        _if_filed(play, rule, event)


def _rule_fired(play: Play, edges: Edges, event: e.RuleFired) -> None:
    _heard(play, edges, "fired", event.rule)


def _played_set(play: Play, edges: Edges, event: e.PlayedSet) -> None:
    _heard(play, edges, "played", play.rules.viewers[event.viewer].character)


def _seated(play: Play, edges: Edges, event: e.Seated) -> None:
    """Told once for each who is there: the convener's own copy, which is whole, is the one that counts."""
    if event.viewer != event.consultation.rpartition("~")[0]:
        return
    _heard(play, edges, "convened", "")
    here = {viewer for viewer, seat in event.seats if seat == "here"}
    for name, wanted in _waiting(play, "convened"):
        if all(here.intersection(play.rules.viewers_called(team)) for team in wanted.teams):
            trigger(play, name, Context({"asker": event.viewer}, {}, name))


def _decided(play: Play, edges: Edges, event: e.Decided) -> None:
    if event.viewer != event.consultation.rpartition("~")[0]:
        return
    _heard(play, edges, "decided", "")
    for name, wanted in _waiting(play, "decided"):
        if wanted.by is None or event.owner in play.rules.viewers_called(wanted.by):
            trigger(play, name, Context({"asker": event.owner}, {}, name))


def _waiting(play: Play, sort: str) -> Iterator[tuple[str, Trigger]]:
    """Whose trigger is of this sort; conditions that ask for the same listen there too."""
    for name in play.rules.listeners.by_event.get((sort, ""), ()):
        wanted = play.rules.triggers.get(name)
        if wanted is not None and wanted.sort == sort:
            yield name, wanted


def _shift_on(play: Play, edges: Edges, event: e.ShiftOn) -> None:
    del edges
    for name, wanted in _waiting(play, "shift_on"):
        if wanted.by == event.viewer:
            trigger(play, name, Context({"asker": event.viewer}, {}, name))


def _shift_over(play: Play, edges: Edges, event: e.ShiftOver) -> None:
    del edges
    for name, wanted in _waiting(play, "shift_over"):
        if wanted.by == event.viewer and wanted.briefed in {None, event.briefed}:
            trigger(play, name, Context({"asker": event.next}, {}, name))


def _treated(play: Play, edges: Edges, event: e.Treated) -> None:
    del edges
    character = play.rules.viewers[event.viewer].character
    for rule in play.rules.listeners.by_event.get(("treated", character), ()):
        trigger(play, rule, NO_CONTEXT)


def _if_learnt(play: Play, rule_id: str, event: e.Learnt) -> None:
    wanted = play.rules.triggers[rule_id]
    if wanted.by is not None and event.viewer not in play.rules.viewers_called(wanted.by):
        return
    if wanted.value is not None and not _is_value(event, wanted.value):
        return
    trigger(play, rule_id, Context({"asker": event.viewer}, {}, rule_id))


def _if_shared(play: Play, rule_id: str, event: e.Learnt) -> None:
    wanted = play.rules.triggers[rule_id]
    assert event.source is not None
    if wanted.by is not None and event.source.id not in play.rules.viewers_called(wanted.by):
        return
    if wanted.to is not None and event.viewer not in play.rules.viewers_called(wanted.to):
        return
    trigger(play, rule_id, Context({"asker": event.source.id}, {}, rule_id))


def _is_value(event: e.Learnt, wanted: str) -> bool:
    if isinstance(event.value, bool):
        return event.value == (wanted in {"True", "true", "yes"})
    if wanted in {"nobody", "unknown", "None"}:
        return event.value is None
    return str(event.value) == wanted or thing_of(str(event.value)) == wanted


def _task_done(play: Play, edges: Edges, event: e.TaskDone) -> None:
    del edges
    task: Task = play.state.get("task", (event.viewer, event.task))
    waiting = play.rules.listeners.by_event.get(("did", task.action), ())
    if not waiting:
        return
    context = act_context(play, event.viewer, task)
    for rule in waiting:
        wanted = play.rules.triggers[rule]
        if wanted.by is not None and event.viewer not in play.rules.viewers_called(wanted.by):
            continue
        if wanted.outcome is not None and event.outcome != wanted.outcome:
            continue
        trigger(play, rule, context)


def act_context(play: Play, viewer: str, task: Task) -> Context:
    """The context of an act under way or done."""
    takes = {param.name: param.takes for param in play.rules.actions[task.action].params}
    return context_of(task.bindings, viewer, task.unit, takes, task.action)


def _if_filed(play: Play, name: str, event: e.Filed) -> None:
    wanted = play.rules.triggers.get(name)
    if wanted is None or wanted.sort != "filed":
        return
    if wanted.by is not None and event.viewer not in play.rules.viewers_called(wanted.by):
        return
    trigger(play, name, Context({"asker": event.viewer, "document": event.document}, {}, name))


def _if_becomes(play: Play, name: str) -> None:
    world = TruthWorld(play.rules, play.state, play.at_ms)
    holds = bool(play.rules.becomes[name].run(world, {}))
    if holds == play.state.get("edge", name, False):
        return
    play.emit(e.EdgeSet(name, holds))
    if not holds:
        return
    if name in play.rules.rules:
        trigger(play, name, NO_CONTEXT)
    else:
        play.emit(e.Planned(play.at_ms, "end", name))


def trigger(play: Play, rule_id: str, context: Context) -> None:
    """A rule's time has come: plan it after its delay, or let it fire now."""
    form = play.rules.deadlines.get(rule_id)
    if form is not None:
        owe(play, form, context)
        return
    rule = play.rules.rules[rule_id]
    if isinstance(rule, Inject):
        trigger_inject(play, rule)
        return
    late = rule.delay_ms or rule.delay_drawn is not None
    if rule.once and (play.state.get("fired", rule_id) or (late and _is_planned(play, rule_id))):
        return
    if late:
        pairs = [*context.things.items(), *((f"@{thing}", face) for thing, face in context.face_of.items())]
        due_ms = play.at_ms + delay_ms(play, rule, context)
        play.emit(e.Planned(due_ms, "rule", rule_id, bindings=tuple(pairs)))
    else:
        fire_rule(play, rule, context)


def delay_ms(play: Play, rule: Rule, context: Context) -> int:
    """How long after its trigger a rule does what it does; a part of it may be drawn, in whole seconds."""
    if rule.delay_drawn is None:
        return rule.delay_ms
    drawn_s = draw(play, f"rule:{rule.id}", context.things.get("asker", ""), rule.delay_drawn)
    return rule.delay_ms + drawn_s * 1000


def _is_planned(play: Play, rule: str) -> bool:
    return any(due.sort == "rule" and due.key == rule for due in play.state.get("due", "due", ()))


def planned_context(bindings: Iterable[tuple[str, Any]], label: str) -> Context:
    """The context that a delayed rule was planned with."""
    pairs = list(bindings)
    things = {name: value for name, value in pairs if not name.startswith("@")}
    return Context(things, {name[1:]: face for name, face in pairs if name.startswith("@")}, label)


def fire_rule(play: Play, rule: Rule, context: Context) -> None:
    """Do what a rule does, if its condition holds now."""
    if rule.once and play.state.get("fired", rule.id):
        return
    condition = play.rules.rule_condition[rule.id]
    if condition is not None and not condition.run(TruthWorld(play.rules, play.state, play.at_ms), context.things):
        return
    play.emit(e.RuleFired(rule.id))
    if rule.cause:
        play.emit(e.Happened(rule.cause.replace("_", "-"), who=str(context.things.get("asker", ""))))
    here = Context(context.things, context.face_of, rule.id)
    with traced(play, shown=bool(rule.cause)):
        run_effects(play, play.rules.rule_effects[rule.id], here)


def trigger_inject(play: Play, inject: Inject) -> None:
    """An inject's moment has come: it fires, or waits for control where that holds it."""
    now: InjectState | None = play.state.get("inject", inject.id)
    if now is not None and now.state == "held":
        play.emit(e.InjectSet(inject.id, "held", play.at_ms, now.why))
    elif (
        (now is None or now.state in {"waiting", "passed"})
        and not fire_inject(play, inject, checked=True)
        and now is not None
        and now.state == "waiting"
        and is_timed(inject)
        and now.due_ms is not None
        and now.due_ms <= play.at_ms
    ):
        play.emit(e.InjectSet(inject.id, "passed", now.due_ms))


def is_timed(inject: Inject) -> bool:
    """Whether its moment comes once, by the clock; the story or control's hand may still bring it later."""
    return inject.trigger is not None and inject.trigger.sort in {"at", "start"}


def fire_inject(play: Play, inject: Inject, *, checked: bool, why: str = "") -> bool:
    """
    Bring an inject to those it is for.

    `checked`: only if its condition holds (control's own hand skips that). False: it did not hold.
    """
    condition = play.rules.rule_condition.get(inject.id)
    world = TruthWorld(play.rules, play.state, play.at_ms)
    if checked and condition is not None and not condition.run(world, {}):
        return False
    play.emit(e.InjectSet(inject.id, "fired", play.at_ms, why))
    play.emit(e.RuleFired(inject.id))
    own = written(play.state, inject.id)
    if is_off_list(inject.id):
        assert own is not None
        play.emit(e.Happened("inject-off-list", to=own.to, word=own.title))
    else:
        cause = "inject-rewritten" if own is not None else ""
        play.emit(e.Happened(f"inject-{inject.id.replace('_', '-')}", cause))
    with traced(play):
        run_inject(play, inject, Context({}, {}, f"inject:{inject.id}"))
    return True


_FOLLOW: dict[type, Callable[[Play, Edges, Any], None]] = {
    e.Learnt: _learnt,
    e.Retracted: _retracted,
    e.FieldSet: _field_set,
    e.TaskDone: _task_done,
    e.Counted: _counted,
    e.Filed: _filed,
    e.RuleFired: _rule_fired,
    e.PlayedSet: _played_set,
    e.Treated: _treated,
    e.Seated: _seated,
    e.Decided: _decided,
    e.ShiftOn: _shift_on,
    e.ShiftOver: _shift_over,
}
