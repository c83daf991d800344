"""One whole exercise in virtual time, judged at its end; and many of them, each from a seed of its own."""

from __future__ import annotations

import asyncio
import functools
import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kerege.casting import plan_of
from kerege.engine.profiles import ACTING, profiles_of
from kerege.engine.worlds import TruthWorld
from kerege.rehearsal.coverage import Reachable, compare, reached_in
from kerege.rehearsal.director import Director, Watcher, write_script
from kerege.rehearsal.draws import draw, pick
from kerege.rehearsal.laws import broken_copy, broken_laws
from kerege.rehearsal.stage import Chair, Stage
from kerege.scenario import PackProblems, compile_folder, errors
from kerege.scenario.schema import UnreachedForm
from kerege.standin import PACES, Mind

if TYPE_CHECKING:
    from kerege.engine.pack import Pack
    from kerege.engine.rules import Rules
    from kerege.journal.entry import Sealed
    from kerege.room.room import Room

Progress = Callable[[int], None]
ROOM_SORTS = 4
"""Of four rooms one is of one habit, one is of the first habit but for one chair, and two are mixed."""
ACTED_EVERY = 3
"""In one room of so many, stand-ins play the characters, too; in the others what they would say comes by itself."""


@dataclass(frozen=True)
class Script:
    """A pack, and what its `unreached.yaml` gives a reason for."""

    pack: Pack
    reasons: Mapping[str, str]


@dataclass(frozen=True)
class Rehearsed:
    """How one rehearsal went. `faults`: why not all is well, in words."""

    seed: int
    log_hash: str
    ending: str | None
    measures: dict[str, int]
    profiles: dict[str, str]
    reached: frozenset[str]
    entries: int
    faults: tuple[str, ...] = ()


@dataclass
class Report:
    """One or many rehearsals of one pack."""

    runs: list[Rehearsed]
    coverage: dict[str, dict[str, object]]
    many: bool
    faults: list[str] = field(default_factory=list)

    @property
    def all_is_well(self) -> bool:
        """Whether every run ended with the laws holding and, over many seeds, nothing was missed without a reason."""
        return not self.faults

    def as_data(self) -> dict[str, object]:
        """The one object that `--json` prints."""
        first = self.runs[0]
        data: dict[str, object] = {
            "seed": first.seed,
            "log_hash": first.log_hash,
            "ending": first.ending,
            "measures": first.measures,
            "coverage": self.coverage,
            "faults": self.faults,
        }
        if self.many:
            data["runs"] = [
                {
                    "seed": run.seed,
                    "log_hash": run.log_hash,
                    "ending": run.ending,
                    "measures": run.measures,
                    "profiles": run.profiles,
                }
                for run in self.runs
            ]
        return data


def read_script(folder: Path) -> Script:
    """Compile a pack and read its reasons. Raises PackProblems."""
    compiled, problems = compile_folder(folder)
    if compiled is None or errors(problems):
        raise PackProblems(problems)
    reasons = {entry.form.id: entry.form.why for entry in compiled.story.of("unreached", UnreachedForm)}
    return Script(compiled.pack, reasons)


