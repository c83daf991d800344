"""The index from events to the rules that listen to them, so that a rule re-runs only when what it reads has changed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kerege.engine.rules import Rules

Listener = tuple[Any, ...]


class Listeners:
    """Which rules listen to what; built once from the rules."""

    def __init__(self, rules: Rules) -> None:
        self.by_event: dict[Listener, list[str]] = defaultdict(list)
        self.always: list[str] = []
        for rule in rules.rules.values():
            trigger = rule.trigger
            if trigger is None or trigger.sort in {"at", "start"}:
                continue
            if trigger.sort in {"learnt", "shared"}:
                self.by_event[trigger.sort, trigger.subject, trigger.field].append(rule.id)
            elif trigger.sort == "did":
                self.by_event["did", trigger.action].append(rule.id)
            elif trigger.sort == "filed":
                self.by_event["filed", trigger.form].append(rule.id)
            elif trigger.sort == "treated":
                self.by_event["treated", trigger.character].append(rule.id)
            else:
                self._listen_to_condition(rules, rule.id)

    def _listen_to_condition(self, rules: Rules, rule: str) -> None:
        condition = rules.becomes[rule]
        for subject, field in condition.reads:
            self.by_event["set", subject, field].append(rule)
        for asked in condition.asks:
            if asked == ("now",):
                self.always.append(rule)
            elif asked[0] == "knows":
                self.by_event["know", asked[1], asked[2]].append(rule)
            else:
                self.by_event[asked[0], asked[1]].append(rule)
