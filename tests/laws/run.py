"""One exercise played at random by everybody at once, with the clients that read it."""

from __future__ import annotations

import hashlib
from collections import Counter
from random import Random
from typing import TYPE_CHECKING, Any

import msgspec

from kerege.engine.commands import bodies as b
from kerege.engine.state import flatten
from tests.laws.player import choose
from tests.stage import Client, Stage

if TYPE_CHECKING:
    from kerege.engine.pack import Pack
    from kerege.journal.entry import Sealed

COMMANDS: tuple[type, ...] = b.AnyCommand.__args__  # type: ignore[attr-defined]

LOSS_EVERY = 100
"""Steps after which the room once finds that its record has lost its end; control is to acknowledge it."""


class Run:
    """A played exercise: the log, every viewer's bytes, and what has been reached."""

    def __init__(self, stage: Stage, seed: int) -> None:
        self.stage = stage
        self.seed = seed
        self.outcomes: Counter[str] = Counter()
        self.accepted: Counter[str] = Counter()
        self.entries: list[Sealed] = []
        self.watch = False

    def mark(self) -> bytes:
        """All that a refusal may not change: state, log, answers, versions and views."""
        story = self.stage.room.story
        streams = [(code, stream.version, repr(stream.view)) for code, stream in sorted(story.streams.items())]
        parts = (repr(flatten(story.state)), story.head, story.at_ms, len(story.answers), story.words, streams)
        return hashlib.sha256(repr(parts).encode()).digest()

    def viewers(self) -> list[str]:
        """All viewers but control."""
        return [viewer for viewer in self.stage.room.viewers if viewer != "control"]


async def play(pack: Pack, seed: int, steps: int, look: Any = None, *, ends: bool = False, watch: bool = False) -> Run:
    """Play at random; `look` is awaited after every step. `ends`: ENDEX at the end. `watch`: refusals change nothing."""
    random = Random(f"kerege:{seed}")
    async with Stage(pack, seed=seed) as stage:
        run = Run(stage, seed)
        run.watch = watch
        clients = {viewer: stage.client(viewer, random.choice(("en", "ru"))) for viewer in stage.room.viewers}
        for client in clients.values():
            client.read()
        await _staff(run, random)
        await stage.accept("control", b.Start())
        for team in sorted(set(stage.rules.desk_of) if random.random() < 0.7 else ()):
            await stage.accept("control", b.OpenTeam(stage.viewer(team), True))
        sent: list[tuple[Any, ...]] = []
        for n in range(steps):
            if n % LOSS_EVERY == LOSS_EVERY // 2:
                await stage.room.command(b.Lose())
            await _one(run, random, clients, sent)
            if look is not None:
                await look(run, n)
        if ends:
            await stage.submit("control", b.Clear())
            await stage.submit("control", b.Finish())
        run.entries = list(stage.disk.entries)
    return run


async def _staff(run: Run, random: Random) -> None:
    for viewer, info in run.stage.room.viewers.items():
        if info.sort == "actor" and random.random() < 0.7:
            await run.stage.room.person_took(viewer)


def _who(stage: Stage, random: Random, viewers: list[str], *, held_up: bool) -> str:
    """Who acts next: control more often than its share, and actors in whose scenes somebody stands."""
    if random.random() < (0.5 if held_up else 0.12):
        return "control"
    met = [viewer for viewer in viewers if stage.room.story.state.get("count", ("scene", viewer), 0)]
    return random.choice(met if met and random.random() < 0.15 else viewers)


async def _one(run: Run, random: Random, clients: dict[str, Client], sent: list[tuple[Any, ...]]) -> None:
    stage = run.stage
    clock = stage.room.story.state.get("clock", "clock")
    held_up = clock.stopped or clock.phase == "paused"
    if random.random() < 0.3:
        await stage.wait(random.choice((1, 1000, 5000, run.stage.pack.ends_after_ms // 120)))
    viewer = _who(stage, random, list(clients), held_up=held_up)
    if stage.room.viewers[viewer].sort == "observer" and random.random() < 0.95:
        viewer = random.choice(stage.room.story.rules.teams)
    for each in stage.room.viewers:
        if each not in clients:  # a team that control has split off since
            clients[each] = stage.client(each, random.choice(("en", "ru")))
    client = clients[viewer]
    client.read()
    if random.random() < 0.03:
        actor = random.choice([each for each, info in stage.room.viewers.items() if info.sort == "actor"])
        await (stage.room.person_took(actor) if random.random() < 0.6 else stage.room.person_left(actor))
    if sent and random.random() < 0.05:
        await _again(run, random, sent)
        return
    command = choose(random, stage.room.viewers[viewer].sort, client.items)
    if command is None:
        return
    message = stage.message(viewer, command, language=random.choice(("en", "ru")))
    if run.watch:
        await stage.settle()  # what is due now is not the refused command's doing
    before = run.mark() if run.watch else b""
    receipt = await stage.room.submit(*message)
    if run.watch and receipt.outcome != "accepted":
        assert run.mark() == before, f"seed {run.seed}: a refused {command} has changed something"
    sent.append((message, receipt))
    name = type(command).__name__
    run.outcomes[f"{receipt.outcome}:{receipt.code}"] += 1
    if receipt.outcome == "accepted":
        run.accepted[name] += 1


async def _again(run: Run, random: Random, sent: list[tuple[Any, ...]]) -> None:
    """The same command again: the first answer; the same id with another body: refused."""
    message, first = random.choice(sent)
    seat, viewer, submit, language = message
    if random.random() < 0.5:
        receipt = await run.stage.room.submit(*message)
        if first.outcome == "accepted":
            assert receipt == first, f"seed {run.seed}"
    elif first.outcome == "accepted":
        other = msgspec.structs.replace(submit, command=msgspec.Raw(msgspec.msgpack.encode(b.Cancel("t77"))))
        receipt = await run.stage.room.submit(seat, viewer, other, language)
        assert (receipt.outcome, receipt.code) == ("refused", "other_body"), f"seed {run.seed}"
