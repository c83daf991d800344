"""Places and watching: what is perceivable there, who comes and who goes.

Rules: a unit watches the place where it is, for its team; a watcher sees the perceivable fields of what is there, by the
appearance that things show in person (their first face): that it is also the man in a register is for it to learn. A move
shows "left" to those who watch only the old place and "arrived" to those who watch the new one, never the other end.
When the watching ends, records go stale.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine.events import FieldSet, WatchSet
from kerege.engine.knowledge import learn, stale
from kerege.engine.parts import owner_of

if TYPE_CHECKING:
    from kerege.engine.pack import Value
    from kerege.engine.play import Play

CONTROL = "control"


def set_field(play: Play, thing: str, field: str, value: Value) -> None:
    """Change the truth of one field and let those who perceive it know; control watches everything."""
    if field == "location":
        _move(play, thing, value)
        return
    if play.truth(thing, field) == value:
        return
    play.emit(FieldSet(thing, field, value))
    face, shown = play.rules.faces_of(thing)[0], _shown(play, thing, field, value)
    learn(play, CONTROL, face, field, shown, "watched", live=True)
    if play.rules.is_perceivable(thing, field):
        place = play.truth(thing, "location")
        if place is not None:
            for viewer in _each(play.state.get("watch", place, ())):
                _see(play, viewer, face, field, shown)


def _move(play: Play, thing: str, to: Value) -> None:
    old = play.truth(thing, "location")
    if old == to:
        return
    owner = owner_of(play.rules, play.state, thing)
    before = _each(play.state.get("watch", old, ())) if old is not None else ()
    play.emit(FieldSet(thing, "location", to))
    face = play.rules.faces_of(thing)[0]
    learn(play, CONTROL, face, "location", _shown(play, thing, "location", to), "watched", live=True)
    if owner is not None and old is not None:
        watch(play, owner, old, on=False)
    after = _each(play.state.get("watch", to, ())) if to is not None else ()
    for viewer in before:
        if viewer not in after and viewer != owner:
            stale(play, viewer, face)
            if play.rules.is_perceivable(thing, "location"):
                learn(play, viewer, face, "location", None, "seen")
    for viewer in after:
        if viewer != owner:
            _see_all(play, viewer, thing)
    if owner is not None and to is not None:
        watch(play, owner, str(to), on=True)
    elif owner is not None:
        learn(play, owner, face, "location", None, "seen")


def watch(play: Play, viewer: str, place: str, *, on: bool) -> None:
    """Begin or end one watch of a viewer on a place; the first shows what is there, the last lets it go stale."""
    had = viewer in play.state.get("watch", place, ())
    play.emit(WatchSet(viewer, place, on))
    has = viewer in play.state.get("watch", place, ())
    if has and not had:
        for thing in play.state.get("here", place, ()):
            _see_all(play, viewer, thing)
    elif has:
        for thing in play.state.get("here", place, ()):
            if owner_of(play.rules, play.state, thing) == viewer:
                _see_all(play, viewer, thing)
    elif had:
        for thing in play.state.get("here", place, ()):
            stale(play, viewer, play.rules.faces_of(thing)[0])


def _see_all(play: Play, viewer: str, thing: str) -> None:
    face = play.rules.faces_of(thing)[0]
    for field in play.rules.perceivable_of(thing):
        value = play.truth(thing, field)
        if value is not None:
            _see(play, viewer, face, field, _shown(play, thing, field, value))


def _see(play: Play, viewer: str, face: str, field: str, shown: Value) -> None:
    if viewer != CONTROL:
        learn(play, viewer, face, field, shown, "seen", live=True)


def _shown(play: Play, thing: str, field: str, value: Value) -> Value:
    """A true value as it looks: a thing by its first face."""
    is_thing = play.rules.field_of_thing(thing, field).type == "thing"
    return play.rules.faces_of(str(value))[0] if is_thing and value is not None else value


def _each(viewers: tuple[str, ...]) -> tuple[str, ...]:
    """Each viewer once, in order."""
    return tuple(dict.fromkeys(viewers))
