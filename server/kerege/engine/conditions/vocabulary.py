"""The words a condition may use: kinds and their fields, things, teams, actions, forms, and what can fire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kerege.engine.conditions.exprtype import ExprType, field_type
from kerege.engine.pack import Pack


@dataclass(frozen=True)
class Types:
    """What expressions are checked against.

    Args:
        kinds: kind id -> field id -> type (`field_type`).
        things: thing id -> kind id.
        viewers: viewer id -> agency id, "" for none. With `control` and the actors.
        agencies: kinds of teams; every agency of `viewers` belongs here.
        actions: action id -> its outcome ids.
        forms: form ids.
        fires: ids of rules and injects.
        parts: viewer id -> the team of the pack that it is a part of.
    """

    kinds: Mapping[str, Mapping[str, ExprType]]
    things: Mapping[str, str] = field(default_factory=dict)
    viewers: Mapping[str, str] = field(default_factory=dict)
    agencies: frozenset[str] = frozenset()
    actions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    forms: frozenset[str] = frozenset()
    fires: frozenset[str] = frozenset()
    parts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, pack: Pack) -> Types:
        """Return the words of a compiled pack."""
        viewers = {"control": ""} | {f"actor_{character.thing}": "" for character in pack.characters}
        viewers |= {viewer.id: viewer.agency for viewer in pack.viewers}
        parts = {viewer.id: viewer.part_of for viewer in pack.viewers if viewer.part_of}
        for viewer in pack.viewers:
            if viewer.sort == "team" and not viewer.part_of:
                reserves = {f"{viewer.id}.{n}": viewer.id for n in range(2, pack.parts_max + 1)}
                parts |= reserves
                viewers |= dict.fromkeys(reserves, viewer.agency)
        acting = {agency for action in pack.actions for agency in action.by}
        filing = {agency for form in pack.forms for agency in form.by}
        return cls(
            kinds={kind.id: {part.id: field_type(part) for part in kind.fields} for kind in pack.kinds},
            things={thing.id: thing.kind for thing in pack.things},
            viewers=viewers,
            agencies=frozenset(acting | filing | {agency for agency in viewers.values() if agency}),
            actions={action.id: frozenset(outcome.id for outcome in action.outcomes) for action in pack.actions},
            forms=frozenset(form.id for form in pack.forms),
            fires=frozenset([rule.id for rule in pack.rules] + [inject.id for inject in pack.injects]),
            parts=parts,
        )

    def plural(self, word: str) -> str | None:
        """Return the kind whose things `word` stands for ("persons"), or nothing."""
        kind = word.removesuffix("s")
        return kind if kind != word and kind in self.kinds else None

    def plurals(self) -> list[str]:
        """Return the plural of every kind."""
        return [kind + "s" for kind in self.kinds]

    def teams_of(self, word: str) -> tuple[str, ...]:
        """Return the viewers that a viewer's or an agency's id stands for: itself, and all teams of the agency."""
        named = {viewer: {viewer, agency, self.parts.get(viewer, viewer)} for viewer, agency in self.viewers.items()}
        return tuple(sorted(viewer for viewer, words in named.items() if word in words))
