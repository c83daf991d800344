"""A pack's folder and the library's: read every file, and join what the pack uses into one story.

A list is one file, or a folder of files where one would be long. A definition of the pack replaces the library's of the same list and id. Library texts are always there, and the pack's
own text of a key replaces the library's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from kerege.scenario.entries import read_entry
from kerege.scenario.places import At
from kerege.scenario.problems import Problem, nearest
from kerege.scenario.reading import NOT_PLAIN, PACK_FILES_MAX, Source, read_file, read_yaml
from kerege.scenario.schema import IDENTITY, LISTS, Model, PackForm

BASE = Path(__file__).parent / "base"
"""The product's own words, which stand under every pack's and the library's."""
LIBRARY = "library"
LIBRARY_LANGUAGES = ("en", "ru")
"""What the library is complete in. Its words in a further language are looked at in the packs that claim the language."""
OTHER_FOLDERS = ("plays", "texts")
"""What a pack's folder holds beside its lists."""

FormT = TypeVar("FormT", bound=Model)
FormT_co = TypeVar("FormT_co", bound=Model, covariant=True)


@dataclass(frozen=True, eq=False)
class Entry(Generic[FormT_co]):
    """One definition, where it stands, and whether it comes from the library."""

    form: FormT_co
    at: At
    from_library: bool


@dataclass
class Story:
    """A pack as its author wrote it, joined with what it uses of the library; nothing is checked across entries yet."""

    folder: Path
    pack: PackForm
    at: At
    entries: dict[str, dict[tuple[str, ...], Entry[Model]]] = field(default_factory=dict)
    texts: list[tuple[str, str, bytes, bool]] = field(default_factory=list)
    """(language, file, content, from_library), library first."""
    alone: bool = False
    """The library by itself, as a story without a pack."""
    broken: set[str] | None = field(default_factory=set)
    """Ids of definitions that could not be read; None when a whole file could not."""

    def of(self, stem: str, model: type[FormT]) -> list[Entry[FormT]]:
        """The entries of one list; `model` is its form, for the types."""
        assert LISTS[stem] is model
        return cast("list[Entry[FormT]]", list(self.entries.get(stem, {}).values()))


def read_story(folder: Path, library: Path | None) -> tuple[Story | None, list[Problem]]:
    """Read a pack's folder; no story if there is no readable pack.yaml."""
    problems: list[Problem] = []
    pack = _read_pack(folder, problems)
    if pack is None:
        return None, problems
    story = Story(folder, cast("PackForm", pack.form), pack.at)
    _read_texts(story, BASE, problems, from_library=True)
    if library is not None and library.is_dir():
        _join_library(story, library, problems)
    elif story.pack.use:
        problems.append((pack.at / "use").problem("there is no library beside this pack"))
    for stem in LISTS:
        _join_list(story, folder, stem, problems, from_library=False)
    _refuse_other_files(folder, problems)
    _read_texts(story, folder, problems, from_library=False)
    return story, problems


def read_library(library: Path) -> tuple[Story, list[Problem]]:
    """Read the library as a story of its own: all its files, no things, in the languages that it promises."""
    problems: list[Problem] = []
    source = Source(file_name(library, LIBRARY), data={})
    there = {language for language, _ in _text_files(library)} or {"en"}
    languages = sorted(there & set(LIBRARY_LANGUAGES) or there)
    form = PackForm.model_validate(
        {"id": LIBRARY, "version": "0", "languages": languages, "starts_at": "00:00", "ends_after": "1h"}
    )
    story = Story(library, form, At(source), alone=True)
    _read_texts(story, BASE, problems, from_library=True)
    for stem in LISTS:
        _join_list(story, library, stem, problems, from_library=True)
    _refuse_other_files(library, problems)
    _read_texts(story, library, problems, from_library=True)
    return story, problems


def file_name(folder: Path, name: str) -> str:
    """How a file is called in problems: with its pack's folder, or as the library's."""
    return f"{folder.name}/{name}" if name != folder.name else name


def _read_pack(folder: Path, problems: list[Problem]) -> Entry[Model] | None:
    name = file_name(folder, "pack.yaml")
    if sum(1 for _ in islice(folder.rglob("*"), PACK_FILES_MAX + 1)) > PACK_FILES_MAX:
        problems.append(Problem(name, 1, 1, f"more than {PACK_FILES_MAX} files in one pack"))
        return None
    try:
        raw = _read(folder, folder / "pack.yaml", problems)
    except OSError:
        problems.append(Problem(name, 1, 1, "there is no pack.yaml"))
        return None
    if raw is None:
        return None
    source, found = read_yaml(raw, name)
    problems.extend(found)
    if source.data is None:
        return None
    form, found = read_entry(PackForm, At(source), source.data)
    problems.extend(found)
    return Entry(form, At(source), from_library=False) if form else None


