"""G9, what stalled peers may hold: little, and not for long. Deaf ones, half-open ones, on sockets, streams and downloads."""

from __future__ import annotations

import asyncio
import re
import socket

import pytest
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from kerege.gateway import protocols
from kerege.gateway import serving as product
from kerege.gateway.limits import Bounds
from kerege.gateway.outlets import FramedOutlet
from kerege.gateway.protocols import CRUMB_BYTES_MAX, FramedWebSocket, PatientHttp
from kerege.gateway.stalls import StallWatch
from kerege.wire.messages import Beat, Hello
from tests.gateway.fakes import kinds, write
from tests.gateway.running import PATIENCE_S, Deaf, Running, browsing, serving, soon, waiting

HELD = "a peer that reads nothing: what is held for it, for how long, and whether the others hear everything"
CRUMBS = "a peer that sends byte by byte: it is read from now and then, and all that it says is heard"
SILENT = "a half-open line: noticed by the ping, or by the beats that an event stream's device no longer posts"
FRAMES = 400
SIZE = 4096
BOUNDS = Bounds(stall_s_max=0.5, close_s_max=0.5, write_buffer_bytes_max=16 * 1024, send_buffer_bytes=16 * 1024)


async def publish_beside(running: Running, healthy: object, size: int) -> int:
    """Publish to everybody; the healthy one hears each. Returns the most that was held for one line."""
    held_max = 0
    for number in range(1, FRAMES):
        running.house.room.publish("patrol", "x" * size)
        (frame,) = await running.hear(healthy)
        assert frame.version == number
        held_max = max([held_max, *(waiting(held) for held in running.server.server_state.connections)])
    return held_max


async def beside_the_deaf(ws: type, size: int) -> None:
    """A deaf peer beside a healthy one: the bounds of what is held, and of how long."""
    async with serving(BOUNDS, ws=ws) as running, running.talking() as healthy:
        reader = await Deaf(running).greet(running.house.sit("patrol"))
        room = running.house.room
        held_max = await publish_beside(running, healthy, size)
        assert reader.reads < FRAMES // 2, "it was read for all the same"
        assert held_max < 64 * 1024 + 2 * size, "too much was held"
        assert await soon(lambda: reader not in room.readers, within_s=3), "it was never dropped"
        assert len(room.readers) == 1
        await running.say(healthy, Beat())
        assert kinds(await running.hear(healthy)) == ["Echo"]


@pytest.mark.proof("G9", HELD)
@pytest.mark.parametrize(
    ("ws", "size"),
    [(FramedWebSocket, SIZE), (WebSocketsSansIOProtocol, 65_536)],  # there the kernel's buffer is as large as it likes
    ids=["framed", "plain ASGI"],
)
async def test_a_peer_that_never_reads_holds_nobody_up_and_is_dropped(ws, size, proof):
    """It stops being read for, holds a bounded number of bytes, is cut off in time; the others hear everything."""
    await beside_the_deaf(ws, size)
    proof.tried(FRAMES, faults=1)


def reads_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Back-pressure that nobody heeds."""
    monkeypatch.setattr(FramedOutlet, "pause", lambda _: None)


def waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody looks again whether the peer takes anything."""
    monkeypatch.setattr(StallWatch, "start", lambda _: None)


@pytest.mark.proof("G9", HELD, mutant=True)
@pytest.mark.parametrize(
    ("mutant", "said"),
    [(reads_on, "read for all the same"), (waits_for_ever, "never dropped")],
    ids=["reads on", "waits for ever"],
)
async def test_a_server_that_holds_what_nobody_takes_is_noticed(monkeypatch, mutant, said):
    """Each of these servers is wrong in one place."""
    mutant(monkeypatch)
    with pytest.raises(AssertionError, match=said):
        await beside_the_deaf(FramedWebSocket, SIZE)


