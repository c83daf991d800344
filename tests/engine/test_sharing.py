"""Share and Heard: copies of own records, chains of sources, bare references, claims and notices."""

from __future__ import annotations

from kerege.engine.commands.talk import CHAIN_MAX
from kerege.engine.held import Source
from kerege.engine.pack import Learn, Outcome
from tests.kit import Table
from tests.town import Action, town

ME = Source("viewer", "police")


def test_a_share_copies_the_record_not_the_truth():
    """The reader gets the sender's value, with the sender as source, though the truth has moved on."""
    table = Table()
    n = table.number("police", "bob", "coat")
    table.do("police", table.ask("go", "p1", place="house"))
    table.wait(60_000)
    table.do("control", table.amend("bob", "coat", "red"))
    table.do("police", table.share((n,), "help"))
    (record,) = table.records("help", "bob", "coat")
    assert (record.value, record.how, record.source, record.chain, record.live) == ("blue", "told", ME, (), False)


def test_the_chain_goes_along_only_when_ticked():
    """Whence the sharer has it is for the sharer to tell."""
    tells = Action("act", ("police",), "act", needs_unit=False,
                   outcomes=(Outcome("o", (Learn("asker", "bob", "role", "told", source="ann"),)),))  # fmt: skip
    table = Table(town(add_actions=(tells,)))
    table.do("police", table.ask("act"))
    n = table.number("police", "bob", "role")
    table.do("police", table.share((n,), "help"))
    assert table.records("help", "bob", "role")[0].chain == ()
    table.do("police", table.share((n,), "court", with_chain=True))
    assert table.records("court", "bob", "role")[0].chain == (Source("face", "ann/self"),)
    assert table.met("court", "ann") is False, "the source comes as a bare reference"
    table.do("court", table.share((table.number("court", "bob", "role"),), "police", with_chain=True))
    chain = table.records("police", "bob", "role")[1].chain
    assert chain == (ME, Source("face", "ann/self"))


def test_a_chain_does_not_grow_for_ever():
    """What two teams pass to and fro carries the nearest CHAIN_MAX sources."""
    table = Table()
    viewers = ("police", "help")
    face = ("police", "bob")
    for turn in range(CHAIN_MAX + 3):
        sender, reader = viewers[turn % 2], viewers[(turn + 1) % 2]
        slot = table.state.get("slot", (sender, f"{face[1]}/self", "coat"))
        table.do(sender, table.share((slot[-1],), reader, with_chain=True))
        lengths = len(table.records(reader, "bob", "coat")[-1].chain)
        assert lengths == min(turn + 1, CHAIN_MAX)


def test_a_shared_thing_is_a_bare_reference_to_who_has_not_met_it():
    """Handle and kind only, until it is met."""
    table = Table()
    table.do("police", table.share((table.number("police", "bob", "location"),), "court"))
    assert table.met("court", "bob") is False
    shown = table.views["court"]["faces", table.face("bob")]
    assert (shown.met, shown.same, shown.stand_in) == (False, (), False)


def test_a_bare_reference_becomes_met():
    """Seeing it later makes it met, under the same handle."""
    table = Table()
    table.do("police", table.share((table.number("police", "bob", "location"),), "help"))
    assert table.met("help", "bob") is False
    table.do("help", table.ask("go", "h1", place="street"))
    table.wait(60_000)
    assert table.met("help", "bob") is True


def test_nothing_is_not_shared_nor_what_is_retracted_nor_with_nobody():
    """A share needs own standing records and a reader."""
    from kerege.engine.commands.bodies import Recall

    table = Table()
    n = table.number("police", "bob", "coat")
    assert table.refuses("police", table.share((), "help")) == "nothing_to_send"
    assert table.refuses("police", table.share((n,))) == "nothing_to_send"
    assert table.refuses("police", table.share((999,), "help")) == "unknown"
    table.do("control", Recall(table.viewer("police"), f"r{n}", "so"))
    assert table.refuses("police", table.share((n,), "help")) == "nothing_to_send"
    assert table.refuses("court", table.share((1,), "help")) == "unknown", "no contact of the court"


def test_what_was_heard_is_claimed_and_the_teller_is_told():
    """Never checked against the truth; the teller gets a notice with what it is said to have said."""
    table = Table()
    table.do("police", table.heard("help", "bob", "role", "guest"))
    (record,) = table.records("police", "bob", "role")
    assert (record.value, record.how, record.certainty) == ("guest", "heard", "claimed")
    assert record.source == Source("viewer", "help")
    (notice,) = table.messages("help")
    assert notice.about == "heard" and notice.source == ME
    assert notice.text.said == ("bob/self", "role", "guest")
    assert table.met("help", "bob") is False, "the teller gets no more than a reference"


def test_heard_from_a_person_goes_to_the_one_who_plays_it():
    """A face as the teller: its actor is told; a thing without an actor is told nothing."""
    table = Table()
    table.do("help", table.heard("ann", "ann", "role", "boss"))
    assert table.messages("actor_ann")[-1].about == "heard"
    table.do("help", table.heard("ann", "house", "sort", "street"))
    silent = len(table.messages("actor_ann"))
    table.do("police", table.heard("bob", "bob", "role", None))
    assert table.records("police", "bob", "role")[0].value is None
    assert table.messages("actor_bob")[-1].about == "heard"
    assert len(table.messages("actor_ann")) == silent


def test_hearing_the_same_again_replaces():
    """Per teller one claim stands."""
    table = Table()
    for role in ("boss", "guest"):
        table.do("police", table.heard("help", "bob", "role", role))
    assert [record.value for record in table.records("police", "bob", "role")] == ["guest"]


def test_what_cannot_be_heard_is_as_unknown_as_what_is_not():
    """An inner state gets the refusal of a field that does not exist; so does a teller who is no contact."""
    from kerege.engine.commands.bodies import Heard

    table = Table()
    inner = Heard(table.viewer("help"), table.face("bob"), table.field("person.mood"), 1)
    none = Heard(table.viewer("help"), table.face("bob"), "xxxxxxxx", 1)
    other = Heard(table.viewer("help"), table.face("bob"), table.field("item.weight"), 1)
    far = Heard(table.viewer("help"), table.face("house"), table.field("place.sort"), table.choice("home"))
    assert {table.refuses("police", command) for command in (inner, none, other)} == {"unknown"}
    assert table.refuses("court", far) == "unknown"


def test_say_reaches_those_it_is_sent_to_once():
    """A message goes to each contact once; the typed words stand beside the log, by their id."""
    table = Table()
    step = table.do("police", table.say("come at once", "help", "court", "help"))
    assert [message.text.word for message in (*table.messages("help"), *table.messages("court"))] == ["seat.c1.0"] * 2
    assert step.words == (("seat.c1.0", "come at once"),)
    assert table.refuses("police", table.say("  ", "help")) == "nothing_to_send"
    assert table.refuses("court", table.say("hello", "help")) == "unknown"
    assert table.refuses("desk", table.say("hello", "help")) == "not_yours"
