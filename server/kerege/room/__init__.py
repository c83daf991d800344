"""One running exercise: order, time, commit, publish."""

from kerege.room.opening import open_room
from kerege.room.room import Room

__all__ = ["Room", "open_room"]
