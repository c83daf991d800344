"""Runs the model's own tests, which need Node and no browser."""

import os
import subprocess

import msgspec
import pytest

from kerege.wire.digest import Digest
from tests.browser.conftest import ROOT
from tests.browser.fixtures import silver_reed as story


def views() -> list[dict]:
    """Every sort of view that the canned server shows, with the digest that the server makes of it."""
    found = [
        story.items(sort, language) for sort in ("player", "actor", "control", "observer") for language in ("en", "ru")
    ]
    found.append(
        {"offers": {"9": {"b": {"10": 1, "9": 2, "a": "ӨҮҢ \u2028 \x1f\x7f \U0001f512"}, "a": [None, True, -1]}}}
    )
    return [{"items": msgspec.to_builtins(items), "digest": Digest(items).number} for items in found]


@pytest.mark.parametrize("name", ["model", "link"])
def test_the_model_keeps_its_promises(dist, tmp_path, name):
    """Views, digests, knowledge, news, clock, offers, matrix and outbox; the link: see model.test.mjs and link.test.mjs."""
    (tmp_path / "views.json").write_bytes(msgspec.json.encode(views()))
    test = ROOT / "tests" / "browser" / f"{name}.test.mjs"
    ran = subprocess.run(
        ["scripts/with_node.sh", "node", "--test", str(test)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        env=os.environ | {"VIEWS": str(tmp_path / "views.json")},
    )
    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]
