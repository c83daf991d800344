"""Law 3 on packs that nobody has written: the puppet, and two runs, on small packs drawn from a seed."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.events import ClockSet
from tests.laws.generated import drawn_pack
from tests.laws.leaks_between import after, every_desk_reads_every_team
from tests.laws.player import choose
from tests.laws.run import play
from tests.laws.size import seeds
from tests.laws.test_puppet import differing
from tests.laws.two_runs import without_token
from tests.stage import Stage
from tests.town import MINUTE

if TYPE_CHECKING:
    from kerege.engine.pack import Pack

ROW = "generated packs"
STEPS = 140
ROUNDS = 14


def pack_of(seed: int) -> Pack:
    return drawn_pack(Random(f"pack:{seed}"))


@pytest.mark.proof("G6", ROW)
@pytest.mark.parametrize("seed", seeds(12))
async def test_the_puppet_shows_the_same_bytes(seed, proof):
    """Whatever the pack says: every frame and snapshot of every viewer but control comes from its own events alone."""
    run = await play(pack_of(seed), seed, STEPS, ends=seed % 2 == 0)
    assert differing(run) == [], f"seed {seed}"
    proof.tried(1, seed=0)


async def heard_by(viewer: str, seed: int, secret: str) -> tuple[list[bytes], int]:
    """
    All that one viewer is sent in one run, and how many secret acts were accepted. The same `seed` gives the same visible
    script; `secret` draws what others say, note, propose, look at and are refused among themselves.
    """
    script, hidden = Random(f"visible:{seed}"), Random(f"secret:{seed}:{secret}")
    done = 0
    heard: list[bytes] = []
    async with Stage(pack_of(seed), seed=seed) as stage:
        info = stage.rules.viewers[viewer]
        client, other = stage.client(viewer), stage.client(viewer, "ru")
        if info.sort == "mentor":
            assert client.open(stream=stage.viewer(str(info.follows)))
        await stage.room.person_took(next(each for each in stage.room.viewers if each.startswith("actor_")))
        await stage.accept("control", b.Start())
        await stage.accept("control", b.OpenTeam(stage.viewer("team_a"), True))
        for n in range(ROUNDS):
            for _ in range(hidden.randint(0, 3)):
                by, command = hidden.choice(_secrets(stage, viewer, hidden))
                done += (await stage.submit(by, command)).outcome == "accepted"
                stage.snapshot(hidden.choice(list(stage.room.viewers)), hidden.choice(("en", "ru")))
            client.read()
            command = choose(script, stage.room.viewers[viewer].sort, client.items) or b.Say(("zzzz",), "?")
            if isinstance(command, b.Stop | b.Attend):
                command = b.Cancel("t9")
            heard.append(without_token(await stage.submit(viewer, command, id=f"own-{n}-abc")))
            if n % 4 == 0:
                heard += [stage.snapshot(viewer), stage.snapshot(viewer, "ru")]
            await stage.wait(2 * MINUTE)
        for each in (client, other):
            each.read()
            heard += each.payloads
    return heard, done


def _secrets(stage: Stage, viewer: str, hidden: Random) -> list[Any]:
    """Acts of others that are addressed to nobody but themselves, and change no truth that an act could hang on."""
    rules = stage.rules
    others = [team for team in rules.teams if team not in {viewer, rules.viewers[viewer].follows}]
    by = hidden.choice(others)
    words = "x" * hidden.randint(1, 30)
    acts: list[Any] = [
        *[(by, b.Propose(words))] * 3,
        (by, b.Cancel(f"p{hidden.randint(1, 3)}")),
        (by, b.Ask("xxxxxxxx")),
        (by, b.Say(("zzzz",), words)),
        ("control", b.Rule(stage.viewer(by), f"p{hidden.randint(1, 3)}", "not_possible", words, words)),
    ]
    if viewer == "evaluators":  # see which act a team has done
        return acts
    to = [team for team in others if team != by] or ["control"]
    face = stage.face(hidden.choice([thing.id for thing in stage.pack.things if thing.kind == "place"]))
    acts += [
        (by, b.Say((stage.viewer(hidden.choice(to)),), words)),
        ("evaluators", b.Observe((stage.viewer(by),), text=words)),
        (by, b.Convene((stage.viewer(hidden.choice(to)),), words)),
        (by, b.Propose(words, None, (face,))),
        (by, b.Share(("r1", "r2")[: hidden.randint(1, 2)], (stage.viewer(hidden.choice(to)),))),
    ]
    return acts


VIEWERS = ("team_b", "desk", "mentor", "evaluators", "actor")


def _named(viewer: str, seed: int) -> str:
    return next(f"actor_{each.thing}" for each in pack_of(seed).characters) if viewer == "actor" else viewer


@pytest.mark.proof("G6", ROW)
@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("seed", seeds(3))
async def test_secrets_change_no_byte(viewer, seed, proof):
    """Two runs of one drawn pack, with different secrets of the others."""
    name = _named(viewer, seed)
    (one, done), (two, also) = await heard_by(name, seed, "one"), await heard_by(name, seed, "two")
    assert done + also, "the secrets differ, or this proves nothing"
    assert one == two, f"seed {seed}"
    proof.tried(1, seed=0)


def a_proposal_sets_every_clock(patch: pytest.MonkeyPatch) -> None:
    """What one team proposes makes a frame for everybody."""

    def then(play: Any, by: str, command: Any) -> None:
        del by, command
        clock = play.state.get("clock", "clock")
        play.emit(ClockSet(clock.phase, play.at_ms, clock.speed, clock.stopped, lost=clock.lost))

    after(patch, b.Propose, then)


@pytest.mark.proof("G6", ROW, mutant=True)
@pytest.mark.parametrize(
    "leak", [a_proposal_sets_every_clock, every_desk_reads_every_team], ids=lambda leak: leak.__name__
)
async def test_a_leak_is_noticed_on_drawn_packs(leak, monkeypatch):
    """The same proof, on an engine that leaks."""
    leak(monkeypatch)
    for seed in range(12):
        for viewer in VIEWERS:
            name = _named(viewer, seed)
            if (await heard_by(name, seed, "one"))[0] != (await heard_by(name, seed, "two"))[0]:
                return
    pytest.fail("nobody noticed")
