"""The list of all commands and what decides each. A new kind of command is a file beside this one and a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerege.engine.commands import (
    ask,
    bodies,
    clock,
    consultation,
    debrief,
    evaluation,
    handing,
    inquiry,
    loss,
    overruling,
    paper,
    ruling,
    simcell,
    stage,
    steering,
    talk,
    teams,
    think,
    writing,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from kerege.engine.play import Play

DECIDE: dict[type, Callable[[Play, str, Any], None]] = {
    bodies.Ask: ask.decide_ask,
    bodies.Cancel: ask.decide_cancel,
    bodies.Say: talk.decide_say,
    bodies.Share: talk.decide_share,
    bodies.Heard: talk.decide_heard,
    bodies.Dispute: talk.decide_dispute,
    bodies.File: paper.decide_file,
    bodies.Speak: stage.decide_speak,
    bodies.Treat: stage.decide_treat,
    bodies.Ready: stage.decide_ready,
    bodies.Curtain: stage.decide_curtain,
    bodies.Stop: clock.decide_stop,
    bodies.Clear: clock.decide_clear,
    bodies.Start: clock.decide_start,
    bodies.Pause: clock.decide_pause,
    bodies.Resume: clock.decide_resume,
    bodies.Finish: clock.decide_finish,
    bodies.Speed: clock.decide_speed,
    bodies.Jump: clock.decide_jump,
    bodies.Tick: clock.decide_tick,
    bodies.Lose: loss.decide_lose,
    bodies.Acknowledge: loss.decide_acknowledge,
    bodies.Steer: steering.decide_steer,
    bodies.Amend: steering.decide_amend,
    bodies.Recall: steering.decide_recall,
    bodies.StandIn: steering.decide_stand_in,
    bodies.Staff: steering.decide_staff,
    bodies.OpenTeam: steering.decide_open_team,
    bodies.Request: inquiry.decide_request,
    bodies.Respond: inquiry.decide_respond,
    bodies.Convene: consultation.decide_convene,
    bodies.Attend: consultation.decide_attend,
    bodies.Table: consultation.decide_table,
    bodies.Decide: consultation.decide_decide,
    bodies.Fulfil: consultation.decide_fulfil,
    bodies.Adjourn: consultation.decide_adjourn,
    bodies.Propose: ruling.decide_propose,
    bodies.Rule: ruling.decide_rule,
    bodies.Split: teams.decide_split,
    bodies.Merge: teams.decide_merge,
    bodies.HandOver: handing.decide_hand_over,
    bodies.Think: think.decide_think,
    bodies.Debrief: debrief.decide_debrief,
    bodies.Observe: evaluation.decide_observe,
    bodies.Take: simcell.decide_take,
    bodies.SayAs: simcell.decide_say_as,
    bodies.Write: writing.decide_write,
    bodies.Overrule: overruling.decide_overrule,
}
