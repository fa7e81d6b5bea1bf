"""What the export tells of what was said without a name: no more than people read in the chat (INV-36, R-186).

Everything here is about objects as they stand in the document: plain data, after `storage.export` made them.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from commands.words.helping import HelpState
from commands.words.poll import CHOICES, PollKind, PollState
from storage import voices

#: Under which subject the answers to a poll are kept (`Store.voices`).
_ANSWER = "antwoord"
#: Who did it, where that is told to nobody.
NAMELESS = "anoniem"


def help_request(made: dict[str, Any]) -> dict[str, Any] | None:
    """A request for help without those who were asked or said no: how many, and the names of two who found each other.

    Of a request without a name also the time of the day is left out, because another record of that moment names who
    typed it; and in touch is a number, because the helper knows whose it was. None for one that its asker passed on as
    a signal: the signal has the same words beside a name, so there it can be read.
    """
    if made["anonymous"] and made["state"] == str(HelpState.PASSED_ON):
        return None
    told = {key: value for key, value in made.items() if key not in ("matches", "willing", "in_touch", "history")}
    told |= {"asked": len(made["matches"]), "willing": len(made["willing"]), "met": len(made["in_touch"])}
    told["in_touch"] = [] if made["anonymous"] else made["in_touch"]
    if made["anonymous"]:
        told["asked_at"] = _day_of(made["asked_at"])
    told["history"] = [_change(row, made) for row in made["history"]]
    return told


def _change(row: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    """A row of the history; what somebody else did than the asker is told of nobody by name."""
    if made["anonymous"]:
        return row | {"at": _day_of(row["at"]), "by": NAMELESS, "source": None}
    if row["by"] == made["by"]:
        return row
    return row | {"by": NAMELESS, "source": None}


def _day_of(instant: str) -> str:
    """The midnight with which that day began."""
    at = datetime.fromisoformat(instant)
    return at.replace(hour=0, minute=0, second=0, microsecond=0).isoformat()


def poll(session: Session, made: dict[str, Any], today: date | None, shown_from: int) -> dict[str, Any]:
    """A poll with how many answered, and what they said together as far as `commands.rules.polls.result` shows it."""
    votes = voices.said(session, made["id"], _ANSWER)
    closed = today is not None and today > date.fromisoformat(made["closes_on"])
    shown = closed and made["state"] == str(PollState.OUT) and len(votes) >= shown_from
    energy = made["kind"] == str(PollKind.ENERGY)
    history = made.pop("history")
    return made | {
        "answered": len(votes),
        "mean": round(sum(int(one) for one in votes) / len(votes), 1) if shown and energy else None,
        "counts": {word: votes.count(word) for word in CHOICES[PollKind.WORTH]} if shown and not energy else None,
        "history": history,
    }
