"""A list may be a folder of files: the same pack comes of it, and what stands twice is said with both places."""

import shutil
from pathlib import Path

import pytest

from kerege.scenario import check, load_pack

PACKS = Path(__file__).parent / "packs"


@pytest.fixture
def split(tmp_path: Path) -> Path:
    """The tea house with its rules and its English texts each in a folder of two files."""
    shutil.copytree(PACKS, tmp_path / "packs")
    house = tmp_path / "packs" / "tea-house"
    for whole, folder, begins in (
        (house / "things.yaml", house / "things", "- "),
        (house / "texts/en.ftl", house / "texts/en", ""),
    ):
        lines = whole.read_text(encoding="utf-8").splitlines(keepends=True)
        starts = [n for n, line in enumerate(lines) if line.startswith(begins) and line[0] not in " #\n"]
        half = starts[len(starts) // 2]
        folder.mkdir()
        (folder / f"first{whole.suffix}").write_text("".join(lines[:half]), encoding="utf-8")
        (folder / f"second{whole.suffix}").write_text("".join(lines[half:]), encoding="utf-8")
        whole.unlink()
    return house


def test_the_same_pack(split: Path):
    """Two files of one list are one list."""
    assert check([split]) == []
    assert load_pack(split) == load_pack(PACKS / "tea-house")


def test_an_id_stands_once(split: Path):
    """The second definition of an id is a problem that names the first one's file."""
    (split / "things" / "third.yaml").write_text("- {id: aman, kind: person}\n", encoding="utf-8")
    (problem,) = [each for each in check([split]) if "stands twice" in each.message]
    assert (problem.file, problem.line) == ("tea-house/things/third.yaml", 1)
    assert "already in things/" in problem.message


def test_a_text_stands_once(split: Path):
    """So is a text's second wording."""
    (split / "texts" / "en" / "third.ftl").write_text("pack-title = Another\n", encoding="utf-8")
    (problem,) = [each for each in check([split]) if "pack-title" in each.message]
    assert (problem.file, problem.line) == ("tea-house/texts/en/third.ftl", 1)


@pytest.mark.parametrize(
    ("name", "said"),
    [("thingz/more.yaml", "no such folder in a pack"), ("things/more.yml", "a pack's files end in .yaml")],
)
def test_a_folder_that_nobody_reads(split: Path, name: str, said: str):
    """A typing error in a folder's or a file's name is not silent."""
    (split / name).parent.mkdir(exist_ok=True)
    (split / name).write_text("[]\n", encoding="utf-8")
    assert said in [each.message for each in check([split])]
