#!/usr/bin/env python3
"""Write docs/bounds.md anew: every bound of the product, what it is for, and how it is tried. A test compares."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "server")]

from tests.bounds.table import FILE, page  # noqa: E402  the path comes first

FILE.write_text(page(), encoding="utf-8")
print(f"wrote {FILE}")
