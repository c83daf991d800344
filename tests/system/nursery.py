"""A process that has everything loaded and forks real servers: each is ready at once, has a process of its own, and can
be killed by its id. It reads one JSON line at a time and answers with one.

    {"serve": {settings}, "pack": "silver-reed" or "", "exercise": id, "leak": "" or a name of leaks.py, "folder": …,
     "sideline": whether the test may ask where the log stands, "puppet": "" or the file of an empty world's script}
        -> {"pid": …}; when the server listens it writes folder/ready.json, and what it says goes to folder/server.log
    {"wait": pid, "s_max": 10} -> {"status": exit status, -signal, or null when it still runs}

When its input ends it kills what it has started and is gone.
"""

from __future__ import annotations

import functools
import json
import os
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer

from kerege.app import Ready
from kerege.cli.serving import start
from kerege.logs import set_up_logs
from kerege.scenario import load_pack
from kerege.settings import Settings
from tests.system import sideline
from tests.system.leaks import FAULTS, LEAKS, PUPPET_LEAKS
from tests.system.puppet import Telling, read_script

if TYPE_CHECKING:
    from kerege.engine.pack import Pack

SCENARIOS = Path(__file__).parents[2] / "scenarios"
LOOK_S = 0.005

_packs = functools.cache(lambda name: load_pack(SCENARIOS / name))


def main() -> None:
    """Answer until the input ends."""
    children: set[int] = set()
    for line in sys.stdin:
        asked: dict[str, Any] = json.loads(line)
        if "wait" in asked:
            answer = {"status": _wait(asked["wait"], asked["s_max"], children)}
        else:
            pack = _packs(asked["pack"]) if asked["pack"] and not asked["puppet"] else None
            pid = os.fork()
            if pid == 0:
                _serve(asked, pack)
            children.add(pid)
            answer = {"pid": pid}
        print(json.dumps(answer), flush=True)
    for pid in children:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _wait(pid: int, s_max: float, children: set[int]) -> int | None:
    until = time.monotonic() + s_max
    while True:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            children.discard(pid)
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > until:
            return None
        time.sleep(LOOK_S)


def _serve(asked: dict[str, Any], pack: Pack | None) -> None:
    """What the child does; never returns."""
    folder = Path(asked["folder"])
    code = 1
    try:
        said = os.open(folder / "server.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(said, 1)
        os.dup2(said, 2)
        set_up_logs(as_json=True)
        if asked["leak"]:
            (LEAKS | PUPPET_LEAKS | FAULTS)[asked["leak"]](pytest.MonkeyPatch())
        tell = None
        if asked["puppet"]:
            script = read_script(Path(asked["puppet"]))
            telling = Telling(script)
            telling.take_over(pytest.MonkeyPatch())
            pack, tell = script.pack, telling.tell
        also = functools.partial(sideline.listen, folder, tell) if asked["sideline"] else None

        def ready(what: Ready) -> None:
            written = folder / "ready.tmp"
            written.write_text(json.dumps({"url": what.local_url, "control": what.control_link, "pid": os.getpid()}))
            written.rename(folder / "ready.json")

        start(Settings(**asked["serve"]), pack, asked["exercise"], also, ready)
        code = 0
    except typer.Exit as refused:
        code = refused.exit_code
    except Exception:  # noqa: BLE001  the child ends here; nobody above would say why
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
