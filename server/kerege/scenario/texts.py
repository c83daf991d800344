"""Texts: every word a person reads, one Fluent file per language, read with the place of every message."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from fluent.syntax import FluentParser, ast
from fluent.syntax.serializer import serialize_pattern
from fluent.syntax.visitor import Visitor

from kerege.engine.marks import MARK, Mark, marks_in
from kerege.scenario.desk import as_key
from kerege.scenario.problems import Problem
from kerege.scenario.reading import FILE_BYTES_MAX
from kerege.scenario.unseen import unseen_by_number, unseen_in

TEXTS_MAX = 5_000
"""Messages in one file; the first packs have 300."""

PLACEABLE_NESTING_MAX = 8
"""Selectors in selectors: the Fluent parser recurses, two are already hard to translate."""

_LINE_STARTS_WITH_MARK = re.compile(r"(?m)^[ \t]+(?=\[[^\[\]]{1,200}\]\()")
_GUARD = '{""}'
"""Fluent takes a [ at the start of a line for a variant's key; an empty literal before it keeps a mark a mark."""


@dataclass(frozen=True, eq=False)
class TextFile:
    """One Fluent file, and the way from its characters to lines and columns."""

    file: str
    language: str
    text: str
    guards: tuple[int, ...]
    from_library: bool

    def problem(self, offset: int, message: str, hint: str | None = None, *, warning: bool = False) -> Problem:
        """A problem at a character of the (guarded) text."""
        before = self.text[:offset]
        line_start = before.rfind("\n") + 1
        guards = sum(1 for guard in self.guards if line_start <= guard < offset)
        col = offset - line_start - guards * len(_GUARD) + 1
        severity = "warning" if warning else "error"
        return Problem(self.file, before.count("\n") + 1, max(col, 1), message, hint, severity)  # type: ignore[arg-type]


@dataclass(frozen=True, eq=False)
class Text:
    """One message. `source` is its Fluent pattern, as the compiled pack holds it."""

    key: str
    file: TextFile
    start: int
    body: str
    """The pattern as written, from `body_start` on: for places and for names outside marks."""
    body_start: int
    source: str
    variables: dict[str, int] = field(default_factory=dict)
    """Variable -> where it stands."""

    @property
    def is_base(self) -> bool:
        """Whether it is one of the server's own words."""
        return self.file.file.startswith("base/")

    @property
    def marks(self) -> list[tuple[Mark, int]]:
        """What the text states, each with its place in the file."""
        return [(marks_in(found[0])[0], self.body_start + found.start()) for found in MARK.finditer(self.body)]

    def problem(
        self, message: str, hint: str | None = None, *, offset: int | None = None, warning: bool = False
    ) -> Problem:
        return self.file.problem(self.start if offset is None else offset, message, hint, warning=warning)


Texts = dict[str, dict[str, Text]]
"""language -> key -> text; the pack's own in place of the library's."""


def read_texts(files: Iterable[tuple[str, str, bytes, bool]]) -> tuple[Texts, list[Problem]]:
    """Read all Fluent files, library first; the pack's own text replaces the library's, and that the server's own."""
    texts: Texts = {}
    problems: list[Problem] = []
    for language, name, raw, from_library in files:
        found, said = _read_file(language, name, raw, from_library=from_library)
        problems.extend(said)
        there = texts.setdefault(language, {})
        for key, text in found.items():
            before = there.get(key)
            if before and (before.file.from_library, before.is_base) == (from_library, text.is_base):
                problems.append(text.file.problem(text.start, f"the text {key!r} stands already in {before.file.file}"))
            else:
                there[key] = text
    return texts, problems


def _read_file(language: str, name: str, raw: bytes, *, from_library: bool) -> tuple[dict[str, Text], list[Problem]]:
    if len(raw) > FILE_BYTES_MAX:
        return {}, [Problem(name, 1, 1, f"the file is larger than {FILE_BYTES_MAX} bytes")]
    try:
        written = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        return {}, [Problem(name, raw.count(b"\n", 0, error.start) + 1, 1, "the file is not UTF-8")]
    unseen = unseen_in(written, name) or unseen_by_number(written, name)
    if unseen:
        return {}, unseen
    deep = _too_deep(written)
    if deep is not None:
        message = f"braces nested deeper than {PLACEABLE_NESTING_MAX} levels"
        return {}, [Problem(name, written.count("\n", 0, deep) + 1, 1, message)]
    guards: list[int] = []
    guarded = _LINE_STARTS_WITH_MARK.sub(lambda found: _guard(found, guards), written)
    file = TextFile(name, language, guarded, tuple(guards), from_library)
    return _messages(file)


def _guard(found: re.Match[str], guards: list[int]) -> str:
    guards.append(found.end() + len(guards) * len(_GUARD))
    return found.group() + _GUARD


def _too_deep(text: str) -> int | None:
    """Where braces nest too deep for a parser that recurses, whatever they mean there."""
    depth = 0
    for found in re.finditer(r"[{}]|\n(?=\S)", text):
        depth = 0 if found.group() == "\n" else max(depth + (1 if found.group() == "{" else -1), 0)
        if depth > PLACEABLE_NESTING_MAX:
            return found.start()
    return None


def _messages(file: TextFile) -> tuple[dict[str, Text], list[Problem]]:
    texts: dict[str, Text] = {}
    problems: list[Problem] = []
    resource = FluentParser(with_spans=True).parse(file.text)
    if len(resource.body) > TEXTS_MAX:
        return {}, [Problem(file.file, 1, 1, f"more than {TEXTS_MAX} texts in one file")]
    for part in resource.body:
        start = part.span.start if part.span else 0
        match part:
            case ast.Junk():
                problems.append(_junk(file, part))
            case ast.Term():
                problems.append(file.problem(start, "terms (-name = …) are not allowed: write the words out"))
            case ast.Message():
                _message(file, part, texts, problems)
            case _:
                pass  # comments
    return texts, problems


def _message(file: TextFile, message: ast.Message, texts: dict[str, Text], problems: list[Problem]) -> None:
    start = message.span.start if message.span else 0
    key = as_key(message.id.name)
    if message.attributes:
        where = message.attributes[0].span
        problems.append(file.problem(where.start if where else start, f"attributes are not allowed (in {key!r})"))
    if message.value is None:
        problems.append(file.problem(start, f"the text {key!r} is empty"))
        return
    if key in texts:
        problems.append(file.problem(start, f"the text {key!r} stands twice"))
        return
    span = message.value.span
    assert span is not None
    parts = _Parts()
    parts.visit(message.value)
    for offset, what in parts.refused:
        problems.append(file.problem(offset, what))
    source = serialize_pattern(message.value)
    body = file.text[span.start : span.end]
    texts[key] = Text(key, file, start, body, span.start, source.lstrip(), parts.variables)
    stray = MARK.sub(lambda found: "#" * len(found[0]), body).find("](")
    if stray >= 0:
        problems.append(
            file.problem(span.start + stray, "not a mark: write [words](thing.field), (thing.field=value) or (thing)")
        )


def _junk(file: TextFile, junk: ast.Junk) -> Problem:
    annotation = junk.annotations[0] if junk.annotations else None
    offset = annotation.span.start if annotation and annotation.span else junk.span.start if junk.span else 0
    message = annotation.message if annotation and annotation.message else "this is no text"
    return file.problem(offset, f"not Fluent: {message}")


class _Parts(Visitor):
    """Gathers variables, and what the language of texts leaves out."""

    def __init__(self) -> None:
        self.variables: dict[str, int] = {}
        self.refused: list[tuple[int, str]] = []

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.variables.setdefault(node.id.name, node.span.start if node.span else 0)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802
        self._refuse(node, f"a text cannot contain another text ({node.id.name!r}): its marks would be missed")

    def visit_TermReference(self, node: ast.TermReference) -> None:  # noqa: N802
        self._refuse(node, "terms (-name) are not allowed: write the words out")

    def visit_FunctionReference(self, node: ast.FunctionReference) -> None:  # noqa: N802
        if node.id.name != "NUMBER":
            self._refuse(node, f"there is no function {node.id.name!r}")
        self.generic_visit(node)

    def _refuse(self, node: ast.BaseNode, message: str) -> None:
        span = getattr(node, "span", None)
        self.refused.append((span.start if span else 0, message))


def words_outside_marks(text: Text) -> list[tuple[str, int]]:
    """Every word of a text that no mark covers, with its place; variables and their names are no words."""
    body = MARK.sub(lambda found: " " * len(found[0]), text.body)
    body = re.sub(r"\{\s*\$[\w-]+\s*(->)?", lambda found: " " * len(found[0]), body)
    return [(found[0], text.body_start + found.start()) for found in re.finditer(r"[^\W\d_]+", body)]
