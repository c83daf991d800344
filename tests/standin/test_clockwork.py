"""When time alone may make a plan's condition hold: read from the condition, never guessed."""

import pytest

from kerege.engine.conditions import Types, compile_condition
from kerege.standin.clockwork import clockwork
from tests.town import TOWN

TYPES = Types.of(TOWN)
THING = next(thing for thing in TOWN.things if thing.kind == "person")
FACT = f"{THING.id}.location"


def wait(source, age):
    """Seconds that a condition still waits when the fact was learnt so long ago."""
    condition = compile_condition(source, TYPES, "view", {})
    return clockwork(condition).wait_s(lambda thing, field: age if (thing, field) == (THING.id, "location") else None)


@pytest.mark.parametrize(
    ("source", "age", "seconds"),
    [
        (f"age({FACT}) > 900", 300, 601),
        (f"age({FACT}) >= 900", 300, 600),
        (f"age({FACT}) > 900", 900, 1),
        (f"age({FACT}) > 900", None, None),  # not known yet: only a frame can help
        (f"age({FACT}) > 900 and known({FACT})", 901, None),  # late enough: what is missing is something else
        (f"age({FACT}) > 900 and age({FACT}) >= 1000", 300, 700),
        (f"known({FACT})", 300, None),
        (f"age({FACT}) > 900 or known({FACT})", 300, 0),  # not a plain "and later than": look again soon
        (f"age({FACT}) < 900", 901, 0),
        (f"known({FACT}) and (known({FACT}) and age({FACT}) > 900)", 300, 601),
    ],
)
def test_how_long_it_waits(source, age, seconds):
    """A conjunct that asks for an age gives the moment; anything else that looks at the clock is looked at again."""
    assert wait(source, age) == seconds


def test_no_condition_waits_for_nothing():
    """A step without a condition is due from the start."""
    assert clockwork(None).wait_s(lambda *_: 0) is None
