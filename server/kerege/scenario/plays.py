"""Plays: proofs beside a pack, in words. Given a seed, when these acts, then this is known, true and has happened.

Only read and checked here; whoever runs them finds every id known and every step's place for its report.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kerege.engine.pack import Pack, Value
from kerege.scenario.compile import Compiled
from kerege.scenario.desk import Desk, Scope
from kerege.scenario.entries import read_entry
from kerege.scenario.library import file_name
from kerege.scenario.places import At
from kerege.scenario.plans import check_asks, check_form_values
from kerege.scenario.problems import Problem, nearest
from kerege.scenario.reading import NOT_PLAIN, read_file, read_yaml
from kerege.scenario.schema import (
    FactValueForm,
    KnowsForm,
    OutlookForm,
    PlayForm,
    PlayStepForm,
)
from kerege.scenario.story import read_fact
from kerege.scenario.values import read_duration, read_value

StepSort = Literal[
    "wait", "do", "share", "heard", "says", "file", "steer", "treats",
    "request", "respond", "convene", "attend", "table", "decide", "adjourn", "hands_over",
]  # fmt: skip

ACTS: tuple[StepSort, ...] = (
    "do", "share", "heard", "says", "file", "steer", "treats",
    "request", "respond", "convene", "attend", "table", "decide", "adjourn", "hands_over",
)  # fmt: skip

Known = tuple[str, str, str | None]
"""Thing, field, and the value as the compiled pack writes it (None: any)."""


@dataclass(frozen=True)
class PlayStep:
    """
    One step. `at_ms` (if any) is the play time before which it does not happen; `by` is a viewer.

    `sort` says which of the others are set: `do`: action, asks, unit; `share`: subject, field, to; `heard`: source,
    subject, field, value; `says`: lines, to; `file`: form, values; `steer`: inject, act; `treats`: answers;
    `request`: subject, field, form, words, within_ms, to; `respond`: act, words; `convene`: words, to; `attend`: come;
    `table`: subject, field; `decide`: words, owner, within_ms; `hands_over`: things, or everything.
    """

    place: str
    """`file:line:col`, for reports."""
    sort: StepSort
    by: str = ""
    at_ms: int | None = None
    wait_ms: int = 0
    unit: str | None = None
    action: str = ""
    asks: dict[str, str | list[str] | Value] = dataclasses.field(default_factory=dict)
    subject: str = ""
    field: str = ""
    value: Value = None
    source: str = ""
    lines: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    form: str = ""
    values: dict[str, Value] = dataclasses.field(default_factory=dict)
    inject: str = ""
    act: str = ""
    answers: dict[str, int] = dataclasses.field(default_factory=dict)
    incomplete: bool = False
    words: str = ""
    owner: str = ""
    within_ms: int = 0
    come: bool = False
    things: tuple[str, ...] = ()
    everything: bool = False
    refused: bool = False
    code: str | None = None
    """The refusal's code that is expected; None for any."""


@dataclass(frozen=True)
class Play:
    """One play. `knows` and `knows_not`: viewer or agency -> what; `ending` (if any) is judged at an ENDEX pressed last."""

    name: str
    title: str
    seed: int
    start_ms: int
    """Jump there first, with stand-ins off."""
    steps: tuple[PlayStep, ...]
    knows: dict[str, tuple[Known, ...]]
    knows_not: dict[str, tuple[Known, ...]]
    truth: dict[tuple[str, str], Value]
    happened: tuple[str, ...]
    not_happened: tuple[str, ...]
    ending: str | None


def read_plays(compiled: Compiled) -> tuple[list[Play], list[Problem]]:
    """Read all plays beside a compiled pack."""
    plays: list[Play] = []
    desk = compiled.desk
    before = len(desk.problems)
    folder = compiled.story.folder
    problems: list[Problem] = []
    for path in sorted((folder / "plays").glob("*.yaml")) if (folder / "plays").is_dir() else ():
        play, found = _read_file(desk, compiled.pack, folder, path)
        problems += found
        if play is not None:
            plays.append(play)
    problems += desk.problems[before:]
    del desk.problems[before:]
    return plays, problems


def _read_file(desk: Desk, pack: Pack, folder: Path, path: Path) -> tuple[Play | None, list[Problem]]:
    name = file_name(folder, f"plays/{path.name}")
    if not path.name.endswith(".play.yaml"):
        return None, [Problem(name, 1, 1, "a play's name ends with .play.yaml")]
    raw = read_file(folder, path)
    if raw is None:
        return None, [Problem(name, 1, 1, NOT_PLAIN)]
    source, problems = read_yaml(raw, name)
    if source.data is None:
        return None, problems or [Problem(name, 1, 1, "the play is empty")]
    at = At(source)
    form, found = read_entry(PlayForm, at, source.data)
    problems += found
    if form is None:
        return None, problems
    return _play(desk, pack, at, form, path.name.removesuffix(".play.yaml")), problems


