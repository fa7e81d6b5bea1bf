"""Around every digest: its title, the stand, what is asked, and where to correct it (digests.md §1.0)."""

from __future__ import annotations

from datetime import date

from commands.kit import dates
from commands.kit.planned import hours
from commands.kit.reply import Block, Code, Heading, Line, Strong, Text
from commands.moments.digest_parts import ALL, Facts
from commands.rules.timing import lead_of
from commands.words.calendar import AMSTERDAM
from commands.words.meeting import Meeting, MeetingKind
from commands.words.people import RoleName
from commands.words.structure import Lead

_NUMBERS = ("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")


def in_words(n: int) -> str:
    """A small number as a word: "drie"; larger ones in figures."""
    return _NUMBERS[n] if n < len(_NUMBERS) else str(n)


def capital(text: str) -> str:
    """The text with a capital at the start."""
    return text[:1].upper() + text[1:]


def listed(words: list[str]) -> str:
    """ "VNG, IPO en UvW"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} en {words[-1]}" if words else ""


def head(facts: Facts, ask: str) -> list[Block]:
    """Title, the moment of this stand, and in one line what is asked of the meeting."""
    now = facts.register.now.astimezone(AMSTERDAM)
    stand = f"Stand: {dates.say_day(facts.today, today=facts.today)}, {now:%H:%M}"
    meeting = facts.meeting
    if meeting is None:
        title = f"{facts.body.code} · stand van {dates.say_day(facts.today)}"
    else:
        title = f"{_title(facts, meeting)} · {dates.say_day(meeting.day)}{hours(meeting.start, meeting.end)}"
    return [Heading(title, level=1), Text(stand), Text((Strong(ask),))]


def _title(facts: Facts, meeting: Meeting) -> str:
    """ "AO 7": the how-manieth regular one of the year; other kinds by their name, groups by theirs."""
    if facts.body.is_group:
        return facts.body.name
    if meeting.kind is not MeetingKind.REGULAR:
        return f"{meeting.body} {meeting.kind}"
    first = date(meeting.day.year, 1, 1)
    found = facts.store.meetings(
        body=meeting.body, since=first, until=meeting.day, kinds=(MeetingKind.REGULAR,), limit=ALL
    )
    return f"{meeting.body} {len(found)}"


def lead(facts: Facts) -> Lead:
    """The most words and items of this digest."""
    return lead_of(facts.body, facts.meeting.kind if facts.meeting else MeetingKind.REGULAR)


def foot(facts: Facts) -> list[Block]:
    """One line: where to correct it."""
    secretary = facts.register.person_with(RoleName.SECRETARY, facts.body.code)
    who = secretary or facts.register.person_with(RoleName.CHAIR, facts.body.code)
    named = f" ({who.label})" if who else ""
    role = "secretaris" if secretary else "voorzitter"
    if facts.body.address == "u":
        return [Text(f"Vragen over de lijst: {role}{named}.")]
    asks: Line = (
        f"Klopt er iets niet? Zeg het de {role}{named}. Een dossier lezen: ",
        Code("!toon"),
        " en het nummer.",
    )
    return [Text(asks)]
