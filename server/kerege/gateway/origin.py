"""Who may speak for this server's pages: the origin of a request against the host it came to and a configured list."""

from __future__ import annotations

from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}


def origin_is_ours(origin: str | None, scheme: str, host: str | None, allowed: tuple[str, ...]) -> bool:
    """
    Whether a request may come from there.

    Args:
        origin: The Origin header; None where there is none: no browser page sent this, so no page can misuse it.
        scheme: How the request came: http, https, ws or wss.
        host: The Host header.
        allowed: Further origins, as scheme://host[:port].
    """
    if origin is None:
        return True
    found = _split(origin)
    if found is None:  # "null" too: sandboxed frames and files
        return False
    own = _split(f"{'https' if scheme in {'https', 'wss'} else 'http'}://{host}") if host else None
    return found == own or any(found == _split(other) for other in allowed)


def _split(origin: str) -> tuple[str, str, int] | None:
    """Scheme, host and port of an origin; None for what is none."""
    try:
        parts = urlsplit(origin)
        port = parts.port
    except ValueError:
        return None
    extra = parts.path.rstrip("/") or parts.query or parts.fragment or parts.username or parts.password
    if parts.scheme not in PORTS or not parts.hostname or extra:
        return None
    return parts.scheme, parts.hostname, port or PORTS[parts.scheme]