async def deaf_stream(running: Running, token: str) -> tuple[socket.socket, str]:
    """An event stream whose device reads its link's id, and then nothing any more."""
    loop = asyncio.get_running_loop()
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.setblocking(False)
    await loop.sock_connect(line, ("127.0.0.1", running.port))
    await loop.sock_sendall(line, f"GET /api/stream HTTP/1.1\r\nHost: x\r\nCookie: kerege={token}\r\n\r\n".encode())
    heard = b""
    while (found := re.search(rb"event: link\ndata: (\w+)", heard)) is None:
        heard += await loop.sock_recv(line, 1000)
    return line, found[1].decode()


async def beside_a_deaf_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same over the road for blocked venues: bounded, and the line itself is gone in the end."""
    monkeypatch.setattr(PatientHttp, "stall_s_max", BOUNDS.stall_s_max)
    async with serving(BOUNDS) as running, running.talking() as healthy:
        joined = running.house.sit("patrol")
        line, link = await deaf_stream(running, joined.token)
        try:
            async with browsing(running, joined) as page:
                hello = write(Hello(running.house.desk.tickets.issue(joined.device)), "json")
                headers = {"content-type": "application/json"}
                await page.post(f"/api/submit?link={link}", content=hello, headers=headers)
            assert await soon(lambda: len(running.house.room.readers) == 2)
            (mine,) = (
                each for each in running.server.server_state.connections
                if each.transport.get_extra_info("peername") == line.getsockname()
            )  # fmt: skip
            held_max = await publish_beside(running, healthy, 65_536)
            assert held_max < 64 * 1024 + 3 * 65_536, "too much was held"
            assert await soon(lambda: len(running.house.room.readers) == 1, within_s=3), "it was never dropped"
            assert await soon(lambda: mine not in running.server.server_state.connections, within_s=3), (
                "its line stayed"
            )
        finally:
            line.close()


@pytest.mark.proof("G9", HELD)
async def test_an_event_stream_that_is_never_read_is_dropped(monkeypatch, proof):
    """Bounded in bytes and in time, down to the socket."""
    await beside_a_deaf_stream(monkeypatch)
    proof.tried(FRAMES, faults=1)


@pytest.mark.proof("G9", HELD, mutant=True)
async def test_a_server_that_keeps_the_lines_of_dead_streams_is_noticed(monkeypatch):
    """It lets go of the room, but closes as uvicorn does: once the peer has taken what waits, which is never."""
    with monkeypatch.context() as wrong:
        waits_for_ever(wrong)
        with pytest.raises(AssertionError, match="its line stayed"):
            await beside_a_deaf_stream(wrong)


async def half_open(ping_s: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """A phone that takes what comes and says nothing any more, not even that it is there."""
    monkeypatch.setattr(product, "PING_S", ping_s)
    async with serving() as running:
        phone = Deaf(running, receive_bytes=1 << 20)  # it has room for all that comes, and so never stalls
        reader = await phone.greet(running.house.sit("patrol"))
        assert await soon(lambda: reader not in running.house.room.readers, within_s=3), "nobody noticed"


async def silent_stream(silent_s_max: float) -> None:
    """An event stream that is read, from a device that posts nothing any more. (The fake clock stands: any time is long.)"""
    bounds = Bounds(stream_beat_s=0.05, stream_silent_s_max=silent_s_max)
    async with serving(bounds) as running:
        joined = running.house.sit("patrol")
        async with browsing(running, joined) as page, page.stream("GET", "/api/stream") as response:
            lines = response.aiter_lines()
            link = ""
            async with asyncio.timeout(PATIENCE_S):
                while not link.startswith("data: "):
                    link = await anext(lines)
                hello = write(Hello(running.house.desk.tickets.issue(joined.device)), "json")
                headers = {"content-type": "application/json"}
                await page.post(f"/api/submit?link={link[6:]}", content=hello, headers=headers)
            heard = ""
            try:
                async with asyncio.timeout(3):
                    async for line in lines:
                        heard += line
            except TimeoutError:
                raise AssertionError("nobody noticed") from None
            assert '"stalled"' in heard


@pytest.mark.proof("G9", SILENT)
async def test_a_phone_that_is_gone_without_a_word_is_noticed_by_the_ping(monkeypatch, proof):
    """Its reader is let go of once a ping stays unanswered."""
    await half_open(0.2, monkeypatch)
    proof.tried(1, faults=1)


@pytest.mark.proof("G9", SILENT)
async def test_an_event_stream_whose_device_says_nothing_ends(proof):
    """With a goodbye that says to come back."""
    await silent_stream(0.0)
    proof.tried(1, faults=1)


@pytest.mark.proof("G9", SILENT, mutant=True)
async def test_a_server_that_does_not_ask_is_noticed(monkeypatch):
    """Pings that come too late to notice anything."""
    with pytest.raises(AssertionError, match="nobody noticed"):
        await half_open(3600.0, monkeypatch)


@pytest.mark.proof("G9", SILENT, mutant=True)
async def test_a_server_that_never_misses_a_device_is_noticed():
    """The same stream, with all the time in the world."""
    with pytest.raises(AssertionError, match="nobody noticed"):
        await silent_stream(3600.0)


async def talk_in_crumbs(monkeypatch: pytest.MonkeyPatch, first: int) -> None:
    """The first bytes of a message, then all others one by one while the server rests; after the rest it is heard."""
    read_on = FramedWebSocket._read_on
    monkeypatch.setattr(FramedWebSocket, "_read_on", lambda _: None)  # a rest ends when this test says so
    loop, beat = asyncio.get_running_loop(), write(Beat())
    frame = bytes((0x82, 0x80 | len(beat))) + bytes(4) + beat
    async with serving() as running:
        await Deaf(running, receive_bytes=65_536).greet(running.house.sit("patrol"))
        sender = running.deaf[-1].socket
        (line,) = running.server.server_state.connections
        assert line.transport.is_reading()
        await loop.sock_sendall(sender, frame[:first])
        assert await soon(lambda: not line.transport.is_reading(), within_s=1), "it was read on for the next byte"
        for n in range(first, len(frame)):
            await loop.sock_sendall(sender, frame[n : n + 1])
        read_on(line)
        heard = b""
        async with asyncio.timeout(PATIENCE_S):
            while b"echo" not in heard:
                heard += await loop.sock_recv(sender, 65_536)


@pytest.mark.proof("G9", CRUMBS)
@pytest.mark.parametrize("first", range(1, CRUMB_BYTES_MAX + 1))
async def test_who_sends_byte_by_byte_wakes_the_server_seldom(monkeypatch, proof, first):
    """Fewer bytes than any frame of a client has are a crumb: the server rests before it reads more."""
    await talk_in_crumbs(monkeypatch, first)
    proof.tried(1, faults=1)


@pytest.mark.proof("G9", CRUMBS, mutant=True)
async def test_a_server_that_is_woken_by_each_byte_is_noticed(monkeypatch):
    """One that takes no rest."""
    monkeypatch.setattr(protocols, "CRUMB_BYTES_MAX", 0)
    with pytest.raises(AssertionError, match="read on for the next byte"):
        await talk_in_crumbs(monkeypatch, 1)


async def test_a_whole_frame_brings_no_rest(monkeypatch):
    """The least that a client can say: a ping of six bytes, many times."""
    rests: list[object] = []
    monkeypatch.setattr(FramedWebSocket, "_read_on", rests.append)
    loop, ping = asyncio.get_running_loop(), bytes((0x89, 0x80, 0, 0, 0, 0))
    assert len(ping) == CRUMB_BYTES_MAX + 1
    async with serving() as running:
        await Deaf(running, receive_bytes=65_536).greet(running.house.sit("patrol"))
        sender = running.deaf[-1].socket
        (line,) = running.server.server_state.connections
        heard = b""
        for _ in range(3):
            await loop.sock_sendall(sender, ping)
            async with asyncio.timeout(PATIENCE_S):
                while b"\x8a\x00" not in heard:
                    heard += await loop.sock_recv(sender, 65_536)
            heard = b""
            assert line.transport.is_reading()
    assert not rests
