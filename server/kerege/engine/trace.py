"""What the effects of one happening did, kept so that control can take it back in one step."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from kerege.engine.events import Learnt, Told, Traced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerege.engine.play import Play

CONTROL = "control"


@contextmanager
def traced(play: Play, *, shown: bool = True) -> Iterator[None]:
    """
    Keep what the effects within do, under the line of control's list that was written last.

    Args:
        shown: There is such a line: a rule without a cause has none, and nothing to be overruled by.
    """
    if not shown:
        yield
        return
    n: int = play.state.get("count", ("happening", CONTROL), 0)
    since = len(play.events)
    play.tracing = {}
    yield
    before, play.tracing = play.tracing, None
    news = play.events[since:]
    fields = tuple((thing, field, old, play.truth(thing, field)) for (thing, field), old in before.items())
    records = dict.fromkeys(
        (event.viewer, n)
        for event in news
        if isinstance(event, Learnt)
        and not event.live
        and play.rules.viewers[event.viewer].sort not in {CONTROL, "observer"}
        for n in play.state.get("slot", (event.viewer, event.face, event.field), ())
        if (held := play.state.get("record", (event.viewer, n))).how == event.how and held.source == event.source
    )
    told = dict.fromkeys(event.viewer for event in news if isinstance(event, Told))
    if fields or records or told:
        play.emit(Traced(n, fields, tuple(records), tuple(told)))
