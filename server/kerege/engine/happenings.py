"""The list of what was done: control reads it with causes, evaluators and the desk of an opened team without.

Evaluators read which act which team did when, and to which teams it went: no words, nothing of what was learnt or found,
nothing that somebody else than a team wrote (an actor, a mentor, the safety officer, control).

Only acts that a team does towards the story pass through here. Who pressed STOP, who drew a curtain, what an actor noted
or control changed is never a desk's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine.events import Happened

if TYPE_CHECKING:
    from kerege.engine.play import Play


def happen(
    play: Play,
    title: str,
    who: str,
    cause: str = "",
    *,
    observed: bool = False,
    to: tuple[str, ...] = (),
    about: tuple[tuple[str, str], ...] = (),
    word: str = "",
) -> None:
    """
    Write down what a team has done.

    Args:
        title: A text key, as is `cause`.
        observed: A desk may read the title, and nothing else of it.
        to: The viewers it went to.
        about: What was passed on: faces and fields.
        word: The id of the words that were typed.
    """
    play.emit(Happened(title, cause, who, to=to, about=about, word=word))
    for evaluators in play.rules.evaluators if who in play.rules.teams else ():
        play.emit(Happened(title, "", who, evaluators, to=tuple(each for each in to if each in play.rules.teams)))
    if not observed:
        return
    desk = play.rules.desk_of.get(who)
    if desk is not None and play.state.get("opened", who):
        play.emit(Happened(title, "", who, desk))
