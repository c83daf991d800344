"""The sheet of what evaluators noted, and what a team could know at the time of a note. After ENDEX; teams, never persons.

Rules: no rating stands for fewer than three persons; those of a small team and its neighbour stand together, away from the
words of either. What a team could know is given as an observers' desk would get it:
through the redaction table, nothing protected, no typed words, no source that the reader has not met.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kerege.engine.commands.evaluation import RATED_CHAIRS_MIN
from kerege.engine.faces import thing_of
from kerege.engine.held import Note, Record, Source
from kerege.engine.knowledge import TYPED
from kerege.review.groups import Group, rated_together
from kerege.review.rating import BEYOND, LETTERS
from kerege.review.sheet import Sheet, sheet
from kerege.review.texts import say
from kerege.room.exercise import Exercise
from kerege.views.names import kebab

KNOWN_MAX = 300
"""Records on one sheet: the newest."""
MINUTE_MS = 60_000


@dataclass(frozen=True)
class Line:
    """One note in words. `rating` "": none; `shown_by`: acts, with time and team."""

    at: str
    teams: str
    about: str
    rating: str
    words: str
    shown_by: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """One record in words: when it was learnt, what about, what it said, how and from whom."""

    at: str
    about: str
    value: str
    how: str


def notes_of(exercise: Exercise, chair: str) -> tuple[Note, ...]:
    """All notes of an evaluators' chair, in the order in which they were written."""
    count = exercise.state.get("count", ("note", chair), 0)
    return tuple(exercise.state.get("note", (chair, n)) for n in range(1, count + 1))


def notes_sheet(exercise: Exercise, people: Mapping[str, int] | None, language: str) -> Sheet:
    """
    All notes of all evaluators.

    Args:
        exercise: As it stands after ENDEX.
        people: How many sit at each team, where that is known; a team that is not named has nobody.
        language: One that `spoken` gave.
    """
    notes = [(chair, note) for chair in exercise.rules.evaluators for note in notes_of(exercise, chair)]
    together = rated_together(exercise.rules, people)
    lines = [_line(exercise, chair, note, together, language) for chair, note in notes]
    page = {
        "title": exercise.texts.words("pack-title", language),
        "lines": lines,
        "together": _together(exercise, [note for _, note in notes], together, language),
        "least": RATED_CHAIRS_MIN,
    }
    return sheet("notes.html", page, language)


def _rated_as(note: Note, together: tuple[Group, ...]) -> Group:
    """All teams for which a note's rating stands; none where there are too few persons in all."""
    return tuple(team for group in together if set(group) & set(note.teams) for team in group)


def _line(exercise: Exercise, chair: str, note: Note, together: tuple[Group, ...], language: str) -> Line:
    names, texts = exercise.renderer.names, exercise.texts
    rating = note.rating and say(f"rating-{note.rating}", language)
    if note.rating not in {"", "N"} and set(_rated_as(note, together)) != set(note.teams):
        key = "rating-together" if together else "rating-too-few"
        rating = say(key, language, least=str(RATED_CHAIRS_MIN))
    acts = [exercise.state.get("happening", (chair, n)) for n in note.evidence]
    return Line(
        _at(note.at_ms),
        ", ".join(names.viewer(team, language) for team in note.teams),
        texts.words(f"guide-{kebab(note.guide)}", language) if note.guide else "",
        rating,
        names.word(note.word, language),
        tuple(
            f"{_at(act.at_ms)} {names.viewer(act.who, language)}: {texts.words(act.title, language)}" for act in acts
        ),
    )


def _together(
    exercise: Exercise, notes: list[Note], together: tuple[Group, ...], language: str
) -> tuple[tuple[str, str], ...]:
    """The ratings of teams that are rated together: their names, and how often which letter was given, best first."""
    given: dict[Group, Counter[str]] = {}
    for note in notes:
        group = _rated_as(note, together)
        if note.rating not in {"", "N"} and group and set(group) != set(note.teams):
            given.setdefault(group, Counter())[note.rating] += 1
    viewer = exercise.renderer.names.viewer
    return tuple(
        (
            ", ".join(viewer(team, language) for team in group),
            ", ".join(f"{letter}: {counts[letter]}" for letter in (*LETTERS, BEYOND) if counts[letter]),
        )
        for group, counts in given.items()
    )


def known_sheet(then: Exercise, team: str, at_ms: int, language: str) -> Sheet:
    """What a team could know. `then`: the exercise as it stood at `at_ms` (see `exercise_at`)."""
    found = known_then(then, team, language)
    beyond = len(found) - KNOWN_MAX
    page = {
        "title": then.renderer.names.viewer(team, language),
        "at": _at(at_ms),
        "known": found[:KNOWN_MAX],
        "more": say("and-more", language, count=str(beyond)) if beyond > 0 else "",
    }
    return sheet("known.html", page, language)


def known_then(then: Exercise, team: str, language: str) -> list[Known]:
    """The records of a team that stand, newest first, as observers may have them."""
    rules, names = then.rules, then.renderer.names
    given: set[str] = set()
    found = []
    for n in range(1, then.state.get("count", ("record", team), 0) + 1):
        record: Record = then.state.get("record", (team, n))
        give = rules.redaction(record.face, record.field, record.value)
        if give == "omit" or record.retracted or (isinstance(record.value, str) and record.value.startswith(TYPED)):
            continue
        kind, declared = rules.kind_of(thing_of(record.face)), rules.field_of_face(record.face, record.field)
        given.add(record.face)
        if give == "pseudonym":
            value = names.value(kind, declared, f"pseudonym:{rules.handle(record.face)}", language)
        elif declared.type == "thing" and record.value is not None:
            given.add(str(record.value))
            value = names.label(str(record.value), language)
        else:
            value = names.value(kind, declared, record.value, language)
        title = names.field(kind, record.field, language)
        about = f"{names.label(record.face, language)} · {title}"
        how, certainty = names.manner(record.how, record.certainty, language)
        parts = (how, _source(then, record.source, given, language), "" if record.certainty == "certain" else certainty)
        found.append(Known(_at(record.at_ms), about, value, ", ".join(part for part in parts if part)))
    return found[::-1]


def _source(then: Exercise, source: Source | None, given: set[str], language: str) -> str:
    """A source as observers may know it: a face only where something of it has been given."""
    if source is None or (source.sort != "viewer" and source.id not in given):
        return ""
    names = then.renderer.names
    return names.viewer(source.id, language) if source.sort == "viewer" else names.label(source.id, language)


def _at(at_ms: int) -> str:
    hours, minutes = divmod(at_ms // MINUTE_MS, 60)
    return f"{hours}:{minutes:02}"
