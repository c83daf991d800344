"""G7 of acts: every command of the wire by every sort of seat. Who may do what is written here; a new command needs a row.

Whoever may not is refused with `not_yours`, before anything that the command names is looked at, and nothing changes.
"""

from __future__ import annotations

from typing import Any, get_args

import msgspec
import pytest

from kerege.app import CLIENT_COMMANDS
from kerege.engine.commands import answers, table
from kerege.engine.commands import bodies as b
from tests.rights.house import House
from tests.rights.identities import VIEWERS

ALL = frozenset({"player", "actor", "control", "safety", "observer", "mentor", "evaluator"})
TEAM, CONTROL = frozenset({"player"}), frozenset({"control"})
WHO: dict[type, frozenset[str]] = {
    b.Ask: TEAM | {"actor"},
    b.Cancel: ALL,
    b.Say: TEAM | {"actor", "control", "safety", "mentor"},
    b.Share: TEAM,
    b.Heard: TEAM,
    b.Dispute: ALL,  # of an own message
    b.File: TEAM,
    b.Speak: frozenset({"actor"}),
    b.Treat: frozenset({"actor"}),
    b.Ready: frozenset({"actor"}),
    b.Curtain: frozenset({"actor"}) | TEAM,
    b.Stop: ALL,
    b.Clear: frozenset({"safety", "control"}),
    b.Start: CONTROL,
    b.Pause: CONTROL,
    b.Resume: CONTROL,
    b.Finish: CONTROL,
    b.Speed: CONTROL,
    b.Jump: CONTROL,
    b.Steer: CONTROL,
    b.Amend: CONTROL,
    b.Recall: CONTROL,
    b.StandIn: CONTROL,
    b.OpenTeam: CONTROL,
    b.Lose: frozenset(),
    b.Acknowledge: CONTROL,
    b.Request: TEAM,
    b.Respond: TEAM,
    b.Convene: TEAM,
    b.Attend: TEAM,
    b.Table: TEAM,
    b.Decide: TEAM,
    b.Fulfil: TEAM,
    b.Adjourn: TEAM,
    b.Propose: TEAM,
    b.Rule: CONTROL,
    b.Split: CONTROL,
    b.Merge: CONTROL,
    b.HandOver: TEAM,
    b.Think: frozenset({"mentor", "control"}),
    b.Debrief: frozenset({"control", "safety"}),
    b.Observe: frozenset({"evaluator"}),
    b.Take: CONTROL,
    b.SayAs: CONTROL,
    b.Write: CONTROL,
    b.Overrule: CONTROL,
    b.Tick: frozenset(),
    b.Staff: frozenset(),
}
"""Command -> the sorts of seats that may ask for it at all; for the others there is no such act."""

FILLED: dict[str, object] = {
    "answers": {"k1": 1}, "speed": 2, "to_ms": 60_000, "state": "ready", "act": "try", "how": "share", "on": True,
    "come": True, "open": True, "played": True, "due_s": 60, "verdict": "happens", "value": 1, "profile": "careful",
    "inject": "i1", "text": "words", "why": "words", "words": "words", "title": "words",
}  # fmt: skip


def made(command: type) -> Any:
    """A well-formed one: what it must name is named, and exists for nobody."""
    needed: dict[str, object] = {}
    for field in msgspec.structs.fields(command):
        if field.required:
            needed[field.encode_name] = FILLED.get(field.name, ("x1",) if field.type == b.Codes else "x1")
    return msgspec.convert(needed | {"do": command.__struct_config__.tag}, command)


def test_every_command_has_a_row():
    """Whoever adds a command says here who may ask for it; and it can be made by this table."""
    assert set(WHO) == set(table.DECIDE) == set(get_args(b.AnyCommand)) >= set(get_args(CLIENT_COMMANDS))
    for command in WHO:
        made(command)


async def try_all(house: House) -> tuple[int, list[str]]:
    """Every command by every sort that may not. Returns how many cells, and those that are wrong."""
    wrong: list[str] = []
    cells = 0
    sorts = {house.room.viewers[viewer].sort: viewer for viewer in VIEWERS.values()}
    assert set(sorts) == ALL
    for command, may in WHO.items():
        for sort in sorted(ALL - may):
            before = await house.mark()
            cells += 1
            receipt = await house.act(sorts[sort], made(command), f"cell-{cells:05}")
            if (receipt.outcome, receipt.code) != ("refused", "not_yours"):
                wrong.append(f"{command.__name__} by {sort}: {receipt.outcome} {receipt.code}")
            if await house.mark() != before:
                wrong.append(f"{command.__name__} by {sort}: something changed")
    return cells, wrong


@pytest.mark.proof("G7", "every command of the wire by every sort of seat that may not")
@pytest.mark.parametrize("started", [True, False])
async def test_no_seat_does_what_is_anothers(house, proof, started):
    """In play and before it."""
    if started:
        await house.start()
    cells, wrong = await try_all(house)
    assert not wrong, "\n".join(wrong)
    assert cells > 200
    proof.tried(cells)


async def test_who_may_is_not_told_that_it_may_not(house):
    """Else a table that refuses everybody would pass."""
    await house.start()
    sorts = {house.room.viewers[viewer].sort: viewer for viewer in VIEWERS.values()}
    told = []
    for n, (command, may) in enumerate(sorted(WHO.items(), key=lambda each: each[0].__name__)):
        if command is b.Finish:
            continue
        for sort in sorted(may):
            receipt = await house.act(sorts[sort], made(command), f"cell-{n:05}")
            told += [f"{command.__name__} by {sort}"] if receipt.code == "not_yours" else []
    assert told == []


def no_roles(monkeypatch: Any) -> None:
    """Nobody looks at what sort a seat is."""
    for name in {decide.__module__ for decide in table.DECIDE.values()}:
        monkeypatch.setattr(f"{name}.only", lambda *_: None, raising=False)


def one_command_without(monkeypatch: Any) -> None:
    """One new command that forgot to ask."""
    monkeypatch.setitem(table.DECIDE, b.Split, lambda play, by, command: None)


def role_after_the_rest(monkeypatch: Any) -> None:
    """The role is looked at after what is named: a refusal then tells what there is."""
    decide = table.DECIDE[b.OpenTeam]

    def late(play: Any, by: str, command: b.OpenTeam) -> None:
        if command.viewer not in play.rules.viewer_codes.id:
            raise answers.Refused("unknown")
        decide(play, by, command)

    monkeypatch.setitem(table.DECIDE, b.OpenTeam, late)


@pytest.mark.proof("G7", "every command of the wire by every sort of seat that may not", mutant=True)
@pytest.mark.parametrize(
    "mutant", [no_roles, one_command_without, role_after_the_rest], ids=lambda mutant: mutant.__name__
)
async def test_wrong_rights_are_noticed(house, proof, monkeypatch, mutant):
    """Each of these tables is wrong in one place."""
    mutant(monkeypatch)
    await house.start()
    cells, wrong = await try_all(house)
    assert wrong
    proof.tried(cells, faults=1)
