"""What a line of the MSEL will do, in words, for the control that decides whether to bring it. Nobody else reads this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerege.engine import pack as p
from kerege.views.names import kebab

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kerege.engine.rules import Rules
    from kerege.views.names import Names

MINUTE_MS = 60_000


def does(rules: Rules, names: Names, effects: Iterable[p.AnyEffect], language: str) -> list[str]:
    """One sentence for each effect, in their order."""
    return [_sentence(rules, names, effect, language) for effect in effects]


def _sentence(rules: Rules, names: Names, effect: Any, language: str) -> str:
    say = names.texts.words
    match effect:
        case p.Tell():
            said = {"who": _who(rules, names, effect.who, language), "text": say(kebab(effect.text), language)}
            return say("does-tell", language, said)
        case p.Say():
            text = say(kebab(rules.lines[effect.line].text), language)
            return say("does-tell", language, {"who": _who(rules, names, effect.who, language), "text": text})
        case p.Cue():
            said = {"who": _thing(rules, names, effect.character, language), "text": say(kebab(effect.text), language)}
            if effect.after_ms:
                return say("does-cue-later", language, said | {"n": str(effect.after_ms // MINUTE_MS)})
            return say("does-cue", language, said)
        case p.Learn() | p.Retract():
            what = _field(rules, names, effect.subject, effect.field, language)
            key = "does-learn" if isinstance(effect, p.Learn) else "does-retract"
            return say(key, language, {"who": _who(rules, names, effect.who, language), "what": what})
        case p.Set() | p.Add():
            return say("does-set", language, {"what": _field(rules, names, effect.subject, effect.field, language)})
        case p.Fire():
            return say("does-fire", language, {"what": say(f"inject-{kebab(effect.inject)}", language)})
        case p.Exclude():
            return say("does-exclude", language, {"what": _thing(rules, names, effect.subject, language)})
        case p.End():
            return say("does-end", language)
        case p.Same() | p.Watch():
            return say("does-show", language, {"who": _who(rules, names, effect.who, language)})
    raise AssertionError(effect)


def _who(rules: Rules, names: Names, who: str, language: str) -> str:
    if who == "everyone":
        return names.texts.words("does-everyone", language)
    if who.startswith("actor:"):
        return _thing(rules, names, who.removeprefix("actor:"), language)
    return ", ".join(names.viewer(viewer, language) for viewer in rules.teams_named(who)) or who


def _thing(rules: Rules, names: Names, thing: str, language: str) -> str:
    actor = rules.actor_of.get(thing)
    return names.viewer(actor, language) if actor is not None else names.label(rules.faces_of(thing)[0], language)


def _field(rules: Rules, names: Names, thing: str, field: str, language: str) -> str:
    face = rules.faces_of(thing)[0]
    return f"{names.label(face, language)}, {names.field(rules.kind_of_face(face), field, language)}"
