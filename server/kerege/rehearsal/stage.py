"""A room in virtual time: the real room, journal, desk and connections, a clock that only moves when nobody has anything
left to do, and chance that follows from a seed.

Rule: nothing here depends on the order in which tasks happen to run. Chairs are served one after the other, in the
order of the pack; time goes on to the next moment at which anybody may want something.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from kerege.gateway.chance import SeededChance as SeededTokens
from kerege.gateway.codes import KEY_BYTES
from kerege.gateway.desk import Desk, Facts
from kerege.gateway.in_process import TICKET, InProcessLink
from kerege.gateway.limits import Bounds, Rate
from kerege.gateway.seats import Seats
from kerege.journal.memory import MemoryDisk, MemoryJournal
from kerege.room import Room, open_room
from kerege.room.ports import ManualClock, SeededChance
from kerege.wire.codec import decode_server, encode_client

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from kerege.engine.pack import Pack
    from kerege.wire.messages import FromClient, FromServer, Submit

    T = TypeVar("T")

NO_HURRY = Rate(per_s=1e6, burst=1_000_000)
"""Virtual time has no rates: a whole exercise may fit into one second."""
SETTLE_TURNS_MAX = 100_000
"""Turns of the event loop that one moment may take; more means that the room does not come to rest."""
MOMENTS_MAX = 1_000_000
"""Moments of one exercise; more means that somebody wakes without end."""


class Player(Protocol):
    """Whoever sits on a chair of a stage: a stand-in's mind, the director, a watcher."""

    def greeting(self, ticket: str) -> Sequence[FromClient]: ...
    def hear(self, message: FromServer, now_ms: int) -> None: ...
    def next(self, now_ms: int) -> Submit | None: ...
    def wakes_at_ms(self) -> int | None: ...


class Chair:
    """One client's line and who plays it."""

    def __init__(self, stage: Stage, viewer: str, player: Player) -> None:
        self.viewer = viewer
        self.player = player
        self._stage = stage
        self._link = InProcessLink(stage.desk, viewer)

    async def greet(self) -> None:
        """Say hello and hear the first view."""
        for message in self.player.greeting(TICKET):
            await self._stage.until_done(self._link.send(encode_client(message, "msgpack")))
        self.read()

    def read(self) -> None:
        """Hear all that has come."""
        for data in self._link.connection.outgoing():
            self.player.hear(decode_server(data, "msgpack"), self._stage.clock.now_ms())

    async def act(self) -> bool:
        """Do one thing, if there is one to do now."""
        command = self.player.next(self._stage.clock.now_ms())
        if command is None:
            return False
        await self._stage.until_done(self._link.send(encode_client(command, "msgpack")))
        self.read()
        return True

    def close(self) -> None:
        """Leave."""
        self._link.close()


class Stage:
    """Everything virtual around one real room."""

    def __init__(self, room: Room, desk: Desk, clock: ManualClock, disk: MemoryDisk) -> None:
        self.room = room
        self.desk = desk
        self.clock = clock
        self.disk = disk
        self._running = asyncio.create_task(room.run(), name="room")

    @classmethod
    async def open(cls, pack: Pack, seed: int, exercise: str) -> Stage:
        """Begin an exercise. All ids, keys and salts follow from the seed."""
        clock, disk = ManualClock(), MemoryDisk()

        async def open_journal() -> MemoryJournal:
            return MemoryJournal(disk)

        room = await open_room(pack, open_journal, clock, SeededChance(seed), exercise=exercise)
        chance = SeededTokens(str(seed))
        bounds = Bounds(messages_rate=NO_HURRY, submits_rate=NO_HURRY, api_rate=NO_HURRY)
        key = chance.draw("rehearsal-codes", "", KEY_BYTES)
        seats = Seats(None, exercise, key, room.viewers, chance, bounds, clock.wall_ms)
        facts = Facts(public_url="http://127.0.0.1", languages=pack.languages)
        desk = Desk(room, seats, facts, bounds, lambda: clock.now_ms() / 1000, chance)
        return cls(room, desk, clock, disk)

    async def until_done(self, awaited: Awaitable[T]) -> T:
        """Wait for something that the room has to do; a room that died says so instead of letting us wait."""
        waiting = asyncio.ensure_future(awaited)
        await asyncio.wait({waiting, self._running}, return_when=asyncio.FIRST_COMPLETED)
        if not waiting.done():
            waiting.cancel()
            self._running.result()
            raise AssertionError("the room has ended under the players")
        return waiting.result()

    async def pass_real(self, by_ms: int) -> None:
        """Let time go on, and let everything happen that falls due at its end."""
        self.clock.advance(by_ms)
        await self.settle()

    async def pass_play(self, until_ms: int) -> None:
        """Let play time go on to a moment, stopping at everything that falls due before it."""
        while self.phase == "running" and self.room.play_ms < until_ms:
            due = self.room.next_due_ms
            target = until_ms if due is None else min(until_ms, due)
            await self.pass_real(max(1, -(-(target - self.room.play_ms) // self.speed)))

    async def settle(self) -> None:
        """Let the room come to rest."""
        for _ in range(SETTLE_TURNS_MAX):
            if self._running.done():
                self._running.result()
            due = self.room.next_due_ms
            if due is None or due > self.room.play_ms:
                return
            await asyncio.sleep(0)
        raise AssertionError("the room does not come to rest")

    async def play(self, chairs: list[Chair], progress: Callable[[int], None]) -> None:
        """
        Let the chairs play until the exercise has ended. `progress` is told the play time whenever time has gone on.

        Raises:
            AssertionError: Nobody wants anything any more and it has not ended, or it never does.
        """
        for _ in range(MOMENTS_MAX):
            await self._let_all_act(chairs)
            if self.phase == "ended":
                return
            now_ms = self.clock.now_ms()
            wakes = [wake for chair in chairs if (wake := chair.player.wakes_at_ms()) is not None]
            due = self.room.next_due_ms
            if due is not None:
                wakes.append(now_ms - (self.room.play_ms - due) // self.speed)
            if not wakes:
                raise AssertionError("nobody wants anything any more, and the exercise has not ended")
            await self.pass_real(max(1, min(wakes) - now_ms))
            progress(self.room.play_ms)
        raise AssertionError("the exercise does not end")

    @staticmethod
    async def _let_all_act(chairs: list[Chair]) -> None:
        for chair in chairs:
            chair.read()
        acted = True
        while acted:
            acted = False
            for chair in chairs:
                chair.read()
                acted = await chair.act() or acted
        for chair in chairs:
            chair.read()

    @property
    def phase(self) -> str:
        """Where the play clock stands."""
        return str(self._clock.phase)

    @property
    def speed(self) -> int:
        """Play seconds in a real one."""
        return int(self._clock.speed)

    @property
    def _clock(self) -> Any:
        return self.room.story.state.get("clock", "clock")

    async def close(self) -> None:
        """Stop."""
        await self.room.close()
        await self._running
        self.desk.seats.close()
