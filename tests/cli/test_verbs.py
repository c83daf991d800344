"""The command line: each verb's results on standard output, everything else on standard error, and honest ends."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kerege.cli import app

ROOT = Path(__file__).parents[2]
SCENARIOS = ROOT / "scenarios"
PACKS = ROOT / "tests/scenario/packs"
BAD = ROOT / "tests/scenario/bad"


def kerege(*said, **environment):
    return CliRunner().invoke(app, [str(each) for each in said], env=environment)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A rehearsal of First steps, kept as a file."""
    out = tmp_path_factory.mktemp("kept") / "first-steps.kerege"
    done = kerege("rehearse", SCENARIOS / "first-steps", "--seed", "2", "--json", "--out", out)
    assert done.exit_code == 0, done.stderr
    return out


@pytest.fixture
def broken(tmp_path):
    """The tea house with several things wrong in it."""
    shutil.copytree(PACKS, tmp_path, dirs_exist_ok=True)
    for case in ("unknown-key", "dangling"):
        shutil.copytree(BAD / case, tmp_path / "tea-house", dirs_exist_ok=True)
    return tmp_path / "tea-house"


def test_every_verb_says_what_it_does():
    """A stranger can find all verbs, and help for each."""
    said = kerege("--help").stdout
    for verb in (
        "run",
        "serve",
        "new",
        "check",
        "graph",
        "schema",
        "play",
        "rehearse",
        "replay",
        "export",
        "import",
        "verify",
        "erase",
        "doctor",
    ):
        assert f"\n  {verb}" in said
        assert kerege(verb, "--help").exit_code == 0


# ------------------------------------------------------------------------------------------------ check


def test_check_accepts_good_packs_and_the_library():
    """Names and folders alike; nothing wrong is nothing on standard output but warnings."""
    done = kerege("check", "first-steps", SCENARIOS / "library")
    assert done.exit_code == 0
    assert not [line for line in done.stdout.splitlines() if "warning:" not in line]


def test_check_tells_every_problem_with_its_place(broken):
    """`file:line:col: message`, all at once, and status 1."""
    done = kerege("check", broken)
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert len(lines) > 3
    for line in lines:
        file, row, column, _ = line.split(":", 3)
        assert file.endswith((".yaml", ".ftl", ".txt")), line
        assert int(row) >= 1
        assert int(column) >= 1


def test_no_such_pack_is_said():
    """In words, with status 1."""
    for verb in ("check", "play", "rehearse", "serve", "run"):
        done = kerege(verb, "no-such-pack")
        assert done.exit_code == 1
        assert "there is no pack 'no-such-pack'" in done.stderr


@pytest.mark.parametrize("verb", ["play", "rehearse"])
def test_a_broken_pack_is_not_played(verb, broken):
    """Its problems are told instead."""
    done = kerege(verb, broken)
    assert done.exit_code == 1
    assert "rules.yaml:" in done.stderr


# ------------------------------------------------------------------------------------------------ play, rehearse


def test_play_prints_each_play():
    """One line for each; status 0 when all are as written."""
    done = kerege("play", "first-steps", "library")
    assert done.exit_code == 0, done.stdout
    plays = len(list((SCENARIOS / "first-steps/plays").glob("*.play.yaml")))
    assert len(done.stdout.splitlines()) == plays
    assert all(line.startswith("ok") for line in done.stdout.splitlines())
    assert "a library, nothing to play" in done.stderr


def test_play_prints_what_differed(tmp_path):
    """A play that expects something else ends with status 1 and says what."""
    for name in ("first-steps", "library"):
        shutil.copytree(SCENARIOS / name, tmp_path / name)
    play = tmp_path / "first-steps/plays/on-the-list.play.yaml"
    play.write_text(play.read_text().replace("knows_not: [line_7", "knows: [line_7"))
    done = kerege("play", tmp_path / "first-steps")
    assert done.exit_code == 1
    assert "differs  first-steps/on-the-list" in done.stdout
    assert "investigators was to know line_7.instrument_noted" in done.stdout
    assert "1 of" in done.stderr


def test_rehearse_json_is_one_object_and_nothing_else():
    """For programs: exactly one line on standard output."""
    done = kerege("rehearse", "first-steps", "--json")
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == 1
    data = json.loads(done.stdout)
    assert set(data["coverage"]) == {"actions", "rules", "cues", "injects", "texts", "endings", "talks"}
    assert "runs" not in data


def test_rehearse_for_eyes_names_what_was_missed():
    """Ending, hash, habits, numbers, and what was not reached."""
    done = kerege("rehearse", "first-steps", "--profiles", "careful")
    assert done.exit_code == 0
    assert "seed 1: returned" in done.stdout
    assert "ending:still_looking" in done.stdout
    assert "action:hand_over/not_mine  (a reason is written)" in done.stdout


