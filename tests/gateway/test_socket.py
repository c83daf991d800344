"""The real server and real sockets: handshake, both ways out, goodbyes, peers that never read, streams for blocked venues."""

import asyncio
import contextlib
import json
import socket

import httpx2
import pytest
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import ConnectionClosed, InvalidStatus

from kerege.gateway.limits import Bounds
from kerege.gateway.protocols import FramedWebSocket, PatientHttp
from kerege.wire.closing import GOODBYES
from kerege.wire.limits import FRAME_BYTES_MAX
from kerege.wire.messages import Beat, Hello
from tests.gateway.fakes import kinds, read, submit, write
from tests.gateway.running import PATIENCE_S, PROTOCOL, Deaf, browsing, events, serving, soon


@pytest.fixture(params=[FramedWebSocket, WebSocketsSansIOProtocol], ids=["framed", "plain ASGI"])
async def running(request):
    async with serving(ws=request.param) as running:
        yield running


@pytest.mark.parametrize("encoding", ["msgpack", "json"])
async def test_a_client_plays(running, encoding):
    """Hello, an act, its effect, its receipt, an echo: over both ways out and in both encodings."""
    async with running.talking(encoding=encoding) as link:
        assert link.subprotocol == PROTOCOL[encoding]
        await running.say(link, submit(), encoding)
        frame, receipt = await running.hear(link, 2, encoding)
        assert (frame.version, receipt.outcome) == (1, "accepted")
        await running.say(link, Beat(), encoding)
        assert kinds(await running.hear(link, 1, encoding)) == ["Echo"]


async def test_everybody_at_a_team_hears_what_it_learns(running):
    """And nobody else does."""
    async with running.talking() as one, running.talking() as two, running.talking("social") as other:
        await running.say(one, submit())
        assert kinds(await running.hear(one, 2)) == ["Frame", "Receipt"]
        assert kinds(await running.hear(two)) == ["Frame"]
        await running.say(other, Beat())
        assert kinds(await running.hear(other)) == ["Echo"]


async def test_large_views_arrive_whole(running):
    """Frames past both bounds of the length field."""
    async with running.talking(max_size=None) as link:
        for size in (100, 200, 70_000, 2_000_000):
            running.house.room.publish("patrol", "x" * size)
            (frame,) = await running.hear(link)
            assert len(frame.drop["x"][0]) == size


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1", "https://127.0.0.1:{port}"])
async def test_sockets_of_other_pages_are_refused_before_the_handshake(running, origin):
    """403, and the room never hears of it."""
    with pytest.raises(InvalidStatus) as refused:
        async with running.connect(origin=origin.format(port=running.port)):
            pass
    assert refused.value.response.status_code == 403


async def test_sockets_of_our_own_page_are_accepted(running):
    """Origin and host agree."""
    async with running.talking(origin=f"http://127.0.0.1:{running.port}"):
        pass


@pytest.mark.parametrize("subprotocols", [None, ["kerege.2.msgpack"], ["graphql-ws"]])
async def test_without_our_subprotocol_there_is_no_link(running, subprotocols):
    """A client of another protocol, or of another version, is told so before the handshake."""
    with pytest.raises(InvalidStatus):
        async with running.connect(subprotocols=subprotocols):
            pass


