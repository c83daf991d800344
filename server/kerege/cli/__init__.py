"""The command line `kerege`: one verb per file, each importing what it needs only when it is called."""

from __future__ import annotations

import typer

from kerege.cli.check import check
from kerege.cli.doctor import doctor
from kerege.cli.erase import erase
from kerege.cli.files import export, import_, verify
from kerege.cli.graph import graph
from kerege.cli.new import new
from kerege.cli.play import play
from kerege.cli.rehearse import rehearse
from kerege.cli.replay import replay
from kerege.cli.run import run
from kerege.cli.schema import schema
from kerege.cli.serve import serve

app = typer.Typer(
    help="Live exercises in which each team sees only what it knows.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(run)
app.command()(serve)
app.command()(new)
app.command()(check)
app.command()(graph)
app.command()(schema)
app.command()(play)
app.command()(rehearse)
app.command()(replay)
app.command()(export)
app.command("import")(import_)
app.command()(verify)
app.command()(erase)
app.command()(doctor)


def main() -> None:
    """Run the command line."""
    app()
