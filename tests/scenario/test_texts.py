"""Fluent texts are read with places, marks and variables."""

import pytest
from fluent.runtime import FluentBundle, FluentResource

from kerege.scenario.texts import read_texts


def read(text):
    texts, problems = read_texts([("en", "en.ftl", text.encode(), False)])
    assert problems == []
    return texts["en"]


def said(text):
    return [str(problem) for problem in read_texts([("en", "en.ftl", text.encode(), False)])[1]]


def test_marks_have_places():
    """A mark is found with its subject, face, field and value, where it stands."""
    (text,) = read(
        "# words\na_b = She, [Раиса](raisa/register.role=boss), saw\n    it in [the car](grey_car).\n"
    ).values()
    assert text.key == "a-b"
    (first, at_first), (second, at_second) = text.marks
    assert (first.subject, first.face, first.field, first.value) == ("raisa", "register", "role", "boss")
    assert (second.subject, second.field) == ("grey_car", None)
    assert str(text.problem("x", offset=at_first)) == "en.ftl:2:12: x"
    assert str(text.problem("x", offset=at_second)) == "en.ftl:3:11: x"


def test_a_line_may_start_with_a_mark():
    """Fluent would take it for a variant; the place of what follows is still the author's."""
    (text,) = read("a =\n    [One](x.y) and [two](y.z)\n    [Three](z.z) here\n").values()
    assert [str(text.problem("", offset=offset)) for _, offset in text.marks] == [
        "en.ftl:2:5: ",
        "en.ftl:2:20: ",
        "en.ftl:3:5: ",
    ]


@pytest.mark.parametrize(
    "source",
    [
        "a = plain",
        "a =\n    two\n    lines",
        "a =\n    [A](b.c) starts\n    [D](e.f) too",
        "a = { $n ->\n    [one] [A](b.c)\n   *[other] many { $n }\n }",
        'a = {"{"} brace',
    ],
)
def test_source_reads_back(source):
    """The pattern in the pack gives the same words again in a bundle of its own."""
    (text,) = read(source).values()
    bundle = FluentBundle(["en"], use_isolating=False)
    bundle.add_resource(FluentResource(f"{text.key} = {text.source}\n"))
    words, errors = bundle.format_pattern(bundle.get_message("a").value, {"n": 1})
    assert errors == []
    assert words == {
        "a = plain": "plain",
        "a =\n    two\n    lines": "two\nlines",
        'a = {"{"} brace': "{ brace",
    }.get(source, "[A](b.c) starts\n[D](e.f) too" if "starts" in source else "[A](b.c)")


def test_deep_braces_are_refused():
    """The Fluent parser recurses; braces are counted before it sees them."""
    assert said("a = " + "{" * 5000) == ["en.ftl:1:1: braces nested deeper than 8 levels"]


def test_half_a_mark_is_told():
    """What looks like a mark and is none is a problem, not words."""
    assert said("a = [x](y.z.w)") == [
        "en.ftl:1:7: not a mark: write [words](thing.field), (thing.field=value) or (thing)"
    ]
