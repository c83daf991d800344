"""Requests and consultations in plays and in rehearsals: a small house whose teams ask one another and sit together."""

import shutil
from pathlib import Path

import pytest

from kerege.rehearsal.plays import read, run_play
from kerege.rehearsal.run import rehearse_many

PACKS = Path(__file__).parents[1] / "scenario" / "packs"

PLANS = """
- viewer: patrol
  steps:
    - {id: greet, do: ask, action: greet, asks: {person: aman}, after: 2m}
    - {id: write, do: file, form: note, values: {about: aman, serious: true}}
    - {id: call, do: convene, to: [desk], text: plan_call, when: known(aman.tired), after: 1m}
    - {id: bring, do: table, fact: aman.tired, after: 1m}
    - {id: task, do: decide, text: plan_task, owner: desk, within: 10m, after: 2m}
    - {id: close, do: adjourn, after: 4m}
    - {id: reply, profiles: [careful, hurried], do: answers, how: share, text: plan_no}
    - {id: ours, profiles: [territorial, careless], do: answers, how: decline, text: plan_no}
- viewer: desk
  steps:
    - {id: who, do: request, to: [patrol], fact: aman.tired, text: plan_ask, within: 20m, when: known(aman.role) or known(aman.location), after: 4m}
    - {id: come, do: answers, how: share, text: plan_no}
"""
TEXTS = """
plan-call = The morning
plan-task = Ask again at noon
plan-no = That stays with us
plan-ask = How is the cook?
"""
STARTS = "- learn: {who: everyone, fact: aman.location, how: told, source: control}\n"

RULES = """
- id: met
  when: {convened: {teams: [patrol, desk]}}
  then: [{learn: {who: desk, fact: aman.role, how: told, source: patrol}}]
- id: gave
  when: {decided: {owner: desk}}
  if: convened(patrol, desk) and decided(desk) == 1
  then: [{set: {aman.trust: 50}}]
- id: half
  when: {filed: {form: note}}
  if: document.missing != None
  then: [{set: {aman.trust: 10}}]
"""

ANSWERED = """
play: A request is answered.
when:
  - {at: 1m, by: patrol, do: greet, asks: {person: aman}}
  - {wait: 5m}
  - {by: desk, to: [patrol], request: {fact: aman.tired, words: "Well?", within: 10m}}
  - {by: patrol, respond: {how: share}}
"""
DECLINED = """
play: A request is declined, and met teams decide.
when:
  - {at: 1m, by: patrol, do: greet, asks: {person: aman}}
  - {wait: 5m}
  - {by: desk, to: [patrol], request: {about: aman, words: "Well?"}}
  - {by: patrol, respond: {how: decline, words: "Not today"}}
"""
MET = """
play: They meet.
when:
  - {at: 1m, by: patrol, do: greet, asks: {person: aman}}
  - {wait: 5m}
  - {by: patrol, convene: The morning, to: [desk]}
  - {by: patrol, table: aman.tired}
  - {by: desk, attend: true}
  - {by: patrol, decide: {words: Ask again, owner: desk, within: 10m}}
  - {by: patrol, adjourn: true}
then:
  desk: {knows: [aman.role], knows_not: [aman.tired]}
  truth: {aman.trust: 50}
  happened: [met, gave]
"""


def house(tmp_path, **plays):
    """The tea house whose teams talk to each other."""
    shutil.copytree(PACKS, tmp_path, dirs_exist_ok=True)
    folder = tmp_path / "tea-house"
    (folder / "plans.yaml").write_text(PLANS)
    (folder / "starts_with.yaml").write_text(STARTS)
    with (folder / "rules.yaml").open("a") as file:
        file.write(RULES)
    for language in ("en", "ru"):
        with (folder / "texts" / f"{language}.ftl").open("a") as file:
            file.write(TEXTS)
    for old in (folder / "plays").iterdir():
        old.unlink()
    for name, text in plays.items():
        (folder / "plays" / f"{name}.play.yaml").write_text(text)
    return folder


@pytest.mark.parametrize(
    "text",
    [
        ANSWERED + "  - {by: patrol, file: note, values: {serious: true}, incomplete: true}\n"
        "then: {desk: {knows: [aman.tired]}, happened: [half]}\n",
        ANSWERED + "then: {desk: {knows: [aman.tired]}, not_happened: [half]}\n",
        DECLINED + "then: {desk: {knows_not: [aman.tired]}, not_happened: [met]}\n",
        MET,
    ],
    ids=["answered, and filed with a gap", "answered", "declined", "met"],
)
def test_a_play_asks_answers_and_meets(tmp_path, text):
    """What was on the table before somebody came stays unknown to it, and consequences follow from coming together."""
    pack, (play,) = read(house(tmp_path, one=text))
    assert run_play(pack, play).differences == ()


def test_a_play_says_what_could_not_be_asked(tmp_path):
    """Nobody waits, nobody was called, nothing is held: each in words, with its place."""
    text = """
play: Nothing of this can be.
when:
  - {by: patrol, respond: {how: share}}
  - {by: patrol, adjourn: true}
  - {by: desk, convene: Alone, to: [patrol]}
  - {by: desk, table: aman.tired}
  - {by: desk, request: {words: "Well?"}}
then: {}
"""
    pack, (play,) = read(house(tmp_path, one=text))
    said = "\n".join(run_play(pack, play).differences)
    for words in ("nobody waits", "called to no consultation", "could put on the table", "goes to one team"):
        assert words in said


def test_rehearsal_reaches_requests_and_consultations(tmp_path):
    """Over some seeds all of it; and where plans have no such step, nothing of it is expected."""
    report = rehearse_many(house(tmp_path), [1, 2, 3, 4, 5, 6], many=True)
    talks = report.coverage["talks"]
    assert talks["total"] == 7
    assert talks["missed"] == []
    assert {"rule:met", "rule:gave"} <= frozenset().union(*(run.reached for run in report.runs))
    assert not any("version" in fault or "law" in fault for fault in report.faults)
    assert rehearse_many(PACKS / "tea-house", [1], many=False).coverage["talks"]["total"] == 0
