"""What people type: nothing unseen and no towers come in, what is visible stays; where it is quoted it turns nothing around it."""

import unicodedata

import pytest

from kerege.engine.commands import bodies as b
from kerege.wire.typed import COMBINING_MARKS_MAX, END, ISOLATE, clean_words, cleaned, isolated


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Мы у дверей.\nДвое внутри.", "Мы у дверей.\nДвое внутри."),
        ("one\r\ntwo\rthree\u2028four\x85five", "one\ntwo\nthree\nfour\nfive"),
        ("evil\u202egnp.exe\u202c \u2066a\u2069\u200e\u200f\u061c", "evilgnp.exe a"),
        ("Ka\u200bna\u2060re\ufeffi\u00adkina\x00\x07\x1b[31m", "Kanareikina[31m"),
        ("tag\U000e0041\U000e007f", "tag"),
        ("mine\ue000", "mine"),
        ("tower" + "\u0301" * 60, "tower" + "\u0301" * COMBINING_MARKS_MAX),
        ("й = \u0438\u0306", "й = \u0438\u0306"),
        ("\u200d\u200c", ""),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🚒 ✅ \U0001fae9", "👩\u200d🚒 ✅ \U0001fae9"),
        ("<script>{ $x } {{7*7}} =1+1\t@x", "<script>{ $x } {{7*7}} =1+1\t@x"),
    ],
)
def test_what_nobody_sees_does_not_come_in(typed, kept):
    """What is visible stays in any script, markup and formulas too: they are words. Cleaning twice changes nothing more."""
    assert clean_words(typed) == kept == clean_words(kept)


def test_no_character_of_direction_is_let_through():
    """Each character that Unicode gives the work of embedding, overriding or isolating."""
    works = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    turning = [chr(n) for n in range(0x11_0000) if unicodedata.bidirectional(chr(n)) in works]
    assert len(turning) == len(works)
    assert clean_words("".join(turning)) == ""


def test_a_command_is_cleaned_however_deep():
    """Texts, answers and lists in it; codes as keys stay, and a command without anything to clean is the same."""
    dirty = b.File("f1", {"a1": "x\u202ey", "a2": 7, "a3": ("t\u200b1",)})
    assert cleaned(dirty) == b.File("f1", {"a1": "xy", "a2": 7, "a3": ("t1",)})
    assert cleaned(b.Write(None, "w\x00", "t\u2066", {"en": "e\u202d"})) == b.Write(None, "w", "t", {"en": "e"})
    same = b.Steer("i1", "hold", "ждём")
    assert cleaned(same) is same


def test_what_runs_the_other_way_is_isolated():
    """Each line of it, for an isolate ends with its line; words that run like ours stay byte for byte."""
    for plain in ("", "plain", "по-русски, 12:30", "кыргызча\nекі"):
        assert isolated(plain) is plain
    assert isolated("שלום 1") == f"{ISOLATE}שלום 1{END}"
    assert isolated("دو\n\nxyz") == f"{ISOLATE}دو{END}\n\n{ISOLATE}xyz{END}"
    assert clean_words(isolated("שלום")) == "שלום"
