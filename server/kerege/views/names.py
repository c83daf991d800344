"""What everything is called in a language: viewers, faces, fields, choices, values, sources, and texts with handles in them.

Rule: a name is a function of the pack, the language and the words typed by people, never of the state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerege.engine.marks import split
from kerege.engine.papers import DECISIONS, FACES, FIELDS, VIEWERS
from kerege.engine.parts import title_of
from kerege.views.texts import FALLBACK
from kerege.wire.typed import isolated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kerege.engine.held import Source, Text
    from kerege.engine.pack import Field
    from kerege.engine.rules import Rules
    from kerege.views.texts import Texts
    from kerege.wire.items import Part

OWN_EYES = "source-own-eyes"
ERASED = "word-erased"
MINUTE_MS = 60_000
SPOKEN_LEVELS = ("low", "low", "middle", "high", "high")
"""Of an actor's marks, 0 (badly) to 4 (well)."""


def kebab(name: str) -> str:
    """A pack's id as it stands in text keys."""
    return name.replace("_", "-")


class Names:
    """The names of one exercise. `words`: id -> what a person typed (absent once erased)."""

    def __init__(self, rules: Rules, texts: Texts, words: Mapping[str, str]) -> None:
        self.rules = rules
        self.texts = texts
        self._words = words
        self._fields: dict[tuple[str, str, str], tuple[str, str]] = {}
        self._manners: dict[tuple[str, str, str], tuple[str, str]] = {}

    def word(self, word_id: str, language: str) -> str:
        """What a person typed, fit to stand among other words, or that it has been erased; "" for no words."""
        return isolated(self._typed(word_id, language))

    def _typed(self, word_id: str, language: str) -> str:
        if not word_id:
            return ""
        found = self._words.get(word_id)
        return found if found is not None else self.texts.words(ERASED, language)

    def viewer(self, viewer: str, language: str) -> str:
        """A team's, actor's or desk's title."""
        title = self.texts.first((f"team-{kebab(viewer)}",), language)
        if title:
            return title
        base = self.rules.base_of(viewer)
        if base != viewer:
            called = self.word(title_of(viewer), language)
            return f"{self.viewer(base, language)} · {called}"
        persona = self.rules.persona_of.get(viewer)
        if persona is not None:
            return self.texts.words(f"persona-{kebab(persona.thing)}", language)
        character = self.rules.viewers[viewer].character
        if character is not None:
            return (
                f"{self.texts.words('role-actor', language)}: {self.label(self.rules.faces_of(character)[0], language)}"
            )
        role = self.texts.words(f"role-{self.rules.viewers[viewer].sort}", language)
        follows = self.rules.viewers[viewer].follows
        mentors = follows is not None and self.rules.viewers[viewer].sort == "mentor"
        return f"{role}: {self.viewer(follows, language)}" if mentors and follows is not None else role

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
        return self.field_names(kind, field, language)[1]

    def field_names(self, kind: str, field: str, language: str) -> tuple[str, str]:
        """A field's code and title."""
        found = self._fields.get((kind, field, language))
        if found is None:
            title = self.texts.first((f"field-{kebab(kind)}-{kebab(field)}", f"field-{kebab(field)}"), language)
            found = self._fields[kind, field, language] = (self.rules.field_codes.of[f"{kind}.{field}"], title)
        return found

    def manner(self, how: str, certainty: str, language: str) -> tuple[str, str]:
        """How something was learnt and how sure it is, in words."""
        found = self._manners.get((how, certainty, language))
        if found is None:
            words = self.texts.words
            found = words(f"how-{how}", language), words(f"certainty-{certainty}", language)
            self._manners[how, certainty, language] = found
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
            return self._text_value(kind, str(value), language)
        return str(value)

    def _text_value(self, kind: str, value: str, language: str) -> str:
        if value.startswith("word:"):
            return self.word(value.removeprefix("word:"), language)
        if value.startswith("pseudonym:"):
            return f"{self.texts.words('pseudonym', language)} {value.removeprefix('pseudonym:')}"
        if value.startswith(VIEWERS):
            return ", ".join(self.viewer(each, language) for each in value.removeprefix(VIEWERS).split(","))
        if value.startswith(FACES):
            return ", ".join(self.reference(face, language) for face in value.removeprefix(FACES).split(" "))
        if value.startswith(DECISIONS):
            return "; ".join(self._decision(each, language) for each in value.removeprefix(DECISIONS).split(" "))
        if value.startswith(FIELDS):
            return ", ".join(self.field(kind, each, language) for each in value.removeprefix(FIELDS).split(","))
        return self.texts.words(kebab(value), language)

    def reference(self, face: str, language: str) -> str:
        """A face for readers who may not have met it: handle and kind only."""
        return f"{self.rules.handle(face)} ({self.kind(self.rules.kind_of_face(face), language)})"

    def _decision(self, decision: str, language: str) -> str:
        word, owner, due_ms = decision.split("|")
        hours, minutes = (int(each) for each in self.rules.pack.starts_at.split(":"))
        due_min = (hours * 60 + minutes + int(due_ms) // MINUTE_MS) % (24 * 60)
        return f"{self.word(word, language)} ({self.viewer(owner, language)}, {due_min // 60:02}:{due_min % 60:02})"

    def source(self, source: Source | None, language: str) -> tuple[str, str]:
        """A source's code or handle, and its title ("" for a face, which is named by itself)."""
        if source is None:
            return "", self.texts.words(OWN_EYES, language)
        if source.sort == "viewer":
            return self.rules.viewer_codes.of[source.id], self.viewer(source.id, language)
        return self.rules.handle(source.id), ""

    def parts(self, text: Text, language: str) -> list[Part]:
        """A text as runs with handles."""
        if text.written:
            return self._written(text, language)
        if not text.key:
            return [(self.word(text.word, language), None)]
        arguments = {name.replace("/", "-"): self.label(face, language) for name, face in text.faces.items()}
        runs: list[Part] = []
        for words, mark in split(self.texts.source(text.key, language, arguments)):
            face = None
            if mark is not None:
                face = text.faces.get(mark.subject + (f"/{mark.face}" if mark.face else ""))
            runs.append((words, self.rules.handle(face) if face is not None else None))
        if text.said is not None:
            runs.extend(self._said(text.said, language))
        if text.spoken:
            runs.append((" " + self._spoken(text.spoken, language), None))
        if text.word:
            runs.append((" " + self.word(text.word, language), None))
        return runs

    def _spoken(self, answers: tuple[tuple[str, int], ...], language: str) -> str:
        """What a character says of how it was treated: a sentence for each question, each of them once."""
        said = []
        for question, mark in answers:
            level = SPOKEN_LEVELS[mark]
            said.append(self.texts.first((f"spoken-{kebab(question)}-{level}", f"spoken-any-{level}"), language))
        return " ".join(dict.fromkeys(said))

    def _written(self, text: Text, language: str) -> list[Part]:
        """What control wrote, with handles; in the reader's language, or the next that it wrote in, which says so."""
        by_language = dict(text.written)
        chosen = next(each for each in (language, *FALLBACK, *by_language) if each in by_language)
        words = self._typed(by_language[chosen], language)  # whole, as no other words stand in its line
        runs: list[Part] = [] if chosen == language else [(f"[{chosen}] ", None)]
        for run, mark in split(words):
            face = None
            if mark is not None:
                face = text.faces.get(mark.subject + (f"/{mark.face}" if mark.face else ""))
            runs.append((run, self.rules.handle(face) if face is not None else None))
        return runs

    def _said(self, said: tuple[str, str, Any], language: str) -> list[Part]:
        face, field_id, value = said
        kind = self.rules.kind_of_face(face)
        field = self.rules.fields[kind, field_id]
        handle = self.rules.handle(face)
        runs: list[Part] = [(" ", None), (handle, handle), (f" · {self.field(kind, field_id, language)}: ", None)]
        if field.type == "thing" and value is not None:
            other = self.rules.handle(str(value))
            runs.append((other, other))
        else:
            runs.append((self.value(kind, field, value, language), None))
        return runs
