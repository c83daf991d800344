"""`kerege doctor`: what this machine and these settings promise, in words, and what they cannot keep."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kerege.cli.files import Data
from kerege.cli.said import fail

PROMISED = (
    "Promised here, unless something below says otherwise:",
    "  - What a phone shows as accepted is on the disk: kill -9 and a power cut do not lose it (SQLite, WAL, FULL, EXCLUSIVE).",
    "  - An act that is sent again counts once.  - A phone that comes back has what its team has.",
    "  - A team is sent nothing but what it has learnt.  - Any change to the record is found by `kerege verify`.",
    "Not promised anywhere: that timing tells nothing; secrecy from exercise control or from whoever has this machine;",
    "  that two participants do not tell each other; that what a deleted file leaves on a disk or memory stick is gone.",
)
TITLES = {
    "refused": "CANNOT BE KEPT: the server will not start",
    "flagged": "Control has to acknowledge",
    "said": "To be known",
}


def doctor(
    pack: Annotated[str, typer.Argument(metavar="[PACK]", help="A pack whose languages to look at.")] = "",
    exercise: Annotated[str, typer.Option("--exercise", help="A kept exercise: whether it can be opened now.")] = "",
    host: Annotated[str | None, typer.Option("--host", help="Where it would listen; KEREGE_HOST.")] = None,
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, help="PORT; 0: any free one.")] = None,
    data: Data = None,
    public_url: Annotated[str | None, typer.Option("--public-url", help="Where phones would find it.")] = None,
) -> None:
    """Say what is promised in this configuration. Status 1 where something cannot be kept."""
    from kerege.app import listen
    from kerege.cli.serving import load
    from kerege.cli.settings import read_settings
    from kerege.compiling import unlimited
    from kerege.doctor import Finding, Machine, examine

    settings = read_settings(host=host, port=port, data_dir=data, public_url=public_url)
    story = load(Path(found)) if pack and (found := _folder(pack)) else None
    findings = examine(settings, exercise, story, Machine(unlimited=unlimited))
    try:
        listen(settings.listen_host, settings.port).close()
    except OSError as error:
        findings.insert(
            0, Finding("refused", "port", {"port": str(settings.port), "why": error.strerror or str(error)})
        )
    typer.echo("\n".join(PROMISED))
    for level, title in TITLES.items():
        mine = [finding for finding in findings if finding.level == level]
        if mine:
            typer.echo(f"\n{title}:")
        for finding in mine:
            typer.echo(f"  - {finding.words()}")
    if any(finding.level == "refused" for finding in findings):
        fail("\nThis configuration cannot keep what is promised.")


def _folder(pack: str) -> str:
    from kerege.cli.said import find_pack

    return str(find_pack(pack))
