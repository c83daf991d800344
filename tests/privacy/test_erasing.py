"""A person can be erased: no byte is left anywhere, the chain still verifies, and each half-way erasing is noticed."""

from __future__ import annotations

import asyncio
import io
import sqlite3
from random import Random

import pytest
from typer.testing import CliRunner

from kerege.cli import app as command_line
from kerege.engine.commands import bodies as b
from kerege.engine.pack import Fact
from kerege.gateway.seats import Seats
from kerege.journal.entry import Header, seal, word
from kerege.journal.export import erase_in_file, read_file, verify_file
from kerege.journal.sqlite import SqliteJournal
from kerege.journal.sqlite_file import SqliteFile, _checkpoint
from kerege.logs import set_up_logs
from kerege.room.erasing import HOLDING_CHARS_MIN, typed_words
from kerege.room.exercise import Exercise
from kerege.wire.messages import Place
from tests.laws.size import seeds
from tests.privacy.people import EXERCISE, NAME, holding, page_of, town
from tests.room.everything import SECRET, say_everything
from tests.town import town as pack_of_town

ROW = "A person erased, by control or by the command line: no byte in files, logs, exports, screens, pages"
PAGES_ROW = "Erased words are in no page of the file, whatever was split and moved before"
WORD = b"CANARY"
HELD = Fact("who", (("ann", "name", None),))
"""The part that control splits off holds it: what the part is called stands on the last page."""
ROADS = ("/last-page", "/notes", "/known?note=1", "/known?note=2", "/api/control/lobby", "/api/me", "/api/room", "/")
"""Every answer that is not the stream: tests/rights/test_routes.py knows the list of all routes."""
PERSON = "Улан Сынамаков"


@pytest.fixture
def logged(monkeypatch):
    """What the process logs, as the server sets it."""
    import logging

    said = io.StringIO()
    before = (logging.root.handlers[:], logging.root.level)
    set_up_logs(as_json=True, level="debug")
    monkeypatch.setattr(logging.root.handlers[0], "stream", said)
    yield said
    logging.root.handlers[:], _ = before
    logging.root.setLevel(before[1])


async def erased_by_control(there, page) -> None:
    """Every seat, by control's button; control's own last."""
    for viewer, seat in sorted(there.seats.items(), key=lambda pair: pair[0] == "control"):
        answer = await page.post(f"/api/control/seats/{seat}/erase", json={})
        assert answer.status_code == 200, (viewer, answer.text)


async def page_answers(there, viewers) -> list[tuple[str, str]]:
    """(viewer and path, body) of every page, print and download that a seat can ask for, in two languages."""
    found = []
    for viewer in viewers:
        async with page_of(there, viewer) as page:
            for path in ROADS:
                for language in ("en", "ru"):
                    answer = await page.get(path, headers={"accept-language": language})
                    found.append((f"{viewer} {path}", f"{answer.headers}{answer.text}"))
    return found


async def left_on_pages(folder) -> tuple[int, list[str]]:
    """Play with canaries to ENDEX, erase all but control; how many answers were read then, and which hold one still."""
    async with town(folder, pack_of_town(parts_max=2, facts=(HELD,))) as there:
        await say_everything(there)
        await there.accept("control", b.Resume())
        await there.accept("control", b.Split(there.viewer("police"), SECRET))
        there.sit("desk")
        for _ in range(2):
            await there.accept("evaluators", b.Observe((there.viewer("police"),), text=SECRET))
        await there.accept("control", b.Finish())
        author = there.seats["control"]
        there.sit("control", "Somebody else")  # who erases stays
        before = await page_answers(there, there.seats)
        read = {where for where, body in before if SECRET in body or NAME in body}
        assert {"control /notes", "control /last-page", "police /last-page", "control /api/control/lobby"} <= read, read
        async with page_of(there, "control") as page:
            for seat in sorted(there.seats_ever, key=author.__eq__):  # who named the part goes last
                await page.get("/last-page")  # somebody reads it all the time
                if seat != there.seats["control"]:
                    assert (await page.post(f"/api/control/seats/{seat}/erase", json={})).status_code == 200
        for viewer in list(there.seats):
            if viewer != "control":
                there.sit(viewer, "Somebody new")
        after = await page_answers(there, there.seats)
    return len(after), sorted({where for where, body in after if SECRET in body or NAME in body})


