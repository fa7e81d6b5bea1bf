"""The answer of a rule: it may, or it may not, why, and what does work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Allowed:
    """May be done. `warnings` are shown with the answer and stop nothing."""

    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Instead:
    """The way that does work: the same half command with these parts replaced, run by *ja*.

    `command` is a command's name ("" for the same command), `parts` its parts by argument name as someone would type
    them, `ask` the closing question ("Naar het DO?").
    """

    command: str
    parts: Mapping[str, str] = field(default_factory=dict)
    ask: str = ""


@dataclass(frozen=True)
class Refused:
    """May not be done. `because` is a Dutch sentence for people; `code` names the error (E04, J3) for tests."""

    because: str
    instead: Instead | None = None
    code: str = ""


Verdict = Allowed | Refused
