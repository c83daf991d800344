"""`kerege run` and `kerege serve` as a facilitator starts them: a process, a port, a terminal."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import httpx2
import pytest

from kerege.cli.run import NOBODY_YET, REACHED, _say_when_reached

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60
LINK = re.compile(r"(http://[^\s]+)/#code=(\S+)")


class Terminal:
    """A running verb and what it has printed."""

    def __init__(self, process, log):
        self.process = process
        self._log = log
        self.pages = []

    @property
    def text(self):
        return self._log.read_text(errors="replace")

    def wait_for(self, wanted):
        """The match once it is printed."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            found = re.search(wanted, self.text)
            if found:
                return found
            assert self.process.poll() is None, self.text
            time.sleep(0.05)
        raise AssertionError(f"{wanted} was not printed: {self.text}")

    def control(self):
        """A browser at control's page, by the one-time link."""
        base, code = self.wait_for(LINK.pattern).groups()
        page = httpx2.Client(base_url=base)
        self.pages.append(page)
        for _ in range(100):
            try:
                answer = page.post("/api/join", json={"code": code, "language": "en", "accepted": True})
            except httpx2.TransportError:
                time.sleep(0.05)
                continue
            assert answer.status_code == 200, answer.text
            return page
        raise AssertionError("nobody listens")

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(PATIENCE_S)


@contextmanager
def kerege(folder, *said, **environment):
    log = folder / f"terminal-{len(list(folder.glob('terminal-*')))}"
    env = {**os.environ, "KEREGE_DATA_DIR": str(folder / "data"), "NO_BROWSER": "1", "PORT": "0", **environment}
    command = [sys.executable, "-m", "kerege", *said]
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=env, cwd=ROOT)
    terminal = Terminal(process, log)
    try:
        yield terminal
    finally:
        for page in terminal.pages:
            page.close()
        if process.poll() is None:
            process.kill()
        process.wait()


def teams(page):
    lobby = page.get("/api/control/lobby").json()
    return {team["title"]: team["stand_in"] for team in lobby["teams"] if team["role"] == "player"}


def test_run_shows_a_story_at_once(tmp_path):
    """One command: a QR with the address for phones, a link for control, stand-ins on all teams, and the clock runs."""
    with kerege(tmp_path, "run", "first-steps", PUBLIC_URL="http://venue.test:8000") as terminal:
        page = terminal.control()
        assert "http://venue.test:8000/" in terminal.text
        assert "█" in terminal.text
        assert NOBODY_YET in terminal.text
        end = time.monotonic() + PATIENCE_S
        while page.get("/api/room").json()["phase"] != "running" and time.monotonic() < end:
            time.sleep(0.05)
        clock = page.get("/api/room").json()
        assert (clock["phase"], clock["speed"]) == ("running", 4)
        assert page.get("/readyz").status_code == 200
        assert set(teams(page).values()) == {"careful"}
        assert len(teams(page)) == 5
        assert REACHED not in terminal.text
        terminal.stop()
        assert terminal.process.returncode in {0, -signal.SIGINT, 130}, terminal.text
        assert "Traceback" not in terminal.text


def test_run_goes_on_with_a_demonstration_that_was_killed(tmp_path):
    """The same exercise, the same seats; `--new` begins another."""
    for said, name in (([], "demo-first-steps-1"), ([], "demo-first-steps-1"), (["--new"], "demo-first-steps-2")):
        with kerege(tmp_path, "run", "first-steps", *said) as terminal:
            page = terminal.control()
            assert page.get("/healthz").status_code == 200
            terminal.process.kill()
            terminal.process.wait()
        kept = {path.stem for path in (tmp_path / "data/exercises").glob("demo-*.sqlite3") if "seats" not in path.name}
        assert name in kept
    assert kept == {"demo-first-steps-1", "demo-first-steps-2"}


def test_a_port_that_is_taken_is_said_in_words(tmp_path):
    """Not with a traceback."""
    with kerege(tmp_path, "serve", "first-steps", "--exercise", "one") as first:
        first.control()
        port = first.wait_for(r"http://127.0.0.1:(\d+)/").group(1)
        with kerege(tmp_path, "serve", "first-steps", "--exercise", "two", PORT=port) as second:
            second.process.wait(PATIENCE_S)
            assert second.process.returncode == 1
            assert f"cannot listen on 0.0.0.0:{port}" in second.text
            assert "Traceback" not in second.text


def test_an_exercise_that_is_being_served_is_not_opened_twice(tmp_path):
    """A second server, and `export`, are told that somebody holds the file."""
    with kerege(tmp_path, "serve", "first-steps") as first:
        first.control()
        for said in (["serve", "first-steps"], ["export", "first-steps", str(tmp_path / "x")]):
            with kerege(tmp_path, *said) as second:
                second.process.wait(PATIENCE_S)
                assert second.process.returncode == 1
                assert "Traceback" not in second.text


def test_serve_waits_for_control_and_stands_ready(tmp_path):
    """In a live exercise nothing starts by itself."""
    with kerege(tmp_path, "serve", "first-steps") as terminal:
        page = terminal.control()
        time.sleep(0.3)
        assert page.get("/api/room").json()["phase"] == "ready"
        assert set(teams(page).values()) == {None}


@pytest.mark.parametrize("seed", [7])
def test_deterministic_servers_agree(tmp_path, seed):
    """The same seed: the same codes; and nobody but this machine is let in."""
    codes = []
    for number in (1, 2):
        folder = tmp_path / str(number)
        folder.mkdir()
        with kerege(folder, "serve", "first-steps", "--deterministic", str(seed)) as terminal:
            page = terminal.control()
            codes.append([team["code"] for team in page.get("/api/control/lobby").json()["teams"]])
            assert "http://127.0.0.1" in terminal.text
    assert codes[0] == codes[1]


async def test_the_terminal_says_that_a_phone_got_through(capsys):
    """In words, once, as soon as it is so."""
    desk = SimpleNamespace(reached_by_phone=False)
    saying = asyncio.create_task(_say_when_reached(SimpleNamespace(desk=desk)))
    await asyncio.sleep(0)
    assert capsys.readouterr().out == ""
    desk.reached_by_phone = True
    await saying
    assert REACHED in capsys.readouterr().out
