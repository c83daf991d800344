"""How people find the server: this machine's address on the local network, and what to print when it starts."""

from __future__ import annotations

import ipaddress
import socket

from kerege.gateway.qr import qr_blocks

PROBES = ("192.0.2.1", "10.255.255.255", "192.168.255.255")
"""Nothing is ever sent there: asking the kernel how it would go there tells which of our addresses it would use."""


def find_lan_address() -> str | None:
    """The address under which others on this network reach this machine; None when it is on none."""
    for probe in PROBES:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            try:
                asking.connect((probe, 9))
                address = str(asking.getsockname()[0])
            except OSError:
                continue
        parsed = ipaddress.ip_address(address)
        if not parsed.is_loopback and not parsed.is_unspecified:
            return address
    return None


def public_url_for(host: str, port: int, *, secure: bool) -> str:
    """Where phones find a server that listens on `host`: the LAN address when it listens everywhere."""
    scheme, usual = ("https", 443) if secure else ("http", 80)
    if host in {"", "0.0.0.0", "::"}:  # noqa: S104  compared, not listened on
        host = find_lan_address() or "127.0.0.1"
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}" if port == usual else f"{scheme}://{shown}:{port}"


def announcement(title: str, public_url: str, control_link: str) -> str:
    """What the terminal shows at the start. The control link opens once: it is for whoever runs the exercise."""
    return (
        f"\n  {title}\n\n"
        f"  Control (this machine, opens once):  {control_link}\n"
        f"  Everybody else:                      {public_url}/\n\n"
        f"{qr_blocks(public_url + '/')}\n"
    )
