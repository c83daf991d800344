"""Reading what a client answered: codes and handles into the pack's ids, each checked against the asker's own view.

An unknown handle and a handle of something the asker has not met get the same refusal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerege.engine.knowledge import TYPED
from kerege.engine.parts import contacts
from kerege.engine.refusals import Refused

if TYPE_CHECKING:
    from kerege.engine.commands.bodies import Answer
    from kerege.engine.held import Met, Record
    from kerege.engine.pack import Field, Param
    from kerege.engine.play import Play


def sort_of(play: Play, viewer: str) -> str:
    """What a viewer is: team, actor, control, observer or hidden."""
    return play.rules.viewers[viewer].sort


def only(play: Play, viewer: str, *sorts: str) -> None:
    """Refuse everybody but these sorts of viewers."""
    if sort_of(play, viewer) not in sorts:
        raise Refused("not_yours")


def read_face(play: Play, viewer: str, handle: Any, kinds: tuple[str, ...] = ()) -> str:
    """The face behind a handle in the asker's view."""
    if not isinstance(handle, str):
        raise Refused("bad_answer")
    face = play.rules.face(handle)
    met: Met | None = play.state.get("met", (viewer, face)) if face is not None else None
    if face is None or met is None:
        raise Refused("unknown")
    if kinds and play.rules.kind_of_face(face) not in kinds:
        raise Refused("bad_answer")
    return face


def read_viewer(play: Play, viewer: str, code: Any) -> str:
    """The viewer behind a contact's code."""
    named = play.rules.viewer_codes.id.get(code) if isinstance(code, str) else None
    if named is None or named not in contacts(play.rules, play.state, viewer):
        raise Refused("unknown")
    return named


def read_record(play: Play, viewer: str, key: str) -> tuple[int, Record]:
    """One of the asker's own records, by its key `r<n>`."""
    n = read_key(key, "r")
    record: Record | None = play.state.get("record", (viewer, n))
    if record is None:
        raise Refused("unknown")
    return n, record


def read_key(key: str, sort: str) -> int:
    """The number in a key such as `r12` or `t3`."""
    number = key.removeprefix(sort)
    if key == number or not number.isascii() or not number.isdigit() or len(number) > 9:
        raise Refused("unknown")
    return int(number)


def read_param(play: Play, viewer: str, param: Param, answer: Answer) -> Any:
    """The bound value of one parameter."""
    if param.many:
        answers = answer if isinstance(answer, tuple) else (answer,)
        return tuple(_read_one(play, viewer, param, each) for each in answers)
    return _read_one(play, viewer, param, answer)


def _read_one(play: Play, viewer: str, param: Param, answer: Any) -> Any:
    if param.takes == "face":
        return read_face(play, viewer, answer, param.kinds)
    if param.takes == "choice":
        choice = play.rules.choice_codes.id.get(answer) if isinstance(answer, str) else None
        if choice not in param.choices:
            raise Refused("bad_answer")
        return choice
    if param.takes == "team":
        named = read_viewer(play, viewer, answer)
        if sort_of(play, named) == "persona":  # one may write to it; no act of the pack knows it
            raise Refused("bad_answer")
        return named
    if param.takes == "number":
        if isinstance(answer, bool) or not isinstance(answer, int) or not 0 <= answer <= param.maximum:
            raise Refused("bad_answer")
        return answer
    if not isinstance(answer, str) or not answer.strip() or len(answer) > param.maximum:
        raise Refused("bad_answer")
    return play.word(answer)


def read_value(play: Play, viewer: str, field: Field, answer: Answer) -> Any:
    """A field's value as a record holds it (a thing as a face). None means unknown."""
    if answer is None:
        return None
    if field.type == "tick" and isinstance(answer, bool):
        return answer
    if field.type == "number" and isinstance(answer, int) and not isinstance(answer, bool):
        if field.minimum <= answer <= field.maximum:
            return answer
    elif field.type == "choice" and isinstance(answer, str):
        choice = play.rules.choice_codes.id.get(answer)
        if choice in field.choices:
            return choice
    elif field.type == "thing":
        return read_face(play, viewer, answer, field.kinds)
    elif field.type == "text" and isinstance(answer, str) and answer.strip():
        return f"{TYPED}{play.word(answer)}"
    raise Refused("bad_answer")


def read_field(play: Play, face: str, code: str) -> Field:
    """A field of a face's kind, by its code."""
    named = play.rules.field_codes.id.get(code)
    kind = play.rules.kind_of_face(face)
    if named is None or named.partition(".")[0] != kind:
        raise Refused("unknown")
    return play.rules.fields[kind, named.partition(".")[2]]
