"""`kerege check`: every problem of some packs at once, each with file, line, column and the nearest known word."""

from __future__ import annotations

from typing import Annotated

import typer

from kerege.cli.said import fail, find_pack, progress


def check(
    packs: Annotated[list[str], typer.Argument(metavar="PACK…", help="Folders, or names under scenarios/.")],
    write_flows: Annotated[
        bool, typer.Option("--write-flows", help="Write each pack's flow list anew, after reading its changes.")
    ] = False,
) -> None:
    """Check packs: everything that is wrong with them, their texts, plays and flow lists."""
    from kerege.scenario import check as check_packs
    from kerege.scenario import errors, write_flow_file

    wrong = 0
    with progress() as show:
        for name in packs:
            folder = find_pack(name)
            show(f"checking {folder.name}")
            problems = write_flow_file(folder) if write_flows else []
            problems = problems or check_packs([folder])
            show.clear()
            for problem in problems:
                typer.echo(str(problem))
            wrong += len(errors(problems))
            if not errors(problems):
                typer.echo(f"{folder.name}: nothing wrong", err=True)
    if wrong:
        fail(f"{wrong} {'problem' if wrong == 1 else 'problems'}")
