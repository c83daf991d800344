"""The exercise that is watched, and the process that serves it."""

from __future__ import annotations

import asyncio
import base64
import json
import math
import random
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import uvicorn

from benchmarks.workload import ATTRIBUTES, NUMBERS, masks, workload
from kerege.app import Parts, build_app, listen, open_parts
from kerege.engine.commands.bodies import Ask
from kerege.engine.pack import Redaction, Viewer
from kerege.gateway.serving import uvicorn_config
from kerege.room.memory import settle
from kerege.room.stream import Stream
from kerege.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from kerege.engine.pack import Pack

THINGS = 300
HERD_MAX = 1000
SILENT_MAX = 10_000
"""Lines that say nothing: the server takes 12,000 (`gateway.serving.CONNECTIONS_MAX`)."""
PER_SEAT = 8
"""Links that one seat may have."""
ACTORS = 4
DESK = "desk"
WORK = bytes(16 * 1024)
"""What a wrong server does for each line: some 10 µs."""


def watched_workload(things: int = THINGS) -> Pack:
    """The workload's pack with an observers' desk that is shown all that the first team learns of things."""
    pack = workload(things)
    desk = Viewer(DESK, "observer", follows="team_0", seats_max=math.ceil(HERD_MAX / PER_SEAT))
    redactions = tuple(Redaction("entity", name, "same") for name in NUMBERS)
    return msgspec.structs.replace(pack, viewers=(*pack.viewers, desk), redactions=redactions)


def acts_of(parts: Parts, team: int, many: int) -> list[bytes]:
    """Acts of one team as a client sends them."""
    rules, chance = parts.room.story.rules, random.Random(team)
    names = rules.name_codes.of
    seen = [n for n, mask in enumerate(masks(THINGS)) if mask >> team & 1]
    found = []
    for n in range(many):
        first, second = chance.sample(seen, 2)
        asks = {
            names["first"]: rules.handle(f"e{first}/self"),
            names["second"]: rules.handle(f"e{second}/self"),
            names["attribute"]: rules.choice_codes.of[chance.choice(ATTRIBUTES)],
            names["value"]: 100 + n % 800,
            names["words"]: f"words of act {n}",
        }
        found.append(msgspec.msgpack.encode(Ask(rules.action_codes.of["act"], None, asks)))
    return found


def facts_of(parts: Parts, acts: int) -> dict[str, Any]:
    """What a client of this bench has to be told: codes to come in by, and so many acts of each actor."""
    teams = [f"team_{n}" for n in range(ACTORS)]
    seats = parts.desk.seats
    return {
        "control": seats.new_link("control"),
        "codes": {viewer: seats.code_of(viewer) for viewer in (*teams, DESK)},
        "opened": parts.room.story.rules.viewer_codes.of["team_0"],
        "acts": [[base64.b64encode(act).decode() for act in acts_of(parts, n, acts)] for n in range(ACTORS)],
    }


def eager_wake(wake: Callable[[Stream], None]) -> Callable[[Stream], None]:
    """A wrong server's: every frame is put into words and bytes for every connection before the next act."""

    def eager(stream: Stream) -> None:
        for _ in stream.wakes:
            stream.forget_words()
            stream.snapshot("en", "msgpack")
        wake(stream)

    return eager


def working_wake(wake: Callable[[Stream], None], server: uvicorn.Server) -> Callable[[Stream], None]:
    """Another wrong server's: it sums up what it would send on every line that there is, for each act, whether it is read or not."""

    def working(stream: Stream) -> None:
        for _ in server.server_state.connections:
            zlib.crc32(WORK)
        wake(stream)

    return working


async def serve(folder: Path, acts: int, *, wrong: bool = False) -> None:
    """The server of this bench; it ends when its input does."""
    settings = Settings(data_dir=folder, host="127.0.0.1", port=0, rate_factor=1000.0, observer_delay_s=0)
    with listen("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        parts = await open_parts(settings, watched_workload(), "bench", url)
        server = uvicorn.Server(uvicorn_config(build_app(parts), "127.0.0.1", port))
        if wrong:
            Stream.wake = working_wake(Stream.wake, server)  # type: ignore[method-assign]
        serving = asyncio.create_task(server._serve([listening]))
        while not server.started:  # noqa: ASYNC110  uvicorn has no event for this
            await asyncio.sleep(0.01)
        settle()  # as every server does
        print(json.dumps({"url": url, "facts": facts_of(parts, acts)}), flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
        server.should_exit = True
        await serving


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2]), wrong="--wrong" in sys.argv))
