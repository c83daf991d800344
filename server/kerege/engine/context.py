"""Whose act an effect belongs to: the bound names of a rule or act, as faces for the asker and as things for the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerege.engine.faces import thing_of
from kerege.engine.held import Source
from kerege.engine.parts import called, has_case, teams

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kerege.engine.play import Play


class Context:
    """Bound names while effects run. `things`: names as the truth has them; `face_of`: the face the asker named."""

    __slots__ = ("face_of", "label", "things")

    def __init__(self, things: dict[str, Any], face_of: dict[str, str], label: str) -> None:
        self.things = things
        self.face_of = face_of
        self.label = label

    def subject(self, name: str) -> str:
        """The thing that a subject stands for."""
        bound = self.things.get(name)
        return bound if isinstance(bound, str) else name

    def source(self, play: Play, name: str | None) -> Source | None:
        """From whom: a viewer, a character or thing (its face), or nobody."""
        if name is None:
            return None
        meant = self.subject(name)
        if meant in play.rules.viewers:
            return Source("viewer", meant)
        if meant in play.rules.agency_viewers:
            return Source("viewer", play.rules.agency_viewers[meant][0])
        return Source("face", self.face_of.get(meant) or play.rules.faces_of(meant)[0])

    def viewers(self, play: Play, who: str) -> tuple[str, ...]:
        """The viewers that a `who` stands for, each once, in the pack's order."""
        rules = play.rules
        if who == "asker":
            return (has_case(play.state, self.things["asker"]),)
        if who == "everyone":
            return teams(rules, play.state)
        if who == "present":
            place = play.truth(self.things["unit"], "location")
            return tuple(dict.fromkeys(play.state.get("watch", place, ()))) if place is not None else ()
        if who.startswith("actor:"):
            actor = rules.actor_of.get(self.subject(who.removeprefix("actor:")))
            return (actor,) if actor is not None else ()
        if who.startswith("lawyer:"):
            own = rules.lawyers_of.get(self.subject(who.removeprefix("lawyer:")), ())
            return tuple(dict.fromkeys(viewer for each in own for viewer in called(rules, play.state, each)))
        return called(rules, play.state, self.subject(who))


class Beginning(Context):
    """What everybody begins with: the shifts that come on later too, so that their people know what their first ones did."""

    def viewers(self, play: Play, who: str) -> tuple[str, ...]:
        """Those that a `who` stands for, each team with its shifts."""
        first = super().viewers(play, who)
        if who in play.rules.shifts:
            return (*first, who)
        return (*first, *(shift for shift in play.rules.shifts_in_order if play.rules.base_of(shift) in first))


NO_CONTEXT = Context({}, {}, "")


def context_of(
    bindings: Mapping[str, Any], asker: str, unit: str | None, names: Mapping[str, str], label: str
) -> Context:
    """
    The context of an act.

    Args:
        bindings: Parameter -> face id, choice, viewer, number, word, or a tuple of them.
        names: Parameter -> what it takes (`face`, `choice` ...).
        label: The action's or rule's id, for the flow of causes.
    """
    things: dict[str, Any] = {"asker": asker}
    face_of: dict[str, str] = {}
    if unit is not None:
        things["unit"] = unit
    for name, value in bindings.items():
        if names.get(name) == "face" and value is not None:
            faces = value if isinstance(value, tuple) else (value,)
            for face in faces:
                face_of[thing_of(face)] = face
            found = tuple(thing_of(face) for face in faces)
            things[name] = found if isinstance(value, tuple) else found[0]
        else:
            things[name] = value
    return Context(things, face_of, label)
