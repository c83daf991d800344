"""YAML text to plain data, with the place of every key and value.

The rule it keeps: what is read means one thing only. Scalars are YAML 1.2 (`on`, `no` and `12:30` are strings),
duplicate keys, anchors, aliases and tags are refused, keys are strings. The text is walked event by event with a stack
of our own: PyYAML's composer recurses in C, and deep nesting would end the whole process.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kerege.scenario.problems import Problem
from kerege.scenario.unseen import first_unseen, said_of, unseen_in

FILE_BYTES_MAX = 1024 * 1024
"""The largest pack file seen has 90 KB; ten times that is still read in half a second."""

NESTING_MAX = 20
"""The language itself nests eight deep."""

PACK_FILES_MAX = 1000
"""Files and folders of one pack. The largest pack has some two hundred; each file has a bound of its own."""

NODES_MAX = 50_000
"""About 6,000 lines of a pack; far above any real file, far below what hurts."""

NOT_PLAIN = "not a plain file: a pack holds no links, pipes or devices"

Loc = tuple[str | int, ...]
"""The way to a value inside a file: keys and list indexes."""


@dataclass(frozen=True)
class Place:
    """A place in a file, both counted from 1."""

    line: int
    col: int


@dataclass(frozen=True)
class Scalar:
    """Where and how a scalar is written: enough to find any character of its value in the file."""

    place: Place
    start: int
    end: int
    style: str | None


@dataclass
class Source:
    """One file that was read: its name for people, its data, and where everything stands."""

    file: str
    text: str = ""
    data: Any = None
    keys: dict[Loc, Place] = field(default_factory=dict)
    values: dict[Loc, Place] = field(default_factory=dict)
    scalars: dict[Loc, Scalar] = field(default_factory=dict)

    def place(self, loc: Loc) -> Place:
        """Where the value at `loc` starts; the nearest thing around it if there is no such value."""
        while loc and loc not in self.values:
            loc = loc[:-1]
        return self.values.get(loc, Place(1, 1))

    def key_place(self, loc: Loc) -> Place:
        """Where the key at `loc` stands, or its value if it is no key."""
        return self.keys.get(loc) or self.place(loc)

    def inside(self, loc: Loc, offset: int) -> Place:
        """Where character `offset` of the scalar at `loc` stands in the file, whatever its style."""
        scalar = self.scalars.get(loc)
        value = self.data_at(loc)
        if scalar is None or not isinstance(value, str):
            return self.place(loc)
        index = scalar.start + self._raw_offset(self.text[scalar.start : scalar.end], scalar.style, value, offset)
        line_start = self.text.rfind("\n", 0, index) + 1
        return Place(self.text.count("\n", 0, index) + 1, index - line_start + 1)

    def data_at(self, loc: Loc) -> Any:
        data = self.data
        for step in loc:
            data = data[step]
        return data

    @staticmethod
    def _raw_offset(raw: str, style: str | None, value: str, offset: int) -> int:
        """
        Follow `value` through the written text and return where its character `offset` is.

        Folding and indentation change only white space, quoting only adds characters: so every other character of the
        value is found in its order in the written text.
        """
        at = raw.find("\n") + 1 if style in {"|", ">"} else 1 if style in {"'", '"'} else 0
        for character in value[:offset]:
            if character.isspace():
                continue
            at = raw.find(character, at) + 1
        rest = value[offset:].lstrip()
        found = raw.find(rest[0], at) if rest else -1
        return found if found >= 0 else at


def read_file(folder: Path, path: Path) -> bytes | None:
    """
    A file of a pack, at most one byte past FILE_BYTES_MAX; None for what is no plain file of this folder.

    A link could lead anywhere on the machine and quote it in a problem; a device or a pipe would never end.
    """
    below = path.relative_to(folder).parts
    if any(folder.joinpath(*below[:n]).is_symlink() for n in range(1, len(below) + 1)):
        return None
    if not stat.S_ISREG(path.stat().st_mode):
        return None
    with path.open("rb") as file:
        return file.read(FILE_BYTES_MAX + 1)


def read_yaml(raw: bytes, file: str) -> tuple[Source, list[Problem]]:
    """
    Read one YAML file.

    Returns:
        The source and what is wrong with it. With a problem `data` may be partial, and is None if nothing is left.
    """
    if len(raw) > FILE_BYTES_MAX:
        return Source(file), [Problem(file, 1, 1, f"the file is larger than {FILE_BYTES_MAX} bytes")]
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Source(file), [Problem(file, line, 1, "the file is not UTF-8")]
    unseen = unseen_in(text, file)
    if unseen:
        return Source(file), unseen
    return _Reader(Source(file, text)).read()


class _TooMuch(Exception):  # noqa: N818 - never leaves this module
    """A bound is passed: reading ends here."""


@dataclass
class _Open:
    """A mapping or list that is being read. `key`: the key whose value comes next."""

    loc: Loc
    items: dict[str, Any] | list[Any]
    key: str | None = None
    skip: bool = False
    place: Place = field(default_factory=lambda: Place(1, 1))


class _Reader:
    """One pass over the events of one file."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.stack: list[_Open] = []
        self.nodes = 0
        self.documents = 0

    def read(self) -> tuple[Source, list[Problem]]:
        try:
            for event in self._events():
                self._take(event)
        except _TooMuch:
            self.source.data = None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = _place(mark) if mark else Place(1, 1)
            self._problem(place, f"not YAML: {error.problem or error.context}")
            self.source.data = None
        except yaml.YAMLError as error:
            self._problem(Place(1, 1), f"not YAML: {error}".splitlines()[0])
            self.source.data = None
        return self.source, self.problems

    def _events(self) -> Iterator[Any]:
        # The C loader only scans here: its event parser keeps its own stack on the heap and builds nothing.
        return iter(yaml.parse(self.source.text, Loader=yaml.CSafeLoader))

    def _take(self, event: Any) -> None:
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    self._problem(_place(event.start_mark), "a second document in one file")
                    raise _TooMuch
            case yaml.AliasEvent():
                self._problem(_place(event.start_mark), "aliases (*name) are not allowed")
                raise _TooMuch
            case yaml.ScalarEvent():
                self._refuse_node_properties(event)
                self._refuse_unseen(event)
                self._scalar(event)
            case yaml.MappingStartEvent():
                self._refuse_node_properties(event)
                self._open({}, event)
            case yaml.SequenceStartEvent():
                self._refuse_node_properties(event)
                self._open([], event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._close()
            case _:
                pass  # stream start and end, document end

    def _refuse_node_properties(self, event: Any) -> None:
        self.nodes += 1
        place = _place(event.start_mark)
        if self.nodes > NODES_MAX:
            self._problem(place, f"more than {NODES_MAX} values in one file")
            raise _TooMuch
        if event.anchor is not None:
            self._problem(place, "anchors (&name) are not allowed")
        if event.tag is not None:
            self._problem(place, "tags (!name) are not allowed")

    def _refuse_unseen(self, event: Any) -> None:
        unseen = first_unseen(event.value)  # in quotes it may be written by its number
        if unseen is not None:
            self._problem(_place(event.start_mark), said_of(unseen[1]))

    def _scalar(self, event: Any) -> None:
        place = _place(event.start_mark)
        if self.stack and isinstance(self.stack[-1].items, dict) and self.stack[-1].key is None:
            self._key(event, place)
            return
        plain = event.style is None or not event.style
        value = plain_value(event.value) if plain else event.value
        loc = self._next_loc()
        self.source.scalars[loc] = Scalar(place, event.start_mark.index, event.end_mark.index, event.style)
        self._put(value, place)

    def _key(self, event: Any, place: Place) -> None:
        top = self.stack[-1]
        assert isinstance(top.items, dict)
        top.key = str(event.value)
        top.skip = top.key in top.items
        if top.skip:
            first = self.source.keys[(*top.loc, top.key)]
            self._problem(place, f"the key {top.key!r} stands twice; it is already on line {first.line}")
        else:
            self.source.keys[(*top.loc, top.key)] = place

    def _open(self, items: dict[str, Any] | list[Any], event: Any) -> None:
        place = _place(event.start_mark)
        if len(self.stack) >= NESTING_MAX:
            self._problem(place, f"nested deeper than {NESTING_MAX} levels")
            raise _TooMuch
        if self.stack and isinstance(self.stack[-1].items, dict) and self.stack[-1].key is None:
            self._problem(place, "a key must be a plain word")
            raise _TooMuch
        self.stack.append(_Open(self._next_loc(), items, place=place))

    def _close(self) -> None:
        done = self.stack.pop()
        self._put(done.items, done.place)

    def _next_loc(self) -> Loc:
        if not self.stack:
            return ()
        top = self.stack[-1]
        if isinstance(top.items, list):
            return (*top.loc, len(top.items))
        assert top.key is not None
        # The second value of a duplicate key is read for its problems, at a place of its own that nobody asks for.
        return (*top.loc, f"{top.key}\0" if top.skip else top.key)

    def _put(self, value: Any, place: Place) -> None:
        loc = self._next_loc()
        self.source.values.setdefault(loc, place)
        if not self.stack:
            self.source.data = value
            return
        top = self.stack[-1]
        if isinstance(top.items, list):
            top.items.append(value)
            return
        assert top.key is not None
        if not top.skip:
            top.items[top.key] = value
        top.key = None

    def _problem(self, place: Place, message: str) -> None:
        self.problems.append(Problem(self.source.file, place.line, place.col, message))


_INTEGER = re.compile(r"[-+]?[0-9]{1,18}\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_WORDS = {"null": None, "Null": None, "NULL": None, "~": None, "": None} | {
    word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")
}


def plain_value(text: str) -> bool | int | float | str | None:
    """What an unquoted scalar means in YAML 1.2's core schema (without octal and hexadecimal numbers)."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.match(text):
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    return text


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1)
