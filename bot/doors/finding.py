"""What a check found: well or not, and what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One line of `overlegbot doctor`. `todo` is what the operator can do, empty when all is well."""

    name: str
    text: str
    todo: str = ""

    @property
    def well(self) -> bool:
        """Nothing is to be done."""
        return not self.todo

    def __str__(self) -> str:
        return f"{'well' if self.well else 'NOT '}  {self.name:<13} {self.text}{f'; {self.todo}' if self.todo else ''}"
