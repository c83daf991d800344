"""What a pack takes of the library: whole lists, or only the entries that it names."""

import shutil
from pathlib import Path

import pytest

from kerege.scenario import check, errors, load_pack

PACKS = Path(__file__).parent / "packs"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The tea house beside its library."""
    shutil.copytree(PACKS, tmp_path / "packs")
    return tmp_path / "packs" / "tea-house"


def use(house: Path, what: str) -> None:
    """Rewrite what the pack uses."""
    form = house / "pack.yaml"
    form.write_text(form.read_text(encoding="utf-8").replace("[kinds, actions]", what), encoding="utf-8")


def test_named_entries_are_the_same_as_in_the_whole_list(house: Path):
    """What is named comes as it stands, in the library's order."""
    whole = load_pack(house)
    use(house, "[kinds, {actions: [greet]}]")
    assert load_pack(house) == whole  # the library's other act falls away by itself here


def test_what_is_not_named_is_not_looked_at(house: Path):
    """Another entry of the library may even be broken: this pack does not speak of it."""
    use(house, "[kinds, {actions: [greet]}]")
    listed = house.parent / "library" / "actions.yaml"
    listed.write_text(listed.read_text(encoding="utf-8") + "- {id: new_act, buy: nonsense}\n", encoding="utf-8")
    assert errors(check([house])) == []


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("[kinds, {actions: [greet, gret]}]", "the library's actions have no 'gret'"),
        ("[kinds, {actionz: [greet]}]", "the library has no list 'actionz'"),
        ("[kinds, actions, {redactions: [person]}]", "the library has no file redactions.yaml"),
    ],
)
def test_what_the_library_does_not_have_is_said(house: Path, what: str, said: str):
    """With the place in pack.yaml."""
    use(house, what)
    problem = next(each for each in check([house]) if each.message == said)
    assert (problem.file, problem.line) == ("tea-house/pack.yaml", 6)


def test_lists_whose_entries_have_no_name_come_whole(house: Path):
    """A line of the redaction table has no id to choose it by."""
    (house.parent / "library" / "redactions.yaml").write_text("[]\n", encoding="utf-8")
    use(house, "[kinds, actions, {redactions: [person]}]")
    assert any("have no id to choose them by" in each.message for each in check([house]))


def test_a_language_of_some_packs_is_not_asked_of_the_whole_library(house: Path):
    """English and Russian are complete in the library; a further language is looked at where a pack claims it."""
    library = house.parent / "library"
    (library / "texts" / "ky.ftl").write_text("group-talk = Маек\n", encoding="utf-8")
    assert errors(check([library])) == []
    form = house / "pack.yaml"
    form.write_text(form.read_text(encoding="utf-8").replace("[en, ru]", "[en, ru, ky]"), encoding="utf-8")
    assert any(" in ky" in each.message for each in check([house]))
