"""Rules and injects: consequences, and the lines of the MSEL."""

from __future__ import annotations

from kerege.engine.bindings import Names
from kerege.engine.pack import Inject, Rule
from kerege.scenario.desk import Desk, Scope
from kerege.scenario.drawn import read_drawn_delay
from kerege.scenario.effects import read_effects
from kerege.scenario.expressions import read_condition
from kerege.scenario.library import Entry
from kerege.scenario.schema import BetweenForm, InjectForm, RuleForm
from kerege.scenario.triggers import names_of, read_trigger
from kerege.scenario.values import read_duration


def declare_fires(desk: Desk, rules: list[Entry[RuleForm]], injects: list[Entry[InjectForm]]) -> None:
    """Put the ids of rules and injects on the desk; they share one namespace."""
    for rule in rules:
        desk.fires.add(rule.form.id)
    for inject in injects:
        if inject.form.id in desk.fires:
            desk.error(inject.at / "id", f"{inject.form.id!r} is also a rule")
        desk.fires.add(inject.form.id)
        desk.injects[inject.form.id] = Inject(inject.form.id, inject.form.sort, (), ())


def read_rules(desk: Desk, entries: list[Entry[RuleForm]]) -> tuple[Rule, ...]:
    """Compile the rules."""
    for entry in entries:
        form, at = entry.form, entry.at
        trigger = read_trigger(desk, at / "when", form.when, from_library=entry.from_library)
        names = names_of(desk, form.when)
        scope = Scope(names or {}, entry.from_library)
        condition = None if names is None else read_condition(desk, at / "if", form.if_, "truth", names)
        effects = () if names is None else read_effects(desk, at / "then", form.then, scope)
        cause = desk.use(at / "cause", form.cause, Scope(), "control")
        drawn = read_drawn_delay(desk, at / "delay", form.delay) if isinstance(form.delay, BetweenForm) else None
        delay_ms = 0 if isinstance(form.delay, BetweenForm) else read_duration(desk, at / "delay", form.delay)
        if trigger is not None and trigger.action not in desk.dropped_actions:
            desk.rules[form.id] = Rule(form.id, trigger, effects, condition, delay_ms, form.once, cause, drawn)
    return tuple(desk.rules.values())


def read_injects(desk: Desk, entries: list[Entry[InjectForm]]) -> tuple[Inject, ...]:
    """Compile the injects."""
    for entry in entries:
        form, at = entry.form, entry.at
        trigger = None
        if form.when is not None:
            trigger = read_trigger(desk, at / "when", form.when, from_library=entry.from_library)
        for index, to in enumerate(form.to):
            desk.refer(at / "to" / index, to, {*desk.viewers, *desk.agencies}, "team or agency")
        names: Names = {}  # control may fire an inject by hand, when there is no act whose names it could use
        scope = Scope(names, entry.from_library)
        desk.injects[form.id] = Inject(
            form.id,
            form.sort,
            tuple(form.to),
            read_effects(desk, at / "then", form.then, scope),
            trigger,
            read_condition(desk, at / "if", form.if_, "truth", names),
            form.held,
            form.storyline or "",
        )
    return tuple(desk.injects.values())
