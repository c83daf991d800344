"""QR codes: as SVG for pages, as blocks for a terminal."""

from __future__ import annotations

import io
from functools import lru_cache

import segno


@lru_cache(maxsize=128)  # a link for every team of a large exercise
def qr_svg(text: str) -> str:
    """The code as an SVG picture without size, whole in itself: a page shows it as an image, never as a part of the page."""
    out = io.BytesIO()
    drawing = segno.make(text, error="m", micro=False)
    drawing.save(out, kind="svg", xmldecl=False, nl=False, border=2, omitsize=True, dark="#000", light="#fff")
    return out.getvalue().decode()


def qr_blocks(text: str) -> str:
    """The code in half blocks, for a terminal."""
    out = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(out=out, compact=True)
    return out.getvalue()
