"""Where a setting comes from: a TOML file and the environment, merged, each value with its place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from config.faults import Fault
from config.reader import Source

ENVIRONMENT = "environment"
PREFIX = "OVERLEGBOT_"
NESTED = "__"
#: Variables with the prefix that are no settings.
NO_SETTINGS = frozenset({"OVERLEGBOT_CONFIG", "OVERLEGBOT_DEBUG"})


class Given:
    """The values of file and environment (which wins), and the faults found in them so far."""

    def __init__(self, source: Source | None) -> None:
        self.source = source
        self.values: dict[str, Any] = source.values if source else {}
        self.faults: list[Fault] = []
        self._variables: dict[tuple[str, ...], str] = {}

    def set_variable(self, variable: str, place: tuple[str, ...], value: str) -> None:
        """Lay the value of an environment variable over what the file says at that place."""
        table = self.values
        for part in place[:-1]:
            inner = table.setdefault(part, {})
            if not isinstance(inner, dict):
                self.faults.append(Fault(ENVIRONMENT, None, variable, f"{part} is given as a single value too"))
                return
            table = inner
        if isinstance(table.get(place[-1]), dict):
            self.faults.append(Fault(ENVIRONMENT, None, variable, f"is a table: use {variable}{NESTED}…"))
            return
        table[place[-1]] = value
        self._variables[place] = variable

    def from_environment(self, place: tuple[str, ...]) -> bool:
        """Whether the value there comes from a variable."""
        return place in self._variables

    def fault(self, place: tuple[str, ...], message: str) -> None:
        """Note a fault at that setting, with the file and line or the variable where it can be mended."""
        variable = self._variables.get(place)
        in_file = self.source is not None and self.source.line(place[:1]) is not None
        if variable is None and not in_file and any(other[:1] == place[:1] for other in self._variables):
            below = any(len(other) > len(place) and other[: len(place)] == place for other in self._variables)
            variable = PREFIX + NESTED.join(place).upper() + (f"{NESTED}…" if below else "")
        if variable is not None:
            self.faults.append(Fault(ENVIRONMENT, None, variable, message))
        elif self.source is not None:
            self.source.fault(place, ".".join(place), message)
            self.faults.append(self.source.faults.pop())
        else:
            self.faults.append(Fault("", None, ".".join(place), message))


def gather(path: Path | None, environ: Mapping[str, str]) -> Given:
    """File and environment together. An empty variable counts as not set.

    Raises ConfigFaults when the file cannot be read or is no TOML.
    """
    given = Given(Source.of(path) if path else None)
    for variable, value in sorted(environ.items()):
        if not variable.upper().startswith(PREFIX) or variable.upper() in NO_SETTINGS or not value:
            continue
        place = tuple(variable.lower().removeprefix(PREFIX.lower()).split(NESTED))
        given.set_variable(variable, place, value)
    return given
