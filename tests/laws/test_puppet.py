"""Law 3a: a viewer's bytes are a function of what is addressed to it; an emptied world gives the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.laws.puppet import Puppet
from tests.laws.run import Run, play
from tests.laws.size import seeds
from tests.laws.test_fold import PACKS

if TYPE_CHECKING:
    from kerege.engine.pack import Pack

ASKED = ("en", "ru")
"""Anybody may ask for these, whatever languages a pack has."""
PUPPET = "puppet, in process"


def languages_of(pack: Pack) -> tuple[str, ...]:
    """Those that a pack has, and those that are asked for all the same."""
    return tuple(dict.fromkeys((*pack.languages, *ASKED)))


def differing(run: Run) -> list[str]:
    """Viewers whose bytes are not those of their puppet, and where they begin to differ."""
    found = []
    for viewer in run.viewers():
        real = run.stage.room.story.stream_of[viewer]
        puppet = Puppet(run.entries, viewer).stream
        puppet.epoch = real.epoch  # of the log's first entry: the same for everybody, and from its key alone
        if real.version != puppet.version:
            found.append(f"{viewer}: {real.version} versions, the puppet's {puppet.version}")
            continue
        for language in languages_of(run.stage.rules.pack):
            for version in range(1, real.version + 1):
                if real.frame(version, language, "msgpack") != puppet.frame(version, language, "msgpack"):
                    found.append(f"{viewer}: frame {version} in {language}")
                    break
            if real.snapshot(language, "msgpack") != puppet.snapshot(language, "msgpack"):
                found.append(f"{viewer}: snapshot in {language}")
    return found


@pytest.mark.proof("G6", PUPPET)
@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("seed", seeds(5))
async def test_the_puppet_shows_the_same_bytes(name, seed, proof):
    """Every frame and snapshot of every viewer but control comes from its own events alone, in each language."""
    run = await play(PACKS[name](), 100 + seed, 220, ends=seed % 2 == 0)
    assert differing(run) == [], f"seed {100 + seed}"
    proof.tried(1, seed=100)
    print(f"{name}: {len(run.viewers())} viewers in {', '.join(languages_of(run.stage.rules.pack))}")
