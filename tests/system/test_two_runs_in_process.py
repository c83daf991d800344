"""Law 3b through session and application: two exercises that differ only in what somebody may not know show them the same.

The application is the product's own, with its journal, room, seats, sessions and routes, in this process and driven
through ASGI; so there are many trials, and more viewers than over real sockets (`test_two_runs.py`): a team, its mentor
and its observers (late in half of the trials, and not told what was said to the team), an actor in scenes with a team,
safety, evaluators, an observer by HTTP, a visitor without a seat, and a stand-in that holds a team's chair. In some trials
the rates are as in earnest, and the team runs into them.

Compared: every message on every socket and event stream with their order, number and sizes, packed snapshots as they
came and unpacked, handshakes, close codes, and every answer by HTTP with status, headers and body; of a stand-in all that
it says, too.

Not proved: which acts of others reach a viewer is the flow list's (all but the team are tried with others who talk, share,
fail, come and go, but begin no act of the story); that observers are not shown protected values (in memory: tests/laws);
what uvicorn and our framing add (over real sockets); the bound on wrong codes from everywhere, one for all by intent; when
bytes leave; what a receipt's sealed token holds.
"""

from __future__ import annotations

import functools
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from kerege.standin import Mind
from tests.laws.size import TIMES
from tests.laws.test_leaks import LEAKS as LAWS_LEAKS
from tests.system.compare import differing
from tests.system.empty_chair import EmptyChair, Tap
from tests.system.further import CASTS, FurtherTrial
from tests.system.in_process import serving_in_process
from tests.system.leaks import LEAKS, STAND_IN_LEAKS
from tests.system.two_runs import PACK, Trial

if TYPE_CHECKING:
    from pathlib import Path

    from tests.system.leaks import Leak

IN_PROCESS = "two runs, through session and application"
STAND_IN = "two runs, a stand-in at the chair"
SEED = 500
TRIALS = range(SEED, SEED + (1 if TIMES == 1 else 6 * TIMES))
"""Of each kind."""
LEAK_TRIALS_MAX = 6
OF_LAWS = {
    "versions_count_what_others_get": "acted",
    "words_of_others_are_counted": "team",
    "global_record_numbers": "team",
    "stop_and_think_for_all": "team",
    "a_mentor_is_told_of_others": "followed",
    "the_list_of_acts_tells_words": "listed",
}
"""Leaks of `tests/laws` that a trial of this kind has to notice, too."""


async def trial(kind: str, folder: Path, seed: int, *leaks: Leak) -> tuple[list[str], list[Trial]]:
    """Two runs, one after the other; where somebody under proof was told something else."""
    runs: list[Trial] = []
    heard: list[list[dict[str, Any]]] = []
    for name in ("one", "other"):
        tap = Tap()
        serve = functools.partial(serving_in_process, folder / f"{seed}-{name}", PACK, patches=(tap.listen, *leaks))
        runs.append(
            EmptyChair(serve, seed, name, tap) if kind == "stand-in" else FurtherTrial(serve, seed, name, CASTS[kind])
        )
        heard.append(await runs[-1].play())
        shutil.rmtree(folder / f"{seed}-{name}")
    return [each for pair in zip(*heard, strict=True) for each in differing(*pair)], runs


async def checked(kind: str, folder: Path) -> list[Trial]:
    """As many trials as are asked for, in which nothing may differ but the secrets."""
    done = []
    for seed in TRIALS:
        found, runs = await trial(kind, folder, seed)
        assert not found, f"{kind}, seed {seed}: " + "\n".join(found[:5])
        assert runs[0].kinds != runs[1].kinds, f"{kind}, seed {seed}: nothing was different"
        done += runs
    print(f"{kind}: seeds {TRIALS}, {sum(run.done for run in done)} secret acts, 0 differing bytes")
    return done


async def caught(kind: str, folder: Path, leak: Leak) -> None:
    """Some trial notices; the same trial notices nothing without the leak."""
    for n, seed in enumerate(range(SEED, SEED + LEAK_TRIALS_MAX), 1):
        found, _ = await trial(kind, folder, seed, leak)
        if found:
            print(f"{leak.__name__}: found in trial {n}: {found[0][:200]}")
            found, _ = await trial(kind, folder, seed)
            assert not found, f"seed {seed} differs without the leak, too"
            return
    raise AssertionError(f"{leak.__name__} was not found in {LEAK_TRIALS_MAX} trials")


@pytest.mark.proof("G6", IN_PROCESS)
@pytest.mark.timeout(120 + 60 * len(TRIALS))
@pytest.mark.parametrize("kind", CASTS)
async def test_what_others_do_elsewhere_changes_no_byte(folder, kind, proof):
    """Trial after trial: another history of the others, the same bytes for whoever is under proof."""
    await checked(kind, folder)
    proof.tried(len(TRIALS), seed=SEED)


@pytest.mark.proof("G6", STAND_IN)
@pytest.mark.timeout(120 + 60 * len(TRIALS))
async def test_a_stand_in_decides_from_what_its_viewer_knows(folder, proof):
    """The same acts, with the same words and at the same places in its view, whatever others do unseen; and it does act."""
    runs = await checked("stand-in", folder)
    assert all(len(run.tap.said) > len(Mind.greeting("")) for run in runs)
    proof.tried(len(TRIALS), seed=SEED)


@pytest.mark.proof("G6", IN_PROCESS, mutant=True)
@pytest.mark.timeout(400)
@pytest.mark.parametrize("leak", LEAKS)
async def test_a_seeded_leak_is_caught(folder, leak):
    """The same trials, on an application that leaks in one way, find it."""
    await caught("team", folder, LEAKS[leak])


@pytest.mark.proof("G6", IN_PROCESS, mutant=True)
@pytest.mark.timeout(400)
@pytest.mark.parametrize("leak", OF_LAWS)
async def test_a_leak_of_the_views_is_caught(folder, leak):
    """Leaks of engine, views and room that `tests/laws` plants come out here as well."""
    await caught(OF_LAWS[leak], folder, next(each for each in LAWS_LEAKS if each.__name__ == leak))


@pytest.mark.proof("G6", STAND_IN, mutant=True)
@pytest.mark.timeout(400)
@pytest.mark.parametrize("leak", STAND_IN_LEAKS)
async def test_a_stand_in_that_knows_too_much_is_caught(folder, leak):
    """It does something else, or at another time, once others do something else."""
    await caught("stand-in", folder, STAND_IN_LEAKS[leak])
