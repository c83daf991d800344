"""`kerege play`: a pack's plays through the real room, and what differed."""

from __future__ import annotations

from typing import Annotated

import typer

from kerege.cli.said import fail, playable, progress


def play(
    packs: Annotated[list[str], typer.Argument(metavar="PACK…", help="Folders, or names under scenarios/.")],
) -> None:
    """Run every play of some packs: given, when, then who knows what. Status 1 if anything differs."""
    from kerege.rehearsal.plays import read, run_play
    from kerege.scenario import PackProblems

    total = bad = 0
    with progress() as show:
        for folder in playable(packs):
            try:
                pack, plays = read(folder)
            except PackProblems as problems:
                fail(str(problems))
            for each in plays:
                show(f"{folder.name}: {each.name}")
                played = run_play(pack, each)
                show.clear()
                total += 1
                bad += bool(played.differences)
                typer.echo(
                    f"{'differs' if played.differences else 'ok     '}  {folder.name}/{played.name}: {played.title}"
                )
                for difference in played.differences:
                    typer.echo(f"           {difference}")
    if bad:
        fail(f"{bad} of {total} plays differ")
    typer.echo(f"{total} {'play' if total == 1 else 'plays'}, as written", err=True)
