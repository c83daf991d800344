"""Requests between teams: asked, answered, declined, handed on; and what none of it tells."""

from __future__ import annotations

from kerege.engine.commands import bodies as b
from kerege.engine.commands.inquiry import HANDS_MAX, MATCHES_MAX, REQUESTS_MAX
from kerege.engine.pack import Learn, Viewer
from tests.kit import Table
from tests.town import MINUTE, TOWN, VIEWERS, town


def request(table: Table, to: str, about: str | None = None, field: str | None = None, **more: object) -> b.Request:
    code = None if field is None else table.field(f"person.{field}")
    return b.Request(table.viewer(to), None if about is None else table.face(about), code, **more)  # type: ignore[arg-type]


def states(table: Table, viewer: str) -> list[str]:
    return [each.state for each in table.all_of("request", viewer)]


def know(*facts: tuple[str, str, str]) -> Table:
    return Table(
        town(starts_with=(*TOWN.starts_with, *(Learn(who, thing, field, "seen") for who, thing, field in facts)))
    )


def test_one_tap_shares_what_is_held_of_what_was_asked():
    """The asker learns copies, as told by the one who answered; both see that it is answered."""
    table = know(("police", "bob", "location"), ("help", "bob", "role"), ("help", "bob", "coat"))
    table.do("police", request(table, "help", "bob", "role"))
    table.do("help", b.Respond("q1", "share"))
    (record,) = table.records("police", "bob", "role")
    assert (record.value, record.how, record.source.id) == ("boss", "told", "help")
    assert [r.how for r in table.records("police", "bob", "coat")] == ["seen"]
    assert states(table, "police") == states(table, "help") == ["answered"]


def test_a_request_tells_nothing_of_what_the_other_has():
    """Sent to one who knows and to one who does not, the asker's view is the same, item for item."""
    views = []
    for facts in ((), (("help", "bob", "role"),)):
        table = know(("police", "bob", "location"), *facts)
        table.do("police", request(table, "help", "bob", "role", words="who is he?"))
        views.append(dict(table.views["police"]))
    assert views[0] == views[1]


def test_who_has_nothing_is_told_so_by_the_own_view():
    """Nothing happens, and the asker sees nothing of it."""
    table = know(("police", "bob", "location"))
    table.do("police", request(table, "help", "bob", "role"))
    assert table.refuses("help", b.Respond("q1", "share")) == "nothing_to_send"
    assert table.met("help", "bob") is False  # a bare reference: who is asked about whom


def test_a_form_is_asked_for_and_filed():
    """The document goes to the asker whole, and the request is answered."""
    table = know(("police", "bob", "location"), ("help", "bob", "location"))
    table.do("police", request(table, "help", form=table.rules.form_codes.of["memo"], words="please"))
    filed = table.file("memo", about="bob", risk=True)
    table.do("help", b.File(filed.form, filed.fields, answers="q1"))
    assert {r.field for r in table.records("police", "memo:help~1/self")} == {"about", "risk", "filed_by"}
    assert states(table, "police") == ["answered"]


def test_forms_that_are_held_answer_by_one_tap():
    """All documents of the form, or those about the one who was asked about."""
    table = know(("police", "bob", "location"), ("help", "bob", "location"), ("help", "ann", "location"))
    for about in ("ann", "bob"):
        table.do("help", table.file("memo", about=about))
    table.do("police", request(table, "help", "bob", form=table.rules.form_codes.of["memo"]))
    table.do("help", b.Respond("q1", "share"))
    assert table.met("police", "memo:help~2/self") and table.met("police", "memo:help~1/self") is None


def test_a_refusal_has_a_reason():
    """No reason, no refusal; the asker reads it."""
    table = know()
    table.do("police", request(table, "help", words="?"))
    assert table.refuses("help", b.Respond("q1", "decline", words=" ")) == "missing_answer"
    step = table.do("help", b.Respond("q1", "decline", words="not ours"))
    asked = table.all_of("request", "police")[0]
    assert (asked.state, asked.reason) == ("declined", step.words[0][0])
    assert table.refuses("help", b.Respond("q1", "share")) == "over"


def test_handed_on_it_is_answered_to_the_asker():
    """The third team sees who asks and who handed it on; the asker gets the answer from there."""
    table = know(("court", "house", "door"))
    table.do("help", b.Request(table.viewer("police"), table.face("house")))
    table.do("police", b.Respond("q1", "hand_on", to=table.viewer("court")))
    (theirs,) = table.all_of("request", "court")
    assert (theirs.other, theirs.via) == ("help", "police")
    assert states(table, "police") == states(table, "help") == ["handed_on"]
    table.do("court", b.Respond("q1", "share"))
    assert {r.source.id for r in table.records("help", "house") if r.source} == {"court"}
    assert states(table, "help") == ["answered"] and states(table, "police") == ["handed_on"]


