"""A server of an empty world, be it a process or the application in the test's own: it is begun with a pack emptied of
all that one viewer was never told, and of the played log it is told only what was addressed to that viewer.

Whether a command of the viewer is accepted, and the words of a refusal, the empty world decides anew, by the engine's
own `decide`. What an accepted one does to the viewer, and what reaches it from elsewhere, are the log's effects,
addressed to it, told in the log's order. Everything from there on is the product: room, journal, views, streams, session, sockets, HTTP.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from kerege.engine import events as e
from kerege.engine.commands.bodies import Clear, Curtain, Stop, Tick
from kerege.engine.evolve import evolve
from kerege.engine.pack import Pack
from kerege.engine.play import Play
from kerege.engine.refusals import Refused
from kerege.engine.state import Overlay
from kerege.engine.step import Step, decide
from kerege.room import turn
from kerege.room.log import read_genesis, read_step
from tests.laws.puppet import addressed, emptied
from tests.system.sideline import settle

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from kerege.app import Parts
    from kerege.engine.rules import Rules
    from kerege.journal.entry import Sealed

SCRIPT = "script"
"""The file, in the folder of an empty world, of what it is given."""


class Effect(msgspec.Struct, frozen=True):
    """What one entry of the played log did to the viewer. `name`: `seat.command` of its own command, else ""."""

    n: int
    name: str
    at_ms: int
    events: tuple[e.AnyEvent, ...]
    words: tuple[tuple[str, str], ...]


class Script(msgspec.Struct, frozen=True):
    """All that an empty world is given. `epoch`: of the log's first entry, the same for everybody."""

    viewer: str
    epoch: str
    pack: Pack
    effects: tuple[Effect, ...]


def script_of(entries: list[Sealed], viewer: str, epoch: str) -> Script:
    """What a played log addresses to a viewer, and a pack without anything else. A mentor reads its team's view, too."""
    genesis = read_genesis(entries[0])
    readers = [viewer, *(each.follows for each in genesis.pack.viewers if each.id == viewer and each.sort == "mentor")]
    typed = {word.id: word.text for entry in entries for word in entry.words if word.text}
    effects = []
    for entry in entries[1:]:
        body = read_step(entry)
        mine = body.by == viewer and bool(body.seat)
        events: list[e.AnyEvent] = []
        now_ms = entry.header.at_ms
        for pairs in addressed([entries[0], entry], *readers):
            for at_ms, event in pairs:
                if at_ms > now_ms:
                    events.append(e.TimePassed(at_ms))
                    now_ms = at_ms
                events.append(event)
        if not events and not mine:
            continue
        spoken = repr(events)
        words = tuple((word, text) for word, text in typed.items() if word in spoken)
        name = f"{body.seat}.{body.command_id}" if mine else ""
        effects.append(Effect(entry.header.n, name, entry.header.at_ms, tuple(events), words))
    pack = emptied(genesis.pack, viewer, addressed(entries, *readers))
    return Script(viewer, epoch, pack, tuple(effects))


def write_script(script: Script, path: Path) -> None:
    path.write_bytes(msgspec.msgpack.encode(script))


def read_script(path: Path) -> Script:
    return msgspec.msgpack.decode(path.read_bytes(), type=Script)


class Telling:
    """Within the puppet's process: lets its room step what it is told, in place of what would happen. One room at a time."""

    def __init__(self, script: Script) -> None:
        self._own = {effect.name: effect for effect in script.effects if effect.name}
        self._others = [effect for effect in script.effects if not effect.name]
        self._next = 0
        self._telling: Effect | None = None
        self._epoch = script.epoch

    def take_over(self, patch: pytest.MonkeyPatch) -> None:
        """From now on rooms of this process do what they are told."""
        patch.setattr(turn, "step", self._step)

    async def tell(self, parts: Parts, until: int) -> None:
        """Let what others did to the viewer happen, up to an entry."""
        room = parts.room
        for stream in room.story.streams.values():
            stream.epoch = self._epoch
        while self._next < len(self._others) and self._others[self._next].n <= until:
            effect = self._telling = self._others[self._next]
            self._next += 1
            was = room.story.state.get("clock", "clock").stopped
            now = next((each.stopped for each in reversed(effect.events) if isinstance(each, e.ClockSet)), was)
            if now != was:
                await settle(parts)  # an observer is written to less often: what came before is not overtaken
            if now and not was:
                room._halt()
            receipt = await room.command(Stop() if now and not was else Clear() if was and not now else Tick())
            assert receipt.outcome == "accepted", receipt
            if now != was:
                await settle(parts)  # nor is one of two signs lost

    def _step(self, rules: Rules, state: Overlay, command: Any, by: str, at_ms: int, name: str = "") -> Step:
        """In place of `engine.step`: decide by the empty world; let happen what was addressed to the viewer."""
        if by:
            effect = self._own.get(name)
            self._decide(Play(rules, Overlay(state), at_ms, name), command, by, known=effect is not None)
        else:
            effect, self._telling = self._telling, None
        if effect is None:
            return Step((), (), at_ms)
        now_ms = effect.at_ms
        for event in effect.events:
            if type(event) is e.TimePassed:
                now_ms = event.at_ms
            evolve(state, event, now_ms)
        return Step(effect.events, effect.words, now_ms)

    @staticmethod
    def _decide(play: Play, command: Any, by: str, *, known: bool) -> None:
        """May this be asked? Raises Refused. What an accepted command would do in the empty world is dropped."""
        try:
            decide(play, by, command)
        except Refused:
            if isinstance(command, Curtain) and known:
                return  # whether a scene stands is written down as the actor's, though each team in it was told
            raise
        except (AssertionError, AttributeError, TypeError, KeyError, StopIteration):
            return  # accepted: what it does to others stumbles over what is not in an empty world
