"""All logging of the process, set once: lines for eyes or JSON. Ids and codes, never bodies, names or tokens.

Tracebacks carry no local variables: those would hold what people typed and what the story hides.
"""

from __future__ import annotations

import logging
import sys

import structlog
from structlog.typing import EventDict, WrappedLogger

PROMISED_AWAY = frozenset({"body", "code_typed", "command_body", "cookie", "name", "text", "ticket", "token", "words"})
"""Keys that may never be logged; a line that has one loses its value."""
LINE_CHARS_MAX = 4000
"""Of one value: nobody fills the disk by provoking a line."""


def set_up_logs(*, as_json: bool, level: str = "info") -> None:
    """Send everything, our own and libraries' lines, to standard error in one form."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        withhold,
    ]
    plain_traceback = structlog.dev.plain_traceback
    if as_json:
        finish: list[structlog.typing.Processor] = [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    else:
        finish = [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain_traceback)]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *finish],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for loud in ("uvicorn.error", "websockets", "asyncio"):  # every handshake and every lost line is no news
        logging.getLogger(loud).setLevel(max(logging.WARNING, root.level))


def withhold(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """Take out what was promised never to be logged, keep line breaks out of values, and cut what is too long."""
    for key, value in line.items():
        if key in PROMISED_AWAY:
            line[key] = "(withheld)"
        elif isinstance(value, str) and key != "exception":
            line[key] = value[:LINE_CHARS_MAX].replace("\n", "\\n").replace("\r", "\\r")
    return line
