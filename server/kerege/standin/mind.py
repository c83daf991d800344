"""A stand-in without a line: messages in, at most one command out, and the time at which to look again. No I/O.

    hear(message) ... -> next(now) -> a Submit, or None -> hear(receipt) -> next(now) -> ...

Each step is looked at by itself, in the plan's order: once its condition has held for its pause, and the act is offered,
it is done; then never again, unless the plan says after how long. One command at a time; a breath between two.
A refusal is not the end of a step: the other units are tried, and it is tried again once something has changed.

A command's id is the step's place in the plan and how often it was done, so that a stand-in that comes back (the server
was killed, a person left) does nothing twice: the room gives it the first answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from kerege.standin.acting import ACTING, acted
from kerege.standin.clockwork import Clockwork, clockwork
from kerege.standin.occasions import Occasions
from kerege.standin.plan import AnyFace, Meant, PlannedStep
from kerege.standin.together import AT_TABLE, answer_of, at_table, begins_ms, request_of, waiting
from kerege.standin.view import HeldView
from kerege.wire.items import Task
from kerege.wire.messages import Beat, Echo, Frame, Freeze, FromServer, Goodbye, Hello, Receipt, Snapshot, Submit

if TYPE_CHECKING:
    from typing import Any

    from kerege.standin.plan import StandInPlan

RETRY_MS = 10_000
"""Play time after which a refused step is tried again if anything in the view has changed."""
RETRY_LATE_MS = 120_000
"""Play time after which it is tried again in any case."""
LOOK_MS = 15_000
"""Play time between two looks at a condition that time alone can change."""
RESEND_MS = 2_000
"""Real time after which a command whose fate nobody knows is sent again, with the same id."""
DONE_BEFORE = "other_body"
"""The refusal of an id that was used: an earlier stand-in of this chair has done this step, in other words."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How quick a profile is: percent of the plan's pauses, and play time between two of its acts."""

    pauses_percent: int
    breath_ms: int


PACES = {
    "careful": Pace(100, 8_000),
    "hurried": Pace(50, 3_000),
    "territorial": Pace(100, 8_000),
    "careless": Pace(100, 5_000),
}
"""Profile -> pace. Everything else that tells the profiles apart stands in the plan."""


@dataclass(slots=True)
class _Progress:
    """How far a step has come. `place`: in the whole plan; `times`: it was done. Times are play time."""

    place: int
    times: int = 0
    since_ms: int | None = None
    not_before_ms: int = 0
    retry_late_ms: int = 0
    revision: int = -1
    """Of the view at the last refusal; -1: none."""
    unit: int = 0
    served: set[str] = field(default_factory=set)
    done: bool = False
    clockwork: Clockwork = field(default_factory=lambda: Clockwork((), otherwise=False))
    looked_at: int = -1
    """The view's revision at which its condition was last seen not to hold."""
    wakes_ms: int | None = None
    """When time alone may make it hold, if the view stays at that revision."""


