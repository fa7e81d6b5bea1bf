"""Texts that are like another one: open signals and running groups, kept in step with the register."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from commands.rules.likeness import ALIKE, likeness, plain_words, trigrams, with_synonyms
from commands.words.signal import OPEN_STATES, Signal
from commands.words.workgroup import RUNNING_STATES, Workgroup
from storage import backend

#: How many candidates are looked at more closely.
_CANDIDATES = 10


def keep(session: Session, record: object) -> None:
    """Index a signal or group as it is now; what is closed or over can no longer be found."""
    if isinstance(record, Signal):
        body = f"{record.title} {record.explanation} {record.topic or ''}"
        backend.keep_text(session, record.id, _indexed(body) if record.state in OPEN_STATES else None)
    elif isinstance(record, Workgroup):
        body = f"{record.name} {record.task} {record.topic or ''}"
        backend.keep_text(session, record.code, _indexed(body) if record.state in RUNNING_STATES else None)


def _indexed(body: str) -> str:
    return " ".join(plain_words(body))


def similar(session: Session, text: str, synonyms: Sequence[tuple[str, ...]], limit: int) -> tuple[str, ...]:
    """Ids of what is most like the text, best first; nothing that is too far off."""
    wanted = sorted(trigrams(with_synonyms(text, synonyms)))
    found = backend.nearest_texts(session, wanted, _CANDIDATES)
    scored = [(likeness(text, body, synonyms), about) for about, body in found]
    near = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: (-pair[0], pair[1]))
    return tuple(about for _, about in near[:limit])
