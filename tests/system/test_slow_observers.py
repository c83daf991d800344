"""Law 8, what can be counted of it: observers who never read cost the turn of a participant next to nothing, and hold little.

How long a participant waits is measured in paired windows by `python -m benchmarks.observers`.
"""

from __future__ import annotations

import asyncio
import math
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import uvicorn

from benchmarks.observers.caller import Caller
from benchmarks.observers.exercise import DESK, PER_SEAT, acts_of, eager_wake, watched_workload
from benchmarks.observers.herd import Herd
from kerege.app import Parts, build_app, listen, open_parts
from kerege.engine.commands.bodies import OpenTeam, Start
from kerege.gateway.limits import Bounds
from kerege.gateway.serving import uvicorn_config
from kerege.room.room import Room
from kerege.room.stream import Stream
from kerege.settings import Settings
from tests.system.server import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

ROW = "observers who never read or read a byte at a time: what an act costs, and what is held for them"
MANY = 48
ACTS = 40
FEW = 4
"""Of either, where each act costs much."""
CALLS_PER_OBSERVER_MAX = 5
"""Of one act: an observer is woken (and, where it takes nothing, left alone), and no more: its bytes are made elsewhere."""
BATCH_BYTES_MAX = 64 * 1024


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[tuple[str, Parts, uvicorn.Server]]:
    """The server on a free port, in this process."""
    settings = Settings(data_dir=folder, host="127.0.0.1", port=0, rate_factor=1000.0, observer_delay_s=0)
    with listen("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        parts = await open_parts(settings, watched_workload(), "slow", url)
        server = uvicorn.Server(uvicorn_config(build_app(parts), "127.0.0.1", port))
        task = asyncio.create_task(server._serve([listening]))
        await until(lambda: server.started, "the server listens")
        try:
            yield url, parts, server
        finally:
            server.should_exit = True
            await task


async def calls(folder: Path, observers: int, monkeypatch: pytest.MonkeyPatch, acts: int = ACTS) -> int:
    """How many calls the room makes to publish and answer some acts of a team that so many deaf observers watch."""
    counted = 0
    publish = Room._publish

    def count(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal counted
        counted += event == "call"

    def counting(room: Room, *arguments: Any) -> None:
        sys.setprofile(count)
        try:
            publish(room, *arguments)
        finally:
            sys.setprofile(None)

    async with serving(folder) as (url, parts, server):
        seats, codes = parts.desk.seats, parts.room.story.rules.viewer_codes.of
        control = await Caller(url).join(seats.new_link("control"))
        actor = await Caller(url).join(seats.code_of("team_0"))
        desk = [await Caller(url).join(seats.code_of(DESK)) for _ in range(math.ceil(observers / PER_SEAT))]
        for each in (control, actor):
            await each.open()
        for command in (Start(), OpenTeam(codes["team_0"], open=True)):
            await control.act(msgspec.msgpack.encode(command))
        herd = Herd(desk, observers, ("deaf", "nibbler"))
        await herd.come()
        stream = parts.room.story.stream_of[DESK]
        await until(lambda: len(stream.wakes) == observers, "everybody at the desk has been let in")
        before = stream.version
        monkeypatch.setattr(Room, "_publish", counting)
        for act in acts_of(parts, 0, acts):
            await actor.act(act)  # which is accepted, or fails
        monkeypatch.undo()
        assert stream.version - before >= acts, "there was something to tell the observers each time"
        held = [each.transport.get_write_buffer_size() for each in server.server_state.connections]
        assert max(held) <= Bounds().write_buffer_bytes_max + BATCH_BYTES_MAX
        await herd.go()
        for each in (control, actor, *desk):
            await each.close()
    return counted


@pytest.mark.proof("G9", ROW)
async def test_what_an_act_costs_hardly_depends_on_who_looks_on(tmp_path, monkeypatch, proof):
    """The same acts, with nobody at the desk and with many who never read: each act is answered, at the same cost."""
    alone = await calls(tmp_path / "alone", 0, monkeypatch)
    watched = await calls(tmp_path / "watched", MANY, monkeypatch)
    extra = (watched - alone) / (ACTS * MANY)
    assert extra <= CALLS_PER_OBSERVER_MAX, f"{extra:.1f} calls for each observer and act"
    proof.tried(2 * ACTS, faults=MANY)


@pytest.mark.proof("G9", ROW, mutant=True)
async def test_a_server_that_renders_for_each_observer_is_noticed(tmp_path, monkeypatch):
    """The same, where every frame is put into words and bytes for every connection before the next act."""
    alone = await calls(tmp_path / "alone", 0, monkeypatch, FEW)
    monkeypatch.setattr(Stream, "wake", eager_wake(Stream.wake))
    watched = await calls(tmp_path / "watched", FEW, monkeypatch, FEW)
    assert (watched - alone) / (FEW * FEW) > CALLS_PER_OBSERVER_MAX