async def test_the_server_does_not_say_what_it_is(running):
    """No Server header on the handshake, no compression offered."""
    async with running.connect(subprotocols=["kerege.1.json", "kerege.1.msgpack"]) as link:
        assert "server" not in link.response.headers
        assert "sec-websocket-extensions" not in link.response.headers
        assert link.subprotocol == "kerege.1.msgpack"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xc1", "bad_bytes"),
        (b"\x91" * FRAME_BYTES_MAX, "bad_bytes"),
        (write(Beat()), "hello_first"),
        (write(Hello("x" * 24)), "ticket_refused"),
        ("text", "wrong_kind"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_fault_gets_a_goodbye_and_its_close_code(running, data, code):
    """Said in words first, then closed with the number of the table."""
    async with running.connect() as link:
        await link.send(data)
        assert await running.ending(link) == (code, GOODBYES[code].number)


async def test_a_message_too_long_is_refused_before_it_is_read(running):
    """The protocol itself closes with 1009; at the bound it is read."""
    async with running.connect() as link:
        await link.send(b"\x00" * FRAME_BYTES_MAX)
        assert (await running.ending(link))[0] == "bad_bytes"
    async with running.connect() as link:
        await link.send(b"\x00" * (FRAME_BYTES_MAX + 1))
        with pytest.raises(ConnectionClosed) as closed:
            await link.recv()
        assert closed.value.rcvd.code == 1009


async def test_fragments_are_one_message_within_the_bound(running):
    """A message in pieces is read; pieces that add up to too much are not."""
    async with running.connect() as link:
        data = write(Hello("x" * 24))
        await link.send([data[:5], data[5:9], data[9:]])
        assert (await running.ending(link))[0] == "ticket_refused"
    async with running.connect() as link:
        with contextlib.suppress(ConnectionClosed):  # it may be closed before all is sent
            await link.send([b"\x00" * 1000] * 100)
        with pytest.raises(ConnectionClosed):
            await link.recv()


@pytest.mark.parametrize("ws", [FramedWebSocket, WebSocketsSansIOProtocol])
async def test_who_does_not_greet_in_time_is_sent_away(ws):
    """A goodbye, and the line is free; who has greeted may be silent."""
    async with serving(Bounds(hello_s_max=0.1), ws=ws) as running:
        async with running.talking() as talking, running.connect() as silent:
            assert await running.ending(silent) == ("hello_late", 4408)
            await asyncio.sleep(0.15)
            await running.say(talking, Beat())
            assert kinds(await running.hear(talking)) == ["Echo"]
        assert running.house.room.readers == [] or await soon(lambda: not running.house.room.readers)


async def test_revocation_reaches_live_sockets_at_once(running):
    """Every screen of the seat, and no frame after the goodbye."""
    joined = running.house.sit("patrol")
    async with running.talking(joined=joined) as one, running.talking(joined=joined) as two:
        running.house.desk.sign_out(joined.seat, running.house.seats.revoke(joined.seat.id))
        running.house.room.publish("patrol")
        for link in (one, two):
            assert await running.ending(link) == ("revoked", 4410)
    assert await soon(lambda: not running.house.room.readers)


async def test_a_stop_does_not_wait_for_an_act_that_hangs(running):
    """While the room holds one act, the next reaches it, and beats are answered."""
    room = running.house.room
    async with running.talking() as link:
        room.gate.clear()
        await running.say(link, submit(1))
        await running.say(link, submit(2))
        await running.say(link, Beat())
        assert kinds(await running.hear(link)) == ["Echo"]
        assert [message.id for _, _, message in room.submitted] == ["command-1", "command-2"]
        room.gate.set()
        heard = await running.hear(link, 4)
        assert sorted(kinds(heard)) == ["Frame", "Frame", "Receipt", "Receipt"]


async def test_links_per_address_are_bounded():
    """At the bound one is accepted, past it none; a closed one makes room."""
    async with serving(Bounds(connections_per_address_max=2)) as running:
        async with running.connect(), running.connect():
            with pytest.raises(InvalidStatus):
                async with running.connect():
                    pass
        assert await soon(lambda: not running.house.desk.lines_by_address)
        async with running.connect():
            pass


async def test_a_goodbye_at_shutdown():
    """Clients hear that the server restarts, and the close says so too."""
    async with serving() as running, running.talking() as link:
        running.server.should_exit = True
        assert await running.ending(link) == ("restarting", 1012)


# ---------------------------------------------------------------------------------------------------- back-pressure


async def test_nothing_waits_for_the_acknowledgement_of_what_was_sent_before():
    """Small writes leave at once: Nagle's algorithm would hold back each receipt that follows a frame."""
    async with serving(ws=FramedWebSocket) as running, running.talking():
        sockets = [each.transport.get_extra_info("socket") for each in running.server.server_state.connections]
        assert 1 in {each.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) for each in sockets}


async def test_a_peer_that_reads_slowly_is_kept():
    """A phone on a thin link takes longer than the bound for a large view, and gets all of it."""
    bounds = Bounds(stall_s_max=0.3, write_buffer_bytes_max=8 * 1024, send_buffer_bytes=8 * 1024)
    async with serving(bounds) as running:
        slow = Deaf(running)
        reader = await slow.greet(running.house.sit("patrol"))
        running.house.room.publish("patrol", "x" * 400_000)
        loop, got = asyncio.get_running_loop(), 0
        async with asyncio.timeout(20):
            while got < 400_000:
                got += len(await loop.sock_recv(slow.socket, 16_384))
                await asyncio.sleep(0.03)
        assert reader in running.house.room.readers


