"""What looks like a real person's number is noticed, in words and in packs; what the exercise makes up is not."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from kerege.scenario.personal import KINDS, TEXT_CHARS_MAX, personal_in
from tests.laws.size import TIMES

CASES = json.loads(Path(__file__).with_name("personal.json").read_text(encoding="utf-8"))
ROW = "What looks like a real number, phone, document, account, mail or plate is noticed; fictive ones are not"


@pytest.mark.proof("G17", ROW)
def test_each_country_is_known_and_fiction_is_left(proof):
    """Real forms with their check digits; SIM-, wrong check digits, sums, times and case numbers."""
    for kind, text in CASES["real"]:
        assert personal_in(text) == [kind], text
    for text in CASES["fine"]:
        assert personal_in(text) == [], text
    assert {kind for kind, _ in CASES["real"]} == set(KINDS)
    proof.tried(len(CASES["real"]) + len(CASES["fine"]))


@pytest.mark.proof("G17", ROW)
def test_few_numbers_are_taken_for_a_persons(proof):
    """Random case numbers: check digits keep the false ones few (below one in twelve of twelve digits, none below)."""
    random, tries = Random(5), 2000 * TIMES
    assert not any(personal_in(f"case {random.randrange(10**9)}") for _ in range(tries))
    assert sum(bool(personal_in(f"{random.randrange(10**11, 10**12)}")) for _ in range(tries)) < tries / 12
    assert sum(bool(personal_in(f"{random.randrange(10**15, 10**16)}")) for _ in range(tries)) < tries / 8
    proof.tried(3 * tries, seed=5)


@pytest.mark.proof("G17", ROW, mutant=True)
@pytest.mark.parametrize("mutant", ["no fiction", "no check digits", "nothing"])
def test_a_detector_that_is_wrong_is_noticed(monkeypatch, mutant):
    """One that takes the exercise's own for real, one that checks nothing, one that sees nothing."""
    from kerege.scenario import personal

    patterns = {
        "no fiction": personal.PATTERNS,
        "no check digits": tuple((kind, pattern, lambda _: True) for kind, pattern, _ in personal.PATTERNS),
        "nothing": (),
    }
    monkeypatch.setattr(personal, "PATTERNS", patterns[mutant])
    if mutant == "no fiction":
        monkeypatch.setattr(personal, "FICTIVE", "no such mark")
    wrong = [text for kind, text in CASES["real"] if personal_in(text) != [kind]]
    assert wrong or [text for text in CASES["fine"] if personal_in(text)]


def test_a_long_text_has_a_bound():
    """Looked through up to it, and not past it; no text takes long."""
    phone = "+996555123456"
    assert personal_in(" " * (TEXT_CHARS_MAX - len(phone)) + phone) == ["phone"]
    assert personal_in(" " * TEXT_CHARS_MAX + phone) == []
    for hostile in (
        "1 " * TEXT_CHARS_MAX,
        "a." * TEXT_CHARS_MAX + "@",
        "AB12" * TEXT_CHARS_MAX,
        "+996" + "-(" * TEXT_CHARS_MAX,
    ):
        assert isinstance(personal_in(hostile), list)


@pytest.mark.parametrize("pack", ["first-steps", "silver-reed", "silver-reed-cut"])
def test_no_pack_of_ours_holds_one(pack):
    """All texts of all languages, as they are played."""
    from kerege.scenario import load_pack

    texts = load_pack(Path(__file__).parents[2] / "scenarios" / pack).texts
    found = {key: personal_in(text) for bundle in texts.values() for key, text in bundle.items() if personal_in(text)}
    assert found == {}
