"""The table of refusals: each code, one command that gets it, and what the asker is told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.commands.table import DECIDE
from kerege.engine.pack import Pack, Viewer
from kerege.engine.refusals import REFUSAL_CODES, Refused
from tests.kit import Table
from tests.town import MINUTE, TOWN, town

BASE = Path(__file__).parents[2] / "server" / "kerege" / "scenario" / "base" / "texts"


@dataclass
class Case:
    """Who asks for what, after what."""

    by: str
    command: str
    given: tuple[tuple[str, str], ...] = ()
    started: bool = True
    pack: Pack = TOWN


NIGHT = town(
    add_viewers=(Viewer("police_day", "team", "police", part_of="police", takes_over="police", comes_on_ms=MINUTE),)
)
TABLE: dict[str, Case] = {
    "not_started": Case("police", "t.say('x', 'help')", started=False),
    "already_started": Case("control", "b.Start()"),
    "paused": Case("police", "t.ask('go', place='house')", (("control", "b.Pause()"),)),
    "not_paused": Case("control", "b.Resume()"),
    "stopped": Case("police", "t.say('x', 'help')", (("help", "b.Stop()"),)),
    "not_stopped": Case("safety", "b.Clear()"),
    "ended": Case("police", "t.say('x', 'help')", (("control", "b.Finish()"),)),
    "not_yours": Case("police", "b.Start()"),
    "unknown": Case("police", "b.Cancel('t7')"),
    "not_offered": Case("court", "t.ask('raid')"),
    "unit_busy": Case("help", "t.ask('go', place='house')", (("help", "t.ask('go', place='street')"),)),
    "unit_needed": Case("court", "t.ask('stamp')"),
    "missing_answer": Case("police", "t.ask('go')"),
    "bad_answer": Case("police", "t.ask('go', place='bob')"),
    "requires": Case("police", "t.ask('question', person='ann/register')"),
    "once_only": Case("police", "t.ask('raid')", (("police", "t.ask('raid', 'p1')"),)),
    "nothing_to_send": Case("police", "t.say('  ', 'help')"),
    "too_many": Case("police", "t.file('memo', about='bob')", (("police", "t.file('memo', about='bob')"),) * 256),
    "over": Case("police", "b.Cancel('t1')", (("police", "t.ask('badge')"),)),
    "already_done": Case("control", "b.StandIn(t.viewer('police'), None)"),
    "lost": Case("police", "t.say('x', 'help')", (("", "b.Lose()"),)),
    "thinking": Case("police", "t.ask('go', 'p1', place='street')", (("mentor_police", "b.Think(True)"),)),
    "off_duty": Case("police_day", "t.ask('go', place='street')", pack=NIGHT),
    "not_possible_now": Case("control", "b.Jump(0)"),
}


def test_every_code_has_its_case():
    """The table leaves none out."""
    assert set(TABLE) == set(REFUSAL_CODES)


@pytest.mark.parametrize("code", TABLE)
def test_refused(code):
    """Each code is what its command gets; nothing has changed."""
    case = TABLE[code]
    table = Table(case.pack, started=case.started)
    for by, command in case.given:
        table.do(by, eval(command, {"t": table, "b": b}))
    assert table.refuses(case.by, eval(case.command, {"t": table, "b": b})) == code


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_code_has_words(language):
    """What is refused is said in words, in every language of the product's own texts."""
    text = (BASE / f"{language}.ftl").read_text()
    codes = (*REFUSAL_CODES, "busy", "other-body", "unreadable", "not-committing", "fault", "nobody-known")
    missing = [code for code in codes if f"\nrefusal-{code.replace('_', '-')} = " not in text]
    assert missing == []


