"""Given, when, then: a story at a table, played command by command through `engine.step`, with no loop and no mock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerege.engine.commands import bodies as b
from kerege.engine.faces import thing_of
from kerege.engine.marks import marks_in
from kerege.engine.refusals import Refused
from kerege.engine.rules import Rules
from kerege.engine.start import first_state
from kerege.engine.state import Overlay, State, flatten
from kerege.engine.step import Step, fold, step
from kerege.views.projector import Projector
from kerege.views.shown import View, apply
from tests.town import KEY, TOWN

if TYPE_CHECKING:
    from kerege.engine.held import Message, Record, Scene, Task
    from kerege.engine.pack import Pack


class Names:
    """A pack's ids as a client of this exercise would write them."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules

    def viewer(self, name: str) -> str:
        return self.rules.viewer_codes.of[name]

    def face(self, name: str) -> str:
        """The handle of a face, or of a thing's default face."""
        return self.rules.handle(name if "/" in name else self.rules.faces_of(name)[0])

    def field(self, name: str) -> str:
        return self.rules.field_codes.of[name]

    def choice(self, name: str) -> str:
        return self.rules.choice_codes.of[name]

    def value(self, face: str, field: str, value: Any) -> Any:
        declared = self.rules.field_of_thing(thing_of(face), field)
        if value is None or declared.type not in {"choice", "thing"}:
            return value
        return self.choice(value) if declared.type == "choice" else self.face(value)

    # -- commands ------------------------------------------------------------------------------------------------

    def ask(self, action: str, unit: str | None = None, **asks: Any) -> b.Ask:
        params = {param.name: param for param in self.rules.actions[action].params}
        answers = {self.rules.name_codes.of[name]: self._answer(params[name], value) for name, value in asks.items()}
        return b.Ask(self.rules.action_codes.of[action], None if unit is None else self.face(unit), answers)

    def _answer(self, param: Any, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self._answer(param, each) for each in value)
        write = {"face": self.face, "choice": self.choice, "team": self.viewer}.get(param.takes)
        return value if write is None else write(value)

    def share(self, records: tuple[int, ...], *to: str, with_chain: bool = False) -> b.Share:
        return b.Share(tuple(f"r{n}" for n in records), tuple(self.viewer(name) for name in to), with_chain)

    def say(self, text: str, *to: str) -> b.Say:
        return b.Say(tuple(self.viewer(name) for name in to), text)

    def heard(self, source: str, face: str, field: str, value: Any) -> b.Heard:
        teller = self.viewer(source) if source in self.rules.viewers else self.face(source)
        kind = self.rules.kind_of(thing_of(face))
        return b.Heard(teller, self.face(face), self.field(f"{kind}.{field}"), self.value(face, field, value))

    def amend(self, face: str, field: str, value: Any, why: str = "so") -> b.Amend:
        kind = self.rules.kind_of(thing_of(face))
        return b.Amend(self.face(face), self.field(f"{kind}.{field}"), self.value(face, field, value), why)

    def propose(
        self, text: str = "a dog", *, unit: str | None = None, faces: tuple[str, ...] = (), wants_ms: int = 0
    ) -> b.Propose:
        return b.Propose(text, None if unit is None else self.face(unit), tuple(map(self.face, faces)), wants_ms)

    def rule(self, team: str, n: int, *, happens: bool = True, why: str = "fits", text: str = "", takes_ms: int = 0,
             learns: tuple[tuple[str, str], ...] = (), changes: tuple[tuple[str, str, Any], ...] = ()) -> b.Rule:  # fmt: skip
        """`learns`: (face, field); `changes`: (face, field, value)."""
        verdict: Any = "happens" if happens else "not_possible"
        given = tuple(
            b.Change(self.face(face), self._field_of(face, field), self.value(face, field, value))
            for face, field, value in changes
        )
        return b.Rule(self.viewer(team), f"p{n}", verdict, why, text, takes_ms, self.picks(*learns), given)

    def picks(self, *learns: tuple[str, str]) -> tuple[b.Pick, ...]:
        return tuple(b.Pick(self.face(face), self._field_of(face, field), "found", "certain") for face, field in learns)

    def say_as(
        self, persona: str, text: str, *to: str, learns: tuple[tuple[str, str], ...] = (), message: int = 0
    ) -> b.SayAs:
        """Control speaks for a body nobody plays; `message`: the number of the one that it answers."""
        teams = tuple(self.viewer(name) for name in to)
        answered = f"m{message}" if message else None
        return b.SayAs(self.viewer(f"persona_{persona}"), teams, text, self.picks(*learns), answered)

    def write(
        self, inject: str | None = None, text: str = "", *to: str, why: str = "so", title: str = "Note", **parts: Any
    ) -> b.Write:
        """Control rewrites or adds a line; `text` in every language of the pack, marks as the room would compile them."""
        code = None if inject is None else self.rules.inject_codes.of[inject]
        texts = dict.fromkeys(self.rules.pack.languages, text) if text else {}
        learns = self.picks(*parts.pop("learns", ()))
        marks = marks_in(text)
        return b.Write(code, why, title, texts, tuple(map(self.viewer, to)), learns=learns, marks=marks, **parts)

    def _field_of(self, face: str, field: str) -> str:
        return self.field(f"{self.rules.kind_of(thing_of(face))}.{field}")

    def file(self, form: str, **fields: Any) -> b.File:
        kind = self.rules.forms[form].kind
        answers = {}
        for name, value in fields.items():
            declared = self.rules.fields[kind, name]
            write = {"choice": self.choice, "thing": self.face}.get(declared.type)
            answers[self.field(f"{kind}.{name}")] = value if write is None or value is None else write(value)
        return b.File(self.rules.form_codes.of[form], answers)

    def steer(self, inject: str, act: Any, why: str = "so") -> b.Steer:
        return b.Steer(self.rules.inject_codes.of[inject], act, why)

    def speak(self, scene: int, *lines: str, to: tuple[str, ...] = ()) -> b.Speak:
        codes = tuple(self.rules.line_codes.of[line] for line in lines)
        return b.Speak(f"s{scene}", codes, tuple(self.viewer(name) for name in to))

    def treat(self, scene: int, **answers: int) -> b.Treat:
        return b.Treat(f"s{scene}", {self.choice(name): mark for name, mark in answers.items()})


