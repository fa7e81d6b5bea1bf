"""Which transactions must be on the disk before anything is said of them."""

from __future__ import annotations

from sqlmodel import Session

_LASTING = "lasting"


def make_lasting(session: Session) -> None:
    """What is decided in this transaction stays decided, whatever happens after its end."""
    session.info[_LASTING] = True


def is_lasting(session: Session) -> bool:
    """Whether that was asked."""
    return bool(session.info.get(_LASTING))