class Mind:
    """One stand-in at one chair."""

    def __init__(self, plan: StandInPlan, profile: str, *, initiative: bool) -> None:
        """`initiative`: play the whole plan (demonstration, rehearsal); False: only what answers somebody (live)."""
        self.view = HeldView(plan.names)
        self.over = False
        self._pace = PACES[profile]
        self._initiative = initiative
        self._occasions = Occasions()
        self._frozen = False
        self._steps = [
            (step, _Progress(place, clockwork=clockwork(step.when)))
            for place, step in enumerate(plan.steps)
            if profile in step.profiles
        ]
        self._asked: tuple[Submit, PlannedStep, _Progress, tuple[str, ...]] | None = None
        self._in_vain: set[str] = set()
        """Requests that could not be answered with what is held."""
        self._resend_at_ms: int | None = None
        self._breath_until_ms = 0
        self._looked_at: tuple[int, int] | None = None
        self._wakes_at_ms: int | None = None

    @staticmethod
    def greeting(ticket: str) -> tuple[Hello, Beat]:
        """What it says first: who it is, and how late it is."""
        return Hello(ticket), Beat()

    # -- hearing -------------------------------------------------------------------------------------------------

    def hear(self, message: FromServer, now_ms: int) -> None:
        """Take one message of the server."""
        match message:
            case Snapshot():
                self.view.replace(message, now_ms)
            case Frame():
                if not self.view.apply(message, now_ms):
                    self.over = True  # a line that loses frames is no line; whoever cast us may call us again
                elif not self._initiative:
                    self._occasions.note(message.put, self.view)
            case Freeze(stopped):
                self._frozen = stopped
            case Echo(at_s):
                self.view.hear_time(at_s, now_ms)
            case Receipt():
                self._receive(message, now_ms)
            case Goodbye():
                self.over = True
            case _:
                pass
        self._looked_at = None
        self.over = self.over or self.view.ended

    def _receive(self, receipt: Receipt, now_ms: int) -> None:
        if self._asked is None or self._asked[0].id != receipt.id:
            return
        if receipt.outcome == "unknown":
            self._resend_at_ms = now_ms + RESEND_MS
            return
        _, step, progress, to = self._asked
        self._asked = None
        play_ms = self.view.play_ms(now_ms)
        if receipt.outcome == "accepted" or receipt.code == DONE_BEFORE:
            self._breath_until_ms = play_ms + self._pace.breath_ms
            progress.times += 1
            progress.revision, progress.unit = -1, 0
            progress.served.update(each for each in step.to if self.view.who_has_case(each) in to)
            lasting = step.do == "answers" or step.do in ACTING
            progress.done = not lasting and not step.again_ms and progress.served.issuperset(step.to)
            if step.again_ms:
                progress.since_ms, progress.not_before_ms = None, play_ms + step.again_ms
            return
        if step.do == "answers" and receipt.code == "nothing_to_send":
            self._in_vain.update(waiting(self.view)[:1])  # nothing of it is held: say so instead
            return
        units = len(self.view.me.units) if self.view.me is not None else 0
        progress.unit += 1
        if step.do == "ask" and progress.unit < units:
            return
        progress.unit = 0
        progress.revision = self.view.revision
        progress.not_before_ms = play_ms + RETRY_MS
        progress.retry_late_ms = play_ms + RETRY_LATE_MS

    # -- doing ---------------------------------------------------------------------------------------------------

    def next(self, now_ms: int) -> Submit | None:
        """The command to send now, if any. Ask again after every message, and at `wakes_at_ms`."""
        if self._asked is not None:
            if self._resend_at_ms is None or now_ms < self._resend_at_ms:
                return None
            self._resend_at_ms = None
            return self._asked[0]
        if self.over or self._frozen or not self.view.runs or self._looked_at == (self.view.revision, now_ms):
            return None
        self._looked_at = (self.view.revision, now_ms)
        play_ms = self.view.play_ms(now_ms)
        self.view.now_s = play_ms // 1000
        soonest: int | None = None
        for step, progress in self._steps:
            due_ms = self._due_ms(step, progress, play_ms)
            if due_ms is None:
                continue
            if due_ms <= play_ms:
                ready = self._command(step, progress)
                if ready is not None:
                    return self._ask(step, progress, *ready)
                if not progress.clockwork.laters and not progress.clockwork.otherwise:
                    continue  # only a frame can make it possible
                due_ms = play_ms + LOOK_MS
            soonest = due_ms if soonest is None else min(soonest, due_ms)
        self._wakes_at_ms = None if soonest is None else self.view.real_ms_of(soonest)
        return None

    def wakes_at_ms(self) -> int | None:
        """The real time at which `next` may have something without a message before it; None: never."""
        if self._asked is not None:
            return self._resend_at_ms
        if self.over or self._frozen or not self.view.runs:
            return None
        return self._wakes_at_ms

    def _due_ms(self, step: PlannedStep, progress: _Progress, play_ms: int) -> int | None:
        """The play time from which a step may be done; None: not as things stand."""
        answers = (
            step.do in {"answers", "table"} or step.do in ACTING or self._initiative
        )  # to answer, and to come with what one has, takes none
        if self.view.off_duty and step.do != "answers":
            return None
        if progress.done or (not answers and not self._occasions.answers(step)):
            return None
        if step.do in AT_TABLE:
            opens_ms = begins_ms(self.view, step)
            if opens_ms is None or opens_ms > play_ms:
                progress.since_ms = None
                return opens_ms
        if not self._holds(step, progress, play_ms):
            progress.since_ms = None
            return progress.wakes_ms
        if progress.since_ms is None:
            progress.since_ms = play_ms
        due_ms = max(progress.since_ms + step.after_ms * self._pace.pauses_percent // 100, progress.not_before_ms)
        if progress.revision == self.view.revision:
            due_ms = max(due_ms, progress.retry_late_ms)
        return max(due_ms, self._breath_until_ms)

    def _holds(self, step: PlannedStep, progress: _Progress, play_ms: int) -> bool:
        """Whether its condition holds. One that did not is looked at again when the view or enough time has changed."""
        if step.when is None:
            return True
        if progress.looked_at == self.view.revision and (progress.wakes_ms is None or play_ms < progress.wakes_ms):
            return False
        if step.when.run(self.view, {}):
            progress.looked_at = -1
            return True
        wait_s = progress.clockwork.wait_s(self.view.age_of)
        progress.looked_at = self.view.revision
        progress.wakes_ms = None if wait_s is None else play_ms + max(wait_s * 1000, LOOK_MS)
        return False

    def _ask(self, step: PlannedStep, progress: _Progress, command: dict[str, Any], to: tuple[str, ...]) -> Submit:
        raw = msgspec.Raw(msgspec.msgpack.encode(command, order="deterministic"))
        submit = Submit(f"plan-{progress.place:04d}-{progress.times:04d}", self.view.version, raw)
        self._asked = (submit, step, progress, to)
        return submit

    # -- commands ------------------------------------------------------------------------------------------------

    def _command(self, step: PlannedStep, progress: _Progress) -> tuple[dict[str, Any], tuple[str, ...]] | None:
        """The command of a step, and whom it serves; None while it cannot be done."""
        match step.do:
            case "ask":
                return self._ask_of(step, progress)
            case "file":
                return self._paper_of(step)
            case "share":
                return self._share_of(step, progress)
            case "say":
                to = self._whom(step, progress)
                return ({"do": "say", "to": list(to), "text": step.text}, to) if to else None
            case "answers":
                answer = answer_of(self.view, step, self._in_vain)
                return None if answer is None else (answer, ())
            case "request":
                return self._request_of(step, progress)
            case "convene":
                to = self._whom(step, progress)
                return ({"do": "convene", "teams": list(to), "title": step.text}, to) if to else None
            case "hand_over":
                briefing = self._briefing(step)
                return None if briefing is None else (briefing, ())
            case "lines" | "form" | "cues":
                said = acted(self.view, step)
                return None if said is None else (said, ())
            case "table" | "decide" | "adjourn":
                said = at_table(self.view, step)
                return None if said is None else (said, ())

    def _ask_of(self, step: PlannedStep, progress: _Progress) -> tuple[dict[str, Any], tuple[str, ...]] | None:
        offer = self.view.offer(step.code)
        if offer is None or not offer.open:
            return None
        answers = self._answers(step, {ask.name: ask.faces for ask in offer.asks})
        if answers is None:
            return None
        command: dict[str, Any] = {"do": "ask", "action": step.code, "asks": answers}
        units = self._units()
        if units:
            command["unit"] = units[progress.unit % len(units)]
        return command, ()

    def _paper_of(self, step: PlannedStep) -> tuple[dict[str, Any], tuple[str, ...]] | None:
        answers = self._answers(step, None)
        if answers is None:
            return None
        command: dict[str, Any] = {"do": "file", "form": step.code, "fields": answers}
        return (command | {"incomplete": True} if step.incomplete else command), ()

    def _request_of(self, step: PlannedStep, progress: _Progress) -> tuple[dict[str, Any], tuple[str, ...]] | None:
        """One team after the other is asked."""
        to = self._whom(step, progress)[:1]
        command = request_of(self.view, step, to[0]) if to else None
        return None if command is None else (command, to)

    def _units(self) -> list[str]:
        """One's own units, those that are free before those that are at work."""
        me = self.view.me
        tasks = [task for task in self.view.items.get("tasks", {}).values() if isinstance(task, Task)]
        busy = {task.unit for task in tasks if task.state in {"running", "talking"}}
        return [] if me is None else sorted(me.units, key=lambda unit: unit in busy)

    def _share_of(self, step: PlannedStep, progress: _Progress) -> tuple[dict[str, Any], tuple[str, ...]] | None:
        assert step.fact is not None
        record = self.view.record_of(*step.fact)
        to = self._whom(step, progress)
        if record is None or not to:
            return None
        return {"do": "share", "records": [record], "to": list(to), "with_chain": False}, to

    def _briefing(self, step: PlannedStep) -> dict[str, Any] | None:
        """What the next shift is told; None while there is nobody to tell."""
        shift = self.view.me.shift if self.view.me is not None else None
        if shift is None or not shift.ready:
            return None
        faces = [face for face in (self.view.face(thing) for thing in step.things) if face is not None]
        return {"do": "hand_over", "about": faces, "everything": step.everything, "words": step.text}

    def _whom(self, step: PlannedStep, progress: _Progress) -> tuple[str, ...]:
        """Whom a step is still for; where a team has gone home, the shift that has its case."""
        left = step.to if step.again_ms else tuple(to for to in step.to if to not in progress.served)
        left = tuple(dict.fromkeys(self.view.who_has_case(to) for to in left))
        return left if self._initiative else tuple(to for to in left if to in self._occasions.callers)

    def _answers(self, step: PlannedStep, among: dict[str, list[str] | None] | None) -> dict[str, Any] | None:
        """Parameters or fields with what is meant, said in handles; None while a thing of them is unknown."""
        said: dict[str, Any] = {}
        for name, meant in step.answers.items():
            answer = self._said(meant, among.get(name) if among is not None else None)
            if answer is None:
                return None
            said[name] = answer
        return said

    def _said(self, meant: Meant, among: list[str] | None) -> Any:
        if isinstance(meant, AnyFace):
            return self.view.face(meant, among)
        if isinstance(meant, tuple):
            each = [self._said(one, among) for one in meant]
            return None if None in each else each
        return meant
