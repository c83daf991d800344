"""Pictures of a story: every road to a key fact is in them, they stand in layers, and they say that they show the truth."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kerege.cli import app
from kerege.scenario import load_pack
from kerege.scenario.layers import place
from kerege.scenario.storygraph import START, WATCHING, read_graph
from kerege.scenario.storypicture import MARK, WARNING, draw_around, draw_overview

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "tests/scenario/packs/tea-house"


@pytest.fixture(scope="module")
def graph():
    return read_graph(load_pack(ROOT / "scenarios/first-steps"), "en")


def words(svg):
    """All texts of a picture; it must be well-formed."""
    return [element.text for element in ET.fromstring(svg).iter() if element.tag.endswith("text")]


def test_who_learns_which_fact_through_what(graph):
    """Acts teach their asker, injects whom they tell, standing somewhere what is seen there."""
    assert graph.reveals["who_paid", "fiu"] == ["action:ask_payments"]
    assert ("who_paid", "border") not in graph.reveals
    assert graph.reveals["on_the_list", "border"] == ["action:read_bus_list"]
    assert "rule:driver_loudspeaker" in graph.reveals["right_bus", "patrol"]
    house = read_graph(load_pack(HOUSE), "en")
    assert house.reveals["cook_known", "patrol"] == ["action:greet"]
    assert START not in {road for roads in house.reveals.values() for road in roads}
    assert WATCHING not in {road for roads in house.reveals.values() for road in roads}


def test_a_lie_is_no_road(graph):
    """The driver's first answer is about the field, and not about the fact that the case came on the other bus."""
    assert "action:ask_person" not in graph.reveals.get(("right_bus", "patrol"), [])


def test_what_waits_for_what(graph):
    """A fact that an act requires leads to it; an act leads to its rules; what is set leads to what looks at it."""
    assert {
        ("team:fiu", "action:ask_payments"),
        ("fact:bus_on_stub", "action:ask_payments"),
        ("action:ask_payments", "fact:who_paid"),
        ("fact:who_paid", "action:call_school"),
        ("action:call_school", "rule:teacher_comes"),
        ("action:hand_over", "rule:music_again"),
        ("action:hand_over", "ending:returned"),
        ("form:found_slip", "rule:slip_on_file"),
        ("fact:bus_on_stub", "rule:stub_reached_fiu"),
    } <= graph.edges
    assert all(end in graph.nodes for edge in graph.edges for end in edge)


def test_around_counts_arrows_to_both_sides(graph):
    """Two arrows before, one after; each box once."""
    layers = graph.around(["fact:who_paid"], 2, 1)
    assert layers["action:ask_payments"] == -1
    assert layers["fact:bus_on_stub"] == -2
    assert layers["action:call_school"] == 1
    assert "rule:teacher_comes" not in layers


def test_boxes_of_one_layer_stand_in_one_column_and_never_overlap(graph):
    """And what can be drawn without a crossing is."""
    layers = graph.around(["fact:who_paid"], 2, 2)
    spots, wide, tall = place(layers, graph.edges, lambda _: 40, width=100, column_gap=50, row_gap=10)
    assert len({spot.x for spot in spots.values()}) == len(set(layers.values()))
    for name, spot in spots.items():
        assert 0 <= spot.x <= wide - spot.width
        assert 0 <= spot.y <= tall - spot.height
        for other, its in spots.items():
            assert other == name or spot.x != its.x or abs(spot.y - its.y) >= 50
    straight, *_ = place(
        {"a": 0, "b": 0, "c": 1, "d": 1}, [("a", "d"), ("b", "c")], lambda _: 10, width=10, column_gap=5, row_gap=5
    )
    assert (straight["a"].y < straight["b"].y) == (straight["d"].y < straight["c"].y)


def test_every_picture_says_that_it_shows_the_truth(graph):
    """The mark of the exercise, and whom it is for."""
    for svg in (draw_overview(graph, "x"), draw_around(graph, "x", ["fact:who_paid"], 2, 2)):
        assert f"{MARK}. {WARNING}" in words(svg)
    said = words(draw_overview(graph, "a <b> & c"))
    assert "a <b> & c" in said
    assert "ask payments" in said


@pytest.mark.parametrize("pack", sorted(path.parent.name for path in ROOT.glob("scenarios/*/pack.yaml")))
def test_all_pictures_of_all_packs_can_be_drawn(pack):
    """Well-formed, in every language of the pack, for every fact and team."""
    story = load_pack(ROOT / "scenarios" / pack)
    for language in story.languages:
        graph = read_graph(story, language)
        assert words(draw_overview(graph, pack))
        for name in [name for name, node in graph.nodes.items() if node.sort in {"fact", "team"}]:
            assert words(draw_around(graph, pack, [name], 2, 2))


def kerege(*said):
    return CliRunner().invoke(app, [str(each) for each in said])


def test_the_verb(tmp_path):
    """An overview on standard output; one fact or one team into a file; what is not there is named with what is."""
    assert kerege("graph", "first-steps").stdout.startswith("<svg ")
    out = tmp_path / "fiu.svg"
    assert kerege("graph", "first-steps", "--team", "fiu", "--language", "ru", "--out", out).exit_code == 0
    titles = words(out.read_text(encoding="utf-8"))
    assert "team · fiu" in titles
    assert "team · border" not in titles
    assert "key fact · who_paid" in words(kerege("graph", "first-steps", "--fact", "who_paid").stdout)
    assert "there are who_carried, " in kerege("graph", "first-steps", "--fact", "nothing").stderr
    assert "there are patrol, " in kerege("graph", "first-steps", "--team", "nobody").stderr
    assert "it has en, ru" in kerege("graph", "first-steps", "--language", "xx").stderr
    assert "not of both" in kerege("graph", "first-steps", "--fact", "who_paid", "--team", "fiu").stderr
