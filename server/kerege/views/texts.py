"""Words for people, rendered per language: Fluent messages with marks, falling back own -> Russian -> English.

Rendering is a function of the text, its arguments and the language alone. A fallback says so, by the language's name in
brackets before it. A text that is missing everywhere reads as MISSING: its key is the pack's own and stays inside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fluent.runtime import FluentBundle, FluentResource

from kerege.engine.marks import split

if TYPE_CHECKING:
    from collections.abc import Mapping

FALLBACK = ("ru", "en")
MISSING = "…"

Run = tuple[str, str | None]
"""A run of words, and the name (`thing` or parameter, maybe `/face`) of what it speaks of."""


class Texts:
    """All texts of one exercise, in all its languages."""

    def __init__(self, texts: Mapping[str, Mapping[str, str]]) -> None:
        """`texts`: language -> key -> Fluent pattern source. Raises nothing: a checked pack has no broken text."""
        self._bundles: dict[str, FluentBundle] = {}
        self._simple: dict[str, dict[str, str]] = {}
        self._plain: dict[tuple[str, str], str] = {}
        self._firsts: dict[tuple[tuple[str, ...], str], str] = {}
        for language, patterns in texts.items():
            bundle = FluentBundle([language], use_isolating=False)
            source = []
            simple: dict[str, str] = {}
            for key, pattern in patterns.items():
                if "{" in pattern:
                    source.append(f"{key} = {pattern.replace(chr(10), chr(10) + '    ')}\n")
                else:
                    simple[key] = "\n".join(line.strip() for line in pattern.split("\n"))
            bundle.add_resource(FluentResource("".join(source)))
            self._bundles[language] = bundle
            self._simple[language] = simple

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that have texts."""
        return tuple(self._bundles)

    def has(self, key: str) -> bool:
        """Whether any language has this text."""
        return any(
            key in simple or self._bundles[language].has_message(key) for language, simple in self._simple.items()
        )

    def source(self, key: str, language: str, arguments: Mapping[str, str] | None = None) -> str:
        """A text with its arguments put in and its marks still standing."""
        for each in dict.fromkeys((language, *FALLBACK)):
            text = self._in(key, each, arguments)
            if text is not None:
                return text if each == language else f"[{each}] {text}"
        return MISSING

    def _in(self, key: str, language: str, arguments: Mapping[str, str] | None) -> str | None:
        simple = self._simple.get(language, {}).get(key)
        if simple is not None:
            return simple
        bundle = self._bundles.get(language)
        if bundle is None or not bundle.has_message(key):
            return None
        pattern = bundle.get_message(key).value
        assert pattern is not None
        text, _errors = bundle.format_pattern(pattern, dict(arguments or {}))
        return str(text)

    def words(self, key: str, language: str, arguments: Mapping[str, str] | None = None) -> str:
        """A text as plain words."""
        if arguments:
            return "".join(run for run, _ in split(self.source(key, language, arguments)))
        plain = self._plain.get((key, language))
        if plain is None:
            plain = "".join(run for run, _ in split(self.source(key, language)))
            self._plain[key, language] = plain
        return plain

    def runs(self, key: str, language: str, arguments: Mapping[str, str] | None = None) -> list[Run]:
        """A text as runs of words, the marked ones with the name of what they speak of."""
        return [
            (words, None if mark is None else mark.subject + (f"/{mark.face}" if mark.face else ""))
            for words, mark in split(self.source(key, language, arguments))
        ]

    def first(self, keys: tuple[str, ...], language: str) -> str:
        """The first of several keys that has a text, as plain words; "" where none has."""
        found = self._firsts.get((keys, language))
        if found is None:
            found = next((self.words(key, language) for key in keys if self.has(key)), "")
            self._firsts[keys, language] = found
        return found
