"""What everyone says and does about a meeting: its dates in words, its items, who hears that it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time

from commands.kit import dates
from commands.kit.ports import Offer
from commands.kit.register import Register
from commands.kit.reply import Line, Strong, say
from commands.kit.signals import raisers
from commands.kit.turn import Turn
from commands.rules.agenda import LIVE, keeps, leads
from commands.rules.timing import at_sending_time, digest_day, papers_day
from commands.words.meeting import AgendaItem, Meeting, MeetingKind
from commands.words.signal import Signal
from commands.words.structure import Body


def name_of(meeting: Meeting) -> str:
    """What people call it: "DO", "DO reflectie", "WG-PFAS"."""
    return meeting.body if meeting.kind is MeetingKind.REGULAR else f"{meeting.body} {meeting.kind}"


def moment_of(meeting: Meeting, *, today: date | None = None) -> str:
    """Day and times in full: "dinsdag 25 mei 2027, 14:00–16:00"; without the year where `today` lies in it."""
    return dates.say_day(meeting.day, today=today) + hours(meeting.start, meeting.end)


def hours(start: time | None, end: time | None) -> str:
    """The times behind a day, with the comma before them; empty when unknown."""
    if start is None:
        return ""
    return f", {start:%H:%M}" + (f"–{end:%H:%M}" if end else "")


def leads_of(turn: Register, meeting: Meeting, body: Body) -> str:
    """ "Stukken uiterlijk vr 29 okt 2027, digest ma 1 nov 2027." """
    calendar = turn.structure.calendar
    digest = digest_day(meeting, body, calendar)
    late = at_sending_time(digest, turn.structure) <= turn.now
    when = "een digest vooraf lukt niet meer" if late else f"digest {dates.say_short(digest)}"
    return f"Stukken uiterlijk {dates.say_short(papers_day(meeting, body, calendar))}, {when}."


def may_plan(turn: Turn, place: Body) -> bool:
    """V1: the chair, the secretary (that of the filter keeps the whole, G5), the leader of a group its own."""
    return leads(turn.roles, place.code) or keeps(turn.roles, place, turn.structure)


def live_items(turn: Register, meeting: Meeting) -> list[AgendaItem]:
    """Items that are on the agenda or proposed for it, by number."""
    return [item for item in turn.store.items(meeting=meeting.id) if item.state in LIVE]


def signals_of(turn: Register, item: AgendaItem) -> list[Signal]:
    """The signals under an item."""
    found = (turn.store.get(Signal, id) for id in item.signals)
    return [signal for signal in found if signal is not None]


@dataclass
class News:
    """What people hear because of one deed, gathered so that each of them gets one message."""

    lines: dict[str, list[Line]] = field(default_factory=dict)
    about: dict[str, list[str]] = field(default_factory=dict)
    offers: dict[str, list[Offer]] = field(default_factory=dict)

    def add(self, person: str, line: Line, about: Sequence[str], offers: Sequence[Offer] = ()) -> None:
        """One more line for that person."""
        self.lines.setdefault(person, []).append(line)
        self.about.setdefault(person, []).extend(about)
        self.offers.setdefault(person, []).extend(offers)

    def tell(self, turn: Turn) -> None:
        """To everyone in private, in the order in which they were first named."""
        for person, lines in self.lines.items():
            about = tuple(dict.fromkeys(self.about[person]))
            turn.tell(person, say(*lines), about=about, offers=tuple(self.offers[person]))


def add_items(news: News, turn: Turn, items: Sequence[AgendaItem], text: str) -> None:
    """Everyone with an item hears what happens to the meeting, each item once."""
    for item in items:
        signals = signals_of(turn, item)
        for signal in signals:
            line = (Strong(signal.id), f" ({signal.title}): {text}")
            for person in raisers(turn, signal):
                news.add(person, line, (signal.id,))
        if not any(item.raiser in signal.raised_by for signal in signals):
            news.add(item.raiser, f"{item.title}: {text}", (item.id,))
