"""What is wrong in a configuration file: every fault has a file, a line, a name and a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One fault. `name` is the key, table or environment variable; `line` is None when there is no line to point at."""

    file: str
    line: int | None
    name: str
    message: str

    def __str__(self) -> str:
        """`file:line: name: message`, always on one line."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        whole = ": ".join(part for part in (place, self.name, self.message) if part)
        return " ".join("".join(sign if sign.isprintable() else " " for sign in whole).split())


class ConfigFaults(Exception):
    """All faults of what was read, in the order of the file; never empty, never with the value of a secret."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
