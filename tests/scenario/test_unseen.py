"""A character that nobody sees is refused wherever a pack may hold one, with its place."""

import pytest

from kerege.scenario.reading import read_yaml
from kerege.scenario.texts import read_texts

TURNING = "\u202e"
"""Right to left from here on."""
SEEN = "шаг 1 · тоҷикӣ ‘oʻ’ « 10\u00a0000 » — co\u00adoperate 👩\u200d⚖️"


@pytest.mark.parametrize(
    "hidden", [TURNING, "\u2066", "\u200b", "\u200e", "\ufeff", "\x00", "\x1b", "\x85", "\ue000", "\U000e0041"]
)
def test_a_character_that_nobody_sees_is_refused(hidden):
    """In words, in keys and in remarks alike."""
    for written in (f"a: 1\nb: x{hidden}y\n", f"a: 1\nbx{hidden}: y\n", f"a: 1\n# x{hidden}y\n"):
        _, problems = read_yaml(written.encode(), "facts.yaml")
        assert [(each.line, each.severity) for each in problems] == [(2, "error")], written
        assert f"U+{ord(hidden):04X}" in problems[0].message
    for written in (f"a = 1\nb = x{hidden}y\n", f"a = 1\n# x{hidden}y\n"):
        texts, problems = read_texts([("en", "en.ftl", written.encode(), False)])
        assert [(each.line, each.col) for each in problems] == [(2, written.split("\n")[1].index(hidden) + 1)], written
        assert f"U+{ord(hidden):04X}" in problems[0].message
        assert not texts["en"]


@pytest.mark.parametrize("written", [r"\u202e", r"\U0000202E", r"\0", r"\e", r"\x9f"])
def test_nor_may_yaml_write_it_by_its_number(written):
    """In quotes it is the character; outside of them a backslash is a backslash."""
    _, problems = read_yaml(f'a: 1\nb: "x{written}y"\n'.encode(), "facts.yaml")
    assert [each.line for each in problems] == [2]
    assert "nobody sees" in problems[0].message
    assert not read_yaml(f"a: 1\nb: x{written}y\n".encode(), "facts.yaml")[1]


@pytest.mark.parametrize("written", [r"\u202e", r"\U00202Eab"])
def test_nor_may_fluent(written):
    """Between quotes in braces."""
    _, problems = read_texts([("en", "en.ftl", f'a = 1\nb = {{ "{written}" }}y\n'.encode(), False)])
    assert [(each.line, each.col) for each in problems] == [(2, 8)]
    assert "U+202E" in problems[0].message


def test_what_people_write_in_their_languages_is_taken():
    """Hard spaces, soft hyphens, joined emoji, and a byte order mark where a file begins with one."""
    source, problems = read_yaml(f"\ufeffa: {SEEN}\n".encode(), "facts.yaml")
    assert not problems and source.data == {"a": SEEN}
    texts, problems = read_texts([("en", "en.ftl", f"\ufeffa = {SEEN}\n".encode(), False)])
    assert not problems and set(texts["en"]) == {"a"}
