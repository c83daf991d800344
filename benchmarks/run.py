"""`make bench`: the figures that the product promises, each beside its bound, measured in this one run.

CPU figures are process CPU time, the best of several rounds, on whatever machine this is: trust the ratios more than
the microseconds. That a step costs the same in a world ten times as large is counted in calls, which no other load on
the machine can change; what the clock shows beyond that is the processor fetching from a larger memory.
"""

from __future__ import annotations

import gzip
import statistics
import sys
from pathlib import Path

from benchmarks.replay import joining_bytes, replay_seconds
from benchmarks.steps import World, calls, pairs_us

STEP_US_MAX = 150
WHOLE_US_MAX = 280
GROWTH_MAX = 1.02
"""Of the calls that a step makes, when the world is ten times as large."""
REPLAY_S_MAX = 5.0
JOIN_BYTES_MAX = 32 * 1024
FIRST_LOAD_BYTES_MAX = 60 * 1024
CLIENT = Path("client_web/dist")


def main() -> int:
    """Print every figure; the exit status says whether all are within their bounds."""
    rows: list[tuple[str, float, float, str]] = []
    small, large = World(300), World(3000)
    for what, name, bound in (
        ("step", "one step", STEP_US_MAX),
        ("whole", "step + journal entry + views + bytes", WHOLE_US_MAX),
    ):
        pairs = pairs_us(small, large, what)
        rows.append((f"{name}, 300 things", min(first for first, _ in pairs), bound, "us CPU"))
        rows.append((f"{name}, 3,000 things", min(later for _, later in pairs), bound, "us CPU"))
        rows.append((f"{name}, 3,000 : 300", calls(large, what) / calls(small, what), GROWTH_MAX, "ratio of calls"))
        growth = statistics.median(later / first for first, later in pairs)
        print(f"      {name}, 3,000 : 300 things, by the clock: {growth:.2f}, median of {len(pairs)} paired rounds")
    seconds, events, entries = replay_seconds()
    rows.append((f"replay of {events:,} events in {entries:,} entries", seconds, REPLAY_S_MAX, "s CPU"))
    for name, size in joining_bytes().items():
        rows.append((f"a team joins in one frame, {name}", size, JOIN_BYTES_MAX, "bytes"))
    first = first_load_bytes()
    if first is not None:
        rows.append(("a player's first load, gzip", first, FIRST_LOAD_BYTES_MAX, "bytes"))
    over = 0
    for name, figure, bound, unit in rows:
        verdict = "ok" if figure <= bound else "OVER"
        over += verdict == "OVER"
        print(f"{verdict:5} {name:62} {figure:12,.2f} of at most {bound:,} {unit}")
    return 1 if over else 0


def first_load_bytes() -> int | None:
    """What a phone loads before a player's first screen: the page, and what it names at once."""
    index = CLIENT / "index.html"
    if not index.is_file():
        return None
    page = index.read_text(encoding="utf-8")
    files = [
        index,
        *(path for path in sorted(CLIENT.rglob("*")) if path.suffix in {".js", ".css"} and path.name in page),
    ]
    return sum(len(gzip.compress(path.read_bytes(), 6)) for path in files)


if __name__ == "__main__":
    sys.exit(main())