def _join_library(story: Story, library: Path, problems: list[Problem]) -> None:
    for index, use in enumerate(story.pack.use):
        at = story.at / "use" / index
        for stem, only in ((use, None),) if isinstance(use, str) else use.items():
            if stem not in LISTS:
                problems.append(at.problem(f"the library has no list {stem!r}", nearest(stem, LISTS)))
            elif not _list_files(library, stem):
                problems.append(at.problem(f"the library has no file {stem}.yaml"))
            elif only is not None and len(IDENTITY.get(stem, ("id",))) != 1:
                problems.append(at.problem(f"entries of {stem} have no id to choose them by: use all of them"))
            else:
                _join_list(story, library, stem, problems, from_library=True, only=only)
                for place, name in enumerate(only or ()):
                    if (name,) not in story.entries.get(stem, {}):
                        problems.append((at / stem / place).problem(f"the library's {stem} have no {name!r}"))
    _read_texts(story, library, problems, from_library=True)


def _read(folder: Path, path: Path, problems: list[Problem]) -> bytes | None:
    """A file's bytes; None, and a problem, if it is no plain file of the pack."""
    raw = read_file(folder, path)
    if raw is None:
        name = file_name(folder, path.relative_to(folder).as_posix())
        problems.append(Problem(name, 1, 1, NOT_PLAIN))
    return raw


def _list_files(folder: Path, stem: str) -> list[Path]:
    """The files of one list: `<stem>.yaml`, and every file of the folder `<stem>/`."""
    one = folder / f"{stem}.yaml"
    return [*([one] if one.exists() or one.is_symlink() else []), *sorted((folder / stem).glob("*.yaml"))]


def _join_list(
    story: Story,
    folder: Path,
    stem: str,
    problems: list[Problem],
    *,
    from_library: bool,
    only: list[str] | None = None,
) -> None:
    """Read a list's files and put its entries into the story; a pack's entry replaces the library's of the same id.

    `only`: the names of the entries that are wanted; the others are not even looked at.
    """
    own: dict[tuple[str, ...], str] = {}
    for path in _list_files(folder, stem):
        name = path.relative_to(folder).as_posix()
        raw = _read(folder, path, problems)
        if raw is None:
            story.broken = None
            continue
        source, found = read_yaml(raw, file_name(folder, name))
        problems.extend(found)
        data: Any = source.data
        if data is None:
            if found:
                story.broken = None
            continue
        if not isinstance(data, list):
            story.broken = None
            problems.append(At(source).problem(f"{name} should be a list (- id: …)"))
            continue
        for index, item in enumerate(data):
            at = At(source) / index
            names = IDENTITY.get(stem, ("id",))
            if only is not None and isinstance(item, dict) and item.get(names[0]) not in only:
                continue
            form, found = read_entry(LISTS[stem], at, item)
            problems.extend(found)
            if form is None:
                if story.broken is not None and isinstance(item, dict):
                    story.broken.update(str(item[each]) for each in names if each in item)
                continue
            identity = tuple(str(getattr(form, each)) for each in names) or (name, str(index))
            if identity in own:
                there = "" if own[identity] == name else f"; it is already in {own[identity]}"
                problems.append((at / names[0]).problem(f"{' '.join(identity)!r} stands twice in {name}{there}"))
                continue
            own[identity] = name
            story.entries.setdefault(stem, {})[identity] = Entry(form, at, from_library)


def _text_files(folder: Path) -> list[tuple[str, Path]]:
    """A folder's texts: `texts/<language>.ftl`, and every file of the folder `texts/<language>/`."""
    texts = folder / "texts"
    return [
        *((path.stem, path) for path in sorted(texts.glob("*.ftl"))),
        *((path.parent.name, path) for path in sorted(texts.glob("*/*.ftl"))),
    ]


def _read_texts(story: Story, folder: Path, problems: list[Problem], *, from_library: bool) -> None:
    for language, path in _text_files(folder):
        raw = _read(folder, path, problems)
        if raw is not None:
            name = file_name(folder, path.relative_to(folder).as_posix())
            story.texts.append((language, name, raw, from_library))


def _refuse_other_files(folder: Path, problems: list[Problem]) -> None:
    """A file or folder whose name nobody reads is a typing error that would otherwise be silent."""
    files = {*LISTS, "pack"}
    for path in sorted(folder.iterdir()):
        if path.suffix in {".yaml", ".yml"} and (path.stem not in files or path.suffix != ".yaml"):
            hint = nearest(path.stem, files)
            problems.append(
                Problem(file_name(folder, path.name), 1, 1, "no such file in a pack", f"{hint}.yaml" if hint else None)
            )
        elif path.is_dir() and path.name not in {*LISTS, *OTHER_FOLDERS} and any(path.glob("*.y*ml")):
            name = file_name(folder, f"{path.name}/")
            problems.append(Problem(name, 1, 1, "no such folder in a pack", nearest(path.name, LISTS)))
        elif path.is_dir() and path.name in LISTS:
            problems.extend(
                Problem(file_name(folder, f"{path.name}/{odd.name}"), 1, 1, "a pack's files end in .yaml")
                for odd in sorted(path.iterdir())
                if odd.suffix != ".yaml"
            )
