"""What changed in the structure file since the bot last started with it, as a row of the history (INV-37)."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from commands.kit.ports import STRUCTURE
from commands.rules.structure_log import facts_of, standing_changes
from commands.words.structure import Structure
from storage import tables


def note_structure(session: Session, structure: Structure, by: str, now: datetime) -> tuple[str, ...]:
    """Keep how the standing part is now, with what changed in Dutch; nothing when it is as it was. The first time there
    is nothing to compare with, and no change."""
    table = tables.History
    newest = select(table).where(table.about == STRUCTURE).order_by(col(table.id).desc())
    before = session.exec(newest.limit(1)).first()
    facts = facts_of(structure)
    changes = standing_changes(before.after, facts) if before is not None else ()
    if before is not None and not changes:
        return ()
    session.add(
        table(
            kind=Structure.__name__,
            about=STRUCTURE,
            at=now,
            by=by,
            from_state=str(before.to_state) if before is not None else None,
            to_state="; ".join(changes) or structure.name,
            why=structure.because if before is not None else "",
            after=facts,
        )
    )
    session.flush()
    return changes
