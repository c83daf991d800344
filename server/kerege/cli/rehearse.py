"""`kerege rehearse`: whole exercises in virtual time, with stand-ins on all teams and a scripted director."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kerege.cli.said import fail, find_pack, playable, progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from kerege.rehearsal.run import Report
    from kerege.rehearsal.table import Table

MISSED_SHOWN_MAX = 20
"""Lines of what was missed, for eyes; --json has all."""


def rehearse(
    pack: Annotated[str, typer.Argument(metavar="PACK", help="A folder, or a name under scenarios/.")],
    seed: Annotated[int, typer.Option("--seed", min=0, help="All ids, salts, profiles and habits follow from it.")] = 1,
    seeds: Annotated[
        int, typer.Option("--seeds", min=0, help="Rehearse with so many seeds, from --seed on, and judge coverage.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="One object on standard output, nothing else.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", dir_okay=False, help="Keep the (first) exercise as the exportable file.")
    ] = None,
    profiles: Annotated[
        str, typer.Option("--profiles", help="Draw only from these (careful,hurried), or fix one (patrol=careless).")
    ] = "",
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Run the plays too; print which of them reach what, as Markdown.")
    ] = False,
) -> None:
    """
    Play a whole exercise in seconds, without anybody, and say what of the pack it has reached.

    Status 0 only if every run ended, with the views of all clients as they should be; with --seeds also only if what
    was never reached has a written reason in unreached.yaml. (One run alone cannot reach everything.)
    """
    from kerege.rehearsal.run import rehearse_many
    from kerege.scenario import PackProblems

    if not playable([pack]):
        return
    if out is not None and out.exists():
        fail(f"{out} exists; nothing is written over")
    numbers = range(seed, seed + max(1, seeds))
    wanted = _profiles(profiles)
    try:
        with progress() as show:
            report = rehearse_many(find_pack(pack), numbers, many=seeds > 0, profiles=wanted, out=out, progress=show)
            table = _table(find_pack(pack), report, show) if coverage else None
    except PackProblems as problems:
        fail(str(problems))
    from kerege.wire.messages import MARK

    if as_json:
        data = {"mark": MARK} | report.as_data() | ({"table": table.as_data()} if table else {})
        typer.echo(json.dumps(data, ensure_ascii=False, sort_keys=True))
    elif table is not None:
        from kerege.rehearsal.table import write_markdown

        typer.echo("\n".join(write_markdown(find_pack(pack).resolve().name, table)))
    else:
        typer.echo(MARK)
        _print(report)
    if not report.all_is_well:
        fail("\n".join(report.faults))


def _table(folder: Path, report: Report, show: Callable[[str], None]) -> Table:
    from kerege.rehearsal.plays import read, run_play
    from kerege.rehearsal.run import read_script
    from kerege.rehearsal.table import make_table

    pack, plays = read(folder)
    played = []
    for each in plays:
        show(f"{folder.name}: {each.name}")
        played.append(run_play(pack, each))
    return make_table(pack, played, report.runs, read_script(folder).reasons)


def _profiles(text: str) -> list[str]:
    from kerege.standin import PACES

    wanted = [each.strip() for each in text.split(",") if each.strip()]
    for each in wanted:
        if each.rpartition("=")[2] not in PACES:
            fail(f"there is no profile {each.rpartition('=')[2]!r}; there are {', '.join(PACES)}")
    return wanted


def _print(report: Report) -> None:
    for run in report.runs:
        measures = "  ".join(f"{name} {value}" for name, value in run.measures.items())
        typer.echo(
            f"seed {run.seed}: {run.ending or 'none of the endings'}, {run.entries} entries, {run.log_hash[:16]}"
        )
        typer.echo(f"    {', '.join(f'{viewer} {profile}' for viewer, profile in run.profiles.items())}")
        typer.echo(f"    {measures}")
    for sort, row in report.coverage.items():
        typer.echo(f"{sort:8} {row['reached']} of {row['total']}")
        missed, unexplained = row["missed"], row["unexplained"]
        assert isinstance(missed, list)
        assert isinstance(unexplained, list)
        for name in missed[:MISSED_SHOWN_MAX]:
            typer.echo(f"    {name}{'' if name in unexplained else '  (a reason is written)'}")
        if len(missed) > MISSED_SHOWN_MAX:
            typer.echo(f"    … and {len(missed) - MISSED_SHOWN_MAX} more")
