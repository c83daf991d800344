"""Request and Respond: what teams ask one another for, and what becomes of it.

Rule: a request shows nothing of what the one who is asked holds, and nothing comes back until that one answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine.commands.answers import only, read_face, read_field, read_key, read_record, read_viewer
from kerege.engine.commands.talk import give, in_play, read_documents
from kerege.engine.events import Requested, RequestSet
from kerege.engine.faces import document_parts, thing_of
from kerege.engine.happenings import happen
from kerege.engine.knowledge import known_faces, refer
from kerege.engine.papers import is_document, records_of
from kerege.engine.refusals import Refused

if TYPE_CHECKING:
    from kerege.engine.commands import bodies as b
    from kerege.engine.held import Record, Request
    from kerege.engine.play import Play

REQUESTS_MAX = 200
"""How often one team may ask; a further request is refused."""
HANDS_MAX = 4
"""How often one request is handed on."""
MATCHES_MAX = 200
"""Records that answer a request by one tap: the newest, where more are held."""


def decide_request(play: Play, by: str, command: b.Request) -> None:
    """Ask another team."""
    only(play, by, "team")
    in_play(play)
    rules = play.rules
    to = read_viewer(play, by, command.to)
    if rules.viewers[to].sort != "team":
        raise Refused("unknown")
    about = "" if command.about is None else read_face(play, by, command.about)
    field = ""
    if command.field is not None:
        if not about:
            raise Refused("bad_answer")
        field = read_field(play, about, command.field).id
    form = ""
    if command.form is not None:
        form = rules.form_codes.id.get(command.form, "")
        if form not in rules.forms or rules.viewers[to].agency not in rules.forms[form].by:
            raise Refused("not_offered")
    if not about and not form and not command.words.strip():
        raise Refused("nothing_to_send")
    wanted_ms = None if command.wanted_by_s is None else command.wanted_by_s * 1000
    if wanted_ms is not None and wanted_ms <= play.at_ms:
        raise Refused("over", "refusal_time_passed")
    if play.state.get("count", ("asked", by), 0) >= REQUESTS_MAX:
        raise Refused("too_many")
    word = play.word(command.words)
    mine, theirs = _next(play, by), _next(play, to)
    play.emit(Requested(by, True, to, theirs, about, field, form, word, wanted_ms))
    if about:
        refer(play, to, about, met=False)
    play.emit(Requested(to, False, by, mine, about, field, form, word, wanted_ms))
    happen(
        play, "happening-requested", by, observed=True, to=(to,), about=((about, field),) if field else (), word=word
    )


def _next(play: Play, viewer: str) -> int:
    n: int = play.state.get("count", ("request", viewer), 0)
    return n + 1


def read_request(play: Play, by: str, key: str) -> tuple[int, Request]:
    """An open request to this viewer, by its key `q<n>`."""
    n = read_key(key, "q")
    request: Request | None = play.state.get("request", (by, n))
    if request is None or request.mine:
        raise Refused("unknown")
    if request.state != "open":
        raise Refused("over", "refusal_request_over")
    return n, request


def decide_respond(play: Play, by: str, command: b.Respond) -> None:
    """Share what was asked for, decline, or hand on."""
    only(play, by, "team")
    in_play(play)
    n, request = read_request(play, by, command.request)
    if command.how == "decline":
        _decline(play, by, n, request, command.words)
    elif command.how == "hand_on":
        _hand_on(play, by, n, request, command.to)
    else:
        ticked = dict(read_record(play, by, key) for key in dict.fromkeys(command.records))
        if any(record.retracted for record in ticked.values()):
            raise Refused("nothing_to_send")
        whole = read_documents(play, by, command.documents)
        if not ticked and not whole:
            ticked, whole = _matching(play, by, request)
        answer(play, by, n, request, ticked, whole)


def answer(play: Play, by: str, n: int, request: Request, ticked: dict[int, Record], whole: tuple[str, ...]) -> None:
    """Give what was asked for to whoever asked; the request is answered."""
    give(play, by, (request.other,), ticked, whole)
    play.emit(RequestSet(by, n, "answered"))
    play.emit(RequestSet(request.other, request.peer, "answered"))


def _decline(play: Play, by: str, n: int, request: Request, words: str) -> None:
    if not words.strip():
        raise Refused("missing_answer")
    reason = play.word(words)
    play.emit(RequestSet(by, n, "declined", reason))
    play.emit(RequestSet(request.other, request.peer, "declined", reason))
    happen(play, "happening-declined", by, observed=True, to=(request.other,), word=reason)


def _hand_on(play: Play, by: str, n: int, request: Request, code: str | None) -> None:
    if code is None:
        raise Refused("missing_answer")
    to = read_viewer(play, by, code)
    if play.rules.viewers[to].sort != "team" or to == request.other:
        raise Refused("bad_answer")
    if request.hands >= HANDS_MAX:
        raise Refused("too_many")
    theirs = _next(play, to)
    if request.about:
        refer(play, to, request.about, met=False)
    play.emit(
        Requested(
            to, False, request.other, request.peer, request.about, request.field, request.form, request.word,
            request.wanted_ms, request.hands + 1, by,
        )
    )  # fmt: skip
    play.emit(RequestSet(by, n, "handed_on", handed_to=to))
    shown = to if to in play.rules.contacts_of(request.other) else ""
    play.emit(RequestSet(request.other, request.peer, "handed_on", "", shown, to, theirs))
    happen(play, "happening-handed-on", by, observed=True, to=(to,), word=request.word)


def _matching(play: Play, by: str, request: Request) -> tuple[dict[int, Record], tuple[str, ...]]:
    """What one holds of what was asked: records, and documents whole. Reads the answering team's own records alone."""
    state = play.state
    faces = known_faces(state, by, request.about) if request.about else ()
    if request.form:
        documents = []
        for n in range(1, state.get("count", ("face", by), 0) + 1):
            face = state.get("face_at", (by, n))
            parts = document_parts(thing_of(face)) if is_document(face) else None
            held = [record for _, record in records_of(state, by, face)]
            if parts is None or parts[0] != request.form or not held:
                continue
            if not faces or any(record.value in faces for record in held):
                documents.append(face)
        return {}, tuple(documents)
    found = {
        n: record
        for face in faces
        for n, record in records_of(state, by, face)
        if not request.field or record.field == request.field
    }
    newest = sorted(found, key=lambda n: (found[n].at_ms, n))[-MATCHES_MAX:]
    return {n: found[n] for n in sorted(newest)}, ()
