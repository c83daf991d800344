"""What docs/practice-in-the-packs.md says stands where it says, prints its cause, and goes only where it says."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from kerege.scenario import load_pack

ROOT = Path(__file__).parents[2]
SCENARIOS = ROOT / "scenarios"
PAGE = (ROOT / "docs" / "practice-in-the-packs.md").read_text(encoding="utf-8")


def table(heading: str) -> list[list[str]]:
    """The rows of the table under a heading of the page, without its head."""
    part = PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip().replace("\\", "") for cell in row.strip("|").split("|")] for row in rows[2:]]


def names(cell: str) -> list[str]:
    return [name.strip() for name in cell.split(",") if name.strip()]


@cache
def entries(folder: Path, stem: str) -> dict[str, dict[str, Any]]:
    """All entries of one list of a folder, as written."""
    files = [folder / f"{stem}.yaml", *sorted((folder / stem).glob("*.yaml"))]
    return {
        entry["id"]: entry
        for file in files
        if file.exists()
        for entry in yaml.safe_load(file.read_text(encoding="utf-8"))
    }


def cause(folder: str, name: str) -> Any:
    """The cause that `rule:x` or `action:x/outcome` prints; fails where there is no such thing."""
    sort, _, rest = name.partition(":")
    if sort == "rule":
        return entries(SCENARIOS / folder, "rules")[rest].get("cause")
    action, _, outcome = rest.partition("/")
    outcomes = {each["id"]: each for each in entries(SCENARIOS / folder, "actions")[action]["outcomes"]}
    return outcomes[outcome].get("cause")


@cache
def texts(folder: str, language: str) -> str:
    found = [SCENARIOS / folder / "texts" / f"{language}.ftl", *(SCENARIOS / folder / "texts" / language).glob("*.ftl")]
    return "\n".join(file.read_text(encoding="utf-8") for file in found)


def kept_from(who: str, via: str) -> bool:
    """Whether the rule by which it comes says in its condition that this asker does not get it."""
    rule = entries(SCENARIOS / "silver-reed", "rules").get(via.removeprefix("rule:").split(" ", 1)[0], {})
    return f"asker != {who}" in str(rule.get("if", ""))


PATTERNS = table("Patterns of practice (M1-M30)")
MEASURES = table("Measures (E1-E18)")
SHARES = table("What must be shared (E13)")
PROOFS = table("Proofs")
VIEWS = table("Default views")
FLOWS = [line.split(" <- ", 1) for line in (SCENARIOS / "silver-reed" / "flows.txt").read_text("utf-8").splitlines()]


def test_the_page_names_each_pattern_and_each_measure_once():
    assert [row[0] for row in PATTERNS] == [f"M{n}" for n in range(1, 31)]
    assert [row[0] for row in MEASURES] == [f"E{n}" for n in range(1, 19)]
    wanted = [f"{sort}{n}" for sort, last in (("X", 12), ("F", 12), ("D", 7)) for n in range(1, last + 1)]
    endings = [ending.id for ending in load_pack(SCENARIOS / "silver-reed").endings]
    assert sorted(row[0] for row in PROOFS) == sorted([*wanted, *endings])


@pytest.mark.parametrize("row", PATTERNS, ids=lambda row: row[0])
def test_each_pattern_has_a_consequence_with_a_cause_that_can_be_read(row):
    placed = [("library", name) for name in names(row[2])] + [("silver-reed", name) for name in names(row[3])]
    assert placed
    for folder, name in placed:
        key = cause(folder, name)
        assert key, f"{name} prints no cause"
        for language in ("en", "ru"):
            said = texts(folder, language) + texts("library", language)
            assert re.search(rf"^{key.replace('_', '-')} = \S", said, re.MULTILINE), (name, key, language)


@pytest.mark.parametrize("row", MEASURES, ids=lambda row: row[0])
def test_each_measure_exists_or_says_why_not(row):
    if row[2].startswith("none: "):
        assert len(row[2]) > 30
        return
    folder, _, measure = row[2].partition(":")
    assert measure in entries(SCENARIOS / folder, "measures")


@pytest.mark.parametrize("row", SHARES, ids=lambda row: row[0])
def test_what_must_be_shared_is_a_fact_with_a_due_share(row):
    facts = entries(SCENARIOS / "silver-reed", "facts")
    if row[1].startswith("none: "):
        return
    for name in names(row[1]):
        assert facts[name].get("must_share"), name


@pytest.mark.parametrize("row", PROOFS, ids=lambda row: row[0])
def test_each_trap_fact_dependency_and_ending_has_its_plays(row):
    assert names(row[1])
    for name in names(row[1]):
        play = SCENARIOS / "silver-reed" / "plays" / f"{name}.play.yaml"
        assert play.exists(), name
        if row[0] in {"full_justice", "partial", "minor_offence", "harm"}:
            assert yaml.safe_load(play.read_text("utf-8"))["then"]["ending"] == row[0]


@pytest.mark.parametrize("row", VIEWS, ids=lambda row: row[0])
def test_each_kind_of_data_goes_where_the_table_says_and_nowhere_else(row):
    """A road of the story: not a colleague's share, not what a person says aloud to whoever stands there."""
    _, roads, writes, without, never = row
    got = set()
    for who, what in FLOWS:
        subject, _, via = what.partition(" via ")
        if subject.split("=", 1)[0] not in names(roads) or who.startswith("actor") or kept_from(who, via):
            continue
        if who == "everyone":
            assert via.startswith("line:"), (who, what)
        else:
            got.add(who)
    assert got == set(names(writes)) | set(names(without))
    assert not got & set(names(never))
