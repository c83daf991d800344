"""Law 2: for every viewer, old view + frames == fresh view, for every prefix and every cut, in every language."""

from __future__ import annotations

from random import Random

import msgspec
import pytest

from kerege.room.stream import FRAMES_BEHIND_MAX, Stream
from kerege.wire.digest import Digest
from kerege.wire.messages import Frame, Place
from tests.laws.run import Run, play
from tests.laws.size import seeds
from tests.laws.test_fold import PACKS
from tests.laws.test_puppet import languages_of
from tests.stage import Client, Items, read

CUTS = "old view and frames against a fresh view, at random cuts, byte for byte"


def canonical(items: Items) -> bytes:
    """A view as bytes that do not depend on the order in which it was learnt."""
    full = {collection: keyed for collection, keyed in items.items() if keyed}
    return msgspec.msgpack.encode(full, order="deterministic")


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("seed", seeds(3))
async def test_old_view_and_changes_are_the_fresh_view(name, seed):
    """After every step, what each stream has gathered is what the projector makes of the state."""

    async def look(run: Run, _n: int) -> None:
        story = run.stage.room.story
        for viewer, stream in story.stream_of.items():
            assert stream.view == story.projector.fresh(story.state, viewer), f"seed {seed}, {viewer}"

    await play(PACKS[name](), seed, 150, look)


@pytest.mark.proof("G4", CUTS)
@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("seed", seeds(2))
async def test_snapshot_and_frames_are_the_snapshot(name, seed, proof):
    """From any cut on, a client's old view with the missing frames is the view of one that comes fresh."""
    proof.tried(await cut_and_compare(name, seed), seed=seed)


@pytest.mark.proof("G4", CUTS, mutant=True)
@pytest.mark.parametrize("wrong", ["language", "last_put"])
async def test_frames_that_lack_something_are_noticed(wrong, monkeypatch):
    """Frames of one language for all; or the last item of a frame is left out."""
    sound = Stream._frame

    def faulty(stream: Stream, version: int, language: str) -> Frame:
        if wrong == "language":
            return sound(stream, version, "en")
        frame = sound(stream, version, language)
        return msgspec.structs.replace(frame, put=dict(list(frame.put.items())[:-1]))

    monkeypatch.setattr(Stream, "_frame", faulty)
    with pytest.raises(AssertionError, match="seed 0"):
        await cut_and_compare("first-steps", 0)


async def cut_and_compare(name: str, seed: int) -> int:
    """How many cuts were compared."""
    random = Random(f"cuts:{seed}")
    cuts: list[tuple[str, str, int, bytes]] = []

    async def look(run: Run, _n: int) -> None:
        for viewer, stream in run.stage.room.story.stream_of.items():
            if random.random() < 0.15:
                language = random.choice(languages_of(run.stage.rules.pack))
                cuts.append((viewer, language, stream.version, run.stage.snapshot(viewer, language)))

    run = await play(PACKS[name](), seed, 150, look)
    assert len(cuts) > 100
    for viewer, language, version, snapshot in cuts:
        items: Items = {}
        read(items, snapshot)
        for frame in run.stage.frames(viewer, language, version + 1):
            read(items, frame)
        fresh: Items = {}
        read(fresh, run.stage.snapshot(viewer, language))
        assert canonical(items) == canonical(fresh), f"seed {seed}: {viewer} in {language} from {version}"
    return len(cuts)


@pytest.mark.parametrize("seed", seeds(3))
async def test_a_client_that_comes_and_goes_sees_what_one_that_stayed_sees(seed):
    """Cut links, late reads, resumed places and changed languages all come to the same view."""
    random = Random(f"links:{seed}")
    clients: dict[str, Client] = {}

    async def look(run: Run, n: int) -> None:
        for viewer in run.stage.room.viewers:
            client = clients.get(viewer)
            if client is None or random.random() < 0.05:
                place = None
                if client is not None:
                    client.read()
                    client.reader.detach()
                    place = Place(run.stage.room.story.stream_of[viewer].epoch, client.version)
                clients[viewer] = fresh = Client(run.stage.room, viewer)
                if client is not None:
                    fresh.items, fresh.version = client.items, client.version
                assert fresh.open(place)
            elif random.random() < 0.2:
                client.read()
            elif random.random() < 0.03:
                client.reader.speak("ru")
                client.reader.speak("en")
        if n % 40 == 39:
            for viewer, client in clients.items():
                client.read()
                fresh_items: Items = {}
                read(fresh_items, run.stage.snapshot(viewer))
                assert canonical(client.items) == canonical(fresh_items), f"seed {seed}, {viewer}"
                (told,) = client.reader.digests().values()
                assert (told.version, told.digest) == (client.version, Digest(client.items).number)

    await play(PACKS["first-steps"](), seed, 160, look)


async def test_a_place_far_behind_of_another_epoch_or_ahead_gets_a_snapshot():
    """A client is never given frames that do not follow on what it holds."""
    run = await play(PACKS["town"](), 1, 60)
    stream = run.stage.room.story.stream_of["police"]
    head = stream.version
    for place, sort in (
        (Place(stream.epoch, head - 2), "frame"),
        (Place("other", head), "snapshot"),
        (Place(stream.epoch, head + 1), "snapshot"),
        (Place(stream.epoch, 0), "frame" if head <= FRAMES_BEHIND_MAX else "snapshot"),
        (None, "snapshot"),
    ):
        client = Client(run.stage.room, "police")
        assert client.open(place)
        assert set(client.read()) == {sort}
        assert client.version == head
