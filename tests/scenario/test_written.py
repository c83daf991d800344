"""What control writes during play is compiled against the running pack, and each problem names its place."""

from __future__ import annotations

import pytest

from kerege.scenario.written import compile_written
from tests.town import TOWN


def test_a_whole_text_gives_its_marks():
    """As an author's would."""
    marks, problems = compile_written(TOWN, {"en": "[The box](box) is [Bob's](box.owner)."})
    assert problems == []
    assert [(mark.subject, mark.field) for mark in marks] == [("box", None), ("box", "owner")]


@pytest.mark.parametrize(
    ("texts", "line", "said"),
    [
        ({}, 1, "no text in this language"),
        ({"en": "x", "ru": "x"}, 1, "does not have this language"),
        ({"en": "one\n{ two }"}, 2, "no braces"),
        ({"en": "one\n[two](bax)"}, 2, "there is no thing 'bax'"),
        ({"en": "[two](box.colour)"}, 1, "has no field 'colour'"),
        ({"en": "[two](box.weight=400)"}, 1, "is no value"),
        ({"en": "Ask Stone about it."}, 1, "names somebody"),
    ],
)
def test_each_problem_names_language_line_and_column(texts, line, said):
    """And nothing is compiled."""
    _, problems = compile_written(TOWN, texts)
    assert any(
        said in problem.message and problem.line == line and problem.file in {"en", "ru"} for problem in problems
    ), problems
