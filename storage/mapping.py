"""Frozen dataclasses to rows and JSON values, and back. Driven by the type hints, so a new field is one line."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

W = TypeVar("W")
_NESTED = (list, dict)


def to_plain(value: Any) -> Any:
    """Any word as JSON values; instants in UTC, so that equal words give equal text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    return value


def from_plain(kind: Any, value: Any) -> Any:
    """Read what `to_plain` wrote, by type hint."""
    if value is None:
        return None
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return from_plain(next(part for part in get_args(kind) if part is not NoneType), value)
    if origin is tuple:
        return tuple(from_plain(get_args(kind)[0], item) for item in value)
    if isinstance(kind, type) and is_dataclass(kind):
        made: Any = kind
        hints = hints_of(made)
        return made(**{name: from_plain(hints[name], item) for name, item in value.items() if name in hints})
    if isinstance(kind, type):
        if issubclass(kind, datetime):
            return datetime.fromisoformat(value)
        if issubclass(kind, date | time):
            return kind.fromisoformat(value)
        if issubclass(kind, StrEnum):
            return kind(value)
    return value


@cache
def hints_of(kind: Hashable) -> dict[str, Any]:
    """The resolved type hints of a dataclass."""
    dataclass: Any = kind
    own = {field.name for field in fields(dataclass)}
    return {name: hint for name, hint in get_type_hints(dataclass).items() if name in own}


def column_values(word: Any) -> dict[str, Any]:
    """A word as column values: scalars as they are, tuples and nested words as JSON values."""
    found = {field.name: getattr(word, field.name) for field in fields(word)}
    return {
        name: to_plain(value) if isinstance(value, tuple | Mapping) or is_dataclass(value) else value
        for name, value in found.items()
    }


def word_from(kind: type[W], row: Any) -> W:
    """A row as a word."""
    known: Any = kind
    names, values_of, nested = _reading(known)
    read = list(values_of(row))
    for at, hint in nested:
        if isinstance(read[at], _NESTED):
            read[at] = from_plain(hint, read[at])
    return kind(**dict(zip(names, read, strict=True)))


@cache
def _reading(kind: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]], tuple[tuple[int, Any], ...]]:
    """The names of a word, what takes their values from a row, and which of them may be nested in it."""
    hints = hints_of(kind)
    nested = tuple((at, hint) for at, hint in enumerate(hints.values()) if not _is_plain(hint))
    names = tuple(hints)
    return names, attrgetter(*names) if len(names) > 1 else lambda row: (getattr(row, names[0]),), nested


def _is_plain(hint: Any) -> bool:
    parts = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    return all(isinstance(part, type) and get_origin(part) is None and not is_dataclass(part) for part in parts)
