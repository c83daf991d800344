from __future__ import annotations

import pytest

from kerege.journal.chain import verify
from kerege.journal.receipt import TOKEN_LENGTH, mark, open_token, seal_token
from tests.journal.logs import log, rebuilt, resealed, with_header

KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
ENTRIES = log(4)
ENTRY = ENTRIES[2]


def test_a_token_opens_to_what_was_sealed():
    """The server gets back exercise, command, epoch, entry and hash."""
    receipt = open_token(KEY, seal_token(KEY, "silver-reed", ENTRY))
    assert receipt is not None
    assert (receipt.epoch, receipt.n, receipt.hash) == (1, 2, ENTRY.hash)
    assert receipt.exercise == mark("silver-reed")
    assert receipt.command == mark("seat-a", "command-2")
    assert verify(ENTRIES, anchor=receipt.head).holds
    assert not verify(ENTRIES[:2], anchor=receipt.head).holds
    assert not verify(rebuilt(ENTRIES, 1, body=b"forged"), anchor=receipt.head).holds


def test_the_same_answer_has_the_same_token():
    """A resent command gets its first receipt byte for byte."""
    assert seal_token(KEY, "silver-reed", ENTRY) == seal_token(KEY, "silver-reed", ENTRY)


@pytest.mark.parametrize(
    ("exercise", "entry"),
    [
        ("x", with_header(ENTRY, n=0)),
        ("an exercise with a long name" * 9, with_header(ENTRY, n=2**63 - 1, epoch=2**40)),
        ("учение", resealed(ENTRY, seat="места", command_id="c" * 64)),
    ],
)
def test_all_tokens_have_one_length_and_alphabet(exercise, entry):
    """Nothing shows in the length, and a token fits into a URL."""
    token = seal_token(KEY, exercise, entry)
    assert len(token) == TOKEN_LENGTH
    assert set(token) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


def test_neighbours_look_unlike():
    """Tokens of consecutive entries, and of one command kept at two places, share no more than chance."""
    tokens = [seal_token(KEY, "silver-reed", with_header(ENTRY, n=n)) for n in range(64)]
    assert len(set(tokens)) == 64
    for first in tokens[:8]:
        for second in tokens[8:]:
            assert sum(a == b for a, b in zip(first, second, strict=True)) < 16  # 2.2 by chance


def test_another_key_opens_nothing():
    """A token of another server, or of this one under another key, is garbage."""
    assert open_token(OTHER_KEY, seal_token(KEY, "silver-reed", ENTRY)) is None


def test_a_changed_token_opens_to_nothing():
    """Every changed character, every cut and every addition is noticed."""
    token = seal_token(KEY, "silver-reed", ENTRY)
    for at in range(TOKEN_LENGTH):
        for other in "A_x+/= \n":
            if token[at] != other:
                assert open_token(KEY, token[:at] + other + token[at + 1 :]) is None
        assert open_token(KEY, token[:at]) is None
    for more in ("A", "=", "\n", "AAAA", token):
        assert open_token(KEY, token + more) is None
        assert open_token(KEY, more + token) is None


@pytest.mark.parametrize("text", ["", "A" * TOKEN_LENGTH, "=" * TOKEN_LENGTH, "я" * TOKEN_LENGTH, "\0", "A" * 100_000])
def test_garbage_opens_to_nothing(text):
    """Any text is answered, none raises."""
    assert open_token(KEY, text) is None


def test_a_short_key_is_our_mistake():
    """A key that could be guessed is refused."""
    with pytest.raises(AssertionError):
        seal_token(b"short", "silver-reed", ENTRY)
