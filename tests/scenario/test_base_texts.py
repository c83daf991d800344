"""The server's own words: all that its code looks up by a fixed key is there, in every language it has."""

import re
from pathlib import Path
from typing import get_args

import pytest

from kerege.engine.pack import Certainty, How, Inject, Viewer
from kerege.engine.refusals import REFUSAL_CODES
from kerege.scenario.library import BASE
from kerege.scenario.texts import read_texts

SERVER = BASE.parent.parent
FAMILIES = "advice|happening|heard|notice|refusal|result|role|source|value|word"
LOOKED_UP = re.compile(rf"[\"']((?:{FAMILIES})-[a-z]+(?:-[a-z]+)*)[\"']")


def base_texts():
    files = [(path.stem, f"base/texts/{path.name}", path.read_bytes(), True) for path in (BASE / "texts").glob("*.ftl")]
    texts, problems = read_texts(files)
    assert problems == []
    return texts


def choices(struct, field):
    import typing

    return get_args(typing.get_type_hints(struct)[field])


def looked_up():
    folders = [SERVER / name for name in ("engine", "views", "room", "gateway")]
    files = [path for folder in folders for path in folder.rglob("*.py")]
    found = {key for path in files for key in LOOKED_UP.findall(Path(path).read_text(encoding="utf-8"))}
    found |= {f"how-{how}" for how in get_args(How)} | {f"certainty-{word}" for word in get_args(Certainty)}
    found |= {f"refusal-{code}" for code in REFUSAL_CODES} | {f"role-{sort}" for sort in choices(Viewer, "sort")}
    found |= {f"inject-sort-{sort}" for sort in choices(Inject, "sort")} | {"pseudonym", "result-done"}
    return {key.replace("_", "-") for key in found}


def test_every_language_has_every_word():
    """No language of the base texts lacks a word that the code looks up, or that another language has."""
    wanted = looked_up()
    texts = base_texts()
    wanted |= {key for found in texts.values() for key in found}
    missing = {language: sorted(wanted - set(found)) for language, found in texts.items()}
    assert missing == {language: [] for language in texts}


LATE = {"en": "Too late: ", "ru": "Слишком поздно: ", "ky": "Кеч болуп калды: "}


@pytest.mark.parametrize("language", LATE)
def test_what_is_too_late_says_so_and_why(language):
    """Each reason begins with the same words, so that it cannot be taken for "forbidden"."""
    text = (BASE / "texts" / f"{language}.ftl").read_text(encoding="utf-8")
    reasons = re.findall(r"^refusal-(?:ended|.*over|time-passed) = (.*)$", text, re.MULTILINE)
    assert len(reasons) == 6
    assert [each for each in reasons if not each.startswith(LATE[language])] == []
