"""How every verb speaks: results on standard output, progress and complaints on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import typer

PROGRESS_EVERY_S = 0.2
"""A line that changes more often than this cannot be read; a log gets one line in ten of these."""


def fail(message: str) -> NoReturn:
    """Say what is wrong and end with status 1."""
    typer.echo(message, err=True)
    raise typer.Exit(1)


class Progress:
    """One line on standard error that is written over; plain lines, and fewer, where that is no terminal."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._last_s = time.monotonic()
        self._shown = False

    def __call__(self, text: str) -> None:
        """Show how far it has come; quick work shows nothing."""
        now_s = time.monotonic()
        if now_s - self._last_s < (PROGRESS_EVERY_S if self._terminal else PROGRESS_EVERY_S * 10):
            return
        self._last_s = now_s
        self._shown = self._terminal
        typer.echo(f"\r\x1b[K{text}" if self._terminal else text, nl=not self._terminal, err=True)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            typer.echo("\r\x1b[K", nl=False, err=True)


@contextmanager
def progress() -> Iterator[Progress]:
    """Progress that leaves no trace once the work is done."""
    shown = Progress()
    try:
        yield shown
    finally:
        shown.clear()


def find_pack(name: str) -> Path:
    """A pack's folder, by path or by name among the packs that come with Kerege."""
    for folder in (Path(name), Path("scenarios") / name, Path(__file__).parents[3] / "scenarios" / name):
        if folder.is_dir():
            return folder
    fail(f"there is no pack {name!r}: give its folder, or the name of one under scenarios/")


def playable(names: Sequence[str]) -> list[Path]:
    """The packs among these; the library is passed over, for nobody can play it."""
    found = []
    for name in names:
        folder = find_pack(name)
        if (folder / "pack.yaml").exists():
            found.append(folder)
        elif folder.resolve().name == "library":
            typer.echo(f"{folder}: a library, nothing to play", err=True)
        else:
            fail(f"{folder} is no pack: it has no pack.yaml")
    return found
