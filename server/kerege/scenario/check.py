"""`kerege check`: everything that is wrong with some packs, their plays and their flow lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path

from kerege.scenario.advice import advise
from kerege.scenario.compile import Compiled, compile_folder
from kerege.scenario.flows import FLOWS_FILE, write_flows
from kerege.scenario.library import file_name
from kerege.scenario.personal import personal_in
from kerege.scenario.plans import talks_of
from kerege.scenario.plays import read_plays
from kerege.scenario.problems import Problem, errors, in_order
from kerege.scenario.reading import FILE_BYTES_MAX, NOT_PLAIN, read_file
from kerege.scenario.schema import UnreachedForm


def check(folders: Iterable[Path], *, flows: bool = True) -> list[Problem]:
    """Check packs, and the library by itself if its folder is named; with `flows` also their written flow lists."""
    return [problem for folder in folders for problem in _check(folder.resolve(), flows=flows)]


def write_flow_file(folder: Path) -> list[Problem]:
    """Write a pack's flow list beside it; with errors nothing is written, and they are returned."""
    folder = folder.resolve()
    compiled, problems = compile_folder(folder)
    if compiled is None or errors(problems):
        return problems
    if not compiled.story.alone:
        (folder / FLOWS_FILE).write_text(write_flows(compiled.pack), encoding="utf-8", newline="\n")
    return []


def _check(folder: Path, *, flows: bool) -> list[Problem]:
    compiled, problems = compile_folder(folder)
    if compiled is None:
        return problems
    if compiled.story.broken is not None and not compiled.story.broken:
        problems = problems + read_plays(compiled)[1] + list(_unreached(compiled))
    if not compiled.story.alone and not errors(problems):
        problems = problems + advise(compiled)
        if flows:
            problems = problems + _check_flows(folder, write_flows(compiled.pack))
    return in_order([*problems, *_personal(folder)])


def _personal(folder: Path) -> Iterator[Problem]:
    """A warning at every line that seems to hold a real person's number: all that a pack holds is to be made up."""
    for path in sorted(each for each in folder.rglob("*") if each.suffix in {".yaml", ".ftl"}):
        raw = read_file(folder, path)
        if raw is None or len(raw) > FILE_BYTES_MAX:
            continue  # said already by whoever reads the pack
        for number, line in enumerate(raw.decode("utf-8", errors="replace").splitlines(), start=1):
            kinds = personal_in(line)
            if kinds:
                said = f"this looks like a real {', '.join(kinds)}: make up one that begins with SIM-"
                yield Problem(
                    file_name(folder, path.relative_to(folder).as_posix()), number, 1, said, severity="warning"
                )


def _check_flows(folder: Path, wanted: str) -> list[Problem]:
    """Compare the flow list with its file; only the first difference is told, the rest is in the diff."""
    name = file_name(folder, FLOWS_FILE)
    again = "; if it is meant, write the list anew: kerege check --write-flows"
    try:
        raw = read_file(folder, folder / FLOWS_FILE)
    except OSError:
        return [Problem(name, 1, 1, f"there is no {FLOWS_FILE}{again}")]
    if raw is None:
        return [Problem(name, 1, 1, NOT_PLAIN)]
    found = raw.decode("utf-8", "replace")
    for number, (is_, should) in enumerate(zip_longest(found.splitlines(), wanted.splitlines()), start=1):
        if is_ != should:
            return [
                Problem(
                    name, number, 1, f"the flow list has {is_ or 'no line'!r}, the pack {should or 'no line'!r}{again}"
                )
            ]
    return []


def _unreached(compiled: Compiled) -> Iterator[Problem]:
    """Reasons are written only for what exists."""
    known = set(reachable(compiled))
    for entry in compiled.story.of("unreached", UnreachedForm):
        if entry.form.id not in known:
            yield (entry.at / "id").problem(f"there is no {entry.form.id!r} to be reached")


def reachable(compiled: Compiled) -> Iterator[str]:
    """Everything that play should reach: `action:x`, `action:x/outcome`, `rule:`, `inject:`, `line:`, `form:`, `ending:`."""
    pack = compiled.pack
    for action in pack.actions:
        yield f"action:{action.id}"
        yield from (f"action:{action.id}/{outcome.id}" for outcome in action.outcomes)
    yield from (f"rule:{rule.id}" for rule in pack.rules)
    yield from (f"inject:{inject.id}" for inject in pack.injects)
    yield from (f"line:{line.id}" for line in pack.lines)
    yield from (f"form:{form.id}" for form in pack.forms)
    yield from (f"ending:{ending.id}" for ending in pack.endings)
    yield from talks_of(pack.plans)
