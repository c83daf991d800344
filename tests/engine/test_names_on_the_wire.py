"""Handles and codes: opaque, the same for everyone, turned back without a table, shifted by nobody's secrets."""

from __future__ import annotations

import pytest

from kerege.engine.faces import DOCUMENTS_MAX, document_id, document_parts
from kerege.engine.handles import ALPHABET, LONG_SIDE, SHORT_SIDE, Handles, code
from kerege.engine.rules import Codes, Rules
from tests.kit import Table
from tests.town import KEY, TOWN


def test_handles_are_a_permutation_and_turn_back():
    """Over the whole of what a small world can number, no two are the same, each leads back."""
    handles = Handles(KEY, 3000)
    spelt = [handles.of(number) for number in range(3000)]
    assert len(set(spelt)) == 3000
    assert all(len(handle) == 4 and set(handle) <= set(ALPHABET) for handle in spelt)
    assert [handles.number(handle) for handle in spelt] == list(range(3000))


@pytest.mark.parametrize(("numbers", "length"), [(SHORT_SIDE**2, 4), (SHORT_SIDE**2 + 1, 6), (LONG_SIDE**2, 6)])
def test_handles_grow_with_the_world(numbers, length):
    """Four signs at the bound, six past it; the last number is a number too."""
    handles = Handles(KEY, numbers)
    assert len(handles.of(numbers - 1)) == length
    assert handles.number(handles.of(numbers - 1)) == numbers - 1


def test_a_world_with_more_faces_than_handles_is_our_fault():
    """Past the bound of six signs."""
    with pytest.raises(AssertionError):
        Handles(KEY, LONG_SIDE**2 + 1)


@pytest.mark.parametrize("handle", ["", "AAA", "AAAAA", "AAA0", "aaaa", "ÄAAA", "AAAAAA"])
def test_what_is_not_spelt_like_a_handle(handle):
    """Wrong length or signs: nothing."""
    assert Handles(KEY, 3000).number(handle) is None


def test_another_key_gives_other_handles_and_codes():
    """Nothing is carried from one exercise to another."""
    mine, other = Rules(TOWN, KEY), Rules(TOWN, bytes(reversed(KEY)))
    faces = [face for thing in TOWN.things for face in mine.faces_of(thing.id)]
    assert [mine.handle(face) for face in faces] != [other.handle(face) for face in faces]
    assert not set(mine.action_codes.id) & set(other.action_codes.id)


def _filers(rules: Rules) -> list[str]:
    """Whoever may ever file; a mentor's or an evaluator's seat leaves all handles as they were without it."""
    return [viewer.id for viewer in rules.viewers.values() if viewer.sort not in {"mentor", "evaluator"}]


def test_every_face_has_a_handle_and_every_handle_of_the_world_its_face():
    """Things of the pack, and every document that may ever be filed."""
    rules = Rules(TOWN, KEY)
    faces = [face for thing in TOWN.things for face in rules.faces_of(thing.id)]
    faces += [f"memo:{viewer}~{n}/self" for viewer in _filers(rules) for n in (1, 2, DOCUMENTS_MAX)]
    assert [rules.face(rules.handle(face)) for face in faces] == faces


def test_a_documents_handle_is_shifted_by_nobody():
    """Who files what before, and how often, is not in it."""
    alone, crowded = Table(), Table()
    for _ in range(5):
        crowded.do("help", crowded.file("memo", about="ann"))
    for table in (alone, crowded):
        table.do("police", table.file("memo", about="bob"))
    assert set(alone.views["police"]) == set(crowded.views["police"])
    assert ("faces", alone.face("memo:police~1/self")) in alone.views["police"]


def test_codes_of_one_sort_differ_and_of_two_sorts_too():
    """The same id as a viewer and as an action has two codes; eight small signs each."""
    assert code(KEY, "viewer", "police") != code(KEY, "action", "police")
    assert len(code(KEY, "viewer", "police")) == 8
    codes = Codes(KEY, "viewer", ("police", "help"))
    assert [codes.id[codes.of[name]] for name in ("police", "help")] == ["police", "help"]


def test_a_key_that_makes_two_codes_the_same_is_refused(monkeypatch):
    """It would let a client ask for one thing and get another."""
    monkeypatch.setattr("kerege.engine.rules.code", lambda *_: "aaaaaaaa")
    with pytest.raises(AssertionError, match="take another key"):
        Codes(KEY, "viewer", ("police", "help"))


def test_document_ids():
    """Form, filer and number; anything else is no document."""
    assert document_parts(document_id("memo", "police", 7)) == ("memo", "police", 7)
    for thing in ("memo", "memo:police", "police~3", ""):
        assert document_parts(thing) is None
