"""`kerege new`: what it makes is right as it stands, and nothing is written over."""

import pytest
from typer.testing import CliRunner

from kerege.cli import app


def kerege(*said):
    return CliRunner().invoke(app, [str(each) for each in said])


@pytest.fixture
def made(tmp_path):
    """A new pack in a folder of its own, without a library beside it."""
    done = kerege("new", tmp_path / "new-story")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.strip() == str(tmp_path / "new-story")
    return tmp_path / "new-story"


def test_it_checks_plays_and_rehearses_without_a_word_of_complaint(made):
    """No problem, no warning, the flow list beside it, the play as written, and nothing that rehearsal does not reach."""
    assert kerege("check", made).stdout == ""
    assert (made / "flows.txt").read_text(encoding="utf-8").count("\n") >= 5
    played = kerege("play", made)
    assert (played.exit_code, played.stdout[:2]) == (0, "ok")
    rehearsed = kerege("rehearse", made, "--seeds", "2")
    assert rehearsed.exit_code == 0, rehearsed.stderr
    assert not (made / "unreached.yaml").exists()


def test_it_holds_one_of_each_thing_and_teaches(made):
    """Small: one place, team, fact, act, rule and ending; every file of YAML begins with a comment."""
    for name in ("teams", "facts", "actions", "rules", "endings", "plans"):
        text = (made / f"{name}.yaml").read_text(encoding="utf-8")
        assert sum(line.startswith("- ") for line in text.splitlines()) == 1, name
    for path in made.rglob("*.yaml"):
        assert path.read_text(encoding="utf-8").startswith("# "), path
    assert (made / "pack.yaml").read_text(encoding="utf-8").count("new-story") == 5


def test_a_name_alone_goes_under_scenarios(tmp_path, monkeypatch):
    """Where there is a folder of scenarios, it goes there; else it stands here."""
    monkeypatch.chdir(tmp_path)
    assert kerege("new", "first").stdout.strip() == "first"
    (tmp_path / "scenarios").mkdir()
    assert kerege("new", "second").stdout.strip() == "scenarios/second"
    assert kerege("check", "second").exit_code == 0


@pytest.mark.parametrize("name", ["My-Story", "my_story", "1st", "library", "x" * 61])
def test_what_is_no_name_is_refused(tmp_path, name):
    """In words, and nothing is made."""
    done = kerege("new", tmp_path / name)
    assert done.exit_code == 1
    assert "is no name for a pack" in done.stderr
    assert not (tmp_path / name).exists()


def test_nothing_is_written_over(made):
    """Not even an empty folder."""
    before = (made / "rules.yaml").read_bytes()
    assert "nothing is written over" in kerege("new", made).stderr
    assert (made / "rules.yaml").read_bytes() == before
