"""What a stand-in does with other teams: asks them, answers them, and sits at a table with them. Reads its view alone.

The table is the newest consultation that the stand-in is at and that is still open. Nothing is said at it before everybody
who was invited has come or declined, or GATHER_MS of play have passed: what is tabled reaches only those who are there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerege.wire.items import Consultation, Request

if TYPE_CHECKING:
    from kerege.standin.plan import PlannedStep
    from kerege.standin.view import HeldView

GATHER_MS = 300_000
"""Play time after which those who are at a table begin without those who have not answered."""
AT_TABLE = frozenset({"table", "decide", "adjourn"})
"""The steps that need a table."""


def waiting(view: HeldView) -> list[str]:
    """The keys of open requests to this chair, then of invitations, oldest first."""
    requests = [
        key
        for key, item in view.items.get("requests", {}).items()
        if isinstance(item, Request) and not item.mine and item.state == "open"
    ]
    invitations = [key for key, each in _consultations(view) if each.open and each.seat == "invited"]
    return sorted(requests, key=_number) + sorted(invitations, key=_number)


def answer_of(view: HeldView, step: PlannedStep, in_vain: set[str]) -> dict[str, Any] | None:
    """The answer to the oldest request or invitation that waits for one; None where none does."""
    for key in waiting(view):
        if isinstance(view.items.get("consultations", {}).get(key), Consultation):
            return {"do": "attend", "consultation": key, "come": step.how == "share"}
        if step.how == "share" and key not in in_vain:
            return {"do": "respond", "request": key, "how": "share"}
        return {"do": "respond", "request": key, "how": "decline", "words": step.text}
    return None


def request_of(view: HeldView, step: PlannedStep, to: str) -> dict[str, Any] | None:
    """A request to one team; None while what it is about is unknown."""
    command: dict[str, Any] = {"do": "request", "to": to, "words": step.text}
    about, field = step.fact or (step.thing, "")
    if about is not None:
        command["about"] = view.face(about)
        if command["about"] is None:
            return None
        if field:
            command["field"] = field
    if step.code:
        command["form"] = step.code
    if step.within_ms:
        command["wanted_by_s"] = _by_s(view, step)
    return command


def table(view: HeldView, step: PlannedStep) -> tuple[str, Consultation] | None:
    """The table of a step: to close it one must have called it."""
    found = [
        (key, each)
        for key, each in _consultations(view)
        if each.open and each.seat == "here" and (step.do != "adjourn" or each.mine)
    ]
    return max(found, key=lambda one: _number(one[0]), default=None)


def begins_ms(view: HeldView, step: PlannedStep) -> int | None:
    """The play time from which something can be said at the table; None: there is no table, or nobody else is at it."""
    at = table(view, step)
    if at is None:
        return None
    states = [seat.state for seat in at[1].seats]
    if "invited" in states:
        return at[1].at_s * 1000 + GATHER_MS
    return at[1].at_s * 1000 if states.count("here") > 1 else None


def at_table(view: HeldView, step: PlannedStep) -> dict[str, Any] | None:
    """What a step says at the table; None while it cannot."""
    at = table(view, step)
    if at is None:
        return None
    key, held = at
    if step.do == "adjourn":
        return {"do": "adjourn", "consultation": key}
    if step.do == "table":
        record = None if step.fact is None else view.record_of(*step.fact)
        return None if record is None else {"do": "table", "consultation": key, "records": [record]}
    owner = view.who_has_case(step.owner)
    if not any(seat.team == owner and seat.state == "here" for seat in held.seats):
        return None
    return {
        "do": "decide",
        "consultation": key,
        "words": step.text,
        "owner": owner,
        "due_s": _by_s(view, step),
    }


def _by_s(view: HeldView, step: PlannedStep) -> int:
    return view.now_s + max(1, step.within_ms // 1000)


def _consultations(view: HeldView) -> list[tuple[str, Consultation]]:
    items = view.items.get("consultations", {}).items()
    return [(key, item) for key, item in items if isinstance(item, Consultation)]


def _number(key: str) -> int:
    return int(key[1:])
