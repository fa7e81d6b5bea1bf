"""What comes from outside may hold anything. Read with these it is of the kind that is expected, or empty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def as_dict(value: object) -> Mapping[str, Any]:
    """An object of JSON; without anything in it when it is something else."""
    return value if isinstance(value, Mapping) else {}


def as_list(value: object) -> list[Any]:
    """A list of JSON; empty when it is something else."""
    return value if isinstance(value, list) else []


def as_text(value: object) -> str | None:
    """A text with something in it, else None."""
    return value if isinstance(value, str) and value else None
