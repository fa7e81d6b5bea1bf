"""Texts that are like another one, and texts that hold some words; both kept in step with the register."""

from __future__ import annotations

from sqlmodel import Session

from commands.rules.likeness import Lexicon, folded, likeness
from commands.words.agreement import Agreement
from commands.words.attention import AttentionPoint
from commands.words.decision import Decision
from commands.words.helping import Success, SuccessState
from commands.words.signal import OPEN_STATES, Signal
from commands.words.workgroup import RUNNING_STATES, Workgroup
from storage import backend

#: How many candidates are looked at more closely.
CANDIDATES = 40
#: The index knows pieces of three letters; shorter words are not looked for.
SHORTEST = 3


def keep(session: Session, record: object) -> None:
    """Index a signal or group as it is now; what is closed or over can no longer be found.

    The text goes in as it is: the list of synonyms is only used on what is looked for, so that a changed list holds
    for older signals at once.
    """
    text = written(record)
    if text:
        backend.keep_text(session, str(getattr(record, "id", "")), folded(text), table=backend.ARCHIVE)
    if isinstance(record, Signal):
        body = f"{record.title} {record.explanation} {record.topic or ''}"
        backend.keep_text(session, record.id, folded(body) if record.state in OPEN_STATES else None)
    elif isinstance(record, Workgroup):
        body = f"{record.name} {record.task} {record.topic or ''}"
        backend.keep_text(session, record.code, folded(body) if record.state in RUNNING_STATES else None)


def written(record: object) -> str:
    """What `!zoek` finds a record by, whatever its state; "" for what is not searched."""
    match record:
        case Signal():
            return f"{record.title} {record.topic or ''} {record.outcome} {record.explanation}"
        case Decision():
            return f"{record.text} {record.category or ''} {record.outcome}"
        case Agreement():
            return f"{record.text} {record.goal} {record.meaning} {record.outcome}"
        case AttentionPoint():
            return record.text
        case Success() if record.state in (SuccessState.SHARED, SuccessState.PLACED):
            return f"{record.text} {record.pioneer}"
        case _:
            return ""


def find(session: Session, text: str, limit: int) -> tuple[str, ...]:
    """Ids of all that holds every word of the text (or part of a word, from three letters on), best first."""
    words = tuple(word for word in folded(text).split() if len(word) >= SHORTEST)
    return tuple(backend.texts_with_all(session, words, limit))


def similar(session: Session, text: str, lexicon: Lexicon, limit: int, *, ever: bool = False) -> tuple[str, ...]:
    """Ids of what is most like the text, best first, ties by id, none too far off; with `ever` from the archive."""
    wanted = lexicon.subjects(text)
    table = backend.ARCHIVE if ever else backend.SEARCH
    found = backend.nearest_texts(session, lexicon.searched(text), CANDIDATES, table=table)
    scored = [(likeness(wanted, lexicon.subjects(body)), about) for about, body in found]
    near = sorted((pair for pair in scored if pair[0]), key=lambda pair: (-pair[0], pair[1]))
    return tuple(about for _, about in near[:limit])
