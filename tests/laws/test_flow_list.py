"""Law 3c: what a story lets somebody learn stands in its flow list, in every random run; and the compiler keeps the truth out."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from kerege.engine import events as e
from kerege.engine.commands import bodies as b
from kerege.engine.faces import thing_of
from kerege.engine.papers import PAPER_FIELDS
from kerege.engine.rules import Rules
from kerege.room.log import read_genesis, read_step
from kerege.scenario.flows import write_flows
from tests.laws import test_flow_list
from tests.laws.packs import NAMES
from tests.laws.run import Run, play
from tests.laws.size import seeds
from tests.laws.test_fold import PACKS

if TYPE_CHECKING:
    from kerege.engine.pack import Pack

ROW = "flow list"
FIRST = 900
LINE = re.compile(r"^(?P<who>.+?) <- (?P<what>\S+?)( \(as its \S+\))? via ")
SAME = re.compile(r"^(?P<who>.+?) <- (?P<thing><\w+>|\w+)(/\w+)? is \S+ via ")
FIELD = re.compile(r"^(?P<thing><\w+>|\w+)(/\w+)?\.(?P<field>\w+)(=.*)?$")
BY_HAND = (b.Amend, b.SayAs, b.Rule, b.Write, b.Steer, b.Overrule, b.Recall, b.Split, b.Merge, b.OpenTeam)
"""What control does by hand is no road of the pack."""
BY_PEOPLE = (b.Share, b.Heard, b.Respond, b.Table, b.Adjourn, b.File)
"""What people pass on, note, or write on a paper: `via share`, and the fields of forms."""


class Flows:
    """Who may learn what, as the lines say."""

    def __init__(self, pack: Pack, rules: Rules) -> None:
        self.rules = rules
        self.allowed: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self.agency = {viewer.id: viewer.agency for viewer in pack.viewers}
        for line in write_flows(pack).splitlines():
            found = SAME.match(line)
            if found is not None:
                self.allowed[found["who"]].add((found["thing"], "same_as"))
                continue
            found = LINE.match(line)
            field = FIELD.match(found["what"]) if found is not None else None
            if found is not None and field is not None:
                self.allowed[found["who"]].add((field["thing"], field["field"]))
        self.perceivable = {(kind.id, field.id) for kind in pack.kinds for field in kind.fields if field.perceivable}

    def name(self, learnt: e.Learnt) -> bool:
        """Whether the list names what has been learnt."""
        thing, viewer = thing_of(learnt.face), learnt.viewer
        kind = self.rules.kind_of(thing)
        base = self.rules.base_of(viewer)
        readers = {viewer, base, self.agency.get(base, ""), "everyone", "whoever is there"}
        if self.rules.viewers[base].client == thing:
            readers.add(f"lawyer of <{kind}>")
        roads = set().union(*(self.allowed[reader] for reader in readers if reader in self.allowed))
        if (kind, learnt.field) in self.perceivable and self.rules.viewers[base].sort != "actor":
            return True  # by watching, or by a desk that is fed
        return bool({(thing, learnt.field), (f"<{kind}>", learnt.field), ("<anything>", learnt.field)} & roads)


def unnamed(run: Run) -> tuple[list[str], int]:
    """What was learnt by the story alone though no line names it, and how much was looked at."""
    genesis = read_genesis(run.entries[0])
    rules = Rules(genesis.pack, genesis.key)
    flows = Flows(genesis.pack, rules)
    found: list[str] = []
    looked = 0
    for entry in run.entries[1:]:
        body = read_step(entry)
        by_hand = isinstance(body.command, BY_HAND + BY_PEOPLE)
        rewritten = any(isinstance(event, e.ProposalOver | e.InjectSet) for event in body.events)
        if by_hand or rewritten:  # an inject may have been written anew in play, and a ruling comes due by itself
            continue
        for event in body.events:
            if not isinstance(event, e.Learnt) or event.field in PAPER_FIELDS:
                continue
            if event.viewer in {"control", "safety"} or event.how == "heard" or event.handed:
                continue
            looked += 1
            if not flows.name(event):
                found.append(f"{event.viewer} <- {event.face}.{event.field} by {type(body.command).__name__}")
    return found, looked


async def over_runs(name: str) -> tuple[list[str], int]:
    """The same over several random runs of a pack."""
    found: list[str] = []
    looked = 0
    for seed in seeds(3):
        more, also = unnamed(await play(PACKS[name](), FIRST + seed, 300))
        found += [f"seed {FIRST + seed}: {each}" for each in more]
        looked += also
    return found, looked


@pytest.mark.proof("G6", ROW)
@pytest.mark.parametrize("name", NAMES)
async def test_nobody_learns_by_the_story_what_no_line_names(name, proof):
    """Every record that an act, a rule, a text or a line gives to somebody has its line."""
    found, looked = await over_runs(name)
    assert found == []
    assert looked > 20
    proof.tried(looked, seed=FIRST)


@pytest.mark.proof("G6", ROW, mutant=True)
async def test_a_road_that_no_line_names_is_noticed(monkeypatch):
    """The same runs, beside a list from which what lines and texts state is left out."""

    whole = write_flows

    def short(pack: Pack) -> str:
        return "".join(f"{line}\n" for line in whole(pack).splitlines() if "line:" not in line)

    monkeypatch.setattr(test_flow_list, "write_flows", short)
    assert (await over_runs("first-steps"))[0]
