"""How uvicorn is set: its defaults are for other people's servers (16 MiB messages, compression, no time-outs)."""

from __future__ import annotations

import uvicorn
from starlette.types import ASGIApp

from kerege.gateway.protocols import FramedWebSocket, PatientHttp
from kerege.wire.limits import FRAME_BYTES_MAX

REQUEST_HEAD_BYTES_MAX = 16 * 1024
"""A browser with its cookie sends under 2 KiB."""
PING_S = 20.0
"""Between pings, and for an answer: a phone that fell asleep is noticed within 40 s."""
CONNECTIONS_MAX = 12_000
"""31 KiB each: past this the laptop, not the room, is the limit."""
SHUTDOWN_S_MAX = 5
"""How long open requests may take when the server stops."""


def uvicorn_config(app: ASGIApp, host: str, port: int, trusted_proxy: str = "", **tls: str) -> uvicorn.Config:
    """The server's settings. `trusted_proxy`: the one address whose forwarding headers are believed; none by default."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http=PatientHttp,
        ws=FramedWebSocket,
        ws_max_size=FRAME_BYTES_MAX,
        ws_per_message_deflate=False,  # memory, and lengths that tell secrets
        ws_ping_interval=PING_S,
        ws_ping_timeout=PING_S,
        h11_max_incomplete_event_size=REQUEST_HEAD_BYTES_MAX,
        limit_concurrency=CONNECTIONS_MAX,
        timeout_graceful_shutdown=SHUTDOWN_S_MAX,
        server_header=False,
        access_log=False,
        log_config=None,  # kerege.logs sets all logging
        proxy_headers=bool(trusted_proxy),
        forwarded_allow_ips=trusted_proxy or None,
        lifespan="on",
        ssl_certfile=tls.get("certificate") or None,
        ssl_keyfile=tls.get("key") or None,
    )
