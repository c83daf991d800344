"""Observe: what evaluators note about teams, seen by evaluators and control alone. Teams are rated, never persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine.commands.answers import only, read_key
from kerege.engine.events import Noted
from kerege.engine.refusals import Refused

if TYPE_CHECKING:
    from kerege.engine.commands.bodies import Observe
    from kerege.engine.play import Play

RATED_CHAIRS_MIN = 3
"""No rating stands for fewer persons: teams with fewer chairs are rated together with a neighbour."""
NOTES_MAX = 2000
"""Of one exercise: twenty evaluators writing one a quarter of an hour for a week."""


def decide_observe(play: Play, by: str, command: Observe) -> None:
    """Keep a note. After ENDEX too: the debrief is when most of them are written."""
    only(play, by, "evaluator")
    rules = play.rules
    if play.state.get("clock", "clock").phase == "ready":
        raise Refused("not_started")
    teams = tuple(dict.fromkeys(rules.viewer_codes.id.get(code, "") for code in command.teams))
    if not teams or any(team not in rules.teams for team in teams):
        raise Refused("unknown")
    guide = "" if command.guide is None else rules.guide_codes.id.get(command.guide, "")
    if command.guide is not None and guide not in {each.id for each in rules.guides_of[by]}:
        raise Refused("unknown")
    evidence = tuple(dict.fromkeys(read_key(key, "h") for key in command.evidence))
    happened = play.state.get("count", ("happening", by), 0)
    if any(not 1 <= n <= happened for n in evidence):
        raise Refused("unknown")
    if not command.text.strip() and command.rating is None and not evidence:
        raise Refused("nothing_to_send")
    if command.rating not in {None, "N"} and sum(rules.viewers[team].seats_max for team in teams) < RATED_CHAIRS_MIN:
        raise Refused("bad_answer", "refusal_rating_too_few")
    if play.state.get("count", ("note", by), 0) >= NOTES_MAX:
        raise Refused("too_many")
    word = play.word(command.text) if command.text.strip() else ""
    play.emit(Noted(by, teams, guide, command.rating or "", word, evidence))
