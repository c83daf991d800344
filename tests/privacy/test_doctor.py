"""No silent downgrade: with each wrong setting the server refuses to start, or control has to acknowledge it."""

from __future__ import annotations

import datetime as dt
import os
import socket
import sqlite3
from pathlib import Path

import msgspec
import pytest
import typer
from typer.testing import CliRunner

from kerege import doctor
from kerege.cli import app as command_line
from kerege.cli.serving import start
from kerege.doctor import (
    DISK_BYTES_LOW,
    DISK_BYTES_MIN,
    OPEN_FILES_LOW,
    OPEN_FILES_MIN,
    Machine,
    examine,
)
from kerege.gateway.limits import WALL_S_MIN
from kerege.gateway.texts import own_languages, say
from kerege.journal.sqlite import SqliteJournal
from kerege.settings import Settings
from tests.privacy.people import page_of, town
from tests.town import TOWN

ROW = "Each setting that weakens a promise is refused at the start or stands on control's console until acknowledged"
PROMISED = dt.date(2099, 1, 1)
NOW_S = 1_800_000_000.0
WHOLE = {"deletion_date": PROMISED, "contact": "the organiser"}


def weaker(name: str, value: str):
    """A connection whose setting does not take, whatever is asked of it; it says what it does."""

    class Weak(sqlite3.Connection):
        def execute(self, statement, *parts):
            if statement.startswith(f"PRAGMA {name}="):
                return super().execute(f"PRAGMA {name}={value}")
            return super().execute(statement, *parts)

    return lambda path: sqlite3.connect(path, timeout=0, isolation_level=None, factory=Weak)


def mounts(tmp_path, kind: str):
    path = tmp_path / "mounts"
    path.write_text(f"host:/x / {kind} rw 0 0\n")
    return path


def quiet(**said) -> Machine:
    """A machine on which nothing is wrong, but for what is said."""
    fine = {
        "mounts": Path("/nowhere"),
        "free_bytes": lambda _: DISK_BYTES_LOW,
        "wall_s": lambda: NOW_S,
        "sqlite_version": (3, 51, 3),
        "open_files": lambda: OPEN_FILES_LOW,
        "fonts": lambda: "Noto Sans",
        "unlimited": lambda: (),
    }
    return Machine(**{**fine, **said})


CASES = {
    "synchronous NORMAL": ("refused", "journal", {}, {"connect": weaker("synchronous", "NORMAL")}),
    "synchronous OFF": ("refused", "journal", {}, {"connect": weaker("synchronous", "OFF")}),
    "no WAL": ("refused", "journal", {}, {"connect": weaker("journal_mode", "DELETE")}),
    "not exclusive": ("refused", "journal", {}, {"connect": weaker("locking_mode", "NORMAL")}),
    "nothing overwritten": ("refused", "journal", {}, {"connect": weaker("secure_delete", "OFF")}),
    "a network disk": ("refused", "network-disk", {}, {"mounts": "nfs4"}),
    "a disk in memory": ("flagged", "memory-disk", {}, {"mounts": "tmpfs"}),
    "a full disk": ("refused", "disk-low", {}, {"free_bytes": lambda _: DISK_BYTES_MIN - 1}),
    "a disk nearly full": ("flagged", "disk-low", {}, {"free_bytes": lambda _: DISK_BYTES_MIN}),
    "a disk below what a week needs": ("flagged", "disk-low", {}, {"free_bytes": lambda _: DISK_BYTES_LOW - 1}),
    "a clock never set": ("flagged", "clock", {}, {"wall_s": lambda: WALL_S_MIN - 1}),
    "far too few open files": ("refused", "open-files", {}, {"open_files": lambda: OPEN_FILES_MIN - 1}),
    "too few open files": ("flagged", "open-files", {}, {"open_files": lambda: OPEN_FILES_LOW - 1}),
    "a public address": ("flagged", "public-plain", {"public_url": "http://8.8.8.8"}, {}),
    "a public name": ("flagged", "public-plain", {"public_url": "http://ex.osce-training.org"}, {}),
    "https without its proxy": ("flagged", "no-proxy", {"public_url": "https://ex.osce-training.org"}, {}),
    "keys from a seed": ("flagged", "deterministic", {"deterministic": 5}, {}),
    "no deletion date": ("flagged", "no-deletion-date", {"deletion_date": None}, {}),
    "a deletion date that has come": ("flagged", "deletion-date-past", {"deletion_date": dt.date(2020, 1, 1)}, {}),
    "nobody to ask": ("flagged", "no-contact", {"contact": ""}, {}),
    "no font": ("flagged", "no-font", {}, {"fonts": lambda: "\n"}),
    "packs without a limit of time": ("said", "no-limit-time", {}, {"unlimited": lambda: ("time",)}),
    "packs without a limit of memory": ("said", "no-limit-memory", {}, {"unlimited": lambda: ("memory",)}),
    "packs that could write": ("said", "no-limit-files", {}, {"unlimited": lambda: ("files",)}),
    "packs with a network": ("said", "no-limit-network", {}, {"unlimited": lambda: ("network",)}),
    "SQLite's WAL-reset fault": ("said", "wal-reset", {}, {"sqlite_version": (3, 40, 1)}),
    "plain http": ("said", "plain-http", {}, {}),
}


