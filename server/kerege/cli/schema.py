"""`kerege schema`: what editors need to complete and explain the words of the scenario language."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kerege.cli.said import fail


def schema(
    folder: Annotated[Path, typer.Argument(file_okay=False, help="Where the files go.")] = Path("docs/schema"),
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail if a file is not current.")] = False,
) -> None:
    """Write a JSON Schema for each list of a pack, and settings that tell VS Code's YAML extension of them."""
    from kerege.scenario.editorschema import stale, write_editor_schemas

    if not check:
        typer.echo("\n".join(str(path) for path in write_editor_schemas(folder)))
    elif found := stale(folder):
        fail(f"not current: {', '.join(found)}; run: kerege schema {folder}")
