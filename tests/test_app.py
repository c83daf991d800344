"""The whole server, joined: a real pack, a real journal, a real room behind real sockets."""

import asyncio
import contextlib
import os
import signal
import socket
import stat
import subprocess
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import msgspec
import pytest
import uvicorn
from websockets.asyncio.client import connect

from kerege.app import CLIENT_COMMANDS, build_app, exercise_path, listen, open_parts
from kerege.gateway.serving import uvicorn_config
from kerege.scenario.compile import load_pack
from kerege.settings import Settings
from kerege.wire.codec import decode_server, encode_client
from kerege.wire.messages import Hello, Receipt, Snapshot, Submit, Welcome

ROOT = Path(__file__).parent.parent
PATIENCE_S = 10


@pytest.fixture(scope="module")
def pack():
    return load_pack(ROOT / "scenarios/first-steps")


@asynccontextmanager
async def serving(tmp_path, pack, **settings):
    """The server on a free port of this machine: its address, its parts and its uvicorn."""
    settings = Settings(data_dir=tmp_path / "data", host="127.0.0.1", port=0, **settings)
    with listen("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        base = f"http://127.0.0.1:{port}"
        parts = await open_parts(settings, pack, "first-steps", base)
        config = uvicorn_config(build_app(parts), "127.0.0.1", port)
        server = uvicorn.Server(config)
        serve = asyncio.create_task(server._serve([listening]))
        while not server.started:
            await asyncio.sleep(0.001)
        try:
            yield base, parts
        finally:
            server.should_exit = True
            async with asyncio.timeout(PATIENCE_S):
                await serve


async def join(page, code):
    answer = await page.post("/api/join", json={"code": code, "language": "ru", "accepted": True})
    assert answer.status_code == 200, answer.text
    return answer.json()


@asynccontextmanager
async def talking(page, cursors=None):
    """A link that has greeted: its socket, the welcome and what it was sent first."""
    ticket = (await page.post("/api/ticket", json={})).json()["ticket"]
    url = str(page.base_url).replace("http", "ws").rstrip("/") + "/ws"
    async with connect(url, subprotocols=["kerege.1.msgpack"], compression=None, max_size=None) as link:
        await link.send(encode_client(Hello(ticket, "ru", cursors=cursors or {}), "msgpack"))
        yield link


async def hear(link):
    async with asyncio.timeout(PATIENCE_S):
        return decode_server(await link.recv(), "msgpack")


async def act(link, number, **command):
    """Ask for something; returns its receipt and what was heard before it."""
    raw = msgspec.Raw(msgspec.msgpack.encode(command))
    await link.send(encode_client(Submit(f"command-{number}", 0, raw), "msgpack"))
    heard = []
    while not isinstance(message := await hear(link), Receipt):
        heard.append(message)
    return message, heard


async def test_control_starts_the_exercise_and_a_team_hears_it(tmp_path, pack):
    """From an empty folder: control's link, a team's code, STARTEX, the clock on the team's screen, STOP."""
    async with (
        serving(tmp_path, pack) as (base, parts),
        httpx2.AsyncClient(base_url=base) as control,
        httpx2.AsyncClient(base_url=base) as player,
    ):
        viewers = parts.room.viewers.values()
        await join(control, parts.desk.seats.new_link(next(v.id for v in viewers if v.sort == "control")))
        lobby = (await control.get("/api/control/lobby")).json()
        team = next(team for team in lobby["teams"] if team["role"] == "player")
        assert (await join(player, team["code"]))["stream"] == team["viewer"]
        async with talking(control) as steering, talking(player) as link:
            for each in (steering, link):
                welcome, snapshot = await hear(each), await hear(each)
                assert isinstance(welcome, Welcome) and isinstance(snapshot, Snapshot)
                assert snapshot.items["clock"]["clock"].phase == "ready"
            refused, _ = await act(link, 1, do="start")
            assert refused.outcome == "refused" and refused.text
            accepted, _ = await act(steering, 2, do="start")
            assert accepted.outcome == "accepted" and accepted.token
            frame = await hear(link)
            assert frame.put["clock"]["clock"].phase == "running"
            assert (await player.get("/api/room")).json()["phase"] == "running"
            for command in ("tick", "staff"):
                hidden, _ = await act(steering, command, do=command)
                assert hidden.outcome == "refused"


async def test_a_restart_loses_nothing(tmp_path, pack):
    """The same seat, the same answer to the same command, and only what was missed."""
    async with serving(tmp_path, pack) as (base, parts), httpx2.AsyncClient(base_url=base) as control:
        viewer = next(v for v in parts.room.viewers.values() if v.sort == "control")
        await join(control, parts.desk.seats.new_link(viewer.id))
        cookies = dict(control.cookies)
        async with talking(control) as link:
            await hear(link)
            snapshot = await hear(link)
            first, _ = await act(link, 1, do="start")
    async with serving(tmp_path, None) as (base, _), httpx2.AsyncClient(base_url=base, cookies=cookies) as control:
        from kerege.wire.messages import Place

        async with talking(control, {viewer.code: Place(snapshot.epoch, snapshot.version)}) as link:
            assert (await hear(link)).stream == viewer.code
            again, heard = await act(link, 1, do="start")
            assert again == first
            assert heard[0].version in {snapshot.version + 1, first.version}


async def test_the_last_page_is_for_those_in_the_play(tmp_path, pack):
    """After ENDEX everybody with a part may read it. It holds what observers' desks leave out: for them it is not there."""
    async with serving(tmp_path, pack) as (base, parts):
        for viewer in parts.room.viewers.values():
            if viewer.sort == "control":
                await parts.room.submit("S0", viewer.id, Submit("command-0", 0, msgspec.Raw(b"\x81\xa2do\xa5start")))
                await parts.room.submit("S0", viewer.id, Submit("command-1", 0, msgspec.Raw(b"\x81\xa2do\xa6finish")))
        answers = {}
        for viewer in parts.room.viewers.values():
            async with httpx2.AsyncClient(base_url=base) as page:
                await join(page, parts.desk.seats.new_link(viewer.id))
                answers.setdefault(viewer.sort, set()).add((await page.get("/last-page")).status_code)
        assert answers == {
            "control": {200},
            "safety": {200},
            "player": {200},
            "actor": {200},
            "mentor": {200},
            "evaluator": {200},
            "observer": {404},
        }


async def test_the_same_seed_gives_the_same_codes_and_tokens(tmp_path, pack):
    """And another seed gives others; the server then listens on this machine alone."""
    found = []
    for number, seed in enumerate((7, 7, 8)):
        async with serving(tmp_path / str(number), pack, deterministic=seed) as (base, parts):
            async with httpx2.AsyncClient(base_url=base) as player:
                viewer = next(v.id for v in parts.room.viewers.values() if v.sort == "player")
                code = parts.desk.seats.code_of(viewer)
                await join(player, code)
                found.append((code, player.cookies["kerege"]))
            assert not (tmp_path / str(number) / "data/seats.key").exists()
    assert found[0] == found[1]
    assert found[0] != found[2]
    assert Settings(deterministic=7).listen_host == "127.0.0.1"


async def test_what_is_kept_is_its_owners_only(tmp_path, pack):
    """Folder and key are closed to others on the machine; a key that is none is refused."""
    async with serving(tmp_path, pack):
        pass
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    key = tmp_path / "data/seats.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    key.write_bytes(b"short")
    with pytest.raises(ValueError, match="is no key"):
        async with serving(tmp_path, pack):
            pass


@pytest.mark.parametrize("exercise", ["", "..", "a/b", "x" * 81, "é", "a.b", "a\0b"])
def test_an_exercises_id_is_a_plain_name(tmp_path, exercise):
    """No id reaches another folder."""
    with pytest.raises(ValueError, match="an exercise's id"):
        exercise_path(Settings(data_dir=tmp_path), exercise)


async def test_when_the_room_dies_the_server_stops(tmp_path, pack, monkeypatch):
    """Not silence: the log says so, and whoever watches the process starts it again."""
    parts = await open_parts(Settings(data_dir=tmp_path / "data"), pack, "first-steps", "http://x")
    dead = asyncio.Event()

    async def die():
        raise AssertionError("a law is broken")

    monkeypatch.setattr(parts.room, "run", die)
    app = build_app(parts, on_failure=dead.set)
    messages = asyncio.Queue()
    await messages.put({"type": "lifespan.startup"})

    async def send(_):
        return

    serve = asyncio.create_task(app({"type": "lifespan", "state": {}, "asgi": {}}, messages.get, send))
    async with asyncio.timeout(PATIENCE_S):
        await dead.wait()
        await messages.put({"type": "lifespan.shutdown"})
        await serve


def test_clients_cannot_ask_for_the_rooms_own_commands():
    """They are not in what the schema offers."""
    tags = {command.__struct_config__.tag for command in CLIENT_COMMANDS.__args__}
    assert {"tick", "staff"}.isdisjoint(tags)
    assert {"stop", "ask", "say", "share"} <= tags


SCRIPT = """
from pathlib import Path
from kerege.app import run_server
from kerege.logs import set_up_logs
from kerege.scenario.compile import load_pack
from kerege.settings import Settings
set_up_logs(as_json=True)
pack = load_pack(Path("scenarios/first-steps"))
run_server(Settings(), pack, "first-steps", on_ready=lambda ready: print(ready.for_terminal(), flush=True))
"""


def test_a_signal_ends_the_process_in_order(tmp_path):
    """It prints where to go and a code to scan, answers, and on SIGTERM closes its files and is gone."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    env = os.environ | {"KEREGE_DATA": str(tmp_path), "PORT": str(port), "KEREGE_HOST": "127.0.0.1"}
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        shown = ""
        while "█" not in shown:
            line = process.stdout.readline()
            assert line, process.stderr.read()
            shown += line
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", transport=httpx2.HTTPTransport(retries=5)) as page:
            assert page.get("/readyz").json() == {"ok": True, "why": ""}
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=PATIENCE_S)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()
    assert f"http://127.0.0.1:{port}/#code=" in shown
    assert "Traceback" not in err, err
    assert not list(tmp_path.glob("exercises/*-wal")), "the files were not closed"


async def test_a_taken_port_is_said_so(tmp_path):
    """Before anything is opened."""
    with listen("127.0.0.1", 0) as taken, pytest.raises(OSError, match="in use"):
        listen("127.0.0.1", taken.getsockname()[1])
