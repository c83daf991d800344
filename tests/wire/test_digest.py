"""The digest of a view: the same from scratch and from any row of changes; another for any other view."""

import zlib
from random import Random

import msgspec
import pytest

from kerege.wire.digest import DIGEST_END, Digest
from kerege.wire.items import Contact, Offer

NAMES = ["", "a", "Раиса", "ӨҮҢ \u2028 \U0001f512", 'quo"te\\ \t\n\x1f\x7f']


def item(random):
    if random.random() < 0.5:
        return Contact(random.choice(NAMES), "team", stand_in=random.random() < 0.5)
    return Offer(
        random.choice(NAMES), "", "acts", live=False, takes_s=random.randrange(99), asks=[], open=True, why_not=""
    )


@pytest.mark.parametrize("seed", range(20))
def test_it_goes_on_from_change_to_change(seed):
    """Old view + changes has the digest of the fresh view; whatever is dropped or put twice."""
    random = Random(seed)
    held: dict = {}
    digest = Digest(held)
    for _ in range(200):
        collection, key = random.choice(["contacts", "offers"]), f"k{random.randrange(12)}"
        if random.random() < 0.3:
            digest.drop(collection, key)
            held.get(collection, {}).pop(key, None)
        else:
            put = item(random)
            digest.put(collection, key, put)
            held.setdefault(collection, {})[key] = put
        assert digest.number == Digest(held).number < DIGEST_END


def test_it_is_what_it_says():
    """Written down for whoever builds another client; plain values and typed items are the same."""
    contact = Contact("Ann", "team", stand_in=False)
    plain = msgspec.to_builtins(contact)
    text = b"contacts\0k1\0" + msgspec.json.encode(plain, order="sorted")
    assert (
        Digest({"contacts": {"k1": contact}}).number == Digest({"contacts": {"k1": plain}}).number == zlib.crc32(text)
    )


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"a": {"k": 2}},
        {"a": {"l": 1}},
        {"b": {"k": 1}},
        {"a": {"k": 1, "l": 1}},
        {"a": {"k": "1"}},
        {"a": {"k": [1]}},
    ],
)
def test_another_view_has_another(other):
    """A missing, a changed, a moved or a further item shows."""
    assert Digest({"a": {"k": 1}}).number != Digest(other).number
