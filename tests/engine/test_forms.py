"""Forms: filled, filed, and things from then on."""

from __future__ import annotations

from kerege.engine.commands import bodies as b
from kerege.engine.faces import DOCUMENTS_MAX
from kerege.engine.pack import Deadline, Exclude, Form, FormField, Learn, Rule, Trigger
from tests.kit import Table
from tests.town import MINUTE, town

PAPER = "memo:police~1/self"


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
        "filed_by": "viewers:police",
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


# -- shared whole ------------------------------------------------------------------------------------------------------


def test_a_document_is_shared_whole_by_its_handle():
    """All that is held of it goes along, and whoever gets it has met it."""
    table = Table()
    table.do("police", table.file("memo", about="bob", risk=True))
    table.do("police", b.Share((), (table.viewer("help"),), documents=(table.face(PAPER),)))
    assert {r.field: (r.value, r.how) for r in table.records("help", PAPER)} == {
        "about": ("bob/self", "told"),
        "risk": (True, "told"),
        "filed_by": ("viewers:police", "told"),
    }
    assert table.met("help", PAPER) is True


def test_only_documents_that_one_has_are_shared_whole():
    """A thing that is no document, and another team's paper, known or not."""
    table = Table()
    table.do("help", table.file("memo", about="ann"))
    to = (table.viewer("help"),)
    assert table.refuses("police", b.Share((), to, documents=(table.face("house"),))) == "bad_answer"
    other, none = table.face("memo:help~1/self"), table.face("memo:help~2/self")
    assert table.refuses("police", b.Share((), to, documents=(other,))) == "unknown"
    assert table.refuses("police", b.Share((), to, documents=(none,))) == "unknown"


# -- late, incomplete, corrected, excluded -----------------------------------------------------------------------------


def marks(table: Table, viewer: str, face: str = PAPER) -> dict[str, object]:
    return {
        r.field: r.value for r in table.records(viewer, face) if r.field in {"late", "missing", "replaced", "excluded"}
    }


def test_an_empty_mandatory_field_refuses_nothing_that_is_filed_as_incomplete():
    """The missing fields stand on the document; without the word it is refused as before."""
    table = Table()
    body = table.file("memo", risk=True)
    assert table.refuses("police", body) == "missing_answer"
    table.do("police", b.File(body.form, body.fields, incomplete=True))
    assert marks(table, "police") == {"missing": "fields:about"}
    table.do("police", b.Share((), (table.viewer("help"),), documents=(table.face(PAPER),)))
    assert marks(table, "help") == {"missing": "fields:about"}


def test_what_a_form_teaches_comes_with_its_marks():
    """Whoever is given one field by the form itself sees who filed it, and that it is incomplete."""
    form = Form("slip", "note", ("court",), (FormField("risk"), FormField("about", required=True)),
                effects=(Learn("help", "document", "risk", "read", source="asker"),))  # fmt: skip
    table = Table(town(add_forms=(form,)))
    body = table.file("slip", risk=True)
    table.do("court", b.File(body.form, body.fields, incomplete=True))
    held = {r.field: r.value for r in table.records("help", "slip:court~1/self")}
    assert held == {"risk": True, "filed_by": "viewers:court", "missing": "fields:about"}
    assert table.records("police", "slip:court~1/self") == []


def test_late_is_after_the_deadline_and_never_refused():
    """At the last moment it is in time; a moment later it is marked, and the duty is met all the same."""
    for wait, late in ((5 * MINUTE, {}), (5 * MINUTE + 1, {"late": True})):
        table = Table()
        table.do("police", table.ask("badge"))
        table.wait(wait)
        table.do("police", table.file("memo", about="bob"))
        assert marks(table, "police") == late
        assert [duty.document for duty in table.all_of("duty", "police")] == [PAPER]


def test_a_duty_is_shown_to_its_debtor_and_to_whom_the_pack_says():
    """The court knows that it is owed, and its duty ends with the paper in its hands, not with the filing."""
    table = Table()
    table.do("police", table.ask("badge"))
    assert [len(table.all_of("duty", viewer)) for viewer in ("police", "court", "help")] == [1, 1, 0]
    table.do("police", table.file("memo", about="bob"))
    assert table.all_of("duty", "court")[0].document == ""
    table.do("police", b.Share((), (table.viewer("court"),), documents=(table.face(PAPER),)))
    assert table.all_of("duty", "court")[0].document == PAPER


