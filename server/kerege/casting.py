"""Who plays the empty chairs: turns a pack's plans into data for stand-ins, starts and stops them as control says.

The one place that knows both sides: the story's rules, and stand-ins that may know nothing but the wire.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

import structlog

from kerege.engine.conditions import compile_condition
from kerege.engine.marks import split
from kerege.gateway.in_process import TICKET, InProcessLink
from kerege.standin import AnyFace, Mind, Names, PlannedStep, StandIn, StandInPlan

if TYPE_CHECKING:
    from kerege.engine.pack import Param, Step, Value
    from kerege.engine.rules import Rules
    from kerege.gateway.desk import Desk
    from kerege.room import Room
    from kerege.standin.plan import Meant, One
    from kerege.standin.ports import Clock
    from kerege.views.texts import Texts

log = structlog.get_logger("kerege.casting")

_WORD = re.compile(r"[a-z_][a-z0-9_]*")
ACTING_PLAN = StandInPlan(
    (
        PlannedStep("lines", ("careful",), "lines"),
        PlannedStep("all_lines", ("careless",), "lines", how="all"),
        PlannedStep("form", ("careful",), "form"),
        PlannedStep("sour_form", ("careless",), "form", how="all"),
        PlannedStep("cues", ("careful", "careless"), "cues"),
    ),
    Names(),
)
"""How a stand-in plays any character."""


def plan_of(rules: Rules, texts: Texts, viewer: str, language: str) -> StandInPlan | None:
    """The plan of a viewer's chair as data; None where the pack has none. A character needs none: it has its card."""
    if rules.viewers[viewer].sort == "actor":
        return ACTING_PLAN
    plans = [plan for plan in rules.pack.plans if plan.viewer == viewer]
    plans = plans or [plan for plan in rules.pack.plans if plan.viewer == rules.base_of(viewer)]
    if not plans:
        return None
    steps = tuple(_step(rules, texts, step, language) for plan in plans for step in plan.steps)
    if not any(step.do == "answers" for step in steps):
        steps = (*steps, *(_usual_answers(texts, language)))
    sources = [step.when.source for step in steps if step.when is not None]
    return StandInPlan(steps, _names(rules, sources))


def _usual_answers(texts: Texts, language: str) -> tuple[PlannedStep, ...]:
    """What a chair answers whose plan does not say: all give what they hold and come, a territorial one declines."""
    nothing, declines = (texts.words(key, language) for key in ("stand-in-nothing", "stand-in-declines"))
    return (
        PlannedStep("answers", ("careful", "hurried", "careless"), "answers", text=nothing),
        PlannedStep("declines", ("territorial",), "answers", text=declines, how="decline"),
    )


def _names(rules: Rules, sources: list[str]) -> Names:
    """Only what the conditions speak of: a stand-in gets no list of the story's things."""
    words = {word for source in sources for word in _WORD.findall(source)}
    things = {
        thing.id: tuple(rules.handle(face) for face in rules.faces_of(thing.id))
        for thing in rules.pack.things
        if thing.id in words
    }
    fields = {rules.field_codes.of[f"{kind}.{field}"]: field for kind, field in rules.fields if field in words}
    wanted = {choice for (_, field), each in rules.fields.items() if field in words for choice in each.choices}
    choices = {rules.choice_codes.of[choice]: choice for choice in sorted(wanted)}
    code = rules.viewer_codes.of
    return Names(things, fields, choices, {code[gone]: code[came] for gone, came in rules.shift_after.items()})


def _step(rules: Rules, texts: Texts, step: Step, language: str) -> PlannedStep:
    when = None if step.when is None else compile_condition(step.when, rules.types, "view", {})
    answers: dict[str, Meant] = {}
    code = ""
    if step.action is not None:
        code = rules.action_codes.of[step.action]
        params = {param.name: param for param in rules.actions[step.action].params}
        answers = {rules.name_codes.of[name]: _ask(rules, params[name], said) for name, said in step.asks.items()}
    elif step.form is not None:
        form = rules.forms[step.form]
        code = rules.form_codes.of[step.form]
        answers = {
            rules.field_codes.of[f"{form.kind}.{name}"]: _value(rules, form.kind, name, value)
            for name, value in step.values.items()
            if value is not None
        }
    fact = None
    if step.subject is not None and step.field is not None:
        kind = rules.kind_of(step.subject)
        fact = (_any_face(rules, step.subject), rules.field_codes.of[f"{kind}.{step.field}"])
    return PlannedStep(
        id=step.id,
        profiles=step.profiles,
        do=step.do,
        when=when,
        after_ms=step.after_ms,
        again_ms=step.again_ms,
        code=code,
        answers=answers,
        fact=fact,
        to=tuple(rules.viewer_codes.of[to] for to in step.to),
        text=_words(texts, step.text, language) if step.text is not None else "",
        about=_about(rules, step, answers),
        how=step.how,
        thing=None if step.about is None else _any_face(rules, step.about),
        owner="" if step.owner is None else rules.viewer_codes.of[step.owner],
        within_ms=step.within_ms,
        incomplete=step.incomplete,
        things=tuple(_any_face(rules, thing) for thing in step.things),
        everything=step.everything,
    )


