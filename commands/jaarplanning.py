"""!jaarplanning: paste the meetings of a year, or see them (V1, R-033, INV-33, INV-34, dialogue.md §3)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from commands.kit import dates
from commands.kit.authorise import EXTERNAL_REFUSED
from commands.kit.declare import EVERYONE, About, command
from commands.kit.dialogue import not_read
from commands.kit.meeting_checks import year_of
from commands.kit.planned import hours, may_plan
from commands.kit.reply import Heading, Line, Listing, Message, Text, listing, say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.kit.year_calendar import bring
from commands.kit.year_paste import paste
from commands.kit.year_text import counts_days, named_year
from commands.rules import planning
from commands.words.meeting import Meeting, MeetingKind, MeetingState
from commands.words.verdict import Refused

PASTE = "Plak de jaarplanning, elk overleg op een eigen regel, zoals: {code} 14/1 4/3 10:00."


@command(
    "jaarplanning",
    aliases=("jaaragenda",),
    help="Plak de vergaderingen van een jaar, of stuur een .ics. Zonder meer: wat er gepland is.",
    example="!jaarplanning DO 25/5 9/11 14:00, reflectie 28/9 13:00",
    who=EVERYONE,
)
def jaarplanning(
    turn: Turn,
    text: Annotated[str | None, About("per overleg de dagen en de tijd", "planning", rest=True, length="any")] = None,
    year: Annotated[int | None, About("het jaar", "jaar", field_only=True)] = None,
    because: Annotated[str | None, About("waarom het er meer zijn", "reden", greedy=True)] = None,
    partly: Annotated[bool | None, About("wat niet kan overslaan", "deels", field_only=True)] = None,
    confirmed: Annotated[bool | None, About("zo vastleggen", "akkoord", field_only=True)] = None,
    events: Annotated[str | None, About("wat een agendabestand zegt", "bestand", field_only=True)] = None,
) -> Outcome:
    if turn.person.external:
        return Refused(EXTERNAL_REFUSED, code="E16")
    answered = {"year": str(year or ""), "because": because or ""}
    answered |= {"partly": "ja" if partly else "", "confirmed": "ja" if confirmed else ""}
    known = {name: raw for name, raw in answered.items() if raw}
    if events is not None:
        return bring(turn, events, known)
    if text is None or not counts_days(text):
        stray = not_read(jaarplanning, text) if named_year(text or "") is None else None
        if stray is not None:
            return stray
        return _overview(turn, year or named_year(text or "") or turn.today.year)
    return paste(turn, text, known)


def _overview(turn: Turn, year: int) -> Outcome:
    """Every tier with its meetings of the year, and what is still to be planned."""
    tiers = turn.structure.tiers
    found = [one for one in year_of(turn, year) if turn.structure.body(one.body) in tiers]
    if not found and any(may_plan(turn, body) for body in tiers):
        return Ask(
            "text",
            f"Voor {year} is er nog niets gepland. {PASTE.format(code=tiers[0].code)}",
            parts={"year": str(year)},
        )
    if not found:
        return Reply(say(f"Voor {year} is er nog niets gepland."))
    blocks: list[Heading | Text | Listing] = [Heading(f"Jaarplanning {year}", 1)]
    for body in tiers:
        lines: list[Line] = [_line(one, turn.today) for one in found if one.body == body.code]
        if lines:
            blocks += [Heading(body.name), listing(lines)]
    missing = [
        f"{body.code} {count} {kind}" for body in tiers for kind, count in planning.missing_kinds(found, body, year)
    ]
    lacking = say(f"Nog te plannen: {', '.join(missing)}.") if missing and year >= turn.today.year else Message(())
    return Reply(Message(tuple(blocks)) + lacking, about=tuple(one.id for one in found))


def _line(meeting: Meeting, today: date) -> str:
    kind = "" if meeting.kind is MeetingKind.REGULAR else f" · {meeting.kind}"
    round = f" · ronde {meeting.round}" if meeting.round else ""
    gone = " · geweest" if meeting.day < today and meeting.state is MeetingState.PLANNED else ""
    state = gone if meeting.state is MeetingState.PLANNED else f" · {meeting.state}"
    return f"{dates.say_short(meeting.day)}{hours(meeting.start, meeting.end)}{kind}{round}{state}"