SORTS = ("team", "actor", "control", "safety", "observer", "room")
RIGHTS: dict[type, set[str]] = {
    b.Ask: {"team", "actor"},
    b.Cancel: {"team", "actor", "control", "safety", "observer"},
    b.Say: {"team", "actor", "control", "safety"},
    b.Share: {"team"},
    b.Heard: {"team"},
    b.Dispute: {"team", "actor", "control", "safety", "observer"},
    b.File: {"team"},
    b.Speak: {"actor"},
    b.Treat: {"actor"},
    b.Ready: {"actor"},
    b.Curtain: {"team", "actor"},
    b.Stop: {"team", "actor", "control", "safety", "observer"},
    b.Clear: {"safety", "control"},
    b.Start: {"control"},
    b.Pause: {"control"},
    b.Resume: {"control"},
    b.Finish: {"control"},
    b.Speed: {"control"},
    b.Jump: {"control"},
    b.Steer: {"control"},
    b.Amend: {"control"},
    b.Recall: {"control"},
    b.StandIn: {"control"},
    b.Staff: {"room"},
    b.OpenTeam: {"control"},
    b.Lose: {"room"},
    b.Acknowledge: {"control"},
    b.Tick: {"room"},
    b.Propose: {"team"},
    b.Rule: {"control"},
    b.Split: {"control"},
    b.Merge: {"control"},
    b.HandOver: {"team"},
    b.Take: {"control"},
    b.SayAs: {"control"},
    b.Write: {"control"},
    b.Overrule: {"control"},
    b.Request: {"team"},
    b.Respond: {"team"},
    b.Convene: {"team"},
    b.Attend: {"team"},
    b.Table: {"team"},
    b.Decide: {"team"},
    b.Fulfil: {"team"},
    b.Adjourn: {"team"},
    b.Debrief: {"control", "safety"},
    b.Think: {"control"},
    b.Observe: set(),
}
"""Which sorts of viewers a command is not refused to with `not_yours`; those without anything get `unknown`."""
SAMPLES: dict[type, b.AnyCommand] = {
    b.Ask: b.Ask("x"),
    b.Cancel: b.Cancel("t9"),
    b.Say: b.Say((), "x"),
    b.Share: b.Share((), ()),
    b.Heard: b.Heard("x", "x", "x", None),
    b.Dispute: b.Dispute("m9"),
    b.File: b.File("x"),
    b.Speak: b.Speak("s9", ("x",)),
    b.Treat: b.Treat("s9", {}),
    b.Ready: b.Ready("c9", "done"),
    b.Curtain: b.Curtain(),
    b.Debrief: b.Debrief("b9"),
    b.Think: b.Think(True),
    b.Observe: b.Observe(()),
    b.Stop: b.Stop(),
    b.Clear: b.Clear(),
    b.Start: b.Start(),
    b.Pause: b.Pause(),
    b.Resume: b.Resume(),
    b.Finish: b.Finish(),
    b.Speed: b.Speed(4),
    b.Jump: b.Jump(5),
    b.Steer: b.Steer("x", "fire"),
    b.Amend: b.Amend("x", "x", None, "x"),
    b.Recall: b.Recall("x", "r1", "x"),
    b.StandIn: b.StandIn("x", None),
    b.Staff: b.Staff("x", True),
    b.OpenTeam: b.OpenTeam("x", True),
    b.Lose: b.Lose(),
    b.Acknowledge: b.Acknowledge(),
    b.Tick: b.Tick(),
    b.Propose: b.Propose("x"),
    b.Rule: b.Rule("x", "p1", "happens", "x"),
    b.Split: b.Split("x", "North"),
    b.Merge: b.Merge("x", "y"),
    b.HandOver: b.HandOver(words="x"),
    b.Take: b.Take("x", "m1", "me"),
    b.SayAs: b.SayAs("x", (), "x"),
    b.Write: b.Write(None, "x"),
    b.Overrule: b.Overrule("h1", "x"),
    b.Request: b.Request("x"),
    b.Respond: b.Respond("q9", "share"),
    b.Convene: b.Convene((), "x"),
    b.Attend: b.Attend("g9", True),
    b.Table: b.Table("g9"),
    b.Decide: b.Decide("g9", "x", "x", 9),
    b.Fulfil: b.Fulfil("g9", "d1"),
    b.Adjourn: b.Adjourn("g9"),
}
VIEWERS = {"team": "police", "actor": "actor_ann", "control": "control", "safety": "safety", "observer": "desk"}


def test_every_command_has_its_rights():
    """A new command without a row here fails."""
    assert set(RIGHTS) == set(SAMPLES) == set(DECIDE)


@pytest.mark.parametrize("sort", VIEWERS)
@pytest.mark.parametrize("command", RIGHTS, ids=lambda command: command.__name__)
def test_rights(command, sort):
    """Who may not ask for this is told so, whatever it asks about."""
    table = Table()
    try:
        table.do(VIEWERS[sort], SAMPLES[command])
        code = ""
    except Refused as refused:
        code = refused.code
    assert (code == "not_yours") == (sort not in RIGHTS[command]), code
