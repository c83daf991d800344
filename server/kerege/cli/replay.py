"""`kerege replay`: what a viewer's view holds at some time of a kept exercise."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kerege.cli.said import fail, progress

if TYPE_CHECKING:
    from kerege.room.exercise import Exercise

_PARTS = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")


def replay(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="An exported exercise.")],
    viewer: Annotated[str, typer.Option("--as", help="Whose view: control, a team, actor_<character>, …")] = "control",
    until: Annotated[str, typer.Option("--until", help="Play time: 45m, 1h30m, 90s, 1:30:00. Else: the end.")] = "",
    language: Annotated[str, typer.Option("--language", help="en, ru, …")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="The view as one object.")] = False,
) -> None:
    """Fold a kept exercise up to a time, and print what a viewer knew then."""
    from kerege.cli.files import read_log
    from kerege.room.exercise import Exercise
    from kerege.room.log import read_genesis
    from kerege.room.upcast import WrongLog

    until_ms = None if not until else _read_time(until)
    entries = read_log(file)
    try:
        exercise = Exercise(read_genesis(entries[0]), entries[0].hash)
        with progress() as show:
            for entry in entries[1:]:
                if until_ms is not None and entry.header.at_ms > until_ms:
                    break
                exercise.replay(entry)
                show(f"{exercise.at_ms // 60_000} minutes of play")
    except WrongLog as wrong:
        fail(str(wrong))
    if viewer not in exercise.stream_of:
        fail(f"there is no view of {viewer!r}; there are {', '.join(exercise.stream_of)}")
    from kerege.wire.messages import MARK

    view = _view(exercise, viewer, language)
    at_s = (exercise.at_ms if until_ms is None else until_ms) // 1000
    if as_json:
        typer.echo(json.dumps({"mark": MARK, "viewer": viewer, "at_s": at_s, "items": view}, ensure_ascii=False))
    else:
        typer.echo(MARK)
        _print(viewer, at_s, view)


def _read_time(text: str) -> int:
    """Play time in ms."""
    if ":" in text and all(part.isascii() and part.isdigit() for part in text.split(":")):
        seconds = 0
        for part in text.split(":"):
            seconds = seconds * 60 + int(part)
        return seconds * 1000
    found = _PARTS.fullmatch(text)
    if found is None or not text:
        fail(f"{text!r} is no play time: write 45m, 1h30m, 90s or 1:30:00")
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000


def _view(exercise: Exercise, viewer: str, language: str) -> dict[str, dict[str, Any]]:
    import msgspec

    payload, _ = exercise.stream_of[viewer].snapshot(language, "msgpack")
    items: dict[str, dict[str, Any]] = msgspec.msgpack.decode(payload)["items"]
    return items


def _print(viewer: str, at_s: int, view: dict[str, dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 160)
    faces = view.get("faces", {})

    def name(handle: str | None) -> str:
        label = faces.get(handle, {}).get("label", "") if handle else ""
        return f"{label} {handle}".strip() if handle else ""

    clock = view["clock"]["clock"]
    console.print(
        f"{view['me']['me']['title']} ({viewer}) at {_time(at_s)} of play, clock {clock['phase']}", markup=False
    )
    records = Table("since", "about", "what", "value", "how", "from", "certainty", "state", title="What it knows")
    for record in sorted(view.get("records", {}).values(), key=lambda record: record["learnt_at_s"]):
        records.add_row(
            _time(record["learnt_at_s"]),
            name(record["face"]),
            record["field_title"],
            name(record["value_face"]) or record["value_text"],
            record["how_title"],
            record["source_title"] or name(record["source"]),
            record["certainty_title"],
            record["state"],
        )
    console.print(records)
    messages = Table("at", "from", "message", title="What it was told")
    for message in sorted(view.get("messages", {}).values(), key=lambda message: message["at_s"]):
        text = "".join(run for run, _ in message["parts"])
        messages.add_row(_time(message["at_s"]), message["sender_title"], text)
    console.print(messages)
    tasks = Table("from", "to", "what", "state", "result", title="What it did")
    for task in sorted(view.get("tasks", {}).values(), key=lambda task: task["started_s"]):
        tasks.add_row(_time(task["started_s"]), _time(task["due_s"]), task["title"], task["state"], task["result"])
    if tasks.row_count:
        console.print(tasks)


def _time(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
