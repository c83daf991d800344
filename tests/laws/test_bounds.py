"""Law 7: every queue, loop, text and frame of engine, views and room has a named bound, held at it and past it. The table of all bounds: tests/bounds."""

from __future__ import annotations

import msgspec
import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.play import EVENTS_PER_STEP_MAX, Play
from kerege.engine.state import Overlay
from kerege.room.stream import FRAMES_BEHIND_MAX, RENDERED_MAX, Stream
from kerege.room.viewers import CONTROL_SEATS_MAX, OBSERVER_SEATS_MAX, viewers_of
from kerege.views.projector import Projector
from kerege.views.render import RECENT_MAX, Renderer
from kerege.views.shown import Change
from kerege.views.texts import Texts
from kerege.wire.messages import Place
from tests.kit import Table
from tests.stage import Client, Stage
from tests.town import TOWN


def test_events_of_one_step():
    """At the bound it stands; one more is a fault of ours."""
    table = Table(started=False)
    play = Play(table.rules, Overlay(table.state), 0)
    play.events = [None] * (EVENTS_PER_STEP_MAX - 1)
    event = table.do("control", b.Start()).events[0]
    play.emit(event)
    assert len(play.events) == EVENTS_PER_STEP_MAX
    with pytest.raises(AssertionError):
        play.emit(event)


_decoder = msgspec.msgpack.Decoder(b.AnyCommand)
BODIES = [
    (lambda n: {"do": "ask", "action": "x" * n}, b.CODE_CHARS_MAX),
    (lambda n: {"do": "say", "to": [], "text": "x" * n}, b.WORDS_CHARS_MAX),
    (lambda n: {"do": "pause", "why": "x" * n}, b.WORDS_CHARS_MAX),
    (lambda n: {"do": "share", "records": ["r1"] * n, "to": []}, b.LIST_LENGTH_MAX),
    (lambda n: {"do": "ask", "action": "x", "asks": {f"k{each}": 1 for each in range(n)}}, b.LIST_LENGTH_MAX),
    (lambda n: {"do": "ask", "action": "x", "asks": {"k": ["x"] * n}}, b.LIST_LENGTH_MAX),
    (lambda n: {"do": "treat", "scene": "s1", "answers": {f"k{each}": 1 for each in range(n)}}, b.LIST_LENGTH_MAX),
    (lambda n: {"do": "jump", "to_ms": n}, b.PLAY_MS_MAX),
    (lambda n: {"do": "speed", "speed": n}, 60),
    (lambda n: {"do": "stand_in", "viewer": "x", "profile": "x" * n}, b.CODE_CHARS_MAX),
    (lambda n: {"do": "heard", "source": "x", "face": "x", "field": "x", "value": n}, 2**53 - 1),
]


@pytest.mark.parametrize(("make", "bound"), BODIES)
def test_bodies_of_commands(make, bound):
    """Read at the bound, refused past it."""
    _decoder.decode(msgspec.msgpack.encode(make(bound)))
    with pytest.raises(msgspec.ValidationError):
        _decoder.decode(msgspec.msgpack.encode(make(bound + 1)))


def _stream() -> Stream:
    table = Table()
    renderer = Renderer(table.rules, Texts(TOWN.texts), {})
    return Stream("code", "epoch", renderer, Projector(table.rules).fresh(table.state, "police"))


def test_how_many_rendered_frames_are_kept():
    """The oldest goes when one more comes; it is rendered again, to the same bytes, when somebody asks."""
    stream = _stream()
    change = Change("clock", "clock", stream.view["clock", "clock"])
    for _ in range(RENDERED_MAX + 1):
        stream.publish((change,), 0)
    first = stream.frame(1, "en", "msgpack")
    for version in range(1, RENDERED_MAX + 1):
        stream.frame(version, "en", "msgpack")
    assert len(stream._rendered) == RENDERED_MAX
    stream.frame(RENDERED_MAX + 1, "en", "msgpack")
    assert len(stream._rendered) == RENDERED_MAX and (1, "en", "msgpack") not in stream._rendered
    assert stream.frame(1, "en", "msgpack") == first


def test_how_many_rendered_records_are_kept():
    """Past the bound they are rendered again, to the same item."""
    table = Table()
    renderer = Renderer(table.rules, Texts(TOWN.texts), {})
    (record, *_) = table.records("police")
    shown = renderer.record(record, "en")
    for n in range(RECENT_MAX + 1):
        renderer.record(msgspec.structs.replace(record, at_ms=n), "en")
        assert len(renderer._recent) <= RECENT_MAX
    assert renderer.record(record, "en") == shown


async def test_how_far_behind_a_reader_gets_frames():
    """At the bound frames, past it a snapshot; for one that comes back and for one that stayed."""
    async with Stage(TOWN) as stage:
        await stage.accept("control", b.Start())
        stream = stage.room.story.stream_of["police"]
        change = Change("clock", "clock", stream.view["clock", "clock"])
        slow, slower = stage.client("police"), stage.client("police")
        slower.read()
        stream.publish((change,), 0)
        slow.read()
        for _ in range(FRAMES_BEHIND_MAX):
            stream.publish((change,), 0)
        assert slow.read() == ["frame"] * FRAMES_BEHIND_MAX
        assert slower.read() == ["snapshot"]
        for behind, sort in ((FRAMES_BEHIND_MAX, "frame"), (FRAMES_BEHIND_MAX + 1, "snapshot")):
            client = Client(stage.room, "police")
            client.open(Place(stream.epoch, stream.version - behind))
            assert set(client.read()) == {sort}


def test_seats():
    """Control's and observers' seats are bounded, teams' by their pack."""
    table = Table()
    seats = {viewer: info.seats_max for viewer, info in viewers_of(table.rules, table.state).items()}
    assert (seats["control"], seats["desk"], seats["police"]) == (CONTROL_SEATS_MAX, OBSERVER_SEATS_MAX, 8)
    assert "gang" not in seats
