"""The clock: one sweep asks the store what is due and not yet done, and runs that moment. APScheduler only ticks it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from bot.chosen import sorted_out
from commands.kit.ports import Due, Outgoing
from commands.kit.reply import Line, Listing, Message, Text, listing, say
from commands.moments.watch import Moment, Nudge, Watch, to_its_reader
from commands.rules.timing import at_sending_time
from commands.words.calendar import AMSTERDAM, NamedPeriod
from commands.words.structure import Structure
from storage import tables
from storage.store import FOR_ONE, SqlStore

log = logging.getLogger("overlegbot.clock")

#: Quiet hours begin (domain.md §4.1); they end at the sending time.
QUIET_FROM = time(18, 0)
#: When a moment that failed is tried once more.
TRY_AGAIN = timedelta(hours=1)


def next_due(session: Session) -> datetime | None:
    """The first moment that is owed, or None."""
    table = tables.Due
    query = select(table.at).where(col(table.done_at).is_(None)).order_by(col(table.at)).limit(1)
    return session.exec(query).first()


def sweep(
    session: Session, structure: Structure, moments: Mapping[str, Moment], now: datetime, limit: int = 500
) -> int:
    """Run what is due at `now` and not done, in order, in this transaction; returns how many moments were run.

    What would speak outside sending hours, or to someone who had today's message already, waits for the next sending
    day; nothing is dropped.
    """
    table = tables.Due
    local = now.astimezone(AMSTERDAM)
    store = SqlStore(session)
    watch = Watch(store, structure, local)
    query = select(table).where(col(table.done_at).is_(None), col(table.at) <= now)
    rows = session.exec(query.order_by(col(table.at), col(table.about), col(table.kind)).limit(limit)).all()
    bundles: dict[str, list[tuple[datetime, Nudge]]] = {}
    asked_by: dict[int, tuple[tables.Due, Due]] = {}
    for row in rows:
        moment = moments.get(row.kind)
        meant = row.meant or row.at
        if moment is not None and not moment.any_time and not may_send(local, structure):
            _postpone(row, local, structure)
            continue
        occasion, _, only = row.occasion.partition(FOR_ONE)
        due = Due(row.kind, row.about, occasion, meant)
        savepoint = session.begin_nested()
        try:
            found = moment.run(watch, due) if moment is not None else ()
            nudges = [nudge for one in found if (nudge := to_its_reader(watch, one)) is not None]
        except Exception:
            # One broken moment may not hold up the others; it is tried again, and the log has the reason.
            savepoint.rollback()
            log.exception("moment failed: kind=%s about=%s", row.kind, row.about)
            row.meant, row.at = meant, now + TRY_AGAIN
            continue
        nudges, later = sorted_out(
            store, structure, row.kind, [one for one in nudges if only in ("", one.person)], local
        )
        if only and later:
            savepoint.rollback()
            row.at = later[only]
            continue
        if any(_had_today(store, nudge.person, local.date()) for nudge in nudges):
            savepoint.rollback()
            _postpone(row, local, structure, late=False)
            continue
        for person, at in later.items():
            _hold(session, due, person, at)
        row.done_at = now
        savepoint.commit()
        for nudge in nudges:
            bundles.setdefault(nudge.person, []).append((meant, nudge))
            asked_by[id(nudge)] = row, due
    for person, due_nudges in sorted(bundles.items()):
        shown, rest = _that_fit(due_nudges, structure)
        for _, nudge in rest:
            # What does not fit today is looked at again on the next sending day: nothing is dropped.
            row, due = asked_by[id(nudge)]
            again = _next_sending(local, structure)
            if FOR_ONE in row.occasion:
                row.done_at, row.at = None, again
            else:
                _hold(session, due, person, again)
        store.post(bundle(person, shown, len(rest), local, structure))
    session.flush()
    return len(rows)


def may_send(now: datetime, structure: Structure) -> bool:
    """Whether the clock may speak: a working day outside quiet periods, between the sending time and quiet hours."""
    in_hours = structure.thresholds.send_at <= now.time() < QUIET_FROM
    return in_hours and structure.calendar.is_sending_day(now.date())


def _postpone(row: tables.Due, now: datetime, structure: Structure, *, late: bool = True) -> None:
    """To the next sending time. Only what waits through a fault is `late`; one message a day is a rule, no fault."""
    if late:
        row.meant = row.meant or row.at
    row.at = _next_sending(now, structure)


def _next_sending(now: datetime, structure: Structure) -> datetime:
    """The first sending time that is still to come."""
    day = now.date()
    if now >= at_sending_time(day, structure):
        day = structure.calendar.next_working_day(day)
    return at_sending_time(structure.calendar.sending_on_or_after(day), structure)


def _that_fit(
    nudges: list[tuple[datetime, Nudge]], structure: Structure
) -> tuple[list[tuple[datetime, Nudge]], list[tuple[datetime, Nudge]]]:
    """What one message holds (`bundle_most`), in order of date, and the rest."""
    most = structure.thresholds.bundle_most
    ordered = _in_order(nudges)
    return ordered[:most], ordered[most:]


def _hold(session: Session, due: Due, person: str, at: datetime) -> None:
    """What one of them hears later is looked at again then, for that person alone; of several steps the last."""
    table = tables.Due
    theirs = col(table.occasion).endswith(f"{FOR_ONE}{person}", autoescape=True)
    waiting = delete(table).where(col(table.about) == due.about, col(table.kind) == due.kind, theirs)
    session.exec(waiting.where(col(table.done_at).is_(None)))
    session.add(table(kind=due.kind, about=due.about, occasion=f"{due.occasion}{FOR_ONE}{person}", at=at))


def _had_today(store: SqlStore, person: str, today: date) -> bool:
    table = tables.Outbox
    return store.session.exec(select(table.id).where(table.key == bundle_key(person, today))).first() is not None


def bundle_key(person: str, day: date) -> str:
    """At most one bundle per person per day (rulings.md "Moments")."""
    return f"bundle:{person}:{day}"


def bundle(
    person: str, nudges: list[tuple[datetime, Nudge]], left: int, now: datetime, structure: Structure
) -> Outgoing:
    """One message for one person: a single nudge as it is, more of them as a short list in their order.

    `left` is how many did not fit.
    """
    offers = tuple(offer for _, nudge in nudges for offer in nudge.offers)
    about = tuple(dict.fromkeys(id for _, nudge in nudges for id in nudge.about))
    quiet = _quiet_before(now.date(), structure)
    if len(nudges) == 1 and quiet is None and not left:
        message = say(*nudges[0][1].lines)
    else:
        items: list[list[Line]] = [list(nudge.lines) for _, nudge in nudges]
        blocks: list[Text | Listing] = [Text(_opening(quiet)), listing(items, ordered=True)]
        if left:
            blocks.append(Text(f"En nog {left}: !mijn. Daar kom ik nog op terug."))
        message = Message(tuple(blocks))
    return Outgoing(
        key=bundle_key(person, now.date()),
        kind="nudge" if any(nudge.kind == "nudge" for _, nudge in nudges) else "reminder",
        to=f"dm:{person}",
        message=message,
        about=about,
        offers=offers,
        mentions=(person,),
        due=min(meant for meant, _ in nudges) if quiet is None else now,
    )


def _in_order(nudges: list[tuple[datetime, Nudge]]) -> list[tuple[datetime, Nudge]]:
    """By the date that each is about; of the steps about one subject only the last."""
    last: dict[str, tuple[datetime, Nudge]] = {}
    for number, pair in enumerate(sorted(nudges, key=lambda pair: (pair[0], pair[1].about))):
        last[pair[1].subject or str(number)] = pair
    return sorted(
        last.values(), key=lambda pair: (pair[1].day or pair[0].astimezone(AMSTERDAM).date(), pair[0], pair[1].about)
    )


def _opening(quiet: NamedPeriod | None) -> str:
    if quiet is None:
        return "Goedemorgen. Dit ligt er nu voor je, op volgorde van datum:"
    return (
        f"Goedemorgen. Tijdens de stilteperiode ({quiet.name}) heb ik niets gestuurd. "
        "Dit ligt er nu voor je, op volgorde van datum:"
    )


def _quiet_before(day: date, structure: Structure) -> NamedPeriod | None:
    """The quiet period that ended since the last sending day, if any."""
    calendar = structure.calendar
    earlier = date.fromordinal(day.toordinal() - 1)
    while not calendar.is_sending_day(earlier):
        found = next((p for p in calendar.periods_on(earlier) if p.kind == "stilte"), None)
        if found is not None:
            return found
        earlier = date.fromordinal(earlier.toordinal() - 1)
    return None
