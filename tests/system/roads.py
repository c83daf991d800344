"""Every address of the server, and how the proofs of law 3 go there. A route without a row fails its test.

LOOKS are asked for by GET and HEAD, POSTS are refused to everybody under proof; the other roads are acts of theirs.
"""

from __future__ import annotations

LOOKS = (
    "/", "/index.html", "/room", "/control", "/favicon.svg", "/nowhere",
    "/api/me", "/api/room", "/api/room?language=ru", "/api/room?language=ky", "/api/control/lobby",
    "/last-page", "/last-page?language=en", "/notes", "/notes?language=ru", "/known?note=1", "/known?note=1&team=2&language=ky",
    "/known", "/healthz", "/readyz", "/api/openapi.json", "/api/messages.json", "/api/export", "/export", "/metrics",
    "/api/stream/other",
)  # fmt: skip
"""There is no export, no search and no metric by HTTP: their names are asked for all the same."""
POSTS = (
    "/api/control/codes/k1", "/api/control/seats/AAAA/revoke", "/api/control/seats/AAAA/erase", "/api/submit?link=none",
    "/api/nothing", "/last-page", "/api/control/flags/f1/acknowledge",
)  # fmt: skip

ACTS = {
    ("POST", "/api/invitation"): "post",
    ("POST", "/api/join"): "join",
    ("POST", "/api/ticket"): "connect",
    ("POST", "/api/leave"): "leave",
    ("GET", "/api/stream"): "events",
    ("POST", "/api/submit"): "say",
    ("WS", "/ws"): "connect",
}
"""Road -> the verb of `subject.py` that goes there."""


def told_after_the_end(path: str, role: str) -> bool:
    """Whether an address is meant to tell this role after ENDEX what others knew: then it is not under proof."""
    if path.startswith("/last-page"):
        return role not in {"observer", "nobody"}
    return path.startswith(("/notes", "/known")) and role in {"evaluator", "control"}
