"""Write: control rewrites a waiting line of the MSEL, or adds one. And the sandbox: what each receiver would read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerege.engine import events as e
from kerege.engine.commands.answers import only, sort_of
from kerege.engine.commands.ruling import read_picks
from kerege.engine.commands.steering import running, with_reason
from kerege.engine.evolve import OFF_LIST
from kerege.engine.injects import inject_of, written
from kerege.engine.places import CONTROL
from kerege.engine.react import is_timed, trigger_inject
from kerege.engine.refusals import Refused
from kerege.engine.rules import OFF_LIST_MAX

if TYPE_CHECKING:
    from kerege.engine.commands.bodies import Write
    from kerege.engine.held import InjectState
    from kerege.engine.play import Play


def decide_write(play: Play, by: str, command: Write) -> None:
    """
    Rewrite or add a line. Its texts were compiled by the room: `marks` is what they state.

    The pack's own condition and its other effects stay; only a line that comes by the clock or by hand can be moved.
    """
    only(play, by, "control")
    running(play)
    with_reason(command.why)
    to = tuple(dict.fromkeys(play.rules.viewer_codes.id.get(code, "") for code in command.to))
    if any(viewer not in play.rules.viewers or sort_of(play, viewer) not in {"team", "actor"} for viewer in to):
        raise Refused("unknown")
    if bool(to) != bool(command.texts or command.learns):
        raise Refused("missing_answer")
    learns = read_picks(play, by, command.learns)
    name = _added(play, command) if command.inject is None else _waiting(play, command)
    before: InjectState | None = play.state.get("inject", name)
    due_ms = before.due_ms if before is not None else None
    if due_ms is not None:
        play.emit(e.Unplanned(due_ms, "inject", name))
    if command.at_ms is not None:
        due_ms = max(command.at_ms, play.at_ms)
    why = play.word(command.why)
    title = play.word(command.title.strip()) if command.title.strip() else ""
    texts = tuple((language, play.word(words)) for language, words in sorted(command.texts.items()))
    own = written(play.state, name)
    if texts or learns:
        marks = command.marks
        if not texts and own is not None:
            title, texts, marks = own.title, own.texts, own.marks
        play.emit(e.Wrote(name, title, to, texts, marks, learns))
    play.emit(e.InjectSet(name, "held" if command.held else "waiting", due_ms, why))
    if due_ms is not None and due_ms > play.at_ms:
        play.emit(e.Planned(due_ms, "inject", name))
    play.emit(e.Happened("happening-inject-written", who=by, to=to, word=why))
    inject = inject_of(play, name)
    if inject is not None and due_ms is not None and due_ms <= play.at_ms and not command.held:
        trigger_inject(play, inject)  # now: the receipt follows its effect


def _added(play: Play, command: Write) -> str:
    if not command.texts or not command.title.strip():
        raise Refused("missing_answer")
    n = play.state.get("count", ("off_list", CONTROL), 0) + 1
    if n > OFF_LIST_MAX:
        raise Refused("too_many")
    return f"{OFF_LIST}{n}"


def _waiting(play: Play, command: Write) -> str:
    name = play.rules.inject_codes.id.get(command.inject or "", "")
    now: InjectState | None = play.state.get("inject", name)
    if now is None:
        raise Refused("unknown")
    if now.state not in {"waiting", "held"}:
        raise Refused("over", "refusal_line_over")
    inject = play.rules.injects.get(name)
    if command.at_ms is not None and inject is not None and inject.trigger is not None and not is_timed(inject):
        raise Refused("bad_answer", "refusal_inject_own_moment")
    if not command.texts and not command.learns and command.at_ms is None and command.held == (now.state == "held"):
        raise Refused("missing_answer")
    if not command.texts and inject is None and written(play.state, name) is not None:
        raise Refused("missing_answer")  # one that control has added is its text
    return name
