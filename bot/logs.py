"""The log of the running bot: what happened, to which row; never what people wrote, never a secret."""

from __future__ import annotations

import logging
import sys
import traceback
from types import TracebackType

_QUIET = ("apscheduler", "sqlalchemy", "alembic", "aiohttp", "asyncio", "peewee")


class _WithoutWords(logging.Formatter):
    """Tracebacks with the place and the type of a fault but not its text, which may quote a message or a parameter."""

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        kind, error, trace = ei
        if kind is None:
            return ""
        lines = traceback.format_tb(trace)
        cause = error.__cause__ or error.__context__ if error is not None else None
        because = f" (because of {type(cause).__name__})" if cause is not None else ""
        return "".join(lines) + kind.__name__ + because


def log_to_stderr(level: str) -> None:
    """Set up the log of this process; `level` as in the settings. Other libraries only when something is wrong."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_WithoutWords("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
