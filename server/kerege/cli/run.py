"""`kerege run`: the first demonstration. A story plays on the local network with stand-ins until people take over."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kerege.cli.said import fail, playable

if TYPE_CHECKING:
    from kerege.app import Parts, Ready
    from kerege.engine.commands.bodies import Jump, Speed, StandIn, Start
    from kerege.room import Room
    from kerege.settings import Settings

SPEED = 4
"""Play seconds in a real one: two hours of Silver Reed take half an hour."""
LOOK_S = 0.5
"""How soon the terminal says that a phone got through."""
NOBODY_YET = (
    "No phone has reached this server yet. Phones must be in the same Wi-Fi, and the firewall must let them in."
)
REACHED = "A phone has reached this server: the network lets people in."


def run(
    pack: Annotated[
        str, typer.Argument(metavar="[PACK]", help="A folder, or a name under scenarios/.")
    ] = "silver-reed",
    profile: Annotated[
        str, typer.Option("--profile", help="How the stand-ins play: careful, hurried, territorial, careless.")
    ] = "careful",
    speed: Annotated[int, typer.Option("--speed", min=1, max=60, help="Play seconds in a real one.")] = SPEED,
    new: Annotated[
        bool, typer.Option("--new", help="Begin another demonstration, even if one is still going on.")
    ] = False,
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, help="PORT; 0: any free one.")] = None,
    data: Annotated[
        Path | None, typer.Option("--data", file_okay=False, help="The data folder; KEREGE_DATA_DIR.")
    ] = None,
) -> None:
    """Show a story on the local network: it begins at once, and whoever joins a team takes it over."""
    from kerege.cli.serving import load, start
    from kerege.cli.settings import read_settings
    from kerege.logs import set_up_logs
    from kerege.standin import PACES

    if profile not in PACES:
        fail(f"there is no profile {profile!r}; there are {', '.join(PACES)}")
    folders = playable([pack])
    if not folders:
        fail(f"{pack} cannot be shown")
    settings = read_settings(port=port, data_dir=data)
    set_up_logs(as_json=settings.log_json, level=os.environ.get("KEREGE_LOG_LEVEL", "warning"))
    story = load(folders[0])
    exercise, goes_on = _exercise(settings, story.id, new=new)

    async def also(parts: Parts) -> None:
        await asyncio.gather(
            demonstrate(parts.room, profile, speed), _pass_nights(parts.room), _say_when_reached(parts)
        )

    if goes_on:
        typer.echo(f"Going on with {exercise}; --new begins another.", err=True)

    def ready(what: Ready) -> None:
        typer.echo(what.for_terminal())
        typer.echo(f"  {NOBODY_YET}\n")
        _open_browser(what.control_link)

    start(settings, story, exercise, also, ready, demonstration=True)


def _exercise(settings: Settings, pack: str, *, new: bool) -> tuple[str, bool]:
    """The id of the demonstration, and whether it goes on: the last one of this pack, unless it has ended."""
    from kerege.app import exercise_path

    n = 0
    while exercise_path(settings, f"demo-{pack}-{n + 1}").exists():
        n += 1
    if n and not new and not asyncio.run(_has_ended(exercise_path(settings, f"demo-{pack}-{n}"))):
        return f"demo-{pack}-{n}", True
    return f"demo-{pack}-{n + 1}", False


async def _has_ended(path: Path) -> bool:
    """Whether ENDEX was, by the log. A log that cannot be opened or read counts as ended, unless it is being served."""
    from kerege.engine.events import EndingJudged
    from kerege.journal.chain import Broken
    from kerege.journal.port import CannotOpen
    from kerege.journal.sqlite import SqliteJournal
    from kerege.room.log import read_step

    try:
        journal = await SqliteJournal.open(path)
    except (CannotOpen, Broken) as error:
        fail(f"the last demonstration cannot be opened ({error}); is it still running? --new begins another")
    try:
        entries = await journal.read()
    finally:
        await journal.close()
    return any(type(event) is EndingJudged for entry in entries[1:] for event in read_step(entry).events)


async def demonstrate(room: Room, profile: str, speed: int) -> None:
    """Put stand-ins on all teams that have a plan and press STARTEX; nothing where that has been done before."""
    from kerege.engine.commands.bodies import Speed, StandIn, Start

    story = room.story
    if story.state.get("clock", "clock").phase != "ready":
        return
    for viewer in dict.fromkeys(plan.viewer for plan in story.rules.pack.plans):
        await _press(room, f"demo-seat-{viewer}", StandIn(story.rules.viewer_codes.of[viewer], profile))
    await _press(room, "demo-speed", Speed(speed))
    await _press(room, "demo-startex", Start())


async def _pass_nights(room: Room) -> None:
    """Jump over every night of the story, so that nobody sits before a still screen."""
    while room.story.state.get("clock", "clock").phase != "ended":
        await asyncio.sleep(LOOK_S)
        await pass_night(room)


async def pass_night(room: Room) -> None:
    """Jump once, if it is night: nothing due for over an hour, and nobody at work."""
    from kerege.engine.commands.bodies import Jump
    from kerege.rehearsal.night import jump_to

    to_ms = jump_to(room.play_ms, room.story.at_ms, room.next_due_ms)
    if to_ms is not None:
        await _press(room, f"demo-jump-{to_ms}", Jump(to_ms))


async def _press(room: Room, name: str, command: StandIn | Speed | Start | Jump) -> None:
    """One of control's buttons, by this machine's hand; the name makes a second press harmless."""
    import msgspec

    from kerege.wire.messages import Submit

    raw = msgspec.Raw(msgspec.msgpack.encode(command, order="deterministic"))
    await room.submit("demonstration", "control", Submit(name[:40], 0, raw))


async def _say_when_reached(parts: Parts) -> None:
    """Tell the terminal, in words, that the network lets phones in."""
    while not parts.desk.reached_by_phone:  # noqa: ASYNC110  the gateway keeps a mark, not an event; twice a second is cheap
        await asyncio.sleep(LOOK_S)
    typer.echo(f"  {REACHED}\n")


def _open_browser(link: str) -> None:
    """Open control's page on this machine, where there is a screen and nobody has said NO_BROWSER."""
    import webbrowser

    has_screen = sys.platform in {"darwin", "win32"} or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if has_screen and not os.environ.get("NO_BROWSER"):
        webbrowser.open(link)
