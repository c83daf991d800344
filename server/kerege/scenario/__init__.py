"""A pack's YAML to rules: read, check, compile, explain problems with file, line and column."""

from kerege.scenario.check import check, write_flow_file
from kerege.scenario.compile import Compiled, compile_folder, load_pack
from kerege.scenario.plays import Play, PlayStep, read_plays
from kerege.scenario.problems import PackProblems, Problem, errors

__all__ = [
    "Compiled",
    "PackProblems",
    "Play",
    "PlayStep",
    "Problem",
    "check",
    "compile_folder",
    "errors",
    "load_pack",
    "read_plays",
    "write_flow_file",
]