def _play(desk: Desk, pack: Pack, at: At, form: PlayForm, name: str) -> Play:
    general = {key: value for key, value in form.then.items() if key in OutlookForm.model_fields}
    outlook, found = read_entry(OutlookForm, at / "then", general)
    desk.problems += found
    outlook = outlook or OutlookForm()
    knows, knows_not = _knowledge(desk, at / "then", {key: form.then[key] for key in form.then if key not in general})
    truth: dict[tuple[str, str], Value] = {}
    for reference, written in outlook.truth.items():
        here = at / "then" / "truth" / reference
        resolved = desk.field_of(here, reference, Scope())
        if resolved is not None:
            truth[resolved[0], resolved[1]] = read_value(desk, here, resolved[2], written)
    for key in ("happened", "not_happened"):
        for index, fired in enumerate(getattr(outlook, key)):
            desk.refer(at / "then" / key / index, fired, desk.fires, "rule or inject")
    if outlook.ending is not None:
        desk.refer(at / "then" / "ending", outlook.ending, [ending.id for ending in pack.endings], "ending")
    return Play(
        name,
        form.play,
        form.given.seed,
        read_duration(desk, at / "given" / "at", form.given.at),
        tuple(_step(desk, at / "when" / index, step) for index, step in enumerate(form.when)),
        knows,
        knows_not,
        truth,
        tuple(outlook.happened),
        tuple(outlook.not_happened),
        outlook.ending,
    )


def _knowledge(
    desk: Desk, at: At, by_viewer: dict[str, object]
) -> tuple[dict[str, tuple[Known, ...]], dict[str, tuple[Known, ...]]]:
    knows: dict[str, tuple[Known, ...]] = {}
    knows_not: dict[str, tuple[Known, ...]] = {}
    teams = {*desk.viewers, *desk.agencies}
    for viewer, data in by_viewer.items():
        here = at / viewer
        if viewer not in teams:
            hint = nearest(viewer, {*teams, *OutlookForm.model_fields})
            desk.problems.append(here.key_problem(f"there is no team {viewer!r}", hint))
            continue
        form, found = read_entry(KnowsForm, here, data)
        desk.problems += found
        if form is not None:
            knows[viewer] = _facts(desk, here / "knows", form.knows)
            knows_not[viewer] = _facts(desk, here / "knows_not", form.knows_not)
    return knows, knows_not


def _facts(desk: Desk, at: At, forms: Iterable[str | FactValueForm]) -> tuple[Known, ...]:
    found = [read_fact(desk, at / index, form) for index, form in enumerate(forms)]
    return tuple(fact for fact in found if fact is not None)


def _step(desk: Desk, at: At, form: PlayStepForm) -> PlayStep:
    place = f"{at.source.file}:{at.place.line}:{at.place.col}"
    acts = [act for act in ACTS if getattr(form, act) is not None]
    if form.wait is not None:
        if acts or form.by is not None:
            desk.error(at, "a wait stands alone")
        return PlayStep(place, "wait", wait_ms=read_duration(desk, at / "wait", form.wait))
    if form.by is None or len(acts) != 1:
        desk.error(at, f"a step is a `wait`, or `by` somebody and exactly one of {', '.join(ACTS)}")
        return PlayStep(place, "wait")
    desk.refer(at / "by", form.by, desk.viewers, "team")
    for index, to in enumerate(form.to):
        desk.refer(at / "to" / index, to, desk.viewers, "team")
    if form.unit is not None:
        units = desk.viewers[form.by].units if form.by in desk.viewers else ()
        desk.refer(at / "unit", form.unit, units, f"unit of {form.by}")
    refused, code = _expected(desk, at / "expect", form.expect)
    subject, name, value = _fact_of(desk, at, form)
    return PlayStep(
        place,
        acts[0],
        form.by,
        None if form.at is None else read_duration(desk, at / "at", form.at),
        unit=form.unit,
        action=form.do or "",
        asks=_asks(desk, at, form),
        subject=subject,
        field=name,
        value=value,
        source=_source(desk, at, form),
        lines=_lines(desk, at / "says", form),
        to=tuple(form.to),
        form=form.file or _asked_form(desk, at, form),
        values=_values(desk, at, form),
        inject=_inject(desk, at, form),
        act=form.steer.act if form.steer else form.respond.how if form.respond else "",
        answers=_answers(desk, at / "treats", form),
        incomplete=form.incomplete,
        words=_words(form),
        owner=_owner(desk, at, form),
        within_ms=_within(desk, at, form),
        come=form.attend is True,
        things=_things(desk, at / "hands_over", form),
        everything=form.hands_over == "everything",
        refused=refused,
        code=code,
    )


