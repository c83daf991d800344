"""Measures with bounds: letters for teams' work, a share of what was due, and words for the persons of the story."""

import msgspec
import pytest

from kerege.engine.pack import Consequence, Measure
from kerege.review.knowing import read_knowing
from kerege.review.lastpage import last_page
from kerege.review.rating import rate, shared_in_time
from kerege.review.texts import say
from tests.review.table import MINUTE, Table, pack_called
from tests.review.test_lastpage import words_of


@pytest.mark.parametrize(
    ("value", "bands", "letter"),
    [
        (10, (10, 20, 40), "P"),
        (11, (10, 20, 40), "S"),
        (20, (10, 20, 40), "S"),
        (40, (10, 20, 40), "M"),
        (41, (10, 20, 40), "U"),
        (95, (95, 80, 60), "P"),
        (94, (95, 80, 60), "S"),
        (60, (95, 80, 60), "M"),
        (59, (95, 80, 60), "U"),
        (0, (0, 1, 2), "P"),
        (None, (10, 20, 40), "U"),
        (None, (), ""),
        (7, (), ""),
    ],
)
def test_a_letter_at_each_bound_and_past_it(value, bands, letter):
    """Rising bounds: less is better; falling: more is; what never came about is U; without bounds there is no letter."""
    assert rate(value, bands) == letter


async def test_what_was_due_and_done_in_time_is_counted():
    """A share in time counts, a late one and a missing one do not; what nobody held was not due."""
    async with await Table.of(pack_called("silver-reed")) as table:
        await table.start()
        await table.until(10 * MINUTE)
        before = shared_in_time(read_knowing(await table.log()))
        await table.share("patrol", "salon.call", "investigators")
        after = shared_in_time(read_knowing(await table.log()))
        await table.until(20 * MINUTE)
        at_last = shared_in_time(read_knowing(await table.log()))
    assert before[0] <= after[0]
    assert after[1] >= before[1]
    assert at_last[0] <= at_last[1]
    assert at_last[0] >= 1


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_letters_times_and_words_stand_on_the_page(language):
    """A time reads as hours and minutes with its letter; a consequence stands with its person where it holds."""
    pack = pack_called("silver-reed")
    measures = (
        Measure("told_by_aida", "learnt_at(social, salon.call)", (600, 1200, 2400), seconds=True),
        Measure("told_by_nilu", "nilu.times_told", (2, 3, 4)),
    )
    consequences = (Consequence("one", "aida", "aida.trust > 0"), Consequence("two", "aida", "aida.injured"))
    texts_ = {
        each: {**found, "consequence-one": "Consequenceone.", "consequence-two": "Consequencetwo."}
        for each, found in pack.texts.items()
    }
    changed = msgspec.structs.replace(pack, measures=measures, consequences=consequences, texts=texts_)
    async with await Table.of(changed) as table:
        await table.start()
        await table.finish()
        said = words_of(last_page(read_knowing(await table.log()), language).html)
    assert "0:00 · P" in said
    assert "0 · P" in said
    assert "Consequenceone." in said
    assert "Consequencetwo." not in said
    for key in ("rated", "consequences-title", "shared-in-time"):
        assert say(key, language) in said
