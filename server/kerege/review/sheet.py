"""The paper that pages of the debrief are written on: one stylesheet, templates that escape, a policy that fetches nothing."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kerege.review.texts import say

_FOLDER = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Sheet:
    """A whole HTML document, the Content-Security-Policy under which to serve it, and its language."""

    html: str
    csp: str
    lang: str


def sheet(template: str, page: Any, language: str) -> Sheet:
    """Write one document. `template`: a file of the folder; it gets `page`, `say`, `lang`, `style`, `policy`."""

    def words(key: str, **arguments: object) -> str:
        return say(key, language, **{name: str(value) for name, value in arguments.items()})

    style = _style()
    policy = f"default-src 'none'; style-src '{style.source}'"
    written = _environment().get_template(template)
    html = written.render(page=page, say=words, lang=language, style=style.text, policy=policy)
    return Sheet(html, f"{policy}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", language)


@dataclass(frozen=True)
class _Style:
    text: Markup
    source: str
    """What the policy names it by."""


@cache
def _style() -> _Style:
    text = (_FOLDER / "last_page.css").read_text(encoding="utf-8")
    assert "<" not in text, "a stylesheet inside a page holds no sign that could end it"
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return _Style(Markup(text), f"sha256-{digest}")  # noqa: S704  our own file, without a "<"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
