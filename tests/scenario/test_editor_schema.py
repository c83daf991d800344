"""What editors read of the language: current, complete, true to the packs that there are, and strict where they are not."""

import copy
import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from typer.testing import CliRunner

from kerege.cli import app
from kerege.scenario.editorschema import editor_schemas, explained, stale, unexplained
from kerege.scenario.reading import read_yaml
from kerege.scenario.schema import LISTS

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "docs/schema"
FOLDERS = [
    *sorted(path for path in (ROOT / "scenarios").iterdir() if path.is_dir()),
    ROOT / "tests/scenario/packs/tea-house",
    ROOT / "tests/scenario/packs/library",
    ROOT / "server/kerege/scenario/starter",
]


@pytest.fixture(scope="module")
def validators():
    read = {name.partition(".")[0]: json.loads(text) for name, text in editor_schemas().items() if ".schema." in name}
    for schema in read.values():
        Draft7Validator.check_schema(schema)
    return {name: Draft7Validator(schema) for name, schema in read.items()}


def stem_of(folder: Path, path: Path) -> str:
    inside = path.relative_to(folder)
    return "play" if inside.parts[0] == "plays" else inside.parts[0].removesuffix(".yaml")


def wrong(validator, data):
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(data)]


def test_the_checked_in_schemas_are_current():
    """If this fails: .venv/bin/kerege schema docs/schema"""
    assert stale(SCHEMAS) == []


def test_every_word_is_explained():
    """The docstring below each word of `scenario/schema.py` is what an author reads in the editor."""
    assert unexplained() == []
    assert explained()["ActionForm"]["requires"].startswith("What the asker must know")
    actions = json.loads(editor_schemas()["actions.schema.json"])
    assert actions["items"]["properties"]["requires"]["description"] == explained()["ActionForm"]["requires"]
    assert "if" in actions["$defs"]["OutcomeForm"]["properties"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_the_packs_that_there_are_fit(folder, validators):
    """Every list, head and play of every pack, as our own reader reads it."""
    seen = 0
    for path in sorted(folder.rglob("*.yaml")):
        source, problems = read_yaml(path.read_bytes(), path.name)
        assert problems == []
        if source.data is not None:
            assert wrong(validators[stem_of(folder, path)], source.data) == [], path
            seen += 1
    assert seen


RULE = {"id": "r", "when": {"start": True}, "then": [{"tell": {"who": "everyone", "text": "note"}}]}


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"whan": {}}, "'whan' was unexpected"),
        ({"when": None}, "None is not of type 'object'"),
        ({"when": {}}, "should be non-empty"),
        ({"when": {"start": True, "at": "5m"}}, "too many properties"),
        ({"then": []}, "should be non-empty"),
        ({"then": [{"tell": {"who": "everyone"}}]}, "'text' is a required property"),
        ({"then": [{"tall": {}}]}, "'tall' was unexpected"),
        ({"id": "Rule One"}, "does not match"),
        ({"once": "yes"}, "is not of type 'boolean'"),
    ],
)
def test_what_is_no_word_is_underlined(change, word, validators):
    """Unknown, missing and doubled words, and values of another sort."""
    assert wrong(validators["rules"], [RULE]) == []
    assert word in "\n".join(wrong(validators["rules"], [copy.deepcopy(RULE) | change]))


def test_a_play_knows_its_outlook_and_its_viewers(validators):
    """`then` takes the four words of the outlook and any viewer with what it knows."""
    play = {"play": "x", "when": [{"wait": "5m"}], "then": {"patrol": {"knows": ["a.b"]}, "ending": "over"}}
    assert wrong(validators["play"], play) == []
    assert wrong(validators["play"], play | {"then": {"patrol": {"know": []}}})
    assert wrong(validators["play"], play | {"then": {"happened": "x"}})


def test_settings_name_a_schema_for_every_list():
    """VS Code finds each list as one file and as a folder of files, the head and the plays."""
    settings = json.loads(editor_schemas()["vscode-settings.json"])
    assert len(settings["yaml.schemas"]) == len(LISTS) + 2
    for name in settings["yaml.schemas"]:
        assert (ROOT / name).is_file()


def test_the_verb_writes_and_checks(tmp_path):
    """Into any folder; --check writes nothing and names what is not current."""

    def kerege(*said):
        return CliRunner().invoke(app, [str(each) for each in said])

    assert kerege("schema", tmp_path).exit_code == 0
    assert kerege("schema", tmp_path, "--check").exit_code == 0
    (tmp_path / "rules.schema.json").write_text("{}")
    (tmp_path / "old.schema.json").write_text("{}")
    done = kerege("schema", tmp_path, "--check")
    assert done.exit_code == 1
    assert "old.schema.json, rules.schema.json" in done.stderr
    assert (tmp_path / "rules.schema.json").read_text() == "{}"