def _about(rules: Rules, step: Step, answers: dict[str, Meant]) -> frozenset[str]:
    """The handles of all things that a step speaks of, in its condition, its answers and what it shares."""
    words = set(_WORD.findall(step.when or "")) | ({step.subject} if step.subject is not None else set())
    about = {
        rules.handle(face) for thing in rules.pack.things if thing.id in words for face in rules.faces_of(thing.id)
    }
    for meant in answers.values():
        for one in meant if isinstance(meant, tuple) else (meant,):
            if isinstance(one, AnyFace):
                about.update(one.handles)
    return frozenset(about)


def _ask(rules: Rules, param: Param, said: str) -> Meant:
    if param.many:
        return tuple(_ask_one(rules, param, each) for each in said.split(","))
    return _ask_one(rules, param, said)


def _ask_one(rules: Rules, param: Param, said: str) -> One:
    match param.takes:
        case "face":
            return _any_face(rules, said)
        case "choice":
            return rules.choice_codes.of[said]
        case "team":
            return rules.viewer_codes.of[said]
        case "number":
            return int(said)
        case "words":
            return said


def _value(rules: Rules, kind: str, name: str, value: Value) -> Meant:
    match rules.fields[kind, name].type:
        case "thing":
            return _any_face(rules, str(value))
        case "choice":
            return rules.choice_codes.of[str(value)]
        case _:
            return value


def _any_face(rules: Rules, said: str) -> AnyFace:
    """A thing by any of its faces, or `thing/face` by that one."""
    faces = (said,) if "/" in said else rules.faces_of(said)
    return AnyFace(tuple(rules.handle(face) for face in faces))


def _words(texts: Texts, key: str, language: str) -> str:
    return "".join(run for run, _ in split(texts.source(key.replace("_", "-"), language)))


class Casting:
    """The stand-ins of one room. What control says stands in the room's state; this follows it."""

    def __init__(self, room: Room, desk: Desk, clock: Clock, *, initiative: bool) -> None:
        """
        Prepare; `run` does the work. Who plays as what is kept in the desk's facts, where the lobby reads it.

        With `initiative` stand-ins play their whole plan: a demonstration. Without it, a live exercise, they only answer.
        """
        self._room = room
        self._desk = desk
        self._clock = clock
        self._initiative = initiative
        self._news = asyncio.Event()
        self._playing: dict[str, asyncio.Task[None]] = {}
        self._profiles = desk.facts.stand_ins

    async def run(self) -> None:
        """Follow control's wishes until cancelled; then all stand-ins leave."""
        control = self._room.viewers["control"]
        reader = self._room.reader("control", "en", "msgpack", self._news.set)
        reader.open(control.code, None)  # never read: its wake says that something may have changed
        try:
            while True:
                reader.pass_over()
                self._follow()
                await self._news.wait()
                self._news.clear()
        finally:
            reader.detach()
            for viewer in list(self._playing):
                self._stop(viewer)

    def _follow(self) -> None:
        state = self._room.story.state
        wanted = {viewer: state.get("stand_in", viewer, "") for viewer in self._room.viewers}
        over = state.get("clock", "clock").phase == "ended"
        for viewer, profile in wanted.items():
            if self._profiles.get(viewer, "") != profile:
                self._stop(viewer)
                if profile and not over:
                    self._start(viewer, profile)

    def _start(self, viewer: str, profile: str) -> None:
        story = self._room.story
        plan = plan_of(story.rules, story.texts, viewer, story.genesis.pack.language_default)
        if plan is None:
            return
        mind = Mind(plan, profile, initiative=self._initiative)
        stand_in = StandIn(mind, InProcessLink(self._desk, viewer), self._clock)
        playing = asyncio.create_task(stand_in.play(TICKET), name=f"stand-in {viewer}")
        playing.add_done_callback(self._ended)
        self._playing[viewer] = playing
        self._profiles[viewer] = profile

    def _stop(self, viewer: str) -> None:
        playing = self._playing.pop(viewer, None)
        self._profiles.pop(viewer, None)
        if playing is not None:
            playing.cancel()

    @staticmethod
    def _ended(playing: asyncio.Task[None]) -> None:
        if not playing.cancelled() and playing.exception() is not None:
            log.error("a stand-in has failed", who=playing.get_name(), exc_info=playing.exception())
