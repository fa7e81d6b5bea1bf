"""The outbox: written in the transaction that decided, sent afterwards, marked with the platform's event id."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, or_, update
from sqlalchemy import select as sql
from sqlmodel import Session, col, select

from commands.kit.files import File, files_as_data, files_from_data
from commands.kit.ports import Offer, Outgoing, Posted
from commands.kit.reply import as_data, from_data
from storage import tables
from storage.mapping import from_plain, to_plain

#: Why a reminder was not sent after all; it is not counted among what could not be delivered.
NOT_NEEDED = "niet meer nodig"

#: No message is held back longer than this before it is tried again. What says so was written by another clock.
LONGEST_WAIT = timedelta(minutes=5)
#: Beyond every row.
_NO_END = 2**62
#: How many messages, or places, are taken up at once.
MOST = 50
_JUST_POSTED = "just posted"

# What is asked for every message is built once: building costs more than asking.
_TABLE = tables.Outbox.__table__  # type: ignore[attr-defined]
_C = _TABLE.c
_ADD = _TABLE.insert()
_EMPTY = {"next_try": None, "tries": 0, "parts_sent": 0, "begun": 0, "event_id": None, "sent_at": None, "failed": ""}
_WITH_KEY = sql(_C.id).where(_C.key == bindparam("wanted"))
_FIRST = sql(func.min(_C.id)).where(_C.sent_at.is_(None), _C.failed == "").group_by(_C.to)
_LATER = or_(_C.next_try.is_(None), _C.next_try <= bindparam("now"), _C.next_try > bindparam("far"))
_HEADS, _HEADS_OF = (
    sql(_TABLE).where(_C.id.in_(first), _LATER).order_by(_C.id).limit(bindparam("most"))
    for first in (_FIRST, _FIRST.where(_C.to.in_(bindparam("places", expanding=True))))
)
_WHOLE = (
    _TABLE.update()
    .where(_C.id == bindparam("row"))
    .values(
        parts_sent=bindparam("parts"),
        event_id=func.coalesce(_C.event_id, bindparam("event")),
        channel=bindparam("on"),
        sent_at=bindparam("at"),
    )
)
_BEGUN = _TABLE.update().where(_C.id.in_(bindparam("rows", expanding=True))).values(begun=_C.parts_sent + 1)


@dataclass(frozen=True)
class Waiting:
    """An outbox row that must still be sent; `made_at` is when it was decided, `parts_sent` how far it got.

    `begun` is the part that was being sent when that was last written down; 0 when none was.
    """

    id: int
    outgoing: Outgoing
    made_at: datetime
    tries: int
    parts_sent: int
    begun: int = 0


def post(session: Session, outgoing: Outgoing) -> bool:
    """Add a message; False when its key is there already. `due` doubles as the moment it was made."""
    session.flush()  # the question that it asks
    connection = session.connection()
    if connection.execute(_WITH_KEY, {"wanted": outgoing.key}).first() is not None:
        return False
    if outgoing.due is None:
        raise ValueError(f"{outgoing.key}: an outgoing message carries the moment it was meant for")
    row = {
        "key": outgoing.key,
        "kind": outgoing.kind,
        "to": outgoing.to,
        "channel": outgoing.channel,
        "message": as_data(outgoing.message),
        "reply_to": outgoing.reply_to,
        "thread": outgoing.thread,
        "about": list(outgoing.about),
        "offers": to_plain(outgoing.offers),
        "mentions": list(outgoing.mentions),
        "files": files_as_data(outgoing.files),
        "receipt": outgoing.receipt,
        "question": outgoing.question,
        "due": outgoing.due,
        "made_at": outgoing.due,
        "counted": outgoing.counted,
    }
    connection.execute(_ADD, {**_EMPTY, **row})
    session.info.setdefault(_JUST_POSTED, set()).add(outgoing.to)
    return True


def just_posted(session: Session) -> frozenset[str]:
    """The destinations of what was posted in this session."""
    return frozenset(session.info.get(_JUST_POSTED, ()))


def unsent(session: Session, now: datetime, limit: int = MOST) -> tuple[Waiting, ...]:
    """What may be sent now, oldest first; what failed before waits for its next try."""
    table = tables.Outbox
    query = select(table).where(col(table.sent_at).is_(None), col(table.failed) == "")
    query = query.where(_may_be_tried(now))
    return tuple(_waiting(row) for row in session.exec(query.order_by(col(table.id)).limit(limit)))


def heads(session: Session, now: datetime, to: Collection[str] | None = None, limit: int = MOST) -> tuple[Waiting, ...]:
    """The oldest unsent message of each destination (or of these alone) when it may be tried now, oldest first.

    One that waits for its next try holds back what comes after it to the same destination, and nothing else.
    """
    session.flush()
    values: dict[str, Any] = {"now": now, "far": now + LONGEST_WAIT, "most": limit}
    query = _HEADS if to is None else _HEADS_OF
    found = session.connection().execute(query, values if to is None else {**values, "places": list(to)})
    return tuple(_waiting(row) for row in found)


def _may_be_tried(now: datetime) -> ColumnElement[bool]:
    """Not postponed, or no longer, or for so long that only a clock that was put back can explain it."""
    at = col(tables.Outbox.next_try)
    return or_(at.is_(None), at <= now, at > now + LONGEST_WAIT)


def try_at_once(session: Session) -> None:
    """At a start nothing is postponed: by what clock it was, and whether the reason still holds, nobody knows."""
    table = tables.Outbox
    postponed = (col(table.sent_at).is_(None), col(table.failed) == "", col(table.next_try).is_not(None))
    session.exec(update(table).where(*postponed).values(next_try=None))


def counts(session: Session) -> tuple[int, int]:
    """How many messages wait to be sent, and how many were given up."""
    unsent = col(tables.Outbox.sent_at).is_(None)
    given_up = col(tables.Outbox.failed) != ""
    failed = col(tables.Outbox.failed).not_in(("", NOT_NEEDED))
    waiting = session.exec(select(func.count()).select_from(tables.Outbox).where(unsent, ~given_up)).one()
    lost = session.exec(select(func.count()).select_from(tables.Outbox).where(unsent, failed)).one()
    return waiting, lost


def undelivered(session: Session, since: datetime) -> tuple[tuple[str, int], ...]:
    """Destinations of what was given up since then, and how many each, in order."""
    table = tables.Outbox
    failed = col(table.failed).not_in(("", NOT_NEEDED))
    query = select(table.to, func.count()).where(col(table.failed) != "", failed, col(table.made_at) >= since)
    return tuple(session.exec(query.group_by(col(table.to)).order_by(col(table.to))).all())


def next_try(session: Session, *, after: datetime | None = None) -> datetime | None:
    """When the first postponed message (of those that wait longer than `after`) may be tried again."""
    table = tables.Outbox
    query = select(table.next_try).where(
        col(table.sent_at).is_(None), col(table.failed) == "", col(table.next_try).is_not(None)
    )
    query = query.where(col(table.next_try) > after) if after is not None else query
    return session.exec(query.order_by(col(table.next_try)).limit(1)).first()


def mark_begun(session: Session, ids: Collection[int]) -> None:
    """The next part of each of these is being sent: until it is marked as sent, nobody knows whether it arrived."""
    session.connection().execute(_BEGUN, {"rows": list(ids)})


def mark_part(session: Session, id: int, parts: int, event_id: str, *, next_begun: bool = False) -> None:
    """One more part of a long message is out; the first part's event id is the message's, the others lead to it.

    `next_begun`: the next part is being sent.
    """
    table = tables.Outbox
    first = func.coalesce(col(table.event_id), event_id or None)
    _mark(session, id, parts_sent=parts, event_id=first, begun=parts + 1 if next_begun else 0)
    _keep_later(session, id, parts, event_id)


def mark_sent(session: Session, id: int, channel: str, at: datetime) -> None:
    """The whole message is out."""
    _mark(session, id, channel=channel, sent_at=at)


def mark_whole(session: Session, id: int, parts: int, event_id: str, channel: str, at: datetime) -> None:
    """Both at once, for the last part."""
    session.connection().execute(
        _WHOLE, {"row": id, "parts": parts, "event": event_id or None, "on": channel, "at": at}
    )
    _keep_later(session, id, parts, event_id)


def _keep_later(session: Session, id: int, part: int, event_id: str) -> None:
    if part > 1 and event_id:
        session.merge(tables.OutboxPart(outbox=id, number=part, event_id=event_id))


def mark_later(session: Session, id: int, at: datetime) -> None:
    """Not now; again from `at` on, with the same key."""
    _mark(session, id, tries=col(tables.Outbox.tries) + 1, next_try=at)


def mark_unbegun(session: Session, ids: Collection[int]) -> None:
    """The part of each of these that was being sent certainly did not arrive."""
    table = tables.Outbox
    session.execute(update(table).where(col(table.id).in_(list(ids))).values(begun=0))


def mark_failed(session: Session, id: int, why: str) -> None:
    """Cannot be sent; kept for the status and the operator."""
    _mark(session, id, failed=why[:500])


def _mark(session: Session, id: int, **values: Any) -> None:
    session.execute(update(tables.Outbox).where(col(tables.Outbox.id) == id).values(**values))


def mark_elsewhere(session: Session, id: int, channel: str) -> None:
    """It goes by another channel from now on."""
    row = session.get_one(tables.Outbox, id)
    row.channel, row.tries = channel, row.tries + 1


def revive(session: Session, to: str, why: str, since: datetime) -> int:
    """What was given up for that place for this reason, and was made at `since` or later, is tried again."""
    table = tables.Outbox
    query = select(table).where(table.to == to, table.failed == why, col(table.sent_at).is_(None))
    found = session.exec(query.where(table.made_at >= since)).all()
    for row in found:
        row.failed, row.next_try = "", None
    return len(found)


def sent_as(session: Session, channel: str, key: str) -> str | None:
    """The event id that the message with that key got on a channel; None when it was not sent there."""
    table = tables.Outbox
    row = session.exec(select(table).where(table.key == key, table.channel == channel)).first()
    return row.event_id or None if row is not None else None


def posted(session: Session, channel: str, event_id: str, *, exact: bool = False) -> Posted | None:
    """The sent message of that event, else (unless `exact`) the newest answer in the thread that it began."""
    row = of_event(session, channel, event_id)
    if row is None and not exact:
        table, mine = tables.Outbox, _by(channel)
        inside = or_(col(table.reply_to) == event_id, col(table.thread) == event_id)
        row = session.exec(select(table).where(inside, mine).order_by(col(table.id).desc()).limit(1)).first()
    return _posted(row) if row else None


def of_event(session: Session, channel: str, event_id: str) -> tables.Outbox | None:
    """The message of which that event of the channel is a part, the first or a later one."""
    table, part = tables.Outbox, tables.OutboxPart
    first = session.exec(select(table).where(table.event_id == event_id, _by(channel))).first()
    if first is not None:
        return first
    later = select(part.outbox).where(part.event_id == event_id)
    return session.exec(select(table).where(col(table.id).in_(later), _by(channel))).first()


def part_of(session: Session, channel: str, event_id: str) -> tuple[Outgoing, int] | None:
    """The message of which that event is a part, as it was to be sent, and which part that is."""
    row, part = of_event(session, channel, event_id), tables.OutboxPart
    if row is None:
        return None
    later = select(part.number).where(part.outbox == row.id, part.event_id == event_id)
    return _waiting(row).outgoing, session.exec(later).first() or 1


def file_of(session: Session, channel: str, part: str, name: str, to: str) -> tuple[File, str | None] | None:
    """A file with that name in the message to `to` of which `part` is the key of a part (`key:number`), and the event
    of that part on the channel, if it is marked as sent."""
    key, _, number = part.rpartition(":")
    table = tables.Outbox
    row = session.exec(select(table).where(table.key == key, table.to == to, _by(channel))).first()
    if row is None or not (number.isascii() and number.isdecimal() and len(number) < 5):
        return None
    file = next((one for one in _waiting(row).outgoing.files if one.name == name), None)
    later = session.get(tables.OutboxPart, (row.id, int(number)))
    event = row.event_id if int(number) == 1 else later.event_id if later is not None else None
    return (file, event) if file is not None else None


def outcomes(session: Session, channel: str, card: str, until: int) -> tuple[Outgoing, ...]:
    """What came of the buttons pressed on the part with that event id, in order, up to that row of the outbox."""
    table, heard = tables.Outbox, tables.Inbox
    pressed = select(heard.event_id).where(heard.kind == "pressed", heard.target == card, heard.channel == channel)
    query = select(table).where(col(table.reply_to).in_(pressed), table.kind == "reply", col(table.id) <= until)
    rows = session.exec(query.order_by(col(table.id)))
    return tuple(row.outgoing for row in map(_waiting, rows) if is_outcome(row.outgoing))


def offered_since(session: Session, channel: str, card: str) -> tuple[Offer, ...]:
    """What the outcomes offer that took the place of the part with that event id."""
    found = outcomes(session, channel, card, _NO_END)
    return tuple(offer for outgoing in found for offer in outgoing.offers)


def is_outcome(outgoing: Outgoing) -> bool:
    """Whether an answer only says what came of something, so that it may stand in the place of what asked for it: it
    is no question or refusal, calls nobody, and brings no files."""
    more = outgoing.question is not None or outgoing.mentions or outgoing.files
    return outgoing.kind == "reply" and outgoing.receipt and not more


def last_posted(session: Session, to: str, *, offering: bool = False, asking: bool = False) -> Posted | None:
    """The newest message to that place that offers or still asks something; one that was answered does not count.

    `offering` leaves out what only asks, `asking` what only offers.
    """
    table, asked = tables.Outbox, tables.Question
    query = select(table).where(table.to == to).order_by(col(table.id).desc()).limit(20)
    still_open = select(asked.id).where(asked.state == tables.QuestionState.OPEN)
    waiting = set(session.exec(still_open.where(col(asked.id).in_([row.question for row in session.exec(query)]))))
    rows = session.exec(query)
    wanted = (_posted(row) for row in rows if (row.offers and not asking) or (not offering and row.question in waiting))
    return next(wanted, None)


def _by(channel: str) -> ColumnElement[bool]:
    """Sent by that channel, or on its way."""
    return or_(col(tables.Outbox.channel) == channel, col(tables.Outbox.channel).is_(None))


def _posted(row: tables.Outbox) -> Posted:
    return Posted(row.key, row.to, tuple(row.about), _offers(row.offers), row.question, row.sent_at)


def _offers(data: list[Any]) -> tuple[Offer, ...]:
    return tuple(from_plain(Offer, item) for item in data)


def _waiting(row: Any) -> Waiting:
    outgoing = Outgoing(
        key=row.key,
        kind=row.kind,
        to=row.to,
        message=from_data(row.message),
        reply_to=row.reply_to,
        thread=row.thread,
        about=tuple(row.about),
        offers=_offers(row.offers),
        mentions=tuple(row.mentions),
        receipt=row.receipt,
        question=row.question,
        due=row.due,
        channel=row.channel,
        files=files_from_data(row.files),
    )
    return Waiting(row.id, outgoing, row.made_at, row.tries, row.parts_sent, row.begun)
