"""What a body may settle by itself, as the body above it set it (R-051, INV-24, C61)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MandateState(StrEnum):
    IN_FORCE = "van kracht"
    WITHDRAWN = "ingetrokken"


@dataclass(frozen=True)
class Mandate:
    """`id` is the code of the body it is for: one mandate each, what it was stands in the history.

    `given_by` is the body that gave it; `set_by` the person who recorded it. Without categories every case is asked.
    """

    id: str
    categories: tuple[str, ...]
    given_by: str
    set_by: str
    set_at: datetime
    text: str = ""
    state: MandateState = MandateState.IN_FORCE
