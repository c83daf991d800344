"""`kerege new`: begin a pack."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kerege.cli.said import fail


def new(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A new name (small letters and hyphens), or a new folder.")
    ],
) -> None:
    """Make a small pack that can be checked, played and rehearsed at once, with comments that teach."""
    from kerege.scenario.new import new_pack

    home = Path("scenarios")
    folder = Path(name) if len(Path(name).parts) > 1 or not home.is_dir() else home / name
    if folder.exists():
        fail(f"{folder} exists; nothing is written over")
    try:
        new_pack(folder)
    except (OSError, ValueError) as error:
        fail(str(error))
    typer.echo(str(folder))
    typer.echo(f"now: kerege check {folder} && kerege play {folder} && kerege rehearse {folder} --seeds 8", err=True)
