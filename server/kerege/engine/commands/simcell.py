"""Take and SayAs: control plays the bodies that nobody plays. The receiver sees the body as the source, never control."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine import events as e
from kerege.engine.commands.answers import only, read_key, sort_of
from kerege.engine.commands.ruling import read_picks
from kerege.engine.commands.steering import running
from kerege.engine.held import Letter, Source, Text
from kerege.engine.proposals import give
from kerege.engine.refusals import Refused

if TYPE_CHECKING:
    from kerege.engine.commands.bodies import SayAs, Take
    from kerege.engine.play import Play

FRESH = Letter()


def decide_take(play: Play, by: str, command: Take) -> None:
    """Say that one has taken a message, so that two at control do not answer it; or give it back."""
    only(play, by, "control")
    persona = _persona(play, command.persona)
    n, letter = _letter(play, persona, command.message)
    taker = command.text.strip()
    if letter.state != ("waiting" if taker else "taken"):
        raise Refused("already_done")
    play.emit(e.LetterSet(persona, n, "taken" if taker else "waiting", play.word(taker)))


def decide_say_as(play: Play, by: str, command: SayAs) -> None:
    """Write as a body that nobody plays; what it gives to learn is the truth as it is now."""
    only(play, by, "control")
    running(play)
    persona = _persona(play, command.persona)
    to = tuple(dict.fromkeys(play.rules.viewer_codes.id.get(code, "") for code in command.to))
    if not to or not command.text.strip():
        raise Refused("nothing_to_send")
    if any(viewer not in play.rules.viewers or sort_of(play, viewer) not in {"team", "actor"} for viewer in to):
        raise Refused("unknown")
    answered = None if command.message is None else _letter(play, persona, command.message)
    learns = read_picks(play, by, command.learns)
    word = play.word(command.text)
    source = Source("viewer", persona)
    for viewer in to:
        play.emit(e.Told(viewer, "said", Text(word=word), source))
        give(play, viewer, learns, source)
    if answered is not None:
        n, letter = answered
        play.emit(e.LetterSet(persona, n, "answered", letter.word))
    about = tuple((face, field) for face, field, *_ in learns)
    play.emit(e.Happened("happening-said-as", who=persona, to=to, about=about, word=word))


def _persona(play: Play, code: str) -> str:
    persona = play.rules.viewer_codes.id.get(code)
    if persona not in play.rules.persona_of:
        raise Refused("unknown")
    return persona


def _letter(play: Play, persona: str, key: str) -> tuple[int, Letter]:
    n = read_key(key, "m")
    if play.state.get("message", (persona, n)) is None:
        raise Refused("unknown")
    letter: Letter = play.state.get("letter", (persona, n), FRESH)
    return n, letter