def test_a_form_is_owed_once_until_it_is_filed():
    """The same thing happening again owes nothing more; after the filing it does."""
    table = Table()
    for _ in range(2):
        table.do("police", table.ask("badge"))
    assert len(table.all_of("duty", "police")) == 1
    table.do("police", table.file("memo", about="bob"))
    table.do("police", table.ask("badge"))
    assert [duty.document for duty in table.all_of("duty", "police")] == [PAPER, ""]


def test_who_cannot_file_it_owes_nothing():
    """A trigger may come to anybody."""
    due = Deadline(Trigger("did", action="badge"), MINUTE, ("court",))
    table = Table(town(forms=(Form("slip", "note", ("help",), (FormField("risk"),), due=due),)))
    table.do("police", table.ask("badge"))
    assert [table.all_of("duty", viewer) for viewer in table.rules.viewers] == [[]] * len(table.rules.viewers)


def test_a_new_version_is_told_only_to_those_who_have_the_old_one():
    """The old one stays; that there is a newer one is all that its holders learn."""
    table = Table()
    table.do("police", table.file("memo", about="bob"))
    table.do("police", b.Share((), (table.viewer("court"),), documents=(table.face(PAPER),)))
    body = table.file("memo", about="bob", risk=True)
    table.do("police", b.File(body.form, body.fields, replaces=table.face(PAPER)))
    new = "memo:police~2/self"
    assert marks(table, "court") == {"replaced": True} == marks(table, "police")
    assert table.met("court", new) is None
    assert table.records("help", PAPER) == []
    assert table.records("police", new, "replaces")[0].value == PAPER
    again = b.File(body.form, body.fields, replaces=table.face(PAPER))
    assert table.refuses("police", again) == "already_done"


def test_only_an_own_document_of_the_same_form_is_replaced():
    """Another's, another form's and no document at all."""
    table = Table(town(add_forms=(Form("slip", "note", ("police",), (FormField("risk"),)),)))
    table.do("help", table.file("memo", about="ann"))
    table.do("help", b.Share((), (table.viewer("police"),), documents=(table.face("memo:help~1/self"),)))
    table.do("police", table.file("slip", risk=True))
    body = table.file("memo", about="bob")
    for face in ("memo:help~1/self", "slip:police~1/self", "bob/self"):
        if table.met("police", face) is not None:
            assert table.refuses("police", b.File(body.form, body.fields, replaces=table.face(face))) == "bad_answer"
    assert table.refuses("police", b.File(body.form, body.fields, replaces="zzzz")) == "unknown"


def test_that_a_document_is_excluded_must_be_learnt():
    """The truth changes, control reads the cause; its filer holds it as before."""
    rule = Rule("out", Trigger("filed", form="memo"), (Exclude("document", "cause_mood"),))
    table = Table(town(add_rules=(rule,)))
    table.do("police", table.file("memo", about="bob"))
    assert table.truth("memo:police~1", "excluded") is True
    assert marks(table, "police") == {}
    assert [each.cause for each in table.all_of("happening", "control")][-1] == "cause-mood"


def test_how_many_documents_of_a_form():
    """DOCUMENTS_MAX are filed, one more is refused."""
    table = Table()
    table.state.tables["count"]["document:memo", "police"] = DOCUMENTS_MAX - 1
    table.folded.tables["count"]["document:memo", "police"] = DOCUMENTS_MAX - 1
    table.do("police", table.file("memo", about="bob"))
    assert table.refuses("police", table.file("memo", about="bob")) == "too_many"


def test_an_older_pack_without_marks_files_as_it_did():
    """Kinds of a log that was begun before have no such fields; nothing is written into them."""
    note = next(kind for kind in town().kinds if kind.id == "note")
    plain = tuple(field for field in note.fields if field.id in {"about", "risk", "words"})
    kinds = tuple(kind if kind.id != "note" else type(kind)("note", plain) for kind in town().kinds)
    table = Table(town(kinds=kinds))
    table.do("police", table.file("memo", about="bob"))
    assert {record.field for record in table.records("police", PAPER)} == {"about"}