async def test_a_flood_of_beats_is_bounded(running):
    """Faster than the rate: goodbye."""
    async with running.talking() as link:
        for _ in range(running.house.desk.bounds.messages_rate.burst + 1):
            await running.say(link, Beat())
        heard = await running.hear(link, running.house.desk.bounds.messages_rate.burst)
        assert set(kinds(heard)) == {"Echo"}
        assert (await running.ending(link))[0] == "too_fast"


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "])
async def test_half_a_request_does_not_hold_a_line(sent, monkeypatch):
    """Silence and half a head are cut off; a second request on a kept line may come later."""
    monkeypatch.setattr(PatientHttp, "head_s_max", 0.1)
    async with serving() as running:
        reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
        writer.write(sent)
        async with asyncio.timeout(PATIENCE_S):
            with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
                await reader.readexactly(1)
        writer.close()
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{running.port}") as page:
            for _ in range(2):
                assert (await page.get("/healthz")).status_code == 200
                await asyncio.sleep(0.15)


async def test_a_head_too_long_is_refused():
    """The bound of the HTTP parser holds."""
    async with serving() as running:
        reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 20_000)
        async with asyncio.timeout(PATIENCE_S):
            assert b" 400 " in await reader.readline()
        writer.close()


# ---------------------------------------------------------------------------------------------------- event stream


async def test_the_same_conversation_goes_over_an_event_stream():
    """Link id, welcome, snapshot, frame, receipt, goodbye: message for message as on a socket."""
    async with serving() as running:
        joined = running.house.sit("patrol")
        async with browsing(running, joined) as page, page.stream("GET", "/api/stream") as response:
            assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
            stream = events(response)
            name, link = await anext(stream)
            assert name == "link"

            async def say(message) -> httpx2.Response:
                headers = {"content-type": "application/json"}
                return await page.post(f"/api/submit?link={link}", content=write(message, "json"), headers=headers)

            async def hear(count=1):
                return read([(await anext(stream))[1].encode() for _ in range(count)], "json")

            assert (await say(Hello(running.house.desk.tickets.issue(joined.device)))).json() == {"ok": True}
            assert kinds(await hear(2)) == ["Welcome", "Snapshot"]
            await say(submit())
            assert kinds(await hear(2)) == ["Frame", "Receipt"]
            running.house.desk.sign_out(joined.seat, running.house.seats.revoke(joined.seat.id))
            (goodbye,) = await hear()
            assert goodbye.code == "revoked"
            with pytest.raises(StopAsyncIteration):
                await anext(stream)
        assert await soon(lambda: not running.house.room.readers)


async def test_a_link_is_its_devices_own():
    """Another seat can neither speak on it nor open it with its own ticket; an unknown link gets the same answer."""
    async with serving() as running:
        mine, other = running.house.sit("patrol"), running.house.sit("patrol")
        async with (
            browsing(running, mine) as page,
            browsing(running, other) as stranger,
            page.stream("GET", "/api/stream") as response,
        ):
            _, link = await anext(events(response))
            beat = {"content": write(Beat(), "json"), "headers": {"content-type": "application/json"}}
            answers = [
                await stranger.post(f"/api/submit?link={link}", **beat),
                await stranger.post("/api/submit?link=0", **beat),
            ]
            assert [answer.status_code for answer in answers] == [404, 404]
            assert answers[0].json() == answers[1].json()
            hello = write(Hello(running.house.desk.tickets.issue(other.device)), "json")
            await page.post(f"/api/submit?link={link}", content=hello, headers=beat["headers"])
            assert running.house.room.readers == []


async def test_an_event_stream_without_hello_ends():
    """As on a socket. (The fake clock stands: only its own hello time passes.)"""
    async with (
        serving(Bounds(hello_s_max=0.0)) as running,
        browsing(running, running.house.sit("patrol")) as page,
        page.stream("GET", "/api/stream") as response,
    ):
        heard = [data async for _, data in events(response)]
        assert json.loads(heard[-1])["code"] == "hello_late"


async def test_a_quiet_event_stream_beats():
    """So that what stands between keeps it open."""
    async with (
        serving(Bounds(stream_beat_s=0.05)) as running,
        browsing(running, running.house.sit("patrol")) as page,
        page.stream("GET", "/api/stream") as response,
    ):
        lines = response.aiter_lines()
        async with asyncio.timeout(PATIENCE_S):
            assert ": beat" in [await anext(lines) for _ in range(4)]
