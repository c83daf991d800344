"""What the debrief says to people, in Fluent files, one for each language. A language without one reads Russian, then English."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

FALLBACK = ("ru", "en")
LANGUAGES = ("en", "ru", "ky")
"""The languages that have a file."""

_FOLDER = Path(__file__).parent


def say(key: str, language: str, **arguments: str) -> str:
    """The words of `key` in this language, or in the nearest that has them. An unknown key is our mistake."""
    for code in dict.fromkeys((language, *FALLBACK)):
        bundle = _bundle(code)
        if bundle is not None and bundle.has_message(key):
            pattern = bundle.get_message(key).value
            assert pattern is not None, key
            words, errors = bundle.format_pattern(pattern, arguments)
            assert not errors, errors
            return str(words)
    raise KeyError(key)


def spoken(language: str) -> str:
    """The language in which this one is answered."""
    return language if language in LANGUAGES else FALLBACK[0]


@cache
def _bundle(language: str) -> FluentBundle | None:
    if language not in LANGUAGES:
        return None
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource((_FOLDER / f"{language}.ftl").read_text(encoding="utf-8")))
    return bundle
