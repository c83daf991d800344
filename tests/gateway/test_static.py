"""The built client as a browser gets it: packed where it may be, as it is where not, always the same page."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from kerege.gateway.static import read_assets

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "<!doctype html><title>SIMULATION</title>" + "<p>the same words again and again</p>" * 50
TINY = "p{}"


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """A built client of two files."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "assets" / "a.css").write_text(TINY)
    return tmp_path


@pytest.mark.parametrize("accepted", ["gzip", "br, gzip;q=0.5, *", "deflate, GZIP"])
def test_a_browser_that_takes_gzip_gets_it(client: Path, accepted: str) -> None:
    """What is unpacked is the page, byte for byte, and what was sent is shorter."""
    response = read_assets(client)["/"].response(accepted)
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(response.body) == PAGE.encode()
    assert len(response.body) < len(PAGE)


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "xgzip"])
def test_a_browser_that_does_not_take_gzip_gets_the_file(client: Path, accepted: str) -> None:
    """No encoding is forced on anyone; a cache is told that the answer depends on the browser."""
    response = read_assets(client)["/"].response(accepted)
    assert "content-encoding" not in response.headers
    assert response.headers["vary"] == "Accept-Encoding"
    assert response.body == PAGE.encode()


def test_what_packing_does_not_shorten_is_sent_as_it_is(client: Path) -> None:
    """A tiny file stays as it is for every browser."""
    response = read_assets(client)["/assets/a.css"].response("gzip")
    assert "content-encoding" not in response.headers
    assert response.body == TINY.encode()


def test_the_same_folder_packs_to_the_same_bytes(client: Path) -> None:
    """No time of day gets into what is sent."""
    assert read_assets(client)["/"].packed == read_assets(client)["/"].packed
