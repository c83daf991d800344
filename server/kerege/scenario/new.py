"""`kerege new`: a small pack that is right from the start, with comments that teach; an author changes it word by word."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from kerege.scenario.check import write_flow_file
from kerege.scenario.library import LIBRARY
from kerege.scenario.problems import PackProblems
from kerege.scenario.schema import PACK_ID_PATTERN

STARTER = Path(__file__).parent / "starter"
NAME_IN_STARTER = "my-story"


def new_pack(folder: Path) -> None:
    """
    Make a pack in a new folder, which gives it its name.

    Raises:
        FileExistsError: There is something already; nothing is written over.
        ValueError: The folder's name is no pack's name, in words.
    """
    name = folder.name
    if not re.fullmatch(PACK_ID_PATTERN, name) or name == LIBRARY:
        raise ValueError(f"{name!r} is no name for a pack: small letters, digits and hyphens, a letter first")
    shutil.copytree(STARTER, folder)
    head = folder / "pack.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace(NAME_IN_STARTER, name), encoding="utf-8", newline="\n")
    problems = write_flow_file(folder)
    if problems:
        raise PackProblems(problems)
