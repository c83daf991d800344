"""A text that control writes during play, compiled against the running pack as an author's text would be.

What it marks must be there and be the same in every language; a name outside a mark is a problem. Each problem says in
which language, line and column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine.conditions.exprtype import field_type
from kerege.engine.conditions.vocabulary import Types
from kerege.engine.marks import Mark, marks_in
from kerege.scenario.desk import Desk, Use, as_key
from kerege.scenario.marks import check_marks
from kerege.scenario.places import At
from kerege.scenario.problems import Problem, errors, in_order
from kerege.scenario.reading import Source
from kerege.scenario.texts import Text, TextFile
from kerege.scenario.words import check_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kerege.engine.pack import Pack

KEY = "written"


def compile_written(pack: Pack, texts: Mapping[str, str]) -> tuple[tuple[Mark, ...], list[Problem]]:
    """
    What a written text marks, and all that is wrong with it.

    Args:
        texts: Language -> the words, with marks `[words](thing.field)`.
    """
    problems = [
        Problem(language, 1, 1, "there is no text in this language")
        for language in pack.languages
        if not texts.get(language, "").strip()
    ]
    problems += [
        Problem(language, 1, 1, "the exercise does not have this language")
        for language in texts
        if language not in pack.languages
    ]
    for language, words in texts.items():
        found = next((place for place, sign in enumerate(words) if sign in "{}"), None)
        if found is not None:
            problems.append(_text(language, words).problem("no braces here", offset=found))
    if problems:
        return (), in_order(problems)
    desk = _desk(pack)
    use = Use(KEY, At(Source(KEY, "")), "told", {})
    naming = {
        as_key(str(value))
        for thing in pack.things
        for field, value in thing.values.items()
        if value is not None and desk.fields[thing.kind, field].naming
    }
    read = {
        language: {KEY: _text(language, texts[language])}
        | {key: _text(language, words, key) for key, words in pack.texts.get(language, {}).items() if key in naming}
        for language in pack.languages
    }
    check_marks(desk, read, pack.languages, [use])
    check_names(desk, pack, read, [use])
    return marks_in(texts[pack.languages[0]]), errors(in_order(desk.problems))


def _text(language: str, words: str, key: str = KEY) -> Text:
    return Text(key, TextFile(language, language, words, (), False), 0, words, 0, words)


def _desk(pack: Pack) -> Desk:
    """The compiler's table as it stood when this pack was compiled, as far as a text can speak of it."""
    desk = Desk()
    desk.kinds = {kind.id: kind for kind in pack.kinds}
    desk.fields = {(kind.id, field.id): field for kind in pack.kinds for field in kind.fields}
    desk.things = {thing.id: thing for thing in pack.things}
    desk.characters = {character.thing: character for character in pack.characters}
    desk.types = Types(
        kinds={kind.id: {field.id: field_type(field) for field in kind.fields} for kind in pack.kinds},
        things={thing.id: thing.kind for thing in pack.things},
    )
    return desk
