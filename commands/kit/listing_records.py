"""Decisions, agreements and attention points as a line of a list; who may read which (R-057, INV-39)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated

from commands.kit import dates
from commands.kit.arguments import Deadline
from commands.kit.decisions import signals_under
from commands.kit.declare import About
from commands.kit.records import visible
from commands.kit.turn import Turn
from commands.rules.agreements import is_past, standing
from commands.rules.decisions import open_reservations
from commands.rules.monitoring import lacks_measure
from commands.rules.visibility import room_may_see_decision
from commands.words.agreement import Agreement, AgreementState
from commands.words.attention import AttentionPoint
from commands.words.calendar import AMSTERDAM
from commands.words.decision import Decision
from commands.words.meeting import Meeting
from commands.words.signal import Track
from commands.words.structure import Body

#: So many lines in one answer.
MOST = 15


class Which(StrEnum):
    OPEN = "open"
    UNMEASURED = "zonder monitoring"
    ALL = "alle"


_WHICH = {"zonder": "zonder monitoring", "zonder maat": "zonder monitoring", "alles": "alle", "lopend": "open"}
#: What both lists can be narrowed by.
OfBody = Annotated[Body | None, About("van welk overleg", "gremium", words=("van", "door"), bare=True)]
OfKind = Annotated[Which | None, About("open, zonder monitoring of alle", "welke", synonyms=_WHICH)]
Since = Annotated[Deadline | None, About("vanaf welke dag", "van", words=("sinds", "vanaf"), greedy=True)]
Until = Annotated[Deadline | None, About("tot en met welke dag", "tot", words=("tot", "t/m"), greedy=True)]
OnTopic = Annotated[str | None, About("het onderwerp", "thema", words=("over",), rest=True)]


def readable(turn: Turn, record: Decision | Agreement | AttentionPoint, topic: str = "") -> bool:
    """Whether this person may see it, and the room follows it, unless the answer is private; and it is about that."""
    if not visible(record, turn):
        return False
    signals = [] if isinstance(record, AttentionPoint) else signals_under(turn, None, record.signals)
    here = turn.room is None or turn.room.code != record.body or room_may_see_decision(turn.room, record, signals)
    wanted = topic.strip().casefold()
    texts = (record.text, *(one.topic or "" for one in signals), *(one.title for one in signals))
    return here and (not wanted or any(wanted in text.casefold() for text in texts))


def since_and_until(since: date | None, until: date | None) -> tuple[datetime | None, datetime | None]:
    """Both days inclusive, as the moments a query takes."""
    start = datetime.combine(since, time(0), AMSTERDAM) if since else None
    end = datetime.combine(until + timedelta(days=1), time(0), AMSTERDAM) if until else None
    return start, end


def decision_line(turn: Turn, one: Decision, place: Body | None) -> str:
    """ "het DO stemt in · vastgesteld, di 25 mei 2027, voorbehoud VNG, nog zonder monitoring"."""
    notes = [str(one.state), *_where(turn, one, place)]
    if one.due is not None:
        notes.append(f"uiterlijk {dates.say_short(one.due)}")
    return " · ".join([one.text.rstrip("."), ", ".join([*notes, *_marks(one)])])


def agreement_line(turn: Turn, one: Agreement, place: Body | None) -> str:
    """What, until when, who leads it and how it stands; on the track aanjagen without arrears (INV-29)."""
    term = f"{one.due_kind} {dates.say_short(one.due)}" if one.due else "doorlopend"
    if is_past(one, turn.today) and one.due is not None:
        day = dates.say_short(one.due)
        term = f"de datum die we afspraken is voorbij ({day})" if one.track is Track.ENCOURAGE else f"was {day}"
    state = "" if one.state is AgreementState.FIXED else f"{one.state}, "
    notes = [f"{state}{standing(one)}", term, f"trekker {turn.person_named(one.lead)}", *_where(turn, one, place)]
    return " · ".join([one.text.rstrip("."), ", ".join([*notes, *_marks(one)])])


def _where(turn: Turn, one: Decision | Agreement, place: Body | None) -> list[str]:
    if isinstance(one, Decision) and one.written_until is not None:
        round_ = f"schriftelijke ronde tot en met {dates.say_short(one.written_until)}"
        return [round_ if place is not None and place.code == one.body else f"{one.body}, {round_}"]
    meeting = turn.store.get(Meeting, one.meeting)
    day = dates.say_short(meeting.day) if meeting else ""
    # The meeting says who decided; the body may have taken it over from a programme that ended.
    body = meeting.body if meeting else one.body
    here = place is not None and place.code == body
    return [day if here else f"{body} {day}".strip()]


def _marks(one: Decision | Agreement) -> list[str]:
    reserved = [stand.party for stand in open_reservations(one)]
    found = [f"voorbehoud {', '.join(reserved)}"] if reserved else []
    return found + (["nog zonder monitoring"] if lacks_measure(one) else [])