class Table(Names):
    """One exercise at a table. Every step is checked: the views agree with their changes, and the log folds."""

    def __init__(self, pack: Pack = TOWN, *, started: bool = True) -> None:
        super().__init__(Rules(pack, KEY))
        self.state: State = first_state(self.rules)
        self.folded: State = first_state(self.rules)
        self.projector = Projector(self.rules)
        self.views: dict[str, View] = {
            viewer: self.projector.fresh(self.state, viewer) for viewer in self.rules.viewers
        }
        self.at_ms = 0
        self.steps: list[Step] = []
        if started:
            self.do("control", b.Start())

    # -- when ----------------------------------------------------------------------------------------------------

    def do(self, by: str, command: b.AnyCommand, at_ms: int | None = None) -> Step:
        """Play one command; raises Refused."""
        at_ms = self.at_ms if at_ms is None else at_ms
        overlay = Overlay(self.state)
        done = step(self.rules, overlay, command, by, at_ms, f"seat.c{len(self.steps)}")
        overlay.merge()
        self.at_ms = done.at_ms
        self.steps.append(done)
        fold(self.folded, done.events, at_ms)
        for viewer, changes in self.projector.project(self.state, done.events, self.at_ms).items():
            apply(self.views[viewer], changes)
        self._check()
        return done

    def _check(self) -> None:
        assert flatten(self.folded) == flatten(self.state), "the log folds to the live state"
        for viewer, view in self.views.items():
            assert view == self.projector.fresh(self.state, viewer), f"view of {viewer}: old + changes == fresh"

    def refuses(self, by: str, command: b.AnyCommand, at_ms: int | None = None) -> str:
        """The code with which a command is refused; nothing may have changed."""
        before = flatten(self.state)
        try:
            step(self.rules, Overlay(self.state), command, by, self.at_ms if at_ms is None else at_ms, "seat.no")
        except Refused as refused:
            assert flatten(self.state) == before
            return refused.code
        raise AssertionError(f"{command} was not refused")

    def wait(self, by_ms: int) -> None:
        """Let play time pass, with everything that falls due on the way."""
        until = self.at_ms + by_ms
        while (due := self.next_due()) is not None and due <= until:
            self.do("", b.Tick(), max(self.at_ms, due))
        self.at_ms = until

    def next_due(self) -> int | None:
        from kerege.engine.due import next_due_ms

        return next_due_ms(self.state)

    # -- then ----------------------------------------------------------------------------------------------------

    def truth(self, thing: str, field: str) -> Any:
        return self.state.get("truth", (thing, field))

    def records(self, viewer: str, face: str | None = None, field: str | None = None) -> list[Record]:
        """What a viewer holds, in the order of its numbers; `face` may be a thing (its default face)."""
        wanted = None if face is None else face if "/" in face else self.rules.faces_of(face)[0]
        return [
            record
            for record in self.all_of("record", viewer)
            if (wanted is None or record.face == wanted) and (field is None or record.field == field)
        ]

    def number(self, viewer: str, face: str, field: str) -> int:
        """The number of a viewer's first record of this face and field."""
        face = face if "/" in face else self.rules.faces_of(face)[0]
        first: int = self.state.get("slot", (viewer, face, field))[0]
        return first

    def messages(self, viewer: str) -> list[Message]:
        return self.all_of("message", viewer)

    def tasks(self, viewer: str) -> list[Task]:
        return self.all_of("task", viewer)

    def scenes(self, viewer: str) -> list[Scene]:
        return self.all_of("scene", viewer)

    def all_of(self, what: str, viewer: str) -> list[Any]:
        count = self.state.get("count", (what, viewer), 0)
        return [self.state.get(what, (viewer, n)) for n in range(1, count + 1)]

    def met(self, viewer: str, face: str) -> bool | None:
        """True met, False a bare reference, None unknown."""
        face = face if "/" in face else self.rules.faces_of(face)[0]
        known = self.state.get("met", (viewer, face))
        return None if known is None else known.met

    @property
    def clock(self) -> Any:
        return self.state.get("clock", "clock")


def told(step_: Step, viewer: str, sort: type) -> list[Any]:
    """The events of one sort that a step addressed to a viewer."""
    return [event for event in step_.events if type(event) is sort and getattr(event, "viewer", None) == viewer]
