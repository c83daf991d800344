"""When a stand-in asks, calls together, puts on the table, decides and closes; and when it keeps still."""

import pytest

from kerege.standin.together import GATHER_MS
from kerege.wire.items import Consultation, Seat
from tests.standin.chair import ANN, HOUSE, Chair, face, record, step

TABLE = step("table", "table", fact=(ANN, "f-role"))
DECIDE = step("decide", "decide", text="Sit with her", owner="social", within_ms=600_000)
CLOSE = step("close", "adjourn")


def meeting(seats, *, mine=True, open_=True, seat="here", at_s=0) -> Consultation:
    each = [Seat("me", "Me", "here"), *(Seat(team, team, state) for team, state in seats.items())]
    return Consultation("The night", "me", mine, "", at_s, open_, seat, each, [], [], "")


def at_a_table(*steps, seats, **parts):
    initiative = parts.pop("initiative", True)
    return Chair(
        *steps,
        initiative=initiative,
        faces={"ANN1": face()},
        records={"r1": record()},
        consultations={"g1": meeting(seats, **parts)},
    )


def test_asks_one_team_after_the_other():
    """About a field of somebody it has met, with the time by which it wants to know."""
    ask = step("who", "request", fact=(ANN, "f-role"), to=("fiu", "social"), text="Who?", within_ms=600_000)
    chair = Chair(ask)
    assert chair.next(0) is None
    chair.frame(faces={"ANN1": face()})
    wanted = {"do": "request", "to": "fiu", "words": "Who?", "about": "ANN1", "field": "f-role", "wanted_by_s": 600}
    assert chair.next(0) == wanted
    chair.answer(now_ms=0)
    assert chair.next(60_000) == wanted | {"to": "social", "wanted_by_s": 660}
    chair.answer(now_ms=60_000)
    assert chair.next(10**7) is None


def test_asks_about_a_thing_for_a_form_or_in_words():
    """What is not named is not sent."""
    assert Chair(step("a", "request", thing=HOUSE, to=("fiu",), text="What is it?")).next(0) is None
    chair = Chair(step("a", "request", thing=HOUSE, to=("fiu",), text="What is it?"), faces={"HOUS": face()})
    assert chair.next(0) == {"do": "request", "to": "fiu", "words": "What is it?", "about": "HOUS"}
    assert Chair(step("a", "request", to=("fiu",), text="Well?")).next(0) == {
        "do": "request",
        "to": "fiu",
        "words": "Well?",
    }


def test_calls_all_teams_at_once_and_once():
    """One consultation, not one for each."""
    chair = Chair(step("call", "convene", to=("fiu", "social"), text="The night"))
    assert chair.next(0) == {"do": "convene", "teams": ["fiu", "social"], "title": "The night"}
    chair.answer(now_ms=0)
    assert chair.next(10**7) is None


def test_waits_until_everybody_has_answered():
    """What is tabled reaches only those who are there: begin when nobody is awaited, or when GATHER_MS have passed."""
    chair = at_a_table(TABLE, seats={"social": "invited", "fiu": "here"})
    assert chair.next(GATHER_MS - 1) is None
    assert chair.mind.wakes_at_ms() == GATHER_MS
    assert chair.next(GATHER_MS) == {"do": "table", "consultation": "g1", "records": ["r1"]}
    chair = at_a_table(TABLE, seats={"social": "declined", "fiu": "here"})
    assert chair.next(0)["do"] == "table"


@pytest.mark.parametrize(
    "parts", [{"seats": {"social": "declined"}}, {"seats": {"social": "here"}, "open_": False}], ids=["alone", "closed"]
)
def test_says_nothing_to_an_empty_table(parts):
    """Alone, or after its end, there is nobody to tell."""
    assert at_a_table(TABLE, DECIDE, CLOSE, **parts).next(10**6) is None


def test_gives_a_task_only_to_who_is_there():
    """With the time by which it is to be done, from now."""
    assert at_a_table(DECIDE, seats={"fiu": "here"}).next(0) is None
    assert at_a_table(DECIDE, seats={"social": "here"}).next(5_000) == {
        "do": "decide",
        "consultation": "g1",
        "words": "Sit with her",
        "owner": "social",
        "due_s": 605,
    }


def test_closes_only_its_own():
    """A guest does not end what another called."""
    assert at_a_table(CLOSE, seats={"social": "here"}, mine=False).next(0) is None
    assert at_a_table(CLOSE, seats={"social": "here"}).next(0) == {"do": "adjourn", "consultation": "g1"}


def test_a_pause_counts_from_when_they_are_together():
    """Not from when the exercise began."""
    late = step("close", "adjourn", after_ms=120_000)
    chair = Chair(late)
    assert chair.next(10**6) is None
    chair.frame(10**6, consultations={"g1": meeting({"social": "here"}, at_s=1000)})
    assert chair.next(10**6) is None
    assert chair.next(10**6 + 119_999) is None
    assert chair.next(10**6 + 120_000)["do"] == "adjourn"


def test_live_it_brings_what_it_has_and_calls_nobody():
    """In a live exercise a guest puts its records on the table; it asks nobody, calls nobody and decides nothing."""
    call = step("call", "convene", to=("fiu",), text="The night")
    ask = step("ask", "request", to=("fiu",), text="Well?")
    assert at_a_table(call, ask, DECIDE, CLOSE, seats={"social": "here"}, initiative=False).next(10**6) is None
    assert at_a_table(TABLE, seats={"social": "here"}, initiative=False, mine=False).next(0)["do"] == "table"


def test_files_what_is_incomplete_where_the_plan_says_so():
    """Only then: a form with a gap is refused otherwise."""
    assert Chair(step("a", "file", incomplete=True)).next(0) == {
        "do": "file",
        "form": "form",
        "fields": {},
        "incomplete": True,
    }
