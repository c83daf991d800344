"""A pack's YAML to rules: read, check, compile, explain problems with file, line and column."""

from kerege.scenario.compile import load_pack
from kerege.scenario.problems import PackProblems, Problem

__all__ = ["PackProblems", "Problem", "load_pack"]