def test_rehearse_prints_what_reaches_what():
    """With --coverage: the plays too, and one table that is read in a terminal and on a page; with --json its rows."""
    done = kerege("rehearse", "first-steps", "--profiles", "careful", "--coverage")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("# Coverage of first-steps\n")
    assert "## Endings: 2 of 2 reached" in done.stdout
    data = json.loads(kerege("rehearse", "first-steps", "--profiles", "careful", "--coverage", "--json").stdout)
    (paid,) = [row for row in data["table"] if row["id"] == "fact:who_paid"]
    assert "who-paid" in paid["plays"]
    assert paid["runs"] == {"careful": 1}


def test_rehearse_passes_over_the_library():
    """It is no story."""
    done = kerege("rehearse", SCENARIOS / "library")
    assert done.exit_code == 0
    assert done.stdout == ""


def test_rehearse_refuses_what_makes_no_sense(kept):
    """An unknown habit; a file that exists."""
    assert "there is no profile 'lazy'" in kerege("rehearse", "first-steps", "--profiles", "patrol=lazy").stderr
    done = kerege("rehearse", "first-steps", "--out", kept)
    assert done.exit_code == 1
    assert "nothing is written over" in done.stderr


# ------------------------------------------------------------------------------------------------ kept exercises


def test_verify_holds_for_what_was_kept_and_for_its_head(kept):
    """The head that was printed can be checked later."""
    done = kerege("verify", kept)
    assert done.exit_code == 0
    head = done.stdout.strip()
    assert kerege("verify", kept, "--head", head).exit_code == 0
    n, _, digest = head.partition(":")
    other = f"{n}:{'0' * len(digest)}"
    assert kerege("verify", kept, "--head", other).exit_code == 1
    assert "is no head" in kerege("verify", kept, "--head", "x").stderr


def test_verify_finds_one_changed_byte(kept, tmp_path):
    """And says in which entry."""
    changed = tmp_path / "changed.kerege"
    data = bytearray(kept.read_bytes())
    data[len(data) // 2] ^= 1
    changed.write_bytes(data)
    for verb in ("verify", "replay", "import"):
        done = kerege(verb, changed, *(["--data", tmp_path / "data"] if verb == "import" else []))
        assert done.exit_code == 1
        assert "damaged" in done.stderr or "entry" in done.stderr
    assert not list((tmp_path / "data").rglob("*.sqlite3"))


def test_import_then_export_is_the_same_exercise(kept, tmp_path):
    """Moved to another machine and back: the same head. Nothing is ever written over."""
    data = tmp_path / "data"
    done = kerege("import", kept, "--data", data)
    assert done.exit_code == 0, done.stderr
    name, _, head = done.stdout.strip().partition(": ")
    assert "already" in kerege("import", kept, "--data", data).stderr
    assert kerege("import", kept, "--as", "twin", "--data", data).exit_code == 0
    assert kerege("import", kept, "--as", "../out", "--data", data).exit_code == 1
    out = tmp_path / "back.kerege"
    done = kerege("export", name, out, "--data", data)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.strip() == head == kerege("verify", out).stdout.strip()
    assert "nothing is written over" in kerege("export", name, out, "--data", data).stderr
    assert "there is no exercise 'other'" in kerege("export", "other", tmp_path / "x", "--data", data).stderr


def test_replay_tells_what_a_viewer_knew_at_a_time(kept):
    """The same file, another viewer or another time, another view."""
    early = json.loads(kerege("replay", kept, "--as", "patrol", "--until", "30s", "--json").stdout)
    late = json.loads(kerege("replay", kept, "--as", "patrol", "--json").stdout)
    assert early["viewer"] == "patrol"
    assert early["at_s"] == 30
    assert len(early["items"]["records"]) < len(late["items"]["records"])
    assert early["items"]["clock"]["clock"]["phase"] == "running"
    assert late["items"]["clock"]["clock"]["phase"] == "ended"
    russian = kerege("replay", kept, "--as", "patrol", "--until", "0:05:00", "--language", "ru").stdout
    english = kerege("replay", kept, "--as", "patrol", "--until", "5m").stdout
    assert "What it knows" in english
    assert english != russian


def test_replay_refuses_what_is_not_there(kept):
    """A viewer or a time that does not exist."""
    assert "there are control, " in kerege("replay", kept, "--as", "nobody").stderr
    assert "is no play time" in kerege("replay", kept, "--until", "soon").stderr


# ------------------------------------------------------------------------------------------------ serving


def test_serve_and_run_refuse_what_cannot_be_served(tmp_path):
    """No pack and no exercise; an exercise that is not there; an id that is no file name; a wrong setting."""
    data = ["--data", tmp_path]
    assert "say which pack" in kerege("serve").stderr
    assert "to go on with" in kerege("serve", "--exercise", "x", *data).stderr
    assert "an exercise's id" in kerege("serve", "first-steps", "--exercise", "../x", *data).stderr
    assert "cannot be served" in kerege("serve", SCENARIOS / "library", *data).stderr
    assert "there is no profile" in kerege("run", "first-steps", "--profile", "lazy", *data).stderr
    assert "port" in kerege("serve", "first-steps", *data, KEREGE_PORT="99999").stderr.lower()
