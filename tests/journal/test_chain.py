from __future__ import annotations

from itertools import pairwise

import msgspec
import pytest

from kerege.journal.chain import Fault, Head, verify
from kerege.journal.entry import Word, chain_hash, commitment
from tests.journal.logs import ZEROS, log, rebuilt, resealed, with_header

COUNT = 7
replace = msgspec.structs.replace


def flipped(data: bytes, at: int = 0) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def in_word(entry, **parts):
    first, *others = entry.words
    return replace(entry, words=(replace(first, **parts), *others))


CHANGES = {
    "body": (lambda e: replace(e, body=flipped(e.body)), "hash"),
    "body, longer": (lambda e: replace(e, body=e.body + b"\0"), "hash"),
    "salt": (lambda e: replace(e, salt=flipped(e.salt)), "hash"),
    "salt, shorter": (lambda e: replace(e, salt=e.salt[:-1]), "size"),
    "hash": (lambda e: replace(e, hash=flipped(e.hash, 31)), "hash"),
    "hash, shorter": (lambda e: replace(e, hash=e.hash[:-1]), "size"),
    "previous": (lambda e: replace(e, previous=flipped(e.previous)), "previous"),
    "seat": (lambda e: replace(e, seat=e.seat + "x"), "hash"),
    "seat, no text": (lambda e: replace(e, seat="\ud800"), "hash"),
    "command id": (lambda e: replace(e, command_id="another"), "hash"),
    "at_ms": (lambda e: with_header(e, at_ms=e.header.at_ms + 1), "hash"),
    "at_ms, huge": (lambda e: with_header(e, at_ms=2**63), "size"),
    "epoch, later": (lambda e: with_header(e, epoch=e.header.epoch + 1), "hash"),
    "epoch, back": (lambda e: with_header(e, epoch=e.header.epoch - 1), {"epoch", "hash"}),
    "version": (lambda e: with_header(e, version=2), "version"),
    "kind": (lambda e: with_header(e, kind="step" if e.header.kind == "genesis" else "genesis"), "genesis"),
    "kind, unknown": (lambda e: with_header(e, kind="other"), "genesis"),
    "word, other text": (lambda e: in_word(e, text="не сказано"), "word"),
    "word, no text": (lambda e: in_word(e, text="\ud800"), "word"),
    "word, other salt": (lambda e: in_word(e, salt=flipped(e.words[0].salt)), "word"),
    "word, half erased": (lambda e: in_word(e, text=None), "word"),
    "word, half erased too": (lambda e: in_word(e, salt=None), "word"),
    "word, other commitment": (lambda e: in_word(e, commitment=flipped(e.words[0].commitment)), "word"),
    "word, erased and other commitment": (
        lambda e: in_word(e, text=None, salt=None, commitment=flipped(e.words[0].commitment)),
        "hash",
    ),
    "word, other id": (lambda e: in_word(e, id="w9"), "hash"),
    "word, gone": (lambda e: replace(e, words=e.words[1:]), "hash"),
    "word, twice": (lambda e: replace(e, words=(*e.words, e.words[0])), "hash"),
    "words, swapped": (lambda e: replace(e, words=e.words[::-1]), "hash"),
}


@pytest.fixture
def entries():
    return log(COUNT, words=2, epoch=3)


def test_a_good_log_holds(entries):
    """Every beginning of a good log holds, and its head is its last entry."""
    for count in range(COUNT + 1):
        verdict = verify(entries[:count])
        assert verdict.holds
        assert verdict.count == count
        assert verdict.head == (Head(count - 1, entries[count - 1].hash) if count else None)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("at", range(COUNT))
def test_a_changed_entry_is_named(entries, change, at):
    """Whatever part of whichever entry is changed, that entry is named and those before it hold."""
    how, reasons = CHANGES[change]
    entries[at] = how(entries[at])
    verdict = verify(entries)
    assert verdict.fault is not None
    assert verdict.fault.entry == at
    assert verdict.fault.reason in ({reasons} if isinstance(reasons, str) else reasons)
    assert str(at) in verdict.fault.text
    assert verdict.count == at


@pytest.mark.parametrize("at", range(COUNT - 1))
def test_a_dropped_entry_is_named(entries, at):
    """A missing entry is named by its own number, not by its successor's."""
    del entries[at]
    assert verify(entries).fault == Fault(at, "hole", f"entry {at} is missing: entry {at + 1} comes instead")


