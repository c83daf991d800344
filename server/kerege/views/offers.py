"""What a viewer can do now: judged by its own records alone, and only when something that is read has changed."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from kerege.engine.parts import off_duty, units_of
from kerege.engine.requiring import may
from kerege.views.shown import OfferShown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kerege.engine.held import Clock
    from kerege.engine.pack import Action, Param
    from kerege.engine.rules import Rules
    from kerege.engine.state import AnyState

NOT_STARTED = "refusal-not-started"

Seen = dict[tuple[str, str, str | None, tuple[str, tuple[str, ...], str | None] | None], bool]
"""(viewer, `requires`, unit, the face that it is judged for) -> whether it holds, in one state."""

_NAME = re.compile(r"[a-z_][a-z0-9_]*")


class Offers:
    """Which actions to look at again when a viewer learns a field or meets a kind."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self.by_field: dict[str, dict[str, list[Action]]] = {}
        self.by_kind: dict[str, dict[str, list[Action]]] = {}
        self.of: dict[str, tuple[Action, ...]] = {}
        self._judged: dict[str, Param | None] = {}
        self._met: dict[tuple[str, str], list[str]] = {}
        for viewer in rules.viewers:
            actions = rules.actions_for(viewer)
            if actions:
                self._index(viewer, actions)

    def _index(self, viewer: str, actions: tuple[Action, ...]) -> None:
        fields: dict[str, list[Action]] = defaultdict(list)
        kinds: dict[str, list[Action]] = defaultdict(list)
        for action in actions:
            requires = self._rules.requires.get(action.id)
            for field in {field for _, field in requires.reads} if requires is not None else ():
                fields[field].append(action)
            asked = [self._kinds(param) for param in action.params if param.takes == "face"]
            for kind in dict.fromkeys(kind for kinds_of_param in asked for kind in kinds_of_param):
                kinds[kind].append(action)
            self._judged[action.id] = self._judged_param(action)
        self.of[viewer] = actions
        self.by_field[viewer] = dict(fields)
        self.by_kind[viewer] = dict(kinds)

    def _judged_param(self, action: Action) -> Param | None:
        """The one face parameter that `requires` speaks of, if it speaks of no other parameter."""
        requires = self._rules.requires.get(action.id)
        if requires is None:
            return None
        names = set(_NAME.findall(requires.source))
        used = [param for param in action.params if param.name in names]
        one = used[0] if len(used) == 1 else None
        return one if one is not None and one.takes == "face" and not one.many else None

    def judge(self, state: AnyState, viewer: str, action: Action, at_ms: int, seen: Seen | None = None) -> OfferShown:
        """How an action is offered to a viewer now. `seen`: what was found for other actions in this same state."""
        seen = {} if seen is None else seen
        rules = self._rules
        requires = rules.requires.get(action.id)
        units: tuple[str | None, ...] = units_of(rules, state, viewer) if action.needs_unit else (None,)
        free = units if action.live else tuple(unit for unit in units if state.get("busy", unit) is None)
        why_not = self._why_not(state, viewer, action, units, free)
        if why_not:
            return OfferShown(action.id, False, "", None, why_not)
        refusal = (action.refusal or "refusal_requires").replace("_", "-")
        judged = self._judged[action.id]
        if requires is None or (judged is None and self._speaks_of_params(action)):
            return OfferShown(action.id, True, "", None, "")
        if judged is None:
            holds = any(self._may(seen, state, viewer, action, unit, None, at_ms) for unit in free)
            return OfferShown(action.id, holds, "", None, "" if holds else refusal)
        faces = tuple(
            face
            for face in self._faces(viewer, judged)
            if any(self._may(seen, state, viewer, action, unit, face, at_ms) for unit in free)
        )
        return OfferShown(action.id, bool(faces), judged.name, faces, "" if faces else refusal)

    def _may(
        self, seen: Seen, state: AnyState, viewer: str, action: Action, unit: str | None, face: str | None, at_ms: int
    ) -> bool:
        """Whether `requires` holds; a library's acts ask the same again and again, of the same person and unit."""
        judged = self._judged[action.id]
        about = None if judged is None else (judged.name, judged.kinds, face)
        key = (viewer, action.requires or "", unit, about)
        found = seen.get(key)
        if found is None:
            bindings = {} if judged is None else {judged.name: face}
            found = seen[key] = may(self._rules, state, viewer, action, unit, bindings, at_ms)
        return found

    def _why_not(
        self, state: AnyState, viewer: str, action: Action, units: tuple[str | None, ...], free: tuple[str | None, ...]
    ) -> str:
        """What stands in the way of an action whatever its parameters are, as a text key; "" for nothing."""
        clock: Clock = state.get("clock", "clock")
        if clock.phase == "ready":
            return NOT_STARTED
        if clock.phase == "ended":
            return "refusal-ended"
        if clock.stopped:
            return "refusal-stopped"
        if clock.phase == "paused" and not action.live:
            return "refusal-paused"
        if off_duty(self._rules, state, viewer):
            return "refusal-off-duty"
        if state.get("thinking", viewer) and not action.live:
            return "refusal-thinking"
        if not free:
            return "refusal-unit-busy" if units else "refusal-unit-needed"
        if action.once and state.get("used", (viewer, action.id)):
            return "refusal-once-only"
        for param in action.params:
            if param.takes == "face" and not param.optional and not self._any_face(viewer, param):
                return "refusal-nobody-known"
        return ""

    def _speaks_of_params(self, action: Action) -> bool:
        names = set(_NAME.findall(action.requires or ""))
        return any(param.name in names for param in action.params)

    def meet(self, viewer: str, kind: str, face: str) -> None:
        """A face of a kind has come into a viewer's view."""
        self._met.setdefault((viewer, kind), []).append(face)

    def _any_face(self, viewer: str, param: Param) -> bool:
        return any(self._met.get((viewer, kind)) for kind in self._kinds(param))

    def _kinds(self, param: Param) -> Iterable[str]:
        """The kinds that a parameter takes; all of them where it names none."""
        return param.kinds or self._rules.fields_of_kind

    def _faces(self, viewer: str, param: Param) -> list[str]:
        """The faces of the right kinds in a viewer's view, kind by kind, in the order in which it met them."""
        return [face for kind in self._kinds(param) for face in self._met.get((viewer, kind), ())]