async def left_after(tmp_path, logged, act=erased_by_control) -> list[str]:
    """Play with canaries, erase, and name every place that still holds one."""
    data, kept = tmp_path / "data", tmp_path / "kept"
    kept.mkdir()
    async with town(data) as there:
        await say_everything(there)
        await there.room.export_to(kept / "before.kerege")
        assert SECRET.encode() in there.screens() and "before.kerege" in holding(kept)
        async with page_of(there, "control") as page:
            assert NAME in (await page.get("/api/control/lobby")).text
            head = there.room.story.head
            await act(there, page)
            assert there.room.story.holds(*head)
        left = ["a screen"] if SECRET.encode() in there.screens() else []
        left += [f"while it runs: {name}" for name in holding(data)]
        await there.room.export_to(kept / "after.kerege")
        assert verify_file(kept / "after.kerege").fault is None
        before = kept / "before.kerege"
        erase_in_file(before, typed_words(read_file(before), all_words=True))
        assert verify_file(kept / "after.kerege", verify_file(before).head).fault is None
    left += holding(data, kept)
    async with town(data, None) as again:  # the log is read, verified, and played again
        if SECRET.encode() in again.screens():
            left.append("a screen after a restart")
        there_again = again.parts.desk.seats.people()
        left += ["a name"] if any(NAME in seat.name for seat in there_again) else []
    left += ["the log"] if SECRET in logged.getvalue() or NAME in logged.getvalue() else []
    return left


@pytest.mark.proof("G17", ROW)
async def test_no_byte_of_a_person_is_left(tmp_path, logged, proof):
    """Every command that takes words, every seat with a name: erased by control while the exercise goes on."""
    assert await left_after(tmp_path, logged) == []
    assert "a person was erased" in logged.getvalue()
    words = sum(len(entry.words) for entry in read_file(tmp_path / "kept" / "after.kerege"))
    proof.tried(words, faults=1)


@pytest.mark.proof("G17", ROW)
async def test_no_page_after_endex_holds_a_person(tmp_path, proof):
    """Debrief pages, notes, what was known then, the lobby: to every seat, after they were read and may be kept made."""
    read, left = await left_on_pages(tmp_path)
    assert left == []
    proof.tried(read, faults=1)


@pytest.mark.proof("G17", ROW, mutant=True)
@pytest.mark.parametrize("mutant", ["words kept in memory", "names kept", "pages kept"])
async def test_a_page_that_still_holds_a_person_is_noticed(tmp_path, monkeypatch, mutant):
    """What the pages are made from is not emptied."""
    if mutant == "words kept in memory":
        monkeypatch.setattr(Exercise, "forget_words", lambda *_: None)
    elif mutant == "names kept":
        monkeypatch.setattr(Seats, "erase", lambda *_: [])
    else:  # a page that was made before stands for as long as nothing happens
        monkeypatch.setattr(Exercise, "edition", property(lambda self: (*self.head, 0)))
    assert (await left_on_pages(tmp_path))[1] != []


def _without_emptying(self: SqliteFile) -> None:
    """What `forget` must not be: the write-ahead log is left as it is."""


@pytest.mark.proof("G17", ROW, mutant=True)
@pytest.mark.parametrize("mutant", ["log not emptied", "names not overwritten", "words kept in memory", "names kept"])
async def test_each_half_way_erasing_is_noticed(tmp_path, logged, monkeypatch, mutant):
    """Four ways in which it could be done badly."""
    if mutant == "log not emptied":
        monkeypatch.setattr(SqliteFile, "forget", _without_emptying)
    elif mutant == "names not overwritten":
        monkeypatch.setattr(Seats, "_forget", lambda _: None)
    elif mutant == "words kept in memory":
        monkeypatch.setattr(Exercise, "forget_words", lambda *_: None)
    else:
        monkeypatch.setattr(Seats, "erase", lambda *_: [])
    assert await left_after(tmp_path, logged) != []


async def many_words(path, seed: int) -> list[str]:
    """A journal with words of many lengths, split and moved over many pages; the ids of all."""
    random = Random(seed)
    journal = await SqliteJournal.create(path, checkpoint_entries=64)
    previous, ids = bytes(32), []
    for n in range(600):
        words = tuple(
            word(f"w{n}.{k}", f"{WORD.decode()}-{n} " * random.randint(1, random.choice([3, 20, 200])), bytes(32))
            for k in range(random.choice([0, 1, 1, 2, 3]))
        )
        ids += [each.id for each in words]
        header = Header(n, 1, n, "genesis" if n == 0 else "step")
        entry = seal(header, random.randbytes(random.randint(50, 3000)), bytes(32), words, previous, 0)
        previous = entry.hash
        await journal.append([entry])
    await journal.erase(ids)
    await journal.close()
    return ids


@pytest.mark.proof("G17", PAGES_ROW)
@pytest.mark.parametrize("seed", seeds(2))
async def test_no_page_keeps_a_copy(tmp_path, proof, seed):
    """A page that was split leaves a copy of what moved away in its gap: the file is written anew."""
    ids = await many_words(tmp_path / "log.sqlite3", seed)
    found = [file.name for file in tmp_path.iterdir() if WORD in file.read_bytes()]
    assert found == [], f"seed {seed}"
    await (await SqliteJournal.open(tmp_path / "log.sqlite3")).close()
    proof.tried(len(ids), faults=1, seed=seed)


