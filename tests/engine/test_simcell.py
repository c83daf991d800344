"""Bodies that nobody plays: teams write to them where the pack lets them, control answers in their name."""

from __future__ import annotations

import msgspec
import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.held import Source
from tests.kit import Table
from tests.town import MINUTE

OFFICE = "persona_cellar"


def letter(table: Table, n: int = 1):
    return table.views["control"]["letters", f"{table.viewer(OFFICE)}:m{n}"]


def test_only_those_whom_the_pack_lets_have_it_among_their_contacts():
    """To all others its code is as unknown as any."""
    table = Table()
    code = table.viewer(OFFICE)
    assert [viewer for viewer in table.views if ("contacts", code) in table.views[viewer]] == ["police", "court"]
    assert table.refuses("help", table.say("hello", OFFICE)) == "unknown"
    assert table.refuses("help", b.Say(("xxxxxxxx",), "hello")) == "unknown"


def test_what_is_written_to_it_comes_to_control_under_its_name():
    """Words, records that are shared, and what somebody notes that it said."""
    table = Table()
    table.do("police", table.say("whose box?", OFFICE))
    table.do("police", table.share((1,), OFFICE))
    table.do("police", table.heard(OFFICE, "bob", "role", "boss"))
    assert [letter(table, n).message.about for n in (1, 2, 3)] == ["said", "notice", "heard"]
    assert letter(table).message.source == Source("viewer", "police")
    assert table.records(OFFICE)
    assert not any(
        key[0] in {"letters", "personas"}
        for viewer in table.views
        if viewer != "control"
        for key in table.views[viewer]
    )


def test_the_receiver_sees_the_body_and_never_control():
    """The words, and the truth as it is now, with the body as the source."""
    table = Table()
    table.do("police", table.say("whose box?", OFFICE))
    step = table.do("control", table.say_as("cellar", "Bob's.", "police", learns=(("box", "owner"),), message=1))
    answer = table.messages("police")[-1]
    assert (answer.about, answer.source) == ("said", Source("viewer", OFFICE))
    record = table.records("police", "box", "owner")[0]
    assert (record.value, record.source) == ("bob/self", Source("viewer", OFFICE))
    assert letter(table).letter.state == "answered"
    assert not any("control" in repr(event) for event in step.events if getattr(event, "viewer", "") == "police")


def test_it_may_write_first_and_to_whom_the_pack_does_not_open_it():
    """A journalist calls whom he likes; he cannot be written to for that."""
    table = Table()
    table.do("control", table.say_as("cellar", "Any comment?", "help", "actor_ann"))
    assert table.messages("help")[-1].source == Source("viewer", OFFICE)
    assert table.refuses("help", table.say("no", OFFICE)) == "unknown"


def test_a_message_is_taken_by_one_at_control():
    """A second seat sees who has it; it may be given back."""
    table = Table()
    table.do("police", table.say("whose box?", OFFICE))
    take = lambda text, n=1: b.Take(table.viewer(OFFICE), f"m{n}", text)  # noqa: E731
    assert table.refuses("control", take(" ")) == "already_done"
    table.do("control", take("Asel"))
    assert letter(table).letter.state == "taken"
    assert table.refuses("control", take("Timur")) == "already_done"
    table.do("control", take(""))
    table.do("control", take("Timur"))
    assert table.refuses("control", take("Timur", 2)) == "unknown"


def test_no_act_of_the_pack_can_name_it():
    """A team parameter takes teams."""
    table = Table()
    ask = table.ask("call", how="softly", team=OFFICE, reason="so", times=1)
    assert table.refuses("court", ask) == "bad_answer"


@pytest.mark.parametrize("to", [("desk",), ("gang",), ("control",), ("safety",), (OFFICE,)])
def test_it_writes_to_teams_and_actors_alone(to):
    """And needs words and somebody to say them to."""
    table = Table()
    assert table.refuses("control", table.say_as("cellar", "x", *to)) == "unknown"
    assert table.refuses("control", table.say_as("cellar", " ", "police")) == "nothing_to_send"
    assert table.refuses("control", table.say_as("cellar", "x")) == "nothing_to_send"
    assert table.refuses("control", table.say_as("cellar", "x", "police", message=1)) == "unknown"
    assert table.refuses("control", b.SayAs(table.viewer("police"), (table.viewer("help"),), "x")) == "unknown"


def test_who_takes_says_so_in_few_letters():
    """At the bound and past it."""
    for many, holds in ((b.TAKER_CHARS_MAX, True), (b.TAKER_CHARS_MAX + 1, False)):
        raw = msgspec.msgpack.encode(b.Take("x", "m1", "x" * many))
        if holds:
            msgspec.msgpack.decode(raw, type=b.AnyCommand)
        else:
            with pytest.raises(msgspec.ValidationError):
                msgspec.msgpack.decode(raw, type=b.AnyCommand)


def test_rules_of_the_pack_go_on_beside_it():
    """Time passes, nothing of the story is lost."""
    table = Table()
    table.do("court", table.say("hello", OFFICE))
    table.wait(10 * MINUTE)
    assert table.messages("court")[-1].text.key == "letter-text"
