"""The scripted director: exercise control as a rehearsal plays it, and watchers for the chairs that only look on.

An ordinary client of control's chair. What it does follows from the pack and the seed; every line below is one habit of
a facilitator: start, pause and go on, change the speed, hold an inject and let it go, open a team, fire by hand, end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from kerege.engine import pack as p
from kerege.rehearsal.draws import draw, pick
from kerege.standin import HeldView, Names
from kerege.wire.messages import Frame, FromServer, Hello, Receipt, Snapshot, Submit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kerege.engine.rules import Rules

MINUTE_MS = 60_000
PAUSE_REAL_MS = 90_000
"""How long a pause lasts, in real time: the play clock stands."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One act of the director: at a play time, or (real) so long after the one before."""

    command: dict[str, Any]
    at_ms: int = 0
    after_real_ms: int | None = None


class Watcher:
    """Somebody who only looks on; keeps the view as any client does."""

    def __init__(self) -> None:
        self.view = HeldView(Names())
        self.lost = ""
        """Why the view can no longer be trusted; empty: it can."""

    @staticmethod
    def greeting(ticket: str) -> tuple[Hello]:
        """What it says first."""
        return (Hello(ticket),)

    def hear(self, message: FromServer, now_ms: int) -> None:
        """Keep the view."""
        if isinstance(message, Snapshot):
            self.view.replace(message, now_ms)
        elif isinstance(message, Frame) and not self.view.apply(message, now_ms):
            self.lost = f"frame {message.version} does not follow {self.view.version}"

    def next(self, now_ms: int) -> Submit | None:  # noqa: ARG002  the shape of a player
        """Nothing, ever."""
        return None

    def wakes_at_ms(self) -> int | None:
        """Never."""
        return None


class Director(Watcher):
    """Plays a script, one command after the other."""

    def __init__(self, script: list[Cue]) -> None:
        super().__init__()
        self._script = script
        self._next = 0
        self._asked = False
        self._last_real_ms = 0
        self.refused: list[tuple[dict[str, Any], str]] = []
        """Commands that the room did not take, with the code: for the rehearsal's own report."""

    def hear(self, message: FromServer, now_ms: int) -> None:
        """Keep the view; a receipt lets the script go on."""
        super().hear(message, now_ms)
        if isinstance(message, Receipt):
            if message.outcome != "accepted":
                self.refused.append((self._script[self._next].command, message.code))
            self._next += 1
            self._asked = False
            self._last_real_ms = now_ms

    def next(self, now_ms: int) -> Submit | None:
        """The next command, if its time has come."""
        due = self.wakes_at_ms()
        if due is None or due > now_ms:
            return None
        self._asked = True
        raw = msgspec.Raw(msgspec.msgpack.encode(self._script[self._next].command, order="deterministic"))
        return Submit(f"director-{self._next:06d}", self.view.version, raw)

    def wakes_at_ms(self) -> int | None:
        """When the next command is due."""
        if self._asked or self._next >= len(self._script):
            return None
        cue = self._script[self._next]
        if cue.after_real_ms is not None:
            return self._last_real_ms + cue.after_real_ms
        if not cue.at_ms:
            return self._last_real_ms
        return self.view.real_ms_of(cue.at_ms) if self.view.runs else None


def write_script(rules: Rules, seed: int, profiles: Mapping[str, str]) -> list[Cue]:
    """The director's script for one seed. `profiles`: viewer -> profile of its stand-in."""
    codes = rules.viewer_codes.of
    script = [
        Cue({"do": "stand_in", "viewer": codes[viewer], "profile": profile}) for viewer, profile in profiles.items()
    ]
    script.append(Cue({"do": "speed", "speed": pick(seed, "speed", (1, 2, 4, 10))}))
    script.append(Cue({"do": "start"}))
    later = [*_pause(rules, seed), *_hold(rules, seed), *_open(rules, seed), *_by_hand(rules, seed)]
    if draw(seed, "faster", 3) == 0:
        later.append(Cue({"do": "speed", "speed": 20}, _part(rules, seed, "faster-at", 30, 70)))
    script += _in_order(later)
    script.append(Cue({"do": "finish"}, rules.pack.ends_after_ms))
    return script


