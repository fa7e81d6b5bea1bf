"""Texts that are like another one: open signals and running groups, kept in step with the register."""

from __future__ import annotations

from sqlmodel import Session

from commands.rules.likeness import Lexicon, folded, likeness
from commands.words.signal import OPEN_STATES, Signal
from commands.words.workgroup import RUNNING_STATES, Workgroup
from storage import backend

#: How many candidates are looked at more closely.
CANDIDATES = 40


def keep(session: Session, record: object) -> None:
    """Index a signal or group as it is now; what is closed or over can no longer be found.

    The text goes in as it is: the list of synonyms is only used on what is looked for, so that a changed list holds
    for older signals at once.
    """
    if isinstance(record, Signal):
        body = f"{record.title} {record.explanation} {record.topic or ''}"
        backend.keep_text(session, record.id, folded(body) if record.state in OPEN_STATES else None)
    elif isinstance(record, Workgroup):
        body = f"{record.name} {record.task} {record.topic or ''}"
        backend.keep_text(session, record.code, folded(body) if record.state in RUNNING_STATES else None)


def similar(session: Session, text: str, lexicon: Lexicon, limit: int) -> tuple[str, ...]:
    """Ids of what is most like the text, best first, ties by id; nothing that is too far off."""
    wanted = lexicon.subjects(text)
    found = backend.nearest_texts(session, lexicon.searched(text), CANDIDATES)
    scored = [(likeness(wanted, lexicon.subjects(body)), about) for about, body in found]
    near = sorted((pair for pair in scored if pair[0]), key=lambda pair: (-pair[0], pair[1]))
    return tuple(about for _, about in near[:limit])