@pytest.mark.parametrize("at", range(COUNT - 1))
def test_swapped_entries_are_named(entries, at):
    """Two entries in each other's place: the first place that does not hold is named."""
    entries[at], entries[at + 1] = entries[at + 1], entries[at]
    verdict = verify(entries)
    assert verdict.fault is not None
    assert (verdict.fault.entry, verdict.fault.reason) == (at, "hole")


@pytest.mark.parametrize("at", range(COUNT - 1))
def test_swapped_contents_are_named(entries, at):
    """Two entries that exchange all but their numbers."""
    first, second = entries[at], entries[at + 1]
    entries[at] = replace(second, header=replace(second.header, n=at))
    entries[at + 1] = replace(first, header=replace(first.header, n=at + 1))
    verdict = verify(entries)
    assert verdict.fault is not None
    assert verdict.fault.entry == at


@pytest.mark.parametrize("at", range(COUNT))
def test_a_doubled_entry_is_named(entries, at):
    """An entry that stands twice."""
    entries.insert(at, entries[at])
    verdict = verify(entries)
    assert verdict.fault is not None
    assert (verdict.fault.entry, verdict.fault.reason) == (at, "order")


@pytest.mark.parametrize("count", range(COUNT))
def test_a_cut_end_shows_only_against_a_head_kept_outside(entries, count):
    """A shortened log is a good log; the head from outside names the first entry that is gone."""
    head = verify(entries).head
    assert verify(entries[:count]).holds
    verdict = verify(entries[:count], anchor=head)
    assert verdict.fault is not None
    assert (verdict.fault.entry, verdict.fault.reason) == (count, "head")
    assert verdict.count == count


@pytest.mark.parametrize("at", range(COUNT))
def test_a_rebuilt_end_shows_only_against_a_head_kept_outside(entries, at):
    """Who can rebuild the chain makes a good one; an entry kept outside at or after the change betrays it."""
    forged = rebuilt(entries, at, body=b"forged")
    assert verify(forged).holds
    for kept in range(COUNT):
        verdict = verify(forged, anchor=Head(kept, entries[kept].hash))
        if kept < at:
            assert verdict.holds
        else:
            assert verdict.fault is not None
            assert (verdict.fault.entry, verdict.fault.reason) == (kept, "head")


@pytest.mark.parametrize("at", range(1, COUNT))
def test_an_epoch_that_goes_back_is_named(entries, at):
    """A chain rebuilt with an older owner's epoch in it."""
    forged = rebuilt(entries, at, header=replace(entries[at].header, epoch=2))
    verdict = verify(forged)
    assert verdict.fault is not None
    assert (verdict.fault.entry, verdict.fault.reason) == (at, "epoch")


def test_an_epoch_may_go_up(entries):
    """A new owner is no fault."""
    assert verify([*entries, *log(2, after=entries[-1], epoch=9)]).holds


def test_a_genesis_follows_nothing(entries):
    """Entry 0 is bound to zeros."""
    assert verify([resealed(entries[0], previous=b"\1" * 32)]).fault.reason == "previous"
    assert entries[0].previous == ZEROS


def test_the_wall_clock_is_a_label(entries):
    """A changed wall time changes no hash."""
    entries[2] = replace(entries[2], wall_ms=0)
    assert verify(entries).holds


@pytest.mark.parametrize("at", range(COUNT))
def test_erased_words_hold(entries, at):
    """Words without text and salt are no fault: the commitment stands for them."""
    head = verify(entries).head
    entries[at] = replace(
        entries[at], words=tuple(Word(word.id, word.commitment, None, None) for word in entries[at].words)
    )
    assert verify(entries, anchor=head).holds


def test_a_commitment_says_nothing_without_its_salt():
    """The same text under two salts has two commitments, and neither is a plain hash of it."""
    assert commitment(b"a" * 32, b"text") != commitment(b"b" * 32, b"text")


def test_parts_do_not_run_together(entries):
    """Moving a letter between neighbouring parts changes the hash."""
    e = entries[1]
    hashes = {
        chain_hash(e.previous, e.header, commitment(e.salt, e.body), e.words, seat, command_id)
        for seat, command_id in [("ab", "c"), ("a", "bc"), ("abc", ""), ("", "abc")]
    }
    assert len(hashes) == 4


def test_entries_are_bound_in_pairs(entries):
    """Each entry carries the hash before it."""
    assert all(second.previous == first.hash for first, second in pairwise(entries))
