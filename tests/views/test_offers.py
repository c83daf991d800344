"""What a viewer can do now: judged by its own records, and judged again whenever something it reads has changed."""

from __future__ import annotations

import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.pack import Action, Outcome, Param
from tests.kit import Table
from tests.laws.run import Run, play
from tests.laws.size import seeds
from tests.laws.test_fold import PACKS
from tests.town import MINUTE, town


def offer(table, viewer, action):
    return table.views[viewer]["offers", table.rules.action_codes.of[action]]


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("seed", seeds(2))
async def test_no_offer_is_ever_out_of_date(name, seed):
    """After every step, each offer is what it would be if it were judged anew (but for those that age by themselves)."""

    async def look(run: Run, _n: int) -> None:
        story = run.stage.room.story
        for viewer, offered in story.projector._offered.items():
            for action_id, shown in offered.items():
                action = story.rules.actions[action_id]
                if "age(" in (action.requires or ""):
                    continue
                anew = story.projector._offers.judge(story.state, viewer, action, story.at_ms)
                assert shown == anew, f"seed {seed}: {viewer} {action_id}"

    await play(PACKS[name](), 400 + seed, 120, look)


def test_before_startex_nothing_can_be_done():
    """Not even after the speed was set, or a STOP was cleared."""
    table = Table(started=False)
    table.do("control", b.Speed(4))
    table.do("help", b.Stop())
    table.do("safety", b.Clear())
    assert offer(table, "police", "badge").why == "refusal-not-started"
    table.do("control", b.Start())
    assert offer(table, "police", "badge").open


def test_an_offer_names_the_faces_that_satisfy_it():
    """Those of the asker's own view."""
    table = Table()
    shown = offer(table, "police", "question")
    assert (shown.open, shown.param, shown.faces) == (True, "person", ("bob/self",))
    table.do("police", table.heard("help", "ann/register", "location", "house"))
    assert offer(table, "police", "question").faces == ("bob/self", "ann/register")


def test_why_not():
    """No unit, a busy unit, nobody known, not with what is known."""
    table = Table()
    assert offer(table, "court", "stamp").why == "refusal-unit-needed"
    table.do("help", table.ask("go", place="street"))
    assert offer(table, "help", "go").why == "refusal-unit-busy"
    assert offer(table, "help", "badge").open, "a live act needs no free unit"
    table.wait(MINUTE)
    assert offer(table, "help", "go").open
    items = Action("weigh", ("help",), "act", (Param("item", "face", ("item",)),), outcomes=(Outcome("o", ()),))
    known = Action("known", ("help",), "act", requires="known(box.weight)", outcomes=(Outcome("o", ()),))
    table = Table(town(add_actions=(items, known)))
    assert offer(table, "help", "weigh").why == "refusal-nobody-known"
    assert offer(table, "help", "known").why == "refusal-requires"
    table.do("control", table.amend("box", "location", "house"))
    assert offer(table, "help", "weigh").open
    table.do("help", table.heard("police", "box", "weight", 7))
    assert offer(table, "help", "known").open


def test_only_a_free_unit_makes_it_possible():
    """A unit that is busy elsewhere does not open what it alone could do."""
    near = Action(
        "near", ("police",), "act", requires="latest(unit.location) == yard", takes_ms=1, outcomes=(Outcome("o", ()),)
    )
    table = Table(town(add_actions=(near,)))
    assert offer(table, "police", "near").open
    table.do("police", table.ask("go", "p2", place="yard"))
    assert not offer(table, "police", "near").open
    table.wait(MINUTE)
    assert offer(table, "police", "near").open


def test_what_is_offered_can_be_asked():
    """An open offer with one of its faces is not refused."""
    table = Table()
    for viewer in ("police", "help", "court"):
        for (collection, code), shown in list(table.views[viewer].items()):
            if collection == "offers" and shown.open and shown.faces:
                name = table.rules.name_codes.of[shown.param]
                table.do(viewer, b.Ask(code, None, {name: table.face(shown.faces[0])}))
