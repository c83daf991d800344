"""What the gateway says to people, in Fluent files, one for each language: marks, terms of participation, refusals.

A language without a file reads Russian, then English.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple, get_args

from fluent.runtime import FluentBundle, FluentResource

from kerege.wire.messages import Language

LANGUAGES: tuple[str, ...] = get_args(Language)
FALLBACKS: dict[str, tuple[str, ...]] = {"en": ("en", "ru")}
FALLBACK_DEFAULT = ("ru", "en")
TERMS = ("play", "engagement", "stop", "record", "see", "use", "deletion", "ask")
"""The terms of participation, in the order in which they are shown."""

_FOLDER = Path(__file__).parent


class Term(NamedTuple):
    """One of the terms of participation."""

    title: str
    text: str


def say(key: str, language: str, **arguments: str) -> str:
    """The words of `key` in this language, or in the nearest that has them. An unknown key is our mistake."""
    for bundle in _bundles(language):
        message = bundle.get_message(key) if bundle.has_message(key) else None
        if message is not None and message.value is not None:
            words, errors = bundle.format_pattern(message.value, arguments)
            assert not errors, errors
            return str(words)
    raise KeyError(key)


def terms(language: str, deletion: str, contact: str, persons_days: int = 30) -> list[Term]:
    """The terms of participation. `deletion` and `contact` are empty where they are not settled yet."""
    arguments = {"deletion": deletion or "unset", "contact": contact or "unset", "days": str(persons_days)}
    return [
        Term(say(f"term-{name}-title", language), say(f"term-{name}-text", language, **arguments)) for name in TERMS
    ]


def best_language(accept_language: str, offered: tuple[str, ...] = LANGUAGES) -> str:
    """The first language of a browser's list that is offered, else English."""
    for entry in accept_language[:200].split(","):
        code = entry.split(";")[0].strip().lower()[:2]
        if code in offered:
            return code
    return "en"


def own_languages() -> tuple[str, ...]:
    """The languages that have a file of their own; the others read Russian, then English."""
    return tuple(code for code in LANGUAGES if (_FOLDER / f"{code}.ftl").exists())


@cache
def _bundles(language: str) -> tuple[FluentBundle, ...]:
    chain = dict.fromkeys([language, *FALLBACKS.get(language, FALLBACK_DEFAULT)])
    return tuple(_bundle(code) for code in chain if (_FOLDER / f"{code}.ftl").exists())


@cache
def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource((_FOLDER / f"{language}.ftl").read_text(encoding="utf-8")))
    return bundle