@pytest.mark.proof("G17", PAGES_ROW, mutant=True)
async def test_erasing_without_writing_the_file_anew_is_noticed(tmp_path, monkeypatch):
    """SQLite's own overwriting misses copies: some seed shows it."""
    monkeypatch.setattr(SqliteFile, "forget", lambda self: _checkpoint(self._connection, "TRUNCATE"))
    for seed in range(40):
        path = tmp_path / f"{seed}.sqlite3"
        await many_words(path, seed)
        if WORD in path.read_bytes():
            return
    pytest.fail("40 seeds and no copy was left: this proof sees nothing")


async def test_a_phone_that_comes_back_is_filled_anew(tmp_path):
    """What it holds from before an erasure is replaced, now and after a restart; one that is here is told at once."""
    async with town(tmp_path) as there:
        await say_everything(there)
        stream = there.room.story.stream_of["help"]
        place = Place(stream.epoch, stream.version)
        woken = []
        here = there.room.reader("help", "en", "msgpack", lambda: woken.append(1))
        assert here.open(stream.code, place) and here.payloads() == []
        await there.room.erase_typed(all_words=True)
        [fresh] = here.payloads()
        assert SECRET.encode() not in fresh and b"snapshot" in fresh
        epoch = stream.epoch
        assert epoch != place.epoch
    async with town(tmp_path, None) as again:
        reader = again.room.reader("help", "en", "msgpack", lambda: None)
        assert reader.open(stream.code, place)
        assert b"snapshot" in reader.payloads()[0]
        assert again.room.story.stream_of["help"].epoch == epoch


async def kerege(*said):
    """A verb in a thread of its own: it brings its own event loop."""
    return await asyncio.to_thread(CliRunner().invoke, command_line, [str(each) for each in said])


@pytest.mark.proof("G17", ROW)
async def test_the_command_line_erases_a_person(tmp_path, proof):
    """By seat, by what others wrote, by all; the export too. Nobody else loses anything, and the head stays."""
    data = tmp_path / "data"
    async with town(data) as there:
        police = there.sit("police", PERSON)
        help_ = there.sit("help", "Other")
        await there.accept("police", there.say("I am KANAREIKINA", "help"))
        await there.accept("help", there.say("so kanareikina  wrote", "police"))
        await there.accept("help", there.say("the weather", "police"))
        head = await there.room.export_to(tmp_path / "old.kerege")
        in_use = await kerege("erase", EXERCISE, "--data", data, "--seat", police)
        assert in_use.exit_code == 1 and "in use" in in_use.stderr
    listed = (await kerege("erase", EXERCISE, "--data", data)).stdout
    assert f"{police}  police  {PERSON}" in listed and help_ in listed
    assert "1 persons and 1 typed texts" in (await kerege("erase", EXERCISE, "--data", data, "--seat", police)).stdout
    assert "1 typed texts" in (await kerege("erase", EXERCISE, "--data", data, "--holding", "Kanareikina")).stdout
    assert "2 typed texts" in (await kerege("erase", tmp_path / "old.kerege", "--holding", "kanareikina")).stdout
    assert holding(tmp_path, canaries=(PERSON, "KANAREIKINA", "kanareikina")) == []
    new = tmp_path / "new.kerege"
    assert (await kerege("export", EXERCISE, new, "--data", data)).exit_code == 0
    for file in (new, tmp_path / "old.kerege"):
        assert (await kerege("verify", file, "--head", f"{head.n}:{head.hash.hex()}")).exit_code == 0
        assert b"the weather" in file.read_bytes()
    assert help_ in (await kerege("erase", EXERCISE, "--data", data)).stdout
    assert (await kerege("erase", EXERCISE, "--data", data, "--all")).exit_code == 0
    assert (await kerege("erase", EXERCISE, "--data", data)).stdout == ""
    proof.tried(3, faults=3)


def test_a_text_to_look_for_has_a_bound(tmp_path):
    """Two letters stand everywhere."""
    assert typed_words([], holding=["x" * HOLDING_CHARS_MIN]) == []
    for short in ("x" * (HOLDING_CHARS_MIN - 1), "  a  "):
        with pytest.raises(ValueError, match="at least"):
            typed_words([], holding=[short])


async def test_a_store_that_fails_erases_nothing_and_says_so(tmp_path, monkeypatch):
    """Control reads that it is not done; the name stays with the words, to be erased together."""
    async with town(tmp_path) as there:
        seat = there.sit("police")

        def full(*_):
            raise sqlite3.OperationalError("full")

        monkeypatch.setattr(SqliteFile, "erase", full)
        async with page_of(there, "control") as page:
            answer = await page.post(f"/api/control/seats/{seat}/erase", json={})
        assert answer.status_code == 503 and answer.json()["code"] == "not_erased"
        assert there.parts.desk.seats.seat(seat).name == NAME
