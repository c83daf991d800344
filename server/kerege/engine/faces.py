"""Faces: appearances of things. A face id is `thing/appearance`; documents made in play have one face, `self`.

A document's id carries who made it and as which of its own, so that nothing others make shifts its number:
`form:viewer~n`.
"""

from __future__ import annotations

SELF = "self"
DOCUMENTS_MAX = 256
"""How many documents of one form one viewer may file; a further one is refused (`too_many`)."""


def default_face(thing: str) -> str:
    """The face of a thing that has no other appearance."""
    return f"{thing}/{SELF}"


def thing_of(face: str) -> str:
    """The thing behind a face."""
    return face.partition("/")[0]


def document_id(form: str, viewer: str, n: int) -> str:
    """The id of the n-th document of a form that a viewer files, counted from 1."""
    return f"{form}:{viewer}~{n}"


def document_parts(thing: str) -> tuple[str, str, int] | None:
    """Form, viewer and number of a document, or None for any other thing."""
    form, colon, rest = thing.partition(":")
    viewer, tilde, n = rest.partition("~")
    if not colon or not tilde:
        return None
    return form, viewer, int(n)
