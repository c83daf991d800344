"""What is wrong on purpose in more than one proof of rights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerege.gateway import cookies, lobby

if TYPE_CHECKING:
    from kerege.gateway.desk import Desk


def tells_forbidden_from_missing(monkeypatch: Any) -> None:
    """An honest 401 where the other answer is 404: it says that there is something, and no route of the lobby describes it."""
    need = lobby.need_control

    def honest(request: Any, desk: Desk) -> Any:
        cookies.seat_of(request, desk)
        return need(request, desk)

    monkeypatch.setattr(lobby, "need_control", honest)
