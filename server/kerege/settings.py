"""What can be set from outside, and nothing else: environment variables KEREGE_*, each with its default and its reason.

`PORT` alone is read as well, since hosts set it. No secret stands here: keys live in files of the data folder.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
from pathlib import Path
from typing import Annotated

from pydantic import AliasChoices, Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PERSONS_DAYS = 30
"""A week of play and a week of debriefs, and a cookie lives fourteen days: no device comes back later by itself."""
LOOPBACK = "127.0.0.1"


class Settings(BaseSettings):
    """The settings of one server."""

    model_config = SettingsConfigDict(env_prefix="KEREGE_", extra="ignore", populate_by_name=True)

    data_dir: Annotated[Path, Field(validation_alias=AliasChoices("KEREGE_DATA_DIR", "KEREGE_DATA"))] = Path("data")
    """Where exercises, the seat table and keys are kept; made when missing, readable by its owner only."""
    host: str = "0.0.0.0"  # noqa: S104  the default venue is a local network
    """Where to listen. With `deterministic`, always this machine alone."""
    port: Annotated[int, Field(ge=0, le=65535, validation_alias=AliasChoices("KEREGE_PORT", "PORT"))] = 8000
    """0: any free one."""
    public_url: str = ""
    """Where phones find the server, if it is not this machine's address on the local network (a proxy, a name)."""
    origins: tuple[str, ...] = ()
    """Further origins that may use the server, as a JSON list of scheme://host[:port]."""
    trusted_proxy: str = ""
    """The address of the one proxy whose forwarding headers are believed; none by default."""
    client_dir: Path = Path(__file__).parents[2] / "client_web" / "dist"
    """The built web client."""
    tls_certificate: str = ""
    tls_key: str = ""
    """Files of this server's own certificate and key; both or neither."""
    deletion_date: dt.date | None = None
    """When names and typed texts are deleted, as the terms of participation promise."""
    persons_days: Annotated[int, Field(ge=1, le=366)] = PERSONS_DAYS
    """When whom the seats belonged to is erased: so many days after the last person joined."""
    contact: str = ""
    """Whom participants ask about their data, as the terms say."""
    observer_delay_s: Annotated[int, Field(ge=0, le=24 * 3600)] = 120
    """How much later than the team its observers see."""
    log_json: bool = False
    """Logs as JSON lines rather than for eyes."""
    log_level: str = "info"
    deterministic: int | None = None
    """A seed: keys, tokens and codes follow from it, play time moves only by command, and the server listens on this
    machine alone. For proofs, never in earnest."""
    rate_factor: Annotated[float, Field(ge=1, le=10_000)] = 1.0
    """Widens every rate, for load tests."""

    @field_validator("trusted_proxy")
    @classmethod
    def _one_address(cls, said: str) -> str:
        """A name would never match and a star would believe everybody: one address, or none."""
        return str(ipaddress.ip_address(said)) if said else ""

    @model_validator(mode="after")
    def _both_or_neither(self) -> Settings:
        if bool(self.tls_certificate) != bool(self.tls_key):
            raise ValueError("tls_certificate and tls_key go together")
        return self

    @field_validator("public_url")
    @classmethod
    def _no_slash_at_the_end(cls, url: str) -> str:
        return url.rstrip("/")

    @property
    def listen_host(self) -> str:
        """Where the server listens in fact."""
        return self.host if self.deterministic is None else LOOPBACK

    @property
    def secure(self) -> bool:
        """Whether the server itself speaks https."""
        return bool(self.tls_certificate)
