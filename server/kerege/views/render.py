"""Puts what a view shows into words: one function for each collection, written out in one table.

Rule: a rendered item is a function of what is shown, the language and the words typed by people, never of the state at
the time of reading; so the same change gives the same bytes whenever it is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerege.engine.faces import thing_of
from kerege.engine.marks import split
from kerege.views import shown as s
from kerege.wire import items as w

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kerege.engine.held import Cue, Happening, InjectState, Message, Record, Source, Task, Text
    from kerege.engine.pack import Field, Param
    from kerege.engine.rules import Rules
    from kerege.views.texts import Texts

MS = 1000
OWN_EYES = "source-own-eyes"
ERASED = "word-erased"
RECENT_MAX = 512
"""How many rendered records are kept for the next stream that shows the same; a step has some tens."""


def kebab(name: str) -> str:
    """A pack's id as it stands in text keys."""
    return name.replace("_", "-")


class Renderer:
    """Renders one exercise's views. `words`: id -> what a person typed (absent once erased)."""

    def __init__(self, rules: Rules, texts: Texts, words: Mapping[str, str]) -> None:
        self.rules = rules
        self.texts = texts
        self._words = words
        self._recent: dict[tuple[int, str], tuple[Record, w.Record]] = {}
        self._fields: dict[tuple[str, str, str], tuple[str, str]] = {}

    def item(self, collection: str, shown: Any, language: str) -> w.Item:
        """One item in words."""
        return _RENDER[collection](self, shown, language)

    # -- names ---------------------------------------------------------------------------------------------------

    def forget(self) -> None:
        """After an erasure: nothing that was rendered before may be used again."""
        self._recent.clear()

    def word(self, word_id: str, language: str) -> str:
        """What a person typed, or that it has been erased; "" for no words."""
        if not word_id:
            return ""
        found = self._words.get(word_id)
        return found if found is not None else self.texts.words(ERASED, language)

    def viewer(self, viewer: str, language: str) -> str:
        """A team's, actor's or desk's title."""
        title = self.texts.first((f"team-{kebab(viewer)}",), language)
        if title:
            return title
        character = self.rules.viewers[viewer].character
        if character is not None:
            return (
                f"{self.texts.words('role-actor', language)}: {self.label(self.rules.faces_of(character)[0], language)}"
            )
        return self.texts.words(f"role-{self.rules.viewers[viewer].sort}", language)

    def label(self, face: str, language: str) -> str:
        """What an appearance is called."""
        thing, _, appearance = face.partition("/")
        if ":" in thing:
            return self.texts.words(f"form-{kebab(thing.partition(':')[0])}", language)
        faces = self.rules.faces_of(thing)
        keys: tuple[str, ...] = (f"thing-{kebab(thing)}--{kebab(appearance)}",)
        if face == faces[0]:
            keys = (*keys, f"thing-{kebab(thing)}")
        return self.texts.first(keys, language) or self.texts.words(f"thing-{kebab(thing)}", language)

    def kind(self, kind: str, language: str) -> str:
        """A kind's title."""
        return self.texts.words(f"kind-{kebab(kind)}", language)

    def field(self, kind: str, field: str, language: str) -> str:
        """A field's title."""
        return self._field_names(kind, field, language)[1]

    def _field_names(self, kind: str, field: str, language: str) -> tuple[str, str]:
        """A field's code and title."""
        found = self._fields.get((kind, field, language))
        if found is None:
            title = self.texts.first((f"field-{kebab(kind)}-{kebab(field)}", f"field-{kebab(field)}"), language)
            found = self._fields[kind, field, language] = (self.rules.field_codes.of[f"{kind}.{field}"], title)
        return found

    def choice(self, kind: str, field: str, choice: str, language: str) -> str:
        """The words of a field's choice."""
        keys = (f"choice-{kebab(kind)}-{kebab(field)}-{kebab(choice)}", f"choice-{kebab(choice)}")
        return self.texts.first(keys, language)

    def value(self, kind: str, field: Field, value: Any, language: str) -> str:
        """A value in words; "" for a thing, which is named by its face."""
        if value is None:
            return self.texts.words("value-left" if field.id == "location" else "value-unknown", language)
        if field.type == "tick":
            return self.texts.words("value-yes" if value else "value-no", language)
        if field.type == "choice":
            return self.choice(kind, field.id, str(value), language)
        if field.type == "thing":
            return ""
        if field.type == "text":
            return self._text_value(str(value), language)
        return str(value)

    def _text_value(self, value: str, language: str) -> str:
        if value.startswith("word:"):
            return self.word(value.removeprefix("word:"), language)
        if value.startswith("pseudonym:"):
            return f"{self.texts.words('pseudonym', language)} {value.removeprefix('pseudonym:')}"
        return self.texts.words(kebab(value), language)

    def source(self, source: Source | None, language: str) -> tuple[str, str]:
        """A source's code or handle, and its title ("" for a face, which is named by itself)."""
        if source is None:
            return "", self.texts.words(OWN_EYES, language)
        if source.sort == "viewer":
            return self.rules.viewer_codes.of[source.id], self.viewer(source.id, language)
        return self.rules.handle(source.id), ""

    def parts(self, text: Text, language: str) -> list[w.Part]:
        """A text as runs with handles."""
        if not text.key:
            return [(self.word(text.word, language), None)]
        arguments = {name.replace("/", "-"): self.label(face, language) for name, face in text.faces.items()}
        runs: list[w.Part] = []
        for words, mark in split(self.texts.source(text.key, language, arguments)):
            face = None
            if mark is not None:
                face = text.faces.get(mark.subject + (f"/{mark.face}" if mark.face else ""))
            runs.append((words, self.rules.handle(face) if face is not None else None))
        if text.said is not None:
            runs.extend(self._said(text.said, language))
        if text.word:
            runs.append((" " + self.word(text.word, language), None))
        return runs

    def _said(self, said: tuple[str, str, Any], language: str) -> list[w.Part]:
        face, field_id, value = said
        kind = self.rules.kind_of(thing_of(face))
        field = self.rules.fields[kind, field_id]
        handle = self.rules.handle(face)
        runs: list[w.Part] = [(" ", None), (handle, handle), (f" · {self.field(kind, field_id, language)}: ", None)]
        if field.type == "thing" and value is not None:
            other = self.rules.handle(str(value))
            runs.append((other, other))
        else:
            runs.append((self.value(kind, field, value, language), None))
        return runs

    # -- collections ---------------------------------------------------------------------------------------------

    def _me(self, shown: s.FixedShown, language: str) -> w.Me:
        viewer = self.rules.viewers[shown.id]
        brief: list[w.Part] = []
        if viewer.character is not None:
            key = kebab(self.rules.characters[viewer.character].card)
        else:
            key = f"brief-{kebab(viewer.id)}"
        if self.texts.has(key):
            brief = [(words, None) for words, _ in split(self.texts.source(key, language))]
        role: Any = {"team": "player", "actor": "actor", "control": "control", "safety": "safety"}.get(
            viewer.sort, "observer"
        )
        agency = self.texts.first((f"agency-{kebab(viewer.agency)}",), language) if viewer.agency else ""
        units = [self.rules.handle(self.rules.faces_of(unit)[0]) for unit in viewer.units]
        return w.Me(self.viewer(viewer.id, language), role, agency, brief, units)

    def _clock(self, shown: s.ClockShown, language: str) -> w.Clock:
        clock = shown.clock
        pack = self.rules.pack
        ending = self.texts.words(f"ending-{kebab(shown.ending)}", language) if shown.ending else ""
        return w.Clock(
            clock.phase, clock.at_ms // MS, clock.speed, clock.stopped, pack.ends_after_ms // MS, pack.starts_at,
            self.word(clock.why, language), ending,
        )  # fmt: skip

    def _face(self, shown: s.FaceShown, language: str) -> w.Face:
        kind = self.rules.kind_of(thing_of(shown.face))
        return w.Face(
            kind,
            self.kind(kind, language),
            self.label(shown.face, language) if shown.met else "",
            shown.met,
            [self.rules.handle(face) for face in shown.same],
            shown.stand_in,
        )

    def record(self, record: Record, language: str) -> w.Record:
        """One record in words. A team's stream and control's list of who knows what show the same one."""
        recent = self._recent.get((id(record), language))
        if recent is not None and recent[0] is record:
            return recent[1]
        shown = self._record(record, language)
        if len(self._recent) >= RECENT_MAX:
            self._recent.clear()
        self._recent[id(record), language] = (record, shown)
        return shown

    def _record(self, record: Record, language: str) -> w.Record:
        kind = self.rules.kind_of(thing_of(record.face))
        field = self.rules.fields[kind, record.field]
        value: Any = record.value
        value_face = None
        if field.type == "thing":
            value_face = self.rules.handle(str(value)) if value is not None else None
            value = value_face
        elif field.type == "choice" and value is not None:
            value = self.rules.choice_codes.of[str(value)]
        elif field.type == "text" and value is not None:
            value = ""
        source, source_title = self.source(record.source, language)
        state: Any = (
            "retracted" if record.retracted else "disputed" if record.disputed else "live" if record.live else "known"
        )
        code, title = self._field_names(kind, record.field, language)
        return w.Record(
            self.rules.handle(record.face),
            code,
            title,
            value,
            self.value(kind, field, record.value, language),
            value_face,
            record.at_ms // MS,
            record.how,
            self.texts.words(f"how-{record.how}", language),
            source,
            source_title,
            record.certainty,
            self.texts.words(f"certainty-{record.certainty}", language),
            state,
            [self._link(each, language) for each in record.chain],
            field.naming,
            field.protected,
        )

    def _link(self, source: Source, language: str) -> str:
        """One link of a chain of sources: a team's title, or a face's handle."""
        code, title = self.source(source, language)
        return title or code

    def _message(self, message: Message, language: str) -> w.Message:
        sender, title = self.source(message.source, language)
        if message.source is None:
            title = ""
        elif message.source.sort == "face":
            title = self.label(message.source.id, language)
        return w.Message(
            message.about, sender, title, self.parts(message.text, language), message.at_ms // MS,
            message.record is not None and not message.disputed,
        )  # fmt: skip

    def _task(self, task: Task, language: str) -> w.Task:
        action = self.rules.actions[task.action]
        faces: list[str] = []
        for param in action.params:
            bound = task.bindings.get(param.name)
            if param.takes == "face" and isinstance(bound, str | tuple):
                faces.extend(self.rules.handle(face) for face in ([bound] if isinstance(bound, str) else bound))
        unit = self.rules.handle(self.rules.faces_of(task.unit)[0]) if task.unit is not None else ""
        result = ""
        if task.state == "done":
            result = self.texts.first((f"result-{kebab(action.id)}-{kebab(task.outcome)}", "result-done"), language)
        return w.Task(
            self.rules.action_codes.of[action.id], self.texts.words(f"action-{kebab(action.id)}", language), unit, faces,
            task.at_ms // MS, task.due_ms // MS, task.state, result,
        )  # fmt: skip

    def _offer(self, shown: s.OfferShown, language: str) -> w.Offer:
        action = self.rules.actions[shown.action]
        asks = [
            self._ask(action.id, param, shown.faces if param.name == shown.param else None, language)
            for param in action.params
        ]
        return w.Offer(
            self.texts.words(f"action-{kebab(action.id)}", language),
            self.texts.first((f"hint-{kebab(action.id)}",), language),
            self.texts.words(f"group-{kebab(action.group)}", language),
            action.live,
            action.takes_ms // MS,
            asks,
            shown.open,
            self.texts.words(shown.why, language) if shown.why else "",
        )

    def _ask(self, action: str, param: Param, faces: tuple[str, ...] | None, language: str) -> w.Ask:
        keys = (f"param-{kebab(action)}-{kebab(param.name)}", f"param-{kebab(param.name)}")
        choices = [
            w.Choice(
                self.rules.choice_codes.of[choice],
                self.texts.first(
                    (f"option-{kebab(action)}-{kebab(param.name)}-{kebab(choice)}", f"option-{kebab(choice)}"), language
                ),
            )
            for choice in param.choices
        ]
        handles = [self.rules.handle(face) for face in faces] if faces is not None else None
        return w.Ask(
            self.rules.name_codes.of[param.name], self.texts.first(keys, language), param.takes, list(param.kinds),
            choices, handles, param.many, param.optional,
        )  # fmt: skip

    def _contact(self, shown: s.ContactShown, language: str) -> w.Contact:
        viewer = self.rules.viewers[shown.viewer]
        return w.Contact(self.viewer(shown.viewer, language), viewer.sort, shown.stand_in)

    def _form(self, shown: s.FixedShown, language: str) -> w.Form:
        form = self.rules.forms[shown.id]
        fields = []
        for each in form.fields:
            field = self.rules.fields[form.kind, each.field]
            fields.append(
                w.FormField(
                    self.rules.field_codes.of[f"{form.kind}.{field.id}"],
                    self.field(form.kind, field.id, language),
                    _TAKES[field.type],
                    self._choices(form.kind, field, language),
                    list(field.kinds),
                    each.required,
                )
            )
        hint = self.texts.first((f"form-hint-{kebab(form.id)}",), language)
        return w.Form(self.texts.words(f"form-{kebab(form.id)}", language), hint, fields)

    def _choices(self, kind: str, field: Field, language: str) -> list[w.Choice]:
        return [
            w.Choice(self.rules.choice_codes.of[choice], self.choice(kind, field.id, choice, language))
            for choice in field.choices
        ]

    def _field(self, shown: s.FixedShown, language: str) -> w.FieldChoice:
        kind, _, name = shown.id.partition(".")
        field = self.rules.fields[kind, name]
        return w.FieldChoice(
            kind, self.field(kind, name, language), _TAKES[field.type], self._choices(kind, field, language),
            list(field.kinds),
        )  # fmt: skip

    def _cue(self, cue: Cue, language: str) -> w.Cue:
        return w.Cue(self.parts(cue.text, language), cue.at_ms // MS, cue.state)

    def _scene(self, shown: s.SceneShown, language: str) -> w.Scene:
        scene = shown.scene
        lines = []
        for line_id, advised in scene.advised:
            line = self.rules.lines[line_id]
            runs: list[w.Part] = [(run, None) for run, _ in split(self.texts.source(kebab(line.text), language))]
            advice = self.texts.words("advice-now" if advised else "advice-not-yet", language)
            lines.append(w.Line(self.rules.line_codes.of[line_id], runs, advised, advice))
        questions = [
            w.Choice(self.rules.choice_codes.of[question], self.texts.words(f"treatment-{kebab(question)}", language))
            for question, *_ in self.rules.characters[shown.character].treatment
        ]
        return w.Scene(
            self.rules.viewer_codes.of[scene.team],
            self.viewer(scene.team, language),
            self.texts.words(f"action-{kebab(scene.action)}", language),
            scene.at_ms // MS,
            scene.state,
            lines,
            bool(scene.treated),
            questions,
        )

    def _inject(self, shown: tuple[str, InjectState], language: str) -> w.Inject:
        name, state = shown
        inject = self.rules.injects[name]
        return w.Inject(
            self.texts.words(f"inject-{kebab(name)}", language),
            self.texts.first((f"inject-sort-{kebab(inject.sort)}",), language),
            [self.viewer(viewer, language) for who in inject.to for viewer in self.rules.viewers_called(who)],
            state.state,
            state.due_ms // MS if state.due_ms is not None else None,
            self.texts.first((f"expected-{kebab(name)}",), language),
            self.word(state.why, language),
        )

    def _knowledge(self, shown: s.KnowledgeShown, language: str) -> w.Knowledge:
        return w.Knowledge(self.rules.viewer_codes.of[shown.viewer], self.record(shown.record, language))

    def _team(self, shown: s.TeamShown, language: str) -> w.Team:
        viewer = self.rules.viewers[shown.viewer]
        profiles = {
            profile
            for plan in self.rules.pack.plans
            if plan.viewer == shown.viewer
            for step in plan.steps
            for profile in step.profiles
        }
        character = viewer.character
        may = character is None or self.rules.characters[character].stand_in
        return w.Team(
            self.viewer(shown.viewer, language), viewer.sort, shown.profile, sorted(profiles) if may else [],
            shown.played, shown.opened,
        )  # fmt: skip

    def _happening(self, happening: Happening, language: str) -> w.Happening:
        cause = self.texts.words(happening.cause, language) if happening.cause else ""
        who = self.viewer(happening.who, language) if happening.who in self.rules.viewers else ""
        return w.Happening(self.texts.words(happening.title, language), cause, who, happening.at_ms // MS)


_TAKES: dict[str, Any] = {"tick": "tick", "number": "number", "choice": "choice", "thing": "face", "text": "words"}
_RENDER: dict[str, Callable[[Renderer, Any, str], w.Item]] = {
    "me": Renderer._me,  # noqa: SLF001  one table beside its class
    "clock": Renderer._clock,  # noqa: SLF001
    "faces": Renderer._face,  # noqa: SLF001
    "records": Renderer.record,
    "messages": Renderer._message,  # noqa: SLF001
    "tasks": Renderer._task,  # noqa: SLF001
    "offers": Renderer._offer,  # noqa: SLF001
    "contacts": Renderer._contact,  # noqa: SLF001
    "forms": Renderer._form,  # noqa: SLF001
    "fields": Renderer._field,  # noqa: SLF001
    "cues": Renderer._cue,  # noqa: SLF001
    "scenes": Renderer._scene,  # noqa: SLF001
    "injects": Renderer._inject,  # noqa: SLF001
    "knowledge": Renderer._knowledge,  # noqa: SLF001
    "teams": Renderer._team,  # noqa: SLF001
    "happenings": Renderer._happening,  # noqa: SLF001
}
