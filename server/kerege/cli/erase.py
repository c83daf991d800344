"""`kerege erase`: what is kept of people is taken out of an exercise or an exported file; the chain still verifies."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kerege.cli.files import Data
from kerege.cli.said import fail

if TYPE_CHECKING:
    from kerege.gateway.seats import Seat, Seats
    from kerege.settings import Settings

LEFT = "This exercise is a SIMULATION; what remains of it names no one but its characters."
ELSEWHERE = (
    "Copies made before (exports, memory sticks, prints, phones' screens) are not reached: erase each, or destroy it."
)


def erase(
    what: Annotated[
        str, typer.Argument(metavar="[EXERCISE|FILE]", help="A kept exercise's id, or an exported file.")
    ] = "",
    seats: Annotated[
        list[str] | None, typer.Option("--seat", help="A person's seat: name, devices, all they typed.")
    ] = None,
    holding: Annotated[
        list[str] | None, typer.Option("--holding", help="Every typed text that holds this; - asks for it, unseen.")
    ] = None,
    personal: Annotated[
        bool, typer.Option("--personal", help="Every typed text that seems to hold a real person's number.")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="All persons and all typed texts.")] = False,
    due: Annotated[
        bool, typer.Option("--due", help="What was promised for today or before, in all exercises.")
    ] = False,
    data: Data = None,
) -> None:
    """Erase a person from an exercise that is not being served, or from an export. Without a choice: who is kept there."""
    from kerege.cli.settings import read_settings
    from kerege.journal.chain import Broken
    from kerege.journal.port import CannotOpen, StoreDown

    settings = read_settings(data_dir=data)
    try:
        if due:
            _erase_due(settings)
            return
        if not what:
            fail("say which exercise, or which exported file; or --due")
        texts = [
            typer.prompt("The text to look for", hide_input=True) if text == "-" else text for text in holding or ()
        ]
        held = [seat.upper() for seat in seats or ()]
        file = Path(what)
        if file.is_file():
            _erase_in_file(file, held, texts, everything=everything, personal=personal)
        else:
            _erase_in_exercise(settings, what, held, texts, everything=everything, personal=personal)
    except FileNotFoundError:
        fail(f"there is no exercise and no file {what!r}")
    except sqlite3.OperationalError as error:
        fail(
            f"the table of persons cannot be opened ({error}): while the exercise is served, control erases in its lobby"
        )
    except Broken as broken:
        fail(f"{what}: {broken}")
    except (CannotOpen, StoreDown, ValueError) as error:
        fail(str(error))


def _erase_due(settings: Settings) -> None:
    import time

    from kerege.app import exercises_folder
    from kerege.retention import sweep_folder

    wall_ms = time.time_ns() // 1_000_000
    swept = asyncio.run(sweep_folder(exercises_folder(settings), wall_ms, settings.persons_days))
    for each in swept:
        typer.echo(f"{each.exercise}: {each.persons} persons, {each.words} typed texts erased")
    typer.echo(LEFT if swept else "nothing is due")


def _erase_in_file(file: Path, seats: list[str], texts: list[str], *, everything: bool, personal: bool) -> None:
    from kerege.journal.export import erase_in_file, read_file
    from kerege.room.erasing import typed_words

    if not (seats or texts or everything or personal):
        fail("an exported file names no persons; say --seat, --holding or --all")
    erased = erase_in_file(
        file, typed_words(list(read_file(file)), seats, texts, all_words=everything, personal=personal)
    )
    typer.echo(f"{erased} typed texts erased. {LEFT}\n{ELSEWHERE}")


def _erase_in_exercise(
    settings: Settings, exercise: str, seats: list[str], texts: list[str], *, everything: bool, personal: bool
) -> None:
    from kerege.app import exercise_path
    from kerege.retention import SEATS_SUFFIX, erase_words, with_table

    path = exercise_path(settings, exercise)
    if not path.exists():
        raise FileNotFoundError(path)
    table = path.with_name(exercise + SEATS_SUFFIX)
    if not (seats or texts or everything or personal):
        for seat in with_table(table, exercise, _people):
            typer.echo(f"{seat.id}  {seat.viewer}  {seat.name or '(no name)'}{'  left' if seat.gone else ''}")
        return

    def erase_persons(held: Seats) -> int:
        if everything:
            return held.forget_everybody()
        return sum(held.erase(seat) is not None for seat in seats)

    words = asyncio.run(
        erase_words(path, seats, texts, all_words=everything, personal=personal)
    )  # first: it needs nobody else on the log
    persons = with_table(table, exercise, erase_persons)
    typer.echo(f"{persons} persons and {words} typed texts erased. {LEFT}\n{ELSEWHERE}")


def _people(seats: Seats) -> list[Seat]:
    return seats.people()
