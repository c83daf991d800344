"""Serving an exercise from the command line: what `serve` and `run` share."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import typer

from kerege.cli.said import fail, progress

if TYPE_CHECKING:
    from pathlib import Path

    from kerege.app import Parts, Ready
    from kerege.engine.pack import Pack
    from kerege.settings import Settings


def load(folder: Path) -> Pack:
    """Compile a pack in a child with limits, or say everything that is wrong with it."""
    from kerege.compiling import compile_apart
    from kerege.scenario import PackProblems

    try:
        with progress() as show, ThreadPoolExecutor(1) as waiting:
            show(f"reading {folder.name}")
            pack = waiting.submit(compile_apart, folder)
            import kerege.app  # noqa: F401  needed next, and slow to read: the child works meanwhile

            return pack.result()
    except PackProblems as problems:
        fail(f"{problems}\n{folder}: this pack cannot be played")


def start(
    settings: Settings,
    pack: Pack | None,
    exercise: str,
    also: Callable[[Parts], Any] | None = None,
    on_ready: Callable[[Ready], None] | None = None,
    *,
    demonstration: bool = False,
) -> None:
    """Serve until a signal comes, unless what is promised cannot be kept here. `also` is started beside the server, in its event loop."""
    from kerege.app import run_server
    from kerege.doctor import examine
    from kerege.journal.chain import Broken
    from kerege.journal.port import CannotOpen, StoreDown
    from kerege.room.upcast import WrongLog

    findings = examine(settings, exercise, pack)
    refused = [finding.words() for finding in findings if finding.level == "refused"]
    if refused:
        fail("\n".join(refused))
    flagged = [finding for finding in findings if finding.level == "flagged"]
    for finding in flagged:
        typer.echo(f"  ! {finding.words()}", err=True)

    tasks: list[asyncio.Task[Any]] = []

    def mount(parts: Parts) -> Sequence[Any]:
        parts.desk.flags.update({finding.code: finding for finding in flagged})
        if also is not None:
            tasks.append(asyncio.get_running_loop().create_task(also(parts)))
        return ()

    def ready(what: Ready) -> None:
        if on_ready is not None:
            on_ready(what)

    try:
        run_server(settings, pack, exercise, mount, ready, demonstration=demonstration)
    except OSError as error:
        fail(f"cannot listen on {settings.listen_host}:{settings.port}: {error.strerror or error}")
    except (CannotOpen, StoreDown, WrongLog, ValueError) as error:
        fail(str(error))
    except Broken as broken:
        fail(f"the log of {exercise!r} does not hold: {broken}")
    except KeyboardInterrupt:
        typer.echo("", err=True)
