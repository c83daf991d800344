"""Runs the model's own tests, which need Node and no browser."""

import subprocess

from tests.browser.conftest import ROOT


def test_the_model_keeps_its_promises(dist):
    """Views, knowledge, news, clock, offers, matrix and outbox: see model.test.mjs."""
    test = ROOT / "tests" / "browser" / "model.test.mjs"
    ran = subprocess.run(
        ["scripts/with_node.sh", "node", "--test", str(test)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]
