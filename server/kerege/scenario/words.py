"""Words: every text that is looked up exists in every language, is used, and gives no name away by accident."""

from __future__ import annotations

from collections.abc import Iterable

from kerege.engine.pack import Pack
from kerege.scenario.desk import Desk, Use
from kerege.scenario.labels import Label, labels
from kerege.scenario.library import Story
from kerege.scenario.marks import check_marks
from kerege.scenario.places import At
from kerege.scenario.problems import nearest
from kerege.scenario.texts import Text, Texts, words_outside_marks

STEM_CHARS_MIN = 4
"""Shorter words of a name (the, of, Al) are too common to be told apart from others."""

PERSON = "person"

ENDING_CHARS_MAX = 4
"""How much longer than its stem an inflected name may be: Раиса, Раисою, Раисиного."""


def check_words(desk: Desk, story: Story, pack: Pack, texts: Texts) -> None:
    """Run every check on texts."""
    languages = story.pack.languages
    _check_files(desk, story, texts)
    places = _places(story)
    uses = [use for use in desk.uses if _check_exists(desk, use, texts, languages)]
    for label in labels(desk, pack):
        if story.alone and label.place[0] in {"pack", "teams"}:
            continue
        at = places.get(label.place, story.at)
        uses.extend(_uses_of(label, at, texts, languages))
        if not label.optional:
            _check_label(desk, label, at, texts, languages)
    check_marks(desk, texts, languages, uses)
    check_names(desk, pack, texts, uses)
    if not story.alone and not story.broken:  # the library cannot know what packs use, nor can a broken definition
        _check_unused(desk, texts, languages, {use.key for use in uses} | {use.key for use in desk.uses})


def _places(story: Story) -> dict[tuple[str, str], At]:
    return {
        (stem, identity[0]): entry.at / ("thing" if stem in {"characters", "personas"} else "id")
        for stem, entries in story.entries.items()
        for identity, entry in entries.items()
        if identity
    }


def _check_files(desk: Desk, story: Story, texts: Texts) -> None:
    own = {language for language, _, _, from_library in story.texts if not from_library}
    for index, language in enumerate(story.pack.languages):
        if language not in texts:
            desk.error(story.at / "languages" / index, f"there is no texts/{language}.ftl")
    needed = {key for found in texts.values() for key, text in found.items() if text.is_base}
    for index, language in enumerate(story.pack.languages):
        missing = sorted(needed - set(texts.get(language, needed)))
        if missing:
            some = ", ".join(missing[:3]) + (" and others" if len(missing) > 3 else "")
            desk.error(story.at / "languages" / index, f"the server's own words are not there in {language}: {some}")
    for language in sorted(own - set(story.pack.languages)):
        desk.warn(story.at / "languages", f"texts/{language}.ftl is not among the languages")


def _check_exists(desk: Desk, use: Use, texts: Texts, languages: list[str]) -> bool:
    missing = [language for language in languages if language in texts and use.key not in texts[language]]
    if missing:
        known = {key for language in missing for key in texts[language]}
        desk.error(use.at, f"there is no text {use.key!r} in {', '.join(missing)}", nearest(use.key, known))
    return len(missing) < len(languages)


def _check_label(desk: Desk, label: Label, at: At, texts: Texts, languages: list[str]) -> None:
    missing = [
        language
        for language in languages
        if language in texts and not any(key in texts[language] for key in label.keys)
    ]
    if missing:
        wanted = " or ".join(repr(key) for key in label.keys)
        desk.error(at, f"there is no text {wanted} in {', '.join(missing)}")


def _uses_of(label: Label, at: At, texts: Texts, languages: list[str]) -> list[Use]:
    """Every spelling of a label that some language has counts as used."""
    present = {key for language in languages for key in texts.get(language, {})}
    return [Use(key, at, label.role, {}) for key in label.keys if key in present]


def _check_unused(desk: Desk, texts: Texts, languages: list[str], used: set[str]) -> None:
    for language in languages:
        for key, text in texts.get(language, {}).items():
            if key not in used and not text.file.from_library:
                known = used - set(texts[language])
                desk.problems.append(text.problem(f"nothing uses the text {key!r}", nearest(key, known), warning=True))


def check_names(desk: Desk, pack: Pack, texts: Texts, uses: Iterable[Use]) -> None:
    """No name of a person or place stands outside a mark in what players read."""
    names = {
        str(value)
        for thing in pack.things
        for field, value in thing.values.items()
        if value is not None and desk.fields[thing.kind, field].naming
    }
    people = {
        str(thing.values.get(field.id))
        for thing in pack.things
        for field in desk.kinds[thing.kind].fields
        if field.naming and (thing.kind == PERSON or thing.id in desk.characters)
    }
    checked = {use.key for use in uses if use.role != "control"} - names
    for language in pack.languages:
        here = texts.get(language, {})
        stems = _stems({key: here[key] for key in names if key in here}, people)
        for key in sorted(checked & set(here)):
            for word, offset in words_outside_marks(here[key]):
                if _is_name(word, stems, at_start=_starts_sentence(here[key], offset)):
                    message = f"{word!r} names somebody or a place; mark it: [{word}](thing.field)"
                    desk.problems.append(here[key].problem(message, offset=offset))


def _stems(names: dict[str, Text], people: set[str]) -> dict[str, bool]:
    """Stem of each capitalised word of a name -> whether it gives somebody away even where any word is capitalised.

    At the start of a sentence "Three" need not be Platform Three; "Timur" is Timur, and so is a name of one word.
    """
    stems: dict[str, bool] = {}
    for key, text in names.items():
        words = text.body.split()
        for word, _ in words_outside_marks(text):
            if len(word) >= STEM_CHARS_MIN and word[0].isupper():
                stems[word[:-1]] = stems.get(word[:-1], False) or key in people or len(words) == 1
    return stems


def _starts_sentence(text: Text, offset: int) -> bool:
    before = text.body[: offset - text.body_start].rstrip(" \n\"'([«„“—–-")
    return not before or before[-1] in ".!?:…}]"


def _is_name(word: str, stems: dict[str, bool], *, at_start: bool) -> bool:
    longest = len(word)
    for length in range(max(3, longest - ENDING_CHARS_MAX), longest + 1):
        if word[:length] in stems and (stems[word[:length]] or not at_start):
            return True
    return False
