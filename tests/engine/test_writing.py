"""Control rewrites a waiting line of the MSEL, adds one, and tries one in a sandbox."""

from __future__ import annotations

import msgspec
import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.rules import OFF_LIST_MAX
from tests.kit import Table
from tests.town import MINUTE


def state(table: Table, inject: str):
    return table.state.get("inject", inject)


def texts_of(table: Table, viewer: str):
    return [(message.text.key, bool(message.text.written)) for message in table.messages(viewer)]


def test_a_waiting_line_is_moved_and_keeps_its_text():
    """To another time; nothing falls due at the old one."""
    table = Table()
    table.do("control", table.write("letter", at_ms=15 * MINUTE))
    table.wait(14 * MINUTE)
    assert ("letter-text", False) not in texts_of(table, "court")
    table.wait(MINUTE)
    assert texts_of(table, "court").count(("letter-text", False)) == 1
    assert state(table, "letter").state == "fired"


def test_a_rewritten_line_brings_its_own_text_to_whom_control_says():
    """It teaches what it marks, and what was picked; the old text reaches nobody."""
    table = Table()
    text = "[The box](box) is [Bob's](box.owner)."
    table.do("control", table.write("letter", text, "help", "police", learns=(("box", "weight"),)))
    table.wait(10 * MINUTE)
    for viewer in ("help", "police"):
        assert table.messages(viewer)[-1].about == "inject"
        assert table.messages(viewer)[-1].text.written
        assert table.records(viewer, "box", "owner")[0].value == "bob/self"
        assert table.records(viewer, "box", "weight")[0].how == "found"
    assert ("letter-text", False) not in texts_of(table, "court")


def test_a_line_that_was_not_on_the_list():
    """Comes at its time, or by hand; control sees that it is none of the pack's."""
    table = Table()
    table.do("control", table.write(None, "A van.", "police", at_ms=MINUTE))
    table.do("control", table.write(None, "Shout.", "actor_ann"))
    shown = table.views["control"]["injects", table.rules.inject_codes.of["off_list_1"]]
    assert shown.written is not None and shown.inject not in table.rules.injects
    table.wait(MINUTE)
    assert texts_of(table, "police")[-1] == ("", True)
    table.do("control", table.steer("off_list_2", "fire"))
    table.do("control", table.steer("off_list_2", "fire", "once more"))
    assert table.state.get("count", ("cue", "actor_ann")) == 2
    assert table.refuses("control", table.write("off_list_1", "Two vans.", "police")) == "over"


def test_what_is_held_waits_for_control():
    """Written, tried, and released when it is right."""
    table = Table()
    table.do("control", table.write(None, "A van.", "police", at_ms=MINUTE, held=True))
    table.wait(2 * MINUTE)
    assert state(table, "off_list_1").state == "held"
    table.do("control", table.steer("off_list_1", "release"))
    assert texts_of(table, "police")[-1] == ("", True)


def test_a_trial_shows_what_each_would_read_and_leaves_nothing():
    """Only control's own view changes."""
    table = Table()
    table.do("control", table.write(None, "[The box](box.owner).", "police", "help"))
    before = {viewer: dict(view) for viewer, view in table.views.items() if viewer != "control"}
    table.do("control", table.steer("off_list_1", "try", why=""))
    table.do("control", table.steer("letter", "try", why=""))
    assert before == {viewer: view for viewer, view in table.views.items() if viewer != "control"}
    readings = table.state.get("tried", "off_list_1")
    assert [(viewer, learns) for viewer, _, learns in readings] == [("police", 1), ("help", 1)]
    assert state(table, "letter").state == "waiting"


@pytest.mark.parametrize(
    ("inject", "text", "to", "parts", "code"),
    [
        (None, "", ("police",), {}, "missing_answer"),
        (None, "A van.", (), {}, "missing_answer"),
        (None, "A van.", ("police",), {"title": " "}, "missing_answer"),
        (None, "A van.", ("police",), {"why": " "}, "missing_answer"),
        (None, "A van.", ("desk",), {}, "unknown"),
        ("letter", "", (), {}, "missing_answer"),
        ("off_list_1", "A van.", ("police",), {}, "unknown"),
    ],
)
def test_what_is_not_whole_is_refused(inject, text, to, parts, code):
    """A reason, a title, a text and somebody to read it."""
    assert Table().refuses("control", Table().write(inject, text, *to, **parts)) == code


def test_so_many_lines_may_be_added():
    """At the bound and past it."""
    table = Table()
    for _ in range(OFF_LIST_MAX):
        table.do("control", table.write(None, "A van.", "police", held=True))
    assert table.refuses("control", table.write(None, "A van.", "police")) == "too_many"


def test_bounds_of_title_and_languages():
    """At each bound, and past it."""

    def decodes(**parts) -> bool:
        try:
            msgspec.msgpack.decode(msgspec.msgpack.encode(b.Write(None, "so", **parts)), type=b.AnyCommand)
        except msgspec.ValidationError:
            return False
        return True

    for more in (0, 1):
        assert decodes(title="x" * (b.TITLE_CHARS_MAX + more)) is (more == 0)
        assert decodes(texts={str(n): "x" for n in range(b.LANGUAGES_MAX + more)}) is (more == 0)


def test_what_is_written_for_now_comes_in_the_same_step():
    """The receipt follows its effect."""
    table = Table()
    table.do("control", table.write(None, "A van.", "police", at_ms=0))
    assert texts_of(table, "police")[-1] == ("", True)
    assert state(table, "off_list_1").state == "fired"
