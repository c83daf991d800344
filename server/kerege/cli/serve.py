"""`kerege serve`: one exercise for people. It goes on where it was, or begins."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kerege.cli.said import fail, playable


def serve(
    pack: Annotated[
        str, typer.Argument(metavar="[PACK]", help="A folder, or a name under scenarios/; not needed to go on.")
    ] = "",
    exercise: Annotated[str, typer.Option("--exercise", help="The exercise's id; else the pack's.")] = "",
    host: Annotated[str | None, typer.Option("--host", help="Where to listen; KEREGE_HOST.")] = None,
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, help="PORT; 0: any free one.")] = None,
    data: Annotated[
        Path | None, typer.Option("--data", file_okay=False, help="The data folder; KEREGE_DATA_DIR.")
    ] = None,
    public_url: Annotated[str | None, typer.Option("--public-url", help="Where phones find it; PUBLIC_URL.")] = None,
    deterministic: Annotated[
        int | None,
        typer.Option("--deterministic", metavar="SEED", help="For proofs: this machine only, time moves by command."),
    ] = None,
) -> None:
    """Serve an exercise until a signal comes: control presses STARTEX, stand-ins only answer."""
    from kerege.app import exercise_path
    from kerege.cli.serving import load, start
    from kerege.cli.settings import read_settings
    from kerege.logs import set_up_logs

    if not pack and not exercise:
        fail("say which pack to begin, or with --exercise which exercise to go on with")
    settings = read_settings(host=host, port=port, data_dir=data, public_url=public_url, deterministic=deterministic)
    set_up_logs(as_json=settings.log_json, level=settings.log_level)
    folders = playable([pack]) if pack else []
    if pack and not folders:
        fail(f"{pack} cannot be served")
    begins = load(folders[0]) if folders else None
    name = exercise or (begins.id if begins is not None else "")
    try:
        if begins is None and not exercise_path(settings, name).exists():
            fail(f"there is no exercise {name!r} to go on with; say which pack to begin")
    except ValueError as error:
        fail(str(error))
    start(settings, begins, name, on_ready=lambda ready: typer.echo(ready.for_terminal()))
