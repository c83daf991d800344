"""The bounds of a condition: every one is checked before the work it bounds is done."""

SOURCE_CHARS_MAX = 500
"""A condition that is longer than a paragraph cannot be read by the author's colleagues either."""

NODES_MAX = 200
"""Nodes of the parsed tree. The longest condition of the first packs has 60."""

NESTING_MAX = 40
"""Brackets in brackets, prefix operators in a row, and levels of the tree: the checker recurses that deep, no deeper."""

LOOP_DEPTH_MAX = 2
"""Loops in loops: two over a few hundred persons are ten thousands of reads, three would be millions."""

INTEGER_MAX = 1_000_000_000_000
"""The largest integer that can be written: more than any sum of money or second of a story."""

PROBLEMS_MAX = 20
"""Problems told at once; more are echoes of the first ones."""
