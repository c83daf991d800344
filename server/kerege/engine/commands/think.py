"""Think: stop and think. A mentor (or control) lets one team begin nothing for a while, and nobody else notices.

What the team's units are already doing goes on, and ends when it would have ended: its end reaches others (an arrival that
they see, an answer that they wait for), so a later one would tell them. As in a pause of all, what was done in the room is
still noted, and people may write, share and file: what one does is talked about, and nothing new is begun.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine import events as e
from kerege.engine.commands.answers import only
from kerege.engine.commands.talk import in_play
from kerege.engine.held import Source, Text
from kerege.engine.refusals import Refused

if TYPE_CHECKING:
    from kerege.engine.commands.bodies import Think
    from kerege.engine.play import Play


def decide_think(play: Play, by: str, command: Think) -> None:
    """Begin or end it. A mentor's is its own team's; control may do both for any team, should a mentor's phone fail."""
    only(play, by, "mentor", "control")
    in_play(play)
    team = _team(play, by, command)
    if thinks(play, team) == command.on:
        raise Refused("already_done")
    word = play.word(command.why) if command.why.strip() else ""
    play.emit(e.Thinking(team, command.on))
    play.emit(
        e.Told(
            team, "mentor", Text("notice-think" if command.on else "notice-think-over", word=word), Source("viewer", by)
        )
    )
    play.emit(e.Happened("happening-think" if command.on else "happening-think-over", who=by, to=(team,), word=word))


def _team(play: Play, by: str, command: Think) -> str:
    follows = play.rules.viewers[by].follows
    if follows is not None:
        if command.team not in {None, play.rules.viewer_codes.of[follows]}:
            raise Refused("unknown")
        return follows
    team = play.rules.viewer_codes.id.get(command.team or "")
    if team is None or team not in play.rules.teams:
        raise Refused("unknown")
    return team


def thinks(play: Play, team: str) -> bool:
    """Whether a team is to begin nothing now."""
    return bool(play.state.get("thinking", team))
