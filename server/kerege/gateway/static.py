"""
The built web client. Its files are read once at the start, by a list: no path of a request ever touches the disk.

They are packed once, too: on a thin link the first screen is a third of its size. Nothing here is anybody's secret, so
its length may be seen.
"""

from __future__ import annotations

import gzip
import mimetypes
import re
from pathlib import Path
from typing import NamedTuple

from fastapi import APIRouter, Request, Response

from kerege.gateway.errors import Refusal

PAGES = ("/", "/room", "/control")
"""Addresses of the one page; which screen it shows is the client's affair."""
CACHE_FOR_EVER = "public, max-age=31536000, immutable"
CACHE_NEVER = "no-cache"
FILES_MAX = 500
"""The built client has some forty."""
FILE_BYTES_MAX = 4 * 1024 * 1024
"""A phone loads a screen of 100 KiB."""
PACKING_LEVEL = 9
PACKING_GAIN_MIN = 64
"""Bytes that packing has to save to be worth the browser's work."""
PAGE_SCRIPT = re.compile(r'<script type="module"[^>]* src="([^"]+)"')
NOT_BUILT = "The web client is not built. Run: make run\n"


class Asset(NamedTuple):
    """One file, ready to send. Names under assets/ hold a hash of their content, so they may be kept for ever."""

    body: bytes
    packed: bytes | None
    """The body in gzip, where that is shorter."""
    type: str
    cache: str

    def response(self, accepted: str) -> Response:
        """The file, packed if the browser's `accept-encoding` says that it may be."""
        headers = {"content-type": self.type, "cache-control": self.cache}
        if self.packed is None:
            return Response(self.body, headers=headers)
        headers["vary"] = "Accept-Encoding"
        if not _takes_gzip(accepted):
            return Response(self.body, headers=headers)
        return Response(self.packed, headers={**headers, "content-encoding": "gzip"})


def read_assets(folder: Path | None) -> dict[str, Asset]:
    """Address -> asset, for every file of a built client; hidden files are left out."""
    if folder is None or not (folder / "index.html").is_file():
        return {}
    assets: dict[str, Asset] = {}
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder)
        if not path.is_file() or path.is_symlink() or any(part.startswith(".") for part in place.parts):
            continue
        assert len(assets) < FILES_MAX, "this is no web client: too many files"
        assert path.stat().st_size <= FILE_BYTES_MAX, f"{place} is too large for a phone"
        cache = CACHE_FOR_EVER if place.parts[0] == "assets" else CACHE_NEVER
        body = path.read_bytes()
        packed = gzip.compress(body, PACKING_LEVEL, mtime=0)
        assets[f"/{place.as_posix()}"] = Asset(
            body, packed if len(packed) < len(body) - PACKING_GAIN_MIN else None, _type(path), cache
        )
    for page in PAGES:
        assets[page] = assets["/index.html"]
    return assets


def page_script(folder: Path | None) -> str:
    """Address of the script that the page of a built client begins with; empty where there is none."""
    index = None if folder is None else folder / "index.html"
    found = PAGE_SCRIPT.search(index.read_text("utf-8")) if index is not None and index.is_file() else None
    return found[1] if found else ""


def static_routes(folder: Path | None) -> APIRouter:
    """The routes of this file; to be added last, since they take every path that is left."""
    router = APIRouter(include_in_schema=False)
    assets = read_assets(folder)

    @router.get("/{path:path}")  # noqa: FAST003  the path is looked up as the server decoded it
    @router.head("/{path:path}")
    async def read_asset(request: Request) -> Response:
        asset = assets.get(request.scope["path"])
        if asset is not None:
            return asset.response(request.headers.get("accept-encoding", ""))
        if not assets and request.scope["path"] in PAGES:
            return Response(NOT_BUILT, 503, media_type="text/plain")
        raise Refusal("not_found")

    return router


def _takes_gzip(accepted: str) -> bool:
    """Whether a browser's list names gzip, and not with the weight that means never."""
    for entry in accepted.lower().split(","):
        name, _, weight = entry.partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _type(path: Path) -> str:
    kind = {".js": "text/javascript", ".webmanifest": "application/manifest+json", ".woff2": "font/woff2"}.get(
        path.suffix, mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    )
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
