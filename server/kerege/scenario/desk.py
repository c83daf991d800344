"""What the compiler knows while it works: everything declared so far, the problems found, and which texts are used.

Every look-up of a name goes through here, so that a word that is not known is always told the same way: what was looked
for, and the nearest known word.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal

from kerege.engine.bindings import Names
from kerege.engine.conditions.vocabulary import Types
from kerege.engine.pack import Action, Character, Field, Form, Inject, Kind, Line, Persona, Rule, Thing, Viewer
from kerege.scenario.places import At
from kerege.scenario.problems import Problem, nearest

RESERVED = frozenset(
    {"asker", "unit", "document", "present", "control", "everyone", "actor", "nobody", "unknown", "true", "false"}
)
"""Words with a meaning of their own; nothing may be called so."""


@dataclass(frozen=True, eq=False)
class Scope:
    """Where an effect or text stands: the names bound there, and whether the library wrote it."""

    names: Names = field(default_factory=dict)
    from_library: bool = False


Role = Literal["told", "shown", "control"]
"""`told`: reaches players and teaches what it marks; `shown`: players see it, nothing more; `control`: not for players."""


@dataclass(frozen=True, eq=False)
class Use:
    """One use of a text, and the names bound where it is told."""

    key: str
    at: At
    role: Role
    names: Names


@dataclass
class Desk:
    """The compiler's table."""

    problems: list[Problem] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    kinds: dict[str, Kind] = field(default_factory=dict)
    fields: dict[tuple[str, str], Field] = field(default_factory=dict)
    things: dict[str, Thing] = field(default_factory=dict)
    viewers: dict[str, Viewer] = field(default_factory=dict)
    agencies: set[str] = field(default_factory=set)
    characters: dict[str, Character] = field(default_factory=dict)
    personas: dict[str, Persona] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    dropped_actions: set[str] = field(default_factory=set)
    """Library actions that no agency of this pack can do."""
    forms: dict[str, Form] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    injects: dict[str, Inject] = field(default_factory=dict)
    fires: set[str] = field(default_factory=set)
    """Ids of rules and injects, known before they are compiled."""
    types: Types = field(default_factory=lambda: Types(kinds={}))

    def error(self, at: At, message: str, hint: str | None = None) -> None:
        self.problems.append(at.problem(message, hint))

    def warn(self, at: At, message: str, hint: str | None = None) -> None:
        self.problems.append(at.problem(message, hint, "warning"))

    def refer(self, at: At, word: str, known: Collection[str], what: str) -> bool:
        """Check that `word` is known; say so if not."""
        if word in known:
            return True
        self.error(at, f"there is no {what} {word!r}", nearest(word, known))
        return False

    def use(self, at: At, key: str | None, scope: Scope, role: Role) -> str | None:
        """Note that a text is used, and return its key as it stands in the texts."""
        if key is None:
            return None
        text_key = as_key(key)
        self.uses.append(Use(text_key, at, role, scope.names))
        return text_key

    def kinds_of(self, at: At, subject: str, scope: Scope) -> tuple[str, ...] | None:
        """The kinds a subject may be of: a bound face or a thing; None, and a problem, if it is neither."""
        bound = scope.names.get(subject)
        if bound is not None:
            if bound.sort == "thing":
                return tuple(sorted(bound.kinds or self.kinds))
            self.error(at, f"{subject!r} is {bound}, not a thing")
            return None
        thing = self.things.get(subject)
        if thing is not None:
            return (thing.kind,)
        faces = [name for name, type_ in scope.names.items() if type_.sort == "thing"]
        self.error(at, f"there is no thing {subject!r}", nearest(subject, [*self.things, *faces]))
        return None

    def field_of(self, at: At, reference: str, scope: Scope) -> tuple[str, str, Field] | None:
        """Resolve `thing.field` to subject, field and the field's declaration."""
        subject, _, name = reference.partition(".")
        kinds = self.kinds_of(at, subject, scope)
        if kinds is None:
            return None
        found = [self.fields.get((kind, name)) for kind in kinds]
        lacking = [kind for kind, declared in zip(kinds, found, strict=True) if declared is None]
        if lacking:
            known = {field_ for kind, field_ in self.fields if kind in kinds}
            self.error(at, f"a {lacking[0]} has no field {name!r}", nearest(name, known))
            return None
        declared = found[0]
        assert declared is not None
        return subject, name, declared


def as_key(key: str) -> str:
    """A text key as it stands in the texts: `card_aida` is `card-aida`."""
    return key.replace("_", "-")
