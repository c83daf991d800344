"""The server of a simulation: the real room, session and connections in a process that can be killed, on a machine whose
power can fail, whose lid can be closed and whose wall clock jumps."""

from __future__ import annotations

import asyncio
from contextvars import copy_context
from typing import TYPE_CHECKING

from kerege.gateway.chance import SeededChance as SeededTokens
from kerege.gateway.codes import KEY_BYTES
from kerege.gateway.connection import Connection
from kerege.gateway.desk import Admitted, Desk, Facts
from kerege.gateway.limits import Bounds, widened
from kerege.gateway.seats import Seat, Seats
from kerege.journal.port import StoreDown
from kerege.room import Room, open_room
from kerege.room.ports import SeededChance, SystemClock
from tests.simulation.disk import Disk, Faults, SimulatedJournal
from tests.simulation.loop import PROCESS, Process

if TYPE_CHECKING:
    from collections.abc import Callable

    from kerege.engine.pack import Pack
    from tests.simulation.judge import Judge
    from tests.simulation.line import Line
    from tests.simulation.loop import VirtualLoop

BOUNDS = widened(Bounds(), 1000)


class MachineClock(SystemClock):
    """The machine's clocks: the real rule for time asleep, upon virtual time."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        super().__init__(machine.monotonic_ms)

    def wall_ms(self) -> int:
        return 1_700_000_000_000 + self._machine.monotonic_ms() + self._machine.wall_off_ms


class Served(Process):
    """One run of the server, from its start to its death."""

    def __init__(self, number: int) -> None:
        super().__init__(f"server {number}")
        self.number = number
        self.context = copy_context()
        self.context.run(PROCESS.set, self)
        self.room: Room | None = None
        self.desk: Desk | None = None
        self.lines: list[Line] = []


class Machine:
    """One box with its disk."""

    def __init__(self, loop: VirtualLoop, pack: Pack, seed: object, disk: Disk, faults: Faults, judge: Judge) -> None:
        self.loop = loop
        self.disk = disk
        self.slept_ms = 0
        self.wall_off_ms = 0
        self.starts = 0
        self.served: Served | None = None
        self._pack = pack
        self._seed = seed
        self._faults = faults
        self._judge = judge

    def monotonic_ms(self) -> int:
        """What the system's steady clock says: time asleep is counted in it."""
        return round(self.loop.time() * 1000) + self.slept_ms

    @property
    def room(self) -> Room | None:
        """The room, once it stands open."""
        return None if self.served is None else self.served.room

    def start(self) -> None:
        """Start the server, unless it runs."""
        if self.served is None:
            self.starts += 1
            self.loop.note("start")
            self.served = Served(self.starts)
            self.loop.create_task(self._serve(self.served), context=self.served.context)

    def kill(self, *, power: bool = False) -> None:
        """kill -9, or a power cut: nothing of the process runs any more."""
        if self.served is not None:
            self.loop.note("power cut" if power else "kill -9")
            served, self.served = self.served, None
            served.alive = False
            if not power:  # the system of a killed process tells the other ends; a machine without power says nothing
                for line in served.lines:
                    line.reset()
            self._judge.went_down()
        if power:
            self.disk.power_cut()

    def sleep(self, by_ms: int) -> None:
        """The lid was closed for so long: nobody ran, and the steady clock went on."""
        self.slept_ms += by_ms
        self.loop.note("slept")

    async def _serve(self, served: Served) -> None:
        clock = MachineClock(self)

        async def journal() -> SimulatedJournal:
            return await SimulatedJournal.open(self.disk, self._faults, self._judge)

        room: Room | None = None
        while room is None:
            try:
                room = await open_room(
                    self._pack, journal, clock, SeededChance(f"{self._seed}:{served.number}"), exercise="simulated",
                    observer_delay_ms=3000,
                )  # fmt: skip
            except StoreDown:  # its keeper starts it again
                await asyncio.sleep(1)
        chance = SeededTokens(f"{self._seed}:{served.number}")
        key = chance.draw("simulation", "", KEY_BYTES)
        seats = Seats(None, "simulated", key, room.viewers, chance, BOUNDS, clock.wall_ms)
        facts = Facts(public_url="http://127.0.0.1", observer_delay_s=3)
        served.desk = Desk(room, seats, facts, BOUNDS, self.loop.time, chance)
        served.room = room
        await room.run()


class Far:
    """The server's end of one line."""

    def __init__(self, served: Served, viewer: str, say: Callable[[bytes], None], close: Callable[[], None]) -> None:
        """`say`, `close`: what goes to the phone."""
        assert served.desk is not None
        self._served = served
        self._seat = Seat(id=f"seat-{viewer}", viewer=viewer)
        self._awake = asyncio.Event()
        self._say = say
        self._close = close
        self._closed = False
        self.connection = Connection(served.desk, "msgpack", self._awake.set, self._admit)
        self._loop = asyncio.get_running_loop()
        self._loop.create_task(self._pump(), context=served.context)

    def hear(self, data: bytes) -> None:
        """One message has arrived; runs in the server's own context."""
        if self._closed:
            return
        submit = self.connection.accept(data)
        if submit is not None:
            self._loop.create_task(self.connection.play(submit))

    def gone(self) -> None:
        """The line is found to be dead."""
        if not self._closed:
            self._closed = True
            self.connection.detach()
            self._awake.set()

    async def _pump(self) -> None:
        while not self._closed:
            await self._awake.wait()
            self._awake.clear()
            for data in self.connection.outgoing():
                self._say(data)
            if self.connection.over:
                self._close()
                self.gone()

    def _admit(self, ticket: str) -> Admitted | None:
        return Admitted(self._seat, f"device-{self._seat.id}") if ticket == f"ticket-{self._seat.viewer}" else None
