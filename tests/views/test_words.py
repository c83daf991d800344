"""Words on a screen: languages and their fallback, marks, arguments, labels, values, typed words and erasures."""

from __future__ import annotations

import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.held import Record, Source, Text
from kerege.views.render import Renderer
from kerege.views.texts import MISSING, Texts
from tests.kit import Table
from tests.town import ENGLISH, TOWN

TEXTS = {
    "en": {
        "plain": "one",
        "only-en": "English",
        "line": "[Ann](ann.role) and [Bob](bob/self)",
        "arg": "Hello { $person }.",
    },
    "ru": {"plain": "раз", "only-ru": "по-русски", "line": "[Анна](ann.role)", "cases": "два\nтри"},
    "kk": {"plain": "бір"},
}


@pytest.mark.parametrize(
    ("key", "language", "words"),
    [
        ("plain", "en", "one"),
        ("plain", "ru", "раз"),
        ("plain", "kk", "бір"),
        ("plain", "tg", "[ru] раз"),
        ("only-en", "kk", "[en] English"),
        ("only-ru", "en", "[ru] по-русски"),
        ("nothing", "en", MISSING),
        ("line", "en", "Ann and Bob"),
        ("cases", "ru", "два\nтри"),
    ],
)
def test_own_language_then_russian_then_english_and_it_says_so(key, language, words):
    """A fallback is named; a text that is nowhere shows no key."""
    assert Texts(TEXTS).words(key, language) == words


def test_runs_say_what_they_speak_of():
    """Marked words come with the name that they stand for."""
    assert Texts(TEXTS).runs("line", "en") == [("Ann", "ann"), (" and ", None), ("Bob", "bob/self")]
    assert Texts(TEXTS).words("arg", "en", {"person": "a man"}) == "Hello a man."
    assert Texts(TEXTS).first(("nothing", "plain"), "en") == "one"
    assert Texts(TEXTS).first(("nothing",), "en") == ""


def rendered(table, viewer, collection, key, words=None, language="en"):
    renderer = Renderer(table.rules, Texts(TOWN.texts), words or {})
    return renderer.item(collection, table.views[viewer][collection, key], language)


def test_a_bare_reference_shows_handle_and_kind_only():
    """No label, no sameness, no mark, until it is met."""
    table = Table()
    table.do("police", table.share((table.number("police", "bob", "coat"),), "court"))
    face = rendered(table, "court", "faces", table.face("bob"))
    assert (face.kind, face.label, face.met, face.same_as, face.stand_in) == ("person", "", False, [], False)
    assert rendered(table, "police", "faces", table.face("bob")).label == "a man"
    assert rendered(table, "police", "faces", table.face("ann/register")).label == "Ann in the register"


def test_a_record_in_words():
    """Codes for what a program compares, words for what people read, handles for things."""
    table = Table()
    key = f"r{table.number('police', 'bob', 'location')}"
    record = rendered(table, "police", "records", key)
    assert (record.face, record.value, record.value_face) == (
        table.face("bob"),
        table.face("street"),
        table.face("street"),
    )
    assert (record.value_text, record.state, record.how) == ("", "live", "seen")
    coat = rendered(table, "police", "records", f"r{table.number('police', 'bob', 'coat')}")
    assert coat.value == table.choice("blue") and not coat.naming
    name = rendered(table, "police", "records", f"r{table.number('police', 'ann/register', 'name')}")
    assert (name.value, name.value_text, name.naming) == ("", "Ann Reed", True)


@pytest.mark.parametrize(
    ("state", "changes"),
    [
        ("live", {"live": True}),
        ("known", {}),
        ("retracted", {"retracted": True, "disputed": True}),
        ("disputed", {"disputed": True, "live": True}),
    ],
)
def test_the_four_states_of_a_record(state, changes):
    """Live, known, disputed, retracted: four different things on the wire."""
    table = Table()
    record = Record("bob/self", "coat", "blue", 5999, "told", Source("viewer", "help"), "claimed", **changes)
    shown = Renderer(table.rules, Texts(TOWN.texts), {}).record(record, "en")
    assert (shown.state, shown.learnt_at_s, shown.source) == (state, 5, table.viewer("help"))


def test_typed_words_are_read_by_their_id_and_say_when_they_are_erased():
    """State holds the id alone."""
    table = Table()
    step = table.do("police", table.say("come", "help"))
    assert rendered(table, "help", "messages", "m1", dict(step.words)).parts == [("come", None)]
    assert rendered(table, "help", "messages", "m1").parts == [("(erased)", None)]


def test_a_notice_of_what_was_heard_shows_handles_not_names():
    """The teller may not have met what it is said to have spoken of."""
    table = Table()
    table.do("police", table.heard("court", "bob", "friend", "ann/register"))
    notice = rendered(table, "court", "messages", "m1")
    text = "".join(words for words, _ in notice.parts)
    assert notice.disputable
    assert table.face("bob") in text and table.face("ann/register") in text
    assert "a man" not in text and "Ann" not in text


def test_marks_in_a_text_carry_handles():
    """Words that speak of a thing lead to it."""
    table = Table()
    renderer = Renderer(table.rules, Texts(TOWN.texts), {})
    text = Text("ann-says-boss", {"bob": "bob/self"})
    handle = table.face("bob")
    assert renderer.names.parts(text, "en") == [("The boss", handle), (" is ", None), ("Bob", handle), (".", None)]


def test_no_pack_id_leaves_the_room():
    """Nothing that a client is sent holds an id of things, actions, fields, rules, injects, lines or viewers."""
    import msgspec

    table = Table()
    table.do("", b.Staff(table.viewer("actor_ann"), True))
    table.do("help", table.ask("question", person="ann"))
    table.do("help", table.file("memo", about="ann", risk=True))
    table.do("control", b.OpenTeam(table.viewer("police"), True))
    ids = {thing.id for thing in TOWN.things} | {action.id for action in TOWN.actions} | set(table.rules.viewers)
    ids |= {inject.id for inject in TOWN.injects} | {line.id for line in TOWN.lines} | {"memo", "ann/self"}
    ids -= {"p1", "p2", "h1", "control", "box", "rain", "letter", "storm", "street", "house", "yard", "cellar"}
    ids -= {word for text in ENGLISH.values() for word in text.lower().split()}
    renderer = Renderer(table.rules, Texts(TOWN.texts), {})
    for viewer, view in table.views.items():
        for (collection, key), shown in view.items():
            item = msgspec.to_builtins(renderer.item(collection, shown, "en"))
            for leaf in (key, *_leaves(item)):
                assert leaf not in ids, (viewer, collection, leaf)


def _leaves(value):
    if isinstance(value, dict):
        for key, each in value.items():
            yield from (() if key in {"kind", "kinds", "sort", "profiles", "role"} else _leaves(each))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _leaves(each)
    elif isinstance(value, str):
        yield value
