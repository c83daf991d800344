"""`kerege graph`: a pack as a picture, for authors and control."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer

from kerege.cli.said import fail, find_pack


def graph(
    pack: Annotated[str, typer.Argument(metavar="PACK", help="A folder, or a name under scenarios/.")],
    fact: Annotated[str, typer.Option("--fact", help="What leads to this key fact, and what follows from it.")] = "",
    team: Annotated[str, typer.Option("--team", help="What this team can do, needs, learns and sets going.")] = "",
    language: Annotated[str, typer.Option("--language", help="en, ru, …; else the pack's first.")] = "",
    out: Annotated[
        Path | None, typer.Option("--out", dir_okay=False, help="Write this SVG file; else it is printed.")
    ] = None,
) -> None:
    """Draw who can learn which key fact through what; or all around one fact or team. It shows the truth: control only."""
    from kerege.scenario import PackProblems, load_pack
    from kerege.scenario.storygraph import read_graph
    from kerege.scenario.storypicture import draw_around, draw_overview

    if fact and team:
        fail("one picture is of a fact or of a team, not of both")
    try:
        story = load_pack(find_pack(pack))
    except PackProblems as problems:
        fail(str(problems))
    if language and language not in story.languages:
        fail(f"{story.id} has no {language!r}; it has {', '.join(story.languages)}")
    drawn = read_graph(story, language or story.language_default)
    if fact:
        _must_be(drawn.nodes, f"fact:{fact}")
        picture = draw_around(drawn, f"{story.id}: {drawn.nodes[f'fact:{fact}'].title}", [f"fact:{fact}"], 2, 2)
    elif team:
        _must_be(drawn.nodes, f"team:{team}")
        acts = [second for first, second in drawn.edges if first == f"team:{team}"]
        title = f"{story.id}: {drawn.nodes[f'team:{team}'].title}"
        picture = draw_around(drawn.without_teams(team), title, acts, 1, 2, onward_only=True)
    else:
        picture = draw_overview(drawn, f"{story.id}: key facts by teams")
    if out is None:
        typer.echo(picture, nl=False)
    else:
        out.write_text(picture, encoding="utf-8", newline="\n")
        typer.echo(str(out), err=True)


def _must_be(nodes: Collection[str], wanted: str) -> None:
    sort, _, name = wanted.partition(":")
    if wanted not in nodes:
        there = ", ".join(each.partition(":")[2] for each in nodes if each.startswith(f"{sort}:"))
        fail(f"there is no {sort} {name!r}; there are {there}")
