"""Forms: filled, filed, and things from then on."""

from __future__ import annotations

from kerege.engine.commands import bodies as b
from kerege.engine.pack import Form, FormField
from tests.kit import Table
from tests.town import town


def test_a_filed_form_is_a_thing_that_its_filer_knows():
    """Its fields are its truth; what the form does is done."""
    table = Table()
    step = table.do("police", table.file("memo", about="bob", risk=True, words="seen with a box"))
    document = "memo:police~1"
    assert table.truth(document, "about") == "bob" and table.truth(document, "risk") is True
    assert {record.field: record.value for record in table.records("police", f"{document}/self")} == {
        "about": "bob/self",
        "risk": True,
        "words": f"word:{step.words[0][0]}",
    }
    assert step.words[0][1] == "seen with a box"
    assert table.messages("police")[-1].text.key == "memo-kept"
    assert table.met("help", f"{document}/self") is None


def test_a_form_can_be_shared_like_any_thing():
    """Field by field, as copies."""
    table = Table()
    table.do("police", table.file("memo", about="bob", risk=True))
    table.do("police", table.share((table.number("police", "memo:police~1/self", "risk"),), "help"))
    assert table.records("help", "memo:police~1/self", "risk")[0].value is True
    assert table.met("help", "memo:police~1/self") is False


def test_each_filing_is_a_new_thing():
    """Numbered for its filer alone."""
    table = Table()
    for _ in range(2):
        table.do("police", table.file("memo", about="bob"))
    table.do("help", table.file("memo", about="ann"))
    assert table.met("police", "memo:police~2/self") and table.met("help", "memo:help~1/self")


def test_an_empty_form_is_still_in_the_filers_hand():
    """Where nothing is required nothing need be filled in; the paper is there."""
    table = Table(town(add_forms=(Form("slip", "note", ("court",), (FormField("risk"),)),)))
    table.do("court", table.file("slip"))
    assert table.met("court", "slip:court~1/self") is True


def test_what_is_refused():
    """Missing, wrong and strange answers, forms of others, and no form."""
    table = Table()
    assert table.refuses("police", table.file("memo", risk=True)) == "missing_answer"
    assert table.refuses("police", table.file("memo", about="bob", risk="yes")) == "bad_answer"
    assert table.refuses("police", table.file("memo", about="house")) == "bad_answer"
    assert table.refuses("police", table.file("memo", about="ann")) == "unknown"
    strange = b.File(table.rules.form_codes.of["memo"], {table.field("person.coat"): "x"})
    assert table.refuses("police", strange) == "bad_answer"
    assert table.refuses("court", table.file("memo", about="bob")) == table.refuses("court", b.File("xxxxxxxx"))
