"""A stand-in's plan as data: what it means to do, in codes and handles only, and which names its conditions use.

Whoever casts the stand-in translates the pack's plan into this (kerege.casting). Nothing here is the truth: handles of
things that the stand-in has never met open nothing, neither here nor in the room.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kerege.engine.conditions import Condition


@dataclass(frozen=True, slots=True)
class AnyFace:
    """A thing that is meant, by the handles of its appearances; which one is said depends on what has been met."""

    handles: tuple[str, ...]


One = bool | int | str | AnyFace
Meant = One | tuple[One, ...] | None
"""What an answer of an act or a form is meant to be."""
Doing = Literal[
    "ask",
    "share",
    "file",
    "say",
    "answers",
    "request",
    "convene",
    "table",
    "decide",
    "adjourn",
    "hand_over",
    "lines",
    "form",
    "cues",
]
"""The sorts of steps; the last three are those of an actor's chair."""


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """
    One intention: once `when` has held for `after_ms`, do it.

    `code`: of the action or form. `answers`: parameter or field code -> what is meant. `fact`: (handles, field code)
    of what is shared. `about`: handles of all things that the step speaks of.
    """

    id: str
    profiles: tuple[str, ...]
    do: Doing
    when: Condition | None = None
    after_ms: int = 0
    again_ms: int = 0
    code: str = ""
    answers: Mapping[str, Meant] = field(default_factory=dict)
    fact: tuple[AnyFace, str] | None = None
    to: tuple[str, ...] = ()
    text: str = ""
    how: Literal["share", "decline", "all"] = "share"
    """
    Of `answers`: give what is held of what another team asks for (and come when invited), or decline with `text`.
    Of `lines` and `form`: `all` says more than the card would let out.
    """
    about: frozenset[str] = frozenset()
    thing: AnyFace | None = None
    """Of `request`: whom or what is asked about, where no `fact` says it."""
    owner: str = ""
    """Of `decide`: the code of the team whose task it is."""
    within_ms: int = 0
    """Of `request` and `decide`: so soon it is wanted."""
    incomplete: bool = False
    """Of `file`: although a mandatory field is empty."""
    things: tuple[AnyFace, ...] = ()
    """Of `hand_over`: whose records go to the next shift, as far as they are known."""
    everything: bool = False
    """Of `hand_over`: all that is held."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a view on the wire is called in conditions: thing -> handles, field code -> field, choice code -> choice."""

    things: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    shifts: Mapping[str, str] = field(default_factory=dict)
    """By a team's code: the code of the shift that takes over from it."""


@dataclass(frozen=True, slots=True)
class StandInPlan:
    """All that a chair's stand-in means to do, for every profile."""

    steps: tuple[PlannedStep, ...]
    names: Names
