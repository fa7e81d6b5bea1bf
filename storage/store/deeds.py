"""What one message did, and how it is taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import bindparam, delete
from sqlmodel import col, select

from commands.kit.ports import Change, Deed, Savepoint
from storage import tables
from storage.mapping import from_plain
from storage.store.records import TABLES, Records, word_of
from storage.undo import before_deed, newer, void

# What is asked for every command is built once: building costs more than asking.
_DEED = tables.Deed.__table__  # type: ignore[attr-defined]
_BEGIN = _DEED.insert()
_DESCRIBE = _DEED.update().where(_DEED.c.id == bindparam("deed")).values(summary=bindparam("said"))


class Deeds(Records):
    """See the port for what each call means."""

    def savepoint(self) -> Savepoint:
        return self.session.begin_nested()

    def begin_deed(self, person: str, at: datetime, source: str) -> int:
        row = {"person": person, "at": at, "source": source, "summary": "", "undone": False}
        made: Any = self.session.connection().execute(_BEGIN, row).inserted_primary_key
        return cast(int, made[0])

    def describe_deed(self, deed: int, summary: str) -> None:
        self.session.connection().execute(_DESCRIBE, {"deed": deed, "said": summary})

    def last_deed(self, person: str) -> Deed | None:
        table = tables.Deed
        query = select(table).where(table.person == person, table.summary != "").order_by(col(table.id).desc()).limit(1)
        row = self.session.exec(query).first()
        return self._deed(row) if row is not None else None

    def deeds_from(self, source: str) -> tuple[Deed, ...]:
        table = tables.Deed
        query = select(table).where(table.source == source, table.summary != "").order_by(col(table.id).desc())
        return tuple(self._deed(row) for row in self.session.exec(query))

    def forgot_between(self, first: str, last: str) -> bool:
        inbox = tables.Inbox
        ends = [self._heard(source) for source in (first, last)]
        if ends[0] is None or ends[1] is None:
            return False
        between = select(inbox.id).where(
            col(inbox.id) > ends[0].id,
            col(inbox.id) < ends[1].id,
            inbox.channel == ends[1].channel,
            inbox.sender == ends[1].sender,
            inbox.kind == "message",
            inbox.text == "",
            inbox.state == tables.InboxState.DONE,
        )
        return self.session.exec(between.limit(1)).first() is not None

    def _heard(self, source: str) -> tables.Inbox | None:
        channel, _, event_id = source.partition(":")
        inbox = tables.Inbox
        return self.session.exec(select(inbox).where(inbox.channel == channel, inbox.event_id == event_id)).first()

    def _deed(self, row: tables.Deed) -> Deed:
        history = tables.History
        changed = self.session.exec(select(history.about).where(history.deed == row.id).distinct()).all()
        return Deed(cast(int, row.id), row.person, row.at, row.summary, row.undone, row.source, tuple(sorted(changed)))

    def mark(self, deed: int, change: Change) -> None:
        history = tables.History
        changed = select(history.kind, history.about).where(history.deed == deed).distinct().order_by(history.about)
        kinds: dict[str, Any] = {kind.__name__: kind for kind in TABLES}
        for kind, about in self.session.exec(changed).all():
            record = self.get(kinds[kind], about)
            if record is not None:
                self.put(record, change)

    def told_by(self, source: str) -> tuple[str, ...]:
        table = tables.Outbox
        query = select(table.to).where(col(table.key).startswith(f"notice:{source}:", autoescape=True))
        held = tables.HeldPost
        bundled = select(held.to).where(held.source == source, col(held.told_at).is_not(None)).order_by(col(held.id))
        found = [*self.session.exec(query.order_by(col(table.id))), *(self.session.exec(bundled) if source else ())]
        return tuple(dict.fromkeys(found))

    def undo(self, deed: int, change: Change) -> None:
        history = tables.History
        rows = self.session.exec(select(history).where(history.deed == deed).order_by(col(history.id))).all()
        firsts = {row.about: row for row in reversed(rows)}
        kinds: dict[str, Any] = {kind.__name__: kind for kind in TABLES}
        for first in sorted(firsts.values(), key=lambda row: -cast(int, row.id)):
            kind = kinds[first.kind]
            old = before_deed(self.session, first)
            record = from_plain(kind, old) if old is not None else void(word_of(kind, first.after), change.at)
            record = newer(record, self.get(kind, first.about)) if record is not None else None
            if record is not None:
                self.put(record, change)
        done = self.session.get_one(tables.Deed, deed)
        done.undone = True
        # What nobody read yet need not be told and taken back.
        self.session.exec(delete(tables.News).where(col(tables.News.source) == done.source))
        held = tables.HeldPost
        self.session.exec(delete(held).where(col(held.source) == done.source, col(held.told_at).is_(None)))
        self.session.flush()
