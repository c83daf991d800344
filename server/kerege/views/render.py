"""Puts what a view shows into words: one function for each collection, written out in one table.

Rule: a rendered item is a function of what is shown, the language and the words typed by people, never of the state at
the time of reading; so the same change gives the same bytes whenever it is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerege.engine.handles import code
from kerege.engine.marks import split
from kerege.engine.pack import Tell
from kerege.engine.papers import is_document
from kerege.engine.profiles import profiles_of
from kerege.engine.same import SAME_AS
from kerege.views import shown as s
from kerege.views.does import does
from kerege.views.names import Names, kebab
from kerege.wire import items as w

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kerege.engine.held import (
        Cue,
        Debrief,
        Duty,
        Happening,
        InjectState,
        Message,
        Note,
        Record,
        Request,
        Source,
        Task,
        Written,
    )
    from kerege.engine.pack import Field, Inject, Param, Viewer
    from kerege.engine.rules import Rules
    from kerege.views.texts import Texts

MS = 1000
RECENT_MAX = 512
"""How many rendered records are kept for the next stream that shows the same; a step has some tens."""


class Renderer:
    """Renders one exercise's views. `words`: id -> what a person typed (absent once erased)."""

    def __init__(self, rules: Rules, texts: Texts, words: Mapping[str, str]) -> None:
        self.rules = rules
        self.texts = texts
        self.names = Names(rules, texts, words)
        self._recent: dict[tuple[Record, str], w.Record] = {}

    def item(self, collection: str, shown: Any, language: str) -> w.Item:
        """One item in words."""
        return _RENDER[collection](self, shown, language)

    # -- collections ---------------------------------------------------------------------------------------------

    def _me(self, shown: s.MeShown, language: str) -> w.Me:
        viewer = self.rules.viewers[shown.id]
        brief: list[w.Part] = []
        if viewer.character is not None:
            key = kebab(self.rules.characters[viewer.character].card)
        else:
            key = f"brief-{kebab(viewer.id)}"
            if not self.texts.has(key):
                key = f"brief-{kebab(self.rules.base_of(viewer.id))}"
        if self.texts.has(key):
            brief = [(words, None) for words, _ in split(self.texts.source(key, language))]
        role: Any = (
            "player" if viewer.sort == "team" else "observer" if viewer.sort in {"hidden", "persona"} else viewer.sort
        )
        agency = self.texts.first((f"agency-{kebab(viewer.agency)}",), language) if viewer.agency else ""
        units = [self.rules.handle(self.rules.faces_of(unit)[0]) for unit in _units(viewer, shown.units)]
        return w.Me(
            self.names.viewer(viewer.id, language), role, agency, brief, units, self._shift(shown.shift, language)
        )

    def _shift(self, shown: s.ShiftShown | None, language: str) -> w.Shift | None:
        if shown is None:
            return None
        mine, earlier = shown.mine, shown.earlier
        return w.Shift(
            "on" if shown.on else "before" if mine is None else "over",
            None if mine is None else mine.since_ms // 1000,
            self.names.viewer(shown.before, language) if shown.before else "",
            "" if earlier is None or earlier.on else "handed" if earlier.briefed else "nothing",
            self.names.viewer(shown.after, language) if shown.after else "",
            shown.ready,
        )

    def _clock(self, shown: s.ClockShown, language: str) -> w.Clock:
        clock = shown.clock
        pack = self.rules.pack
        ending = self.texts.words(f"ending-{kebab(shown.ending)}", language) if shown.ending else ""
        return w.Clock(
            clock.phase, clock.at_ms // MS, clock.speed, clock.stopped, pack.ends_after_ms // MS, pack.starts_at,
            self.texts.words("clock-lost", language) if clock.lost else self.names.word(clock.why, language),
            ending, clock.lost, shown.thinking,
        )  # fmt: skip

    def _face(self, shown: s.FaceShown, language: str) -> w.Face:
        kind = self.rules.kind_of_face(shown.face)
        return w.Face(
            kind,
            self.names.kind(kind, language),
            self.names.label(shown.face, language) if shown.met else "",
            shown.met,
            [self.rules.handle(face) for face in shown.same],
            shown.stand_in,
            is_document(shown.face),
        )

    def record(self, record: Record, language: str) -> w.Record:
        """One record in words. Watchers of one place, and control's list of who knows what, are shown equal ones."""
        key = (record, language)
        shown = self._recent.get(key)
        if shown is None:
            if len(self._recent) >= RECENT_MAX:
                self._recent.clear()
            shown = self._recent[key] = self._record(record, language)
        return shown

    def forget_words(self) -> None:
        """After an erasure: nothing that was rendered before may be shown again."""
        self._recent.clear()

    def _record(self, record: Record, language: str) -> w.Record:
        kind = self.rules.kind_of_face(record.face)
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
        source, source_title = self.names.source(record.source, language)
        state: Any = (
            "retracted" if record.retracted else "disputed" if record.disputed else "live" if record.live else "known"
        )
        code, title = self.names.field_names(kind, record.field, language)
        how_title, certainty_title = self.names.manner(record.how, record.certainty, language)
        return w.Record(
            self.rules.handle(record.face),
            code,
            title,
            value,
            self.names.value(kind, field, record.value, language),
            value_face,
            record.at_ms // MS,
            record.how,
            how_title,
            source,
            source_title,
            record.certainty,
            certainty_title,
            state,
            [self._link(each, language) for each in record.chain],
            field.naming,
            field.protected,
            record.as_of_ms // MS if record.as_of_ms is not None else None,
            self.names.viewer(record.handed, language) if record.handed else "",
        )

    def _link(self, source: Source, language: str) -> str:
        """One link of a chain of sources: a team's title, or a face's handle."""
        code, title = self.names.source(source, language)
        return title or code

    def _message(self, message: Message, language: str) -> w.Message:
        sender, title = self.names.source(message.source, language)
        if message.source is None:
            title = ""
        elif message.source.sort == "face":
            title = self.names.label(message.source.id, language)
        return w.Message(
            message.about, sender, title, self.names.parts(message.text, language), message.at_ms // MS,
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
        forms = [
            w.Choice(self.rules.form_codes.of[form.id], self.texts.words(f"form-{kebab(form.id)}", language))
            for form in self.rules.pack.forms
            if viewer.agency in form.by
        ]
        return w.Contact(self.names.viewer(shown.viewer, language), viewer.sort, shown.stand_in, forms)

    def _form(self, shown: s.FixedShown, language: str) -> w.Form:
        form = self.rules.forms[shown.id]
        fields = []
        for each in form.fields:
            field = self.rules.fields[form.kind, each.field]
            fields.append(
                w.FormField(
                    self.rules.field_codes.of[f"{form.kind}.{field.id}"],
                    self.names.field(form.kind, field.id, language),
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
            w.Choice(self.rules.choice_codes.of[choice], self.names.choice(kind, field.id, choice, language))
            for choice in field.choices
        ]

    def _field(self, shown: s.FixedShown, language: str) -> w.FieldChoice:
        kind, _, name = shown.id.partition(".")
        field = self.rules.fields[kind, name]
        return w.FieldChoice(
            kind, self.names.field(kind, name, language), _TAKES[field.type], self._choices(kind, field, language),
            list(field.kinds), sameness=name == SAME_AS,
        )  # fmt: skip

    def _cue(self, cue: Cue, language: str) -> w.Cue:
        return w.Cue(self.names.parts(cue.text, language), cue.at_ms // MS, cue.state)

    def _scene(self, shown: s.SceneShown, language: str) -> w.Scene:
        scene = shown.scene
        lines = []
        for line_id, advised in scene.advised:
            line = self.rules.lines[line_id]
            runs: list[w.Part] = [(run, None) for run, _ in split(self.texts.source(kebab(line.text), language))]
            advice = self.texts.words("advice-now" if advised else "advice-not-yet", language)
            lines.append(w.Line(self.rules.line_codes.of[line_id], runs, advised, advice, line_id in scene.said))
        questions = [
            w.Choice(self.rules.choice_codes.of[question], self.texts.words(f"treatment-{kebab(question)}", language))
            for question, *_ in self.rules.characters[shown.character].treatment
        ]
        return w.Scene(
            self.rules.viewer_codes.of[scene.team],
            self.names.viewer(scene.team, language),
            self.texts.words(f"action-{kebab(scene.action)}", language),
            scene.at_ms // MS,
            scene.state,
            lines,
            bool(scene.treated),
            questions,
            {self.rules.choice_codes.of[question]: mark for question, mark in scene.treated},
            scene.debriefed,
        )

    def _debrief(self, debrief: Debrief, language: str) -> w.Debrief:
        return w.Debrief(
            self.names.viewer(debrief.actor, language),
            self.names.viewer(debrief.team, language),
            self.texts.words(f"action-{kebab(debrief.action)}", language),
            debrief.at_ms // MS,
            debrief.done,
            [
                w.Treatment(self.texts.words(f"treatment-{kebab(question)}", language), mark)
                for question, mark in debrief.answers
            ],
        )

    def _inject(self, shown: s.InjectShown | tuple[str, InjectState], language: str) -> w.Inject:
        if isinstance(shown, tuple):
            shown = s.InjectShown(*shown, None, ())
        now, own = shown.now, shown.written
        inject = self.rules.injects.get(shown.inject)
        title = self.names.word(own.title, language) if own is not None and own.title else ""
        does_now: list[str] = []
        if inject is not None:
            title = title or self.texts.words(f"inject-{kebab(inject.id)}", language)
            rewritten = own is not None and own.texts
            kept = (each for each in inject.effects if not (rewritten and isinstance(each, Tell)))
            does_now = does(self.rules, self.names, kept, language)
        to = own.to if own is not None else tuple(
            viewer for who in inject.to for viewer in self.rules.teams_named(who)
        ) if inject is not None else ()  # fmt: skip
        return w.Inject(
            title,
            self.texts.first((f"inject-sort-{kebab(inject.sort)}",), language) if inject is not None else "",
            [self.names.viewer(viewer, language) for viewer in to],
            now.state,
            now.due_ms // MS if now.due_ms is not None else None,
            self.texts.first((f"expected-{kebab(shown.inject)}",), language),
            self.names.word(now.why, language),
            does_now,
            [self.rules.viewer_codes.of[viewer] for viewer in to],
            self._texts_of(inject, own, language),
            own is not None,
            inject is None,
            self._readings(shown.tried, language),
        )

    def _texts_of(self, inject: Inject | None, own: Written | None, language: str) -> dict[str, str]:
        """What a line tells, in every language, with its marks: for control to write it anew."""
        if own is not None and own.texts:
            return {each: self.names.word(word, language) for each, word in own.texts}
        told = next((each for each in inject.effects if isinstance(each, Tell)), None) if inject is not None else None
        if told is None:
            return {}
        return {each: self.texts.source(kebab(told.text), each) for each in self.rules.pack.languages}

    def _readings(self, tried: tuple[Any, ...], language: str) -> list[w.Reading]:
        """What each would read, in every language of the exercise, exactly as it would be put into words there."""
        return [
            w.Reading(
                self.names.viewer(viewer, language),
                each,
                self.names.parts(text, each) if text.key or text.written else [],
                learns,
            )
            for viewer, text, learns in tried
            for each in self.rules.pack.languages
        ]

    def _knowledge(self, shown: s.KnowledgeShown, language: str) -> w.Knowledge:
        return w.Knowledge(self.rules.viewer_codes.of[shown.viewer], self.record(shown.record, language))

    def _team(self, shown: s.TeamShown, language: str) -> w.Team:
        viewer = self.rules.viewers[shown.viewer]
        return w.Team(
            self.names.viewer(shown.viewer, language), viewer.sort, shown.profile,
            list(profiles_of(self.rules, shown.viewer)), shown.played, shown.opened,
            thinking=shown.thinking,
            units=[self.rules.handle(self.rules.faces_of(unit)[0]) for unit in _units(viewer, shown.units)],
            on_duty=shown.on_duty,
            kin=code(self.rules.key, "agency", viewer.agency) if viewer.agency else "",
        )  # fmt: skip

    def _happening(self, happening: Happening, language: str) -> w.Happening:
        cause = self.texts.words(happening.cause, language) if happening.cause else ""
        who = self.names.viewer(happening.who, language) if happening.who in self.rules.viewers else ""
        to = [self.names.viewer(viewer, language) for viewer in happening.to]
        about: list[w.Part] = []
        for face, field in happening.about:
            about.append((self.names.label(face, language), self.rules.handle(face)))
            about.append((f": {self.names.field(self.rules.kind_of_face(face), field, language)}; ", None))
        if about:
            about[-1] = (about[-1][0].removesuffix("; "), None)
        words = self.names.word(happening.word, language) if happening.word else ""
        title = self.texts.words(happening.title, language)
        return w.Happening(title, cause, who, happening.at_ms // MS, to, about, words, happening.undo)

    def _duty(self, duty: Duty, language: str) -> w.Duty:
        return w.Duty(
            self.rules.form_codes.of[duty.form],
            self.texts.words(f"form-{kebab(duty.form)}", language),
            self.rules.viewer_codes.of[duty.debtor],
            self.names.viewer(duty.debtor, language),
            duty.at_ms // MS,
            duty.due_ms // MS,
            self.rules.handle(duty.document) if duty.document else "",
        )

    def _request(self, request: Request, language: str) -> w.Request:
        field = ""
        if request.field:
            field = self.names.field(self.rules.kind_of_face(request.about), request.field, language)
        return w.Request(
            request.mine,
            self.rules.viewer_codes.of[request.other],
            self.names.viewer(request.other, language),
            self.rules.handle(request.about) if request.about else "",
            field,
            self.rules.form_codes.of[request.form] if request.form else "",
            self.texts.words(f"form-{kebab(request.form)}", language) if request.form else "",
            self.names.word(request.word, language),
            request.at_ms // MS,
            request.wanted_ms // MS if request.wanted_ms is not None else None,
            request.state,
            self.names.word(request.reason, language),
            self.names.viewer(request.via, language) if request.via else "",
            self.names.viewer(request.handed_to, language) if request.handed_to else "",
        )

    def _consultation(self, shown: s.ConsultationShown, language: str) -> w.Consultation:
        held = shown.consultation
        codes = self.rules.viewer_codes.of
        return w.Consultation(
            self.names.word(held.title, language),
            codes[held.convener],
            held.convener == shown.viewer,
            self.rules.handle(held.place) if held.place else "",
            held.at_ms // MS,
            held.open,
            dict(held.seats)[shown.viewer],
            [w.Seat(codes[viewer], self.names.viewer(viewer, language), state) for viewer, state in held.seats],
            [
                w.Tabled(
                    self.names.viewer(each.by, language), each.at_ms // MS, [self.rules.handle(f) for f in each.faces]
                )
                for each in held.tabled
            ],
            [
                w.Decision(
                    f"d{n}",
                    self.names.word(each.word, language),
                    self.names.viewer(each.owner, language),
                    each.owner == shown.viewer,
                    each.due_ms // MS,
                    each.done,
                )
                for n, each in enumerate(held.decisions, 1)
            ],
            self.rules.handle(held.minutes) if held.minutes else "",
        )

    def _proposal(self, shown: s.ProposalShown, language: str) -> w.Proposal:
        proposal = shown.proposal
        due_ms = proposal.due_ms
        return w.Proposal(
            self.rules.viewer_codes.of[shown.team],
            self.names.viewer(shown.team, language),
            self.names.word(proposal.word, language),
            "" if proposal.unit is None else self.rules.handle(self.rules.faces_of(proposal.unit)[0]),
            [self.rules.handle(face) for face in proposal.faces],
            proposal.at_ms // MS,
            proposal.wants_ms // MS,
            proposal.state,
            due_ms // MS if due_ms is not None else None,
            self.names.word(proposal.answer, language),
        )

    def _guide(self, shown: s.FixedShown, language: str) -> w.Guide:
        guide = self.rules.guides[shown.id]
        key = f"guide-{kebab(guide.id)}"
        points = [w.Choice(point, self.texts.words(f"{key}-{kebab(point)}", language)) for point in guide.points]
        return w.Guide(
            self.texts.words(key, language),
            guide.from_ms // MS,
            guide.to_ms // MS,
            [self.rules.viewer_codes.of[team] for team in guide.teams],
            points,
            "" if guide.place is None else self.names.label(self.rules.faces_of(guide.place)[0], language),
            [self.texts.words(f"action-{kebab(act)}", language) for act in guide.acts]
            + [self.texts.words(f"form-{kebab(form)}", language) for form in guide.forms],
        )

    def _note(self, note: Note, language: str) -> w.Note:
        rating: Any = note.rating
        return w.Note(
            [self.names.viewer(team, language) for team in note.teams],
            self.texts.words(f"guide-{kebab(note.guide)}", language) if note.guide else "",
            self.rules.guide_codes.of[note.guide] if note.guide else "",
            rating,
            self.names.word(note.word, language),
            [f"h{n}" for n in note.evidence],
            note.at_ms // MS,
        )

    def _persona(self, shown: s.FixedShown, language: str) -> w.Persona:
        persona = self.rules.persona_of[shown.id]
        card: list[w.Part] = [(run, None) for run, _ in split(self.texts.source(kebab(persona.card), language))]
        open_to = [
            self.rules.viewer_codes.of[team] for team in self.rules.teams if shown.id in self.rules.personas_for(team)
        ]
        return w.Persona(self.names.viewer(shown.id, language), card, open_to)

    def _letter(self, shown: s.LetterShown, language: str) -> w.Letter:
        letter = shown.letter
        return w.Letter(
            self.rules.viewer_codes.of[shown.persona],
            self._message(shown.message, language),
            "waiting" if letter is None else letter.state,
            "" if letter is None else self.names.word(letter.word, language),
        )


def _units(viewer: Viewer, units: tuple[str, ...] | None) -> tuple[str, ...]:
    return viewer.units if units is None else units


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
    "debriefs": Renderer._debrief,  # noqa: SLF001
    "injects": Renderer._inject,  # noqa: SLF001
    "knowledge": Renderer._knowledge,  # noqa: SLF001
    "teams": Renderer._team,  # noqa: SLF001
    "happenings": Renderer._happening,  # noqa: SLF001
    "duties": Renderer._duty,  # noqa: SLF001
    "requests": Renderer._request,  # noqa: SLF001
    "consultations": Renderer._consultation,  # noqa: SLF001
    "proposals": Renderer._proposal,  # noqa: SLF001
    "guides": Renderer._guide,  # noqa: SLF001
    "notes": Renderer._note,  # noqa: SLF001
    "personas": Renderer._persona,  # noqa: SLF001
    "letters": Renderer._letter,  # noqa: SLF001
}
