"""The index from events to the rules and early endings that listen, so that a condition re-runs only when what it reads has changed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kerege.engine.conditions import Condition
    from kerege.engine.rules import Rules

Listener = tuple[Any, ...]


class Listeners:
    """Which rules listen to what; built once from the rules."""

    def __init__(self, rules: Rules) -> None:
        self.by_event: dict[Listener, list[str]] = defaultdict(list)
        self.always: list[str] = []
        self.fields: set[str] = set()
        """The fields that any listener reads or waits for: what else changes needs no look-up."""
        for name, trigger in rules.triggers.items():
            if trigger.sort in {"at", "start"}:
                continue
            if trigger.sort in {"learnt", "shared"}:
                self.by_event[trigger.sort, trigger.subject, trigger.field].append(name)
                self.fields.add(str(trigger.field))
            elif trigger.sort == "did":
                self.by_event["did", trigger.action].append(name)
            elif trigger.sort == "filed":
                self.by_event["filed", trigger.form].append(name)
            elif trigger.sort in {"convened", "decided", "shift_on", "shift_over"}:
                self.by_event[trigger.sort, ""].append(name)
            elif trigger.sort == "treated":
                self.by_event["treated", trigger.character].append(name)
        for name, condition in rules.becomes.items():
            self._listen_to_condition(name, condition)

    def _listen_to_condition(self, name: str, condition: Condition) -> None:
        for subject, field in condition.reads:
            self.by_event["set", subject, field].append(name)
            self.fields.add(field)
        for asked in condition.asks:
            if asked == ("now",):
                self.always.append(name)
            elif asked[0] == "knows":
                self.by_event["know", asked[1], asked[2]].append(name)
                self.fields.add(str(asked[2]))
            else:
                self.by_event[asked[0], asked[1]].append(name)
