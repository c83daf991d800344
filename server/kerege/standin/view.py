"""What a stand-in sees: its own view, kept from snapshot and frames like any client's, and read by conditions.

Rule: a thing is known only by the faces that have come into this view. The mapping from things to handles says what
the plan's words mean; a handle that is not in the view answers nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kerege.wire.items import Clock, Contact, Face, Item, Me, Message, Offer, Record

if TYPE_CHECKING:
    from kerege.standin.plan import AnyFace, Names
    from kerege.wire.messages import Frame, Snapshot

Value = bool | int | str | None

MS = 1000
THING = "thing:"


class HeldView:
    """A view as held by one client; implements `conditions.View`."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self.items: dict[str, dict[str, Item]] = {}
        self.stream = ""
        self.epoch = ""
        self.version = -1
        self.revision = 0
        """Counts what has changed, so that nobody looks twice at the same."""
        self._slots: dict[tuple[str, str], dict[int, Record]] = {}
        self._slot_of: dict[int, tuple[str, str]] = {}
        self._anchor_play_ms = 0
        self._anchor_real_ms = 0
        self._told_play_ms = 0

    # -- keeping -------------------------------------------------------------------------------------------------

    def replace(self, snapshot: Snapshot, now_ms: int) -> None:
        """Take a whole view."""
        self.items, self._slots, self._slot_of = {}, {}, {}
        self.stream, self.epoch, self.version = snapshot.stream, snapshot.epoch, snapshot.version
        self._put(snapshot.items, now_ms)
        self.revision += 1

    def apply(self, frame: Frame, now_ms: int) -> bool:
        """Take what one step has changed. False: it does not follow on what is held; a snapshot is needed."""
        if frame.stream != self.stream or frame.epoch != self.epoch or frame.version != self.version + 1:
            return False
        self.version = frame.version
        self._put(frame.put, now_ms)
        for collection, keys in frame.drop.items():
            for key in keys:
                gone = self.items.get(collection, {}).pop(key, None)
                if isinstance(gone, Record):
                    self._forget(_number(key))
        self.revision += 1
        return True

    def _put(self, put: Mapping[str, Mapping[str, Item]], now_ms: int) -> None:
        for collection, items in put.items():
            self.items.setdefault(collection, {}).update(items)
            if collection == "records":
                for key, record in items.items():
                    assert isinstance(record, Record)
                    self._keep(_number(key), record)
        clock = put.get("clock", {}).get("clock")
        if isinstance(clock, Clock):
            # It says when it was last set, which may be long ago: never go back behind what the server has said since.
            self._anchor_play_ms, self._anchor_real_ms = max(clock.at_s * MS, self._told_play_ms), now_ms

    def hear_time(self, at_s: int, now_ms: int) -> None:
        """The server says how late it is: go on from there."""
        self._told_play_ms = at_s * MS
        if self._told_play_ms > self.play_ms(now_ms):
            self._anchor_play_ms, self._anchor_real_ms = self._told_play_ms, now_ms

    def _keep(self, n: int, record: Record) -> None:
        field = self._names.fields.get(record.field)
        if field is None:
            return  # no condition of this plan asks for it
        self._forget(n)
        slot = self._slot_of[n] = (record.face, field)
        self._slots.setdefault(slot, {})[n] = record

    def _forget(self, n: int) -> None:
        slot = self._slot_of.pop(n, None)
        if slot is not None:
            del self._slots[slot][n]

    # -- the plain things ----------------------------------------------------------------------------------------

    @property
    def me(self) -> Me | None:
        """Who this chair is."""
        found = self.items.get("me", {}).get("me")
        return found if isinstance(found, Me) else None

    @property
    def off_duty(self) -> bool:
        """Whether this chair's shift has not come on, or has gone."""
        return self.me is not None and self.me.shift is not None and self.me.shift.state != "on"

    def who_has_case(self, team: str) -> str:
        """The team meant, by its code; where it has gone home, the shift that can be reached in its place."""
        shift, contacts = team, self.items.get("contacts", {})
        while shift not in contacts and shift in self._names.shifts:
            shift = self._names.shifts[shift]
        return shift if shift in contacts else team

    @property
    def clock(self) -> Clock | None:
        """The play clock as last told."""
        found = self.items.get("clock", {}).get("clock")
        return found if isinstance(found, Clock) else None

    def play_ms(self, now_ms: int) -> int:
        """Play time now: counted on from what the clock last said."""
        clock = self.clock
        if clock is None:
            return 0
        ahead = (now_ms - self._anchor_real_ms) * clock.speed if self.runs else 0
        return self._anchor_play_ms + ahead

    def real_ms_of(self, play_ms: int) -> int:
        """When play time will be `play_ms`, if nothing changes the clock."""
        clock = self.clock
        assert clock is not None
        return self._anchor_real_ms - (self._anchor_play_ms - play_ms) // clock.speed

    @property
    def runs(self) -> bool:
        """Whether play goes on."""
        clock = self.clock
        return clock is not None and clock.phase == "running" and not clock.stopped

    @property
    def ended(self) -> bool:
        """Whether ENDEX has been."""
        clock = self.clock
        return clock is not None and clock.phase == "ended"

    def is_contact(self, code: str) -> bool:
        """Whether one can write to, and be written to by, this viewer."""
        return isinstance(self.items.get("contacts", {}).get(code), Contact)

    def offer(self, code: str) -> Offer | None:
        """An act as it is offered now."""
        found = self.items.get("offers", {}).get(code)
        return found if isinstance(found, Offer) else None

    def message(self, key: str) -> Message | None:
        """One message."""
        found = self.items.get("messages", {}).get(key)
        return found if isinstance(found, Message) else None

    def face(self, meant: AnyFace, among: list[str] | None = None) -> str | None:
        """The handle to say for a thing: one that has been met, before a bare reference; None while it is unknown."""
        best = None
        for handle in meant.handles:
            face = self.items.get("faces", {}).get(handle)
            if isinstance(face, Face) and (among is None or handle in among):
                if face.met:
                    return handle
                best = best or handle
        return best

    def record_of(self, meant: AnyFace, field: str) -> str | None:
        """The key of the newest standing record of a fact, by the field's code."""
        best: tuple[int, int] | None = None
        for key, record in self.items.get("records", {}).items():
            if not isinstance(record, Record) or record.state == "retracted" or record.value is None:
                continue
            if record.face in meant.handles and record.field == field:
                best = max(best or (-1, -1), (_news_s(record), _number(key)))
        return None if best is None else f"r{best[1]}"

    # -- conditions.View -----------------------------------------------------------------------------------------

    def known(self, face: str, field: str, /) -> bool:
        """Whether a record with a value stands."""
        return any(record.value is not None for record in self._standing(face, field))

    def latest(self, face: str, field: str, /) -> Value:
        """The value of the newest standing record; a thing is a handle."""
        records = self._standing(face, field)
        return self._value(records[-1]) if records else None

    def some(self, face: str, field: str, value: Value, /) -> bool:
        """Whether a standing record has this value."""
        held = [self._value(record) for record in self._standing(face, field)]
        return any(each == value or self.same(each, value) for each in held)

    def disputed(self, face: str, field: str, /) -> bool:
        """Whether a standing record is disputed, or two of them differ."""
        records = self._standing(face, field)
        return any(each.state == "disputed" for each in records) or len({repr(each.value) for each in records}) > 1

    def age_s(self, face: str, field: str, /) -> int | None:
        """Seconds of play since the newest standing record was learnt; 0 while it is being watched."""
        records = self._standing(face, field)
        if not records:
            return None
        return 0 if records[-1].state == "live" else max(0, self.now_s - _news_s(records[-1]))

    def age_of(self, thing: str, field: str) -> int | None:
        """The same for a thing by its name in conditions."""
        return self.age_s(f"{THING}{thing}", field)

    now_s = 0
    """Play time for `age`; set by whoever is about to ask."""

    def same(self, first: Value, second: Value, /) -> bool:
        """Whether two handles (or `thing:<id>`) are one for this view."""
        if first is None or second is None:
            return first is second
        if first == second:
            return True
        return bool(set(self._faces(str(first))) & set(self._faces(str(second))))

    def _value(self, record: Record) -> Value:
        if isinstance(record.value, str):
            return self._names.choices.get(record.value, record.value)
        return record.value

    def _faces(self, subject: str) -> list[str]:
        """The handles that stand for a subject in this view, with those known to be the same."""
        asked = self._names.things.get(subject.removeprefix(THING), ()) if subject.startswith(THING) else (subject,)
        found: dict[str, None] = {}
        for handle in asked:
            face = self.items.get("faces", {}).get(handle)
            if isinstance(face, Face):
                found[handle] = None
                found.update(dict.fromkeys(face.same_as))
        return list(found)

    def _standing(self, subject: str, field: str) -> list[Record]:
        found = {
            n: record
            for handle in self._faces(subject)
            for n, record in self._slots.get((handle, field), {}).items()
            if record.state != "retracted"
        }
        return [found[n] for n in sorted(found, key=lambda n: (_news_s(found[n]), n))]


def _number(key: str) -> int:
    return int(key[1:])


def _news_s(record: Record) -> int:
    """How new it is: what was handed over is as old as it was for the team that learnt it."""
    return record.as_of_s if record.handed_by and record.as_of_s is not None else record.learnt_at_s
