"""Reads a TOML file key by key and collects every fault, instead of stopping at the first one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from config.faults import ConfigFaults, Fault
from config.lines import Place, line_numbers

Choice = TypeVar("Choice", bound=StrEnum)

_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")
_AT_END = " (at end of document)"


class Source:
    """One TOML file: its values, where each of them stands, and the faults found so far.

    Raises ConfigFaults when the file cannot be read or is no TOML.
    """

    def __init__(self, file: str, raw: bytes) -> None:
        self.file = file
        self.faults: list[Fault] = []
        try:
            self.text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as failure:
            line = raw.count(b"\n", 0, failure.start) + 1
            raise ConfigFaults([Fault(file, line, "", "is not UTF-8 text")]) from None
        try:
            self.values: dict[str, object] = tomllib.loads(self.text)
        except RecursionError:
            raise ConfigFaults([Fault(file, None, "", "is no TOML: nested too deep")]) from None
        except ValueError as failure:
            raise ConfigFaults([_syntax_fault(file, self.text, str(failure))]) from None

    @classmethod
    def of(cls, path: Path) -> Source:
        """The file at `path`; that it is missing or unreadable is a fault too."""
        try:
            return cls(str(path), path.read_bytes())
        except OSError as failure:
            raise ConfigFaults([Fault(str(path), None, "", failure.strerror or "cannot be read")]) from None
        except ValueError:
            raise ConfigFaults([Fault(str(path), None, "", "is no name of a file")]) from None

    @cached_property
    def _lines(self) -> dict[Place, int]:
        return line_numbers(self.text)

    def line(self, place: Place) -> int | None:
        """The line of that table or key, else of the nearest table around it."""
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place)

    def fault(self, place: Place, name: str, message: str) -> None:
        """Note a fault at that place."""
        self.faults.append(Fault(self.file, self.line(place), name, message))

    def root(self) -> Table:
        """The top table."""
        return Table(self, (), "", self.values)

    def check(self) -> None:
        """Raise ConfigFaults with everything noted so far, in the order of the file."""
        if self.faults:
            raise ConfigFaults(sorted(dict.fromkeys(self.faults), key=lambda fault: fault.line or 0))


def _syntax_fault(file: str, text: str, message: str) -> Fault:
    found = _AT_LINE.search(message)
    if found:
        return Fault(file, int(found[1]), "", f"is no TOML: {message[: found.start()]}")
    line = text.count("\n") + (not text.endswith("\n")) if message.endswith(_AT_END) else None
    return Fault(file, line or None, "", f"is no TOML: {message.removesuffix(_AT_END)}")


class Table:
    """One table of a file. Each method reads one key; a value of the wrong kind is a fault and reads as absent.

    `close` makes faults of the keys that nobody read, so read all that are known before it.
    """

    def __init__(self, source: Source, place: Place, name: str, values: Mapping[str, object]) -> None:
        self.source = source
        self.place = place
        self.name = name
        self.values = values
        self._known: list[str] = []
        self._lists: dict[str, list[Table]] = {}

    def has(self, key: str) -> bool:
        return key in self.values

    def fault(self, key: str, message: str) -> None:
        """Note a fault at `key` of this table (the table itself when the key is not there)."""
        name = f"{self.name}.{key}" if self.name and key else self.name or key
        self.source.fault((*self.place, key) if key else self.place, name, message)

    def raw(self, key: str) -> object | None:
        """The value as `tomllib` gives it, None when absent (TOML has no null)."""
        self._known.append(key)
        return self.values.get(key)

    def text(self, key: str) -> str | None:
        """A text without the spaces around it; empty reads as absent."""
        value = self.raw(key)
        if isinstance(value, str):
            return value.strip() or None
        self._refuse(value, key, "a text")
        return None

    def needed(self, key: str) -> str | None:
        """As `text`, but its absence is a fault."""
        found = self.text(key)
        if found is None and isinstance(self.values.get(key, ""), str):
            self.fault(key, "is empty" if self.has(key) else "is missing")
        return found

    def texts(self, key: str) -> tuple[str, ...] | None:
        """A list of texts."""
        value = self.raw(key)
        if isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value):
            return tuple(one.strip() for one in value)
        self._refuse(value, key, "a list of texts")
        return None

    def number(self, key: str, least: int = 0, most: int = 100_000) -> int | None:
        """A whole number within the bounds (both inclusive)."""
        value = self.raw(key)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self._refuse(value, key, f"a whole number from {least} to {most}")
        return None

    def flag(self, key: str) -> bool | None:
        """`true` or `false`."""
        value = self.raw(key)
        if isinstance(value, bool):
            return value
        self._refuse(value, key, "true or false")
        return None

    def day(self, key: str) -> date | None:
        """A date, bare or as a text: 2027-01-14."""
        value = self.raw(key)
        day = _day(value)
        if day is None:
            self._refuse(value, key, "a date such as 2027-01-14")
        return day

    def days(self, key: str) -> tuple[date, ...] | None:
        """A list of dates, bare or as texts; an empty list is a fault."""
        value = self.raw(key)
        found = [_day(one) for one in value] if isinstance(value, list) else []
        days = tuple(day for day in found if day is not None)
        if days and len(days) == len(found):
            return days
        self._refuse(value, key, "a list of dates such as [2027-06-08, 2027-06-09]")
        return None

    def clock(self, key: str) -> time | None:
        """A time of day, bare (10:00:00) or as a text ("10:00")."""
        value = self.raw(key)
        if isinstance(value, str):
            with suppress(ValueError):
                value = time.fromisoformat(value.strip())
        if isinstance(value, time) and value.tzinfo is None:
            return value
        self._refuse(value, key, 'a time such as "10:00"')
        return None

    def choice(self, key: str, choices: type[Choice]) -> Choice | None:
        """One of the values of an enumeration, whatever its case."""
        found = self.text(key)
        word = next((one for one in choices if found and one.value == found.casefold()), None)
        if word is None:
            self._refuse(found, key, "one of " + ", ".join(choices))
        return word

    def table(self, key: str) -> Table | None:
        """A table inside this one."""
        value = self.raw(key)
        if isinstance(value, dict):
            return Table(self.source, (*self.place, key), f"{self.name}.{key}" if self.name else key, value)
        self._refuse(value, key, "a table")
        return None

    def tables(self, key: str, label: str) -> list[Table]:
        """A list of tables (`[[key]]`); each is named after its `label` key, else after its position."""
        if key in self._lists:
            return self._lists[key]
        value = self.raw(key)
        made: list[Table] = []
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self._refuse(value, key, f"a list of tables, each under [[{key}]]")
        else:
            for at, one in enumerate(value):
                made.append(Table(self.source, (*self.place, key, at), f"{key}.{_label(one.get(label), at)}", one))
        self._lists[key] = made
        return made

    def close(self, otherwise: Iterable[str] = ()) -> None:
        """Every key that was not read is a fault; `otherwise` names keys that were dealt with elsewhere."""
        known = {*self._known, *otherwise}
        for key in self.values:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                self.fault(key, "is unknown here" + (f"; did you mean {near[0]}?" if near else ""))

    def _refuse(self, value: object, key: str, wanted: str) -> None:
        """A fault when there is a value, of the wrong kind; that there is none is for the caller."""
        if value is not None:
            self.fault(key, f"must be {wanted}")


def _day(value: object) -> date | None:
    if isinstance(value, str):
        with suppress(ValueError):
            return date.fromisoformat(value.strip())
        return None
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _label(value: object, at: int) -> str:
    return value.strip() if isinstance(value, str) and value.strip() else str(at + 1)
