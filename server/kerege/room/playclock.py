"""Play time from real time: how far the play clock has come since it was last set."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kerege.engine.held import Clock as PlayState
    from kerege.engine.state import AnyState
    from kerege.room.ports import Clock


class PlayClock:
    """Play time of one room. Never runs back; stands still while paused, stopped, or while nobody serves the room."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._real_ms = clock.now_ms()
        self._play_ms = 0

    def anchor(self, play_ms: int) -> None:
        """Play time is `play_ms` now."""
        self._real_ms = self._clock.now_ms()
        self._play_ms = play_ms

    @property
    def anchored_ms(self) -> int:
        """Play time when it was last set."""
        return self._play_ms

    def now_ms(self, state: AnyState) -> int:
        """Play time now, as the clock in this state runs."""
        play: PlayState = state.get("clock", "clock")
        if play.phase != "running" or play.stopped:
            return self._play_ms
        return self._play_ms + (self._clock.now_ms() - self._real_ms) * play.speed

    def real_ms_of(self, state: AnyState, play_ms: int) -> int:
        """The real time at which play time will be `play_ms`, if nothing changes the clock."""
        play: PlayState = state.get("clock", "clock")
        ahead = max(0, play_ms - self._play_ms)
        return self._real_ms + -(-ahead // play.speed)