def _in_order(cues: list[Cue]) -> list[Cue]:
    """By play time; what follows another one in real time stays behind it."""
    groups: list[list[Cue]] = []
    for cue in cues:
        if cue.after_real_ms is not None:
            groups[-1].append(cue)
        else:
            groups.append([cue])
    return [cue for group in sorted(groups, key=lambda group: group[0].at_ms) for cue in group]


def _part(rules: Rules, seed: int, name: str, low: int, high: int) -> int:
    """A play time between two percentages of the exercise."""
    return rules.pack.ends_after_ms * (low + draw(seed, name, high - low)) // 100


def _pause(rules: Rules, seed: int) -> Iterator[Cue]:
    if draw(seed, "pause", 2):
        yield Cue({"do": "pause", "why": "Lunch"}, _part(rules, seed, "pause-at", 10, 80))
        yield Cue({"do": "resume"}, after_real_ms=PAUSE_REAL_MS)


def _hold(rules: Rules, seed: int) -> Iterator[Cue]:
    """Hold a line of the MSEL before its time, and let it go a little after it."""
    timed = [each for each in rules.pack.injects if each.trigger is not None and each.trigger.sort == "at"]
    timed = [
        each for each in timed if each.trigger is not None and each.trigger.at_ms > 2 * MINUTE_MS and not each.held
    ]
    if timed and draw(seed, "hold", 2):
        inject = pick(seed, "hold-which", timed)
        assert inject.trigger is not None
        code = rules.inject_codes.of[inject.id]
        at_ms = inject.trigger.at_ms
        yield Cue({"do": "steer", "inject": code, "act": "hold", "why": "They are not ready"}, at_ms - MINUTE_MS)
        later_ms = at_ms + MINUTE_MS * (1 + draw(seed, "release", 3))
        yield Cue({"do": "steer", "inject": code, "act": "release", "why": "Now"}, later_ms)


def _open(rules: Rules, seed: int) -> Iterator[Cue]:
    """Open a team to the observers, and sometimes close it again."""
    for team in sorted(rules.desk_of):
        if draw(seed, f"open-{team}", 3):
            code = rules.viewer_codes.of[team]
            yield Cue({"do": "open_team", "viewer": code, "open": True}, _part(rules, seed, f"open-at-{team}", 1, 40))
            if draw(seed, f"close-{team}", 3) == 0:
                at_ms = _part(rules, seed, f"close-at-{team}", 60, 90)
                yield Cue({"do": "open_team", "viewer": code, "open": False}, at_ms)


def _by_hand(rules: Rules, seed: int) -> Iterator[Cue]:
    """Injects that wait for control's hand alone, and those that the pack holds, are fired in every other rehearsal."""
    fired = {effect.inject for effect in _effects(rules.pack) if isinstance(effect, p.Fire)}
    for inject in rules.pack.injects:
        alone = inject.trigger is None and inject.id not in fired
        if (alone or inject.held) and draw(seed, f"fire-{inject.id}", 2):
            code = rules.inject_codes.of[inject.id]
            yield Cue(
                {"do": "steer", "inject": code, "act": "fire", "why": "By hand"},
                _part(rules, seed, f"fire-at-{inject.id}", 20, 90),
            )


def _effects(pack: p.Pack) -> Iterator[p.AnyEffect]:
    for action in pack.actions:
        for outcome in action.outcomes:
            yield from outcome.effects
    several: tuple[tuple[p.Rule | p.Inject | p.Line | p.Form, ...], ...] = (
        pack.rules,
        pack.injects,
        pack.lines,
        pack.forms,
    )
    for each in (one for some in several for one in some):
        yield from each.effects
