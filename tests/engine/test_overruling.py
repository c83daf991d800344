"""Control takes back what a happening brought, as far as it still stands, openly and with a reason."""

from __future__ import annotations

from kerege.engine.commands import bodies as b
from kerege.engine.events import addressee
from tests.kit import Table
from tests.town import MINUTE


def raided() -> tuple[Table, str]:
    """A table where the police have opened the door and found the box; and the line of it."""
    table = Table()
    table.do("police", table.ask("raid"))
    table.wait(MINUTE)
    assert table.truth("house", "door") == "open"
    key = next(
        f"h{n}"
        for n in range(1, table.state.get("count", ("happening", "control")) + 1)
        if table.state.get("happening", ("control", n)).title == "action-raid"
    )
    assert table.views["control"]["happenings", key].undo == "can"
    return table, key


def test_what_was_done_is_taken_back_in_one_step():
    """The truth as it was, the record retracted, the team told; the reason stays with control."""
    table, key = raided()
    step = table.do("control", b.Overrule(key, "the wrong house"))
    assert table.truth("house", "door") == "shut"
    assert table.records("police", "box", "location")[0].retracted
    assert table.messages("police")[-1].text.key == "notice-overruled"
    assert table.views["control"]["happenings", key].undo == "done"
    word = step.words[0][0]
    assert not [event for event in step.events if word in repr(event) and addressee(event) != "control"]
    assert table.refuses("control", b.Overrule(key, "again")) == "already_done"


def test_what_has_moved_on_since_stays():
    """A later change, a record that was learnt anew."""
    table, key = raided()
    table.do("control", table.amend("house", "door", "shut"))
    table.do("control", table.amend("house", "door", None))
    table.do("control", b.Overrule(key, "the wrong house"))
    assert table.truth("house", "door") is None


def test_an_inject_is_taken_back_too():
    """What was told cannot be unsaid, but it is said that it does not count."""
    table = Table()
    table.do("control", table.write(None, "[The box](box.owner).", "help"))
    table.do("control", table.steer("off_list_1", "fire"))
    n = next(n for n in range(9, 0, -1) if table.state.get("trace", n) is not None)
    table.do("control", b.Overrule(f"h{n}", "too early"))
    assert table.records("help", "box", "owner")[0].retracted
    assert table.messages("help")[-1].text.key == "notice-overruled"
    assert not any(message.text.key == "notice-overruled" for message in table.messages("police"))


def test_only_with_a_reason_and_only_what_can_be():
    """STARTEX brought nothing that could be taken back."""
    table, key = raided()
    assert table.refuses("control", b.Overrule(key, " ")) == "missing_answer"
    assert table.refuses("control", b.Overrule("h1", "so")) == "unknown"
    assert table.refuses("control", b.Overrule("h999", "so")) == "unknown"
    assert table.refuses("police", b.Overrule(key, "so")) == "not_yours"
