"""Split and Merge: control makes two teams of one, or one of two, while the play goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine import events as e
from kerege.engine.commands.answers import only, read_face
from kerege.engine.commands.steering import running
from kerege.engine.faces import thing_of
from kerege.engine.handover import hand_over, hand_over_once, move_units
from kerege.engine.held import Source, Text
from kerege.engine.knowledge import close_to_desk, open_desk
from kerege.engine.parts import is_open, title_of, units_of
from kerege.engine.refusals import Refused
from kerege.engine.tasks import stop_acts

if TYPE_CHECKING:
    from kerege.engine.commands.bodies import Merge, Split
    from kerege.engine.play import Play


def decide_split(play: Play, by: str, command: Split) -> None:
    """Open a second team of the same agency, with units of the first and a copy of what it knows, or with nothing."""
    only(play, by, "control")
    running(play)
    team = _team(play, command.viewer)
    if not command.title.strip():
        raise Refused("missing_answer")
    units = tuple(dict.fromkeys(thing_of(read_face(play, by, handle)) for handle in command.units))
    mine = units_of(play.rules, play.state, team)
    if any(unit not in mine for unit in units):
        raise Refused("unknown")
    if any(play.state.get("busy", unit) is not None for unit in units):
        raise Refused("unit_busy")
    base = play.rules.base_of(team)
    part = next((each for each in play.rules.reserves_of(base) if play.state.get("part", each) is None), None)
    if part is None:
        raise Refused("too_many")
    word = play.word(command.title.strip(), title_of(part))
    play.emit(e.PartOpened(part, word))
    if command.records:
        hand_over(play, team, part)
        hand_over_once(play, team, part)
    move_units(play, units, part)
    me = Source("viewer", by)
    if command.records:
        play.emit(e.Told(part, "notice", Text("notice-split-with"), me))
    else:
        play.emit(e.Told(part, "notice", Text("notice-split-without"), me))
    play.emit(e.Told(team, "notice", Text("notice-split-off"), me))
    play.emit(e.Happened("happening-split", who=by, to=(team, part), word=word))


def decide_merge(play: Play, by: str, command: Merge) -> None:
    """Close a team; what it knows, its units and its people go to another of the same agency. Its acts under way stop."""
    only(play, by, "control")
    running(play)
    team, into = _team(play, command.viewer), _team(play, command.into)
    if team == into or play.rules.viewers[team].agency != play.rules.viewers[into].agency:
        raise Refused("not_possible_now")
    stop_acts(play, team)
    if play.state.get("stand_in", team, ""):
        play.emit(e.StandInSet(team, ""))
    hand_over(play, team, into)
    hand_over_once(play, team, into)
    move_units(play, units_of(play.rules, play.state, team), into)
    if open_desk(play, team) is not None:
        play.emit(e.OpenedSet(team, open=False))
        close_to_desk(play, team)
    play.emit(e.Told(into, "notice", Text("notice-merged"), Source("viewer", by)))
    play.emit(e.Happened("happening-merged", who=by, to=(team, into)))
    play.emit(e.PartClosed(team, into))


def _team(play: Play, code: str) -> str:
    team = play.rules.viewer_codes.id.get(code)
    if team is None or team not in play.rules.all_teams or not is_open(play.rules, play.state, team):
        raise Refused("unknown")
    return team
