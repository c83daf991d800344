"""What control reads of what was passed on: what, about whom, to whom; and what an actor has said, kept with the scene."""

from __future__ import annotations

from kerege.engine.commands import bodies as b
from tests.kit import Table


def last(table, viewer="control"):
    return table.all_of("happening", viewer)[-1]


def test_a_share_says_what_and_with_whom():
    """Control needs no second look to know what went where."""
    table = Table()
    table.do("police", table.share((table.number("police", "bob", "coat"),), "help"))
    shared = last(table)
    assert (shared.title, shared.who, shared.to) == ("happening-shared", "police", ("help",))
    assert [(face.partition("/")[0], field) for face, field in shared.about] == [("bob", "coat")]


def test_a_message_is_listed_with_its_readers_and_its_words_by_reference():
    """The words stand beside the log, where they can be erased."""
    table = Table()
    table.do("police", table.say("Come to the house.", "help", "court"))
    said = last(table)
    assert (said.title, said.to) == ("happening-said", ("help", "court"))
    assert said.word and "house" not in said.word


def test_what_was_heard_in_the_room_and_what_control_changed_is_listed_too():
    """Neither was before."""
    table = Table()
    table.do("police", table.heard("help", "bob", "coat", "red"))
    assert (last(table).title, len(last(table).about)) == ("happening-heard", 1)
    table.do("control", table.amend("bob", "coat", "red", why="a slip"))
    assert (last(table).title, last(table).about[0][1], bool(last(table).word)) == ("happening-amended", "coat", True)


def test_a_desk_reads_the_title_and_nothing_else():
    """To whom and about what is control's."""
    table = Table()
    desk = table.rules.desk_of["police"]
    table.do("control", b.OpenTeam(table.viewer("police"), True))
    table.do("police", table.share((table.number("police", "bob", "coat"),), "help"))
    seen = last(table, desk)
    assert (seen.title, seen.to, seen.about, seen.word, seen.cause) == ("happening-shared", (), (), "", "")