def found(tmp_path, settings, machine, **parts):
    if "mounts" in machine:
        machine = machine | {"mounts": mounts(tmp_path, machine["mounts"])}
    return examine(Settings(data_dir=tmp_path / "data", **{**WHOLE, **settings}), machine=quiet(**machine), **parts)


@pytest.mark.proof("G20", ROW)
@pytest.mark.parametrize("case", CASES)
def test_each_wrong_setting_is_found(tmp_path, proof, case):
    """Alone, and at its level; in words in every language that has its own."""
    level, code, settings, machine = CASES[case]
    mine = [each for each in found(tmp_path, settings, machine) if each.level != "said" or each.code == code]
    assert [(each.level, each.code) for each in mine] == [(level, code)]
    assert len({mine[0].words(language) for language in own_languages()}) == len(own_languages())
    proof.tried(1, faults=1)


def test_where_nothing_is_wrong_nothing_is_flagged(tmp_path):
    """At each bound; no alarm that nobody needs, or none is read."""
    assert [each.code for each in found(tmp_path, {}, {}) if each.level != "said"] == []
    fixed = [(3, 6, 23), (3, 44, 6), (3, 50, 7), (3, 51, 3), (4, 0, 0)]
    faulty = [(3, 7, 0), (3, 44, 5), (3, 50, 6), (3, 51, 2), (3, 45, 9)]
    for version in fixed + faulty:
        codes = {each.code for each in found(tmp_path, {}, {"sqlite_version": version})}
        assert ("wal-reset" in codes) == (version in faulty), version


@pytest.mark.proof("G20", ROW)
async def test_what_is_on_the_disk(tmp_path, proof):
    """Another process on the file, a folder that others may read, files from the future, a pack that is not whole."""
    folder = tmp_path / "data" / "exercises"
    folder.mkdir(parents=True, mode=0o700)
    (tmp_path / "data").chmod(0o700)
    journal = await SqliteJournal.create(folder / "held.sqlite3")
    assert "in-use" in {each.code for each in found(tmp_path, {}, {}, exercise="held") if each.level == "refused"}
    await journal.close()
    assert not [each for each in found(tmp_path, {}, {}, exercise="held") if each.level == "refused"]
    (folder / "bad.sqlite3").write_bytes(b"no database at all, " * 100)
    assert "journal" in {each.code for each in found(tmp_path, {}, {}, exercise="bad") if each.level == "refused"}
    (tmp_path / "data").chmod(0o750)
    assert "open-to-others" in {each.code for each in found(tmp_path, {}, {}) if each.level == "flagged"}
    (tmp_path / "data").chmod(0o700)
    os.utime(folder / "bad.sqlite3", (NOW_S + 2 * 86_400, NOW_S + 2 * 86_400))
    assert "clock" in {each.code for each in found(tmp_path, {}, {}) if each.level == "flagged"}
    assert not list((tmp_path / "data").glob(".doctor*"))
    halved = msgspec.structs.replace(TOWN, languages=("en", "ru"), texts={"en": TOWN.texts["en"], "ru": {}})
    assert "pack-languages" in {each.code for each in found(tmp_path, {}, {}, pack=halved) if each.level == "flagged"}
    proof.tried(5, faults=5)