def cast(rules: Rules, seed: int, wanted: Sequence[str]) -> dict[str, str]:
    """
    Who plays how: viewer -> profile, for every team that has a plan, and in every third room for all characters.

    `wanted` are profiles to draw from, or `viewer=profile` for one chair; empty: all that the plan knows.
    """
    fixed = dict(each.split("=", 1) for each in wanted if "=" in each)
    among = [each for each in wanted if "=" not in each]
    plans = {plan.viewer: plan.steps for plan in rules.pack.plans}
    known = {
        viewer: [profile for profile in PACES if any(profile in step.profiles for step in plans[viewer])]
        for viewer in rules.teams
        if viewer in plans
    }
    every = among or list(PACES)
    sort = seed % ROOM_SORTS
    if sort == 0:  # of one habit, each in its turn, so that none waits for its luck
        among = [every[seed // ROOM_SORTS % len(every)]]
    elif sort == 1:  # of the first habit but for one chair, which is where most evenings turn
        among = every[:1]
        other = pick(seed, "other-chair", list(known))
        habits = [profile for profile in every[1:] if profile in known[other]]
        if habits and other not in fixed:
            fixed[other] = pick(seed, "other-habit", habits)
    found: dict[str, str] = {}
    for viewer, profiles in known.items():
        drawn = [profile for profile in profiles if not among or profile in among]
        found[viewer] = fixed.get(viewer) or pick(seed, f"profile-{viewer}", drawn or profiles)
    found |= {viewer: fixed[viewer] for viewer in rules.teams if viewer in fixed}
    habits = [profile for profile in ACTING if not among or profile in among]
    acted = habits and draw(seed, "acted", ACTED_EVERY) == 0
    for actor in rules.actor_of.values():
        if actor in fixed or acted:
            found[actor] = fixed.get(actor) or pick(seed, f"profile-{actor}", habits)
    return found


async def rehearse(
    script: Script,
    seed: int,
    profiles: Sequence[str] = (),
    out: Path | None = None,
    progress: Progress = lambda _: None,
) -> Rehearsed:
    """Play a whole exercise from STARTEX to ENDEX; `out` is the export file to be written, and must not exist yet."""
    stage = await Stage.open(script.pack, seed, f"rehearsal-{script.pack.id}-{seed}")
    room = stage.room
    rules = room.story.rules
    playing = cast(rules, seed, profiles)
    chairs = _chairs(stage, seed, playing)
    faults: list[str] = []
    try:
        for viewer in playing:  # who is never played by a stand-in in a live exercise is so here, as a person would be
            if room.viewers[viewer].sort == "actor" and not profiles_of(rules, viewer):
                await stage.until_done(room.person_took(viewer))
        for chair in chairs:
            await chair.greet()
        try:
            await stage.play(chairs, progress)
        except AssertionError as stuck:
            faults.append(f"seed {seed}: {stuck}")
        entries = list(stage.disk.entries)
        faults += [f"seed {seed}: {fault}" for fault in _judge(room, entries, chairs)]
        if out is not None:
            await room.export_to(out)
        return Rehearsed(
            seed,
            room.story.head[1].hex(),
            room.story.state.get("clock", "ending") or None,
            measure(room),
            playing,
            reached_in(script.pack, entries),
            len(entries),
            tuple(faults),
        )
    finally:
        for chair in chairs:
            chair.close()
        await stage.close()


def _chairs(stage: Stage, seed: int, playing: Mapping[str, str]) -> list[Chair]:
    """Control first, then every viewer in the pack's order; those without a stand-in look on."""
    story = stage.room.story
    chairs: list[Chair] = []
    wanted = {viewer: profile for viewer, profile in playing.items() if profiles_of(story.rules, viewer)}
    for viewer in stage.room.viewers:
        if viewer == "control":
            chairs.append(Chair(stage, viewer, Director(write_script(story.rules, seed, wanted))))
        elif viewer in playing:
            plan = plan_of(story.rules, story.texts, viewer, story.genesis.pack.language_default)
            assert plan is not None
            chairs.append(Chair(stage, viewer, Mind(plan, playing[viewer], initiative=True)))
        else:
            chairs.append(Chair(stage, viewer, Watcher()))
    return chairs


def measure(room: Room) -> dict[str, int]:
    """The pack's measures as they stand."""
    story = room.story
    world = TruthWorld(story.rules, story.state, story.at_ms)
    return {name: int(condition.run(world, {}) or 0) for name, condition in story.rules.measures}


def _judge(room: Room, entries: list[Sealed], chairs: list[Chair]) -> Iterator[str]:
    """Whether it ended, and whether laws 1 and 2 hold at the end, for every viewer and every client."""
    if room.story.state.get("clock", "clock").phase != "ended":
        yield "it did not end"
    yield from broken_laws(room.story, entries)
    for chair in chairs:
        held = chair.player.view  # type: ignore[attr-defined]  # every player of a rehearsal keeps one
        yield from broken_copy(room.story, chair.viewer, held.items)


# ------------------------------------------------------------------------------------------------ many of them


def rehearse_many(
    folder: Path,
    seeds: Sequence[int],
    *,
    many: bool,
    profiles: Sequence[str] = (),
    out: Path | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Report:
    """Rehearse a pack with each of these seeds, on all processors, and judge all of it. Raises PackProblems."""
    script = read_script(folder)
    if len(seeds) == 1:
        minutes = functools.partial(_say_minutes, progress, script.pack.ends_after_ms, seeds[0])
        runs = [asyncio.run(rehearse(script, seeds[0], profiles, out, minutes))]
    else:
        runs = list(_in_processes(folder, seeds, profiles, out, progress))
    found = frozenset[str]().union(*(run.reached for run in runs))
    coverage = compare(Reachable(script.pack), found, script.reasons)
    report = Report(runs, coverage, many, [fault for run in runs for fault in run.faults])
    if many:
        for sort, row in coverage.items():
            unexplained = row["unexplained"]
            assert isinstance(unexplained, list)
            report.faults += [f"{name} ({sort}) was never reached, and no reason is written" for name in unexplained]
    return report


def _in_processes(
    folder: Path, seeds: Sequence[int], profiles: Sequence[str], out: Path | None, progress: Callable[[str], None]
) -> Iterator[Rehearsed]:
    workers = min(len(seeds), os.cpu_count() or 1)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        tasks = [(folder, seed, tuple(profiles), out if seed == seeds[0] else None) for seed in seeds]
        for count, run in enumerate(pool.map(_one, tasks), start=1):
            progress(f"{count} of {len(seeds)} rehearsals: seed {run.seed} ended as {run.ending}")
            yield run


def _one(task: tuple[Path, int, tuple[str, ...], Path | None]) -> Rehearsed:
    folder, seed, profiles, out = task
    return asyncio.run(rehearse(_script(folder), seed, profiles, out))


_script = functools.lru_cache(maxsize=1)(read_script)


def _say_minutes(say: Callable[[str], None], ends_after_ms: int, seed: int, at_ms: int) -> None:
    say(f"seed {seed}: {at_ms // 60_000} of {ends_after_ms // 60_000} minutes of play")
