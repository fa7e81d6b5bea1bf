"""What the demo counts at the end: the register and the outbox against what was typed and read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from signal import SIGKILL
from typing import Any

from sqlmodel import Session, select

from bot.doors.demo_script import HEARD, on
from commands.kit.dates.say import say_day
from commands.words.action import ActionState
from commands.words.proposal import ProposalState
from commands.words.signal import Signal
from commands.words.workgroup import GroupState, Workgroup
from storage import inbox, outbox, tables
from storage.database import Database
from storage.store import SqlStore


@dataclass(frozen=True)
class Kill:
    """A bot that was killed: how its process ended, at which step, and what the file held then."""

    status: int
    step: str
    new: int
    unsent: int


@dataclass(frozen=True)
class Finding:
    """One thing the demo checks, as a Dutch sentence, and whether it held."""

    text: str
    holds: bool


def waiting(url: str) -> tuple[int, int]:
    """How many messages were heard and not handled, and how many were decided and not sent."""
    database = Database(url)
    try:
        return database.work(lambda session: (len(inbox.waiting(session)), outbox.counts(session)[0]))
    finally:
        database.close()


def findings(
    url: str, typed: Sequence[str], read: Sequence[dict[str, Any]], kills: Sequence[Kill]
) -> tuple[Finding, ...]:
    """Everything that has to hold: ids of what was `typed`, the lines that were `read`, and how the bot was killed."""
    database = Database(url)
    try:
        return database.work(lambda session: (*_counted(session, typed, read), _killed(kills), *_kept(session, read)))
    finally:
        database.close()


def _counted(session: Session, typed: Sequence[str], read: Sequence[dict[str, Any]]) -> Iterator[Finding]:
    heard = list(session.exec(select(tables.Inbox)))
    handled = sorted(row.event_id for row in heard if row.state is tables.InboxState.DONE)
    yield Finding(
        f"{len(typed)} keer typte iemand iets; {len(handled)} daarvan gehoord en behandeld, elk één keer",
        handled == sorted(typed) and len(heard) == len(typed),
    )
    said = list(session.exec(select(tables.Outbox)))
    sent = {f"b{row.id}" for row in said if row.sent_at is not None and not row.failed}
    seen = Counter(line["id"] for line in read)
    yield Finding(
        f"{len(said)} berichten besloot de bot; {len(sent)} verstuurd, {len(seen)} gelezen, elk één keer",
        len(said) == len(sent) and set(seen) == sent and set(seen.values()) == {1},
    )


def _killed(kills: Sequence[Kill]) -> Finding:
    held = [
        kill.status == -SIGKILL and ((kill.new, kill.unsent) == (1, 0) if kill.step == HEARD else kill.unsent > 0)
        for kill in kills
    ]
    text = f"{len(kills)} keer kill -9, vóór het behandelen en vóór het versturen; beide keren ging het daarna verder"
    return Finding(text, held == [True, True])


def _kept(session: Session, read: Sequence[dict[str, Any]]) -> Iterator[Finding]:
    store = SqlStore(session)
    signals = store.signals()
    yield Finding(f"3 signalen gemeld, {len(signals)} in het register", len(signals) == 3)
    proposals = store.proposals(open_only=False)
    confirmed = sum(one.state is ProposalState.CONFIRMED for one in proposals)
    first = store.get(Signal, "SIG-2027-001")
    place = first.lies_with if first else "geen overleg"
    yield Finding(
        f"{len(proposals)} voorstel, {confirmed} keer bekrachtigd; SIG-2027-001 ligt bij {place}",
        (len(proposals), confirmed, place) == (1, 1, "DO"),
    )
    actions = [(one.due, one.state) for one in store.actions()]
    shown = ", ".join(f"{say_day(due)}, {state}" for due, state in actions)
    yield Finding(f"{len(actions)} actie: {shown}", actions == [(date(2027, 3, 31), ActionState.DONE)])
    yield _once("de digest van het DO", on("03-30", "08:30"), read, "digest", "DO")
    group = store.get(Workgroup, "WG-LOOD")
    state = group.state if group else "weg"
    yield Finding(f"de werkgroep WG-LOOD is {state}", state is GroupState.LAPSED)
    end = on("04-01", "08:30")
    yield _once("het bericht aan de voorzitter van die werkgroep", end, read, "nudge", "dm:vng.wg.1")


def _once(what: str, at: datetime, read: Sequence[dict[str, Any]], kind: str, room: str) -> Finding:
    """That a message of that kind came one time in that room, at that time on the clock of Amsterdam."""
    found = [datetime.fromisoformat(line["at"]) for line in read if (line["kind"], line["room"]) == (kind, room)]
    said = " en ".join(f"{say_day(moment.date())} om {moment:%H:%M}" for moment in found) or "niet gekomen"
    return Finding(f"{what}: {said}", found == [at])
