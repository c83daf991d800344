"""`kerege export`, `import` and `verify`: an exercise as one file that can be kept, moved and proved."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kerege.cli.said import fail, progress

if TYPE_CHECKING:
    from kerege.journal.chain import Head
    from kerege.journal.entry import Sealed

Data = Annotated[Path | None, typer.Option("--data", file_okay=False, help="The data folder; KEREGE_DATA_DIR.")]


def export(
    exercise: Annotated[str, typer.Argument(help="The id of a kept exercise, as in the data folder.")],
    file: Annotated[Path, typer.Argument(dir_okay=False, help="The new file.")],
    data: Data = None,
) -> None:
    """Write an exercise that is not being served now as one portable file, and print the head to keep outside."""
    from kerege.app import exercise_path
    from kerege.cli.settings import read_settings
    from kerege.journal.chain import Broken
    from kerege.journal.port import CannotOpen, StoreDown
    from kerege.journal.sqlite import SqliteJournal

    async def work() -> Head | None:
        journal = await SqliteJournal.open(path)
        try:
            return await journal.export_to(file)
        finally:
            await journal.close()

    try:
        path = exercise_path(read_settings(data_dir=data), exercise)
        with progress() as show:
            show(f"exporting {exercise}")
            head = asyncio.run(work())
    except FileNotFoundError:
        fail(f"there is no exercise {exercise!r}")
    except FileExistsError:
        fail(f"{file} exists; nothing is written over")
    except (CannotOpen, StoreDown, ValueError) as error:
        fail(str(error))
    except Broken as broken:
        fail(f"{exercise}: {broken}")
    typer.echo(_head(head))


def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="An exported exercise.")],
    exercise: Annotated[str, typer.Option("--as", help="Another id than the exercise's own.")] = "",
    data: Data = None,
) -> None:
    """Put an exported exercise into the data folder, never over another; it is verified first."""
    from kerege.app import exercise_path
    from kerege.cli.settings import read_settings
    from kerege.journal.chain import Broken
    from kerege.journal.export import read_file
    from kerege.journal.port import CannotOpen
    from kerege.journal.sqlite import SqliteJournal
    from kerege.room.log import read_genesis
    from kerege.room.upcast import WrongLog

    try:
        first = next(iter(read_file(file)), None)
        if first is None:
            fail(f"{file} holds no exercise")
        name = exercise or read_genesis(first).exercise
        path = exercise_path(read_settings(data_dir=data), name)
        with progress() as show:
            show(f"importing {name}")
            head = asyncio.run(SqliteJournal.restore(file, path))
    except Broken as broken:
        fail(f"{file}: {broken}")
    except FileExistsError:
        fail(f"there is an exercise {name!r} already; give this one another id with --as")
    except (CannotOpen, WrongLog, ValueError) as error:
        fail(str(error))
    typer.echo(f"{name}: {_head(head)}")


def verify(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="An exported exercise.")],
    head: Annotated[str, typer.Option("--head", help="A head that was kept outside, as printed: 123:abc….")] = "",
) -> None:
    """Whether an exported exercise is whole, holds as a chain, and still contains a head that was kept outside."""
    from kerege.journal.export import verify_file

    anchor = _read_head(head) if head else None
    with progress() as show:
        show(f"verifying {file.name}")
        verdict = verify_file(file, anchor)
    if verdict.fault is not None:
        fail(f"{file}: it does not hold: {verdict.fault.text}")
    typer.echo(_head(verdict.head))


def read_log(file: Path) -> list[Sealed]:
    """All entries of an exported exercise; ends with a word where it does not hold."""
    from kerege.journal.chain import Broken
    from kerege.journal.export import read_file

    try:
        entries = list(read_file(file))
    except Broken as broken:
        fail(f"{file}: {broken}")
    if not entries:
        fail(f"{file} holds no exercise")
    return entries


def _head(head: Head | None) -> str:
    return "no entries" if head is None else f"{head.n}:{head.hash.hex()}"


def _read_head(text: str) -> Head:
    from kerege.journal.chain import Head

    n, _, digest = text.partition(":")
    try:
        return Head(int(n), bytes.fromhex(digest))
    except ValueError:
        fail(f"{text!r} is no head: it is printed as 123:abc…")
