"""What every document says of itself beside the fields of its form, and the document that a consultation leaves.

The compiler gives these fields to each kind that a form makes, so that they are records like any others: learnt, shared,
and unknown to whoever was not given them. Who filed it stands in a text value that names viewers (`viewers:a,b`), what
was left out in one that names fields (`fields:a,b`); views put both into words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine.faces import document_parts, thing_of
from kerege.engine.pack import Field, Form, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kerege.engine.held import Record
    from kerege.engine.rules import Rules
    from kerege.engine.state import AnyState

FILED_BY = "filed_by"
LATE = "late"
MISSING = "missing"
REPLACES = "replaces"
REPLACED = "replaced"
EXCLUDED = "excluded"
MARKS = (FILED_BY, LATE, MISSING)
"""What whoever is given a part of a document sees on its face."""
PAPER_FIELDS = (*MARKS, REPLACES, REPLACED, EXCLUDED)

VIEWERS = "viewers:"
FIELDS = "fields:"


def excluded_field() -> Field:
    """That something was excluded from the case."""
    return Field(EXCLUDED, "tick")


def paper_fields(kind: str) -> tuple[Field, ...]:
    """The fields that a kind of documents has beside those of its form."""
    return (
        Field(FILED_BY, "text", hearable=False),
        Field(LATE, "tick", hearable=False),
        Field(MISSING, "text", hearable=False),
        Field(REPLACES, "thing", kinds=(kind,), hearable=False),
        Field(REPLACED, "tick", hearable=False),
        excluded_field(),
    )


def naming_viewers(viewers: Iterable[str]) -> str:
    """The text value that names viewers."""
    return VIEWERS + ",".join(viewers)


def naming_fields(fields: Iterable[str]) -> str:
    """The text value that names fields of the document's own kind."""
    return FIELDS + ",".join(fields)


MINUTES = "consultation_minutes"
"""The form that nobody files by hand, and its kind: what a consultation leaves."""
FACES = "faces:"
DECISIONS = "decisions:"


def minutes_kind() -> Kind:
    """Who was there, what was on the table, what was decided: never for observers, for people's own words stand in it."""
    fields = (
        Field("subject", "text", protected=True, hearable=False),
        Field("place", "thing", kinds=("place",), hearable=False),
        Field("present", "text", hearable=False),
        Field("tabled", "text", protected=True, hearable=False),
        Field("decisions", "text", protected=True, hearable=False),
    )
    return Kind(MINUTES, (*fields, *paper_fields(MINUTES)))


MINUTES_FORM = Form(MINUTES, MINUTES, (), ())


def naming_faces(faces: Iterable[str]) -> str:
    """The text value that names faces."""
    return FACES + " ".join(faces)


def naming_decisions(decisions: Iterable[tuple[str, str, int]]) -> str:
    """The text value of (id of the words, owner, due at ms)."""
    return DECISIONS + " ".join(f"{word}|{owner}|{due_ms}" for word, owner, due_ms in decisions)


def is_document(face: str) -> bool:
    """Whether a face is that of something filed in play."""
    return document_parts(thing_of(face)) is not None


def has_marks(rules: Rules, kind: str) -> bool:
    """Whether documents of this kind say of themselves who filed them: packs of older logs have none that do."""
    return (kind, FILED_BY) in rules.fields


def records_of(state: AnyState, viewer: str, face: str) -> Iterator[tuple[int, Record]]:
    """All records that a viewer holds of a face and that stand, with their numbers, field by field."""
    for field in state.get("slot", (viewer, face, ""), ()):
        for n in state.get("slot", (viewer, face, field), ()):
            record = state.get("record", (viewer, n))
            if not record.retracted:
                yield n, record
