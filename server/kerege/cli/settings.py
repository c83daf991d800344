"""The settings of a verb: the environment, and what its options say instead."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from kerege.cli.said import fail

if TYPE_CHECKING:
    from kerege.settings import Settings


def read_settings(**said: Any) -> Settings:
    """Settings from the environment; `said` (where not None) goes before. PUBLIC_URL is read as hosts set it."""
    from pydantic import ValidationError

    from kerege.settings import Settings

    given = {name: value for name, value in said.items() if value is not None}
    if "public_url" not in given and os.environ.get("PUBLIC_URL") and not os.environ.get("KEREGE_PUBLIC_URL"):
        given["public_url"] = os.environ["PUBLIC_URL"]
    try:
        return Settings(**given)
    except ValidationError as error:
        fail("\n".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()))
