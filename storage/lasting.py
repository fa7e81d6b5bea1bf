"""What is to be known of a transaction at its end: whether it must be on the disk before anything is said of it, and
when the clock owes something because of it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

_LASTING = "lasting"
_SOONEST = "soonest"


def make_lasting(session: Session) -> None:
    """What is decided in this transaction stays decided, whatever happens after its end."""
    session.info[_LASTING] = True


def is_lasting(session: Session) -> bool:
    """Whether that was asked."""
    return bool(session.info.get(_LASTING))


def note_due(session: Session, at: datetime) -> None:
    """Something falls due at that moment, by what is written in this transaction."""
    known = soonest_due(session)
    session.info[_SOONEST] = at if known is None else min(at, known)


def soonest_due(session: Session) -> datetime | None:
    """The first of those moments."""
    found: datetime | None = session.info.get(_SOONEST)
    return found