def _expected(desk: Desk, at: At, expect: str | dict[str, str]) -> tuple[bool, str | None]:
    if isinstance(expect, dict):
        if set(expect) == {"refused"}:
            return True, expect["refused"]
    elif expect in {"accepted", "refused"}:
        return expect == "refused", None
    desk.error(at, "`expect` is accepted, refused, or {refused: code}")
    return False, None


def _words(form: PlayStepForm) -> str:
    typed = form.request or form.respond or form.decide
    return form.convene or (typed.words if typed else "")


def _owner(desk: Desk, at: At, form: PlayStepForm) -> str:
    if form.decide is None:
        return ""
    desk.refer(at / "decide" / "owner", form.decide.owner, desk.viewers, "team")
    return form.decide.owner


def _within(desk: Desk, at: At, form: PlayStepForm) -> int:
    if form.decide is not None:
        return read_duration(desk, at / "decide" / "within", form.decide.within)
    return 0 if form.request is None else read_duration(desk, at / "request" / "within", form.request.within)


def _asked_form(desk: Desk, at: At, form: PlayStepForm) -> str:
    if form.request is None or form.request.form is None:
        return ""
    desk.refer(at / "request" / "form", form.request.form, desk.forms, "form")
    return form.request.form


def _fact_of(desk: Desk, at: At, form: PlayStepForm) -> tuple[str, str, Value]:
    asked = None if form.request is None else form.request.fact
    for key, reference in ((at / "share", form.share), (at / "table", form.table), (at / "request" / "fact", asked)):
        if reference is not None:
            found = desk.field_of(key, reference, Scope())
            return (found[0], found[1], None) if found else ("", "", None)
    if form.request is not None and form.request.about is not None:
        desk.refer(at / "request" / "about", form.request.about, desk.things, "thing")
        return form.request.about, "", None
    if form.heard is not None:
        here = at / "heard"
        found = desk.field_of(here / "fact", form.heard.fact, Scope())
        if found is not None:
            if not found[2].hearable:
                desk.error(here / "fact", f"{found[1]!r} is not hearable")
            return found[0], found[1], read_value(desk, here / "value", found[2], form.heard.value)
    return "", "", None


def _asks(desk: Desk, at: At, form: PlayStepForm) -> dict[str, str | list[str] | Value]:
    if form.do is None or not desk.refer(at / "do", form.do, desk.actions, "action"):
        return {}
    check_asks(desk, at / "asks" if form.asks else at, form.asks, desk.actions[form.do])
    return {**form.asks}


def _source(desk: Desk, at: At, form: PlayStepForm) -> str:
    if form.heard is None:
        return ""
    desk.refer(at / "heard" / "from", form.heard.from_, {*desk.viewers, *desk.things}, "team or thing")
    return form.heard.from_


def _things(desk: Desk, at: At, form: PlayStepForm) -> tuple[str, ...]:
    if form.hands_over is None or form.hands_over == "everything":
        return ()
    for index, thing in enumerate(form.hands_over):
        desk.refer(at / index, thing, desk.things, "thing")
    return tuple(form.hands_over)


def _lines(desk: Desk, at: At, form: PlayStepForm) -> tuple[str, ...]:
    for index, line in enumerate(form.says or ()):
        desk.refer(at / index, line, desk.lines, "line")
    return tuple(form.says or ())


def _values(desk: Desk, at: At, form: PlayStepForm) -> dict[str, Value]:
    if form.file is None or not desk.refer(at / "file", form.file, desk.forms, "form"):
        return {}
    here = at / "values" if form.values else at
    return check_form_values(desk, here, form.values, form.file, incomplete=form.incomplete)


def _inject(desk: Desk, at: At, form: PlayStepForm) -> str:
    if form.steer is None:
        return ""
    desk.refer(at / "steer" / "inject", form.steer.inject, desk.injects, "inject")
    return form.steer.inject


def _answers(desk: Desk, at: At, form: PlayStepForm) -> dict[str, int]:
    questions = {question for character in desk.characters.values() for question, *_ in character.treatment}
    for question in form.treats or {}:
        desk.refer(at / question, question, questions, "question")
    return dict(form.treats or {})
