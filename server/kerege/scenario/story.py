"""What frames a story: first knowledge, key facts and must-shares, endings, measures, what observers may get."""

from __future__ import annotations

import re

from kerege.engine.pack import AnyEffect, Consequence, Ending, Fact, Learn, Measure, Redaction, Same, Share, Tell, Watch
from kerege.scenario.desk import Desk, Scope
from kerege.scenario.effects import read_effect
from kerege.scenario.expressions import read_condition, read_edge, read_number
from kerege.scenario.library import Entry
from kerege.scenario.places import At
from kerege.scenario.problems import nearest
from kerege.scenario.schema import (
    REF_PATTERN,
    ConsequenceForm,
    EffectForm,
    EndingForm,
    FactForm,
    FactValueForm,
    MeasureForm,
    RedactionForm,
)
from kerege.scenario.values import bare, read_duration, read_value
from kerege.scenario.who import read_group


def read_starts(desk: Desk, entries: list[Entry[EffectForm]]) -> tuple[AnyEffect, ...]:
    """First knowledge: only what teaches, nothing that changes the truth."""
    effects: list[AnyEffect] = []
    for entry in entries:
        read = read_effect(desk, entry.at, entry.form, Scope())
        if any(not isinstance(effect, Learn | Tell | Same | Watch) for effect in read):
            desk.error(entry.at, "only learn, tell, same and watch may stand here")
        effects.extend(read)
    return tuple(effects)


def read_facts(desk: Desk, entries: list[Entry[FactForm]]) -> tuple[tuple[Fact, ...], tuple[Share, ...]]:
    """Key facts, and who should pass them on to whom in what time."""
    facts: list[Fact] = []
    shares: list[Share] = []
    for entry in entries:
        form, at = entry.form, entry.at
        found = [read_fact(desk, at / "any_of" / index, fact) for index, fact in enumerate(form.any_of)]
        facts.append(Fact(form.id, tuple(fact for fact in found if fact), form.element))
        for index, share in enumerate(form.must_share):
            here = at / "must_share" / index
            from_ = read_group(desk, here / "from", share.from_, Scope())
            to = read_group(desk, here / "to", share.to, Scope())
            within_ms = read_duration(desk, here / "within", share.within)
            if from_ and to:
                shares.append(Share(form.id, from_, to, within_ms))
    return tuple(facts), tuple(shares)


def read_fact(desk: Desk, at: At, form: str | FactValueForm) -> tuple[str, str, str | None] | None:
    """`thing.field`, or the same with a value: (thing, field, value as the compiled pack writes it)."""
    reference = form if isinstance(form, str) else form.fact
    if not re.match(REF_PATTERN, reference):
        desk.error(at, f"{reference!r} is not of the form thing.field")
        return None
    found = desk.field_of(at if isinstance(form, str) else at / "fact", reference, Scope())
    if found is None:
        return None
    subject, name, declared = found
    if isinstance(form, str) or "value" not in form.model_fields_set:
        return subject, name, None
    return subject, name, bare(read_value(desk, at / "value", declared, form.value))


def read_endings(desk: Desk, entries: list[Entry[EndingForm]]) -> tuple[Ending, ...]:
    """Endings, in the author's order."""
    endings = []
    for entry in entries:
        if entry.form.early:
            condition = read_edge(desk, entry.at / "if", entry.form.if_)
        else:
            condition = read_condition(desk, entry.at / "if", entry.form.if_, "truth", {})
        endings.append(Ending(entry.form.id, condition or "True", entry.form.early))
    if endings and endings[-1].condition != "True":
        desk.warn(entries[-1].at, "the last ending does not always hold (if: true): the story may end without one")
    return tuple(endings)


def read_measures(desk: Desk, entries: list[Entry[MeasureForm]]) -> tuple[Measure, ...]:
    """Numbers for the debrief."""
    return tuple(_measure(desk, entry) for entry in entries)


def _measure(desk: Desk, entry: Entry[MeasureForm]) -> Measure:
    form, at = entry.form, entry.at / "bands"
    value = read_number(desk, entry.at / "value", form.value, {})
    if form.bands is None:
        return Measure(form.id, value)
    times = [isinstance(bound, str) for bound in form.bands]
    if any(times) and not all(times):
        desk.error(at, "bounds are three times or three numbers")
        return Measure(form.id, value)
    bands = tuple(
        read_duration(desk, at / n, bound) // 1000 if isinstance(bound, str) else bound
        for n, bound in enumerate(form.bands)
    )
    if list(bands) not in (sorted(bands), sorted(bands, reverse=True)):
        desk.error(at, "bounds rise (less is better) or fall (more is better)")
    return Measure(form.id, value, bands, all(times))


def read_consequences(desk: Desk, entries: list[Entry[ConsequenceForm]]) -> tuple[Consequence, ...]:
    """What the exercise meant for the persons of the story, in words."""
    for entry in entries:
        desk.refer(entry.at / "of", entry.form.of, desk.things, "thing")
    return tuple(
        Consequence(
            entry.form.id,
            entry.form.of,
            read_condition(desk, entry.at / "if", entry.form.if_, "truth", {}) or "False",
        )
        for entry in entries
    )


def read_redactions(desk: Desk, entries: list[Entry[RedactionForm]]) -> tuple[Redaction, ...]:
    """What observers may get, field by field."""
    for entry in entries:
        form, at = entry.form, entry.at
        if not desk.refer(at / "kind", form.kind, desk.kinds, "kind"):
            continue
        declared = desk.fields.get((form.kind, form.field))
        if declared is None:
            known = [field.id for field in desk.kinds[form.kind].fields]
            desk.error(at / "field", f"a {form.kind} has no field {form.field!r}", nearest(form.field, known))
        elif form.give == "pseudonym" and not declared.naming:
            desk.error(at / "give", "only a naming field has a pseudonym")
        elif form.give == "same" and (declared.naming or declared.protected):
            what = "a name" if declared.naming else "protected"
            desk.error(at / "give", f"{form.field!r} is {what}; observers never get it as it is")
    return tuple(Redaction(entry.form.kind, entry.form.field, entry.form.give) for entry in entries)