def test_the_asker_is_told_whom_it_was_handed_to_only_if_it_knows_that_team():
    """A team that is no contact of the asker is not named to it."""
    viewers = tuple(
        each if each.id != "help" else Viewer("help", "team", "help", ("h1",), contacts=("police",)) for each in VIEWERS
    )
    for pack, shown in ((TOWN, "court"), (town(viewers=viewers), "")):
        table = Table(pack)
        table.do("help", b.Request(table.viewer("police"), words="who?"))
        table.do("police", b.Respond("q1", "hand_on", to=table.viewer("court")))
        assert table.all_of("request", "help")[0].handed_to == shown


def test_what_is_refused():
    """By the asker's view and answers alone."""
    table = know(("police", "bob", "location"))
    to = table.viewer("help")
    assert table.refuses("police", b.Request(to)) == "nothing_to_send"
    assert table.refuses("police", b.Request(to, table.face("box"))) == "unknown"
    assert table.refuses("police", b.Request(to, None, table.field("person.role"))) == "bad_answer"
    assert table.refuses("police", b.Request(to, form="xxxxxxxx")) == "not_offered"
    assert table.refuses("police", b.Request(table.viewer("control"), words="?")) == "unknown"
    assert table.refuses("court", b.Request(to, words="?")) == "unknown"
    assert table.refuses("police", b.Request(to, words="?", wanted_by_s=0)) == "over"
    table.do("police", b.Request(to, words="?", wanted_by_s=1))
    assert table.refuses("police", b.Respond("q1", "share")) == "unknown"  # one's own
    assert table.refuses("court", b.Respond("q1", "share")) == "unknown"
    assert table.refuses("help", b.Respond("q1", "hand_on")) == "missing_answer"
    assert table.refuses("help", b.Respond("q1", "hand_on", to=table.viewer("police"))) == "bad_answer"


def test_how_often_a_team_asks():
    """REQUESTS_MAX are sent, one more is refused; being asked does not count."""
    table = know()
    for tables in (table.state.tables, table.folded.tables):
        tables["count"]["asked", "police"] = REQUESTS_MAX - 1
    table.do("police", b.Request(table.viewer("help"), words="?"))
    assert table.refuses("police", b.Request(table.viewer("help"), words="?")) == "too_many"
    table.do("help", b.Request(table.viewer("police"), words="?"))


def test_how_often_a_request_is_handed_on():
    """HANDS_MAX times; then somebody has to answer."""
    table = know()
    table.do("court", b.Request(table.viewer("police"), words="?"))
    teams = ["police", "help"]
    for n in range(HANDS_MAX):
        holder, to = teams[n % 2], teams[(n + 1) % 2]
        key = f"q{len(table.all_of('request', holder))}"
        table.do(holder, b.Respond(key, "hand_on", to=table.viewer(to)))
    holder, to = teams[HANDS_MAX % 2], teams[(HANDS_MAX + 1) % 2]
    key = f"q{len(table.all_of('request', holder))}"
    assert table.refuses(holder, b.Respond(key, "hand_on", to=table.viewer(to))) == "too_many"


def test_how_much_one_tap_shares():
    """The newest MATCHES_MAX, and not one more."""
    table = know(("police", "bob", "location"))
    for n in range(MATCHES_MAX + 1):
        table.do("help", table.heard("house", "house", "door", "open" if n % 2 else "shut")) if n == 0 else None
        for tables in (table.state.tables, table.folded.tables):
            first = tables["record"]["help", 1]
            number = tables["count"]["record", "help"] + 1
            tables["count"]["record", "help"] = number
            tables["record"]["help", number] = type(first)("house/self", "sort", "home", n, "told", None, "certain")
            tables["slot"]["help", "house/self", "sort"] = (*tables["slot"]["help", "house/self", "sort"], number)
    table.views = {viewer: table.projector.fresh(table.state, viewer) for viewer in table.rules.viewers}
    table.do("police", b.Request(table.viewer("help"), table.face("house")))
    step = table.do("help", b.Respond("q1", "share"))
    shared = [event for event in step.events if getattr(event, "viewer", "") == "police" and hasattr(event, "as_of_ms")]
    assert len(shared) == MATCHES_MAX


def test_an_answer_is_wanted_by_a_play_time():
    """It stands in both hands; nothing happens by itself when it is past."""
    table = know()
    table.do("police", b.Request(table.viewer("help"), words="?", wanted_by_s=60))
    table.wait(5 * MINUTE)
    assert [each.wanted_ms for who in ("police", "help") for each in table.all_of("request", who)] == [60_000, 60_000]
    assert states(table, "police") == ["open"]
