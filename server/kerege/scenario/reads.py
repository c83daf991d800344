"""What a pack's conditions and triggers look at, in the words of the flow list.

`thing.field` and `<kind>.field` are read from the truth; `… knows …`, `times …` and the like from what has happened.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from kerege.engine.bindings import Names
from kerege.engine.conditions import compile_condition
from kerege.engine.conditions.exprtype import TICK
from kerege.engine.conditions.vocabulary import Types
from kerege.engine.pack import Pack, Trigger

Reads = frozenset[str]


class Reader:
    """Names what conditions of one pack look at."""

    def __init__(self, pack: Pack) -> None:
        self._types = Types.of(pack)

    def condition(self, source: str | None, names: Names) -> Reads:
        """What a truth-scope condition looks at; nothing where there is none."""
        if source is None:
            return frozenset()
        condition = compile_condition(source, self._types, "truth", names, TICK)
        fields = {f"{_subject(key)}.{field}" for key, field in condition.reads}
        asked = {_ask(ask) for ask in condition.asks if ask[0] != "knows"}
        return frozenset(fields | asked | set(_knowing(source, names)))

    def trigger(self, trigger: Trigger | None) -> Reads:
        """What a trigger waits for; nothing for the start, a time, or control's hand."""
        if trigger is None:
            return frozenset()
        by = f" by {trigger.by}" if trigger.by else ""
        to = f" to {trigger.to}" if trigger.to else ""
        field = f"{trigger.subject}.{trigger.field}"
        value = f"={trigger.value}" if trigger.value is not None else ""
        match trigger.sort:
            case "learnt":
                return frozenset({f"{field}{value} learnt{by}"})
            case "shared":
                return frozenset({f"{field} shared{by}{to}"})
            case "did":
                outcome = f"/{trigger.outcome}" if trigger.outcome else ""
                return frozenset({f"action:{trigger.action}{outcome} done{by}"})
            case "filed":
                return frozenset({f"form:{trigger.form} filed{by}"})
            case "convened":
                return frozenset({f"consultation of {', '.join(trigger.teams)}"})
            case "decided":
                return frozenset({f"decision of a consultation{by}"})
            case "shift_on":
                return frozenset({f"shift {trigger.by} has come on"})
            case "shift_over":
                how = {True: " and handed over", False: " and handed nothing over", None: ""}[trigger.briefed]
                return frozenset({f"shift {trigger.by} has gone{how}"})
            case "treated":
                return frozenset({f"treatment of {trigger.character}"})
            case "becomes":
                return self.condition(trigger.condition, {})
        return frozenset()


def told(word: str, reads: Iterable[str]) -> str:
    """`word` and what is looked at, for the end of a line; nothing where nothing is."""
    names = ", ".join(sorted(set(reads)))
    return f" {word} {names}" if names else ""


def _subject(key: str) -> str:
    return f"<{key.removeprefix('kind:')}>" if key.startswith("kind:") else key


def _knowing(source: str, names: Names) -> Iterator[str]:
    """Whose knowledge of what a checked condition asks for; its reads do not say whose."""
    tree = ast.parse(source.strip(), mode="eval")
    loops = {
        loop.target.id: loop.iter.id.removesuffix("s")
        for loop in ast.walk(tree)
        if isinstance(loop, ast.comprehension) and isinstance(loop.target, ast.Name) and isinstance(loop.iter, ast.Name)
    }
    for call in ast.walk(tree):
        match call:
            case ast.Call(
                func=ast.Name(id="knows" | "learnt_at"),
                args=[who, ast.Attribute(value=ast.Name(id=name), attr=field), *_],
            ):
                kinds = {loops[name]} if name in loops else names[name].kinds if name in names else ()
                subject = " or ".join(f"<{kind}>" for kind in sorted(kinds)) or name
                yield f"{ast.unparse(who).strip(QUOTES)} knows {subject}.{field}"


QUOTES = "\"'"
"""A word may be written bare or quoted."""


def _ask(ask: tuple[str, ...]) -> str:
    match ask:
        case ("played", key):
            return f"played {_subject(key)}"
        case ("things", kind):
            return f"every <{kind}>"
        case ("now",):
            return "the time"
        case (("convened" | "decided") as what, _):
            return what
    return " ".join(ask)
