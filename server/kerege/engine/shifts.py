"""Shifts: one team's case goes from those who leave to those who come, with what is handed over and nothing else.

A shift of the pack has its seats from the beginning, and nothing to do before it comes on. Whoever has gone reads on, and
can be asked by those who have the case now; no act, no watch and nothing that the story sends reaches it any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine import events as e
from kerege.engine.duties import hand_over_duties
from kerege.engine.held import Text
from kerege.engine.parts import is_open, on_duty, units_of
from kerege.engine.places import set_field, watch
from kerege.engine.tasks import stop_acts

if TYPE_CHECKING:
    from kerege.engine.play import Play


def plan_shifts(play: Play) -> None:
    """At STARTEX: the play times at which shifts come on."""
    for shift in play.rules.shifts_in_order:
        at_ms = play.rules.viewers[shift].comes_on_ms
        if at_ms is not None:
            play.emit(e.Planned(at_ms, "shift_on", shift))


def come_on(play: Play, shift: str) -> None:
    """A shift is there: its units watch where they stand, and the earlier one has its time to hand over."""
    if play.state.get("shift", shift) is not None or not is_open(play.rules, play.state, shift):
        return
    viewer = play.rules.viewers[shift]
    play.emit(e.ShiftOn(shift))
    for unit in units_of(play.rules, play.state, shift):
        place = play.truth(unit, "location")
        if place is not None:
            watch(play, shift, place, on=True)
    play.emit(e.Told(shift, "notice", Text("notice-shift-on")))
    play.emit(e.Happened("happening-shift-on", who=shift, to=(shift,)))
    if viewer.comes_on_ms is not None and on_duty(play.rules, play.state, viewer.takes_over):
        play.emit(e.Planned(play.at_ms + viewer.overlap_ms, "shift_over", viewer.takes_over))
        play.emit(e.Told(viewer.takes_over, "notice", Text("notice-shift-next")))


def go_off(play: Play, gone: str, *, briefed: bool) -> None:
    """A shift goes home: what its units do ends, they watch no more, and its case is the next shift's."""
    shift = play.rules.shift_after[gone]
    if not on_duty(play.rules, play.state, gone) or not is_open(play.rules, play.state, shift):
        return
    come_on(play, shift)
    stop_acts(play, gone)
    for unit in units_of(play.rules, play.state, gone):
        set_field(play, unit, "location", None)
    hand_over_duties(play, gone, shift)
    play.emit(e.ShiftOver(gone, shift, briefed))
    if not briefed:
        play.emit(e.Told(gone, "notice", Text("notice-shift-over")))
        play.emit(e.Told(shift, "notice", Text("notice-shift-unbriefed")))
        play.emit(e.Happened("happening-shift-over", "cause-shift-unbriefed", gone, to=(shift,)))