def held_back(monkeypatch, tmp_path, settings, machine) -> str:
    """Start the server as the command line does; "" when it would serve, else "refused". Flags reach the desk."""
    served = {}

    def pretend(_, __, ___, mount, *____, **_____):
        class Parts:
            class desk:  # noqa: N801
                flags = served

        mount(Parts)

    monkeypatch.setattr("kerege.app.run_server", pretend)
    real = doctor.examine
    if "mounts" in machine:
        machine = machine | {"mounts": mounts(tmp_path, machine["mounts"])}
    monkeypatch.setattr(doctor, "examine", lambda *parts: real(*parts, machine=quiet(**machine)))
    try:
        start(Settings(data_dir=tmp_path / "data", **{**WHOLE, **settings}), None, "x", None)
    except typer.Exit:
        return "refused"
    finally:
        monkeypatch.setattr(doctor, "examine", real)
    return "flagged" if served else ""


@pytest.mark.proof("G20", ROW)
@pytest.mark.parametrize("case", [name for name, (level, *_) in CASES.items() if level != "said"])
async def test_the_start_refuses_or_flags(tmp_path, monkeypatch, proof, case):
    """The same cases at the start itself: nothing is served behind anybody's back."""
    level, _, settings, machine = CASES[case]
    assert held_back(monkeypatch, tmp_path, settings, machine) == level
    proof.tried(1, faults=1)


@pytest.mark.proof("G20", ROW, mutant=True)
@pytest.mark.parametrize("mutant", ["believes what it set", "looks at no disk", "starts all the same"])
async def test_a_start_that_looks_away_is_noticed(tmp_path, monkeypatch, mutant):
    """A check that is left out makes its case pass silently."""
    if mutant == "believes what it set":
        monkeypatch.setattr(doctor, "_journal", lambda *_: iter(()))
        assert held_back(monkeypatch, tmp_path, {}, CASES["synchronous NORMAL"][3]) == ""
    elif mutant == "looks at no disk":
        monkeypatch.setattr(doctor, "_disk", lambda *_: iter(()))
        assert held_back(monkeypatch, tmp_path, {}, CASES["a full disk"][3]) == ""
    else:
        monkeypatch.setattr("kerege.cli.serving.fail", lambda _: None)
        assert held_back(monkeypatch, tmp_path, {}, CASES["a full disk"][3]) != "refused"


async def test_the_console_shows_it_until_acknowledged(tmp_path):
    """In control's language, once for each start."""
    async with town(tmp_path) as there:
        there.parts.desk.flags["clock"] = doctor.Finding("flagged", "clock", {"now": "1970"})
        async with page_of(there, "control") as page:
            flags = (await page.get("/api/control/lobby")).json()["flags"]
            assert flags == {"clock": say("promise-clock", "ky", now="1970")}
            assert (await page.post("/api/control/flags/clock/acknowledge", json={})).status_code == 200
            assert (await page.get("/api/control/lobby")).json()["flags"] == {}
            assert (await page.post("/api/control/flags/clock/acknowledge", json={})).status_code == 404


def test_the_verb_says_it_in_words(tmp_path):
    """Status 0 where all can be kept, 1 where not; a port that is taken is said."""
    said = CliRunner().invoke(command_line, ["doctor", "first-steps", "--data", str(tmp_path), "--port", "0"])
    assert said.exit_code == 0, said.stderr
    assert "Promised here" in said.stdout and "To be known" in said.stdout
    with socket.create_server(("0.0.0.0", 0)) as taken:
        port = taken.getsockname()[1]
        said = CliRunner().invoke(command_line, ["doctor", "--data", str(tmp_path), "--port", str(port)])
    assert said.exit_code == 1 and f"Port {port}" in said.stdout
