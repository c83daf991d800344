"""YAML is read with the place of everything, and means one thing only."""

import pytest

from kerege.scenario.reading import FILE_BYTES_MAX, NODES_MAX, Place, plain_value, read_yaml


def read(text):
    source, problems = read_yaml(text.encode(), "file.yaml")
    assert problems == []
    return source


def said(text):
    return [str(problem) for problem in read_yaml(text.encode(), "file.yaml")[1]]


@pytest.mark.parametrize(
    "word", ["on", "off", "yes", "no", "12:30", "0o17", "0x1f", "1_000", "2026-01-01", ".", "1.2.3"]
)
def test_norway(word):
    """Words that YAML 1.1 turned into something else stay strings."""
    assert read(f"key: {word}").data == {"key": word}


@pytest.mark.parametrize(
    ("word", "value"),
    [("null", None), ("~", None), ("", None), ("true", True), ("False", False), ("-12", -12), ("+3", 3), ("1.5", 1.5)],
)
def test_core_values(word, value):
    """Numbers, true, false and null are what YAML 1.2 says."""
    assert plain_value(word) == value


def test_quoted_words_are_text():
    """Quotes make text of anything."""
    assert read("- '12'\n- \"true\"\n").data == ["12", "true"]


def test_places():
    """Every key and value knows its line and column, counted from 1 and in characters."""
    source = read("- імя: Раїса\n  list: [a, {b: c}]\n")
    assert source.values[0, "імя"] == Place(1, 8)
    assert source.keys[0, "list"] == Place(2, 3)
    assert source.values[0, "list", 1, "b"] == Place(2, 17)
    assert source.place((0, "missing")) == Place(1, 3)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("if: known(x) and y", Place(1, 18)),
        ("if: 'known(x) and y'", Place(1, 19)),
        ("if: 'it''s and y'", Place(1, 16)),
        ('if: "a \\"b\\" and y"', Place(1, 18)),
        ("if: >-\n  known(x)\n  and\n    y\n", Place(4, 5)),
        ("if: |\n  known(x)\n  and y\n", Place(3, 7)),
        ("if: known(x)\n  and\n  y\n", Place(3, 3)),
    ],
)
def test_place_inside_a_scalar(text, place):
    """A character of a plain, quoted or block scalar is found in the file."""
    source = read(text)
    assert source.inside(("if",), source.data["if"].index("y")) == place


@pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "? "])
def test_deep_nesting_is_refused(opening):
    """Nesting that would overflow the C stack is a problem like any other."""
    (problem,) = said(opening * 100_000)[:1]
    assert "nested deeper than 20 levels" in problem or "a key must be a plain word" in problem


def test_bounds():
    """Files that are too large, or hold too many values, are refused by name."""
    assert said("#" * (FILE_BYTES_MAX + 1)) == [f"file.yaml:1:1: the file is larger than {FILE_BYTES_MAX} bytes"]
    assert said("- a\n" * NODES_MAX) == [f"file.yaml:{NODES_MAX}:3: more than {NODES_MAX} values in one file"]
    assert said("- a\n" * (NODES_MAX - 1)) == []


def test_refused():
    """Duplicate keys, anchors, aliases, tags, two documents and other encodings are refused where they stand."""
    assert said("a: 1\nb: 2\na: 3\n") == ["file.yaml:3:1: the key 'a' stands twice; it is already on line 1"]
    assert said("a: &x 1\n") == ["file.yaml:1:4: anchors (&name) are not allowed"]
    assert said("a: *x\n") == ["file.yaml:1:4: aliases (*name) are not allowed"]
    assert said("a: !!str 1\n") == ["file.yaml:1:4: tags (!name) are not allowed"]
    assert said("a: 1\n---\nb: 2\n") == ["file.yaml:2:1: a second document in one file"]
    assert [str(p) for p in read_yaml(b"a: 1\nb: \xff\n", "f")[1]] == ["f:2:1: the file is not UTF-8"]
