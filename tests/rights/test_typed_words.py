"""Every text that a person can type, full of unseen characters: none of them in the log, on a screen or on paper."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from kerege.engine.commands import bodies as b
from kerege.room import room
from kerege.wire.typed import END, ISOLATE
from tests.privacy.people import page_of, town
from tests.room import everything
from tests.town import town as pack_of_town

if TYPE_CHECKING:
    from collections.abc import Iterator

ROW = "direction tricks, unseen characters, towers of marks in every text a person types: none in log, screens, paper"
NASTY = "\u202eZEBRA\u2066\u200b\x00s\u0301\u0301\u0301\u0301\u2028=1+1"
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060\u2066\u2067\ufeff\U000e0000-\U000e007f]|\u0301{3}"
)
PAGES = ("/last-page", "/notes", "/known?note=1")


def shown(there) -> list[str]:
    """Every text of every screen, in two languages."""
    snapshots = [
        msgspec.json.decode(stream.snapshot(language, "json")[0])
        for stream in there.room.story.streams.values()
        for language in ("en", "ru")
    ]
    return list(texts_in(snapshots))


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts_in(each)


async def said_everywhere(tmp_path, monkeypatch, words: str) -> tuple[int, list[str]]:
    """Type it wherever one can type; every text of log, screens and pages that holds its first visible word."""
    monkeypatch.setattr(everything, "SECRET", words)
    async with town(tmp_path, pack_of_town(parts_max=2)) as there:
        await everything.say_everything(there)
        await there.accept("evaluators", b.Observe((there.viewer("police"),), text=words))
        await there.accept("control", b.Split(there.viewer("police"), words, ()))
        log = [word.text for entry in await there.room.read_log() for word in entry.words]
        screens = shown(there)
        await there.accept("control", b.Finish())
        async with page_of(there, "control") as page:
            answers = [await page.get(path, headers={"accept-language": "en"}) for path in PAGES]
        assert [answer.status_code for answer in answers] == [200] * len(PAGES)
    texts = [*log, *screens, *(answer.text for answer in answers)]
    return len(log), [text for text in texts if "ZEBRA" in text]


@pytest.mark.proof("G10", ROW)
async def test_nothing_unseen_comes_in(tmp_path, monkeypatch, proof):
    """What is visible of it stands everywhere."""
    count, texts = await said_everywhere(tmp_path, monkeypatch, NASTY)
    assert len(texts) > 20 and any("=1+1" in text for text in texts)
    assert [found.group() for text in texts for found in UNSEEN.finditer(text)] == []
    proof.tried(count)


@pytest.mark.proof("G10", ROW, mutant=True)
async def test_a_room_that_takes_it_as_it_comes_is_noticed(tmp_path, monkeypatch, proof):
    """Without the cleaning at the door."""
    monkeypatch.setattr(room, "cleaned", lambda command: command)
    count, texts = await said_everywhere(tmp_path, monkeypatch, NASTY)
    assert any(UNSEEN.search(text) for text in texts)
    proof.tried(count, faults=1)


async def test_a_text_of_nothing_seen_is_no_text(tmp_path):
    """It is refused like an empty one, and nobody gets an empty message."""
    async with town(tmp_path) as there:
        for text in ("\u200b\u2060", "\u202e\u2066 \x00", "\u200d"):
            with pytest.raises(AssertionError, match="nothing_to_send"):
                await there.accept("police", there.say(text, "help"))


async def test_who_writes_from_right_to_left_turns_no_line_of_others(tmp_path):
    """On the screens of others and in what evaluators noted it stands isolated; the log holds what was typed."""
    words = "שלום ZEBRA"
    assert {unicodedata.bidirectional(each) for each in words} == {"R", "WS", "L"}
    async with town(tmp_path) as there:
        await there.accept("police", there.say(words, "help"))
        await there.accept("evaluators", b.Observe((there.viewer("police"),), text=words))
        screens = "\n".join(shown(there))
        assert [word.text for entry in await there.room.read_log() for word in entry.words] == [words, words]
        await there.accept("control", b.Finish())
        async with page_of(there, "control") as page:
            notes = (await page.get("/notes")).text
    for text in (screens, notes):
        assert text.count("ZEBRA") == text.count(f"{ISOLATE}{words}{END}") > 0
